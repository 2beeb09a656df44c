"""``dondoc evaluate`` on single statements and the status that they claim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table

from service.cli.output import people

if TYPE_CHECKING:
    from nlp.evaluate_status import Judged


def statements_in(place: Path, part: str) -> Iterator[tuple[str, Path]]:
    """Gold files of statements with their side; what is not under ``test`` is development."""
    for path in [place] if place.is_file() else sorted(place.rglob("*.tsv")):
        side = "test" if path.parent.name == "test" else "dev"
        if path.suffix == ".tsv" and part in ("all", side):
            yield side, path


def print_f1(title: str, columns: dict[str, list[tuple[str, str]]]) -> None:
    """A table of F1 by status, one column for each list of (meant, found)."""
    from nlp.evaluate_status import f1_by_status, macro_f1

    scores = [f1_by_status(pairs) for pairs in columns.values()]
    table = Table(title=title, title_justify="left")
    for name in ("", *columns):
        table.add_column(name, justify="right" if name else "left")
    for status in sorted({status for score in scores for status in score}):
        table.add_row(status, *(f"{score[status]:.3f}" if status in score else "" for score in scores))
    table.add_row("macro-F1", *(f"{macro_f1(score):.3f}" for score in scores), style="bold")
    people.print(table)


def evaluate_statuses(place: Path, part: str, *, misses: bool) -> bool:
    """Print macro-F1 and F1 by status of each side; False where there are no statements."""
    from nlp.evaluate_status import judge, read_statements

    sides: dict[str, list[Judged]] = defaultdict(list)
    for side, path in statements_in(place, part):
        sides[side] += judge(list(read_statements(path)))
    if not sides:
        return False
    columns = {
        f"{side} ({len(judged)} câu)": [(one.meant, one.found) for one in judged] for side, judged in sides.items()
    }
    print_f1("Trạng thái đơn vị nêu, từng câu", columns)
    if misses:
        for side, judged in sides.items():
            for one in (one for one in judged if one.meant != one.found):
                told = f"{side} {'/'.join(one.said.statuses)}, đọc là {one.found}: {one.said.text}"
                people.print(told, markup=False, soft_wrap=True)
    return True
