"""One door for the three formats."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Final

from service.errors import InvalidInput
from service.exports.papers import to_docx
from service.exports.sheets import to_xlsx
from service.exports.values import csv_parts, to_csv
from service.tabular import Sheet

_WRITERS: Final[dict[str, Callable[[Sheet], bytes]]] = {"xlsx": to_xlsx, "docx": to_docx, "csv": to_csv}
FORMATS: Final = tuple(_WRITERS)
MEDIA: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
}


def write(sheet: Sheet, form: str) -> bytes:
    """The table as a file of this format; ``InvalidInput`` for another one."""
    writer = _WRITERS.get(form)
    if writer is None:
        raise InvalidInput(f"Không xuất được dạng “{form}”; các dạng có: {', '.join(FORMATS)}.")
    return writer(sheet)


def pieces(sheet: Sheet, form: str) -> Iterator[bytes]:
    """The same piece by piece: CSV of a long table is never held as a whole; the other formats are packed first."""
    if form == "csv":
        return csv_parts(sheet)
    return iter((write(sheet, form),))


def file_name(name: str, form: str, day: dt.date) -> str:
    """``nhiem-vu-qua-han-2026-11-23.xlsx``."""
    return f"{name}-{day.isoformat()}.{form}"
