"""XLSX by openpyxl: A4 on its side, Times New Roman, the heading repeated on every printed page."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from service.exports.long_sheets import fill
from service.exports.values import clean
from service.tabular import Column, Sheet
from service.vietnamese import Value

_FONT: Final = "Times New Roman"
_THIN: Final = Side(style="thin", color="FF7F7F7F")
_BOX: Final = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD: Final = PatternFill("solid", fgColor="FFE9EEF4")
_DAY: Final = "dd/mm/yyyy"
_MM: Final = 1 / 25.4
_SHEET_NAME: Final = str.maketrans("[]:*?/\\", "()-  --")
"""A sheet's name may not hold these."""
_PAGE: Final = 122
"""Characters of 12 pt across A4 on its side between the margins."""
_DAY_WIDTH: Final = 12.0
"""Characters that dd/mm/yyyy takes in 12 pt: a narrower column shows ###."""
_LINE: Final = 16.0
"""Height of a line in points."""
STYLED: Final = 2_000
"""Rows up to which openpyxl writes cells (1.4 ms a row) and heights are fitted; beyond, see ``long_sheets``."""
SHEET: Final = 1_048_576
"""Rows of a sheet, by Excel's specification; a longer table goes on in the next sheet."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The header and signature blocks of an official table (Nghị định 30/2020/NĐ-CP), lines of left and right."""

    left: tuple[str, str, str]
    """Superior body, body, number."""
    right: tuple[str, str, str]
    """The State's name and motto (or the Party's), place and day."""
    sign: tuple[str, ...] = ()


def to_xlsx(sheet: Sheet, letterhead: Letterhead | None = None) -> bytes:
    """The table as a workbook of one sheet."""
    book = Workbook(write_only=True)
    page: WriteOnlyWorksheet = book.create_sheet(sheet.title[:31].translate(_SHEET_NAME).strip())
    above = len(letterhead.left) + 1 if letterhead else 0
    head = _lay_out(page, sheet, above, min(len(sheet.rows), SHEET - above - 8))
    _heights(page, sheet, head)
    for row in [*_letterhead(page, sheet, letterhead), *_above(page, sheet), *_head(page, sheet)]:
        page.append(row)
    if len(sheet.rows) > STYLED:
        return _long(book, page, sheet, head)
    for cells in _body(page, sheet):
        page.append(cells)
    for note in sheet.notes:
        page.append([_cell(page, note, italic=True, box=False, wrap=False)])
    half = _half(sheet)
    for text in letterhead.sign if letterhead else ():
        page.append([*[None] * half, _cell(page, text, bold=True, align="center", box=False, wrap=False)])
    _merge(page, sheet, head, above)
    if letterhead:
        _merge_sides(page, sheet, head, letterhead)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _long(book: Workbook, page: WriteOnlyWorksheet, sheet: Sheet, head: int) -> bytes:
    """The headings by openpyxl, the rows beside them, in as many sheets as they need.

    The looks of each column are those of a cell that the workbook knows and no sheet holds.
    """
    looks = [
        (_cell(page, "x", align=column.align, wrap=False), _cell(page, None, align=column.align, wrap=False))
        for column in sheet.columns
    ]
    for _, dated in looks:
        dated.number_format = _DAY
    styles = [(plain.style_id, dated.style_id) for plain, dated in looks]
    first = head + sheet.grouped + 1
    room = SHEET - first + 1 - len(sheet.notes)
    above = head - 3 - bool(sheet.subtitle)
    _merge(page, sheet, head, above)
    for number in range(2, math.ceil(len(sheet.rows) / room) + 1):
        more = book.create_sheet(f"{page.title[:26]} ({number})")
        for _ in range(above):
            more.append([])
        _lay_out(more, sheet, above, min(room, len(sheet.rows) - (number - 1) * room))
        for row in [*_above(more, sheet), *_head(more, sheet)]:
            more.append(row)
        _merge(more, sheet, head, above)
    out = io.BytesIO()
    book.save(out)
    return fill(out.getvalue(), sheet, first=first, room=room, styles=styles)


def _widths(sheet: Sheet) -> list[float]:
    """Widths that fill a sheet on its side without shrinking the letters: text wraps instead, a day cannot ("###")."""
    dated = _dated(sheet)
    kept = sum(max(_DAY_WIDTH, column.width) for place, column in enumerate(sheet.columns) if place in dated)
    text = sum(column.width for place, column in enumerate(sheet.columns) if place not in dated)
    scale = min(1.0, (_PAGE - kept) / max(text, 1))
    return [
        max(_DAY_WIDTH, column.width) if place in dated else max(5.0, column.width * scale)
        for place, column in enumerate(sheet.columns)
    ]


def _dated(sheet: Sheet) -> set[int]:
    """The columns that hold days, as the first rows tell."""
    return {place for row in islice(sheet.rows, 500) for place, value in enumerate(row) if isinstance(value, dt.date)}


def _heights(page: WriteOnlyWorksheet, sheet: Sheet, head: int) -> None:
    """Heights for wrapped text: spreadsheets do not fit rows of a file that no person has opened."""
    if len(sheet.rows) > STYLED:
        return
    widths = _widths(sheet)
    heads = [column.title for column in sheet.columns]
    first = head + sheet.grouped
    for number, texts in enumerate([heads, *sheet.texts()], first):
        lines = max(_lines(text, width) for text, width in zip(texts, widths, strict=True))
        page.row_dimensions[number].height = _LINE * lines + 2


def _lines(text: str, width: float) -> int:
    return sum(max(1, math.ceil(len(part) / width)) for part in text.split("\n"))


