"""The embedded index: tantivy in a folder. Queries are built by its API; nothing a user types is ever parsed.

tantivy allows one writer at a time over all processes. The writer is held from the first ``put`` until ``refresh``;
where another process holds it, ``put`` raises IndexBusy and the caller leaves the work in the outbox. tantivy keeps no
vectors: they stand in a file beside it (``service.index.vectors``), written under the same lock.
"""

from __future__ import annotations

import shutil
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import tantivy

from service.errors import IndexBusy
from service.index.ports import Entry, Hit, Kept, Place, Query
from service.index.vectors import VectorFile

VERSION: Final = 6
"""Goes up when the schema or the analysed fields change: the old folder is left aside and a new index is filled."""
_HEAP: Final = 50_000_000
_MARKED_BOOST: Final = 1.5
"""A term that agrees with its marks says more than one that agrees without."""
_LEVELS: Final = "\x1f"
_PLACES: Final = "\x1e"


class EmbeddedIndex:
    """``service.index.ports.Index`` on tantivy."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / f"v{VERSION}"
        self._schema = _schema()
        self._index = _open(self._schema, self._folder)
        self._vectors = VectorFile(self._folder / "vectors.sqlite")
        self._writer: Any = None
        self._lock = threading.RLock()

    def put(self, entries: Iterable[Entry]) -> None:
        """Add or replace entries by id; visible after ``refresh``."""
        with self._lock:
            writer = self._writing()
            for entry in entries:
                writer.delete_documents_by_term("id", entry.id)
                writer.add_document(_document(entry))
                self._vectors.put(entry)

    def remove_document(self, document_id: int) -> None:
        """Take a document's entries out; visible after ``refresh``."""
        with self._lock:
            # delete_documents_by_term would take the number for a signed one and find nothing
            mine = tantivy.Query.term_query(self._schema, "document_id", document_id)
            self._writing().delete_documents_by_query(mine)
            self._vectors.remove_document(document_id)

    def refresh(self) -> None:
        """Make changes visible, and give the writer free for other processes."""
        with self._lock:
            if self._writer is not None:
                writer, self._writer = self._writer, None
                self._vectors.commit()  # killed between the two, the outbox still has the documents
                writer.commit()
                writer.wait_merging_threads()
            self._index.reload()

    def search(self, query: Query) -> list[Hit]:
        """The best entries first."""
        if query.vector is not None:
            return self._vectors.search(query)
        self._index.reload()  # another process may have written; it costs 70 µs
        searcher = self._index.searcher()
        found = searcher.search(self._build(query), limit=max(1, query.limit)).hits
        return [_hit(searcher.doc(address).to_dict(), score) for score, address in found]

    def search_many(self, queries: Sequence[Query]) -> list[list[Hit]]:
        """The hits of each query."""
        return [self.search(query) for query in queries]

    def count(self) -> int:
        """Entries in the index."""
        self._index.reload()
        return int(self._index.searcher().num_docs)

    def available(self) -> bool:
        """A folder is always there."""
        return True

    def encoders(self) -> frozenset[str]:
        """Versions of the encoders whose vectors are kept."""
        return self._vectors.encoders()

    def inventory(self) -> Iterator[Kept]:
        """For each document and version of it, how many entries are here."""
        self._index.reload()
        searcher = self._index.searcher()
        if not searcher.num_docs:
            return
        found = searcher.search(tantivy.Query.all_query(), limit=searcher.num_docs).hits
        rows = (searcher.doc(address).to_dict() for _, address in found)
        counted = Counter((row["document_id"][0], row.get("version", [""])[0]) for row in rows)
        for (document_id, version), entries in sorted(counted.items()):
            yield Kept(document_id, version, entries)

    def rebuild(self, entries: Iterable[Entry]) -> None:
        """Replace everything at once: others see the old entries until the one commit at the end."""
        with self._lock:
            try:
                self._writing().delete_all_documents()
                self._vectors.clear()
                self.put(entries)
                self.refresh()
            except BaseException:
                self._give_up()
                raise

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._writing().delete_all_documents()
            self._vectors.clear()
            self.refresh()

    def close(self) -> None:
        """Give the writer free; what was not refreshed is given up, the outbox still has it."""
        with self._lock:
            self._give_up()
            self._vectors.close()

    def _give_up(self) -> None:
        if self._writer is not None:
            writer, self._writer = self._writer, None
            writer.rollback()
        self._vectors.rollback()

    def _writing(self) -> Any:  # noqa: ANN401 - tantivy publishes no types
        if self._writer is None:
            try:
                self._writer = self._index.writer(_HEAP, 1)
            except ValueError as error:
                if "LockBusy" not in str(error):
                    raise
                raise IndexBusy("Chỉ mục đang được một tiến trình khác cập nhật") from error
        return self._writer

    def _build(self, query: Query) -> Any:  # noqa: ANN401 - tantivy publishes no types
        q, must = tantivy.Query, tantivy.Occur.Must
        filters = [
            q.const_score_query(q.term_set_query(self._schema, field, list(values)), 0.0)
            for field, values in _filters(query)
        ]
        terms = self._terms("text", query.text, _MARKED_BOOST) + self._terms("folded", query.folded, 1.0)
        if terms:
            filters.append(q.boolean_query(terms))
        return q.boolean_query([(must, part) for part in filters]) if filters else q.all_query()

    def _terms(self, field: str, text: str, boost: float) -> list[tuple[Any, Any]]:
        q, should = tantivy.Query, tantivy.Occur.Should
        terms = dict.fromkeys(text.split())
        return [(should, q.boost_query(q.term_query(self._schema, field, term), boost)) for term in terms]


