"""Gold sets of reports and directives opened as a store of their own, and the figures that come out of it."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from service.cli.output import progress

if TYPE_CHECKING:
    from nlp.evaluate_links import Line, Ranked, Ranker
    from nlp.model import ReportItem
    from nlp.scorer import Scorer
    from service.cli.gold_review import Reviewed
    from service.linking.study import Gold, Studied
    from service.ports import Ports


def sets_in(place: Path, part: str) -> list[Path]:
    """The set files of a folder, one for each directive with its reports; ``part`` picks a side."""
    found = [path for path in ([place] if place.is_file() else sorted(place.rglob("*.txt"))) if _is_set(path)]
    sides = {path: "test" if path.parent.name == "test" else "dev" for path in found}
    return [path for path in found if part in ("all", sides[path])]


def _is_set(path: Path) -> bool:
    """A text file that begins with the head of a set's first file; other gold stands beside as plain text."""
    from nlp.link_gold import HEAD

    if path.suffix != ".txt":
        return False
    with path.open(encoding="utf-8") as lines:
        return HEAD.fullmatch(lines.readline().rstrip("\n")) is not None


@dataclass(frozen=True, slots=True)
class Opened:
    """A store that holds gold sets."""

    app: Ports
    paths: Sequence[Path]
    folder: Path
    """Where the files of the sets were taken in from."""

    def study(self) -> list[Studied]:
        """The reports with their marked lines, as the store has them now."""
        from service.linking.study import study

        return list(study(self.app, self.paths, self.folder))

    def review(self) -> Reviewed:
        """Put the task lists right before the reports are looked at, as an office does."""
        from service.cli.gold_review import review_sets
        from service.indexing import apply_outbox

        done = review_sets(self.app, self.paths, self.folder)
        apply_outbox(self.app, patience=60)
        return done


@contextmanager
def opened(paths: Sequence[Path], beside: Sequence[Path] = ()) -> Iterator[Opened]:
    """A store of these sets, taken in as files are; ``beside`` are documents whose tasks stand in the way."""
    from service.indexing import apply_outbox
    from service.ingest import ingest
    from service.linking.study import write_sets

    with empty_store() as (app, home):
        folder = home / "sets"
        write_sets(paths, folder)
        with progress("Đọc") as update:
            ingest(app, [folder, *beside], progress=update)
        apply_outbox(app, patience=60)
        yield Opened(app, paths, folder)


@contextmanager
def empty_store() -> Iterator[tuple[Ports, Path]]:
    """A store of its own for measuring, thrown away after; with the search server of the settings, if there is one.

    On a server the entries stand under a prefix that nobody else has, so that an office's own index is never touched.
    """
    from service.bootstrap import open_app
    from service.settings import Settings, load

    with tempfile.TemporaryDirectory(prefix="dondoc-") as name:
        prefix = f"dondoc-{secrets.token_hex(6)}"
        own = {"home": Path(name) / "home", "database_url": "", "processes": 0, "elasticsearch_prefix": prefix}
        with open_app(Settings(**(load().model_dump() | own))) as app:
            try:
                yield app, Path(name)
            finally:
                getattr(app.index, "drop", app.index.clear)()  # a server keeps indices that nobody takes away


def unheard_lines(opened: Opened) -> list[Line]:
    """The lines of reports that were not read as reports: they answer nothing to us, whatever they answer."""
    from service.linking.study import unheard

    return [_line(gold, [], frozenset(), _UNREAD) for gold in unheard(opened.app, opened.paths, opened.folder)]


def lines_of(studied: Sequence[Studied], scorer: Scorer) -> list[Line]:
    """Every line of the gold with what the scorer says of it; a line of which no item was made answers nothing."""
    found = []
    for report in studied:
        ranked = report.scene.rank(scorer)
        items = {stored.id: stored.item for stored in report.scene.items}
        for gold in report.lines:
            best: dict[int, float] = {}
            for one in (one for item in gold.items for one in ranked[item]):
                task = report.scene.tasks.ids[one.place]
                best[task] = max(best.get(task, 0.0), one.probability)
            ordered = sorted(best.items(), key=lambda pair: -pair[1])
            accepted = frozenset(task for task, probability in ordered if probability >= scorer.threshold)
            said = _claimed(items[gold.items[0]], report, ordered, accepted) if gold.items else _UNREAD
            found.append(_line(gold, ordered, accepted, said))
    return found


_UNREAD: Final = "không đọc được"


def _line(gold: Gold, ordered: Ranked, accepted: frozenset[int], said: str) -> Line:
    from nlp.evaluate_links import Line
    from nlp.evaluate_status import meant

    wanted = gold.tasks | frozenset(range(-gold.unread, 0))  # a task that was not read cannot be found
    judged = (meant(gold.mark.statuses, said), said) if gold.items or wanted else None
    return Line(gold.mark.line, wanted, ordered, accepted, judged)


def _claimed(item: ReportItem, report: Studied, ordered: Ranked, accepted: frozenset[int]) -> str:
    """As the office sees it: for the task that is proposed first, else by the statement's words alone."""
    from nlp.claims import claimed_for

    best = next((task for task, _ in ordered if task in accepted), None)
    if best is None:
        return item.claimed_status
    place = report.scene.tasks.places([best])[0]
    return claimed_for(item, report.scene.tasks.pool.candidates[place].task)


def plain(app: Ports, lines: Sequence[Line], ranker: Ranker, *, told_unit: bool) -> list[Line]:
    """The same lines ranked by words alone; ``told_unit`` leaves only tasks of the right task's leads (an oracle)."""
    from nlp.evaluate_links import Line, by_words

    tasks = [task for document in app.store.documents() for task in app.store.tasks(document_id=document.id)]
    lead = {task.id: frozenset(task.task.lead) for task in tasks}
    ranked = by_words([line.name for line in lines], [(task.id, task.task.text) for task in tasks], ranker)

    def of(place: int, line: Line) -> Ranked:
        leads = {name for task in line.wanted for name in lead.get(task, ())}
        allowed = frozenset(task for task, names in lead.items() if names & leads)
        return ranked(place, allowed if told_unit and leads else None)

    return [Line(line.name, line.wanted, of(place, line), frozenset()) for place, line in enumerate(lines)]