def _half(sheet: Sheet) -> int:
    """The number of columns that take the left half of the width."""
    whole, taken = sum(column.width for column in sheet.columns), 0.0
    for number, column in enumerate(sheet.columns[:-1], 1):
        taken += column.width
        if taken >= 0.42 * whole:
            return number
    return max(1, len(sheet.columns) - 1)


def _letterhead(page: WriteOnlyWorksheet, sheet: Sheet, letterhead: Letterhead | None) -> Iterator[list[Any]]:
    if letterhead is None:
        return
    gap = [None] * (_half(sheet) - 1)
    styles = ((False, False), (True, False), (False, True))
    for (bold, italic), left, right in zip(styles, letterhead.left, letterhead.right, strict=True):
        one = _cell(page, left, bold=bold, align="center", box=False, wrap=False)
        other = _cell(page, right, bold=not italic, italic=italic, align="center", box=False, wrap=False)
        yield [one, *gap, other]
    yield []


def _merge_sides(page: WriteOnlyWorksheet, sheet: Sheet, head: int, letterhead: Letterhead) -> None:
    half, last = _half(sheet), len(sheet.columns)
    signs = head + sheet.grouped + 1 + len(sheet.rows) + len(sheet.notes)
    for row in range(1, len(letterhead.left) + 1):
        _join(page, row, 1, half)
        _join(page, row, half + 1, last)
    for row in range(signs, signs + len(letterhead.sign)):
        _join(page, row, half + 1, last)


def _join(page: WriteOnlyWorksheet, row: int, first: int, last: int) -> None:
    if last > first:
        page.merged_cells.add(f"{get_column_letter(first)}{row}:{get_column_letter(last)}{row}")


def _lay_out(page: WriteOnlyWorksheet, sheet: Sheet, above: int, rows: int) -> int:
    """Widths, paper, what repeats on each page; returns the number of the first heading row."""
    for number, width in enumerate(_widths(sheet), 1):
        page.column_dimensions[get_column_letter(number)].width = width
    setup = page.page_setup
    setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight = 9, "landscape", 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    margins = page.page_margins
    margins.left, margins.right, margins.top, margins.bottom = 30 * _MM, 15 * _MM, 20 * _MM, 20 * _MM
    head = above + 2 + bool(sheet.subtitle) + 1
    last = head + sheet.grouped
    page.print_title_rows = f"{head}:{last}"
    page.freeze_panes = f"A{last + 1}"
    if rows and not sheet.grouped:
        page.auto_filter.ref = f"A{last}:{get_column_letter(len(sheet.columns))}{last + rows}"
    page.oddFooter.center.text = "&P/&N"
    return head


def _above(page: WriteOnlyWorksheet, sheet: Sheet) -> Iterator[list[Any]]:
    yield [_cell(page, sheet.title, bold=True, size=14, align="center", box=False)]
    if sheet.subtitle:
        yield [_cell(page, sheet.subtitle, italic=True, align="center", box=False)]
    yield []


def _head(page: WriteOnlyWorksheet, sheet: Sheet) -> Iterator[list[Any]]:
    def cell(text: str) -> WriteOnlyCell:
        return _cell(page, text, bold=True, align="center", fill=True)

    if sheet.grouped:
        yield [cell(column.group or column.title) for column in sheet.columns]
    yield [cell(column.title) for column in sheet.columns]


def _body(page: WriteOnlyWorksheet, sheet: Sheet) -> Iterator[list[Any]]:
    last = len(sheet.rows) - 1
    for number, row in enumerate(sheet.rows):
        bold = sheet.total and number == last
        yield [_of(page, value, column, bold=bold) for value, column in zip(row, sheet.columns, strict=True)]


def _of(page: WriteOnlyWorksheet, value: Value, column: Column, *, bold: bool) -> WriteOnlyCell:
    cell = _cell(page, value, bold=bold, align=column.align)
    if isinstance(value, dt.date):
        cell.number_format = _DAY
    elif isinstance(value, int | float):
        cell.number_format = "#,##0" if isinstance(value, int) else "#,##0.00"
    return cell


def _cell(  # noqa: PLR0913 - a cell's looks are its arguments
    page: WriteOnlyWorksheet,
    value: Value,
    *,
    bold: bool = False,
    italic: bool = False,
    size: int = 12,
    align: str = "left",
    box: bool = True,
    fill: bool = False,
    wrap: bool = True,
) -> WriteOnlyCell:
    cell = _text(page, value) if isinstance(value, str) else WriteOnlyCell(page, value)
    cell.font = Font(name=_FONT, size=size, bold=bold, italic=italic)
    cell.alignment = Alignment(horizontal=align, vertical="top" if not fill else "center", wrap_text=wrap)
    if box:
        cell.border = _BOX
    if fill:
        cell.fill = _HEAD
    return cell


def _text(page: WriteOnlyWorksheet, value: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, clean(value))
    cell.data_type = "s"  # openpyxl takes text that begins with "=" for a formula
    return cell


def _merge(page: WriteOnlyWorksheet, sheet: Sheet, head: int, above: int) -> None:
    """The title over all columns; groups over theirs; single headings over both lines."""
    last = get_column_letter(len(sheet.columns))
    ranges = [f"A{row}:{last}{row}" for row in range(above + 1, head - 1)]
    if sheet.grouped:
        at = 1
        for group, count in sheet.spans():
            left, right = get_column_letter(at), get_column_letter(at + count - 1)
            ranges.append(f"{left}{head}:{right}{head}" if group else f"{left}{head}:{left}{head + 1}")
            at += count
    for one in ranges:
        if one.split(":")[0] != one.split(":")[1]:
            page.merged_cells.add(one)
