"""What is true of cells in every format, and CSV.

A cell is data, never a formula: text that begins like one (``=``, ``+``, ``-``, ``@``, tab) is kept as text, also by a
spreadsheet that opens a CSV (OWASP, CSV injection).
"""

from __future__ import annotations

import io
import re
from itertools import chain, islice
from typing import Final

from service.tabular import Sheet
from service.vietnamese import Value, shown

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff￾￿]")
_FORMULA: Final = re.compile(r"\A[=+\-@\t\r]")
_QUOTED: Final = re.compile(r'[,"\r\n]')
_NUMBERS: Final = frozenset({int, float, bool})
_AT_ONCE: Final = 2_000
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
    heads = [_field(_heading(column.group, column.title)) for column in sheet.columns]
    known: dict[Value, str] = {}
    lines = chain([heads], ([_known(value, known) for value in row] for row in sheet.rows))
    out = io.BytesIO(b"\xef\xbb\xbf")
    out.seek(0, io.SEEK_END)
    while part := list(islice(lines, _AT_ONCE)):
        out.write("".join([f"{','.join(line)}\r\n" for line in part]).encode("utf-8"))
    return out.getvalue()


def _known(value: Value, known: dict[Value, str]) -> str:
    """A value as a field; a text or a day that comes again in a long table is looked up."""
    if value.__class__ in _NUMBERS:  # 1 and 1.0 are one key
        return _field(shown(value))
    found = known.get(value)
    if found is None:
        if len(known) >= _KEPT:
            known.clear()
        found = known[value] = _field(clean(shown(value)))
    return found


def _field(text: str) -> str:
    """As ``csv.writer`` quotes it (RFC 4180), but once for a text that half a million rows repeat."""
    text = harmless(text)
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if _QUOTED.search(text) else text


def _heading(group: str, title: str) -> str:
    return f"{group}: {title}" if group else title
