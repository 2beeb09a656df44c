"""Documents by what they are, and citations of texts that are not kept, in SQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select

from nlp.model import Citation, Header
from service.records import StoredCitation
from service.store.sql import resolution, tables
from service.store.sql.engine import Database


class Lookups:
    """``service.store.ports.LookupStore``."""

    _db: Database

    def resolve(self, citations: Sequence[Citation], citing: Header) -> list[StoredCitation]:
        """The documents that the citations of a text outside the store may mean."""
        with self._db.read() as connection:
            return resolution.resolve_new(connection, citations, citing)

    def matching(
        self,
        *,
        kind: str | None = None,
        issuers: Sequence[str] | None = None,
        since: dt.date | None = None,
        until: dt.date | None = None,
    ) -> list[int]:
        """Ids of documents for which every given filter holds; one without a date is in no range."""
        columns = tables.documents.c
        query = select(columns.id).order_by(columns.id)
        if kind is not None:
            query = query.where(columns.header["kind"].as_string() == kind)
        if issuers is not None:
            query = query.where(columns.header["issuer"].as_string().in_(issuers))
        if since is not None:
            query = query.where(columns.date >= since)
        if until is not None:
            query = query.where(columns.date <= until)
        with self._db.read() as connection:
            return list(connection.scalars(query))

    def issuers(self) -> list[str]:
        """Every issuer as printed, once, in order."""
        issuer = tables.documents.c.header["issuer"].as_string()
        with self._db.read() as connection:
            found = connection.scalars(select(issuer).distinct())
            return sorted(name for name in found if name)
