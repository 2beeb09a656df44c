"""All obligations of a question one after the other, for files of any size: kept cells with their words.

A page shows cells with their statements (``service.gaps.find``); a table of half a million rows needs neither these nor
their objects. What many rows share (task, document, days, rules) is read and worded once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from service.cells import CellQuery, Order, SeenCell
from service.course import UNTOUCHED, Course, by_task, course
from service.follow_records import Move
from service.gaps.find import pieces, weighed, weighed_afresh
from service.gaps.keep import refresh
from service.gaps.model import GapQuery, Rule
from service.gaps.moves import concerning
from service.gaps.rules import Rulebook
from service.gaps.scope import as_of, cell_query
from service.gaps.seen import by_ids, scene
from service.records import StoredDocument, StoredTask
from service.store.ports import Store

_PART = 2_000


class Line(NamedTuple):
    """An obligation as of a day, without its statements."""

    seen: SeenCell
    task: StoredTask
    directive: StoredDocument
    unit: str | None
    """The unit in charge; of a question that names a member of a collective, that member."""
    via: str | None
    course: Course
    rules: tuple[Rule, ...]


def lines(store: Store, query: GapQuery, *, order: Order = "text") -> Iterator[Line]:
    """All cells that the question asks for."""
    day = as_of(query)
    if weighed_afresh(query):
        book = Rulebook(scene(store, query, day), query)
        for one, seen in weighed(store, query, book):
            duty = one.duty
            yield Line(seen, duty.task, duty.directive, duty.unit, duty.via, duty.course, book.of(seen))
        return
    refresh(store, query)
    asked, book, known = cell_query(store, query), Rulebook(scene(store, query, day), query), _Known(store)
    for part in pieces(store.gap_cells(asked, order=order), _PART):
        yield from _worded(part, asked, query, book, known)


def _worded(
    part: Sequence[SeenCell], asked: CellQuery, query: GapQuery, book: Rulebook, known: _Known
) -> Iterator[Line]:
    known.load({seen.task_id for seen in part})
    tasks, documents, moves, day = known.tasks, known.documents, known.moves, as_of(query)
    for seen in part:
        if (task := tasks.get(seen.task_id)) is None:  # gone since the cells were read
            continue
        unit, via, printed = seen.unit or None, seen.via, seen.origin or seen.unit or None
        if asked.collectives and seen.collective:  # a member that the question names stands under its collective
            unit, via, printed = query.unit, unit, query.unit
        way = UNTOUCHED
        if seen.task_id in moves:
            way = course(concerning(printed, seen.label, moves[seen.task_id]), as_of=day)
        yield Line(seen, task, documents[seen.document_id], unit, via, way, book.of(seen))


class _Known:
    """Tasks, their documents and moves, read as rows need them and kept for the rows to come."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.tasks: dict[int, StoredTask] = {}
        self.documents: dict[int, StoredDocument] = {}
        self.moves: dict[int, list[Move]] = {}

    def load(self, ids: Collection[int]) -> None:
        """What of these tasks has not been read yet."""
        new = ids - self.tasks.keys()
        if not new:
            return
        found = by_ids(self._store, new)
        self.tasks |= {task.id: task for task in found}
        self.documents |= self._store.documents_by_id({t.document_id for t in found} - self.documents.keys())
        self.moves |= by_task(self._store.moves(task_ids=sorted(new)))
