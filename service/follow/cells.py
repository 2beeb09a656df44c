"""The cells of the matrix with the course of their tasks: where each stands in the office's hands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from service.course import Course
from service.gaps import Duty, GapCell, GapQuery, gaps
from service.gaps.judge import last_day
from service.store.ports import Store


@dataclass(frozen=True, slots=True)
class Followed:
    """A cell as people's acts left it; the gap engine has judged it by the deadline and unit that hold on its date."""

    cell: GapCell

    @property
    def course(self) -> Course:
        """What people did about it."""
        return self.cell.duty.course

    @property
    def duty(self) -> Duty:
        """The obligation."""
        return self.cell.duty

    @property
    def unit(self) -> str | None:
        """The unit in charge now."""
        return self.cell.duty.unit

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
    """The cells that the question asks for, those whose tracking has ended among them."""
    return [Followed(cell) for cell in gaps(store, replace(query, ended=True))]
