"""What is true of cells in every format, and CSV.

A cell is data, never a formula: text that begins like one (``=``, ``+``, ``-``, ``@``, tab) is kept as text, also by a
spreadsheet that opens a CSV (OWASP, CSV injection).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final

from service.tabular import Sheet
from service.vietnamese import Value, shown

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff￾￿]")
_FORMULA: Final = re.compile(r"\A[=+\-@\t\r]")
_QUOTED: Final = re.compile(r'[,"\r\n]')
_NUMBERS: Final = frozenset({int, float, bool})
AT_ONCE: Final = 2_000
"""Rows put into form together."""
_KEPT: Final = 50_000
"""Values of a column kept for the rows to come."""
_NUMBER: Final = re.compile(r"\A[-+]?[\d.,]+%?\Z")


def clean(text: str) -> str:
    """Text without characters that XML forbids."""
    return _CONTROL.sub("", text)


def harmless(text: str) -> str:
    """Text that a spreadsheet will not run; a plain negative number is left alone."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text


def to_csv(sheet: Sheet) -> bytes:
    """UTF-8 with a byte order mark, so that Excel reads the marks; values as on screen."""
    return b"".join(csv_parts(sheet))


def csv_parts(sheet: Sheet) -> Iterator[bytes]:
    """The same piece by piece: a table of any length needs no more memory than some thousand rows."""
    heads = [_field(_heading(column.group, column.title)) for column in sheet.columns]
    yield b"\xef\xbb\xbf" + f"{','.join(heads)}\r\n".encode()
    columns = Columns([lambda value: _field(clean(shown(value)))] * len(heads))
    rows = iter(sheet.rows)
    while part := list(islice(rows, AT_ONCE)):
        yield "".join([f"{line}\r\n" for line in map(",".join, columns.of(part))]).encode("utf-8")


class Columns:
    """Values in the form of a file, column by column; what comes again in its column is looked up.

    Half a million rows repeat their tasks, units, days and words: each is put into form once.
    """

    def __init__(self, forms: Sequence[Callable[[Value], str]]) -> None:
        self._known = [_Known(form) for form in forms]

    def of(self, rows: Sequence[Sequence[Value]]) -> Iterator[tuple[str, ...]]:
        """These rows, put into form."""
        return zip(*map(_formed, zip(*rows, strict=True), self._known), strict=True)


class _Known(dict[Value, str]):
    """A column's values in form, made as they are asked for."""

    def __init__(self, form: Callable[[Value], str]) -> None:
        super().__init__()
        self.form = form

    def __missing__(self, value: Value) -> str:
        if len(self) >= _KEPT:
            self.clear()
        found = self[value] = self.form(value)
        return found


def _formed(column: Sequence[Value], known: _Known) -> Iterator[str]:
    """Numbers are not looked up: 1 and 1.0 are one key."""
    if _NUMBERS.isdisjoint(map(type, column)):
        return map(known.__getitem__, column)
    return map(known.form, column)


def _field(text: str) -> str:
    """As ``csv.writer`` quotes it (RFC 4180), but once for a text that half a million rows repeat."""
    text = harmless(text)
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if _QUOTED.search(text) else text


def _heading(group: str, title: str) -> str:
    return f"{group}: {title}" if group else title
