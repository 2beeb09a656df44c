"""Word documents (.docx) in document order: paragraphs with their automatic numbers, tables, text boxes, notes.

The parts are read with python-docx's parser; its own paragraph list leaves out tables, content controls and numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from corpus.assemble import CellText, Draft
from corpus.docx_package import DocxError, Element, Package, W
from corpus.docx_text import Paragraph, Texts, children
from corpus.labels import BULLETS, read_label
from corpus.layout import is_layout
from corpus.limits import Clock, Limits
from corpus.model import FurnitureKind
from corpus.paragraphs import printed_lines

_ENCODINGS: Final = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI"}
_SEPARATORS: Final = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def read_docx(data: bytes, name: str, limits: Limits) -> Draft:  # noqa: ARG001 - the readers' common signature
    """A draft of the body; running heads and notes are furniture."""
    draft = Draft(limits)
    try:
        package = Package(data, limits)
        body = _body(package)
        reader = _Reader(draft, Texts.of(package), limits.start(), limits.max_depth)
        reader.body(body)
        reader.beside(package)
    except DocxError as error:
        draft.problem(error.code, error.message)
    return draft


def _body(package: Package) -> Element:
    root = package.part("word/document.xml")
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise DocxError("damaged", "Tệp DOCX không có phần nội dung (word/document.xml).")
    return body


class _Reader:
    """Writes a document's body to a draft."""

    def __init__(self, draft: Draft, texts: Texts, clock: Clock, deepest: int) -> None:
        self._draft, self._texts, self._clock, self._deepest = draft, texts, clock, deepest

    def body(self, element: Element, depth: int = 0) -> None:
        """Paragraphs and tables in order."""
        if depth > self._deepest:
            raise DocxError("too_deep")
        for child in children(element):
            if self._draft.full:
                return
            if self._clock.over():
                raise DocxError("timeout")
            if child.tag == W + "p":
                paragraph = self._texts.paragraph(child)
                self._paragraph(paragraph)
                for box in paragraph.boxes:
                    self.body(box, depth + 1)
            elif child.tag == W + "tbl":
                self._table(child)

    def beside(self, package: Package) -> None:
        """Headers, footers and notes."""
        kinds: tuple[tuple[str, FurnitureKind], ...] = (
            (r"word/header\d*\.xml", "header"),
            (r"word/footer\d*\.xml", "footer"),
            (r"word/(?:foot|end)notes\.xml", "note"),
        )
        for pattern, kind in kinds:
            for part in package.names(pattern):
                for line in self._lines_of_part(package, part):
                    self._draft.furniture(kind, line)
        for encoding in sorted(self._texts.converted):
            self._draft.problem(
                "legacy_encoding",
                f"Văn bản có đoạn dùng phông chữ cũ {_ENCODINGS[encoding]}, đã chuyển sang Unicode; đề nghị đối chiếu.",
            )

    def _lines_of_part(self, package: Package, name: str) -> Iterator[str]:
        root = package.part(name)
        for paragraph in [] if root is None else root.iter(W + "p"):
            note = paragraph.getparent()
            if note is not None and note.get(f"{W}type") in _SEPARATORS:
                continue
            text = self._texts.paragraph(paragraph).text
            if text.strip() and not text.strip(" -–—").isdigit():
                yield text

    def _paragraph(self, paragraph: Paragraph) -> None:
        lines = list(printed_lines(paragraph.text, centred=paragraph.centred))
        for number, line in enumerate(lines):
            label = paragraph.label if number == 0 else ""
            found = read_label(f"{label} {line}" if label else line)
            printed = label or (found.text if found else None)
            item = found is not None and found.style in BULLETS
            self._draft.paragraph(
                line,
                label=printed,
                kind="heading" if paragraph.heading else "list_item" if item else "paragraph",
                bold=paragraph.bold,
                centred=paragraph.centred,
            )

    def _table(self, element: Element) -> None:
        grid = self._grid(element, 0)
        if is_layout([_own(row) for row in grid]):
            for row in grid:
                for text in _own(row):
                    for line in filter(None, map(str.strip, text.split("\n"))):
                        self._paragraph(Paragraph(line, "", bold=False, centred=False, heading=False))
            return
        self._draft.table(grid)

    def _grid(self, table: Element, depth: int) -> list[list[CellText]]:
        """Rows of cells over the table's grid; a merged cell is one object in every place that it covers."""
        if depth > self._deepest:
            raise DocxError("too_deep")
        grid: list[list[CellText]] = []
        for row in children(table):
            if row.tag != W + "tr" or row.find(f"{W}trPr/{W}del") is not None:
                continue
            if self._clock.over():
                raise DocxError("timeout")
            above = grid[-1] if grid else []
            cells = [CellText() for _ in range(_number(row, "trPr", "gridBefore"))]
            for cell in children(row):
                if cell.tag == W + "tc":
                    cells += self._cell(cell, above, len(cells), depth)
            grid.append(cells)
        widest = max(map(len, grid), default=0)
        return [row + [CellText() for _ in range(widest - len(row))] for row in grid]

    def _cell(self, cell: Element, above: list[CellText], column: int, depth: int) -> list[CellText]:
        width = max(_number(cell, "tcPr", "gridSpan"), 1)
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        if merge is not None and merge.get(f"{W}val") != "restart" and column < len(above):
            return [above[column]] * width
        text = CellText("\n".join(self._cell_lines(cell, depth)))
        return [text] * width

    def _cell_lines(self, cell: Element, depth: int) -> Iterator[str]:
        """Lines of a cell; a table inside it gives a line for each of its cells."""
        for child in children(cell):
            if child.tag == W + "p":
                paragraph = self._texts.paragraph(child)
                yield f"{paragraph.label} {paragraph.text}".strip()
                for box in paragraph.boxes:
                    yield from self._cell_lines(box, depth + 1)
            elif child.tag == W + "tbl":
                for row in self._grid(child, depth + 1):
                    yield from _own(row)


def _own(row: list[CellText]) -> list[str]:
    """Texts of a row, a merged cell once."""
    return [cell.text for place, cell in enumerate(row) if place == 0 or row[place - 1] is not cell]


def _number(element: Element, properties: str, name: str) -> int:
    found = element.find(f"{W}{properties}/{W}{name}")
    value = "" if found is None else (found.get(f"{W}val") or "")
    return min(int(value), 200) if value.isdigit() else 0
