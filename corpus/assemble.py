r"""A Draft collects the pieces of a file in reading order and becomes a Document with exact offsets.

Readers hand over text as their format gives it; here, and only here, it becomes *stored text*:

- NFC, before any offset is taken;
- every run of white space is one space (NBSP, tabs and line breaks included), so that the slice of a fact
  equals its folded text; a table cell keeps a line feed between its own paragraphs;
- control, zero-width and direction characters and lone surrogates go; a soft hyphen becomes ``-`` between
  capitals or digits (``NĐ\u00adCP``), where a hyphen is meant, and goes elsewhere;
- paragraphs and rows end with ``\n``, cells are parted by ``\t``.

Plain text is the exception: ``Draft.verbatim`` keeps it as it is and takes blocks by their offsets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.limits import Limits
from corpus.model import (
    Block,
    BlockKind,
    Cell,
    Document,
    Furniture,
    FurnitureKind,
    PageMark,
    Problem,
    Row,
    Status,
    Table,
)
from corpus.problems import MESSAGES

# C0 and C1 controls but for white space, zero width and direction marks, BOM, surrogates, non-characters.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
_SYMBOL_HYPHEN = re.compile(r"(?<=[A-ZĐ0-9])\u00ad(?=[A-ZĐ0-9])")
_SPACE = re.compile(r"\s+")


def clean(text: str) -> str:
    """One paragraph's text as it is stored."""
    text = _UNWANTED.sub("", text)
    if "\u00ad" in text:
        text = _SYMBOL_HYPHEN.sub("-", text).replace("\u00ad", "")
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def clean_cell(text: str) -> str:
    """One cell's text as it is stored: its paragraphs parted by line feeds, empty ones dropped."""
    return "\n".join(line for line in map(clean, text.splitlines()) if line)


