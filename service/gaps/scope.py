"""The question in the office's words as the store's: documents, units, periods by id."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from nlp.assignees import fit
from service.cells import CellQuery
from service.gaps.model import GapQuery
from service.periods import parse_span
from service.records import StoredDocument
from service.references import resolve_document
from service.store.ports import Store


def as_of(query: GapQuery) -> dt.date:
    """The day that the question looks at: today where it names none."""
    return query.as_of or dt.datetime.now(query.zone).date()


def directives(store: Store, query: GapQuery) -> list[StoredDocument] | None:
    """The documents that the question narrows the tasks to; None for all."""
    if not query.directive:
        return None
    name = query.directive
    named = f"{name}@{query.date.isoformat()}" if query.date and "@" not in name else name
    found = resolve_document(store, named)
    return chain(store, found) if query.chain else found


CARRIED_OUT = frozenset({"basis", "implements", "per", "details", "guides"})
"""Relations by which a document says that it carries another out."""


def chain(store: Store, documents: Iterable[StoredDocument]) -> list[StoredDocument]:
    """The documents and all that carry them out, however far down (Quyết định → Kế hoạch → Kế hoạch của sở)."""
    found = {document.id: document for document in documents}
    waiting = list(found)
    while waiting:
        below = {
            c.document_id for c in store.citing(waiting.pop()) if c.citation.relation in CARRIED_OUT
        } - found.keys()
        new = {n: d for n, d in store.documents_by_id(below).items() if d.role != "report"}
        found |= new
        waiting += new
    return list(found.values())


def cell_query(store: Store, query: GapQuery, *, strays: bool = True) -> CellQuery:
    """What to ask the store; ``strays`` are looked up where a rule or a list needs them."""
    day = as_of(query).toordinal()
    documents = directives(store, query)
    names = store.gap_units()
    units, collectives = _units(names, query)
    label = query.period
    span = parse_span(label) if label else None
    return CellQuery(
        day=day,
        official=query.official,
        documents=None if documents is None else [document.id for document in documents],
        units=units,
        ended=query.ended,
        tracked=query.tracked,
        collectives=collectives,
        period=(label, span.first.toordinal() if span else None, span.last.toordinal() if span else None)
        if label
        else None,
        task_status=query.task_status,
        report_status=query.report_status,
        rules=query.rules,
        fields=(query.matter,) if query.matter else (),
        pending=query.pending,
        due_soon_days=query.due_soon_days,
        stray_units=_stray_units(store, names, day) if strays else (),
    )


def _units(names: dict[int, tuple[str, bool]], query: GapQuery) -> tuple[list[int] | None, list[int]]:
    asked = query.unit
    if not asked:
        return None, []
    own = [number for number, (name, _) in names.items() if name and fit(asked, name) == "same"]
    many = [number for number, (name, collective) in names.items() if collective and fit(asked, name) == "member"]
    return own, many


def _stray_units(store: Store, names: dict[int, tuple[str, bool]], day: int) -> list[int]:
    issuers = {stray.issuer for stray in store.gap_strays(day) if stray.issuer}
    return [number for number, (name, _) in names.items() if name and any(fit(one, name) for one in issuers)]
