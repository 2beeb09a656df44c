"""Tasks that read alike, in SQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, delete, insert, or_, select, update

from service.errors import NotFound
from service.records import TaskPair
from service.store.sql import tables
from service.store.sql.engine import Database
from service.store.sql.gap_upkeep import mark_tasks
from service.store.sql.links import living

_CHUNK = 400


class Pairs:
    """The part of ``service.store.ports.ReviewStore`` about tasks that read alike."""

    _db: Database
    _zone: dt.tzinfo

    def unpaired(self, limit: int) -> list[int]:
        """Living tasks that changed since tasks like them were looked for."""
        tasks = tables.tasks
        query = select(tasks.c.id).where(tasks.c.revision > tasks.c.paired, *living()).order_by(tasks.c.id)
        with self._db.read() as connection:
            return list(connection.scalars(query.limit(limit)))

    def put_pairs(self, found: Mapping[int, Mapping[int, float]], *, revision: int) -> None:
        """New pairs of these tasks for old ones; a decided pair stays, with its likeness of now."""
        tasks = tables.tasks
        wanted = {_key(one, other): value for one, others in found.items() for other, value in others.items()}
        ids = sorted(found)
        with self._db.write() as connection:
            kept = {(row.one, row.other): row for row in _rows(connection, ids)}
            there = _existing(connection, {number for key in wanted for number in key})
            stale = [row.id for key, row in kept.items() if key not in wanted and row.decision is None]
            for some in _chunks(stale):
                connection.execute(delete(tables.task_pairs).where(tables.task_pairs.c.id.in_(some)))
            for key, value in wanted.items():
                if key in kept:
                    mine = update(tables.task_pairs).where(tables.task_pairs.c.id == kept[key].id)
                    connection.execute(mine.values(likeness=value))
            new = [
                {"one": key[0], "other": key[1], "likeness": value}
                for key, value in wanted.items()
                if key not in kept and there.issuperset(key)
            ]
            if new:
                connection.execute(insert(tables.task_pairs), new)
            mark_tasks(connection, {n for key in (*wanted, *kept) for n in key if n in there or key in kept})
            for some in _chunks(ids):
                connection.execute(update(tasks).where(tasks.c.id.in_(some)).values(paired=revision))

    def pairs(self, task_ids: Sequence[int] | None = None) -> list[TaskPair]:
        """Pairs of living tasks, the likest first."""
        with self._db.read() as connection:
            rows = _rows(connection, None if task_ids is None else sorted(set(task_ids)), alive=True)
        return [self._pair(row) for row in sorted(rows, key=lambda row: (-row.likeness, row.id))]

    def decide_pair(
        self, pair_id: int, decision: Literal["same", "different"] | None, *, by: str, at: dt.datetime
    ) -> TaskPair:
        """A person says that two tasks are the same work, or not."""
        pairs = tables.task_pairs
        with self._db.write() as connection:
            mine = update(pairs).where(pairs.c.id == pair_id)
            connection.execute(mine.values(decision=decision, person=by if decision else None, at=at))
            row = connection.execute(select(pairs).where(pairs.c.id == pair_id)).one_or_none()
            if row is None:
                raise NotFound("Không có cặp nhiệm vụ này", pair=pair_id)
            mark_tasks(connection, (row.one, row.other))
        return self._pair(row)

    def _pair(self, row: Row[Any]) -> TaskPair:
        at = row.at.astimezone(self._zone) if row.at else None
        return TaskPair(row.id, row.one, row.other, row.likeness, row.decision, row.person, at)


def _key(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _rows(connection: Connection, ids: Sequence[int] | None, *, alive: bool = False) -> list[Row[Any]]:
    """Pairs of any of these tasks, each once."""
    pairs, found = tables.task_pairs, dict[int, Row[Any]]()
    query: Select[Any] = select(pairs)
    if alive:
        there = select(tables.tasks.c.id).where(*living())
        query = query.where(pairs.c.one.in_(there), pairs.c.other.in_(there))
    for some in [None] if ids is None else _chunks(ids):
        wanted = query if some is None else query.where(or_(pairs.c.one.in_(some), pairs.c.other.in_(some)))
        found |= {row.id: row for row in connection.execute(wanted)}
    return list(found.values())


def _existing(connection: Connection, ids: set[int]) -> set[int]:
    tasks = tables.tasks.c.id
    return {n for some in _chunks(sorted(ids)) for n in connection.scalars(select(tasks).where(tasks.in_(some)))}


def _chunks(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK)]
