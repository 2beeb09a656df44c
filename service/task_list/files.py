"""One door for the forms in which a task list goes out and comes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from service.errors import InvalidInput
from service.exports import MEDIA, write
from service.records import StoredDocument, StoredTask
from service.task_list.annex import read_annex, to_annex_csv, to_annex_json
from service.task_list.rows import Row
from service.task_list.sheet import read_xlsx, to_sheet

FORMATS: Final = {
    "xlsx": ("danh-muc-nhiem-vu.xlsx", MEDIA["xlsx"]),
    "docx": ("danh-muc-nhiem-vu.docx", MEDIA["docx"]),
    "annex-csv": ("nhiem-vu-phu-luc-vi.csv", MEDIA["csv"]),
    "annex-json": ("nhiem-vu-phu-luc-vi.json", "application/json"),
}
"""File name and media type of each form."""
_ZIP: Final = b"PK\x03\x04"


def outgoing(tasks: Sequence[tuple[StoredTask, StoredDocument]], form: str, *, subtitle: str = "") -> bytes:
    """The list as a file; ``InvalidInput`` for an unknown form."""
    if form == "annex-csv":
        return to_annex_csv(tasks)
    if form == "annex-json":
        return to_annex_json(tasks)
    if form not in FORMATS:
        raise InvalidInput(f"Không xuất được dạng “{form}”; các dạng có: {', '.join(FORMATS)}.")
    return write(to_sheet(tasks, subtitle=subtitle), form)


def incoming(data: bytes) -> list[Row]:
    """The rows of a list that comes back: a workbook by its bytes, else Phụ lục VI as CSV or JSON."""
    if data.startswith(_ZIP) or not data or b"\x00" in data[:1000]:
        return read_xlsx(data)
    return read_annex(data)
