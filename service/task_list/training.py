"""What people said about tasks, as training data in the form of the gold (tests/gold/README.md)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.text import fold
from nlp.contract import task_json
from service.ports import Ports
from service.records import StoredDocument, StoredTask
from service.review.edit import in_order

Json = dict[str, Any]


def corrections(app: Ports) -> Iterator[Json]:
    """One line for each document about whose tasks a person said something.

    ``tasks`` are those that people confirmed, corrected or added; ``not_tasks`` what the machine took for one and a
    person took off the list. ``complete`` tells whether every task of the document was confirmed: only then does what
    is not listed count as absent.
    """
    said = {stored.document_id for stored in app.store.corrected_tasks()}
    said |= {count.document_id for count in app.store.task_counts() if count.confirmed}
    for number in sorted(said):
        document = app.store.document(number)
        if document is not None:
            yield _line(document, in_order(app.store.tasks(document_id=number, removed=True)))


def _line(document: StoredDocument, tasks: list[StoredTask]) -> Json:
    there = [stored for stored in tasks if stored.removal is None]
    judged = [stored for stored in there if stored.confirmed or stored.corrections or stored.origin]
    gone = [stored for stored in tasks if stored.removal is not None and stored.removal.into is None]
    return {
        "file": document.file,
        "sha256": document.sha256,
        "reader": "people",
        "complete": bool(there) and all(stored.confirmed for stored in there),
        "tasks": [_task(stored) for stored in judged],
        "not_tasks": [
            {"text": fold(stored.task.text), "reason": stored.removal.reason} for stored in gone if stored.removal
        ],
    }


def _task(stored: StoredTask) -> Json:
    """A task in the gold's keys, with what the machine had read in the fields that were corrected."""
    whole = task_json(stored.task)
    keys = ("text", "lead", "coordinators", "deadline", "product", "target", "modality", "class", "section", "row")
    machine = {} if stored.origin else {_key(one.field): one.was for one in stored.corrections}
    return {
        **{key: whole[key] for key in keys},
        "text": fold(stored.task.text),
        "by": stored.confirmed_by or next((one.by for one in stored.corrections), None),
        "origin": stored.origin.kind if stored.origin else "extracted",
        "machine": machine,
    }


def _key(name: str) -> str:
    return name.rstrip("_")
