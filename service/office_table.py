"""The table of an office: what it knows about the force of documents, imported from CSV and kept with its provenance.

Columns: ``symbol, issued, effective, expired, replaced_by, source, checked_on``, or their Vietnamese names; comma,
semicolon or tab; days as 2026-01-31 or 31/01/2026. A row that cannot be read is named with its line, the others
are kept.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from corpus.text import nfc, no_marks
from nlp.dates import parse_date
from nlp.symbols import parse_symbol
from service.errors import InvalidInput, TooLarge
from service.records import OfficeRow
from service.store.ports import OfficeStore

MAX_ROWS: Final = 200_000
_COLUMNS: Final = {
    "symbol": ("symbol", "so ky hieu", "so, ky hieu", "so hieu", "ky hieu", "so van ban"),
    "issued": ("issued", "ngay ban hanh", "ngay van ban"),
    "effective": ("effective", "ngay co hieu luc", "hieu luc tu"),
    "expired": ("expired", "ngay het hieu luc", "het hieu luc tu"),
    "replaced_by": ("replaced_by", "thay the boi", "van ban thay the", "bi thay the boi"),
    "source": ("source", "nguon"),
    "checked_on": ("checked_on", "ngay ra soat", "ngay kiem tra"),
}
_DAYS: Final = ("issued", "effective", "expired", "checked_on")


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a table."""

    rows: int
    """Lines with a document."""
    new: int
    """Of these, lines that said something new."""
    problems: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """For the API and the command line."""
        return {"rows": self.rows, "new": self.new, "problems": list(self.problems)}


def import_table(store: OfficeStore, data: bytes, file: str, *, at: dt.datetime) -> Imported:
    """Keep the rows of a CSV file; the same file again changes nothing."""
    problems: list[str] = []
    rows = list(_read(data, file, problems))
    return Imported(len(rows), store.put_office_rows(rows, at=at), tuple(problems))


def _read(data: bytes, file: str, problems: list[str]) -> Iterator[OfficeRow]:
    try:
        text = nfc(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InvalidInput(f"{file}: tệp không phải là CSV mã UTF-8") from None
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        columns = _header(next(lines, []), file)
        for number, line in enumerate(lines, 2):
            if number > MAX_ROWS:
                raise TooLarge(f"{file}: quá {MAX_ROWS} dòng")
            if any(cell.strip() for cell in line):
                yield from _row(dict(zip(columns, line, strict=False)), file, number, problems)
    except csv.Error as error:
        raise InvalidInput(f"{file}: tệp CSV hỏng ({error})") from None


def _header(line: list[str], file: str) -> list[str]:
    """The columns by our names; others are left aside."""
    known = {word: name for name, words in _COLUMNS.items() for word in words}
    columns = [known.get(" ".join(no_marks(cell).split()), "") for cell in line]
    if "symbol" not in columns:
        raise InvalidInput(f"{file}: không có cột “symbol” (Số, ký hiệu)")
    return columns


def _row(cells: dict[str, str], file: str, number: int, problems: list[str]) -> Iterator[OfficeRow]:
    said = {name: value.strip() for name, value in cells.items() if name and value.strip()}
    symbol = parse_symbol(said.get("symbol", ""))
    if symbol is None:
        problems.append(f"Dòng {number}: “{said.get('symbol', '')}” không phải là số, ký hiệu")
        return
    days: dict[str, dt.date | None] = {}
    for name in _DAYS:
        days[name] = _day(said.get(name))
        if said.get(name) and days[name] is None:
            problems.append(f"Dòng {number}: “{said[name]}” không phải là ngày")
            return
    yield OfficeRow(
        symbol.canonical, days["issued"], days["effective"], days["expired"], said.get("replaced_by"),
        said.get("source"), days["checked_on"], file, number,
    )  # fmt: skip


def _day(text: str | None) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return parse_date(text)
