"""The course of a followed task: what its history says of it, for one assignee and period, as of a date.

The gap engine, the letters and the pages all read the history through ``course``, so that a moved deadline, a
suspended or an ended task means the same everywhere. Rules (domain-vn 4.4; quy chế theo dõi after 42/2014/QĐ-TTg):

- an extension and a change of lead unit count from the day of the decision, a request counts for nothing until decided;
- a suspended task is not overdue while it is suspended; an ended one leaves the figures from its day on;
- a returned result counts as not completed: statements that had arrived by then no longer complete the task.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from nlp.units import unit_key
from service.follow_records import Move

REQUESTS: Final = {"extend_asked": ("extended", "extend_refused"), "lead_asked": ("lead_moved", "lead_refused")}
"""What a unit may ask, and the two ways in which it is decided."""


@dataclass(frozen=True, slots=True)
class Course:
    """Where a task stands by what people did about it; everything is empty for one that nobody touched."""

    due: dt.date | None = None
    """The moved deadline; None: as printed."""
    lead: str | None = None
    """The unit now in charge; None: as printed."""
    suspended: dt.date | None = None
    """Since when it is suspended (tạm dừng theo dõi)."""
    ended: dt.date | None = None
    """Since when it is followed no more (kết thúc theo dõi)."""
    returned: dt.date | None = None
    """Statements that arrived up to this day do not complete it (yêu cầu bổ sung, báo cáo lại)."""
    report_by: dt.date | None = None
    """By when the unit is to report again."""
    done: dt.date | None = None
    """The day of completion that the office confirmed."""
    basis: str | None = None
    """The ground of the last decision."""
    asked: tuple[Move, ...] = ()
    """Requests that wait for a decision."""

    @property
    def active(self) -> bool:
        """Whether it is followed: neither suspended nor ended."""
        return self.suspended is None and self.ended is None


UNTOUCHED: Final = Course()


def standing(
    moves: Iterable[Move], *, as_of: dt.date | None = None, known_at: dt.datetime | None = None
) -> tuple[Move, ...]:
    """The moves that count: known by then, in effect by that day, not taken back. In the order of their effect."""
    known = [move for move in moves if known_at is None or move.known_at <= known_at]
    gone = {move.answers for move in known if move.kind == "undone"}
    counted = [
        move
        for move in known
        if move.id not in gone and move.kind != "undone" and (as_of is None or move.effective <= as_of)
    ]
    return tuple(sorted(counted, key=lambda move: (move.effective, move.id)))


def concerns(move: Move, unit: str | None, period: str | None) -> bool:
    """Whether a move is about this assignee and period; one that names none is about all."""
    same_unit = move.unit is None or (unit is not None and unit_key(move.unit) == unit_key(unit))
    return same_unit and (move.period is None or move.period == period)


def course(
    moves: Sequence[Move],
    *,
    unit: str | None = None,
    period: str | None = None,
    as_of: dt.date | None = None,
    known_at: dt.datetime | None = None,
) -> Course:
    """The course of one obligation out of the moves of its task."""
    if not moves:
        return UNTOUCHED
    state: dict[str, object] = {}
    counted = [move for move in standing(moves, as_of=as_of, known_at=known_at) if concerns(move, unit, period)]
    for move in counted:
        state |= _effect(move)
    decided = {move.answers for move in counted}
    asked = tuple(move for move in counted if move.kind in REQUESTS and move.id not in decided)
    return Course(**state, asked=asked)  # type: ignore[arg-type]  # the table below names Course's fields


def _effect(move: Move) -> dict[str, object]:
    day = move.effective
    match move.kind:
        case "extended":
            found: dict[str, object] = {"due": _day(move, "due")}
        case "lead_moved":
            found = {"lead": move.after.get("lead")}
        case "suspended":
            found = {"suspended": day}
        case "ended":
            found = {"ended": day}
        case "resumed":
            found = {"suspended": None} | ({"due": _day(move, "due")} if move.after.get("due") else {})
        case "reopened":
            found = {"ended": None, "done": None}
        case "redo":
            found = {"returned": day, "report_by": _day(move, "due"), "done": None}
        case "confirmed":
            found = {"done": _day(move, "done") or day, "returned": None, "report_by": None}
        case _:
            return {}
    return found | {"basis": move.basis}


def _day(move: Move, name: str) -> dt.date | None:
    value = move.after.get(name)
    return dt.date.fromisoformat(value) if value else None


def by_task(moves: Iterable[Move]) -> dict[int, list[Move]]:
    """Moves by the task that they are about."""
    found: dict[int, list[Move]] = {}
    for move in moves:
        found.setdefault(move.task_id, []).append(move)
    return found
