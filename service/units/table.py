"""The office's units as CSV: one line a unit, exported and imported again without loss of what the list can say.

A line that cannot be read is named with its number, the others are kept. Groups named in the file are its whole list.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from corpus.text import nfc
from nlp.dates import parse_date
from nlp.registry import Membership, Office, Registry, Unit
from nlp.registry.keys import name_key
from service.errors import DondocError, InvalidInput, TooLarge
from service.store.unit_ports import UnitStore
from service.units.directory import Directory, directory
from service.units.edit import UnitForm, decide_successors, to_unit
from service.units.words import COLUMNS, LEVELS, TYPES, key_of

MAX_ROWS: Final = 20_000
_SEVERAL: Final = ";"


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    groups: int = 0
    successors: int = 0
    problems: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """For the API and the command line."""
        return {
            "rows": self.rows,
            "new": self.new,
            "changed": self.changed,
            "same": self.same,
            "groups": self.groups,
            "successors": self.successors,
            "problems": list(self.problems),
        }


@dataclass(slots=True)
class _Read:
    """What the lines say, before anything is written."""

    units: list[Unit] = field(default_factory=list)
    groups: dict[str, list[Membership]] = field(default_factory=dict)
    successors: list[tuple[int, str, dict[str, str]]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    rows: int = 0


def export_units(store: UnitStore) -> str:
    """The office's units as CSV with a byte order mark, so that Excel reads its letters."""
    found = directory(store)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS.values())
    for unit in found.office.units:
        writer.writerow(_safe(cell) for cell in _line(unit, found))
    return "\ufeff" + out.getvalue()


def _safe(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula is quoted."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell


def _line(unit: Unit, found: Directory) -> list[str]:
    phase, steps = unit.phase(unit.term.valid_to), found.office.decided.get(unit.id, ())
    names = {kind: [name.text for name in unit.names[1:] if name.kind == kind] for kind in ("short", "abbr")}
    groups = [
        found.office.printed[key]
        for key, members in found.office.members.items()
        if any(member.unit == unit.id for member in members)
    ]
    return [
        unit.id,
        unit.names[0].text,
        _joined(names["short"]),
        _joined(names["abbr"]),
        TYPES.get(phase.type, phase.type),
        LEVELS[unit.level],
        phase.parent or "",
        _day(unit.term.valid_from),
        _day(unit.term.valid_to),
        unit.codes[0].value if unit.codes else "",
        _joined([step.unit for step in steps]),
        _day(steps[0].date) if steps else "",
        (steps[0].basis or "") if steps else "",
        _joined(groups),
    ]


def _joined(texts: Sequence[str]) -> str:
    return f"{_SEVERAL} ".join(texts)


def _day(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def import_units(store: UnitStore, data: bytes, file: str, *, by: str, at: dt.datetime) -> Imported:
    """Keep what a CSV file says; the same file again changes nothing."""
    read = _Read()
    found = directory(store)
    for number, cells in _cells(data, file):
        read.rows += 1
        try:
            _one(number, cells, found, read)
        except DondocError as error:
            read.problems.append(f"Dòng {number}: {error.message}")
    kept = store.put_units(read.units, by=by, at=at)
    for name, members in read.groups.items():
        store.put_members(name, members, by=by, at=at)
    decided = sum(_decide(store, line, read, by=by, at=at) for line in read.successors)
    return Imported(read.rows, kept.new, kept.changed, kept.same, len(read.groups), decided, tuple(read.problems))


def _one(number: int, cells: dict[str, str], found: Directory, read: _Read) -> None:
    """A line as a unit; names of units earlier in the file are known to later ones."""
    known = Directory(Registry(_with(found.office, read.units)))
    form = UnitForm(
        name=cells.get("name", ""),
        id=cells.get("id", ""),
        also=_several(cells.get("also", "")),
        abbr=_several(cells.get("abbr", "")),
        type=_word(cells.get("type", ""), TYPES, "loại đơn vị", "other"),
        level=_word(cells.get("level", ""), LEVELS, "cấp", "province"),
        parent=cells.get("parent", ""),
        valid_from=_date(cells.get("valid_from", "")),
        valid_to=_date(cells.get("valid_to", "")),
        code=cells.get("code", ""),
    )
    unit = to_unit(form, known if form.parent else found)
    read.units.append(unit)
    for group in _several(cells.get("groups", "")):
        name = next((printed for printed in read.groups if name_key(printed) == name_key(group)), group)
        read.groups.setdefault(name, []).append(Membership(unit.id))
    if cells.get("successor"):
        read.successors.append((number, unit.id, cells))


def _with(office: Office, units: Sequence[Unit]) -> Office:
    ids = {unit.id for unit in units}
    kept = [unit for unit in office.units if unit.id not in ids]
    return Office(office.own, office.province, (*kept, *units), office.members, office.printed, office.decided)


def _decide(store: UnitStore, line: tuple[int, str, dict[str, str]], read: _Read, *, by: str, at: dt.datetime) -> bool:
    """Who took over, once all units of the file are kept."""
    number, unit_id, cells = line
    try:
        date = _date(cells.get("successor_date", ""))
        names = _several(cells["successor"])
        decide_successors(store, unit_id, names, date, basis=cells.get("basis", ""), by=by, at=at)
    except DondocError as error:
        read.problems.append(f"Dòng {number}: {error.message}")
        return False
    return True


def _cells(data: bytes, file: str) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = nfc(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InvalidInput(f"{file}: tệp không phải là CSV mã UTF-8") from None
    first = text.partition("\n")[0]
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    try:
        columns = [key_of(cell, COLUMNS) or "" for cell in next(lines, [])]
        if "name" not in columns:
            raise InvalidInput(f"{file}: không có cột “{COLUMNS['name']}”")
        for number, line in enumerate(lines, 2):
            if number > MAX_ROWS:
                raise TooLarge(f"{file}: quá {MAX_ROWS} dòng")
            cells = {key: cell.strip() for key, cell in zip(columns, line, strict=False) if key}
            if any(cells.values()):
                yield number, {key: cell.removeprefix("'") for key, cell in cells.items()}
    except csv.Error as error:
        raise InvalidInput(f"{file}: tệp CSV hỏng ({error})") from None


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(_SEVERAL) if part.strip())


def _word(said: str, words: dict[str, str], what: str, default: str) -> str:
    if not said:
        return default
    found = key_of(said, words)
    if found is None:
        raise InvalidInput(f"“{said}” không phải là {what}; dùng một trong: {', '.join(words.values())}")
    return found


def _date(said: str) -> dt.date | None:
    if not said:
        return None
    try:
        return dt.date.fromisoformat(said)
    except ValueError:
        found = parse_date(said)
    if found is None:
        raise InvalidInput(f"“{said}” không phải là ngày (ví dụ 01/7/2025)")
    return found
