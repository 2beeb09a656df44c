"""What a search may be narrowed to: kind, issuer, dates, force on a day, what it cites, what cites it."""

from __future__ import annotations

import datetime as dt
from dataclasses import astuple, dataclass
from functools import cache

from corpus.text import canonical_tones, no_marks
from nlp.symbols import symbol_key
from nlp.vocabulary import kinds
from service.records import StoredDocument
from service.store.ports import Store
from service.validity import on_document
from service.validity.evidence import Reader
from service.validity.judge import find_subject

_FORCE = frozenset({"in_force", "partly_ended"})
"""A text that is partly out of force is still to be followed."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Every given filter must hold; ``kind`` and ``issuer`` also without marks, documents as ``symbol[@date]``."""

    kind: str | None = None
    issuer: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    in_force_on: dt.date | None = None
    cites: str | None = None
    cited_by: str | None = None

    def __bool__(self) -> bool:
        return any(value for value in astuple(self))


def allowed(store: Store, filters: Filters) -> set[int] | None:
    """The documents that the filters leave (but for force, which is judged hit by hit); None where all are left."""
    found: set[int] | None = None
    if filters.kind or filters.issuer or filters.since or filters.until:
        issuers = _issuers(store, filters.issuer) if filters.issuer else None
        named = known_kind(filters.kind)
        found = set(store.matching(kind=named, issuers=issuers, since=filters.since, until=filters.until))
    if filters.cites:
        found = _both(found, citing(store, filters.cites))
    if filters.cited_by:
        subject = find_subject(store, filters.cited_by)
        cited = {i for d in subject.documents for c in store.citations(d.id) for i in c.resolved}
        found = _both(found, cited)
    return found


def citing(store: Store, name: str) -> set[int]:
    """The documents that cite the one of this name, also when the store has only its mentions."""
    subject = find_subject(store, name)
    if subject.documents:
        return {c.document_id for d in subject.documents for c in store.citing(d.id)}
    return {c.document_id for c in store.cited_by(symbol_key(subject.symbol or name))}


def _both(one: set[int] | None, other: set[int]) -> set[int]:
    return other if one is None else one & other


def _issuers(store: Store, typed: str) -> list[str]:
    """Issuers of exactly this name, else those whose name contains it."""
    wanted = _folded(typed)
    names = store.issuers()
    return [n for n in names if _folded(n) == wanted] or [n for n in names if wanted in _folded(n)]


def _folded(name: str) -> str:
    return " ".join(no_marks(canonical_tones(name)).split())


class Force:
    """Whether documents are in force on a day; each text is read once for a whole search."""

    def __init__(self, store: Store, on: dt.date | None) -> None:
        self._store = store
        self._on = on
        self._reader = Reader(store)
        self._known: dict[int, bool] = {}

    def holds(self, document: StoredDocument) -> bool:
        """True also where nothing is asked."""
        if self._on is None:
            return True
        if document.id not in self._known:
            found = on_document(self._store, document, self._on, reader=self._reader)
            self._known[document.id] = found.status in _FORCE
        return self._known[document.id]


@cache
def _kinds() -> dict[str, str]:
    return {no_marks(kind.name): kind.name for kind in kinds()}


def known_kind(kind: str | None) -> str | None:
    """A kind as the header prints it, also when it is typed without marks."""
    return _kinds().get(no_marks(kind.strip()), kind.strip()) if kind and kind.strip() else None
