"""Brings the search index up to the database: the outbox says what is behind, one process at a time applies it.

The index is a cache: where its server is down the queue waits, and ``sweep`` finds and mends what differs for any other
reason (a restored backup, an index that was deleted or written by a killed process).
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from service.errors import IndexBusy, IndexUnavailable
from service.index.analysis import entries
from service.index.ports import Entry, Kept
from service.ports import Ports, Progress, silent
from service.records import StoredDocument

_BATCH = 50
_PAGE = 1_000
_PATIENCE = 60.0
"""Seconds that a rebuild waits for another process that writes."""
PHASE = "lập chỉ mục"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sweep:
    """What a sweep found: documents looked at, those to index again, those that the store does not know."""

    documents: int
    behind: int
    unknown: int


def apply_outbox(app: Ports, *, progress: Progress = silent, patience: float = 0.0) -> int:
    """Index what is queued and tell how many documents that was.

    While another process holds the index, this one waits up to ``patience`` seconds and then leaves the queue to it.
    Where the search server is down, the queue stays and 0 or what was done so far is told.
    """
    until = time.monotonic() + patience
    done = 0
    while True:
        mark = app.store.outbox_mark()  # a document that is read again meanwhile stays queued
        if not (queued := app.store.outbox(_BATCH)):
            return done
        try:
            _apply(app, queued)
        except IndexBusy:
            if time.monotonic() >= until:
                return done
            time.sleep(0.1)
            continue
        except IndexUnavailable as error:
            _log.warning("the index lags behind: %s", error)
            return done
        app.store.outbox_done(queued, mark=mark)  # killed before this line, the same entries are put again: same result
        done += len(queued)
        progress(done, done, PHASE)


def reindex(app: Ports, *, progress: Progress = silent) -> int:
    """Build the whole index anew beside the old one, in which searches go on; tells how many documents it has.

    IndexUnavailable, and the old index as it was, where the server goes away meanwhile.
    """
    total = app.store.count_documents()
    until = time.monotonic() + _PATIENCE
    while True:
        mark, seen = app.store.outbox_mark(), list[int]()
        try:
            app.index.rebuild(_everything(app, seen, total, progress))
        except IndexBusy:
            if time.monotonic() >= until:
                raise
            time.sleep(0.5)
            continue
        app.store.outbox_done(seen, mark=mark)
        apply_outbox(app, patience=_PATIENCE)  # what came in meanwhile
        return len(seen)


def sweep(app: Ports) -> Sweep:
    """Compare the index with the store and queue what differs; nothing that agrees is touched."""
    queued = set(app.store.outbox(limit=1_000_000))
    kept: dict[int, list[Kept]] = {}
    for one in app.index.inventory():
        kept.setdefault(one.document_id, []).append(one)
    behind, documents = [], 0
    for document in _documents(app):
        documents += 1
        there = kept.pop(document.id, [])
        if document.id not in queued and not _whole(document, there):
            behind.append(document.id)
    unknown = sorted(kept)
    if behind:
        app.store.outbox_add(behind)
    if unknown:
        for document_id in unknown:
            app.index.remove_document(document_id)
        app.index.refresh()
    return Sweep(documents, len(behind), len(unknown))


def _whole(document: StoredDocument, there: Sequence[Kept]) -> bool:
    """Whether the entries are those of the last reading, all of them."""
    if document.status == "failed":
        return not there
    return len(there) == 1 and there[0].version == _version(document, there[0].entries)


def _version(document: StoredDocument, entries: int) -> str:
    read = (document.read_at or document.known_at).astimezone(dt.UTC)
    return f"{read.isoformat(timespec='microseconds')}#{entries}"


def _apply(app: Ports, document_ids: list[int]) -> None:
    for document_id in document_ids:
        app.index.remove_document(document_id)
    for document_id in document_ids:
        document = app.store.document(document_id)
        if document is not None:
            app.index.put(_entries(app, document))
    app.index.refresh()


def _everything(app: Ports, seen: list[int], total: int, progress: Progress) -> Iterator[Entry]:
    for document in _documents(app):
        yield from _entries(app, document)
        seen.append(document.id)
        progress(len(seen), max(total, len(seen)), PHASE)


def _entries(app: Ports, document: StoredDocument) -> list[Entry]:
    """All entries of a document, each with the version that the sweep compares; none of a failed one."""
    if document.status == "failed":
        return []
    tasks = [task for task in app.store.tasks(document_id=document.id) if task.vanished_at is None]
    layout, citations = app.store.layout(document.id), app.store.citations(document.id)
    made = list(entries(document, layout, citations, tasks, app.encoder))
    version = _version(document, len(made))
    return [replace(entry, version=version) for entry in made]


def _documents(app: Ports) -> Iterator[StoredDocument]:
    offset = 0
    while page := app.store.documents(limit=_PAGE, offset=offset):
        yield from page
        offset += len(page)
