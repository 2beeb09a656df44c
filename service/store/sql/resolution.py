"""Citations meet the documents of the store, at read time: a document that arrives later resolves older ones too."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from nlp.model import Citation
from service.records import StoredCitation
from service.store.sql import tables

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Holder:
    """A document that bears a symbol."""

    id: int
    date: dt.date | None


def resolve_all(connection: Connection, found: Sequence[tuple[int, int, Citation, str | None]]) -> list[StoredCitation]:
    """Each citation (id, document, facts, symbol key) with the documents that it may mean."""
    holders = _holders(connection, {key for *_, key in found if key})
    return [
        _resolve(place, document_id, citation, holders.get(key or "", []))
        for place, document_id, citation, key in found
    ]


def _holders(connection: Connection, keys: Iterable[str]) -> dict[str, list[Holder]]:
    """The documents that bear each of these symbols."""
    table = tables.documents
    columns = (table.c.symbol_key, table.c.id, table.c.date)
    holders: defaultdict[str, list[Holder]] = defaultdict(list)
    wanted = sorted(keys)
    for start in range(0, len(wanted), _CHUNK):
        query = select(*columns).where(table.c.symbol_key.in_(wanted[start : start + _CHUNK])).order_by(table.c.id)
        for key, document_id, date in connection.execute(query):
            holders[key].append(Holder(document_id, date))
    return holders


def _resolve(place: int, document_id: int, citation: Citation, holders: list[Holder]) -> StoredCitation:
    """Every candidate is kept with its doubts; a printed date picks among them, and one that fits none is told."""
    same_day = [holder for holder in holders if citation.date and holder.date == citation.date]
    chosen = same_day or holders
    flags = []
    if not holders:
        flags.append("unresolved")
    elif citation.date and not same_day and any(holder.date for holder in holders):
        flags.append("date_conflict")
    if len({holder.date for holder in chosen}) > 1:
        flags.append("ambiguous")
    return StoredCitation(place, document_id, citation, tuple(holder.id for holder in chosen), tuple(flags))
