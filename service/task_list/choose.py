"""Which tasks a list holds: those of a document or all, narrowed as the pages narrow them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nlp.assignees import fit
from service.errors import NotFound
from service.ports import Ports
from service.records import StoredDocument, StoredTask
from service.references import resolve_document
from service.review.edit import in_order


@dataclass(frozen=True, slots=True)
class Choice:
    """Filters of a task list; each that is given must hold."""

    directive: str | None = None
    """``88/KH-UBND[@date]``."""
    document_id: int | None = None
    unit: str | None = None
    """Lead or coordinator, also as a member of a collective."""
    class_: str | None = None
    confirmed: bool | None = None
    removed: bool = False


def choose(app: Ports, choice: Choice) -> Iterator[tuple[StoredTask, StoredDocument]]:
    """The tasks with their documents, by document and place."""
    for document in _documents(app, choice):
        tasks = app.store.tasks(document_id=document.id, class_=choice.class_, removed=choice.removed)
        for stored in in_order(tasks):
            if choice.confirmed in (None, stored.confirmed) and _concerns(stored, choice.unit):
                yield stored, document


def _documents(app: Ports, choice: Choice) -> list[StoredDocument]:
    if choice.document_id is not None:
        found = app.store.document(choice.document_id)
        if found is None:
            raise NotFound(f"Không có văn bản số {choice.document_id} trong kho.")
        return [found]
    if choice.directive:
        return resolve_document(app.store, choice.directive)
    ids = [count.document_id for count in app.store.task_counts()]
    return [document for number in ids if (document := app.store.document(number)) is not None]


def _concerns(stored: StoredTask, unit: str | None) -> bool:
    return not unit or any(fit(unit, name) for name in (*stored.task.lead, *stored.task.coordinators))
