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

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff￾￿]")
_FORMULA: Final = re.compile(r"\A[=+\-@\t\r]")
_NUMBER: Final = re.compile(r"\A[-+]?[\d.,]+%?\Z")


def clean(text: str) -> str:
    """Text without characters that XML forbids."""
    return _CONTROL.sub("", text)


def harmless(text: str) -> str:
    """Text that a spreadsheet will not run; a plain negative number is left alone."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text


def to_csv(sheet: Sheet) -> bytes:
    """UTF-8 with a byte order mark, so that Excel reads the marks; values as on screen."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_heading(column.group, column.title) for column in sheet.columns])
    writer.writerows([harmless(clean(text)) for text in row] for row in sheet.texts())
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _heading(group: str, title: str) -> str:
    return f"{group}: {title}" if group else title
