"""What the office knows about the force of documents, in SQL. Rows are added, never changed: provenance stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, insert, select

from nlp.symbols import symbol_key
from service.records import OfficeRow
from service.store.sql import tables
from service.store.sql.engine import Database

SAID = ("symbol", "issued", "effective", "expired", "replaced_by", "source", "checked_on")
"""What makes a row new; the file and the line that it stood in do not."""


class OfficeTable:
    """``service.store.ports.OfficeStore``."""

    _db: Database
    _zone: dt.tzinfo

    def put_office_rows(self, rows: Sequence[OfficeRow], *, at: dt.datetime) -> int:
        """Keep the rows that say something new."""
        table = tables.office_rows
        with self._db.write() as connection:
            columns = [table.c[name] for name in SAID]
            seen: set[tuple[Any, ...]] = {tuple(row) for row in connection.execute(select(*columns))}
            new = []
            for row in rows:
                said = tuple(getattr(row, name) for name in SAID)
                if said not in seen:
                    seen.add(said)
                    values = dict(zip(SAID, said, strict=True))
                    key = symbol_key(row.symbol)
                    new.append({**values, "symbol_key": key, "file": row.file, "row": row.row, "known_at": at})
            if new:
                connection.execute(insert(table), new)
        return len(new)

    def office_rows(self, symbol_key: str | None = None, *, limit: int = 10_000) -> list[OfficeRow]:
        """The last checked first; of those checked on one day the last imported."""
        table = tables.office_rows
        query = select(table).order_by(table.c.checked_on.desc().nulls_last(), table.c.id.desc()).limit(limit)
        if symbol_key is not None:
            query = query.where(table.c.symbol_key == symbol_key)
        with self._db.read() as connection:
            return [self._office_row(row) for row in connection.execute(query)]

    def _office_row(self, row: Row[Any]) -> OfficeRow:
        return OfficeRow(
            symbol=row.symbol,
            issued=row.issued,
            effective=row.effective,
            expired=row.expired,
            replaced_by=row.replaced_by,
            source=row.source,
            checked_on=row.checked_on,
            file=row.file,
            row=row.row,
            id=row.id,
            known_at=row.known_at.astimezone(self._zone),
        )
