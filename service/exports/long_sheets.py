"""XLSX of very long tables: the workbook, its headings and widths by openpyxl, the rows as XML beside it.

openpyxl needs a millisecond of processor for a row of twelve styled values, this one some 5 µs: what rows share (tasks,
units, days, words) is turned into XML once, and each text stands once in the workbook's table of texts. Values are
texts and numbers, so no text can be taken for a formula; days are numbers in Excel's calendar (1900 system).
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Final
from xml.sax.saxutils import escape

from service.exports.values import AT_ONCE, Columns, clean
from service.tabular import Sheet
from service.vietnamese import Value

_PART: Final = "xl/worksheets/sheet"
_END: Final = b"</sheetData>"
_DAY_ZERO: Final = dt.date(1899, 12, 30).toordinal()
_SHARED: Final = "xl/sharedStrings.xml"
_SHARED_MOST: Final = 200_000
"""Texts in the workbook's table of texts; it is kept in memory, so what comes later stands in its cell."""
_NAMES: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
_MEDIA: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_LINKS: Final = {
    "[Content_Types].xml": (b"</Types>", f'<Override PartName="/{_SHARED}" ContentType="{_MEDIA}"/>'.encode()),
    "xl/_rels/workbook.xml.rels": (
        b"</Relationships>",
        f'<Relationship Id="texts" Type="{_KIND}" Target="sharedStrings.xml"/>'.encode(),
    ),
}
"""Where a workbook says that it has a table of texts (ECMA-376 part 1, 18.4): before which end, and what."""


def fill(empty: bytes, sheet: Sheet, *, first: int, room: int, styles: Sequence[tuple[int, int]]) -> bytes:
    """The workbook ``empty`` with the rows of the table from row ``first`` on, and the notes under the last of them.

    Every sheet takes up to ``room`` rows; ``styles`` are those of each column, for texts and numbers and for days.
    """
    out = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(empty))
    texts = _Texts()
    rows, columns = iter(sheet.rows), Columns([partial(_cell, style=style, texts=texts) for style in styles])
    with source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        pages = [name for name in source.namelist() if name.startswith(_PART)]
        for name in source.namelist():
            if name not in pages:
                at, link = _LINKS.get(name, (b"", b""))
                target.writestr(name, source.read(name).replace(at, link + at) if at else source.read(name))
        for name in sorted(pages, key=lambda name: int(name.removeprefix(_PART).removesuffix(".xml"))):
            before, _, after = source.read(name).partition(_END)
            with target.open(name, "w", force_zip64=True) as page:
                page.write(before)
                number = first
                for part in _parts(islice(rows, room)):
                    page.write("".join(map(_line, range(number, number + len(part)), columns.of(part))).encode())
                    number += len(part)
                for place, note in enumerate(sheet.notes if name == pages[-1] else (), number):
                    page.write(_line(place, (_cell(note, (0, 0), texts),)).encode())
                page.write(_END + after)
        target.writestr(_SHARED, texts.xml())
    return out.getvalue()


def _parts(rows: Iterator[tuple[Value, ...]]) -> Iterator[list[tuple[Value, ...]]]:
    while part := list(islice(rows, AT_ONCE)):
        yield part


def _line(number: int, cells: Sequence[str]) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


class _Texts:
    """The workbook's table of texts; openpyxl makes none when it writes row by row."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def place(self, text: str) -> int | None:
        """The number of a text; None where the table is full and the text stands in its cell."""
        found = self._places.get(text)
        if found is None and len(self._places) < _SHARED_MOST:
            found = self._places[text] = len(self._places)
        return found

    def xml(self) -> bytes:
        """The table."""
        mine = "".join([f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in self._places])
        return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><sst xmlns="{_NAMES}">{mine}</sst>'.encode()


def _cell(value: Value, style: tuple[int, int], texts: _Texts) -> str:
    if value is None or value == "":
        return f'<c s="{style[0]}"/>'
    if isinstance(value, str):
        text = clean(value)
        if (place := texts.place(text)) is not None:
            return f'<c s="{style[0]}" t="s"><v>{place}</v></c>'
        return f'<c s="{style[0]}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
    if isinstance(value, dt.date):
        return f'<c s="{style[1]}"><v>{value.toordinal() - _DAY_ZERO}</v></c>'
    return f'<c s="{style[0]}"><v>{value}</v></c>'
