"""What the store says about tasks: their directives, the statements linked to them, what people did about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from nlp.model import Report
from service.course import by_task
from service.duplicates import Double, doubles
from service.follow_records import Move
from service.gaps.evidence import claim, done_dates, gap_data, has_evidence
from service.gaps.model import Answer, GapQuery
from service.gaps.sources import Sources
from service.periods import Span, parse_span
from service.records import Link, StoredDocument, StoredItem, StoredTask
from service.store.ports import Store
from service.units import Directory, directory

_PART = 400
"""Rows asked for at once: under the limit of variables in one SQL statement."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Tasks with all that decides about their obligations, whatever day is asked about."""

    directives: dict[int, StoredDocument]
    tasks: tuple[StoredTask, ...]
    answers: dict[int, tuple[Answer, ...]]
    """By the task's store id, in the order of arrival."""
    moves: dict[int, list[Move]]
    doubles: dict[int, tuple[Double, ...]]
    """The same work issued elsewhere, by the task's store id; nothing where the past is asked about."""
    neighbours: dict[int, tuple[StoredTask, ...]]
    """All tasks of each directive: one of them may say by when the others are reported."""
    rivals: dict[int, int]
    """For a proposed link, how many tasks its statement may answer about equally well."""
    sources: Sources | None
    """What is known of bases and plans; None where the question is what the store knew earlier."""
    units: Directory
    """Who a printed name stands for, as of a day."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What has to be said beside "chưa báo cáo": how fresh the store is, and what of it answers nothing."""

    as_of: dt.date
    strays: tuple[tuple[str, str], ...] = ()
    """Reports of which no statement is linked to any task: name and issuer."""
    last_intake: dt.datetime | None = None
    unread: int = 0


def facts(store: Store, tasks: Sequence[StoredTask], query: GapQuery) -> Facts:
    """What the store says (or said, by ``known_at``) about these tasks."""
    documents = store.documents_by_id({task.document_id for task in tasks})
    directives = {n: d for n, d in documents.items() if d.role != "report" and known(d.known_at, query)}
    wanted = {t.id: t for t in tasks if t.document_id in directives and known(t.known_at, query)}
    links = _links(store, list(wanted), query)
    units = directory(store)
    return Facts(
        directives=directives,
        tasks=tuple(wanted.values()),
        answers=answers_of(store, links, wanted, directives, query),
        doubles=doubles(store, wanted.values()) if query.known_at is None else {},
        moves=by_task(store.moves(task_ids=list(wanted), known_at=query.known_at)),
        neighbours={n: tuple(store.tasks(document_id=n, known_at=query.known_at)) for n in directives},
        units=units,
        rivals=_rivals(store, links, query),
        sources=Sources(store) if query.known_at is None else None,
    )


def _rivals(store: Store, links: Sequence[Link], query: GapQuery) -> dict[int, int]:
    """Proposals beside which another task of the same statement scores about as high."""
    open_ = [link for link in links if link.decision != "confirmed"]
    by_item: dict[int, list[Link]] = {}
    for part in _parts(link.item_id for link in open_):
        for link in store.links(item_ids=part, active=True, known_at=query.known_at):
            by_item.setdefault(link.item_id, []).append(link)
    close = float(gap_data()["defects"]["close"])
    return {
        link.id: sum(abs(other.probability - link.probability) < close for other in by_item[link.item_id])
        for link in open_
        if len(by_item.get(link.item_id, ())) > 1
    }


def known(moment: dt.datetime | None, query: GapQuery) -> bool:
    """Whether the store knew this by the query's moment."""
    return query.known_at is None or moment is None or moment <= query.known_at


def tasks_of(
    store: Store, directives: Collection[StoredDocument] | None, known_at: dt.datetime | None
) -> list[StoredTask]:
    """The tasks of these directives, or all."""
    if directives is None:
        return store.tasks(known_at=known_at)
    return [t for document in directives for t in store.tasks(document_id=document.id, known_at=known_at)]


def by_ids(store: Store, ids: Iterable[int]) -> list[StoredTask]:
    """These tasks."""
    return [task for part in _parts(ids) for task in store.tasks(ids=part)]


def _parts(ids: Iterable[int]) -> Iterator[list[int]]:
    chosen = sorted(set(ids))
    return (chosen[start : start + _PART] for start in range(0, len(chosen), _PART))


def _links(store: Store, tasks: Sequence[int], query: GapQuery) -> list[Link]:
    parts = _parts(tasks)
    return [link for part in parts for link in store.links(task_ids=part, active=True, known_at=query.known_at)]


def links_by_id(store: Store, ids: Iterable[int]) -> list[Link]:
    """These links."""
    return [link for part in _parts(ids) for link in store.links(ids=part)]


def items_by_id(store: Store, ids: Iterable[int]) -> dict[int, StoredItem]:
    """These statements."""
    return {stored.id: stored for part in _parts(ids) for stored in store.items(ids=part)}


def answers_of(
    store: Store,
    links: Sequence[Link],
    tasks: dict[int, StoredTask],
    directives: dict[int, StoredDocument],
    query: GapQuery,
) -> dict[int, tuple[Answer, ...]]:
    """The statements behind these links, by task."""
    items = items_by_id(store, (link.item_id for link in links))
    numbers = {stored.document_id for stored in items.values()}
    documents = {n: d for n, d in store.documents_by_id(numbers).items() if known(d.known_at, query)}
    reports = store.report_heads(sorted(documents))
    found: dict[int, list[Answer]] = {}
    for link in links:
        stored, task = items.get(link.item_id), tasks.get(link.task_id or 0)
        if stored is None or task is None or (document := documents.get(stored.document_id)) is None:
            continue
        symbol = directives[task.document_id].header.symbol
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
    heard = report.at(stored.item.start) if report else None
    return Answer(
        link=link,
        stored=stored,
        report=document,
        unit=(heard.unit if heard else None) or document.header.issuer,
        arrived=document.effective,
        claimed=claim(stored.item, task.task),
        evidence=has_evidence(stored.item, task.task, symbol),
        dates=done_dates(stored.item.text),
        span=_span(heard),
    )


def _span(report: Report | None) -> Span | None:
    period = report.period if report else None
    if period is None:
        return None
    if period.from_ and period.to:
        return Span(period.label, period.from_, period.to)
    return parse_span(period.label)


def scene(store: Store, query: GapQuery, as_of: dt.date) -> Scene:
    """What stands beside the answer as of a day; by what the store knew at ``known_at`` where that is asked."""
    if query.known_at is None:
        strays = store.gap_strays(as_of.toordinal())
        documents = store.documents_by_id([stray.document_id for stray in strays])
        named = tuple((_name(documents[s.document_id]), s.issuer) for s in strays if s.document_id in documents)
        return Scene(as_of, named, store.last_intake(), store.count_documents(status="failed"))
    there = [d for d in _documents(store) if known(d.known_at, query)]
    linked = store.linked_reports(known_at=query.known_at)
    loose = (d for d in there if d.role == "report" and d.id not in linked and d.effective <= as_of)
    return Scene(
        as_of,
        tuple((_name(d), d.header.issuer or "") for d in loose),
        max((d.known_at for d in there), default=None),
        sum(d.status == "failed" for d in there),
    )


def _name(document: StoredDocument) -> str:
    return document.header.symbol or document.file


def _documents(store: Store) -> Iterator[StoredDocument]:
    offset = 0
    while page := store.documents(limit=5_000, offset=offset):
        yield from page
        offset += len(page)
