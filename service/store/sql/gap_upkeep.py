"""Cells written: the list of what changed, cells put in place of old ones, daily totals moved by what differs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Select, Table, delete, func, insert, or_, select, true, update

from service.cells import Basis, Cell, Stray
from service.store.gap_port import Dirt
from service.store.sql import gap_tables as t
from service.store.sql import tables
from service.store.sql.engine import Database
from service.store.sql.gap_changes import changes, rule_changes
from service.store.sql.parts import parts

_EMPTY: Final = (
    t.gap_claims, t.gap_flags, t.gap_cells, t.gap_days, t.gap_rule_days, t.gap_fields, t.gap_strays, t.gap_dirty,
)  # fmt: skip
_SUMS: Final[tuple[tuple[Table, Sequence[str], Callable[..., Select[Any]]], ...]] = (
    (t.gap_days, t.COUNTED, changes),
    (t.gap_rule_days, ("n",), rule_changes),
)
"""Daily sums: their table, the columns that are summed, and what cells add to them."""
_ANALYSED: Final = (t.gap_cells, t.gap_flags, t.gap_claims, t.gap_fields, *(table for table, _, _ in _SUMS))


def mark_tasks(connection: Connection, ids: Iterable[int | None]) -> None:
    """List tasks as changed, in the transaction that changes them."""
    rows = [{"task_id": number} for number in set(ids) if number is not None]
    if rows:
        connection.execute(insert(t.gap_dirty), rows)


def mark_documents(connection: Connection, ids: Iterable[int]) -> None:
    """List documents as changed."""
    rows = [{"document_id": number} for number in set(ids)]
    if rows:
        connection.execute(insert(t.gap_dirty), rows)


def mark_answered(connection: Connection, document_id: int) -> None:
    """List the tasks that statements of this report are linked to, before the statements change."""
    mine = select(tables.items.c.id).where(tables.items.c.document_id == document_id)
    linked = select(tables.links.c.task_id).where(tables.links.c.item_id.in_(mine), tables.links.c.task_id.is_not(None))
    mark_tasks(connection, connection.scalars(linked.distinct()))


class GapUpkeep:
    """The writing part of ``service.store.gap_port.GapStore``."""

    _db: Database

    def gap_basis(self) -> Basis | None:
        """What the kept cells rest on."""
        with self._db.read() as connection:
            row = connection.execute(select(t.gap_basis)).one_or_none()
        return Basis(row.signature, row.horizon, bool(row.counted)) if row is not None else None

    def gap_restart(self, basis: Basis) -> None:
        """Throw all cells away and list every document as changed, unless another has just done so."""
        with self._db.write() as connection:
            there = connection.execute(select(t.gap_basis)).one_or_none()
            if there is not None and (there.signature, there.horizon) == (basis.signature, basis.horizon):
                return
            for table in (*_EMPTY, t.gap_basis):
                connection.execute(delete(table))
            kept = {"id": 1, "signature": basis.signature, "horizon": basis.horizon, "counted": False}
            connection.execute(insert(t.gap_basis).values(kept))
            mark_documents(connection, connection.scalars(select(tables.documents.c.id)))
            self._db.analyse(connection, [tables.items, tables.links, tables.tasks])

    def gap_renew(self, signature: str) -> None:
        """List every document as changed; its cells stay till new ones take their place."""
        with self._db.write() as connection:
            moved = update(t.gap_basis).where(t.gap_basis.c.signature != signature).values(signature=signature)
            if connection.execute(moved).rowcount:
                mark_documents(connection, connection.scalars(select(tables.documents.c.id)))

    def gap_extend(self, horizon: int) -> None:
        """Let the periods of recurring duties reach further."""
        with self._db.write() as connection:
            connection.execute(update(t.gap_basis).values(horizon=horizon))
            recurring = select(t.gap_cells.c.document_id).where(t.gap_cells.c.label.is_not(None)).distinct()
            mark_documents(connection, connection.scalars(recurring))

    def gap_touch(self, *, tasks: Collection[int] = (), documents: Collection[int] = ()) -> None:
        """List these as changed."""
        with self._db.write() as connection:
            mark_tasks(connection, tasks)
            mark_documents(connection, documents)

    def gap_newest(self) -> int:
        """The newest entry of the list of changes."""
        with self._db.read() as connection:
            return int(connection.scalar(select(func.max(t.gap_dirty.c.id))) or 0)

    def gap_dirt(self, limit: int, *, until: int | None = None) -> list[Dirt]:
        """What has to be looked at again."""
        query = select(t.gap_dirty).order_by(t.gap_dirty.c.id).limit(limit)
        if until is not None:
            anew = select(t.gap_basis.c.counted.is_(False)).scalar_subquery()
            query = query.where(or_(t.gap_dirty.c.id <= until, anew))
        with self._db.read() as connection:
            return [Dirt(row.id, row.task_id, row.document_id) for row in connection.execute(query)]

    def gap_pending(self, *, everything: bool = False) -> tuple[int, int]:
        """How many tasks and documents are on the list of changes."""
        if everything:
            with self._db.read() as connection:
                found = [select(func.count()).select_from(table) for table in (tables.tasks, tables.documents)]
                return int(connection.scalar(found[0]) or 0), int(connection.scalar(found[1]) or 0)
        dirty = t.gap_dirty.c
        theirs = select(tables.tasks.c.id).where(tables.tasks.c.document_id.in_(select(dirty.document_id)))
        listed = select(dirty.task_id).where(dirty.task_id.is_not(None)).union(theirs).subquery()
        with self._db.read() as connection:
            tasks = connection.scalar(select(func.count()).select_from(listed))
            documents = connection.scalar(select(func.count(dirty.document_id.distinct())))
        return int(tasks or 0), int(documents or 0)

    def gap_tasks(self, document_ids: Collection[int]) -> set[int]:
        """Tasks of these documents, and what their cells remember."""
        found: set[int] = set()
        with self._db.read() as connection:
            for part in parts(document_ids):
                for column in (tables.tasks.c, t.gap_cells.c):
                    number = column.id if column is tables.tasks.c else column.task_id
                    found |= set(connection.scalars(select(number).where(column.document_id.in_(part)).distinct()))
        return found

    def put_cells(
        self,
        dirt: Collection[int],
        tasks: Collection[int],
        cells: Sequence[Cell],
        *,
        fields: Mapping[int, Sequence[str]],
        documents: Collection[int] = (),
        strays: Sequence[Stray] = (),
    ) -> bool:
        """The cells of these tasks in place of the old ones."""
        with self._db.write() as connection:
            counted = bool(connection.scalar(select(t.gap_basis.c.counted)))
            if not _strike(connection, dirt):
                connection.rollback()
                return False
            self._clear(connection, tasks, counted=counted)
            _put(connection, cells, _unit_ids(connection, cells))
            rows = [{"task_id": task, "field": name} for task, names in fields.items() for name in names]
            _insert(connection, t.gap_fields, rows)
            if counted:
                self._move_days(connection, tasks, 1)
            for part in parts(documents):
                connection.execute(delete(t.gap_strays).where(t.gap_strays.c.document_id.in_(part)))
            _insert(connection, t.gap_strays, [_stray_row(stray) for stray in strays])
        return True

    def gap_counted(self) -> None:
        """Make the daily totals anew if they are behind; nobody who writes is waited for where they are not."""
        basis = self.gap_basis()
        if basis is None or basis.counted:
            return
        with self._db.write() as connection:
            behind = connection.scalar(select(t.gap_basis.c.counted)) is False
            if behind and connection.scalar(select(func.count()).select_from(t.gap_dirty)) == 0:
                for table, _, made in _SUMS:
                    connection.execute(delete(table))
                    connection.execute(insert(table).from_select(table.c.keys(), made([true()], sign=1)))
                connection.execute(update(t.gap_basis).values(counted=True))
                self._db.analyse(connection, _ANALYSED)

    def _clear(self, connection: Connection, tasks: Collection[int], *, counted: bool) -> None:
        if counted:
            self._move_days(connection, tasks, -1)
        for part in parts(tasks):
            mine = select(t.gap_cells.c.id).where(t.gap_cells.c.task_id.in_(part))
            for table in (t.gap_claims, t.gap_flags):
                connection.execute(delete(table).where(table.c.cell_id.in_(mine)))
            connection.execute(delete(t.gap_cells).where(t.gap_cells.c.task_id.in_(part)))
            connection.execute(delete(t.gap_fields).where(t.gap_fields.c.task_id.in_(part)))

    def _move_days(self, connection: Connection, tasks: Collection[int], sign: int) -> None:
        for part in parts(tasks):
            mine = [t.gap_cells.c.task_id.in_(part)]
            for table, summed, made in _SUMS:
                moved = self._db.insert_new(table).from_select(table.c.keys(), made(mine, sign=sign))
                added = {name: table.c[name] + moved.excluded[name] for name in summed}
                keys = [column.name for column in table.primary_key]
                connection.execute(moved.on_conflict_do_update(index_elements=keys, set_=added))


def _strike(connection: Connection, dirt: Collection[int]) -> bool:
    struck = 0
    for part in parts(sorted(dirt)):
        struck += connection.execute(delete(t.gap_dirty).where(t.gap_dirty.c.id.in_(part))).rowcount
    return struck == len(dirt)


def _unit_ids(connection: Connection, cells: Iterable[Cell]) -> dict[str, int]:
    names = {cell.unit: cell.collective for cell in cells}
    names |= {cell.origin: False for cell in cells if cell.origin is not None}
    names |= {cell.via: True for cell in cells if cell.via is not None}
    known = {row.name: row.id for row in connection.execute(select(t.gap_units.c.name, t.gap_units.c.id))}
    new = [{"name": name, "collective": many} for name, many in names.items() if name not in known]
    if new:
        connection.execute(insert(t.gap_units), new)
        known = {row.name: row.id for row in connection.execute(select(t.gap_units.c.name, t.gap_units.c.id))}
    return known


def _put(connection: Connection, cells: Iterable[Cell], units: Mapping[str, int]) -> None:
    for part in parts(cells, 5_000):
        keyed = [(t.cell_id(cell.task_id, cell.place), cell) for cell in part]
        _insert(connection, t.gap_cells, [_cell_row(key, cell, units) for key, cell in keyed])
        claims = [
            {"cell_id": key, "since": c.since, "until": c.until, "claimed": c.claimed, "done_on": c.done_on}
            for key, cell in keyed
            for c in cell.claims
        ]
        flags = [
            {"cell_id": key, "rule": f.rule, "since": f.since, "until": f.until, "detail": f.detail}
            for key, cell in keyed
            for f in cell.flags
        ]
        _insert(connection, t.gap_claims, claims)
        _insert(connection, t.gap_flags, flags)


def _cell_row(key: int, cell: Cell, units: Mapping[str, int]) -> dict[str, Any]:
    said, sure = cell.said, cell.confirmed
    return {
        "id": key, "task_id": cell.task_id, "document_id": cell.document_id, "unit_id": units[cell.unit],
        "state": cell.state, "tracked": cell.tracked,
        "ordinal": cell.ordinal, "place": cell.place, "via_id": units[cell.via] if cell.via is not None else None,
        "origin_id": units[cell.origin] if cell.origin is not None else None, "collective": cell.collective,
        "label": cell.label, "first": cell.first, "final": cell.final,
        "opens": cell.opens, "closes": cell.closes, "due": cell.due, "inclusive": cell.inclusive, "last": cell.last,
        "report_due": cell.report_due, "report_inclusive": cell.report_inclusive, "report_last": cell.report_last,
        "done": said.done, "on_time": said.on_time, "reported": said.reported,
        "c_done": sure.done, "c_on_time": sure.on_time, "c_reported": sure.reported,
        "links": list(cell.links),
    }  # fmt: skip


def _stray_row(stray: Stray) -> dict[str, Any]:
    return {"document_id": stray.document_id, "issuer": stray.issuer, "arrived": stray.arrived}


def _insert(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> None:  # noqa: ANN401 - a table
    if rows:
        connection.execute(insert(table), rows)
