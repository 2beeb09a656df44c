"""The rule of an assignee that is no more: it ended, and no single body (or none yet decided) stands in for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from service.cells import Cell, Flag
from service.gaps.model import Duty
from service.units import Directory, Named

RULE = "assignee_ended"


def with_ended(cell: Cell, duty: Duty, units: Directory) -> Cell:
    """The cell with its flag from the day after the assignee's last, until the work is done."""
    flag = _flag(cell, duty, units)
    return replace(cell, flags=(*cell.flags, flag)) if flag else cell


def _flag(cell: Cell, duty: Duty, units: Directory) -> Flag | None:
    if not duty.unit or duty.collective:
        return None
    horizon = dt.date.max if duty.closes == dt.date.max else duty.closes
    ended = units.ended_without_successor(Named(duty.unit, units.context(duty.directive)), horizon)
    if ended is None or ended.unit is None:
        return None
    unit = units.registry.unit(ended.unit)
    last = unit.term.valid_to if unit else None
    if last is None:
        return None
    since = max(last.toordinal() + 1, cell.opens)
    if since >= min(cell.closes, cell.said.done):
        return None
    heirs = units.names(step.unit for step in units.registry.successors(ended.unit))
    detail = {"unit": duty.unit, "ended": f"{last:%d/%m/%Y}", "heirs": _told(heirs)}
    return Flag(RULE, since, cell.said.done, detail)


def _told(heirs: tuple[str, ...]) -> str:
    return f" (chức năng chuyển về {', '.join(heirs)})" if heirs else ""
