"""Reminders, what became of their mail, and the units' addresses in SQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, delete, func, select, update

from service.follow_records import Contact, NewReminder, Reminder
from service.store.sql.engine import Database
from service.store.sql.follow_tables import contacts, reminders

_CHUNK = 500


class Reminders:
    """``service.store.follow_ports.ReminderStore``."""

    _db: Database
    _zone: dt.tzinfo

    def add_reminders(self, new: Sequence[NewReminder], *, at: dt.datetime) -> list[Reminder]:
        """Keep those whose key is new: two processes that run the rules at once remind once."""
        kept: list[Row[Any]] = []
        with self._db.write() as connection:
            for one in new:
                state = "waiting" if one.mail_to else "none"
                row = asdict(one) | {"at": at, "mail_state": state, "tries": 0}
                put = self._db.insert_new(reminders).values(**row).on_conflict_do_nothing().returning(reminders)
                kept += connection.execute(put).all()
        return [self._reminder(row) for row in kept]

    def reminders(
        self, *, unit: str | None = None, unread: bool = False, mail_state: str | None = None, limit: int = 500
    ) -> list[Reminder]:
        """Newest first."""
        query = select(reminders).order_by(reminders.c.day.desc(), reminders.c.id.desc()).limit(limit)
        if unit is not None:
            query = query.where(reminders.c.unit == unit)
        if unread:
            query = query.where(reminders.c.read_at.is_(None))
        if mail_state is not None:
            query = query.where(reminders.c.mail_state == mail_state)
        with self._db.read() as connection:
            return [self._reminder(row) for row in connection.execute(query)]

    def count_unread(self) -> int:
        """For the bell on every page."""
        query = select(func.count()).select_from(reminders).where(reminders.c.read_at.is_(None))
        with self._db.read() as connection:
            return int(connection.scalar(query) or 0)

    def read_reminders(self, ids: Sequence[int] | None, *, at: dt.datetime) -> int:
        """Mark as read."""
        unread = update(reminders).where(reminders.c.read_at.is_(None)).values(read_at=at)
        parts = [unread] if ids is None else [unread.where(reminders.c.id.in_(some)) for some in _chunks(ids)]
        with self._db.write() as connection:
            return sum(connection.execute(part).rowcount for part in parts)

    def mail_result(self, ids: Sequence[int], *, at: dt.datetime, error: str | None) -> None:
        """Sent, or the reason why not; a failed one is tried again with the next run."""
        values = {"mail_state": "failed" if error else "sent", "mail_error": error, "mail_at": at}
        with self._db.write() as connection:
            for some in _chunks(ids):
                chosen = update(reminders).where(reminders.c.id.in_(some))
                connection.execute(chosen.values(**values, tries=reminders.c.tries + 1))

    def contacts(self) -> list[Contact]:
        """By name."""
        with self._db.read() as connection:
            rows = connection.execute(select(contacts).order_by(contacts.c.unit)).all()
        return [Contact(row.unit, row.email, row.by, row.at.astimezone(self._zone)) for row in rows]

    def put_contact(self, unit: str, email: str | None, *, by: str, at: dt.datetime) -> None:
        """A unit's address; the last word counts."""
        with self._db.write() as connection:
            connection.execute(delete(contacts).where(contacts.c.unit == unit))
            if email:
                connection.execute(self._db.insert_new(contacts).values(unit=unit, email=email, by=by, at=at))

    def _reminder(self, row: Row[Any]) -> Reminder:
        values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
        del values["key"]
        times = {name: values[name].astimezone(self._zone) for name in ("at", "read_at", "mail_at") if values[name]}
        return Reminder(**values | times)


def _chunks(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK)]
