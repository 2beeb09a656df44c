"""Workbooks (.xlsx) sheet by sheet: single lines as paragraphs, grids as tables, values as Excel shows them."""

from __future__ import annotations

import datetime as dt
import io
import warnings
from collections.abc import Iterator, Sequence
from typing import Any, Final

from corpus.assemble import CellText, Draft
from corpus.docx_package import DocxError, Package
from corpus.limits import Clock, Limits

_MOST_ROWS: Final = 100_000
_MOST_COLUMNS: Final = 200
"""Further cells of a sheet are not read: a format drawn over whole columns is no content."""

Grid = list[list[CellText]]


def read_xlsx(data: bytes, name: str, limits: Limits) -> Draft:  # noqa: ARG001 - the readers' common signature
    """A draft of the visible sheets in order; formulas give the values that were saved with them."""
    draft = Draft(limits)
    try:
        Package(data, limits)  # sizes and encryption are looked at before anything is unpacked
    except DocxError as error:
        draft.problem(error.code, error.message)
        return draft
    book = _opened(data)
    clock = limits.start()
    try:
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        for sheet in sheets:
            if draft.full or clock.over():
                break
            if len(sheets) > 1:
                draft.paragraph(sheet.title, kind="heading")
            _sheet(draft, sheet, clock)
        if clock.over():
            draft.problem("timeout")
    finally:
        book.close()
    return draft


def _opened(data: bytes) -> Any:  # noqa: ANN401 - the library publishes no types
    import openpyxl  # noqa: PLC0415 - loaded when the first workbook is read

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions that are no content
        return openpyxl.load_workbook(io.BytesIO(data), data_only=True)


def _sheet(draft: Draft, sheet: Any, clock: Clock) -> None:  # noqa: ANN401 - same
    if sheet.max_row > _MOST_ROWS or sheet.max_column > _MOST_COLUMNS:
        draft.problem(
            "too_large", f"Trang tính “{sheet.title}” quá lớn; chỉ đọc {_MOST_ROWS} dòng, {_MOST_COLUMNS} cột đầu."
        )
    grid: Grid = []
    for row in _rows(sheet):
        if draft.full or clock.over():
            return
        said = list(dict.fromkeys(cell for cell in row if cell.text))
        if len(said) > 1:
            grid.append(row)
            continue
        if said and grid and len(row) > 1 and row[0] is not said[0]:
            grid.append(row)  # one filled cell in the middle of a grid is a row of it
            continue
        _table(draft, grid)
        grid = []
        if said:
            draft.paragraph(" ".join(said[0].text.split()))
    _table(draft, grid)


def _rows(sheet: Any) -> Iterator[list[CellText]]:  # noqa: ANN401 - same
    """Rows from the first to the last filled column; a merged cell is the same object in every place."""
    merged = _merged(sheet)
    right = min(sheet.max_column, _MOST_COLUMNS)
    for row in sheet.iter_rows(max_row=min(sheet.max_row, _MOST_ROWS), max_col=right):
        cells = [merged.get((cell.row, cell.column)) or CellText(_shown(cell.value)) for cell in row]
        yield cells


def _merged(sheet: Any) -> dict[tuple[int, int], CellText]:  # noqa: ANN401 - same
    found: dict[tuple[int, int], CellText] = {}
    for span in sheet.merged_cells.ranges:
        if span.size["rows"] * span.size["columns"] > _MOST_ROWS:
            continue
        cell = CellText(_shown(sheet.cell(span.min_row, span.min_col).value))
        for row, column in span.cells:
            found[(row, column)] = cell
    return found


def _shown(value: object) -> str:
    """A value in the office's writing: 23/11/2026, 1234,5, 20."""
    match value:
        case None:
            return ""
        case bool():
            return "x" if value else ""
        case dt.datetime() if value.time() != dt.time():
            return value.strftime("%d/%m/%Y %H:%M")
        case dt.date():
            return value.strftime("%d/%m/%Y")
        case float() if value.is_integer():
            return str(int(value))
        case float():
            return f"{value:.10g}".replace(".", ",")
        case _:
            return str(value)


def _table(draft: Draft, grid: Sequence[list[CellText]]) -> None:
    """A grid without its empty columns."""
    if not grid:
        return
    used = [column for column in range(len(grid[0])) if any(row[column].text for row in grid)]
    draft.table([[row[column] for column in used] for row in grid])
