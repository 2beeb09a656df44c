"""Who reports and who is in charge: the signals of units between a statement and a task."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from nlp.assignees import is_collective
from nlp.match_pool import Candidate, Pool, Said, Signal, own
from nlp.registry.answering import Fit
from nlp.wording import words

_FITTING: Final[dict[Fit, tuple[str, float]]] = {
    "same": ("lead", 1.0), "successor": ("successor", 1.0), "possible": ("successor", 0.5),
    "member": ("collective", 1.0), "open": ("collective", 0.5),
}  # fmt: skip
"""What each way of answering is called, and how much it says: half where a person would have to decide."""


def unit_signals(said: Said, pool: Pool, place: int) -> Iterator[Signal]:
    """The reporting unit among the assignees, or a unit that the statement names; how many tasks it has."""
    candidate = pool.candidates[place]
    yield from _unit(said, pool, candidate)
    yield from _few(said, pool, place)


def _unit(said: Said, pool: Pool, candidate: Candidate) -> Iterator[Signal]:
    unit, task = said.statement.unit, candidate.task
    fitting = pool.fits(unit, task.lead, candidate.context) if unit else None
    named = None if own(fitting) else _named(said, pool, candidate)
    if fitting and not named:
        code, value = _FITTING[fitting[0]]
        yield Signal(code, value, fitting[1])
    elif named:
        yield Signal("named_unit", 1.0, named)
    elif unit and (helping := pool.fits(unit, task.coordinators, candidate.context)):
        yield Signal("coordinator", 1.0 if helping[0] == "same" else 0.5, helping[1])
    elif task.lead and (said.unit_known or said.subjects):
        yield Signal("other_unit", 1.0, "; ".join(task.lead))


def _few(said: Said, pool: Pool, place: int) -> Iterator[Signal]:
    """The fewer tasks a document gives the unit, the more its name says: one in thirty is not told by it."""
    unit, tasks, candidate = said.statement.unit, said.own_tasks[pool.keys[place]], pool.candidates[place]
    if unit and tasks and own(pool.fits(unit, candidate.task.lead, candidate.context)):
        yield Signal("few_tasks", 1 / tasks, str(tasks))


def _named(said: Said, pool: Pool, candidate: Candidate) -> str | None:
    """The lead that speaks in a joint report, or that the statement mentions by its printed name."""
    lead = candidate.task.lead
    for subject in said.subjects:
        found = pool.fits(subject, lead, candidate.context)
        if found and own(found):
            return found[1] if found[0] == "same" else subject
    mentioned = (name for name in lead if not is_collective(name) and f" {' '.join(words(name))} " in said.spoken)
    return next(mentioned, None)
