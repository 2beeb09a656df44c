"""Brings the search index up to the database: the outbox says what is behind, one process at a time applies it."""

from __future__ import annotations

import time

from service.errors import IndexBusy
from service.index.analysis import entries
from service.ports import Ports, Progress, silent

_BATCH = 50
PHASE = "lập chỉ mục"


def apply_outbox(app: Ports, *, progress: Progress = silent, patience: float = 0.0) -> int:
    """Index what is queued and tell how many documents that was.

    While another process holds the index, this one waits up to ``patience`` seconds and then leaves the queue to it.
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
        app.store.outbox_done(queued, mark=mark)  # killed before this line, the same entries are put again: same result
        done += len(queued)
        progress(done, done, PHASE)


def reindex(app: Ports, *, progress: Progress = silent) -> int:
    """Put every document anew; searches go on with the old entries meanwhile."""
    app.store.outbox_all()
    total = app.store.count_documents()

    def tell(done: int, _total: int, phase: str) -> None:
        progress(done, total, phase)

    return apply_outbox(app, progress=tell, patience=60.0)


def _apply(app: Ports, document_ids: list[int]) -> None:
    for document_id in document_ids:
        app.index.remove_document(document_id)
        document = app.store.document(document_id)
        if document is not None and document.status != "failed":
            tasks = [task for task in app.store.tasks(document_id=document_id) if task.vanished_at is None]
            layout, citations = app.store.layout(document_id), app.store.citations(document_id)
            app.index.put(entries(document, layout, citations, tasks))
    app.index.refresh()
