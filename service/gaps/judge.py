"""Where an obligation stands: the task axis and the report axis, each from its own dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from service.cells import ENDED, FAR, REPORT_STATUS, SUSPENDED, TASK_STATUS, Cell, SeenCell, Since, Standing
from service.gaps.model import Answer, Duty, GapQuery


def last_day(due: dt.date, *, inclusive: bool, query: GapQuery) -> dt.date:
    """The last day that is in time: "trước ngày D" ends on D where the office is tolerant, else the day before."""
    return due if inclusive or query.tolerant else due - dt.timedelta(days=1)


def latest(answers: Iterable[Answer]) -> Answer | None:
    """The statement that speaks for the unit: the last to arrive, a confirmed one before others of that day."""
    return max(answers, key=lambda answer: (answer.arrived, answer.confirmed, answer.link.probability), default=None)


def completes(duty: Duty, answer: Answer, query: GapQuery) -> bool:
    """Whether a claim of completion counts: confirmed by a person, or of a high score and with evidence.

    What had arrived when the office returned the result (yêu cầu bổ sung, báo cáo lại) counts no more.
    """
    if answer.claimed != "done" or (duty.course.returned is not None and answer.arrived <= duty.course.returned):
        return False
    return answer.confirmed or (answer.evidence and answer.link.probability >= query.high)


def done_date(duty: Duty, answer: Answer, query: GapQuery) -> dt.date:
    """The day that completes the task, by the office's setting ``done_by``.

    ``product`` is the day of the evidence: after the directive, not after the report; without evidence the day of
    arrival. ``report`` is the day of arrival, ``confirmation`` the day on which a person confirmed the statement.
    """
    if query.done_by == "report":
        return answer.arrived
    if query.done_by == "confirmation" and answer.confirmed and answer.link.decided_at is not None:
        return answer.link.decided_at.astimezone(query.zone).date()
    issued = duty.directive.header.date
    dates = [day for day in answer.dates if day <= answer.arrived and (issued is None or day > issued)]
    if duty.span:
        counted = duty.data or duty.span
        dates = [day for day in dates if counted.holds(day)] or dates
    return max(dates, default=answer.arrived)


def seen_on(cell: Cell, day: int) -> SeenCell | None:
    """The cell as of a day, None where it is not seen then; the store does the same in SQL (gap_terms.py)."""
    if not cell.opens <= day < cell.closes:
        return None
    claim = next((c for c in cell.claims if c.since <= day < c.until), None)
    same = {name: getattr(cell, name) for name in SeenCell._fields if name in Cell.__slots__}
    return SeenCell(
        **same
        | {
            "reported": cell.said.reported,
            "task_status": task_status(cell, cell.said, day),
            "report_status": report_status(cell, cell.said, day),
            "official_task_status": task_status(cell, cell.confirmed, day),
            "official_report_status": report_status(cell, cell.confirmed, day),
            "basis": _basis(cell, day),
            "claimed": claim.claimed if claim else None,
            "done_on": claim.done_on if claim else None,
            "flags": tuple(flag for flag in cell.flags if flag.since <= day < flag.until),
        }
    )


def task_status(cell: Cell, since: Since, day: int) -> str:
    """đã hoàn thành (đúng hạn, quá hạn), chưa hoàn thành (trong hạn, quá hạn), không quy định thời hạn."""
    done_on_time, done_late, open_in_time, open_overdue, no_deadline = TASK_STATUS
    if cell.due == FAR:
        return no_deadline
    if since.done <= day:
        return done_on_time if since.on_time <= day else done_late
    return open_in_time if day <= cell.last else open_overdue


def report_status(cell: Cell, since: Since, day: int) -> str:
    """chưa đến kỳ, đã báo cáo (đúng hạn, chậm), chưa báo cáo."""
    not_due, reported, reported_late, missing = REPORT_STATUS
    if since.reported <= day:
        return reported if since.reported <= cell.report_last else reported_late
    return not_due if day <= cell.report_last else missing


def _basis(cell: Cell, day: int) -> str:
    """What the statuses rest on: claims of completion where there are any, else all statements."""
    said, sure = cell.said, cell.confirmed
    if said.done <= day:
        return "confirmed" if sure.done <= day else "suggested"
    if said.reported > day:
        return "none"
    return "confirmed" if sure.reported <= day else "suggested"


def standing(seen: Cell | SeenCell) -> Standing:
    """Where an obligation stands in the office's hands."""
    if not seen.tracked:
        return "draft"
    return "ended" if seen.state == ENDED else "suspended" if seen.state == SUSPENDED else "followed"
