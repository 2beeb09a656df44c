"""``service.index.ports.Index`` on Elasticsearch.

Every process reads and writes by an alias, ``dondoc-v1``; a rebuild fills a new index beside the old one and turns the
alias over in one step, so searches never see a part. One process writes at a time (``lock``); killed at any moment, the
outbox still has what is missing, since ids are ours and putting again gives the same.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from elasticsearch import ApiError, BadRequestError, TransportError
from elasticsearch.helpers import BulkIndexError, streaming_bulk

from service.errors import IndexUnavailable
from service.index.elasticsearch import asking, mapping
from service.index.elasticsearch.client import Server, check_version, connect, raise_for, telling
from service.index.elasticsearch.lock import WriterLock
from service.index.ports import Entry, Hit, Kept, Query, Vector, bare_hit

_CHUNK: Final = 500
_CHUNK_BYTES: Final = 5_000_000
_PAGE: Final = 2_000
_TOGETHER: Final = 200
"""Searches in one request."""
_ANSWERED: Final = (
    "responses.status", "responses.error",
    "responses.hits.hits._id", "responses.hits.hits._score", "responses.hits.hits._source",
)  # fmt: skip
"""What the server sends of its answers: a report's searches find some five thousand entries. The status is there for
every search, so that one without hits is not left out."""
_TRIES: Final = 8
"""Times that an entry which the server could not take is sent again, 0.5 to 20 seconds apart."""
_PASSING: Final = (429, 502, 503, 504)
_WRITE_TIMES: Final = 6
_MERGES: Final = 1800.0
_QUICK: Final = 2.0
_NO_SUCH_VECTOR: Final = ("does not exist in the mapping", "dimension")
"""What the server says of a vector of an encoder, or of a length, that was never put."""


class ElasticIndex:
    """An index on one server or a cluster. The first call looks at the server."""

    def __init__(self, server: Server) -> None:
        self._client = connect(server)
        self._writes = self._client.options(request_timeout=server.timeout * _WRITE_TIMES)
        self._prefix = server.prefix
        self._alias = f"{server.prefix}-v{mapping.VERSION}"
        self._writer = WriterLock(self._writes, f"{server.prefix}-lock")
        self._lock = threading.RLock()
        self._gone: set[int] = set()
        self._mapped: set[str] = set()
        self._ready = False

    def put(self, entries: Iterable[Entry]) -> None:
        """Add or replace entries by id; visible after ``refresh``."""
        with self._lock, self._telling():
            self._writing()
            self._take_out()
            self._send(self._alias, entries)

    def remove_document(self, document_id: int) -> None:
        """Take a document's entries out; visible after ``refresh``."""
        with self._lock, self._telling():
            self._writing()
            self._gone.add(document_id)

    def refresh(self) -> None:
        """Make changes visible, and give the lock free for other processes."""
        with self._lock, self._telling():
            self._prepare()
            self._take_out()
            self._writes.indices.refresh(index=self._alias)
            self._writer.release()

    def rebuild(self, entries: Iterable[Entry]) -> None:
        """Fill a new index, then turn the alias over; where it fails, the new one goes and the old one stays."""
        with self._lock, self._telling():
            self._writing()
            self._gone.clear()
            name = f"{self._alias}-{time.time_ns() // 1_000_000}-{secrets.token_hex(3)}"
            self._create(name)
            try:
                self._send(name, entries)
                self._writes.indices.refresh(index=name)
                # One segment: quicker to search, and rid of the copies that the server keeps for replicas that lag.
                self._writes.indices.flush(index=name)
                self._client.options(request_timeout=_MERGES).indices.forcemerge(index=name, max_num_segments=1)
                self._writes.indices.refresh(index=name)
                self._turn_over(name)
            except BaseException:
                self._discard(name)
                raise
            self._writer.release()

    def search(self, query: Query) -> list[Hit]:
        """The best entries first."""
        return self.search_many([query])[0]

    def search_many(self, queries: Sequence[Query]) -> list[list[Hit]]:
        """The hits of each query, some hundred of them in one request: a report asks that many at once."""
        found: list[list[Hit]] = []
        for start in range(0, len(queries), _TOGETHER):
            some = queries[start : start + _TOGETHER]
            with self._telling():
                self._prepare()
                lines = [
                    line for query in some for line in ({"allow_partial_search_results": False}, asking.body(query))
                ]
                answers = self._client.msearch(index=self._alias, searches=lines, filter_path=_ANSWERED)["responses"]
                found += [self._hits(query, answer) for query, answer in zip(some, answers, strict=True)]
        return found

    @staticmethod
    def _hits(query: Query, answer: dict[str, Any]) -> list[Hit]:
        if "error" in answer:
            raise_for(answer, harmless=_NO_SUCH_VECTOR if query.vector is not None else ())
            return []
        hits = answer.get("hits", {}).get("hits", ())
        scored = ((found, asking.score(query, found["_score"])) for found in hits)
        if query.bare:
            return [bare_hit(found["_id"], score) for found, score in scored]
        return [mapping.hit(found, score) for found, score in scored]

    def bytes_on_disk(self) -> int:
        """Size of the index without its replicas."""
        with self._telling():
            self._prepare()
            stats = self._client.indices.stats(index=self._alias, metric="store")
        return int(stats["_all"]["primaries"]["store"]["size_in_bytes"])

    def drop(self) -> None:
        """Take everything of this installation off the server: its indices and its lock."""
        with self._lock, self._telling():
            names = [*self._writes.indices.get(index=f"{self._prefix}-v*-*"), f"{self._prefix}-lock"]
            self._writes.indices.delete(index=",".join(names), ignore_unavailable=True)
            self._ready = False

    def count(self) -> int:
        """Entries in the index."""
        with self._telling():
            self._prepare()
            return int(self._client.count(index=self._alias)["count"])

    def available(self) -> bool:
        """Whether the server answers, in two seconds and without another try."""
        try:
            self._client.options(request_timeout=_QUICK, max_retries=0).count(index=self._alias)
        except (ApiError, TransportError):
            return False
        return True

    def encoders(self) -> frozenset[str]:
        """Versions of the encoders whose vectors are kept."""
        with self._telling():
            self._prepare()
            asked = {"encoders": {"terms": {"field": "encoder", "size": 1000}}}
            found = self._client.search(index=self._alias, size=0, aggs=asked)
        return frozenset(bucket["key"] for bucket in found["aggregations"]["encoders"]["buckets"])

    def inventory(self) -> Iterator[Kept]:
        """For each document and version of it, how many entries are here."""
        after: dict[str, Any] = {}
        keys = [{"document_id": {"terms": {"field": "document_id"}}}, {"version": {"terms": {"field": "version"}}}]
        keys[1]["version"]["terms"]["missing_bucket"] = True  # type: ignore[assignment]
        while True:
            with self._telling():
                self._prepare()
                asked = {"kept": {"composite": {"size": _PAGE, "sources": keys, **after}}}
                found = self._client.search(index=self._alias, size=0, aggs=asked)["aggregations"]["kept"]
            for bucket in found["buckets"]:
                yield Kept(bucket["key"]["document_id"], bucket["key"]["version"] or "", bucket["doc_count"])
            if "after_key" not in found:
                return
            after = {"after": found["after_key"]}

    def clear(self) -> None:
        """Forget everything."""
        self.rebuild(())

    def close(self) -> None:
        """Give the lock and the connections free; what was not put yet is given up, the outbox still has it."""
        with self._lock:
            try:
                with telling():
                    self._writer.release()
            except Exception:  # noqa: BLE001, S110 - the lock ends by itself; closing must not fail when the server is gone
                pass
            self._client.close()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            with telling():
                yield
        except IndexUnavailable:
            self._ready = False  # when it is back it may be another server, or one without our index
            raise

    def _prepare(self) -> None:
        """Before the first use: the right server, and an index behind the alias."""
        if self._ready:
            return
        check_version(self._client)
        if not self._client.indices.exists_alias(name=self._alias):
            # The same name from every process: the second one finds that it is there already.
            self._create(f"{self._alias}-first", aliases={self._alias: {}})
        self._ready = True

    def _writing(self) -> None:
        self._prepare()
        self._writer.hold()

    def _create(self, name: str, **given: Any) -> None:  # noqa: ANN401 - the client's arguments
        try:
            self._writes.indices.create(index=name, settings=mapping.SETTINGS, mappings=mapping.MAPPINGS, **given)
        except BadRequestError as error:
            if error.error != "resource_already_exists_exception":
                raise

    def _take_out(self) -> None:
        """Delete the entries of the documents named, before new ones are put."""
        if not self._gone:
            return
        self._writes.indices.refresh(index=self._alias)  # what another writer put a moment ago is found too
        self._bulk(
            self._alias, ({"_op_type": "delete", "_index": self._alias, "_id": i} for i in self._ids(self._gone))
        )
        self._gone.clear()

    def _ids(self, documents: set[int]) -> Iterator[str]:
        """Ids of the entries of these documents, page by page."""
        mine = {"bool": {"filter": {"terms": {"document_id": sorted(documents)}}}}
        after: dict[str, Any] = {}
        while True:
            page = {"query": mine, "size": _PAGE, "sort": ["id"], "_source": False, "track_total_hits": False, **after}
            found = self._writes.search(index=self._alias, body=page, allow_partial_search_results=False)["hits"][
                "hits"
            ]
            yield from (one["_id"] for one in found)
            if len(found) < _PAGE:
                return
            after = {"search_after": found[-1]["sort"]}

    def _send(self, index: str, entries: Iterable[Entry]) -> None:
        self._bulk(index, self._actions(index, entries))

    def _bulk(self, index: str, actions: Iterable[dict[str, Any]]) -> None:
        """Send actions in pieces. A server that is behind says so (429): the next try waits, each time longer."""
        refused = []
        options: dict[str, Any] = {"require_alias": True} if index == self._alias else {}
        sent = streaming_bulk(
            self._writes,
            actions,
            chunk_size=_CHUNK,
            max_chunk_bytes=_CHUNK_BYTES,
            max_retries=_TRIES,
            initial_backoff=0.5,
            max_backoff=20,
            retry_on_status=_PASSING,
            raise_on_error=False,
            **options,
        )
        for number, (taken, result) in enumerate(sent):
            if not taken and any("error" in one for one in result.values()):  # to delete what is gone is none
                refused.append(result)
            if number % _CHUNK == 0:
                self._writer.hold()
        if refused:
            raise BulkIndexError("entries were refused", refused)

    def _actions(self, index: str, entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
        for entry in entries:
            if entry.vector is not None:
                self._map_vector(index, entry.vector)
            yield {"_op_type": "index", "_index": index, "_id": entry.id, "_source": mapping.source(entry)}

    def _map_vector(self, index: str, vector: Vector) -> None:
        key = f"{index}/{vector.encoder}"
        if key not in self._mapped:
            self._writes.indices.put_mapping(index=index, properties=mapping.vector_mapping(vector))
            self._mapped.add(key)

    def _turn_over(self, name: str) -> None:
        """The alias names the new index from now on; the old ones, of older versions and of failed rebuilds too, go."""
        old = [other for other in self._writes.indices.get(index=f"{self._prefix}-v*-*") if other != name]
        actions: list[dict[str, Any]] = [{"add": {"index": name, "alias": self._alias}}]
        actions += [{"remove_index": {"index": other}} for other in old]
        self._writes.indices.update_aliases(actions=actions)
        self._mapped.clear()

    def _discard(self, name: str) -> None:
        try:
            self._writes.indices.delete(index=name, ignore_unavailable=True)
            self._writer.release()
        except Exception:  # noqa: BLE001, S110 - the next rebuild takes it away; the first error is the one to tell
            pass
