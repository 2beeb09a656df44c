"""The history of what is printed on papers, in SQL."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, insert, select

from service.errors import NotFound
from service.follow_records import NewPrintChange, PrintChange
from service.store.sql.engine import Database
from service.store.sql.follow_tables import print_changes as table


class PrintChanges:
    """``service.store.follow_ports.PrintStore``."""

    _db: Database
    _zone: dt.tzinfo

    def note_print(self, new: NewPrintChange) -> None:
        """Add a line."""
        with self._db.write() as connection:
            connection.execute(insert(table).values(**asdict(new)))

    def print_changes(self, subject: str | None = None, *, limit: int = 100) -> list[PrintChange]:
        """The newest first, without their contents."""
        asked = select(*(column for column in table.c if column.name != "content")).order_by(table.c.id.desc())
        if subject is not None:
            asked = asked.where(table.c.subject == subject)
        with self._db.read() as connection:
            return [self._line(row) for row in connection.execute(asked.limit(limit))]

    def print_content(self, change_id: int) -> tuple[PrintChange, bytes]:
        """A line with the content that it brought; NotFound where there is none."""
        with self._db.read() as connection:
            row = connection.execute(select(table).where(table.c.id == change_id)).one_or_none()
        if row is None or row.content is None:
            raise NotFound("Không có bản nào được giữ ở dòng lịch sử này", change=change_id)
        return self._line(row), bytes(row.content)

    def _line(self, row: Row[Any]) -> PrintChange:
        return PrintChange(row.id, row.subject, row.action, row.file, row.by, row.at.astimezone(self._zone))
