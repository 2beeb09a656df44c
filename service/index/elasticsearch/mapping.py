"""What our index looks like on the server: every field named, nothing guessed; how entries go in and hits come out.

Terms are made by ``service.index.analysis`` and only split at spaces here: the server needs no language plugin, and
both engines see the same. One shard, so that the weight of a word is counted over everything; a replica as soon as
there is a second node. The view changes only by ``refresh``: a document never shows half of its entries.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

from service.index.ports import Entry, Hit, Vector

VERSION: Final = 1
"""Goes up when the mapping or the analysed fields change: a new index is filled beside the old one."""
LARGEST: Final = 100_000
"""Hits of one search at most."""
_SEARCHED: Final = {"type": "text", "analyzer": "whitespace", "index_options": "freqs"}
_KEYWORD: Final = {"type": "keyword"}
SETTINGS: Final[dict[str, Any]] = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    "refresh_interval": "-1",
    "max_result_window": LARGEST,
    "max_terms_count": 1_000_000,
}
MAPPINGS: Final[dict[str, Any]] = {
    "dynamic": "strict",
    # Only what a hit shows: terms and vectors are searched, not read back, and make two thirds of the size.
    "_source": {"includes": ["kind", "document_id", "ref", "locator", "places", "places.*"]},
    "_meta": {"owner": "dondoc", "version": VERSION},
    "properties": {
        "id": _KEYWORD,
        "kind": _KEYWORD,
        "document_id": {"type": "integer"},
        "ref": {"type": "integer", "index": False, "doc_values": False},
        "text": _SEARCHED,
        "folded": _SEARCHED,
        "symbols": _KEYWORD,
        "units": _KEYWORD,
        "doc_kind": _KEYWORD,
        "issuer": _KEYWORD,
        "date": _KEYWORD,
        "locator": {"type": "keyword", "index": False, "doc_values": False},
        "places": {"type": "object", "enabled": False},
        "version": _KEYWORD,
        "encoder": _KEYWORD,
    },
}
_LONGEST_KEYWORD: Final = 32_000
"""Bytes of a keyword that the server takes are 32,766."""


def vector_field(encoder: str) -> str:
    """Each encoder has a field of its own: another may give vectors of another length."""
    return f"vector_{hashlib.sha256(encoder.encode()).hexdigest()[:12]}"


def vector_mapping(vector: Vector) -> dict[str, Any]:
    """A vector field that is searched exactly: the server compares with every vector that passes the filters."""
    exact = {"type": "flat"}
    field = {"type": "dense_vector", "dims": len(vector.values), "similarity": "cosine", "index_options": exact}
    return {vector_field(vector.encoder): field}


def source(entry: Entry) -> dict[str, Any]:
    """What is sent for an entry; empty fields are left out."""
    given: dict[str, Any] = {
        "id": entry.id,
        "kind": entry.kind,
        "document_id": entry.document_id,
        "ref": entry.ref,
        "text": entry.text,
        "folded": entry.folded,
        "symbols": [_short(symbol) for symbol in entry.symbols],
        "units": [_short(unit) for unit in entry.units],
        "doc_kind": _short(entry.doc_kind or ""),
        "issuer": _short(entry.issuer or ""),
        "date": entry.date,
        "locator": list(entry.locator),
        "version": entry.version,
    }
    if entry.places:
        given["places"] = {"list": [[offset, list(locator)] for offset, locator in entry.places]}
    if entry.vector is not None and any(entry.vector.values):  # the cosine with nothing is not defined
        given["encoder"] = entry.vector.encoder
        given[vector_field(entry.vector.encoder)] = list(entry.vector.values)
    return {name: value for name, value in given.items() if value not in (None, "", [])}


def hit(found: dict[str, Any], score: float) -> Hit:
    """A hit of the server as the port tells it."""
    kept = found["_source"]
    places = kept.get("places", {}).get("list", [])
    return Hit(
        id=found["_id"],
        kind=kept["kind"],
        document_id=kept["document_id"],
        ref=kept["ref"],
        score=score,
        locator=tuple(kept.get("locator", ())),
        places=tuple((offset, tuple(locator)) for offset, locator in places),
    )


def _short(value: str) -> str:
    data = value.encode("utf-8", "replace")
    return value if len(data) <= _LONGEST_KEYWORD else data[:_LONGEST_KEYWORD].decode("utf-8", "ignore")
