"""Which tasks come into question for the items of a report: the index is asked by words, by meaning and by filters.

Never every item against every task. What the searches find is fused by rank (reciprocal rank fusion, Cormack et al.
2009), so that neither engine's scores matter; what names a task outright, by number or code, is always in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from nlp.encode import Encoder, as_values
from nlp.match import Candidate, Pool
from nlp.match_pool import bare_number, named_numbers
from nlp.match_times import outside
from nlp.model import Period
from nlp.task_codes import number_of
from service.index.analysis import fields
from service.index.ports import Query, Vector
from service.linking.facts import ReportFacts, answered_by, may_answer
from service.linking.past import Past, past_of
from service.ports import Ports
from service.records import StoredDocument, StoredItem, StoredTask
from service.store.ports import Store

CANDIDATES: Final = 40
"""Tasks that are scored for each item."""
SPARE: Final = 10
"""Tasks that are looked up beyond, to take the places of settled ones."""
ANSWERED: Final = 30
FOUND: Final = 20
"""Hits taken from the documents answered, and from each of the other searches."""
_DAMPING: Final = 20
"""Ranks near the top of a list differ more than ranks far down: 1 / (damping + rank)."""
_ANSWERED_WEIGHT: Final = 2.0
_LONGEST: Final = 2_000
"""Characters of an item that are searched for."""


@dataclass(frozen=True, slots=True)
class TaskPool:
    """The candidates of a whole report with their store ids."""

    pool: Pool
    ids: tuple[int, ...]

    def places(self, ids: Iterable[int]) -> list[int]:
        """Where these tasks stand in the pool; what is not in it is left out."""
        place = {number: at for at, number in enumerate(self.ids)}
        return [place[number] for number in ids if number in place]

    def reminded(self, text: str) -> list[int]:
        """Store ids of tasks of which people confirmed a statement like this one."""
        memory = self.pool.memory
        return [self.ids[place] for place in memory.reminds(text)] if memory else []

    def late(self, period: Period | None) -> frozenset[int]:
        """Store ids of what was settled before the report or lies outside its period."""
        pairs = zip(self.ids, self.pool.candidates, strict=True)
        return frozenset(number for number, one in pairs if one.closed or (period and outside(one, period)))


@dataclass(frozen=True, slots=True)
class Found:
    """What the searches gave for one item: store ids of tasks, best first."""

    named: tuple[int, ...]
    """By number or code."""
    alike: tuple[int, ...]


def gather(app: Ports, facts: ReportFacts, items: Sequence[StoredItem]) -> tuple[dict[int, list[int]], TaskPool]:
    """The tasks that come into question for each item (store ids, best first, by the item's id), and the pool of all.

    What was settled before the report, or lies outside its period, is no first choice: it comes after all others.
    """
    given = {task.id: task for document in facts.answered for task in living(app.store, document)}
    found = _searched(app, facts, items, given)
    pool = pool_of(app, found.values(), facts, given)
    late = pool.late(facts.report.period)
    chosen = {}
    for stored in items:
        one = found[stored.id]
        ordered = sorted(one.alike, key=late.__contains__)[:CANDIDATES]
        chosen[stored.id] = list(dict.fromkeys([*one.named, *ordered, *pool.reminded(stored.item.text)]))
    return chosen, pool


def _searched(
    app: Ports, facts: ReportFacts, items: Sequence[StoredItem], given: Mapping[int, StoredTask]
) -> dict[int, Found]:
    with_vectors = zip(items, _vectors(app, items), strict=True)
    asked = [_queries(app.store, facts, stored, vector) for stored, vector in with_vectors]
    hits = iter(app.index.search_many([query for queries in asked for _, query in queries]))
    numbered = _Numbered(given.values())
    found = {}
    for stored, queries in zip(items, asked, strict=True):
        fused = _fused([(weight, [hit.ref for hit in next(hits)]) for weight, _ in queries])
        found[stored.id] = Found(tuple(numbered.named_by(stored)), tuple(fused[: CANDIDATES + SPARE]))
    return found


def _vectors(app: Ports, items: Sequence[StoredItem]) -> list[Vector | None]:
    encoder: Encoder | None = app.encoder
    if encoder is None or not items:
        return [None] * len(items)
    rows = as_values(encoder.encode([stored.item.text[:_LONGEST] for stored in items]))
    return [Vector(encoder.version, row) if any(row) else None for row in rows]


def _queries(store: Store, facts: ReportFacts, stored: StoredItem, vector: Vector | None) -> list[tuple[float, Query]]:
    """Weighted searches for one item: everywhere, in the documents answered, among the unit's own tasks."""
    by_words = _by_words(stored.item.text[:_LONGEST])
    answered = {document.id for document in facts.answered}
    for symbol in stored.item.citations:
        answered |= {document.id for document in answered_by(store, facts.document, symbol, facts.dates)}
    by_meaning = Query(kind="task", vector=vector, limit=FOUND, bare=True)
    kinds = [by_words] if vector is None else [by_words, by_meaning]
    queries = []
    for query in kinds:
        queries.append((1.0, _by_pairs(query)))
        if answered:
            inside = replace(query, document_ids=sorted(answered), limit=ANSWERED)
            queries.append((_ANSWERED_WEIGHT, inside))
        if facts.unit:
            queries.append((1.0, replace(query, units=facts.answering.keys(facts.unit))))
    return queries


def _by_words(text: str) -> Query:
    """A search for the words with their marks; without them only where the statement was typed without.

    Half the terms of a search by both: of 295 statements of the development sets every task stays a candidate.
    """
    found = fields(text)
    marked = found.text != found.folded
    text, folded = (found.text, "") if marked else ("", found.folded)
    return Query(kind="task", text=text, folded=folded, limit=FOUND, bare=True)


def _by_pairs(query: Query) -> Query:
    """The same by pairs of neighbours alone, where there are any: syllables stand in every second task of a year."""
    text, folded = _pairs(query.text), _pairs(query.folded)
    return replace(query, text=text, folded=folded) if text or folded else query


def _pairs(terms: str) -> str:
    return " ".join(term for term in terms.split() if "_" in term)


def _fused(lists: Iterable[tuple[float, Sequence[int]]]) -> list[int]:
    scores: dict[int, float] = defaultdict(float)
    for weight, ids in lists:
        for rank, number in enumerate(ids, 1):
            scores[number] += weight / (_DAMPING + rank)
    return sorted(scores, key=lambda number: (-scores[number], number))


class _Numbered:
    """Tasks that an item names by number or code: they need not share a word with it."""

    def __init__(self, given: Iterable[StoredTask]) -> None:
        self._rows: dict[str, list[int]] = defaultdict(list)
        for task in given:
            if task.task.row:
                self._rows[bare_number(task.task.row)].append(task.id)

    def named_by(self, stored: StoredItem) -> Iterator[int]:
        if stored.item.code and (number := number_of(stored.item.code)) is not None:
            yield number
        own = [bare_number(stored.item.row)] if stored.item.row else []
        for row in (*sorted(named_numbers(stored.item.text)), *own):
            yield from self._rows.get(row, ())


def living(store: Store, document: StoredDocument) -> Iterator[StoredTask]:
    """A document's tasks that may be answered: found by its last reading, not taken off the list."""
    return (task for task in store.tasks(document_id=document.id) if answerable(task))


def answerable(task: StoredTask) -> bool:
    """Whether a statement may still be linked to it."""
    return task.vanished_at is None and task.removal is None


def pool_of(app: Ports, found: Iterable[Found], facts: ReportFacts, given: Mapping[int, StoredTask]) -> TaskPool:
    """The candidates of a whole report and all tasks ``given`` by the documents it answers: they tell common words."""
    store, ids = app.store, {number for one in found for number in (*one.named, *one.alike)} - given.keys()
    others = store.tasks(ids=sorted(ids)) if ids else []
    tasks = {task.id: task for task in others if answerable(task)} | dict(given)
    documents = store.documents_by_id({task.document_id for task in tasks.values()})
    fitting = (task for task in tasks.values() if may_answer(facts.document, documents.get(task.document_id)))
    kept = tuple(sorted(fitting, key=_in_text))
    past = past_of(store, facts, kept)
    chosen = (_candidate(facts, task, documents.get(task.document_id), past) for task in kept)
    pool = Pool.of(chosen, app.encoder, facts.answering.best, past.remembered)
    return TaskPool(pool, tuple(task.id for task in kept))


def _in_text(stored: StoredTask) -> tuple[int, int, int]:
    """Where a task stands: one that a person entered later stands among its neighbours all the same."""
    return stored.document_id, stored.task.start, stored.id


def _candidate(facts: ReportFacts, stored: StoredTask, document: StoredDocument | None, past: Past) -> Candidate:
    header = document.header if document else None
    symbol, date = (header.symbol, header.date) if header else (None, None)
    context = facts.answering.directory.context(document)
    return Candidate(stored.task, symbol, date, stored.id, context, past.closed.get(stored.id, ""))
