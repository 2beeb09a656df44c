"""Who reports and who is in charge: the signals of units between a statement and a task."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import numpy as np

from nlp.assignees import is_collective
from nlp.match_pool import Beside, Duty, Pool, Said, own
from nlp.registry.answering import Fit
from nlp.signals import Column, Signal, Values, column
from nlp.wording import words

_FITTING: Final[dict[Fit, tuple[str, float]]] = {
    "same": ("lead", 1.0), "successor": ("successor", 1.0), "possible": ("successor", 0.5),
    "member": ("collective", 1.0), "open": ("collective", 0.5),
}  # fmt: skip
"""What each way of answering is called, and how much it says: half where a person would have to decide."""


def unit_columns(beside: Beside) -> Iterator[Column]:
    """The reporting unit among the assignees, or a unit that the statement names; how many tasks it has."""
    duties = [beside.pool.duty[place] for place in beside.places]
    signals = {number: _unit(beside.said, beside.pool, number) for number in set(duties)}
    found = [signals[number] for number in duties]
    values: dict[str, Values] = {}
    for row, signal in enumerate(found):
        if signal:
            values.setdefault(signal.code, np.zeros(len(found)))[row] = signal.value

    details = [signal.detail if signal else "" for signal in found]
    yield from (Column(code, part, details.__getitem__) for code, part in values.items())
    yield from _few(beside, duties)


def _unit(said: Said, pool: Pool, number: int) -> Signal | None:
    """What the units say of the tasks with this duty."""
    unit, duty = said.statement.unit, pool.duties[number]
    fitting = pool.fitting(unit)[number] if unit else None
    named = None if own(fitting) else _named(said, pool, duty)
    if fitting and not named:
        code, value = _FITTING[fitting[0]]
        return Signal(code, value, fitting[1])
    if named:
        return Signal("named_unit", 1.0, named)
    if unit and (helping := pool.helping(unit, number)):
        return Signal("coordinator", 1.0 if helping[0] == "same" else 0.5, helping[1])
    if duty.lead and (said.unit_known or said.subjects):
        return Signal("other_unit", 1.0, "; ".join(duty.lead))
    return None


def _few(beside: Beside, duties: list[int]) -> Iterator[Column]:
    """The fewer tasks a document gives the unit, the more its name says: one in thirty is not told by it."""
    unit, tasks = beside.said.statement.unit, beside.said.own_tasks
    if not unit or not tasks:
        return
    fitting = beside.pool.fitting(unit)
    counts = [tasks[key] if own(fitting[duty]) else 0 for key, duty in zip(beside.keys, duties, strict=True)]
    yield column("few_tasks", (1 / count if count else 0.0 for count in counts), lambda row: str(counts[row]))


def _named(said: Said, pool: Pool, duty: Duty) -> str | None:
    """The lead that speaks in a joint report, or that the statement mentions by its printed name."""
    for subject in said.subjects:
        found = pool.fits(subject, duty.lead, duty.context)
        if found and own(found):
            return found[1] if found[0] == "same" else subject
    return next((name for name in duty.lead if (line := _mention(name)) and line in said.spoken), None)


@lru_cache(maxsize=20_000)
def _mention(name: str) -> str:
    """A body's name as it stands among the words of a statement; nothing for a collective."""
    return "" if is_collective(name) else f" {' '.join(words(name))} "
