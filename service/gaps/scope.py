"""The question in the office's words as the store's: documents, units, periods by id."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from nlp.assignees import fit
from nlp.matters import matters_of
from service.cells import CellQuery
from service.errors import InvalidInput
from service.gaps.model import GapQuery
from service.periods import parse_span
from service.records import StoredDocument
from service.references import resolve_document
from service.store.ports import Store
from service.units import directory

FARTHEST = dt.timedelta(days=3_660)
_LEVELS = 8
"""Steps up from a unit to the bodies above it."""
Names = dict[int, tuple[str, bool]]


def as_of(query: GapQuery) -> dt.date:
    """The day that the question looks at: today where it names none. Not so far ahead that its periods are no work."""
    today = dt.datetime.now(query.zone).date()
    if query.as_of is not None and query.as_of > today + FARTHEST:
        raise InvalidInput(f"Ngày tính số liệu {query.as_of:%d/%m/%Y} quá xa (sau hôm nay hơn 10 năm).")
    return query.as_of or today


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
    units, collectives = _units(store, names, query)
    label = query.period
    span = parse_span(label) if label else None
    return CellQuery(
        day=day,
        official=query.official,
        documents=None if documents is None else [document.id for document in documents],
        units=units,
        tasks=query.tasks,
        ended=query.ended,
        standing=query.standing,
        within=(query.within[0].toordinal(), query.within[1].toordinal()) if query.within else None,
        tracked=query.tracked,
        collectives=collectives,
        period=(label, span.first.toordinal() if span else None, span.last.toordinal() if span else None)
        if label
        else None,
        task_status=query.task_status,
        report_status=query.report_status,
        rules=query.rules,
        fields=(query.matter,) if query.matter else (),
        charged=_charged(store, names, query.leader) if query.leader else None,
        pending=query.pending,
        due_soon_days=query.due_soon_days,
        stray_units=_stray_units(store, names, day) if strays else (),
    )


def _units(store: Store, names: Names, query: GapQuery) -> tuple[list[int] | None, list[int]]:
    asked = query.unit
    if not asked:
        return None, []
    if query.tree:
        return [number for number, (name, _) in names.items() if name and under(store, asked, name, as_of(query))], []
    own = [number for number, (name, _) in names.items() if name and fit(asked, name) == "same"]
    if query.alone:
        return own, []
    many = [number for number, (name, collective) in names.items() if collective and fit(asked, name) == "member"]
    return own, many


def under(store: Store, asked: str, name: str, day: dt.date) -> bool:
    """Whether a unit is the one asked for, or stands under it, by the directory of units."""
    if fit(asked, name) == "same":
        return True
    units = directory(store)
    top, found = units.resolve(asked, day), units.resolve(name, day)
    if len(top) != 1 or len(found) != 1 or top[0].unit is None:
        return False
    at = found[0].unit
    for _ in range(_LEVELS):
        unit = units.registry.unit(at) if at else None
        if at == top[0].unit or unit is None:
            return at is not None and at == top[0].unit
        at = unit.phase(day).parent
    return False


def narrowed(store: Store, query: GapQuery) -> Callable[[StoredDocument, str, str | None], bool]:
    """Whether a cell of this directive, task wording and unit is of the field and the leader asked for."""
    charges = store.charges(query.leader) if query.leader else []
    mine = [one.name for one in charges if one.kind == "unit"]
    fields = {one.name for one in charges if one.kind == "matter"}

    def fits(directive: StoredDocument, text: str, unit: str | None) -> bool:
        found = set(matters_of(text) or matters_of(directive.header.title or ""))
        if query.matter and query.matter not in found:
            return False
        return not query.leader or bool(found & fields) or any(fit(one, unit or "") == "same" for one in mine)

    return fits


def _charged(store: Store, names: Names, leader: str) -> tuple[list[int], list[str]]:
    """What the leader is in charge of; nothing where the office has not said."""
    charges = store.charges(leader)
    mine = [one.name for one in charges if one.kind == "unit"]
    units = [n for n, (name, _) in names.items() if name and any(fit(one, name) == "same" for one in mine)]
    return units, [one.name for one in charges if one.kind == "matter"]


def _stray_units(store: Store, names: Names, day: int) -> list[int]:
    issuers = {stray.issuer for stray in store.gap_strays(day) if stray.issuer}
    return [number for number, (name, _) in names.items() if name and any(fit(one, name) for one in issuers)]
