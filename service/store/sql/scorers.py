"""Scorers that the office's decisions taught, each kept for good; the last one that passed its check is at work."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Row, insert, select

from service.records import KeptScorer
from service.store.sql import tables
from service.store.sql.engine import Database


class Scorers:
    """``service.store.ports.ScorerStore``."""

    _db: Database
    _zone: dt.tzinfo

    def put_scorer(
        self, version: str, content: dict[str, object], check: dict[str, object], *, accepted: bool, by: str,
        at: dt.datetime,
    ) -> KeptScorer:  # fmt: skip
        """Keep a scorer with what its check found."""
        row = {
            "version": version, "content": content, "check": check, "accepted": accepted, "by": by, "known_at": at,
        }  # fmt: skip
        with self._db.write() as connection:
            new = insert(tables.scorers).values(row).returning(*tables.scorers.c)
            return self._scorer(connection.execute(new).one())

    def scorers(self, *, limit: int = 50) -> list[KeptScorer]:
        """The newest first."""
        query = select(tables.scorers).order_by(tables.scorers.c.id.desc()).limit(limit)
        with self._db.read() as connection:
            return [self._scorer(row) for row in connection.execute(query)]

    def scorer(self) -> KeptScorer | None:
        """The last one that was accepted."""
        accepted = select(tables.scorers).where(tables.scorers.c.accepted)
        with self._db.read() as connection:
            row = connection.execute(accepted.order_by(tables.scorers.c.id.desc()).limit(1)).one_or_none()
        return self._scorer(row) if row is not None else None

    def _scorer(self, row: Row[Any]) -> KeptScorer:
        return KeptScorer(
            id=row.id,
            version=row.version,
            content=row.content,
            check=row.check,
            accepted=row.accepted,
            by=row.by,
            known_at=row.known_at.astimezone(self._zone),
        )