def _filters(query: Query) -> Iterable[tuple[str, Iterable[object]]]:
    if query.kind is not None:
        yield "kind", [query.kind]
    if query.doc_kind is not None:
        yield "doc_kind", [query.doc_kind]
    if query.symbols:
        yield "symbols", query.symbols
    if query.units:
        yield "units", query.units
    if query.document_ids is not None:
        yield "document_id", query.document_ids


def _schema() -> Any:  # noqa: ANN401 - tantivy publishes no types
    builder = tantivy.SchemaBuilder()
    for name in ("id", "kind"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("document_id", stored=True, indexed=True)
    builder.add_unsigned_field("ref", stored=True)
    for name in ("text", "folded"):  # our own terms, joined by spaces
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in ("symbols", "units", "doc_kind", "issuer", "date"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("locator", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("version", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("places", stored=True, indexed=False)
    return builder.build()


def _open(schema: Any, folder: Path) -> Any:  # noqa: ANN401 - tantivy publishes no types
    """The index in ``folder``; one that cannot be opened is thrown away, since it is only a cache."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return tantivy.Index(schema, path=str(folder))
    except ValueError:
        shutil.rmtree(folder)
        folder.mkdir(parents=True)
        return tantivy.Index(schema, path=str(folder))


def _document(entry: Entry) -> Any:  # noqa: ANN401 - tantivy publishes no types
    single = {"doc_kind": entry.doc_kind, "issuer": entry.issuer, "date": entry.date}
    document = tantivy.Document(
        id=entry.id,
        kind=entry.kind,
        text=entry.text,
        folded=entry.folded,
        symbols=list(entry.symbols),
        units=list(entry.units),
        locator=_LEVELS.join(entry.locator),
        version=entry.version,
        **{name: value for name, value in single.items() if value},
    )
    document.add_unsigned("document_id", entry.document_id)
    document.add_unsigned("ref", entry.ref)
    document.add_bytes("places", _PLACES.join(map(_told, entry.places)).encode())
    return document


def _hit(stored: dict[str, list[Any]], score: float) -> Hit:
    locator = stored.get("locator", [""])[0]
    return Hit(
        id=stored["id"][0],
        kind=stored["kind"][0],
        document_id=stored["document_id"][0],
        ref=stored["ref"][0],
        score=score,
        locator=tuple(locator.split(_LEVELS)) if locator else (),
        places=tuple(_place(place) for place in bytes(stored["places"][0]).decode().split(_PLACES) if place),
    )


def _told(place: Place) -> str:
    return _LEVELS.join((str(place[0]), *place[1]))


def _place(text: str) -> Place:
    offset, *locator = text.split(_LEVELS)
    return int(offset), tuple(locator)
