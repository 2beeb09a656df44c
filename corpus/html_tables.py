"""Tables of a web page as a full grid of cells: what spans rows or columns stands in each place that it covers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from selectolax.lexbor import LexborNode

from corpus.assemble import CellText
from corpus.html_nodes import DROPPED, INLINE, SPACE, hidden, integer
from corpus.limits import Clock
from corpus.text import fold

_WIDEST_SPAN: Final = 200
_MOST_CELLS: Final = 400_000
_PAGE_CELL: Final = 15
"""A cell with more paragraphs than this is a column of the page, not of a table."""


def grid(rows: Sequence[LexborNode], deepest: int, clock: Clock) -> tuple[list[list[CellText]], bool]:
    """Rows over the table's columns, and whether all rows were read before time or size ran out."""
    filled: list[list[CellText]] = []
    hanging: dict[int, tuple[int, CellText]] = {}
    whole = True
    for row in rows:
        line = _row(row, hanging, len(rows), deepest)
        hanging = {column: (left - 1, text) for column, (left, text) in hanging.items() if left > 1}
        filled.append(line)
        if len(filled) * max(map(len, filled)) > _MOST_CELLS or clock.over():
            whole = False
            break
    widest = max(map(len, filled), default=0)
    return [line + [CellText() for _ in range(widest - len(line))] for line in filled], whole


def _row(row: LexborNode, hanging: dict[int, tuple[int, CellText]], height: int, deepest: int) -> list[CellText]:
    line: list[CellText] = []
    for cell in cells(row):
        _hang(line, hanging)
        text = CellText(cell_text(cell, deepest))
        down = min(_span(cell, "rowspan"), height)
        for _ in range(_span(cell, "colspan")):
            if down > 1:
                hanging[len(line)] = (down, text)
            line.append(text)
    _hang(line, hanging)
    return line


def _hang(line: list[CellText], hanging: dict[int, tuple[int, CellText]]) -> None:
    """Put the cells that hang down from rows above."""
    while len(line) in hanging:
        line.append(hanging[len(line)][1])


def table_rows(table: LexborNode) -> Iterator[LexborNode]:
    """Rows of a table, not those of tables inside it."""
    child = table.child
    while child is not None:
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from table_rows(child)
        child = child.next


def cells(row: LexborNode) -> Iterator[LexborNode]:
    """Cells of a row."""
    child = row.child
    while child is not None:
        if child.tag in {"td", "th"}:
            yield child
        child = child.next


def is_page_cell(cell: LexborNode) -> bool:
    """A cell that holds a table, or more paragraphs than cells do, lays out the page."""
    return bool(cell.css_first("table")) or len(cell.css("p")) > _PAGE_CELL


def cell_text(cell: LexborNode, deepest: int) -> str:
    """A cell's paragraphs as lines."""
    pieces: list[str] = []
    _gather(cell, pieces, deepest)
    lines = (fold(line) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _gather(node: LexborNode, pieces: list[str], depth: int) -> None:
    child = node.child
    while child is not None and depth > 0:
        tag = child.tag or ""
        if tag == "-text":
            pieces.append(SPACE.sub(" ", child.text(deep=False)))
        elif tag == "br":
            pieces.append("\n")
        elif tag not in DROPPED and not hidden(child):
            edge = "" if tag in INLINE else "\n"
            pieces.append(edge)
            _gather(child, pieces, depth - 1)
            pieces.append(edge)
        child = child.next


def own(row: Sequence[CellText]) -> list[str]:
    """Texts of a row, a merged cell once."""
    return [cell.text for place, cell in enumerate(row) if place == 0 or row[place - 1] is not cell]


def _span(cell: LexborNode, name: str) -> int:
    return min(max(integer(cell.attributes.get(name), 1), 1), _WIDEST_SPAN)
