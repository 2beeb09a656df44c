"""The cells of the matrix as people's decisions leave them: moved deadlines, changed units, suspended, ended tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.course import UNTOUCHED, Course, by_task, course
from service.gaps import Answer, Duty, GapCell, GapQuery, Verdict, gaps
from service.gaps.judge import judge, last_day
from service.store.ports import Store


@dataclass(frozen=True, slots=True)
class Followed:
    """A cell with the course of its task."""

    cell: GapCell
    course: Course = UNTOUCHED

    @property
    def duty(self) -> Duty:
        """The obligation."""
        return self.cell.duty

    @property
    def unit(self) -> str | None:
        """The unit in charge now."""
        return self.course.lead or self.cell.duty.unit

    @property
    def period(self) -> str | None:
        """The period's label."""
        return self.cell.duty.span.label if self.cell.duty.span else None

    @property
    def confirmed_task(self) -> bool:
        """Whether a person put the task under tracking; drafts do not count in official figures."""
        return self.cell.duty.task.confirmed

    @property
    def counted(self) -> bool:
        """Whether it stands in official figures: under tracking, neither suspended nor ended."""
        return self.confirmed_task and self.course.active

    def days_late(self, as_of: dt.date, query: GapQuery) -> int:
        """Days since the last day that was in time; 0 while it is in time, done or suspended."""
        duty = self.cell.duty
        if self.cell.official.task_status != "open_overdue" or duty.due is None or not self.course.active:
            return 0
        return (as_of - last_day(duty.due, inclusive=duty.inclusive, query=query)).days


def followed(store: Store, query: GapQuery) -> list[Followed]:
    """The cells that the question asks for, judged by the deadlines and units that hold on its date."""
    cells = gaps(store, query)
    as_of = query.as_of or dt.datetime.now(query.zone).date()
    ids = sorted({cell.duty.task.id for cell in cells if cell.duty.task.id})
    moves = by_task(store.moves(task_ids=ids, known_at=query.known_at)) if store.moves_mark() else {}
    found = []
    for cell in cells:
        duty = cell.duty
        label = duty.span.label if duty.span else None
        way = course(moves.get(duty.task.id, ()), unit=duty.unit, period=label, as_of=as_of, known_at=query.known_at)
        found.append(Followed(cell) if way == UNTOUCHED else _moved(cell, way, query, as_of))
    return found


def _moved(cell: GapCell, way: Course, query: GapQuery, as_of: dt.date) -> Followed:
    duty = _duty(cell.duty, way)
    official = [answer for answer in cell.answers if answer.confirmed]
    verdict = _judged(duty, cell.answers, way, query, as_of)
    return Followed(replace(cell, duty=duty, verdict=verdict, official=_judged(duty, official, way, query, as_of)), way)


def _duty(duty: Duty, way: Course) -> Duty:
    """A moved deadline moves the day of the report with it, unless the report has a later day of its own."""
    if way.due is not None:
        report = max(duty.report_due, way.due) if duty.report_due else duty.report_due
        duty = replace(duty, due=way.due, inclusive=True, report_due=report, report_inclusive=True)
    if way.report_by is not None:
        duty = replace(duty, report_due=way.report_by, report_inclusive=True)
    return replace(duty, unit=way.lead) if way.lead else duty


def _judged(duty: Duty, answers: Sequence[Answer], way: Course, query: GapQuery, as_of: dt.date) -> Verdict:
    counted = answers
    if way.returned is not None:
        counted = [answer for answer in answers if answer.arrived > way.returned]
    verdict = judge(duty, counted, query, as_of)
    if way.done is None:
        return verdict
    late = duty.due is not None and way.done > last_day(duty.due, inclusive=duty.inclusive, query=query)
    status = verdict.task_status if duty.due is None else ("done_late" if late else "done_on_time")
    return replace(verdict, task_status=status, done_date=way.done, basis="confirmed")
