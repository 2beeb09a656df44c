"""What is true of cells in every format, and CSV.

A cell is data, never a formula: text that begins like one (``=``, ``+``, ``-``, ``@``, tab) is kept as text, also by a
spreadsheet that opens a CSV (OWASP, CSV injection).
"""

from __future__ import annotations

import csv
import io
import re
from typing import Final

from service.tabular import Sheet
from service.vietnamese import Value, shown

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff￾￿]")
_FORMULA: Final = re.compile(r"\A[=+\-@\t\r]")
_KEPT: Final = 200_000
"""Texts kept for the rows to come."""
_NUMBER: Final = re.compile(r"\A[-+]?[\d.,]+%?\Z")


def clean(text: str) -> str:
    """Text without characters that XML forbids."""
    return _CONTROL.sub("", text)


def harmless(text: str) -> str:
    """Text that a spreadsheet will not run; a plain negative number is left alone."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text


def to_csv(sheet: Sheet) -> bytes:
    """UTF-8 with a byte order mark, so that Excel reads the marks; values as on screen."""
    out = io.BytesIO(b"\xef\xbb\xbf")
    out.seek(0, io.SEEK_END)
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=False)
    writer = csv.writer(text)
    writer.writerow([_heading(column.group, column.title) for column in sheet.columns])
    known: dict[Value, str] = {}
    writer.writerows([_text(value, known) for value in row] for row in sheet.rows)
    text.flush()
    return out.getvalue()


def _text(value: Value, known: dict[Value, str]) -> str:
    """A value as on screen; a text or a day that comes again in a long table is looked up."""
    if isinstance(value, int | float):
        return harmless(shown(value))
    found = known.get(value)
    if found is None:
        if len(known) >= _KEPT:
            known.clear()
        found = known[value] = harmless(clean(shown(value)))
    return found


def _heading(group: str, title: str) -> str:
    return f"{group}: {title}" if group else title
