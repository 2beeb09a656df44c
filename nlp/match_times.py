"""The period of a report and the time of a task: whether the one can answer for the other."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.match_pool import Candidate, Signal, Statement
from nlp.model import Period


def time_signals(statement: Statement, candidate: Candidate) -> Iterator[Signal]:
    """The task falls due in the period, or recurs; it lies outside the period; it was settled before the report."""
    period, deadline = statement.period, candidate.task.deadline
    if candidate.closed:
        yield Signal("closed", 1.0, candidate.closed)
    if period is None:
        return
    if outside(candidate, period):
        yield Signal("out_of_period", 1.0, period.label)
    elif deadline is None:
        return
    elif deadline.recurrence:
        yield Signal("period", 0.5, deadline.text)
    elif deadline.due and period.from_ and period.to and period.from_ <= deadline.due <= period.to:
        yield Signal("period", 1.0, deadline.text)


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
