"""Facts put back on the text: spans become nested marks, block by block, from our own offsets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from corpus.model import Block, Document, Table


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to show: ``css`` its class, ``anchor`` its element id, ``href`` makes it a link, ``title`` a tooltip."""

    start: int
    end: int
    css: str
    anchor: str = ""
    href: str = ""
    title: str = ""


def mark_up(text: str, start: int, end: int, marks: Sequence[Mark]) -> Markup:
    """``text[start:end]`` as safe HTML. Overlapping marks are cut at each other's borders, longer ones outside."""
    inside = [mark for mark in marks if mark.start < end and mark.end > start]
    if not inside:
        return escape(text[start:end])
    borders = {start, end}
    for mark in inside:
        borders.update((max(mark.start, start), min(mark.end, end)))
    points = sorted(borders)
    inside.sort(key=lambda mark: mark.start - mark.end)
    pieces = [_piece(text, a, b, inside) for a, b in pairwise(points)]
    return Markup("").join(pieces)


def _piece(text: str, start: int, end: int, marks: Iterable[Mark]) -> Markup:
    """One stretch between borders, wrapped in every mark that covers it; ids stand on a mark's first piece only."""
    html = escape(text[start:end])
    for mark in reversed([mark for mark in marks if mark.start <= start and mark.end >= end]):
        anchor = Markup(' id="{}"').format(mark.anchor) if mark.anchor and mark.start == start else Markup("")
        title = Markup(' title="{}"').format(mark.title) if mark.title else Markup("")
        if mark.href:
            html = Markup('<a class="{}" href="{}"{}{}>{}</a>').format(mark.css, mark.href, anchor, title, html)
        else:
            html = Markup('<mark class="{}"{}{}>{}</mark>').format(mark.css, anchor, title, html)
    return html


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One cell of a shown table."""

    html: Markup
    merged: bool


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block ready for the template: a paragraph's HTML or a table's rows; ``page`` is set where a new page begins."""

    kind: str
    html: Markup
    rows: tuple[tuple[ShownCell, ...], ...] = ()
    page: int | None = None
    centred: bool = False
    bold: bool = False


def show(document: Document, marks: Sequence[Mark], page: int | None = None) -> list[ShownBlock]:
    """The whole document as blocks, with page changes noted; ``page`` is the one on which the text before ended."""
    ordered = sorted(marks, key=lambda mark: mark.start)
    blocks: list[ShownBlock] = []
    for block in document.blocks:
        near = _overlapping(ordered, block.start, block.end)
        at = block.page if block.page is not None else document.page_at(block.start)
        blocks.append(_show_block(document, block, near, at if at != page else None))
        page = at
    return blocks


def _overlapping(ordered: Sequence[Mark], start: int, end: int) -> list[Mark]:
    return [mark for mark in ordered if mark.start < end and mark.end > start]


def _show_block(document: Document, block: Block, marks: Sequence[Mark], page: int | None) -> ShownBlock:
    if block.table is not None:
        return ShownBlock("table", Markup(""), _rows(document, document.tables[block.table], marks), page)
    html = mark_up(document.text, block.start, block.end, marks)
    return ShownBlock(block.kind, html, page=page, centred=block.centred, bold=block.bold)


def _rows(document: Document, table: Table, marks: Sequence[Mark]) -> tuple[tuple[ShownCell, ...], ...]:
    return tuple(
        tuple(
            ShownCell(
                Markup("") if cell.merged else mark_up(document.text, cell.start, cell.end, marks),
                cell.merged,
            )
            for cell in row.cells
        )
        for row in table.rows
    )