def _clean_pieces(text: str, turns: Iterable[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """A cleaned paragraph, and its turns of pages at their places in the cleaned text; each part is cleaned once."""
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    size = begin = 0
    for offset, number in [*turns, (len(text), 0)]:
        part = clean(text[begin:offset])
        if part and parts and (text[begin - 1 : begin].isspace() or text[begin : begin + 1].isspace()):
            part = " " + part
        parts.append(part)
        size += len(part)
        begin = offset
        places.append((size, number))
    body = "".join(parts)
    found = [(place + body[place : place + 1].isspace(), number) for place, number in places[:-1]]
    return body, found


@dataclass(frozen=True, slots=True, eq=False)
class CellText:
    """A cell to be stored. A merged cell is *the same object* in every place of the grid that it covers."""

    text: str = ""


@dataclass(slots=True)
class Draft:
    """Pieces in reading order; ``finish`` makes the Document.

    Pieces beyond ``limits.max_chars`` are left out and reported once. Readers may ask ``full`` to stop early.
    """

    limits: Limits = field(default_factory=Limits)
    full: bool = False
    pages: int | None = None
    """How many pages the file has, set by readers of paged formats."""
    _parts: list[str] = field(default_factory=list)
    _size: int = 0
    _verbatim: bool = False
    _blocks: list[Block] = field(default_factory=list)
    _tables: list[Table] = field(default_factory=list)
    _furniture: list[Furniture] = field(default_factory=list)
    _marks: list[PageMark] = field(default_factory=list)
    _problems: list[Problem] = field(default_factory=list)

    @classmethod
    def verbatim(cls, text: str, limits: Limits | None = None) -> Draft:
        """A draft whose stored text is ``text`` (already NFC with LF); blocks are added with ``span`` and ``grid``."""
        draft = cls(limits or Limits())
        if len(text) > draft.limits.max_chars:
            draft._overflow()
            text = text[: draft.limits.max_chars]
        draft._parts, draft._size, draft._verbatim = [text], len(text), True
        return draft

    def paragraph(
        self,
        text: str,
        *,
        page: int | None = None,
        label: str | None = None,
        kind: BlockKind = "paragraph",
        bold: bool = False,
        centred: bool = False,
        turns: Iterable[tuple[int, int]] = (),
    ) -> None:
        """Add a paragraph. An automatic ``label`` ("1.", "a)") is written before the text unless it is there.

        ``turns`` are (offset in ``text``, page number) where the paragraph runs over onto another page.
        """
        body, places = _clean_pieces(text, turns)
        prefix = clean(label) + " " if label and not body.startswith(clean(label)) else ""
        if not (prefix + body).strip() or not self._room(len(prefix) + len(body)):
            return
        self.page(page)
        start = self._write((prefix + body).strip())
        for offset, number in places:
            self.page(number, at=start + len(prefix) + offset)
        self._blocks.append(Block(kind, start, self._size, page, label, None, bold, centred))
        self._write("\n")

    def table(self, rows: Sequence[Sequence[CellText]], *, pages: Sequence[int | None] | int | None = None) -> None:
        """Add a table. ``pages`` is the page of each row, or one page for all of them."""
        grid = [list(row) for row in rows if row]
        if not grid or not self._room(sum(len(cell.text) + 1 for row in grid for cell in row)):
            return
        numbers = list(pages) if isinstance(pages, Sequence) else [pages] * len(grid)
        start, places = self._size, dict[CellText, tuple[int, int]]()
        stored: list[Row] = []
        for row, number in zip(grid, numbers, strict=True):
            self.page(number)
            stored.append(Row(self._write_row(row, places), number))
        self._add_table(start, self._size - 1, tuple(stored))

    def span(
        self,
        start: int,
        end: int,
        *,
        kind: BlockKind = "paragraph",
        label: str | None = None,
        bold: bool = False,
        centred: bool = False,
    ) -> None:
        """Mark ``start:end`` of a verbatim text as a block."""
        self._blocks.append(Block(kind, start, end, None, label, None, bold, centred))

    def grid(self, start: int, end: int, rows: Sequence[Sequence[tuple[int, int]]]) -> None:
        """Mark ``start:end`` of a verbatim text as a table whose cells have the given offsets.

        A place that is named twice is a merged cell.
        """
        seen: set[tuple[int, int]] = set()
        stored: list[Row] = []
        for row in rows:
            cells = tuple(Cell(a, b, column, a < b and (a, b) in seen) for column, (a, b) in enumerate(row))
            seen.update(row)
            stored.append(Row(cells))
        self._add_table(start, end, tuple(stored))

    def furniture(self, kind: FurnitureKind, text: str, page: int | None = None) -> None:
        """Keep a running head, page number, signature or note beside the reading text."""
        stored = clean(text)
        if stored:
            self._furniture.append(Furniture(kind, stored, page))

    def page(self, number: int | None, *, at: int | None = None) -> None:
        """Say that what follows stands on page ``number``; saying it again, or going back, changes nothing."""
        if number is not None and (not self._marks or self._marks[-1].number < number):
            self._marks.append(PageMark(number, self._size if at is None else at))

    def problem(self, code: str, message: str | None = None, page: int | None = None) -> None:
        """Report what kept the file from being read whole, in ``code``'s standing words unless given others."""
        self._problems.append(Problem(code, message or MESSAGES.get(code, code), page))

    @property
    def empty(self) -> bool:
        """True while no text has been added."""
        return not any(part.strip() for part in self._parts)

    def finish(
        self,
        file: str,
        sha256: str,
        media_type: str,
        pages: int | None = None,
        status: Status | None = None,
    ) -> Document:
        """The Document. Without a given status: ok without problems, else partial, or failed when nothing was read."""
        if status is None:
            status = "ok" if not self._problems else "failed" if self.empty else "partial"
        common = {"file": file, "sha256": sha256, "media_type": media_type, "status": status, "pages": pages}
        if status == "failed":
            return Document(**common, problems=tuple(self._problems), furniture=tuple(self._furniture))  # type: ignore[arg-type]
        text = "".join(self._parts)
        return Document(
            **common,  # type: ignore[arg-type]
            text=text if self._verbatim else text.removesuffix("\n"),
            problems=tuple(self._problems),
            blocks=tuple(self._blocks),
            tables=tuple(self._tables),
            furniture=tuple(self._furniture),
            page_marks=tuple(self._marks),
        )

    def _write(self, text: str) -> int:
        start = self._size
        self._parts.append(text)
        self._size += len(text)
        return start

    def _write_row(self, row: list[CellText], places: dict[CellText, tuple[int, int]]) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        for column, cell in enumerate(row):
            if column:
                self._write("\t")
            merged = cell in places
            if not merged:
                start = self._write(clean_cell(cell.text))
                places[cell] = (start, self._size)
            cells.append(Cell(*places[cell], column, merged))
        self._write("\n")
        return tuple(cells)

    def _add_table(self, start: int, end: int, rows: tuple[Row, ...]) -> None:
        columns = max((len(row.cells) for row in rows), default=0)
        page = rows[0].page if rows else None
        self._blocks.append(Block("table", start, end, page, table=len(self._tables)))
        self._tables.append(Table(start, end, columns, rows))

    def _room(self, size: int) -> bool:
        if not self.full and self._size + size > self.limits.max_chars:
            self._overflow()
        return not self.full

    def _overflow(self) -> None:
        self.full = True
        self.problem("too_large", "Văn bản quá dài; phần vượt quá giới hạn không được đọc.")
