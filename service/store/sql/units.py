"""An office's own units in SQL. A unit is written whole; every change leaves a line in ``unit_events``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, func, insert, select

from nlp.registry import Membership, Office, Successor, Term, Unit, UnitCode, UnitName
from nlp.registry.keys import name_key
from nlp.registry.model import Phase
from service.store.sql import codec
from service.store.sql import unit_tables as tables
from service.store.sql.engine import Database
from service.unit_records import UnitAction, UnitEvent, UnitsKept

_PARTS = (tables.unit_names, tables.unit_codes, tables.unit_parents)


class UnitDirectory:
    """``service.store.unit_ports.UnitStore``."""

    _db: Database
    _zone: dt.tzinfo

    def office(self) -> Office:
        """All that the office has entered."""
        with self._db.read() as connection:
            own = connection.execute(select(tables.unit_office)).first()
            members: dict[str, list[Membership]] = {}
            printed: dict[str, str] = {}
            for row in connection.execute(select(tables.unit_members).order_by(tables.unit_members.c.id)):
                printed[row.key] = row.collective
                members.setdefault(row.key, []).append(Membership(row.member, _term(row)))
            decided: dict[str, list[Successor]] = {}
            for row in connection.execute(select(tables.unit_successors).order_by(tables.unit_successors.c.id)):
                step = Successor(row.successor, row.date, row.scope, row.basis, row.what)
                decided.setdefault(row.unit, []).append(step)
            return Office(
                own=own.unit if own else None,
                province=own.province if own else None,
                units=tuple(_units(connection)),
                members={key: tuple(group) for key, group in members.items()},
                decided={unit: tuple(group) for unit, group in decided.items()},
                printed=printed,
            )

    def unit_revision(self) -> int:
        """The number of the last line of the history."""
        with self._db.read() as connection:
            return int(connection.scalar(select(func.max(tables.unit_events.c.id))) or 0)

    def put_units(self, units: Sequence[Unit], *, by: str, at: dt.datetime) -> UnitsKept:
        """Add or replace units, all or none."""
        new = changed = same = 0
        with self._db.write() as connection:
            for unit in units:
                kept = next(iter(_units(connection, unit.id)), None)
                if kept == unit:
                    same += 1
                    continue
                _write(connection, unit, by, at)
                _note(connection, unit.id, "unit", kept, unit, by, at)
                new, changed = new + (kept is None), changed + (kept is not None)
        return UnitsKept(new, changed, same)

    def remove_unit(self, unit: str, *, by: str, at: dt.datetime) -> bool:
        """Take an office's row away."""
        with self._db.write() as connection:
            kept = next(iter(_units(connection, unit)), None)
            if kept is None:
                return False
            _erase(connection, unit)
            _note(connection, unit, "removed", kept, None, by, at)
        return True

    def put_successors(self, unit: str, successors: Sequence[Successor], *, by: str, at: dt.datetime) -> None:
        """Replace what was decided about a unit."""
        table = tables.unit_successors
        with self._db.write() as connection:
            rows = connection.execute(select(table).where(table.c.unit == unit).order_by(table.c.id)).all()
            before = [Successor(row.successor, row.date, row.scope, row.basis, row.what) for row in rows]
            if before == list(successors):
                return
            connection.execute(delete(table).where(table.c.unit == unit))
            for step in successors:
                values = {"unit": unit, "successor": step.unit, "date": step.date, "scope": step.scope}
                more = {"basis": step.basis, "what": step.what, "by": by, "known_at": at}
                connection.execute(insert(table).values(**values, **more))
            _note(connection, unit, "successors", before or None, list(successors) or None, by, at)

    def put_members(self, collective: str, members: Sequence[Membership], *, by: str, at: dt.datetime) -> None:
        """Replace the list of a collective."""
        table, key = tables.unit_members, name_key(collective)
        with self._db.write() as connection:
            rows = connection.execute(select(table).where(table.c.key == key).order_by(table.c.id)).all()
            before = [Membership(row.member, _term(row)) for row in rows]
            if before == list(members):
                return
            connection.execute(delete(table).where(table.c.key == key))
            for one in members:
                connection.execute(
                    insert(table).values(collective=collective, key=key, member=one.unit, **_days(one.term))
                )
            _note(connection, collective, "members", before or None, list(members) or None, by, at)

    def set_office(self, unit: str | None, province: str | None, *, by: str, at: dt.datetime) -> None:
        """Which body runs this system."""
        table = tables.unit_office
        with self._db.write() as connection:
            row = connection.execute(select(table)).first()
            before = {"unit": row.unit, "province": row.province} if row else None
            after = {"unit": unit, "province": province}
            if before == after:
                return
            connection.execute(delete(table))
            connection.execute(insert(table).values(id=1, **after, by=by, known_at=at))
            _note(connection, "office", "office", before, after, by, at)

    def unit_events(self, subject: str | None = None, *, limit: int = 200) -> list[UnitEvent]:
        """The history, newest first."""
        table = tables.unit_events
        query = select(table).order_by(table.c.id.desc()).limit(limit)
        if subject is not None:
            query = query.where(table.c.subject == subject)
        with self._db.read() as connection:
            return [
                UnitEvent(
                    row.id, row.subject, row.action, row.before, row.after, row.by, row.known_at.astimezone(self._zone)
                )
                for row in connection.execute(query)
            ]


