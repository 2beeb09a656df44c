"""Saved questions and leaders in charge, in SQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, delete, insert, or_, select, update

from service.asked_records import Charge, SavedSearch
from service.errors import NotFound
from service.store.sql import gap_tables
from service.store.sql.engine import Database


class AskedTables:
    """``service.store.asked_port.AskedStore``."""

    _db: Database
    _zone: dt.tzinfo

    def save_search(
        self, name: str, *, owner: str, question: str, query: dict[str, Any], shared: bool, at: dt.datetime
    ) -> SavedSearch:
        """Keep a question under a name."""
        table = gap_tables.saved_searches
        values = {"question": question, "query": query, "shared": shared}
        first = {**values, "name": name, "owner": owner, "created_at": at, "used": 0}
        new = self._db.insert_new(table).values(first)
        kept = new.on_conflict_do_update(index_elements=["owner", "name"], set_=values).returning(table)
        with self._db.write() as connection:
            return self._search(connection.execute(kept).one())

    def searches(self, owner: str) -> list[SavedSearch]:
        """A person's own and the shared ones."""
        table = gap_tables.saved_searches
        query = select(table).where(or_(table.c.owner == owner, table.c.shared))
        with self._db.read() as connection:
            rows = connection.execute(query.order_by(table.c.used.desc(), table.c.name, table.c.id))
            return [self._search(row) for row in rows]

    def use_search(self, search_id: int, *, at: dt.datetime) -> SavedSearch:
        """Count it as opened."""
        table = gap_tables.saved_searches
        counted = update(table).where(table.c.id == search_id).values(used=table.c.used + 1, used_at=at)
        with self._db.write() as connection:
            row = connection.execute(counted.returning(table)).one_or_none()
        if row is None:
            raise NotFound("Không có câu hỏi đã lưu này", search=search_id)
        return self._search(row)

    def remove_search(self, search_id: int, *, owner: str) -> None:
        """Take one's own away."""
        table = gap_tables.saved_searches
        with self._db.write() as connection:
            gone = connection.execute(delete(table).where(table.c.id == search_id, table.c.owner == owner))
            if gone.rowcount == 0:
                raise NotFound("Không có câu hỏi đã lưu này của Anh/Chị", search=search_id)

    def put_charges(self, charges: Sequence[Charge]) -> None:
        """Who is in charge of what."""
        table = gap_tables.charges
        rows = [{"leader": one.leader, "kind": one.kind, "name": one.name} for one in dict.fromkeys(charges)]
        with self._db.write() as connection:
            connection.execute(delete(table))
            if rows:
                connection.execute(insert(table), rows)

    def charges(self, leader: str | None = None) -> list[Charge]:
        """By leader and name."""
        table = gap_tables.charges
        query = select(table).order_by(table.c.leader, table.c.kind, table.c.name)
        if leader is not None:
            query = query.where(table.c.leader == leader)
        with self._db.read() as connection:
            return [Charge(row.leader, row.kind, row.name) for row in connection.execute(query)]

    def _search(self, row: Row[Any]) -> SavedSearch:
        return SavedSearch(
            row.id,
            row.name,
            row.owner,
            row.question,
            dict(row.query),
            row.shared,
            row.created_at.astimezone(self._zone),
            row.used,
            row.used_at.astimezone(self._zone) if row.used_at else None,
        )
