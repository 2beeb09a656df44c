"""XLSX of very long tables: the workbook, its headings and widths by openpyxl, the rows as XML beside it.

openpyxl needs a millisecond of processor for a row of twelve styled values, this one some 10 µs: what rows share
(tasks, units, days, words) is turned into XML once. Values are inline strings and numbers, so no text can be taken for
a formula; days are numbers in Excel's calendar (1900 system).
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final
from xml.sax.saxutils import escape

from service.exports.values import clean
from service.tabular import Sheet
from service.vietnamese import Value

_PART: Final = "xl/worksheets/sheet"
_END: Final = b"</sheetData>"
_DAY_ZERO: Final = dt.date(1899, 12, 30).toordinal()
_AT_ONCE: Final = 2_000
_NUMBERS: Final = frozenset({int, float, bool})
_KEPT: Final = 50_000
"""Cells kept as XML for the rows to come."""


def fill(empty: bytes, sheet: Sheet, *, first: int, room: int, styles: Sequence[tuple[int, int]]) -> bytes:
    """The workbook ``empty`` with the rows of the table from row ``first`` on, and the notes under the last of them.

    Every sheet takes up to ``room`` rows; ``styles`` are those of each column, for texts and numbers and for days.
    """
    out = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(empty))
    rows, cells = iter(sheet.rows), _Cells(styles)
    with source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        pages = [name for name in source.namelist() if name.startswith(_PART)]
        for name in source.namelist():
            if name not in pages:
                target.writestr(name, source.read(name))
        for name in sorted(pages, key=lambda name: int(name.removeprefix(_PART).removesuffix(".xml"))):
            mine: Iterable[tuple[Value, ...]] = islice(rows, room)
            if name == pages[-1]:
                mine = chain(mine, ((note,) for note in sheet.notes))
            before, _, after = source.read(name).partition(_END)
            with target.open(name, "w", force_zip64=True) as page:
                page.write(before)
                for part in _parts(mine, first, cells):
                    page.write(part.encode("utf-8"))
                page.write(_END + after)
    return out.getvalue()


def _parts(rows: Iterable[tuple[Value, ...]], first: int, cells: _Cells) -> Iterator[str]:
    lines = (f'<row r="{number}">{cells.of(row)}</row>' for number, row in enumerate(rows, first))
    while part := "".join(islice(lines, _AT_ONCE)):
        yield part


class _Cells:
    """Cells as XML; a text or a day that comes again in its column is looked up."""

    def __init__(self, styles: Sequence[tuple[int, int]]) -> None:
        self._columns: list[tuple[tuple[int, int], dict[Value, str]]] = [(style, {}) for style in styles]

    def of(self, row: tuple[Value, ...]) -> str:
        """All cells of a row."""
        if len(row) < len(self._columns):  # a note under the table
            return "".join(_cell(str(value), (0, 0)) for value in row)
        found = []
        for value, (style, known) in zip(row, self._columns, strict=True):
            if value.__class__ in _NUMBERS:  # 1 and 1.0 are one key
                found.append(_cell(value, style))
            elif (cell := known.get(value)) is not None:
                found.append(cell)
            else:
                if len(known) >= _KEPT:
                    known.clear()
                found.append(known.setdefault(value, _cell(value, style)))
        return "".join(found)


def _cell(value: Value, style: tuple[int, int]) -> str:
    if value is None or value == "":
        return f'<c s="{style[0]}"/>'
    if isinstance(value, str):
        return f'<c s="{style[0]}" t="inlineStr"><is><t xml:space="preserve">{escape(clean(value))}</t></is></c>'
    if isinstance(value, dt.date):
        return f'<c s="{style[1]}"><v>{value.toordinal() - _DAY_ZERO}</v></c>'
    return f'<c s="{style[0]}"><v>{value}</v></c>'