def _term(row: Row[Any]) -> Term:
    return Term(row.valid_from, row.valid_to)


def _days(term: Term) -> dict[str, dt.date | None]:
    return {"valid_from": term.valid_from, "valid_to": term.valid_to}


def _units(connection: Connection, unit: str | None = None) -> Iterable[Unit]:
    """Units in the order of their entry; their parts are read in one query a table."""
    query = select(tables.units).order_by(tables.units.c.id)
    if unit is not None:
        query = query.where(tables.units.c.unit == unit)
    rows = connection.execute(query).all()
    parts = {table.name: _parts(connection, table, rows, one=unit is not None) for table in _PARTS}
    for row in rows:
        names, codes, phases = (parts[table.name].get(row.id, []) for table in _PARTS)
        yield Unit(
            id=row.unit,
            names=tuple(UnitName(name.text, name.kind, _term(name)) for name in names),
            level=row.level,
            province=row.province,
            phases=tuple(Phase(phase.type, phase.parent, _term(phase)) for phase in phases),
            term=_term(row),
            codes=tuple(UnitCode(code.scheme, code.value, _term(code)) for code in codes),
        )


def _parts(connection: Connection, table: Table, rows: Sequence[Row[Any]], *, one: bool) -> dict[int, list[Row[Any]]]:
    query = select(table).order_by(table.c.id)
    if one:
        query = query.where(table.c.unit_id.in_([row.id for row in rows]))
    found: dict[int, list[Row[Any]]] = {}
    for row in connection.execute(query):
        found.setdefault(row.unit_id, []).append(row)
    return found


def _erase(connection: Connection, unit: str) -> None:
    number = connection.scalar(select(tables.units.c.id).where(tables.units.c.unit == unit))
    if number is not None:
        for table in _PARTS:
            connection.execute(delete(table).where(table.c.unit_id == number))
        connection.execute(delete(tables.units).where(tables.units.c.id == number))


def _write(connection: Connection, unit: Unit, by: str, at: dt.datetime) -> None:
    _erase(connection, unit.id)
    values = {"unit": unit.id, "level": unit.level, "province": unit.province, "by": by, "known_at": at}
    made = connection.execute(insert(tables.units).values(**values, **_days(unit.term))).inserted_primary_key
    number = made[0] if made else None
    for ordinal, name in enumerate(unit.names):
        said = {"ordinal": ordinal, "text": name.text, "key": name_key(name.text), "kind": name.kind}
        connection.execute(insert(tables.unit_names).values(unit_id=number, **said, **_days(name.term)))
    for code in unit.codes:
        said = {"scheme": code.scheme, "value": code.value}
        connection.execute(insert(tables.unit_codes).values(unit_id=number, **said, **_days(code.term)))
    for phase in unit.phases:
        said = {"type": phase.type, "parent": phase.parent}
        connection.execute(insert(tables.unit_parents).values(unit_id=number, **said, **_days(phase.term)))


def _note(
    connection: Connection, subject: str, action: UnitAction, before: object, after: object, by: str, at: dt.datetime
) -> None:
    connection.execute(
        insert(tables.unit_events).values(
            subject=subject, action=action, before=_json(before), after=_json(after), by=by, known_at=at
        )
    )


def _json(value: object) -> object:
    return value if value is None or isinstance(value, dict) else codec.dump(value)
