"""What a read file is: text with exact offsets, blocks, tables, pages, and what went wrong.

All offsets are code points into ``Document.text`` (NFC, LF), start inclusive, end exclusive.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

Status = Literal["ok", "partial", "failed"]
BlockKind = Literal["paragraph", "heading", "list_item", "table"]
FurnitureKind = Literal["header", "footer", "page_number", "signature", "stamp", "note"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that kept a file from being read whole; the message is for an officer, in Vietnamese."""

    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table. A merged cell appears once in each row it covers, with the same offsets.

    ``text[start:end]`` is the cell's text; an empty cell has ``start == end``.
    """

    start: int
    end: int
    column: int
    merged: bool = False
    """True where the cell repeats the content of a merged cell above or to the left."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, cells from left to right, one for each column (empty ones included)."""

    cells: tuple[Cell, ...]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows continue over pages; repeated header rows of later pages are left out of ``rows``."""

    start: int
    end: int
    columns: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item or table in reading order, its text already joined over lines and pages.

    ``label`` is an automatic number or bullet ("Điều 1.", "1.", "a)", "-") that stands at the start of the text slice;
    ``table`` indexes ``Document.tables`` for ``kind == "table"``.
    """

    kind: BlockKind
    start: int
    end: int
    page: int | None = None
    label: str | None = None
    table: int | None = None
    bold: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Furniture:
    """Running heads, page numbers, signature annotations: kept apart from the reading text."""

    kind: FurnitureKind
    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class PageMark:
    """Where a page begins in the stored text (a sentence may run across the mark)."""

    number: int
    start: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read. ``text`` is what every fact's offsets point into; a failed file has an empty text."""

    file: str
    sha256: str
    media_type: str
    status: Status
    text: str = ""
    pages: int | None = None
    problems: tuple[Problem, ...] = ()
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    page_marks: tuple[PageMark, ...] = field(default=())

    def page_at(self, offset: int) -> int | None:
        """Page number (1-based) that holds ``offset``, or None for formats without pages."""
        if not self.page_marks:
            return None
        place = bisect_right(self.page_marks, offset, key=lambda mark: mark.start)
        return self.page_marks[max(place - 1, 0)].number


@dataclass(frozen=True, slots=True)
class Node:
    """One level of a text's tree: Phần › Chương › Mục › Điều › khoản › điểm, I › 1 › a › -, Thứ nhất › Một là › -.

    ``start:end`` is the heading's own text (with its label), ``body_end`` where its subtree ends;
    ``parent`` indexes the list the node is in, -1 for the top. ``level`` is a name such as
    ``"Phần" "Chương" "Mục" "Tiểu mục" "Điều" "khoản" "điểm" "roman" "number" "letter" "bullet" "thứ" "là" "Phụ lục"``.
    """

    level: str
    label: str
    start: int
    end: int
    body_end: int
    parent: int = -1
    depth: int = 0
