"""Links between report items and tasks: candidates from the index, scored by ``nlp.match``, decided by people.

Candidates are the tasks of the documents that the report answers (found by symbol, whatever date it gives them) and
what the index finds for the item's words, first among the reporting unit's tasks; never every item against every task.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from corpus.model import Document, Node
from corpus.tree import build_tree
from nlp.features import bare_number, named_numbers
from nlp.match import CALIBRATED, SCORER, Candidate, Pool, Scored, Statement, none_probability, none_reasons, rank
from nlp.model import Report
from nlp.symbols import symbol_key
from nlp.units import unit_key
from service.errors import InvalidInput, NotFound
from service.index.analysis import fields
from service.index.ports import Query
from service.ports import Ports, Progress, silent
from service.records import Decision, Link, NewLink, Reason, StoredDocument, StoredItem, StoredTask, TaskChange
from service.store.ports import Store

KEPT: Final = 5
"""Candidates kept for each item, so that a person can choose another than the first."""
ANSWERED: Final = 40
FOUND: Final = 20
"""Candidates from the documents answered, and from each of the other searches."""
HEADING: Final = 200
"""Characters of a heading that are read."""
DECISIONS: Final = ("confirmed", "rejected", "suggested")


@dataclass(frozen=True, slots=True)
class _ReportFacts:
    """A report as the scorer sees it, with the documents that it answers."""

    document: StoredDocument
    report: Report
    unit: str | None
    answered: tuple[StoredDocument, ...]
    dates: tuple[tuple[str, dt.date], ...]
    layout: Document
    nodes: tuple[Node, ...]

    def statement(self, stored: StoredItem) -> Statement:
        return Statement(
            stored.item,
            self.unit,
            self.report.period,
            self.report.answers,
            self.dates,
            self.headings(stored.item.start),
        )

    def headings(self, start: int) -> tuple[str, ...]:
        """Headings over the place ``start``, the outermost first."""
        over = (node for node in self.nodes if node.end <= start < node.body_end)
        return tuple(self.layout.text[node.start : min(node.end, node.start + HEADING)] for node in over)


def link_report(app: Ports, document_id: int) -> int:
    """Propose tasks for every item of one report; what people decided stays. Returns the number of items."""
    document = app.store.document(document_id)
    if document is None or app.store.report(document_id) is None:
        raise NotFound(f"Không có báo cáo số {document_id} trong kho.")
    return _link(app, document, None) or 0


def link_all(app: Ports, *, progress: Progress = silent) -> int:
    """Link the reports that have no links, links of another scorer, or links that new tasks could change.

    Returns how many were scored; for the others the candidates were at most looked up.
    """
    waiting = list(_waiting(app.store))
    linked = 0
    for done, (document, changes) in enumerate(waiting):
        progress(done, len(waiting), document.header.symbol or document.file)
        linked += _link(app, document, changes) is not None
    progress(len(waiting), len(waiting), "")
    return linked


def _link(app: Ports, document: StoredDocument, changes: Sequence[TaskChange] | None) -> int | None:
    """Score one report's items, or find (None) that none of the ``changes`` since its last linking can matter."""
    store, at = app.store, dt.datetime.now(dt.UTC)
    revision = None if store.outbox(1) else store.revision()  # an index that lags misses candidates: link again
    report = store.report(document.id)
    if report is None:
        return None
    items = [stored for stored in store.items(document.id) if stored.vanished_at is None]
    facts = _facts(store, document, report)
    found = _candidates(app, facts, items)
    ids = {task_id for ids in found.values() for task_id in ids}
    if changes is not None and revision is not None and not _touched(changes, ids, facts):
        store.note_linked(document.id, revision=revision, at=at)
        return None
    pool, places = _pool(store, sorted(ids), facts)
    new = {}
    for stored in items:
        among = [places[task_id] for task_id in found[stored.id] if task_id in places]
        new[stored.id] = _new_links(rank(facts.statement(stored), pool.pool, places=among), pool)
    store.put_report_links(document.id, new, scorer=SCORER, revision=revision, at=at)
    return len(items)


def _touched(changes: Sequence[TaskChange], candidates: Collection[int], facts: _ReportFacts) -> bool:
    """Whether a changed task is a candidate, or stands in a document that the report answers (and weighs its words)."""
    answered = {document.id for document in facts.answered}
    return any(change.task_id in candidates or change.document_id in answered for change in changes)


def decide(app: Ports, link_id: int, decision: Decision, *, by: str) -> Link:
    """A person confirms or rejects a proposal, or takes the decision back ("suggested")."""
    if decision not in DECISIONS:
        raise InvalidInput(f"Quyết định không hợp lệ: {decision}")
    link = app.store.link(link_id)
    if link is None:
        raise NotFound(f"Không có đề xuất số {link_id}.")
    if link.task_id is None:
        raise InvalidInput("Đề xuất này không gắn với nhiệm vụ nào.")
    return app.store.decide(link_id, decision, by=by, at=dt.datetime.now(dt.UTC))


