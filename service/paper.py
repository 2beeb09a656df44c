"""A sheet of paper as Nghị định 30/2020/NĐ-CP, Phụ lục I, wants it: A4, margins, letters, the blocks of the form.

Measures: margins top and bottom 20–25 mm, left 30–35 mm, right 15–20 mm (Phụ lục I, mục I.2 and I.3); Times New Roman;
body 13–14 pt, justified, first line indented 1 or 1.27 cm, at least 6 pt between paragraphs; page numbers
at the top in the middle from the second page on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, Literal

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from service.tabular import Column

FONT: Final = "Times New Roman"
BODY: Final = 14
TOP, BOTTOM, LEFT, RIGHT = Mm(21), Mm(21), Mm(31), Mm(16)
ALIGN: Final = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
Alignment = Literal["left", "right", "center", "justify"]
_MEDIUM_GREY: Final = "E9EEF4"


def blank(*, landscape: bool = False) -> Paper:
    """An empty A4 sheet with margins, fonts and page numbers."""
    paper = Document()
    section = paper.sections[0]
    wide, high = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.page_width, section.page_height = wide, high
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = TOP, BOTTOM, LEFT, RIGHT
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = ALIGN["center"]
    _field(number, "PAGE")
    style = paper.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(BODY)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    properties = paper.core_properties
    properties.language, properties.author, properties.comments = "vi-VN", "", ""
    return paper


def width(paper: Paper) -> int:
    """Between the margins, in EMU."""
    section = paper.sections[0]
    sides = (section.left_margin or 0) + (section.right_margin or 0)
    return int((section.page_width or 0) - sides)


def line(
    place: Paper | _Cell,
    text: str = "",
    *,
    size: float = BODY,
    bold: bool = False,
    italic: bool = False,
    align: Alignment = "left",
    before: float = 0,
    after: float = 0,
) -> Paragraph:
    """A paragraph of one run; in a fresh cell its first paragraph is used."""
    fresh = isinstance(place, _Cell) and len(place.paragraphs) == 1 and not place.paragraphs[0].runs
    paragraph = place.paragraphs[0] if fresh else place.add_paragraph()
    paragraph.alignment = ALIGN[align]
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    add(paragraph, text, size=size, bold=bold, italic=italic)
    return paragraph


def add(paragraph: Paragraph, text: str, *, size: float = BODY, bold: bool = False, italic: bool = False) -> None:
    """One more run."""
    if text:
        run = paragraph.add_run(text)
        run.font.size, run.bold, run.italic = Pt(size), bold, italic


def body(paper: Paper, text: str, *, size: float = BODY) -> Paragraph:
    """A paragraph of the text itself."""
    paragraph = line(paper, text, size=size, align="justify", before=6)
    paragraph.paragraph_format.first_line_indent = Mm(12.7)
    paragraph.paragraph_format.line_spacing = 1.1
    return paragraph


def rule(place: Paper | _Cell, share: float, of: int) -> None:
    """The stroke under a block: ``share`` of the width ``of`` (EMU), in the middle."""
    paragraph = line(place, " ", size=2)
    side = Emu(int(of * (1 - share) / 2))
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    border = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        top.set(qn(f"w:{name}"), value)
    border.append(top)
    paragraph._p.get_or_add_pPr().append(border)  # noqa: SLF001 - python-docx has no borders of paragraphs


def two_columns(paper: Paper, shares: tuple[float, float] = (0.42, 0.58)) -> tuple[_Cell, _Cell]:
    """Two cells side by side without lines, for the header and the signature block."""
    table = paper.add_table(rows=1, cols=2)
    table.autofit = False
    whole = width(paper)
    cells = table.rows[0].cells
    for column, cell, share in zip(table.columns, cells, shares, strict=True):
        column.width = cell.width = Emu(int(whole * share))
    return cells[0], cells[1]


def grid(paper: Paper, columns: Sequence[Column], *, size: float = 12) -> Any:  # noqa: ANN401 - python-docx's table has no public type
    """A ruled table with its heading, which repeats on every page; rows are to be added."""
    grouped = any(column.group for column in columns)
    table = paper.add_table(rows=2 if grouped else 1, cols=len(columns))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    _narrow_margins(table)
    widths = share_out(columns, width(paper))
    for row in table.rows:
        repeat(row)
    if grouped:
        _group_heads(table, columns)
    head = table.rows[-1].cells
    for number, column in enumerate(columns):
        table.columns[number].width = Emu(widths[number])
        if not grouped or column.group:
            head_cell(head[number], column.title, size)
        for row in table.rows:
            row.cells[number].width = Emu(widths[number])
    return table


def head_cell(cell: _Cell, text: str, size: float) -> None:
    """A shaded heading."""
    line(cell, text, size=size, bold=True, align="center")
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", _MEDIUM_GREY)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - python-docx has no shading


def _narrow_margins(table: Any) -> None:  # noqa: ANN401 - see grid
    """One millimetre at the sides of a cell: a date fits into a narrow column."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "57")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)  # noqa: SLF001 - python-docx has no margins of cells


def whole_rows(row: Any) -> None:  # noqa: ANN401 - see grid
    """A row that is not torn by the end of a page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - see repeat


def _group_heads(table: Any, columns: Sequence[Column]) -> None:  # noqa: ANN401 - see grid
    start = 0
    top, below = table.rows[0].cells, table.rows[1].cells
    while start < len(columns):
        end = start
        while columns[start].group and end + 1 < len(columns) and columns[end + 1].group == columns[start].group:
            end += 1
        if columns[start].group:
            head_cell(top[start].merge(top[end]), columns[start].group, 12)
        else:
            head_cell(top[start].merge(below[start]), columns[start].title, 12)
        start = end + 1


def share_out(columns: Iterable[Column], whole: int) -> list[int]:
    """Widths in EMU that add up to ``whole``."""
    asked = [column.width for column in columns]
    return [int(whole * one / sum(asked)) for one in asked]


def repeat(row: Any) -> None:  # noqa: ANN401 - see grid
    """A row that stands at the head of the table on every page, and is not torn."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no repeated rows
    for name in ("w:cantSplit", "w:tblHeader"):
        properties.append(OxmlElement(name))


def _field(paragraph: Paragraph, code: str) -> None:
    for kind, text in (("begin", None), (None, code), ("end", None)):
        run = paragraph.add_run()
        run.font.size = Pt(13)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)  # noqa: SLF001 - python-docx has no fields
