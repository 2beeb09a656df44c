"""Looking up legal references: a document by its symbol in any spelling, who cites it, passages by free words."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Any, Final

from corpus.tree import build_tree
from nlp.model import Relation
from nlp.symbols import find_symbols, symbol_key
from service.errors import Ambiguous, IndexUnavailable, InvalidInput, NotFound
from service.filters import Filters, Force, allowed
from service.index.analysis import label, passage_end
from service.index.asking import (
    Asked,
    SymbolKey,
    agreement,
    covers,
    find_place,
    marks,
    query_fields,
    told,
    understand,
    words_of,
)  # fmt: skip
from service.index.excerpts import LENGTH, excerpt, flat, locator_at
from service.index.ports import Hit, Query
from service.index.spelling import index_keys
from service.ports import Ports
from service.records import StoredCitation, StoredDocument
from service.store.ports import DocumentStore

Json = dict[str, Any]
_CITING: Final = 300
"""Citing passages looked at; more would not fit on any list."""
_MANY: Final = 4
"""Passages looked at for each line of the list: several may stand in one article."""
_ONLY_SYMBOLS: Final = (
    "Máy chủ tìm kiếm đang tạm dừng: lúc này chỉ tra cứu được bằng số, ký hiệu đầy đủ của văn bản có trong kho"
)
_PROVISION: Final = 1000
"""Characters of a provision that was asked for by its place."""
Mark = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One line of a result list. ``marks`` are offsets into ``passage``.

    ``why`` is ``symbol`` (the document asked for), ``cites`` (it cites that one), ``title``, ``text``, ``filter``, or
    ``store``: found by its symbol in the database, while the search server is down.
    """

    document: StoredDocument
    passage: str
    why: str
    locator: tuple[str, ...] = ()
    marks: tuple[tuple[int, int], ...] = ()
    score: float = 0.0
    start: int | None = None
    rank: int = 0

    def to_json(self) -> Json:
        """The line of ``dondoc search --format jsonl``."""
        header = self.document.header
        return {
            "rank": self.rank,
            "document": {
                "sha256": self.document.sha256,
                "symbol": header.symbol,
                "kind": header.kind,
                "issuer": header.issuer,
                "date": header.date.isoformat() if header.date else None,
                "title": header.title,
                "id": self.document.id,
                "file": self.document.file,
            },
            "locator": list(self.locator),
            "passage": self.passage,
            "marks": [list(mark) for mark in self.marks],
            "score": round(self.score, 4),
            "why": self.why,
            "start": self.start,
        }


@dataclass(frozen=True, slots=True)
class Citing:
    """A citation seen from the document that it cites."""

    document: StoredDocument
    """The citing document."""
    citation: StoredCitation

    @property
    def id(self) -> int:
        """The citation's id in the store."""
        return self.citation.id

    @property
    def relation(self) -> Relation:
        """What the citing document does with the cited one."""
        return self.citation.citation.relation

    def to_json(self) -> Json:
        """The entry of ``/documents/{id}/cited-by``."""
        cited, header = self.citation.citation, self.document.header
        return {
            "id": self.id,
            "document": {"id": self.document.id, "sha256": self.document.sha256, "symbol": header.symbol,
                         "kind": header.kind, "date": header.date.isoformat() if header.date else None},
            "relation": self.relation,
            "text": cited.text,
            "start": cited.start,
            "end": cited.end,
            "page": cited.page,
            "locators": [list(locator) for locator in cited.locators],
            "flags": [*cited.flags, *self.citation.flags],
        }  # fmt: skip


def resolve_document(store: DocumentStore, name: str) -> list[StoredDocument]:
    """The document that ``468/QĐ-TTg@2021-03-27`` or ``468/QĐ-TTg`` names; several only if they are copies of one.

    Ambiguous when the symbol was given out more than once; NotFound when the store has none.
    """
    symbol, _, day = name.partition("@")
    date = _day(day) if day else None
    found = store.by_symbol(symbol_key(symbol.strip()), date=date)
    if not found:
        raise NotFound(f"Trong kho không có văn bản “{name}”", name=name)
    if len({document.header.date for document in found if document.header.date}) > 1:
        keys = sorted({_name(document) for document in found})
        raise Ambiguous(f"“{name}” có thể là: {', '.join(keys)}", keys)
    return found


def cited_by(app: Ports, document_id: int) -> list[Citing]:
    """Citations of a document in others, in the order of intake; without those that mean another date's."""
    document = app.store.document(document_id)
    if document is None:
        raise NotFound("Không có văn bản này", document=document_id)
    found = app.store.citing(document_id)
    citing = {c.document_id: app.store.document(c.document_id) for c in found}
    return [Citing(kept, c) for c in found if (kept := citing[c.document_id]) is not None]


