"""All cells of some tasks: obligations, their statements, people's moves, weighed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.cells import Cell
from service.gaps.assign import AHEAD, Names, answering
from service.gaps.duties import ReportDay, duties, general_duties, report_days
from service.gaps.ended import with_ended
from service.gaps.model import Answer, Duty, GapQuery
from service.gaps.moves import leads, versions
from service.gaps.seen import Facts
from service.gaps.weigh import Beside, weigh
from service.records import StoredTask


@dataclass(frozen=True, slots=True)
class Weighed:
    """A cell with what it was weighed from."""

    cell: Cell
    duty: Duty
    answers: tuple[Answer, ...]


def cells_of(facts: Facts, query: GapQuery, until: dt.date) -> Iterator[Weighed]:
    """The cells of every tracked task, with the periods of recurring duties that open by ``until``."""
    days = {number: report_days(tasks) for number, tasks in facts.neighbours.items()}
    places = {task.id: place for tasks in facts.neighbours.values() for place, task in enumerate(tasks)}
    for task in facts.tasks:
        if task.task.class_ == "tracked":
            yield from _of_task(task, facts, query, days[task.document_id], until, places.get(task.id, 0))


def general_cells(facts: Facts, query: GapQuery) -> Iterator[Weighed]:
    """The summary cells of general tasks, which are reported within the directive's report."""
    for duty, tasks in general_duties(facts, query):
        answers = [answer for number in tasks for answer in facts.answers.get(number, ())]
        mine = answering([duty], answers, {duty.unit: [duty.unit]}, facts.units)[0]
        yield Weighed(weigh(duty, mine, query), duty, mine)


def _of_task(
    task: StoredTask, facts: Facts, query: GapQuery, days: Sequence[ReportDay], until: dt.date, ordinal: int
) -> Iterator[Weighed]:
    doubles = facts.doubles.get(task.id, ())
    answers, moves = facts.answers.get(task.id, ()), facts.moves.get(task.id, [])
    last = max((answer.arrived + AHEAD for answer in answers), default=until)
    found = duties(task, facts, query, days, max(until, last))
    names: Names = {duty.unit: leads(duty, moves) if moves else [duty.unit] for duty in found}
    groups = list(zip(found, answering(found, answers, names, facts.units), strict=True))
    place = 0
    for duty, mine in groups:
        if _later(duty, until):
            place += 1
            continue
        beside = Beside(_members(duty, groups) if duty.collective else (), doubles, facts.rivals, facts.sources)
        for version in versions(duty, moves) if moves else (duty,):
            cell = weigh(version, mine, query, beside, at=(ordinal, place))
            yield Weighed(with_ended(cell, version, facts.units), version, mine)
            place += 1


def _later(duty: Duty, until: dt.date) -> bool:
    """A period that opens after ``until``: it decided which statement is whose, and is not asked for yet."""
    return duty.span is not None and duty.opens > max(until, duty.directive.effective)


def _members(duty: Duty, groups: Sequence[tuple[Duty, tuple[Answer, ...]]]) -> list[dt.date]:
    """The days on which each member of a collective first reported."""
    first: dict[str | None, dt.date] = {}
    for other, answers in groups:
        if other.via == duty.unit and answers:
            came = min(answer.arrived for answer in answers)
            first[other.unit] = min(came, first.get(other.unit, came))
    return sorted(first.values())
