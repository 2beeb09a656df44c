"""Roles that name nobody ("các đơn vị được giao chủ trì chỉ số thành phần"): who fills them by a table of another text.

A proposal for a person to accept as a group (domain-vn 1.9): nothing follows from it by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from nlp.registry.collectives import flat, is_role
from service.records import StoredDocument
from service.store.ports import DocumentStore

_THING: Final = re.compile(r"chỉ số thành phần|chỉ số|tiêu chí thành phần|tiêu chí|chỉ tiêu")


@dataclass(frozen=True, slots=True)
class AssignmentTable:
    """The units that a document's tables put in charge of what the role is about, as printed there."""

    document: StoredDocument
    units: tuple[str, ...]


def assignment_tables(store: DocumentStore, document_id: int, role: str) -> tuple[AssignmentTable, ...]:
    """Tables of the text itself and of what it cites that may fill ``role``; none where the words are no such role."""
    thing = _THING.search(flat(role))
    if not is_role(role) or thing is None:
        return ()
    cited = (number for one in store.citations(document_id) for number in one.resolved)
    found = (_table(store, number, thing[0]) for number in dict.fromkeys((document_id, *cited)))
    return tuple(table for table in found if table is not None)


def _table(store: DocumentStore, document_id: int, thing: str) -> AssignmentTable | None:
    document = store.document(document_id)
    units = tuple(dict.fromkeys(_leads(store, document_id, thing)))
    return AssignmentTable(document, units) if document and units else None


def _leads(store: DocumentStore, document_id: int, thing: str) -> Iterator[str]:
    for stored in store.tasks(document_id=document_id):
        task = stored.task
        about = flat(" ".join((*task.section, task.text)))
        if task.in_table and stored.vanished_at is None and thing in about:
            yield from task.lead