def search(
    app: Ports, query: str, *, limit: int = 20, kind: str | None = None, filters: Filters | None = None
) -> list[SearchHit]:
    """The best hits first: the documents that a symbol names, those that cite them, then passages by words.

    Without a query the filters alone tell which documents are listed, the newest first.
    """
    filters = filters or Filters(kind=kind)
    left = allowed(app.store, filters)
    if not query.strip() and filters:
        hits = islice(_listed(app, left, Force(app.store, filters.in_force_on)), limit)
        return [replace(hit, rank=rank) for rank, hit in enumerate(hits, 1)]
    asked = understand(query)
    if not asked.symbols and not query_fields(asked.words)[1]:
        raise InvalidInput("Cần có từ ngữ hoặc số, ký hiệu để tra cứu")
    if left is not None and not left:
        return []
    force = Force(app.store, filters.in_force_on)
    finder = _Finder(app, asked, limit * _MANY if filters.in_force_on else limit, left)
    try:
        found = list(islice((hit for hit in finder.hits() if force.holds(hit.document)), limit))
    except IndexUnavailable as error:
        known = _by_store(app, query, left)
        found = list(islice((hit for hit in known if force.holds(hit.document)), limit))
        if not found:
            raise IndexUnavailable(_ONLY_SYMBOLS) from error
    return [replace(hit, rank=rank) for rank, hit in enumerate(found, 1)]


def _by_store(app: Ports, query: str, left: set[int] | None) -> Iterator[SearchHit]:
    """Without the index: the documents that a whole symbol in the query names, which the database knows itself."""
    for key in dict.fromkeys(symbol_key(hit.symbol.canonical) for hit in find_symbols(query)):
        for document in reversed(app.store.by_symbol(key)):
            if left is None or document.id in left:
                yield SearchHit(document, document.header.title or "", "store", score=1.0)


def _listed(app: Ports, left: set[int] | None, force: Force) -> Iterator[SearchHit]:
    """Documents that the filters leave, the newest first."""
    ids = left if left is not None else app.store.matching()
    found = [document for i in ids if (document := app.store.document(i)) and force.holds(document)]
    for document in sorted(found, key=lambda d: (d.header.date or dt.date.min, d.id), reverse=True):
        yield SearchHit(document, document.header.title or "", "filter")


