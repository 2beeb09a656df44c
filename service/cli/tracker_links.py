"""Real pairs of a task and what was said of its progress: Đắk Lắk's public tracker of drafting work.

Its progress sentences seldom name their subject ("Đang lấy ý kiến góp ý"), so words alone cannot find most of them; the
same tasks' next sentences show what confirmed statements of an earlier time are worth.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from corpus.text import fold

if TYPE_CHECKING:
    from nlp.evaluate_links import Figures, Line, Ranker
    from nlp.scorer import Scorer
    from service.ports import Ports

FILES: Final = ("daklak_vbqppl_dataset.json", "daklak_vbqppl_completedDataset.json")
UPDATES: Final = "daklak_vbqppl_updatesDataset.json"
_SYMBOL: Final = "216/BC-STP"
_AT: Final = dt.datetime(2026, 8, 3, tzinfo=dt.UTC)
_SHARED: Final = 3
"""A sentence that more tasks bear tells of none of them ("Chưa triển khai")."""


@dataclass(slots=True)
class Tracker:
    """The tracker's tasks by name, what was said of each last, and before that."""

    tasks: dict[str, str] = field(default_factory=dict)
    last: dict[str, set[str]] = field(default_factory=dict)
    """Sentence → names of the tasks that bear it."""
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    """(name, sentence before, sentence after)."""


def tracker_in(data: Path) -> Tracker | None:
    """The tracker under a folder of real documents; None where it is not there."""
    folder = data / "tracker"
    if not all((folder / name).is_file() for name in (*FILES, UPDATES)):
        return None
    found = Tracker()
    for row in (row for name in FILES for row in json.loads((folder / name).read_text(encoding="utf-8"))):
        found.tasks.setdefault(fold(row["name"]), fold(f"{row['name']}: {row['action']}"))
        found.last.setdefault(fold(row["status"]), set()).add(fold(row["name"]))
    found.last = {said: names for said, names in found.last.items() if said and len(names) <= _SHARED}
    found.changes = list(_changes(json.loads((folder / UPDATES).read_text(encoding="utf-8")), found))
    return found


def _changes(rows: Sequence[dict[str, Any]], tracker: Tracker) -> Iterator[tuple[str, str, str]]:
    told = [
        (fold(row["name"]), fold(one["old"]), fold(one["new"]))
        for row in rows
        for one in row["changes"]
        if one["label"] == "Tình trạng"
    ]
    before, after = Counter(old for _, old, _ in told), Counter(new for _, _, new in told)
    for name, old, new in told:
        if name in tracker.tasks and old and max(before[old], after[new]) <= _SHARED:
            yield name, old, new


def measure(data: Path, scorer: Scorer) -> tuple[dict[str, Figures], int, int]:
    """Figures by column, the number of tasks and of changes; nothing where the tracker is not there."""
    from nlp.evaluate_links import by_words, figures

    tracker = tracker_in(data)
    if tracker is None:
        return {}, 0, 0
    columns: dict[str, Figures] = {}
    with _store(tracker, [*tracker.last], [old for _, old, _ in tracker.changes]) as (app, names):
        lines = _lines(app, "sau", [(said, tracker.last[said]) for said in tracker.last], names, scorer)
        columns[scorer.version] = figures(lines)
        ids = {name: number for number, name in names.items()}
        rankers: tuple[Ranker, ...] = ("tfidf", "bm25")
        for ranker in rankers:
            ranked = by_words([*tracker.last], [(ids[name], text) for name, text in tracker.tasks.items()], ranker)
            same = [_line(line, ranked(place, None)) for place, line in enumerate(lines)]
            columns[{"tfidf": "TF-IDF", "bm25": "BM25"}[ranker]] = figures(same)
    with _store(tracker, [new for *_, new in tracker.changes], [old for _, old, _ in tracker.changes]) as (app, names):
        wanted = [(new, {name}) for name, _, new in tracker.changes]
        columns["lần sau"] = figures(_lines(app, "sau", wanted, names, scorer))
        _confirm(app, tracker, names)
        columns["lần sau, đã xác nhận lần trước"] = figures(_lines(app, "sau", wanted, names, scorer))
    return columns, len(tracker.tasks), len(tracker.changes)


