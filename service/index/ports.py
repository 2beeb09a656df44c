"""What use cases ask of a search index. Python builds the analysed fields, so every engine sees the same terms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

EntryKind = Literal["document", "passage", "task"]
Place = tuple[int, tuple[str, ...]]
"""An offset and the locator that holds from there on: (120, ("Điều 5", "khoản 2"))."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found: a document (title, symbol), a passage of it, or a task.

    ``text`` is lower-cased and tone-normalised with marks, ``folded`` without marks; both are space-joined terms made
    by ``service.index.analysis``. ``symbols`` are symbol keys (nlp.symbols) for exact match.
    """

    id: str
    """Unique: ``d:12``, ``p:12:3``, ``t:345``."""
    kind: EntryKind
    document_id: int
    ref: int
    """Store id of the task, or start offset of the passage, or 0."""
    text: str
    folded: str
    symbols: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    """Unit keys (folded names) of a task's assignees."""
    doc_kind: str | None = None
    issuer: str | None = None
    date: str | None = None
    locator: tuple[str, ...] = ()
    """Where a passage stands, from the largest level to the smallest: ("Điều 5", "khoản 2")."""
    places: tuple[Place, ...] = ()
    """Where inside the passage the locator changes, its start included; only kept, not searched."""


@dataclass(frozen=True, slots=True)
class Query:
    """A search by terms and filters; every given filter must hold, each by any of its values.

    ``text``/``folded`` are scored by BM25, OR over terms; without terms everything that passes the filters is found.
    """

    kind: EntryKind | None = None
    text: str = ""
    folded: str = ""
    symbols: tuple[str, ...] = ()
    document_ids: Sequence[int] | None = None
    units: tuple[str, ...] = ()
    doc_kind: str | None = None
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """A found entry and its score."""

    id: str
    kind: EntryKind
    document_id: int
    ref: int
    score: float
    matched: tuple[str, ...] = field(default=())
    locator: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()


class Index(Protocol):
    """A search engine: embedded (tantivy) or Elasticsearch."""

    def put(self, entries: Iterable[Entry]) -> None:
        """Add or replace entries by id; visible after ``refresh``."""

    def remove_document(self, document_id: int) -> None: ...
    def refresh(self) -> None: ...
    def search(self, query: Query) -> list[Hit]: ...
    def count(self) -> int: ...
    def clear(self) -> None: ...
    def close(self) -> None: ...
