"""``dondoc evaluate``: precision, recall and F1 against gold, and what a rule change gained and lost."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from nlp.model import Deciding
from service.cli.evaluate_forms import own_forms, print_forms
from service.cli.evaluate_links import evaluate_links
from service.cli.evaluate_questions import evaluate_questions
from service.cli.evaluate_status import evaluate_statuses
from service.cli.gold_links import sets_in
from service.cli.output import guarded, people, progress
from service.errors import InvalidInput

if TYPE_CHECKING:
    from corpus.model import Document

Json = dict[str, Any]
GOLD = Path("tests/gold")
DATA = Path("../shared/data")


@guarded
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Thư mục hoặc tệp chú giải: JSON, hoặc bộ đối chiếu (.txt).")] = GOLD,
    data: Annotated[Path, typer.Option(help="Thư mục chứa các văn bản được chú giải.")] = DATA,
    part: Annotated[str, typer.Option(help="dev (để xây dựng), test (chỉ để đo) hoặc all.")] = "all",
    misses: Annotated[bool, typer.Option("--misses", help="In từng chỗ sai, sót.")] = False,
    save: Annotated[Path | None, typer.Option(help="Ghi kết quả để so sánh về sau.")] = None,
    ablation: Annotated[
        bool, typer.Option("--ablation", help="Nhiệm vụ: riêng luật, riêng bộ phân loại, cả hai; bảng và văn xuôi.")
    ] = False,
    tasks: Annotated[
        bool,
        typer.Option("--tasks", help="Chỉ đo việc bóc tách nhiệm vụ, kể cả trong bộ đối chiếu."),
    ] = False,
    against: Annotated[Path | None, typer.Option(help="So với kết quả đã ghi: được gì, mất gì ở từng văn bản.")] = None,
) -> None:
    """Đo độ chính xác so với chú giải: P, R, F1 theo từng loại, từng trường."""
    if not tasks and any(own_forms(gold, part)) and not any(load_gold(gold, part)):
        print_forms(gold, part, data, misses=misses)
        return
    if sets_in(gold, part) and not tasks:
        evaluate_links(gold, part, data, misses=misses, save=save)
        if not any(load_gold(gold, part)):
            return
    if not tasks and evaluate_statuses(gold, part, misses=misses) and not any(load_gold(gold, part)):
        return
    if not tasks and evaluate_questions(gold, part, misses=misses) and not any(load_gold(gold, part)):
        return
    files = list(load_tasks(gold, part) if tasks else load_gold(gold, part))
    if not files:
        raise InvalidInput(f"Không có chú giải nào trong {gold}.")
    if ablation:
        print_ablation(files, data)
        return
    by_file = dict(score_files(files, data))
    _print(add_up(by_file.values()), len(by_file), misses=misses)
    saved = {file: {kind: tally.to_json() for kind, tally in scores.items()} for file, scores in by_file.items()}
    if against:
        _print_changes(json.loads(against.read_text(encoding="utf-8")), saved)
    if save:
        save.write_text(json.dumps(saved, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def load_gold(place: Path, part: str = "all") -> Iterator[Json]:
    """Gold objects of a folder, one for each file. ``part`` picks a side; what is not under ``test`` is development."""
    paths = [place] if place.is_file() else sorted(place.rglob("*.json"))
    for path in (path for path in paths if path.suffix == ".json"):
        side = path.parent.name if path.parent.name == "test" else "dev"
        if part not in ("all", side):
            continue
        content = json.loads(path.read_text(encoding="utf-8"))
        if "headers" in content:
            yield from ({"file": h["file"], "header": h} for h in content["headers"])
        elif "questions" in content:
            continue  # has a measure of its own
        elif "units" in content:
            yield from content["units"]
        elif "file" in content:
            yield content


def load_tasks(place: Path, part: str = "all") -> Iterator[Json]:
    """All gold of tasks: documents annotated alone, and the directives of link sets with their text (``content``)."""
    from nlp.gold_directives import directives

    yield from (gold for gold in load_gold(place, part) if "tasks" in gold)
    for path in sets_in(place, part):
        yield from directives(path.read_text(encoding="utf-8"), path.stem)


def add_up(scores: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The tallies of many files together."""
    from nlp.evaluate import Tally

    total: dict[str, Tally] = {}
    for of_file in scores:
        for kind, tally in of_file.items():
            total.setdefault(kind, Tally()).add(tally)
    return total


