"""Urging letters and their history in SQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from service.errors import Conflict, NotFound
from service.follow_records import FilePass, Letter, LetterEvent, LetterLine, LetterState
from service.store.sql.engine import Database
from service.store.sql.follow_tables import file_passes, letter_events, letters


class Letters:
    """``service.store.follow_ports.LetterStore``."""

    _db: Database
    _zone: dt.tzinfo

    def add_letter(
        self,
        unit: str,
        lines: Sequence[LetterLine],
        *,
        round_: int,
        as_of: dt.date,
        listed_at: dt.datetime,
        answer_by: dt.date,
        by: str,
    ) -> Letter:
        """Keep a draft, with the first line of its history."""
        values = {"unit": unit, "round": round_, "state": "draft", "as_of": as_of, "listed_at": listed_at}
        values |= {"answer_by": answer_by, "by": by, "lines": [_line_out(line) for line in lines]}
        with self._db.write() as connection:
            key = connection.execute(insert(letters).values(**values)).inserted_primary_key[0]  # type: ignore[index]  # one row gives one key
            _note(connection, LetterEvent(key, "made", listed_at, by, {"lines": len(lines)}))
        kept = self.letter(key)
        assert kept is not None  # noqa: S101 - written above
        return kept

    def letter(self, letter_id: int) -> Letter | None:
        """One letter."""
        with self._db.read() as connection:
            row = connection.execute(select(letters).where(letters.c.id == letter_id)).one_or_none()
        return self._letter(row) if row is not None else None

    def letters(self, *, unit: str | None = None, state: LetterState | None = None, limit: int = 1_000) -> list[Letter]:
        """Newest first."""
        query = select(letters).order_by(letters.c.id.desc()).limit(limit)
        if unit is not None:
            query = query.where(letters.c.unit == unit)
        if state is not None:
            query = query.where(letters.c.state == state)
        with self._db.read() as connection:
            return [self._letter(row) for row in connection.execute(query)]

    def set_letter(
        self,
        letter_id: int,
        state: LetterState,
        *,
        by: str,
        at: dt.datetime,
        symbol: str | None = None,
        issued: dt.date | None = None,
        detail: dict[str, object] | None = None,
    ) -> Letter:
        """Issue or cancel a draft."""
        draft = (letters.c.id == letter_id) & (letters.c.state == "draft")
        with self._db.write() as connection:
            changed = connection.execute(
                update(letters).where(draft).values(state=state, symbol=symbol, issued=issued).returning(letters)
            ).one_or_none()
            if changed is None:
                if connection.scalar(select(letters.c.id).where(letters.c.id == letter_id)) is None:
                    raise NotFound("Không có công văn này", letter=letter_id)
                raise Conflict("Công văn này không còn là dự thảo", letter=letter_id)
            told = {"symbol": symbol, "issued": issued.isoformat() if issued else None} | (detail or {})
            _note(connection, LetterEvent(letter_id, state, at, by, told))
        return self._letter(changed)

    def note_letter(self, event: LetterEvent) -> None:
        """Add a line to its history."""
        with self._db.write() as connection:
            _note(connection, event)

    def letter_events(self, letter_id: int) -> list[LetterEvent]:
        """Oldest first."""
        query = select(letter_events).where(letter_events.c.letter_id == letter_id).order_by(letter_events.c.id)
        with self._db.read() as connection:
            return [
                LetterEvent(row.letter_id, row.kind, row.at.astimezone(self._zone), row.by, row.detail)
                for row in connection.execute(query)
            ]

    def note_file(self, line: FilePass) -> None:
        """Add a line to the history of unread files."""
        with self._db.write() as connection:
            connection.execute(insert(file_passes).values(**asdict(line)))

    def file_passes(self, document_id: int | None = None) -> list[FilePass]:
        """That history, oldest first."""
        query = select(file_passes).order_by(file_passes.c.id)
        if document_id is not None:
            query = query.where(file_passes.c.document_id == document_id)
        with self._db.read() as connection:
            return [
                FilePass(r.document_id, r.unit, r.kind, r.reason, r.by, r.at.astimezone(self._zone))
                for r in connection.execute(query)
            ]

    def _letter(self, row: Row[Any]) -> Letter:
        values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
        lines = tuple(_line_in(line) for line in row.lines)
        return Letter(**values | {"lines": lines, "listed_at": row.listed_at.astimezone(self._zone)})


def _note(connection: Connection, event: LetterEvent) -> None:
    connection.execute(insert(letter_events).values(**asdict(event)))


def _line_out(line: LetterLine) -> dict[str, Any]:
    return asdict(line) | {"due": line.due.isoformat() if line.due else None}


def _line_in(line: Mapping[str, Any]) -> LetterLine:
    return LetterLine(**{**line, "due": dt.date.fromisoformat(line["due"]) if line["due"] else None})
