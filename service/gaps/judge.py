"""Where an obligation stands: the task axis and the report axis, each from its own dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from service.gaps.model import Answer, Basis, Duty, GapQuery, ReportStatus, TaskStatus, Verdict


def judge(duty: Duty, answers: Sequence[Answer], query: GapQuery, as_of: dt.date) -> Verdict:
    """The verdict on a duty from the statements that answer it (all of them arrived by ``as_of``)."""
    done = _done(answers, query)
    done_date = min((_done_date(duty, answer) for answer in done), default=None)
    latest = max(answers, key=lambda answer: (answer.arrived, answer.confirmed, answer.link.probability), default=None)
    return Verdict(
        task_status=_task_status(duty, done_date, query, as_of),
        report_status=_report_status(duty, answers, query, as_of),
        claimed=latest.claimed if latest else None,
        done_date=done_date,
        basis=_basis(done or answers),
    )


def last_day(due: dt.date, *, inclusive: bool, query: GapQuery) -> dt.date:
    """The last day that is in time: "trước ngày D" ends on D where the office is tolerant, else the day before."""
    return due if inclusive or query.tolerant else due - dt.timedelta(days=1)


def _done(answers: Iterable[Answer], query: GapQuery) -> list[Answer]:
    """Claims of completion that count: confirmed by a person, or of a high score and with evidence."""
    return [
        answer
        for answer in answers
        if answer.claimed == "done"
        and (answer.confirmed or (answer.evidence and answer.link.probability >= query.high))
    ]


def _done_date(duty: Duty, answer: Answer) -> dt.date:
    """The day of the evidence: after the directive, not after the report; without evidence the day of arrival."""
    issued = duty.directive.header.date
    dates = [day for day in answer.dates if day <= answer.arrived and (issued is None or day > issued)]
    if duty.span:
        dates = [day for day in dates if duty.span.holds(day)] or dates
    return max(dates, default=answer.arrived)


def _task_status(duty: Duty, done: dt.date | None, query: GapQuery, as_of: dt.date) -> TaskStatus:
    if duty.due is None:
        return "no_deadline"
    last = last_day(duty.due, inclusive=duty.inclusive, query=query)
    if done is not None:
        return "done_on_time" if done <= last else "done_late"
    return "open_in_time" if as_of <= last else "open_overdue"


def _report_status(duty: Duty, answers: Sequence[Answer], query: GapQuery, as_of: dt.date) -> ReportStatus:
    first = min((answer.arrived for answer in answers), default=None)
    if duty.report_due is None:
        return "not_due" if first is None else "reported"
    last = last_day(duty.report_due, inclusive=duty.report_inclusive, query=query)
    if first is not None:
        return "reported" if first <= last else "reported_late"
    return "not_due" if as_of <= last else "missing"


def _basis(answers: Iterable[Answer]) -> Basis:
    decisions = {answer.confirmed for answer in answers}
    if not decisions:
        return "none"
    return "confirmed" if True in decisions else "suggested"