def links(app: Ports, *, candidates: int = 1, report: str | None = None) -> Iterator[dict[str, Any]]:
    """The lines of ``dondoc links``: each item's tasks, best first, or one line without a task where none fits."""
    for document in _reports(app.store, report):
        kept: dict[int, list[Link]] = {}
        for link in app.store.links(document_id=document.id):
            kept.setdefault(link.item_id, []).append(link)
        show = _Shown(app.store, [link.task_id for group in kept.values() for link in group if link.task_id])
        for stored in app.store.items(document.id):
            for place, link in enumerate(_best(kept.get(stored.id, []), candidates), 1):
                yield show.line(document, stored, link, place)


def _best(kept: list[Link], candidates: int) -> list[Link]:
    """An item's links as the officer wants them: decided first, then proposed; none alone unless more are asked for."""
    order = {"confirmed": 0, "suggested": 1, "none": 2, "rejected": 3}
    ranked = sorted(kept, key=lambda link: (order[link.decision], link.rank))
    answered = [link for link in ranked if link.decision in ("confirmed", "suggested")]
    if answered:
        return [link for link in ranked if link.task_id is not None][:candidates]
    nothing = [link for link in ranked if link.task_id is None]
    return [*nothing, *(link for link in ranked if link.task_id is not None)][:candidates]


class _Shown:
    """Tasks and documents named by links, looked up once."""

    def __init__(self, store: Store, task_ids: Iterable[int]) -> None:
        ids = sorted(set(task_ids))
        self.tasks = {task.id: task for task in (store.tasks(ids=ids) if ids else [])}
        documents = (store.document(number) for number in {task.document_id for task in self.tasks.values()})
        self.documents = {document.id: document for document in documents if document}

    def line(self, report: StoredDocument, stored: StoredItem, link: Link, place: int) -> dict[str, Any]:
        task = self.tasks.get(link.task_id) if link.task_id is not None else None
        return {
            "report": {"symbol": report.header.symbol, "document": report.sha256},
            "item": {"id": stored.item.id, "text": stored.item.text, "page": stored.item.page},
            "rank": place,
            "task": self._task(task) if task else None,
            "probability": round(link.probability, 4),
            "calibrated": link.calibrated,
            "reasons": [{"code": r.code, "text": r.text, "weight": r.weight} for r in link.reasons],
            "decision": link.decision,
            "scorer": link.scorer,
            "id": link.id,
            "suspect": link.suspect,
        }

    def _task(self, stored: StoredTask) -> dict[str, Any]:
        document = self.documents[stored.document_id]
        deadline, header = stored.task.deadline, document.header
        return {
            "id": stored.task.id,
            "text": stored.task.text,
            "directive": {
                "symbol": header.symbol,
                "date": header.date.isoformat() if header.date else None,
                "document": document.sha256,
            },
            "lead": list(stored.task.lead),
            "deadline": {"text": deadline.text, "due": deadline.due.isoformat() if deadline.due else None}
            if deadline
            else None,
        }


def _reports(store: Store, symbol: str | None) -> list[StoredDocument]:
    if symbol is None:
        return store.documents(role="report")
    found = [document for document in store.by_symbol(symbol_key(symbol)) if store.report(document.id)]
    if not found:
        raise NotFound(f"Không có báo cáo nào mang số, ký hiệu {symbol}.", symbol=symbol)
    return found


def _facts(store: Store, document: StoredDocument, report: Report) -> _ReportFacts:
    cited = [kept.citation for kept in store.citations(document.id)]
    dates = tuple({(c.symbol, c.date) for c in cited if c.symbol and c.date})
    answered = {found.id: found for symbol in report.answers for found in _answered(store, document, symbol, dates)}
    layout = store.layout(document.id)
    return _ReportFacts(
        document,
        report,
        report.unit or document.header.issuer,
        tuple(answered.values()),
        dates,
        layout,
        tuple(build_tree(layout)),
    )


def _answered(
    store: Store, report: StoredDocument, symbol: str, dates: Iterable[tuple[str, dt.date]]
) -> list[StoredDocument]:
    """The documents that a symbol in a report may mean: those of the date given, or all where that date fits none."""
    key = symbol_key(symbol)
    found = [document for document in store.by_symbol(key) if _may_answer(report, document)]
    given = {date for other, date in dates if symbol_key(other) == key}
    return [document for document in found if document.header.date in given] or found


def _may_answer(report: StoredDocument, document: StoredDocument | None) -> bool:
    """A report answers another document, which was there before it."""
    if document is None or document.id == report.id:
        return False
    issued, reported = document.header.date, report.header.date or report.arrived
    return issued is None or reported is None or issued <= reported


