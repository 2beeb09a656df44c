"""``dondoc evaluate``: precision, recall and F1 against gold, and what a rule change gained and lost."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from service.cli.output import guarded, people, progress
from service.errors import InvalidInput

Json = dict[str, Any]
GOLD = Path("tests/gold")
DATA = Path("../shared/data")


@guarded
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Thư mục hoặc tệp chú giải (JSON).")] = GOLD,
    data: Annotated[Path, typer.Option(help="Thư mục chứa các văn bản được chú giải.")] = DATA,
    part: Annotated[str, typer.Option(help="dev (để xây dựng), test (chỉ để đo) hoặc all.")] = "all",
    misses: Annotated[bool, typer.Option("--misses", help="In từng chỗ sai, sót.")] = False,
    save: Annotated[Path | None, typer.Option(help="Ghi kết quả để so sánh về sau.")] = None,
    against: Annotated[Path | None, typer.Option(help="So với kết quả đã ghi: được gì, mất gì ở từng văn bản.")] = None,
) -> None:
    """Đo độ chính xác so với chú giải: P, R, F1 theo từng loại, từng trường."""
    from nlp.evaluate import Tally

    files = list(load_gold(gold, part))
    if not files:
        raise InvalidInput(f"Không có chú giải nào trong {gold}.")
    by_file = dict(score_files(files, data))
    total: dict[str, Tally] = {}
    for scores in by_file.values():
        for kind, tally in scores.items():
            total.setdefault(kind, Tally()).add(tally)
    _print(total, len(by_file), misses=misses)
    saved = {file: {kind: tally.to_json() for kind, tally in scores.items()} for file, scores in by_file.items()}
    if against:
        _print_changes(json.loads(against.read_text(encoding="utf-8")), saved)
    if save:
        save.write_text(json.dumps(saved, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def load_gold(place: Path, part: str = "all") -> Iterator[Json]:
    """Gold objects of a folder, one for each file. ``part`` picks a side; what is not under ``test`` is development."""
    paths = [place] if place.is_file() else sorted(place.rglob("*.json"))
    for path in paths:
        side = path.parent.name if path.parent.name == "test" else "dev"
        if part not in ("all", side):
            continue
        content = json.loads(path.read_text(encoding="utf-8"))
        if "headers" in content:
            yield from ({"file": h["file"], "header": h} for h in content["headers"])
        elif "file" in content:
            yield content


def score_files(files: Iterable[Json], data: Path) -> Iterator[tuple[str, Any]]:
    """Scores by file; each document is read once however many gold files speak of it. Absent ones are named."""
    from corpus.reader import read
    from nlp.contract import to_json
    from nlp.evaluate import Tally, evaluate_file
    from nlp.pipeline import extract

    by_file: dict[str, list[Json]] = {}
    for gold in files:
        by_file.setdefault(gold["file"], []).append(gold)
    with progress("Đo") as update:
        for number, (file, golds) in enumerate(sorted(by_file.items())):
            update(number, len(by_file), file)
            if not (data / file).is_file():
                people.print(f"Không có {data / file}: bỏ qua.", markup=False)
                continue
            document = read(data / file)
            found = to_json(document, extract(document), with_text=True)
            scores: dict[str, Tally] = {}
            for gold in golds:
                for kind, tally in evaluate_file(gold, found).items():
                    scores.setdefault(kind, Tally()).add(tally)
            yield file, scores


def _print(total: dict[str, Any], files: int, *, misses: bool) -> None:
    table = Table(title=f"{files} văn bản", title_justify="left")
    for name in ("loại", "P", "R", "F1", "đúng", "tìm thấy", "chú giải"):
        table.add_column(name, justify="left" if name == "loại" else "right")
    for kind, tally in sorted(total.items()):
        figures = (f"{tally.precision:.4f}", f"{tally.recall:.4f}", f"{tally.f1:.4f}")
        table.add_row(kind, *figures, str(tally.right), str(tally.found), str(tally.wanted))
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
