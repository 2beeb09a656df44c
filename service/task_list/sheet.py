"""The task list as an XLSX sheet: written by ``service.exports``, read back by the names of its columns."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from openpyxl import load_workbook

from corpus.text import fold, nfc
from service import review
from service.errors import InvalidInput, TooLarge
from service.records import StoredDocument, StoredTask
from service.review.fields import day
from service.tabular import Column, Sheet
from service.task_list.rows import DIRECTIVE, ID, REASON, STATE, STATES, VERSION, Row
from service.vietnamese import Value

MAX_BYTES: Final = 20_000_000
MAX_UNPACKED: Final = 300_000_000
MAX_ROWS: Final = 50_000
_HEAD_WITHIN: Final = 30
"""Rows from the top among which the heading is looked for: an office may put its own letterhead above."""
COLUMNS: Final[Mapping[str, Column]] = {
    ID: Column("Mã", 7, "center"),
    VERSION: Column("Phiên bản", 7, "center"),
    DIRECTIVE: Column("Văn bản giao nhiệm vụ", 20),
    **{
        name: Column(field.label, 48 if name == "text" else 20 if field.kind in ("list", "line") else 14)
        for name, field in review.FIELDS.items()
    },
    STATE: Column("Trạng thái", 12),
    REASON: Column("Lý do, ghi chú", 18),
}
_NOTES: Final = (
    "Sửa trực tiếp các ô rồi nhập lại tệp này. Không sửa hai cột Mã và Phiên bản; dòng mới để trống Mã và ghi văn bản.",
    f"Trạng thái: {'; '.join(STATES.values())} (đưa ra thì ghi lý do). Dòng bị xóa khỏi bảng thì nhiệm vụ giữ nguyên.",
)


def to_sheet(tasks: Iterable[tuple[StoredTask, StoredDocument]], *, subtitle: str = "") -> Sheet:
    """The list; every cell of a field is what ``review.parse`` reads back as the same value."""
    rows = tuple(_row(stored, document) for stored, document in tasks)
    return Sheet("danh-muc-nhiem-vu", "DANH MỤC NHIỆM VỤ", tuple(COLUMNS.values()), rows, subtitle, _NOTES)


def _row(stored: StoredTask, document: StoredDocument) -> tuple[Value, ...]:
    state = STATES["confirmed" if stored.confirmed else "draft"]
    fields = (review.shown(stored.task, name) for name in review.FIELDS)
    return (stored.id, stored.version, directive_name(document), *fields, state, "")


def directive_name(document: StoredDocument) -> str:
    """How a row names its document: ``88/KH-UBND@2022-05-01``, or the number of one without a symbol."""
    return document.key or f"văn bản số {document.id}"


def read_xlsx(data: bytes) -> list[Row]:
    """The rows of a workbook's first sheet that has our heading. ``InvalidInput`` says what is wrong with the file."""
    _guard(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        found = next((rows for page in book.worksheets if (rows := _rows(page.iter_rows(values_only=True)))), None)
    except InvalidInput:
        raise
    except Exception as error:
        raise InvalidInput(f"Không đọc được tệp Excel: tệp hỏng ({type(error).__name__}).") from error
    if found is None:
        raise InvalidInput("Không thấy dòng tiêu đề có cột “Nội dung nhiệm vụ” trong tệp Excel.")
    return found


def _guard(data: bytes) -> None:
    """Nothing is unpacked that would fill the memory."""
    if len(data) > MAX_BYTES:
        raise TooLarge(f"Tệp Excel lớn quá {MAX_BYTES // 1_000_000} MB.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            unpacked = sum(part.file_size for part in pack.infolist())
    except zipfile.BadZipFile:
        raise InvalidInput("Tệp này không phải là tệp Excel (.xlsx), hoặc đã hỏng.") from None
    if unpacked > MAX_UNPACKED:
        raise TooLarge("Tệp Excel khi giải nén quá lớn.")


def _rows(lines: Iterator[Sequence[Any]]) -> list[Row] | None:
    titles = {fold(column.title).lower(): name for name, column in COLUMNS.items()}
    places: dict[str, int] = {}
    found: list[Row] = []
    for number, line in enumerate(lines, 1):
        if not places:
            there = {titles[word]: place for place, cell in enumerate(line) if (word := _title(cell)) in titles}
            places = there if "text" in there else {}
            if not places and number >= _HEAD_WITHIN:
                return None
            continue
        cells = {name: _words(line[place] if place < len(line) else None) for name, place in places.items()}
        if any(value for name, value in cells.items() if name not in (STATE, REASON)) and not _note(cells):
            found.append(Row(number, cells, {name: COLUMNS[name].title for name in places}))
        if len(found) > MAX_ROWS:
            raise TooLarge(f"Bảng có quá {MAX_ROWS} dòng.")
    return found if places else None


def _note(cells: Mapping[str, str]) -> bool:
    """The words under the table are no row of it."""
    return cells.get(ID, "") in _NOTES


def _title(cell: object) -> str:
    return fold(nfc(str(cell))).lower().strip() if cell is not None else ""


def _words(value: object) -> str:
    """A cell as an officer sees it: a date that the spreadsheet made of it, a whole number without a point."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date):
        return day(value.date() if isinstance(value, dt.datetime) else value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return nfc(str(value)).strip()