def _candidates(app: Ports, facts: _ReportFacts, items: Sequence[StoredItem]) -> dict[int, list[int]]:
    """Store ids of the tasks that come into question for each item; the index is asked once for the whole report."""
    asked = {stored.id: _queries(app, facts, stored) for stored in items}
    hits = iter(app.index.search_many([query for queries in asked.values() for query in queries]))
    found = {}
    for stored in items:
        ids = [hit.ref for _ in asked[stored.id] for hit in next(hits)]
        found[stored.id] = list(dict.fromkeys([*ids, *_numbered(app.store, facts, stored)]))
    return found


def _queries(app: Ports, facts: _ReportFacts, stored: StoredItem) -> list[Query]:
    """What the index is asked for one item: among all tasks, among those of the documents answered, of the unit."""
    search = fields(stored.item.text)
    answered = {document.id for document in facts.answered}
    for symbol in stored.item.citations:
        answered |= {document.id for document in _answered(app.store, facts.document, symbol, facts.dates)}
    queries = [Query(kind="task", text=search.text, folded=search.folded, limit=FOUND)]
    if answered:
        ids = sorted(answered)
        queries.append(Query(kind="task", text=search.text, folded=search.folded, document_ids=ids, limit=ANSWERED))
    if facts.unit:
        units = (unit_key(facts.unit),)
        queries.append(Query(kind="task", text=search.text, folded=search.folded, units=units, limit=FOUND))
    return queries


def _numbered(store: Store, facts: _ReportFacts, stored: StoredItem) -> Iterator[int]:
    """Tasks of the answered documents that the item may name by number: they need not share a word with it."""
    named = named_numbers(stored.item.text)
    if not named:
        return
    for document in facts.answered:
        for task in _living(store, document):
            if task.task.row and bare_number(task.task.row) in named:
                yield task.id


def _living(store: Store, document: StoredDocument) -> Iterator[StoredTask]:
    return (task for task in store.tasks(document_id=document.id) if task.vanished_at is None)


@dataclass(frozen=True, slots=True)
class _TaskPool:
    pool: Pool
    ids: tuple[int, ...]


def _pool(store: Store, found: list[int], facts: _ReportFacts) -> tuple[_TaskPool, dict[int, int]]:
    """The candidates of a whole report and all tasks of the documents it answers, which give the words their weight."""
    tasks = {task.id: task for task in (store.tasks(ids=found) if found else []) if task.vanished_at is None}
    for document in facts.answered:
        tasks |= {task.id: task for task in _living(store, document)}
    documents = {number: store.document(number) for number in {task.document_id for task in tasks.values()}}
    ids = tuple(n for n, task in sorted(tasks.items()) if _may_answer(facts.document, documents[task.document_id]))
    pool = Pool.of(_candidate(tasks[number], documents[tasks[number].document_id]) for number in ids)
    return _TaskPool(pool, ids), {number: place for place, number in enumerate(ids)}


def _candidate(stored: StoredTask, document: StoredDocument | None) -> Candidate:
    header = document.header if document else None
    return Candidate(stored.task, header.symbol if header else None, header.date if header else None)


def _new_links(ranked: tuple[Scored, ...], pool: _TaskPool) -> list[NewLink]:
    """What is kept: the best candidates, or "none" with the best candidates behind it."""
    new = []
    if not ranked or not ranked[0].proposed:
        reasons = tuple(Reason(reason.code, reason.text, reason.weight) for reason in none_reasons(ranked))
        new.append(NewLink(None, 1, none_probability(ranked), CALIBRATED, "none", SCORER, reasons))
    for place, one in enumerate(ranked[:KEPT], len(new) + 1):
        reasons = tuple(Reason(reason.code, reason.text, reason.weight) for reason in one.reasons)
        decision: Decision = "suggested" if one.proposed else "none"
        new.append(NewLink(pool.ids[one.place], place, one.probability, CALIBRATED, decision, SCORER, reasons))
    return new


def _waiting(store: Store) -> Iterator[tuple[StoredDocument, Sequence[TaskChange] | None]]:
    """Reports to link (None), or to look at since these tasks of documents that they may answer have changed."""
    linkings = store.linkings()
    changes = store.task_changes(min((one.revision for one in linkings if one.revision is not None), default=0))
    numbers = {change.document_id for change in changes}
    changed = {document.id: document for number in numbers if (document := store.document(number))}
    for one in linkings:
        current = one.revision if one.scorer == SCORER else None
        since = [change for change in changes if current is not None and change.revision > current]
        if (current is not None and not since) or (report := store.document(one.document_id)) is None:
            continue
        fitting = {number for number, document in changed.items() if _may_answer(report, document)}
        mattering = [change for change in since if change.document_id in fitting]
        if current is None or mattering:
            yield report, None if current is None else mattering
