"""Keeps the cells of the store up to date: what changed is weighed again, a piece at a time.

Every change of tasks, statements, links and moves leaves an entry in the store's list of changes, in its own
transaction; questions and jobs work the list off before they count. Nothing is weighed inside a writing transaction.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from nlp.matters import matters_of
from service.cells import Basis, Stray
from service.gaps.cells_of import cells_of
from service.gaps.model import GapQuery
from service.gaps.scope import CARRIED_OUT, as_of
from service.gaps.seen import Facts, by_ids, facts
from service.ports import Progress, silent
from service.store.gap_port import Dirt
from service.store.ports import Store

ENGINE: Final = "11"
"""Raised whenever cells would be weighed otherwise than before: all are made anew then."""
AHEAD: Final = dt.timedelta(days=100)
"""How far the periods of recurring duties reach beyond the day asked about."""
_TASKS, _DOCUMENTS, _FEW = 500, 50, 10
"""How much is weighed at once."""
WEIGHING: Final = threading.RLock()
"""Questions of one process share the work: of two that weigh the same changes one would have worked for nothing."""


def refresh(store: Store, query: GapQuery, *, progress: Progress = silent) -> None:
    """Bring the cells up to date with the store, for the query's day and the office's settings.

    A page that shows one moment (``service.gaps.meanwhile``) has the cells of that moment, and nothing is weighed.
    """
    if store.held:
        basis = store.gap_basis()
        if basis is not None and basis.horizon < needed(query).toordinal():
            raise BeyondHorizon(needed(query))
        return
    prepare(store, query)
    _work_off(store, query, progress)
    store.gap_counted()


class BeyondHorizon(Exception):
    """The question is about a day up to which recurring duties have no cells yet."""

    def __init__(self, day: dt.date) -> None:
        super().__init__(day.isoformat())
        self.day = day


def needed(query: GapQuery) -> dt.date:
    """The last day that the cells must reach."""
    return max(as_of(query), dt.datetime.now(query.zone).date())


def signature_of(store: Store, query: GapQuery) -> str:
    """What cells are weighed by; the last part is the state of the directory of units."""
    settings = (query.tolerant, query.high, query.done_by, query.regime, query.send_after, store.unit_revision())
    return "/".join(map(str, (ENGINE, *settings)))


def same_rules(one: str, other: str) -> bool:
    """Whether two signatures differ in the directory of units at most: those cells may be shown till new ones come."""
    return one.rpartition("/")[0] == other.rpartition("/")[0]


def prepare(store: Store, query: GapQuery) -> None:
    """List what has to be weighed since settings, units or the day are others; weighs nothing."""
    signature, last = signature_of(store, query), needed(query)
    basis = store.gap_basis()
    if basis is None or not same_rules(basis.signature, signature):
        store.gap_restart(Basis(signature, (last + AHEAD).toordinal()))
        return
    if basis.signature != signature:
        store.gap_renew(signature)
    if basis.horizon < last.toordinal():
        store.gap_extend((last + AHEAD).toordinal())


def _work_off(store: Store, query: GapQuery, progress: Progress) -> None:
    """Weigh what had changed when the question came; what changes meanwhile is left to the next question.

    Else a job that links report after report would hold every page until its end.
    """
    newest = store.gap_newest()
    whole = store.gap_pending()[0] if progress is not silent else 0
    while store.gap_dirt(1, until=newest):
        with WEIGHING:
            piece(store, query, until=newest)
        if progress is not silent:
            left = store.gap_pending()[0]
            whole = max(whole, left)
            progress(whole - left, whole, "tính lại bảng theo dõi")


def piece(store: Store, query: GapQuery, *, until: int | None = None, most: int = _TASKS) -> bool:
    """Weigh some of what has changed, ``most`` tasks at once; whoever calls holds ``WEIGHING``.

    False where nothing was left, or where another process was faster.
    """
    chosen = _piece(store.gap_dirt(5_000, until=until), most)
    return bool(chosen) and _weigh(store, query, chosen)


def _fields(found: Facts) -> dict[int, tuple[str, ...]]:
    """The fields of each task: those that it names, else those of its directive's title."""
    titles = {n: matters_of(d.header.title or "") for n, d in found.directives.items()}
    return {task.id: matters_of(task.task.text) or titles[task.document_id] for task in found.tasks}


def _piece(dirt: Sequence[Dirt], most: int) -> list[Dirt]:
    """As many entries as are weighed at once, with all further entries about the same things."""
    tasks: set[int] = set()
    documents: set[int] = set()
    few = max(1, most * _DOCUMENTS // _TASKS)
    chosen = []
    for entry in dirt:
        if entry.task_id is not None and (entry.task_id in tasks or len(tasks) < most):
            tasks.add(entry.task_id)
            chosen.append(entry)
        elif entry.document_id is not None and (entry.document_id in documents or len(documents) < few):
            documents.add(entry.document_id)
            chosen.append(entry)
    return chosen


def _carried_out(store: Store, documents: Collection[int]) -> set[int]:
    """What new documents say they carry out: those directives are cascaded from then on."""
    if len(documents) > _FEW:  # a large intake: its directives are on the list themselves
        return set()
    found = (c for number in documents for c in store.citations(number) if c.citation.relation in CARRIED_OUT)
    return {number for citation in found for number in citation.resolved} - set(documents)


def _weigh(store: Store, query: GapQuery, dirt: Sequence[Dirt]) -> bool:
    documents = {entry.document_id for entry in dirt if entry.document_id is not None}
    tasks = {entry.task_id for entry in dirt if entry.task_id is not None} | store.gap_tasks(documents)
    tasks |= store.gap_tasks(_carried_out(store, documents))
    basis = store.gap_basis()
    if basis is None:  # another process starts anew
        return False
    until = dt.date.fromordinal(basis.horizon)
    query = replace(query, unit=None)  # what a question supposes of its unit is no cell of the office
    found = facts(store, by_ids(store, tasks), query)
    cells = [weighed.cell for weighed in cells_of(found, query, until)]
    strays = [
        Stray(report.id, report.header.issuer or "", report.effective.toordinal())
        for report in store.stray_reports(documents)
    ]
    ids = [entry.id for entry in dirt]
    return store.put_cells(ids, tasks, cells, fields=_fields(found), documents=documents, strays=strays)
