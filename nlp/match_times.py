"""The period of a report and the time of a task: whether the one can answer for the other."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.match_pool import Beside, Candidate
from nlp.model import Period
from nlp.signals import Column, column


def time_columns(beside: Beside) -> Iterator[Column]:
    """The task falls due in the period, or recurs; it lies outside the period; it was settled before the report."""
    period, candidates = beside.said.statement.period, beside.candidates
    yield column("closed", (bool(one.closed) for one in candidates), lambda row: candidates[row].closed)
    if period is None:
        return
    late = [outside(one, period) for one in candidates]
    yield column("out_of_period", late, lambda _: period.label)
    due = (0.0 if out else _due(one, period) for one, out in zip(candidates, late, strict=True))

    def deadline(row: int) -> str:
        found = candidates[row].task.deadline
        return found.text if found else ""

    yield column("period", due, deadline)


def _due(candidate: Candidate, period: Period) -> float:
    """Whether a task falls due in a period; half of that where it recurs."""
    deadline = candidate.task.deadline
    if deadline is None:
        return 0.0
    if deadline.recurrence:
        return 0.5
    due, begins, ends = deadline.due, period.from_, period.to
    return float(due is not None and begins is not None and ends is not None and begins <= due <= ends)


def outside(candidate: Candidate, period: Period) -> bool:
    """Whether a task cannot be what a report for this period tells of.

    Its document is younger than the period; or its own time (the days it is for, else its deadline) was over before the
    period began. A task that is still open is late then, and is reported all the same: only one that recurs, or whose
    words name the span that it is for, ends with its time.
    """
    task = candidate.task
    if candidate.date and period.to and candidate.date > period.to:
        return True
    span = task.period
    ends = span.to if span else task.deadline.due if task.deadline and task.deadline.recurrence else None
    return bool(ends and period.from_ and ends < period.from_)
