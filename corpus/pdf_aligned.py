"""Tables without borders: columns by alignment, rows by their numbers, under the heading of a task table.

Only pages without a ruled grid are looked at. The heading says how many columns there are; each border between two of
them is the place that the fewest words cross, where words line up (``pdf_plumber``). A page goes on with the table
of the page before as long as its lines keep the columns.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.assemble import CellText
from corpus.pdf_aligned_rows import Cut, column_of, crosses, cut_rows, end_of_heading, end_of_table, filled, one_phrase
from corpus.pdf_heads import Heading, Row, find_heading
from corpus.pdf_layout import PlacedTable, cell_text
from corpus.pdf_rules import Rule
from corpus.pdf_words import Word
from corpus.tables import Piece

EdgeFinder = Callable[[int, float, float], Sequence[float]]
"""Where words line up on a page, between two heights."""
_SNAP = 3.0
_FIRST_LOOK = 14
"""Lines below a heading that are taken for the table before its end is known."""
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page to look at: its lines, its drawn rules, whether a ruled grid stands on it."""

    number: int
    turn: int
    rows: list[Row]
    rules: tuple[Rule, ...] = ()
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class Aligned:
    """A table found on a page, and the words that are in it."""

    table: PlacedTable
    words: frozenset[int]
    """Their ``id``."""


@dataclass(frozen=True, slots=True)
class _Part:
    """The lines of a table on one page; ``body`` is the first below its heading."""

    sheet: Sheet
    first: int
    body: int
    last: int

    @property
    def lines(self) -> list[Row]:
        return self.sheet.rows[self.first : self.last]


def find_aligned(sheets: Sequence[Sheet], edges_of: EdgeFinder) -> dict[int, list[Aligned]]:
    """The tables without borders, by page number."""
    found: dict[int, list[Aligned]] = defaultdict(list)
    page = line = 0
    while page < len(sheets):
        sheet = sheets[page]
        heading = None if sheet.ruled else find_heading(sheet.rows, line)
        if heading is None:
            page, line = page + 1, 0
            continue
        parts, edges = _follow(sheets, page, heading, edges_of)
        if sum(part.last - part.body for part in parts) < _LEAST:
            line = heading.last
            continue
        for part in parts:
            turned = part is not parts[0]
            found[part.sheet.number].append(_table(part, edges, numbered=heading.numbered, turned=turned))
        page, line = page + len(parts) - 1, parts[-1].last
    return found


def _follow(
    sheets: Sequence[Sheet], page: int, heading: Heading, edges_of: EdgeFinder
) -> tuple[list[_Part], tuple[float, ...]]:
    """The table on all its pages, and its column edges; looked at twice, since each needs the other."""
    sheet = sheets[page]
    aligned = edges_of(sheet.number, sheet.rows[heading.first][0].base - 20, sheet.rows[-1][0].base + 10)
    edges = _edges(sheet.rows[heading.first : heading.last + _FIRST_LOOK], heading, aligned)
    edges = _edges([row for part in _parts(sheets, page, heading, edges) for row in part.lines], heading, aligned)
    return list(_parts(sheets, page, heading, edges)), edges


def _edges(rows: Iterable[Row], heading: Heading, aligned: Sequence[float]) -> tuple[float, ...]:
    """Borders of the columns: between two headings, where the fewest words are cut and the most begin."""
    words = [word for row in rows if not _is_group(row, heading) for word in row]
    begins, ends = sorted(word.x0 for word in words), sorted(word.x1 for word in words)

    def worth(place: float) -> tuple[int, bool, int, float]:
        cut = bisect_left(begins, place - 0.5) - bisect_right(ends, place + 0.5)
        lined_up = any(abs(place - edge) <= _SNAP for edge in aligned)
        return -cut, lined_up, bisect_right(begins, place + 1) - bisect_left(begins, place - 1), place

    borders: list[float] = []
    for before, after in pairwise(heading.spans):
        low, high = bisect_right(begins, sum(before) / 2), bisect_right(begins, sum(after) / 2)
        borders.append(max({round(x, 1) for x in begins[low:high]} or {after[0]}, key=worth) - 0.5)
    return (begins[0] - 1, *borders, ends[-1] + 1)