class _Finder:
    """One search: what was found so far, and the documents already read."""

    def __init__(self, app: Ports, asked: Asked, limit: int, left: set[int] | None) -> None:
        self._app = app
        self._asked = asked
        self._limit = limit
        self._left = sorted(left) if left is not None else None
        self._texts: dict[int, str] = {}
        self._documents: dict[int, StoredDocument | None] = {}

    def hits(self) -> Iterator[SearchHit]:
        """Hits in order; words that came with a symbol are searched too, and what only may be one that nobody bears.

        A whole symbol that nothing bears or cites finds nothing: its parts alone would find noise.
        """
        found = said = False
        for keys in self._asked.symbols:
            for hit in self._by_symbol(keys):
                found = True
                said = said or (hit.why == "symbol" and agreement(hit.document.header, self._asked)[0] == 1.0)
                yield hit
        words = self._asked.words or ("" if found or self._asked.exact else self._asked.text)
        if said and self._asked.telling:  # the words told which of several was meant
            return
        if words:
            yield from self._by_words(words)

    def _by_symbol(self, keys: Sequence[SymbolKey]) -> Iterator[SearchHit]:
        for key in keys:
            documents = self._named(key)
            for document in documents:
                yield self._named_hit(document, key.key)
            wanted = {symbol_key(d.header.symbol) for d in documents if d.header.symbol}
            if not documents or not self._asked.exact:  # also those that are only cited
                wanted.add(key.key)
            known_year = key.year is None or bool(documents)  # a key without the year asked for says too little
            citing = list(self._citing(wanted, {d.id for d in documents})) if known_year else []
            yield from citing
            if documents or citing:
                return

    def _named(self, key: SymbolKey) -> list[StoredDocument]:
        """The documents that bear the symbol, the newest first."""
        query = Query(kind="document", symbols=(key.key,), document_ids=self._left, limit=self._limit)
        documents = [d for hit in self._app.index.search(query) if (d := self._document(hit.document_id))]
        if key.year is not None:
            documents = [d for d in documents if d.header.date is None or d.header.date.year == key.year]
        agreed = {d.id: agreement(d.header, self._asked) for d in documents}
        if not self._asked.exact:  # a part of a symbol beside words that the header does not say is chance
            documents = [d for d in documents if agreed[d.id][0] >= 0.5]
        return sorted(documents, key=lambda d: (agreed[d.id], d.header.date or dt.date.min, -d.id), reverse=True)

    def _named_hit(self, document: StoredDocument, key: str) -> SearchHit:
        place = self._place(document)
        if place is not None:
            start, end, locator = place
            start, end = excerpt(self._text(document), (start, end), length=_PROVISION)
            passage = flat(self._text(document)[start:end])
            return SearchHit(document, passage, "symbol", locator, start=start, score=1.0)
        head = self._text(document)[: 2 * LENGTH]
        passage = flat(document.header.title or head[slice(*excerpt(head, (0, len(head))))])
        return SearchHit(document, passage, "symbol", marks=tuple(_symbol_marks(passage, {key})), score=1.0)

    def _place(self, document: StoredDocument) -> tuple[int, int, tuple[str, ...]] | None:
        """Where the place that was asked for (Điều 5 khoản 2) stands in the document."""
        if not self._asked.place:
            return None
        layout = self._app.store.layout(document.id)
        tree = build_tree(layout)
        found = find_place(tree, self._asked.place)
        if found is None:
            return None
        path, above = [], found
        while above >= 0:
            path.append(label(tree[above]))
            above = tree[above].parent
        node = tree[found]
        return node.start, node.body_end, tuple(path[::-1])

    def _citing(self, symbols: set[str], own: set[int]) -> Iterator[SearchHit]:
        """One hit for each document that cites one of the symbols, the newest first."""
        query = Query(kind="passage", symbols=tuple(symbols), document_ids=self._left, limit=_CITING)
        first: dict[int, Hit] = {}
        for hit in sorted(self._app.index.search(query), key=lambda hit: (hit.document_id, hit.ref)):
            first.setdefault(hit.document_id, hit)
        others = [(d, hit) for i, hit in first.items() if i not in own and (d := self._document(i))]
        others = [(document, hit) for document, hit in others if not _bears(document, symbols)]
        others.sort(key=lambda pair: pair[0].header.date or dt.date.min, reverse=True)
        for document, hit in others:
            shown = self._shown(document, hit, "cites", partial(_symbol_marks, keys=symbols))
            if self._asked.exact or told(self._asked, words_of(shown.passage)) >= 0.5:
                yield shown

    def _by_words(self, words: str) -> Iterator[SearchHit]:
        text, folded = query_fields(words)
        query = Query(text=text, folded=folded, document_ids=self._left, limit=self._limit * _MANY)
        find = partial(marks, words=words)
        for hit in self._app.index.search(replace(query, kind="document", limit=5)):
            document = self._document(hit.document_id)
            if document and covers(document.header.title or "", words):
                title = flat(document.header.title or "")
                yield SearchHit(document, title, "title", marks=tuple(find(title)), score=hit.score)
        for hit in _spread(self._app.index.search(replace(query, kind="passage")), max(1, self._limit // 2)):
            if document := self._document(hit.document_id):  # else the index is behind the database
                yield self._shown(document, hit, "text", find)

    def _shown(self, document: StoredDocument, hit: Hit, why: str, find: Callable[[str], Iterable[Mark]]) -> SearchHit:
        """A found passage, cut to what is around the marks, with the place where the first of them stands."""
        text, end = self._text(document), passage_end(self._text(document), hit.ref)
        found = [(hit.ref + low, hit.ref + high) for low, high in find(text[hit.ref : end])]
        start, end = excerpt(text, (hit.ref, end), found)
        seen = [(max(low, start) - start, min(high, end) - start) for low, high in found if low < end and high > start]
        locator = locator_at(hit.places, start + seen[0][0] if seen else start) or hit.locator
        return SearchHit(document, flat(text[start:end]), why, locator, tuple(seen), hit.score, start)

    def _document(self, document_id: int) -> StoredDocument | None:
        if document_id not in self._documents:
            self._documents[document_id] = self._app.store.document(document_id)
        return self._documents[document_id]

    def _text(self, document: StoredDocument) -> str:
        if document.id not in self._texts:
            self._texts[document.id] = self._app.store.text(document.id)
        return self._texts[document.id]


def _spread(hits: Iterable[Hit], most: int) -> list[Hit]:
    """One hit for an article; what one document has beyond ``most`` comes behind the others."""
    kept: list[Hit] = []
    rest: list[Hit] = []
    seen: set[tuple[int, object]] = set()
    count: Counter[int] = Counter()
    for hit in hits:
        article = next((level for level in hit.locator if level.startswith("Điều ")), hit.ref)
        if (hit.document_id, article) in seen:
            continue
        seen.add((hit.document_id, article))
        count[hit.document_id] += 1
        (kept if count[hit.document_id] <= most else rest).append(hit)
    return kept + rest


def _symbol_marks(passage: str, keys: Iterable[str]) -> Iterator[Mark]:
    wanted = set(keys)
    for hit in find_symbols(passage):
        printed = hit.symbol.canonical
        if wanted & set(index_keys(printed)):
            yield hit.start, hit.end


def _bears(document: StoredDocument, symbols: set[str]) -> bool:
    symbol = document.header.symbol
    return symbol is not None and bool(symbols & set(index_keys(symbol)))


def _name(document: StoredDocument) -> str:
    return document.key or document.file


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise InvalidInput(f"“{text}” không phải là ngày (ví dụ 2021-03-27)", date=text) from None
