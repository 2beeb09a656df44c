"""Every row of the store out and in again, the same for every database: for backups, and to move between databases."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from sqlalchemy import LargeBinary, Table, func, insert, select, text

from service.errors import Conflict
from service.store.ports import StoredRow
from service.store.sql.engine import Database
from service.store.sql.migrate import HEAD
from service.store.sql.tables import IsoDate, IsoTime, metadata

_BATCH = 500
_OWN = frozenset({"revision", "outbox", "jobs", "job_files"})
"""Tables in which a new store has rows of its own."""


class Copying:
    """``service.store.ports.CopyStore``."""

    _db: Database

    def schema(self) -> str:
        """The schema that rows of this store are in."""
        return HEAD

    def export_rows(self) -> Iterator[StoredRow]:
        """Every row, tables in such an order that what a row points to comes before it; one moment for all."""
        with self._db.read_moment() as connection:
            for table in metadata.sorted_tables:
                rows = connection.execution_options(yield_per=_BATCH).execute(
                    select(table).order_by(*table.primary_key)
                )
                for row in rows.mappings():
                    yield table.name, {name: _out(value) for name, value in row.items()}

    def import_rows(self, rows: Iterable[StoredRow]) -> int:
        """Into an empty store, in one transaction; tells how many. Conflict where it is not empty."""
        count = 0
        with self._db.write() as connection:
            for table in reversed(metadata.sorted_tables):
                if table.name not in _OWN and connection.scalar(select(func.count()).select_from(table)):
                    raise Conflict("Kho đã có dữ liệu; chỉ khôi phục được vào kho trống", table=table.name)
                connection.execute(table.delete())
            for name, group in groupby(rows, key=itemgetter(0)):
                table = metadata.tables[name]
                for some in _batches(group):
                    connection.execute(insert(table), [_in(table, row) for _, row in some])
                    count += len(some)
            if self._db.engine.dialect.name == "postgresql":
                for table in metadata.sorted_tables:
                    if "id" in table.c:
                        connection.execute(text(_NEXT_NUMBER.format(table=table.name)))
        return count


_NEXT_NUMBER = (
    "SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table} "
    "WHERE pg_get_serial_sequence('{table}', 'id') IS NOT NULL HAVING max(id) IS NOT NULL"
)


def _batches(rows: Iterable[StoredRow]) -> Iterator[tuple[StoredRow, ...]]:
    left = iter(rows)
    while some := tuple(islice(left, _BATCH)):
        yield some


def _out(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def _in(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {name: _typed(table.c[name].type, value) for name, value in row.items()}


def _typed(kind: object, value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    if value is None:
        return None
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    if isinstance(kind, IsoTime):
        return dt.datetime.fromisoformat(value)
    return dt.date.fromisoformat(value) if isinstance(kind, IsoDate) else value
