"""Tables as an office prints them: rows that run over pages are joined, heads that come back are dropped.

Works on pieces, the part of a table on one page, whatever the format they come from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.assemble import CellText, clean

Row = list[CellText]
_NUMBER = re.compile(r"\(?(?:\d+(?:[.,]\d+)*|[IVXLC]+|[A-ZĐ]|[a-zđ])\)?[.)]?")
_SENTENCE_END = re.compile(r"[.;:!?…]['\")”’]*$")
_EDGE = 8.0
"""Points by which the column edges of one table differ from page to page."""


@dataclass(slots=True)
class Piece:
    """The part of a table that stands on one page. A merged cell is one object in all its places."""

    rows: list[Row]
    page: int | None = None
    edges: tuple[float, ...] = ()
    """Column edges, where the format has them."""

    @property
    def columns(self) -> int:
        """How many columns."""
        return max(map(len, self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Joined:
    """A whole table: its rows and the page of each."""

    rows: list[Row]
    pages: list[int | None]


def same_table(first: Piece, second: Piece) -> bool:
    """True where ``second``, the next thing on the next page, goes on with ``first``'s columns."""
    if not first.edges or not second.edges:
        return first.columns == second.columns
    few, many = sorted((first.edges, second.edges), key=len)
    if abs(few[0] - many[0]) > 2 * _EDGE or abs(few[-1] - many[-1]) > 2 * _EDGE:
        return False
    # A page with only wide rows shows fewer edges; all of them must be edges of the other.
    return all(min(abs(edge - other) for other in many) <= _EDGE for edge in few) and len(few) > 2


def join(pieces: Sequence[Piece], glue: Callable[[str, str], str] = "{} {}".format) -> Joined:
    """One table from its pieces; ``glue`` joins the two parts of a cut cell."""
    edges = max((piece.edges for piece in pieces), key=len)
    rows: list[Row] = []
    pages: list[int | None] = []
    head = 0
    for piece in pieces:
        more = _widen(piece, edges)
        if rows:
            # What the second page repeats of the first is the head, on this page and on all that follow.
            repeated = _repeated(rows, more, head)
            head, more = repeated or head, more[repeated:]
            if more and _is_cut(rows, more[0], head):
                more = _join_rows(rows, more, glue)
            elif more:
                more = _carry_down(rows, more, head)
        rows.extend(more)
        pages.extend([piece.page] * len(more))
    return Joined(rows, pages)


def _widen(piece: Piece, edges: tuple[float, ...]) -> list[Row]:
    """The rows with one cell for each of the table's columns."""
    if len(piece.edges) == len(edges) or not piece.edges:
        return [list(row) for row in piece.rows]
    middles = [(a + b) / 2 for a, b in pairwise(edges)]
    places = [max(sum(edge <= middle for edge in piece.edges[:-1]) - 1, 0) for middle in middles]
    return [[row[place] for place in places] for row in piece.rows]


def _texts(row: Row) -> list[str]:
    return [clean(cell.text).casefold() for cell in row]


def _repeated(rows: list[Row], more: list[Row], head: int) -> int:
    """How many rows at the start of a page repeat the table's head."""
    limit = head or min(len(rows), 5)
    count = 0
    while count < min(limit, len(more)) and _texts(rows[count]) == _texts(more[count]) and any(_texts(more[count])):
        count += 1
    # One row alone that repeats only a number or nothing is no head.
    return count if count and sum(map(len, _texts(more[0]))) > 3 else 0


def _is_cut(rows: list[Row], row: Row, head: int) -> bool:
    """True where the first row of a page is the rest of the last row of the page before."""
    last = rows[-1]
    if len(rows) <= head or len(row) < 2 or len(set(row)) == 1 or len(set(last)) == 1:
        return False
    new, old = _stripped(row), _stripped(last)
    if not any(new):
        return True
    if new[0]:
        return not _numbered(rows[head:]) and _goes_on(old, new)
    both = [(a, b) for a, b in zip(old[1:], new[1:], strict=True) if a]
    broken = any(b[:1].islower() and not _SENTENCE_END.search(a) for a, b in both)
    if old[0] and _numbered(rows[head:]):
        # A row without a number that fills every column is a row of its own ("Trong đó: …").
        if not new[1] and len(both) > 2 and all(b and not b[0].islower() for _, b in both[1:]):
            return False
        return (broken and not _begins_anew(both)) or not all(b for _, b in both)
    return broken and all(a or not b for a, b in zip(old, new, strict=True))


def _goes_on(old: list[str], new: list[str]) -> bool:
    """True where, in a table without numbers, the first cell of a row is the rest of the one before."""
    both = [(a, b) for a, b in zip(old, new, strict=True) if a]
    middle = new[0][:1].islower() and bool(old[0]) and not _SENTENCE_END.search(old[0])
    return middle and not _begins_anew(both) and all(a or not b for a, b in zip(old, new, strict=True))


def _begins_anew(both: list[tuple[str, str]]) -> bool:
    """True where most cells of a row begin like new ones, though one of them goes on."""
    lower = sum(b[:1].islower() for _, b in both)
    return lower < len([b for _, b in both if b]) - lower and len(both) > 2


def _stripped(row: Row) -> list[str]:
    return [cell.text.strip() for cell in row]


def _numbered(rows: list[Row]) -> bool:
    """True where the first column counts the rows."""
    return sum(bool(_NUMBER.fullmatch(row[0].text.strip())) for row in rows) >= 0.6 * len(rows)


def _join_rows(rows: list[Row], more: list[Row], glue: Callable[[str, str], str]) -> list[Row]:
    """Put the first of ``more`` to the last row, cell by cell; gives the rows that are left.

    A merged cell is changed in all rows that it covers, on both pages.
    """
    changed: dict[CellText, CellText] = {}
    follows: dict[CellText, CellText] = {}
    for cell, rest in zip(rows[-1], more[0], strict=True):
        if rest.text.strip() and cell not in changed:
            before = cell.text.rstrip()
            changed[cell] = CellText(glue(before, rest.text.strip()) if before else rest.text)
        follows[rest] = changed.get(cell, cell)
    for row in rows:
        row[:] = [changed.get(cell, cell) for cell in row]
    return [[follows.get(cell, cell) for cell in row] for row in more[1:]]


def _carry_down(rows: list[Row], more: list[Row], head: int) -> list[Row]:
    """A number and name that cover several rows stand on the first page only: the rows after the turn share them."""
    new, old = _stripped(more[0]), _stripped(rows[-1])
    if len(new) < 3 or new[0] or new[1] or not (old[0] and old[1] and any(new)) or not _numbered(rows[head:]):
        return more
    follows = {more[0][0]: rows[-1][0], more[0][1]: rows[-1][1]}
    return [[follows.get(cell, cell) for cell in row] for row in more]
