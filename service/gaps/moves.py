"""Obligations as people moved them: another deadline, another lead, a suspension, the end, from its day on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from nlp.units import unit_key
from service.course import Course, concerns, course, standing
from service.follow_records import Move
from service.gaps.model import Duty


def versions(duty: Duty, moves: Sequence[Move]) -> Iterator[Duty]:
    """The duty as printed until the first move takes effect, then once for each state, until it is ended."""
    mine = _of(duty, moves)
    days = sorted({move.effective for move in standing(mine)})
    starts = [duty.opens, *(day for day in days if day > duty.opens)]
    ends = [*starts[1:], duty.closes]
    for opens, closes in zip(starts, ends, strict=True):
        state = course(mine, as_of=opens)
        yield replace(_moved(duty, state), opens=opens, closes=closes)


def leads(duty: Duty, moves: Sequence[Move]) -> list[str | None]:
    """The assignee as printed and every unit that the lead moved to."""
    moved = [move.after.get("lead") for move in _of(duty, moves) if move.kind == "lead_moved"]
    return list(dict.fromkeys([duty.unit, *(name for name in moved if name)]))


def concerning(unit: str | None, period: str | None, moves: Sequence[Move]) -> list[Move]:
    """The moves of the obligation of this printed assignee, also those that name a later lead, as moves of the task."""
    names: list[str | None] = [unit]
    found = []
    for move in moves:
        if any(concerns(move, name, period) for name in names):
            found.append(replace(move, unit=None, period=None))
            if move.kind == "lead_moved" and move.after.get("lead"):
                names.append(move.after["lead"])
        elif move.kind == "undone":
            found.append(move)
    return found


def _of(duty: Duty, moves: Sequence[Move]) -> list[Move]:
    return concerning(duty.unit, duty.span.label if duty.span else None, moves)


def _moved(duty: Duty, state: Course) -> Duty:
    change: dict[str, Any] = {"course": state}
    if state.due is not None:
        # the day of the report moves with it, unless the report has a later day of its own
        report = max(duty.report_due, state.due) if duty.report_due else None
        change |= {"due": state.due, "inclusive": True, "report_due": report, "report_inclusive": True}
    if state.report_by is not None:
        change |= {"report_due": state.report_by, "report_inclusive": True}
    if state.lead is not None and unit_key(state.lead) != unit_key(duty.unit or ""):
        change |= {"unit": state.lead, "via": None, "collective": False}
    return replace(duty, **change)
