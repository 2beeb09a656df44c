"""What use cases ask of a search index. Python builds the analysed fields, so every engine sees the same terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, Protocol

EntryKind = Literal["document", "passage", "task"]
Place = tuple[int, tuple[str, ...]]
"""An offset and the locator that holds from there on: (120, ("Điều 5", "khoản 2"))."""


@dataclass(frozen=True, slots=True)
class Vector:
    """What a text means to an encoder: numbers of unit length, comparable with those of the same encoder alone."""

    encoder: str
    """The encoder's version (``nlp.encode``)."""
    values: tuple[float, ...]


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
    vector: Vector | None = None
    """Kept for tasks, so that a statement in other words finds them."""
    version: str = ""
    """Which reading of the document it comes from, and how many entries that has (``service.indexing``)."""


@dataclass(frozen=True, slots=True)
class Query:
    """A search by terms and filters; every given filter must hold, each by any of its values.

    ``text``/``folded`` are scored by BM25, OR over terms; without terms everything that passes the filters is found.
    With a ``vector`` the score is the cosine with the entry's vector, exact (no approximate neighbours), terms are not
    looked at, and entries without a vector of the same encoder are not found. A caller fuses two such queries itself,
    so that every engine gives the same.
    """

    kind: EntryKind | None = None
    text: str = ""
    folded: str = ""
    symbols: tuple[str, ...] = ()
    document_ids: Sequence[int] | None = None
    units: tuple[str, ...] = ()
    doc_kind: str | None = None
    limit: int = 20
    vector: Vector | None = None
    bare: bool = False
    """Only the id, kind, ref and score of each hit are wanted: nothing kept is read for it."""


class Hit(NamedTuple):
    """A found entry and its score; of a bare one (``Query.bare``) the document and the places may be left out."""

    id: str
    kind: EntryKind
    document_id: int
    ref: int
    score: float
    matched: tuple[str, ...] = ()
    locator: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()


_KINDS: Final[dict[str, EntryKind]] = {"d": "document", "p": "passage", "t": "task"}


def bare_hit(entry_id: str, score: float) -> Hit:
    """What an entry's id tells of it alone: ``t:345`` is task 345, ``p:12:80`` a passage from offset 80 on."""
    letter, _, number = entry_id.partition(":")
    kind = _KINDS[letter]
    ref = 0 if kind == "document" else int(number.rpartition(":")[2])
    return Hit(entry_id, kind, 0, ref, score)


@dataclass(frozen=True, slots=True)
class Kept:
    """What an index holds of a document: how many entries of a version."""

    document_id: int
    version: str
    entries: int


class Index(Protocol):
    """A search engine: embedded (tantivy) or Elasticsearch.

    Every method may raise IndexUnavailable where the engine is a server; writing ones raise IndexBusy while another
    process writes. What was queued in the outbox stays there then.
    """

    def put(self, entries: Iterable[Entry]) -> None:
        """Add or replace entries by id; visible after ``refresh``."""

    def remove_document(self, document_id: int) -> None: ...
    def refresh(self) -> None: ...
    def search(self, query: Query) -> list[Hit]: ...
    def search_many(self, queries: Sequence[Query]) -> list[list[Hit]]:
        """The hits of each query, in one request where the engine is a server."""

    def count(self) -> int: ...
    def available(self) -> bool:
        """Whether it can be searched now; asked often, so it answers within some seconds."""

    def encoders(self) -> frozenset[str]:
        """Versions of the encoders whose vectors are kept: another than today's means that a rebuild is due."""

    def inventory(self) -> Iterator[Kept]:
        """What is here, document by document; one with entries of two versions comes twice."""

    def rebuild(self, entries: Iterable[Entry]) -> None:
        """Replace everything by these entries at once: searches find the old ones until all are in.

        Where it fails, the old ones stay and nothing of the new ones does.
        """

    def clear(self) -> None: ...
    def close(self) -> None: ...
