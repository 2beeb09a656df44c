"""What there is to see as of a date: directives, their tasks, the statements linked to them, what is unmatched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.model import Report
from service.gaps.evidence import claim, done_dates, has_evidence
from service.gaps.model import Answer, GapQuery
from service.periods import Span, parse_span
from service.records import Link, StoredDocument, StoredItem, StoredTask
from service.store.ports import Store

_PAGE = 5_000
"""Rows asked for at once: under the limit of variables in one SQL statement."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The store as the question sees it."""

    as_of: dt.date
    directives: dict[int, StoredDocument]
    tasks: tuple[StoredTask, ...]
    answers: dict[int, tuple[Answer, ...]]
    """By the task's store id."""
    unmatched: tuple[StoredDocument, ...]
    """Reports of which no statement is linked to any task."""
    last_intake: dt.datetime | None
    unread: int


def look(store: Store, query: GapQuery, directives: Sequence[StoredDocument] | None) -> Seen:
    """The store as of the query's two clocks; ``directives`` narrows the tasks (None: all documents)."""
    as_of = query.as_of or dt.datetime.now(query.zone).date()
    known = [document for document in _documents(store) if _known(document.known_at, query)]
    documents = {document.id: document for document in known if document.effective <= as_of}
    tasks = tuple(_tasks(store, query, documents, directives))
    narrowed = None if directives is None else [document.id for document in directives]
    links = store.links(directive_ids=narrowed, active=True, known_at=query.known_at)
    answers = _answers(store, links, {task.id: task for task in tasks}, documents)
    linked = store.linked_reports(known_at=query.known_at)
    return Seen(
        as_of=as_of,
        directives={number: documents[number] for number in {task.document_id for task in tasks}},
        tasks=tasks,
        answers=answers,
        unmatched=tuple(d for d in documents.values() if d.role == "report" and d.id not in linked),
        last_intake=max((document.known_at for document in known), default=None),
        unread=sum(document.status == "failed" for document in known),
    )


def _known(moment: dt.datetime | None, query: GapQuery) -> bool:
    return query.known_at is None or moment is None or moment <= query.known_at


def _documents(store: Store) -> Iterator[StoredDocument]:
    offset = 0
    while page := store.documents(limit=_PAGE, offset=offset):
        yield from page
        offset += len(page)


def _tasks(
    store: Store, query: GapQuery, documents: dict[int, StoredDocument], directives: Sequence[StoredDocument] | None
) -> Iterator[StoredTask]:
    known = query.known_at
    found = (
        store.tasks(known_at=known)
        if directives is None
        else [task for document in directives for task in store.tasks(document_id=document.id, known_at=known)]
    )
    for task in found:
        document = documents.get(task.document_id)
        if document is not None and document.role != "report":
            yield task


def _items(store: Store, links: Sequence[Link]) -> Iterator[StoredItem]:
    ids = sorted({link.item_id for link in links})
    for start in range(0, len(ids), _PAGE):
        yield from store.items(ids=ids[start : start + _PAGE])


def _answers(
    store: Store,
    links: Sequence[Link],
    tasks: dict[int, StoredTask],
    documents: dict[int, StoredDocument],
) -> dict[int, tuple[Answer, ...]]:
    items = {stored.id: stored for stored in _items(store, [link for link in links if link.task_id in tasks])}
    reports = store.report_heads(sorted({stored.document_id for stored in items.values()} & documents.keys()))
    found: dict[int, list[Answer]] = {}
    for link in links:
        stored, task = items.get(link.item_id), tasks.get(link.task_id or 0)
        if stored is None or task is None or (document := documents.get(stored.document_id)) is None:
            continue
        symbol = documents[task.document_id].header.symbol
        answer = _answer(link, stored, task, document, reports.get(document.id), symbol)
        found.setdefault(task.id, []).append(answer)
    return {number: tuple(sorted(group, key=lambda answer: answer.arrived)) for number, group in found.items()}


def _answer(
    link: Link,
    stored: StoredItem,
    task: StoredTask,
    document: StoredDocument,
    report: Report | None,
    symbol: str | None,
) -> Answer:
    return Answer(
        link=link,
        stored=stored,
        report=document,
        unit=(report.unit if report else None) or document.header.issuer,
        arrived=document.effective,
        claimed=claim(stored.item),
        evidence=has_evidence(stored.item, task.task, symbol),
        dates=done_dates(stored.item.text),
        span=_span(report),
    )


def _span(report: Report | None) -> Span | None:
    period = report.period if report else None
    if period is None:
        return None
    if period.from_ and period.to:
        return Span(period.label, period.from_, period.to)
    return parse_span(period.label)
