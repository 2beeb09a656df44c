"""While cells are being weighed: pages show the figures of one moment at once, workers weigh in small pieces.

Papers, files, the API and the command line never look from here: their questions weigh what has changed first
(``service.gaps.keep.refresh``), however long that takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Literal

from service.gaps.keep import AHEAD, WEIGHING, BeyondHorizon, piece, prepare, refresh, same_rules, signature_of
from service.gaps.model import GapQuery
from service.store.ports import Store

AT_HAND: Final = 20
"""So many changed tasks are weighed before a page is shown, so that it has what its reader has just decided."""
_DOCUMENTS: Final = 10
_ATTEMPTS: Final = 5
_PATIENCE: Final = 0.3
"""Seconds that a page waits for a worker which is weighing just now."""
PIECE: Final = 100
"""Tasks that a worker weighs at once: while they are written nobody else can write."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What has changed and was not weighed yet."""

    tasks: int = 0
    documents: int = 0
    whole: bool = False
    """All cells are being made anew: till they are there, no figure is right."""

    def __bool__(self) -> bool:
        return bool(self.tasks or self.documents)


def waiting(store: Store, query: GapQuery) -> Waiting:
    """What is left to weigh."""
    basis, signature = store.gap_basis(), signature_of(store, query)
    if basis is None or basis.signature != signature:
        whole = basis is None or not basis.counted or not same_rules(basis.signature, signature)
        tasks, documents = store.gap_pending(everything=True)
    else:
        whole = not basis.counted
        tasks, documents = store.gap_pending()
    return Waiting(tasks, documents, whole=whole and bool(tasks or documents))


def settle(store: Store, query: GapQuery) -> None:
    """Weigh what has changed if that is little; never more than a page can wait for."""
    left = waiting(store, query)
    if not left or left.tasks > AT_HAND or left.documents > _DOCUMENTS or not WEIGHING.acquire(timeout=_PATIENCE):
        return
    try:
        refresh(store, query)
    finally:
        WEIGHING.release()


def reach(store: Store, far: BeyondHorizon) -> None:
    """Have the cells reach as far as a question asked; they are weighed as everything else."""
    store.gap_extend((far.day + AHEAD).toordinal())


@contextmanager
def exact(store: Store, query: GapQuery) -> Iterator[None]:
    """For a paper: all that was changed before it was asked for is weighed, and all of it is of one moment.

    While others go on changing things, a moment is sought in which nothing waits.
    """
    for attempt in range(_ATTEMPTS):
        refresh(store, query)
        with store.one_moment():
            if attempt + 1 == _ATTEMPTS or not waiting(store, query):
                yield
                return


def work_on(store: Store, query: GapQuery) -> Literal["done", "more", "beaten"]:
    """Weigh one piece: nothing was left; there may be more; or another process weighed the same meanwhile."""
    prepare(store, query)
    if not store.gap_dirt(1):
        store.gap_counted()
        return "done"
    with WEIGHING:
        return "more" if piece(store, query, most=PIECE) else "beaten"
