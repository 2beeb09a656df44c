"""Citations meet the documents of the store, at read time: a document that arrives later resolves older ones too."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, select

from nlp.model import Citation, Header
from nlp.resolve import Candidate, resolve
from service.records import StoredCitation
from service.store.sql import codec, keys, tables

_CHUNK = 500
T = TypeVar("T")
_Key = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class _Known:
    """A document of the store as a candidate."""

    id: int
    symbol_key: str | None
    header: Header

    @property
    def identity(self) -> tuple[str | None, dt.date | None]:
        """Two files of one document (the PDF and its text) share it."""
        return self.symbol_key, self.header.date

    @property
    def candidate(self) -> Candidate:
        """As the judge sees it."""
        h = self.header
        return Candidate(str(self.id), h.symbol, h.kind, h.issuer, h.date, h.title)


def resolve_rows(connection: Connection, rows: Sequence[Row[Any]]) -> list[StoredCitation]:
    """Rows of ``citations`` as records, each with the documents that it may mean and what is doubtful."""
    documents = tables.documents.c
    known: defaultdict[_Key, list[_Known]] = defaultdict(list)
    for name, column in (("meeting", documents.meeting_key), ("name", documents.name_key)):
        for key, found in _known(connection, column, {getattr(row, f"{name}_key") for row in rows}):
            known[name, key].append(found)
    citing = dict(_headers(connection, {row.document_id for row in rows}))
    return [_resolve(row, _met(row, known), citing[row.document_id]) for row in rows]


def resolve_new(connection: Connection, citations: Sequence[Citation], citing: Header) -> list[StoredCitation]:
    """Citations of a text that is not kept, resolved as if it were; ids are their places, the document is 0."""
    documents = tables.documents.c
    keyed = [keys.of_citation(citation) for citation in citations]
    known: defaultdict[_Key, list[_Known]] = defaultdict(list)
    for name, column in (("meeting", documents.meeting_key), ("name", documents.name_key)):
        for key, found in _known(connection, column, {one[f"{name}_key"] for one in keyed}):
            known[name, key].append(found)
    resolved = []
    for place, (citation, columns) in enumerate(zip(citations, keyed, strict=True)):
        sort = "meeting" if columns["meeting_key"] else "name"
        met = known.get((sort, columns[f"{sort}_key"]), [])
        resolved.append(_judge(place, 0, citation, met, citing))
    return resolved


def _met(row: Row[Any], known: dict[_Key, list[_Known]]) -> list[_Known]:
    if row.meeting_key:
        return known.get(("meeting", row.meeting_key), [])
    return known.get(("name", row.name_key), []) if row.name_key else []


def _resolve(row: Row[Any], met: list[_Known], citing: Header) -> StoredCitation:
    return _judge(row.id, row.document_id, codec.load(Citation, row.facts), met, citing)


def _judge(place: int, document_id: int, citation: Citation, met: list[_Known], citing: Header) -> StoredCitation:
    """Every candidate is kept with its doubts."""
    outcome = resolve(citation, [k.candidate for k in met], default_issuer=citing.issuer, as_of=citing.date)
    chosen = [met[index] for index in outcome.documents]
    flags = list(outcome.flags)
    if not chosen:
        flags.append("unresolved")
    elif len({document.identity for document in chosen}) > 1:
        flags.append("ambiguous")
    return StoredCitation(place, document_id, citation, tuple(k.id for k in chosen), tuple(flags))


def _known(
    connection: Connection, column: ColumnElement[str | None], keys: Iterable[str | None]
) -> Iterator[tuple[str, _Known]]:
    table = tables.documents.c
    for some in _chunks(sorted(key for key in keys if key)):
        query = select(column.label("met"), table.id, table.symbol_key, table.header).where(column.in_(some))
        for row in connection.execute(query.order_by(table.id)):
            yield row.met, _Known(row.id, row.symbol_key, codec.load(Header, row.header))


def _headers(connection: Connection, ids: Iterable[int]) -> Iterator[tuple[int, Header]]:
    table = tables.documents.c
    for some in _chunks(sorted(ids)):
        for row in connection.execute(select(table.id, table.header).where(table.id.in_(some))):
            yield row.id, codec.load(Header, row.header)


def _chunks(values: list[T]) -> Iterator[list[T]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
