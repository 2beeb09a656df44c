"""The history of followed tasks in SQL: rows are added, never changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, Select, func, insert, select

from service.errors import Conflict
from service.follow_records import Move, NewMove
from service.store.sql import follow_tables
from service.store.sql.engine import Database
from service.store.sql.gap_upkeep import mark_tasks
from service.store.sql.parts import among, parts


class Moves:
    """``service.store.follow_ports.MoveStore``."""

    _db: Database
    _zone: dt.tzinfo

    def add_moves(
        self, moves: Sequence[NewMove], *, by: str, at: dt.datetime, batch: str | None = None, mark: int | None = None
    ) -> list[Move]:
        """Write moves, all or none."""
        table = follow_tables.task_moves
        with self._db.write() as connection:
            if mark is not None and int(connection.scalar(_mark()) or 0) != mark:
                raise Conflict("Đã có thay đổi mới kể từ khi xem trước. Anh/Chị xem lại rồi thực hiện.")
            ids = [
                connection.execute(
                    insert(table).values(**asdict(move), by=by, known_at=at, batch=batch)
                ).inserted_primary_key[0]  # type: ignore[index]  # one row gives one key
                for move in moves
            ]
            mark_tasks(connection, (move.task_id for move in moves))
        return self.moves(ids=ids)

    def moves(
        self,
        *,
        task_ids: Sequence[int] | None = None,
        batch: str | None = None,
        ids: Sequence[int] | None = None,
        known_at: dt.datetime | None = None,
        newest: int | None = None,
    ) -> list[Move]:
        """In the order in which they became known."""
        table = follow_tables.task_moves
        query = select(table).order_by(table.c.id)
        if batch is not None:
            query = query.where(table.c.batch == batch)
        if known_at is not None:
            query = query.where(table.c.known_at <= known_at)
        if newest is not None:
            query = query.order_by(None).order_by(table.c.id.desc()).limit(newest)
        rows: list[Row[Any]] = []
        with self._db.read() as connection:
            for part in _parts(query, task_ids, ids):
                rows += connection.execute(part).all()
        return [self._move(row) for row in sorted(rows, key=lambda row: int(row.id))]

    def moves_mark(self) -> int:
        """The number of the newest move."""
        with self._db.read() as connection:
            return int(connection.scalar(_mark()) or 0)

    def _move(self, row: Row[Any]) -> Move:
        values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
        return Move(**values | {"known_at": row.known_at.astimezone(self._zone)})


def _mark() -> Select[tuple[int | None]]:
    return select(func.max(follow_tables.task_moves.c.id))


def _parts(query: Select[Any], task_ids: Sequence[int] | None, ids: Sequence[int] | None) -> list[Select[Any]]:
    """The query narrowed to these tasks or moves, some hundred at a time."""
    table = follow_tables.task_moves
    for column, wanted in ((table.c.task_id, task_ids), (table.c.id, ids)):
        if wanted is not None:
            return [query.where(among(column, part)) for part in parts(sorted(set(wanted)))]
    return [query]
