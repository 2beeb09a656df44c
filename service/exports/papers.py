"""DOCX of a table: A4 on its side, Times New Roman, the heading repeated on every page."""

from __future__ import annotations

import io
from copy import deepcopy
from typing import Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu

from service import paper
from service.errors import InvalidInput
from service.exports.values import clean
from service.tabular import Column, Sheet
from service.vietnamese import number

MOST: Final = 5_000
"""Rows of a DOCX table; Word needs minutes to lay out more."""
_SIZE: Final = 12


def to_docx(sheet: Sheet) -> bytes:
    """The table as a document; too long a one is refused with what to do instead."""
    if len(sheet.rows) > MOST:
        raise InvalidInput(
            f"Bảng có {number(len(sheet.rows))} dòng; DOCX chỉ nhận đến {number(MOST)} dòng. "
            "Anh/Chị lọc bớt, hoặc xuất XLSX hay CSV."
        )
    made = paper.blank(landscape=True)
    paper.line(made, clean(sheet.title), bold=True, align="center")
    if sheet.subtitle:
        paper.line(made, clean(sheet.subtitle), size=13, italic=True, align="center")
    paper.line(made, " ", size=6)
    table = paper.grid(made, sheet.columns, size=_SIZE)
    fill(table, sheet)
    for note in sheet.notes:
        paper.line(made, clean(note), size=_SIZE, italic=True, before=4)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def fill(table: Any, sheet: Sheet) -> None:  # noqa: ANN401 - python-docx's table has no public type
    """The rows under the heading. One row is made by python-docx and copied: adding each row anew is quadratic."""
    if not sheet.rows:
        return
    widths = [column.width for column in table.columns]
    row = table.add_row()
    paper.whole_rows(row)
    for cell, width, column in zip(row.cells, widths, sheet.columns, strict=True):
        cell.width = Emu(width)
        _mark(cell, column)
    pattern = deepcopy(row._tr)  # noqa: SLF001 - the row's XML is what is copied
    body = table._tbl  # noqa: SLF001 - see above
    body.remove(row._tr)  # noqa: SLF001 - see above
    last = len(sheet.rows) - 1
    for place, texts in enumerate(sheet.texts()):
        made = deepcopy(pattern)
        bold = sheet.total and place == last
        for slot, text in zip(made.iter(qn("w:t")), texts, strict=True):
            slot.text = clean(text)
            if bold:
                slot.getparent().get_or_add_rPr().append(OxmlElement("w:b"))
        body.append(made)


def _mark(cell: Any, column: Column) -> None:  # noqa: ANN401 - see fill
    paper.line(cell, "·", size=_SIZE, align=column.align)