def _line(line: Line, ranked: Any) -> Line:  # noqa: ANN401 - a ranking
    from nlp.evaluate_links import Line

    return Line(line.name, line.wanted, ranked, frozenset())


def _lines(
    app: Ports, report: str, wanted: Sequence[tuple[str, set[str]]], names: dict[int, str], scorer: Scorer
) -> list[Line]:
    from nlp.evaluate_links import Line
    from service.linking import scene_of

    document = next(one for one in app.store.documents(role="report") if one.file == report)
    scene = scene_of(app, document)
    assert scene is not None  # noqa: S101 - it was just put in as a report
    ranked = scene.rank(scorer)
    found = []
    for stored, (said, tasks) in zip(scene.items, wanted, strict=True):
        order = [(scene.tasks.ids[one.place], one.probability) for one in ranked[stored.id]]
        right = frozenset(number for number, name in names.items() if name in tasks)
        accepted = frozenset(number for number, probability in order if probability >= scorer.threshold)
        found.append(Line(said, right, order, accepted))
    return found


def _confirm(app: Ports, tracker: Tracker, names: dict[int, str]) -> None:
    """What was said before is confirmed for its tasks, as an officer does."""
    from service import linking

    document = next(one for one in app.store.documents(role="report") if one.file == "trước")
    numbers = {name: number for number, name in names.items()}
    for stored, (name, _, _) in zip(app.store.items(document.id), tracker.changes, strict=True):
        linking.assign(app, stored.id, numbers[name], by="đo")


@contextmanager
def _store(tracker: Tracker, after: Sequence[str], before: Sequence[str]) -> Iterator[tuple[Ports, dict[int, str]]]:
    """A store with the tracker's tasks as one document and two reports; the names of the tasks by their store ids."""
    from nlp.model import Task
    from service.cli.gold_links import empty_store
    from service.indexing import apply_outbox

    with empty_store() as (app, _):
        tasks = tuple(Task(f"n{n}", text, 0, 0, class_="tracked") for n, text in enumerate(tracker.tasks.values()))
        plan = app.store.add(_intake("kế hoạch", 1, tasks=tasks), at=_AT)
        for number, (file, said) in enumerate((("trước", before), ("sau", after)), 2):
            app.store.add(_intake(file, number, said=said), at=_AT)
        apply_outbox(app, patience=60)
        stored = app.store.tasks(document_id=plan.id)
        yield (
            app,
            {one.id: name for one, name in zip(sorted(stored, key=lambda one: one.id), tracker.tasks, strict=True)},
        )


def _intake(file: str, number: int, *, tasks: Any = (), said: Sequence[str] | None = None) -> Any:  # noqa: ANN401
    from nlp.model import Header, Report, ReportItem
    from nlp.status import claimed_status
    from service.records import Intake

    report = None
    if said is not None:
        items = tuple(
            ReportItem(f"m{n}", text, 0, 0, claimed_status=claimed_status(text)[0]) for n, text in enumerate(said)
        )
        report = Report(None, None, (_SYMBOL,), items)
    header = Header(symbol=_SYMBOL if report is None else f"{number}/BC-STP", date=dt.date(2026, 5 + number, 1))
    return Intake(
        sha256=f"{number:064x}", file=file, media_type="text/plain", status="ok", pages=1, problems=(), text="",
        layout={"blocks": [], "tables": [], "furniture": [], "page_marks": []}, header=header,
        role="directive" if report is None else "report", citations=(), tasks=tasks, report=report, arrived=header.date,
    )  # fmt: skip
