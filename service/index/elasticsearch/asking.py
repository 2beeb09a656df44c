"""A query of the port in the server's words; scores are those of the embedded index (both BM25, k1 1.2, b 0.75)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from service.index.elasticsearch.mapping import LARGEST, vector_field
from service.index.ports import Query

MARKED_BOOST: Final = 1.5
"""A term that agrees with its marks says more than one that agrees without (as in the embedded index)."""
_MOST_TERMS: Final = 500
"""Terms of each field that are looked for; a server refuses queries of some thousands."""
_DIGITS: Final = 8
"""Behind the point of a number of unit length: what a float of 32 bits holds, not twice as many."""
_CANDIDATES: Final = 10_000
"""What the server allows; with exact vectors it only bounds the hits."""


def body(query: Query) -> dict[str, Any]:
    """The body of a search request."""
    size = min(max(1, query.limit), LARGEST)
    common = {"track_total_hits": False, **({"_source": False} if query.bare else {})}
    filters = list(_filters(query))
    if query.vector is not None:
        size = min(size, _CANDIDATES)
        knn = {
            "field": vector_field(query.vector.encoder),
            "query_vector": [round(value, _DIGITS) for value in query.vector.values],
            "k": size,
            "num_candidates": size,
            # entries without such a vector would come behind the others with a score of 0
            "filter": [*filters, {"term": {"encoder": query.vector.encoder}}],
        }
        return {**common, "size": size, "knn": knn}
    asked: dict[str, Any] = {"bool": {"filter": filters}} if filters else {"match_all": {}}
    terms = [*_terms("text", query.text, MARKED_BOOST), *_terms("folded", query.folded, 1.0)]
    if terms:
        asked = {"bool": {"filter": filters, "should": terms, "minimum_should_match": 1}}
    return {**common, "size": size, "query": asked}


def score(query: Query, given: float | None) -> float:
    """A score of the server on the port's scale: it tells a cosine as (1 + cosine) / 2."""
    if given is None:
        return 0.0
    return 2 * given - 1 if query.vector is not None else given


def _terms(field: str, text: str, boost: float) -> Iterator[dict[str, Any]]:
    """Any of the terms: one string, split at spaces on the server, which reads it quicker than a query a term."""
    terms = list(dict.fromkeys(text.split()))[:_MOST_TERMS]
    if terms:
        yield {"match": {field: {"query": " ".join(terms), "boost": boost}}}


def _filters(query: Query) -> Iterator[dict[str, Any]]:
    if query.kind is not None:
        yield {"term": {"kind": query.kind}}
    if query.doc_kind is not None:
        yield {"term": {"doc_kind": query.doc_kind}}
    if query.symbols:
        yield {"terms": {"symbols": list(query.symbols)}}
    if query.units:
        yield {"terms": {"units": list(query.units)}}
    if query.document_ids is not None:
        yield {"terms": {"document_id": list(query.document_ids)}}
