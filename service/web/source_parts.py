"""A long text cut into parts that a page fetches as they are looked at.

The 176 pages of a resolution make 800 KB of HTML with 18,000 nodes; a browser that parses them after every decision
keeps an officer waiting. A short text is one part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final, TypeVar

from corpus.model import Block, Document, Row, Table

T = TypeVar("T")
PART: Final = 12_000
"""Characters of a part: about four pages."""
WHOLE: Final = 60_000
"""Characters up to which a text is shown whole."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document: the same text, only the blocks and rows of this stretch."""

    number: int
    document: Document
    before: int | None
    """The page on which the part before ends, so that its number is not said twice."""

    @property
    def start(self) -> int:
        return self.document.blocks[0].start

    @property
    def end(self) -> int:
        return self.document.blocks[-1].end

    @property
    def pages(self) -> str:
        """``12``, ``12–15`` or nothing where the format has no pages."""
        first, last = (self.document.page_at(place) for place in (self.start, max(self.end - 1, self.start)))
        return "" if first is None else str(first) if first == last else f"{first}–{last}"

    def holds(self, start: int, end: int) -> bool:
        """Whether a span of the text stands in it, at least partly."""
        return start < self.end and end > self.start


def cut(document: Document) -> list[Part]:
    """The parts in order; together they are the document."""
    limit = PART if len(document.text) > WHOLE else len(document.text) + 1
    parts: list[Part] = []
    for pieces in _groups(list(_pieces(document, limit)), limit):
        before = document.page_at(parts[-1].end - 1) if parts else None
        tables = [table for _, table in pieces if table is not None]
        places = iter(range(len(tables)))
        blocks = tuple(replace(block, table=next(places)) if table else block for block, table in pieces)
        parts.append(Part(len(parts), replace(document, blocks=blocks, tables=tuple(tables)), before))
    return parts


def _pieces(document: Document, limit: int) -> Iterator[tuple[Block, Table | None]]:
    """Blocks, long tables as several of them."""
    for block in document.blocks:
        if block.table is None:
            yield block, None
            continue
        for rows in _row_groups(document.tables[block.table].rows, limit):
            cells = [cell for row in rows for cell in row.cells]
            start, end = min(cell.start for cell in cells), max(cell.end for cell in cells)
            table = Table(start, end, document.tables[block.table].columns, tuple(rows))
            yield replace(block, start=start, end=end, page=rows[0].page or block.page), table


def _row_groups(rows: Sequence[Row], limit: int) -> Iterator[list[Row]]:
    filled = [row for row in rows if row.cells]
    sizes = [sum(cell.end - cell.start for cell in row.cells if not cell.merged) for row in filled]
    yield from _by_size(filled, sizes, limit)


def _groups(pieces: Sequence[tuple[Block, Table | None]], limit: int) -> Iterator[list[tuple[Block, Table | None]]]:
    yield from _by_size(pieces, [block.end - block.start for block, _ in pieces], limit)


def _by_size(things: Sequence[T], sizes: Sequence[int], limit: int) -> Iterator[list[T]]:
    """Neighbours together until their sizes pass the limit."""
    group: list[T] = []
    begun = 0
    for thing, total, size in zip(things, accumulate(sizes), sizes, strict=True):
        if group and total - begun > limit:
            yield group
            group, begun = [], total - size
        group.append(thing)
    if group:
        yield group