def _is_group(row: Row, heading: Heading) -> bool:
    """True for words without white between them under several headings: they tell nothing about borders."""
    under = sum(row[0].x0 < sum(span) / 2 < row[-1].x1 for span in heading.spans)
    return under > 1 and one_phrase(row)


def _parts(sheets: Sequence[Sheet], page: int, heading: Heading, edges: tuple[float, ...]) -> Iterator[_Part]:
    """The table's lines, page by page, until a page ends before its last line or the next keeps other columns."""
    sheet = sheets[page]
    body = end_of_heading(sheet.rows, heading.first, heading.last, edges, _heights(sheet, edges))
    first, lines = heading.first, body - heading.first
    while True:
        # Whether a group row at the very end belongs to the table is told by the next page.
        goes_on = _goes_on(sheets, page + 1, heading, edges)
        part = _Part(sheet, first, body, end_of_table(sheet.rows, body, edges, goes_on=goes_on))
        yield part
        if part.last < len(sheet.rows) or not goes_on:
            return
        page, sheet = page + 1, sheets[page + 1]
        # The heading comes back with as many lines: a row without a number under it is the rest of a cut one.
        first, body = 0, lines if _repeated(sheet, heading) else 0


def _repeated(sheet: Sheet, heading: Heading) -> bool:
    """True where the heading stands once more at the top of a page."""
    found = find_heading(sheet.rows[:8])
    return found is not None and found.first == 0 and found.names == heading.names


def _goes_on(sheets: Sequence[Sheet], page: int, heading: Heading, edges: tuple[float, ...]) -> bool:
    if page >= len(sheets) or sheets[page].ruled or not sheets[page].rows:
        return False
    sheet = sheets[page]
    if _repeated(sheet, heading):
        return True
    end = end_of_table(sheet.rows, 0, edges, goes_on=False)
    return any(len(filled(row, edges)) > 1 and not crosses(row, edges) for row in sheet.rows[: min(end, 4)])


def _heights(sheet: Sheet, edges: Sequence[float]) -> list[float]:
    """Heights of the rules that part rows: drawn over most of the table's width."""
    width = edges[-1] - edges[0]
    return [rule.at for rule in sheet.rules if min(rule.high, edges[-1]) - max(rule.low, edges[0]) > 0.6 * width]


def _table(part: _Part, edges: tuple[float, ...], *, numbered: bool, turned: bool) -> Aligned:
    sheet, heights = part.sheet, _heights(part.sheet, edges)
    cuts = [Cut(sheet.rows[part.first : part.body])] if part.body > part.first else []
    cuts += cut_rows(sheet.rows[part.body : part.last], edges, heights, numbered=numbered, turned=turned)
    rows = [_cells(cut, edges, sheet.turn) for cut in cuts]
    lines = part.lines
    top = min(word.base - word.size for word in lines[0])
    piece = Piece(rows, sheet.number, edges)
    return Aligned(PlacedTable(piece, top, lines[-1][0].base), frozenset(id(word) for row in lines for word in row))


def _cells(cut: Cut, edges: Sequence[float], turn: int) -> list[CellText]:
    """One row's cells; a group row is one cell over all columns, its number apart where it has its own column."""
    columns: dict[int, list[Word]] = defaultdict(list)
    for row in cut.lines:
        for word in row:
            columns[column_of(word, edges)].append(word)
    count = len(edges) - 1
    if not cut.group:
        return [CellText(cell_text(columns[index], turn)) for index in range(count)]
    merged = CellText(cell_text([word for row in cut.lines for word in row], turn))
    return [merged] * count