def score_files(files: Iterable[Json], data: Path, deciding: Deciding = "both") -> Iterator[tuple[str, Any]]:
    """Scores by file; each document is read once however many gold files speak of it. Absent ones are named."""
    from nlp.contract import to_json
    from nlp.evaluate import evaluate_file
    from nlp.evaluate_units import evaluate_units
    from nlp.pipeline import extract

    by_file: dict[str, list[Json]] = {}
    for gold in files:
        by_file.setdefault(gold["file"], []).append(gold)
    with progress("Đo") as update:
        for number, (file, golds) in enumerate(sorted(by_file.items())):
            update(number, len(by_file), file)
            document = _document(golds[0], data)
            if document is None:
                people.print(f"Không có {data / file}: bỏ qua.", markup=False)
                continue
            names = [gold for gold in golds if "names" in gold]
            parts = [evaluate_units(gold, None if gold.get("province") else document) for gold in names]
            if facts := [gold for gold in golds if "names" not in gold]:
                found = to_json(document, extract(document, deciding=deciding), with_text=True)
                parts += [evaluate_file(gold, found) for gold in facts]
            yield file, add_up(parts)


def _document(gold: Json, data: Path) -> Document | None:
    """The text that a gold object speaks of: its own, or the file of that name."""
    from corpus.reader import read, read_bytes

    if "content" in gold:
        return read_bytes(gold["content"].encode(), gold["file"])
    return read(data / gold["file"]) if (data / gold["file"]).is_file() else None


_WAYS: dict[Deciding, str] = {"rules": "riêng luật", "classifier": "riêng bộ phân loại", "both": "cả hai"}
_KEYS = ("", ".lead", ".coordinators", ".deadline", ".product")


def print_ablation(files: list[Json], data: Path) -> None:
    """F1 of tasks and their parts by rules alone, by the classifier alone and by both, tables and prose apart."""
    from nlp.evaluate import PROSE, TABLE

    people.print(_counted(files, data), markup=False)
    totals = {way: add_up(dict(score_files(files, data, way)).values()) for way in _WAYS}
    table = Table(title="F1 (đúng / tìm thấy / chú giải)", title_justify="left")
    for name in ("loại", *_WAYS.values()):
        table.add_column(name)
    for place in (PROSE, TABLE, ""):
        for key in _KEYS:
            kind = f"tasks{place}{key}"
            row = [totals[way].get(kind) for way in _WAYS]
            table.add_row(escape(kind), *(f"{t.f1:.3f} ({t.right}/{t.found}/{t.wanted})" if t else "-" for t in row))
    people.print(table)


def _counted(files: list[Json], data: Path) -> str:
    """How many documents of how many kinds, how many tasks in and outside tables."""
    from nlp.evaluate import in_table
    from nlp.header import read_header

    read = {gold["file"]: document for gold in files if (document := _document(gold, data))}
    kinds = {read_header(document).kind or "?" for document in read.values()}
    tasks = [task for gold in files for task in gold.get("tasks", [])]
    inside = sum(in_table(task) for task in tasks)
    assigning = len({gold["file"] for gold in files if gold.get("tasks")})
    return (
        f"{len(read)} văn bản ({assigning} có giao việc) thuộc {len(kinds)} loại: {', '.join(sorted(kinds))}; "
        f"{len(tasks)} nhiệm vụ, {inside} trong bảng, {len(tasks) - inside} ngoài bảng."
    )


def _print(total: dict[str, Any], files: int, *, misses: bool) -> None:
    table = Table(title=f"{files} văn bản", title_justify="left")
    for name in ("loại", "P", "R", "F1", "đúng", "tìm thấy", "chú giải"):
        table.add_column(name, justify="left" if name == "loại" else "right")
    for kind, tally in sorted(total.items()):
        figures = (f"{tally.precision:.4f}", f"{tally.recall:.4f}", f"{tally.f1:.4f}")
        table.add_row(escape(kind), *figures, str(tally.right), str(tally.found), str(tally.wanted))
    people.print(table)
    if misses:
        for kind, tally in sorted(total.items()):
            for line in [f"sót  {text}" for text in tally.missed] + [f"thừa {text}" for text in tally.wrong]:
                people.print(f"{kind}: {line}", markup=False, soft_wrap=True)


def _print_changes(before: Json, after: Json) -> None:
    """By document and kind: what is right now and was not, and what was right and is no more."""
    gained = lost = 0
    for file in sorted(before.keys() & after.keys()):
        for kind in sorted(before[file].keys() & after[file].keys()):
            was = {*before[file][kind]["missed"], *before[file][kind]["wrong"]}
            now = {*after[file][kind]["missed"], *after[file][kind]["wrong"]}
            gained, lost = gained + len(was - now), lost + len(now - was)
            lines = [f"  + {kind}: {text}" for text in sorted(was - now)]
            lines += [f"  - {kind}: {text}" for text in sorted(now - was)]
            if lines:
                people.print("\n".join([file, *lines]), markup=False, soft_wrap=True)
    people.print(f"Được {gained}, mất {lost}.", markup=False)
