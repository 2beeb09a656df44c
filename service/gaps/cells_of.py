"""All cells of some tasks: obligations, their statements, people's moves, weighed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from service.cells import Cell
from service.gaps.assign import AHEAD, Names, answering
from service.gaps.duties import ReportDay, duties, general_duties, report_days
from service.gaps.ended import with_ended
from service.gaps.model import Answer, Duty, GapQuery
from service.gaps.moves import leads, versions
from service.gaps.seen import Facts
from service.gaps.weigh import weigh
from service.records import StoredTask


@dataclass(frozen=True, slots=True)
class Weighed:
    """A cell with what it was weighed from."""

    cell: Cell
    duty: Duty
    answers: tuple[Answer, ...]


def cells_of(facts: Facts, query: GapQuery, until: dt.date) -> Iterator[Weighed]:
    """The cells of every tracked task, with periods of recurring duties up to ``until`` at least."""
    days = {number: report_days(tasks) for number, tasks in facts.neighbours.items()}
    places = {task.id: place for tasks in facts.neighbours.values() for place, task in enumerate(tasks)}
    for task in facts.tasks:
        if task.task.class_ == "tracked":
            found = _of_task(task, facts, query, days[task.document_id], until)
            for place, one in enumerate(found):
                cell = with_ended(one.cell, one.duty, facts.units)
                yield replace(one, cell=replace(cell, ordinal=places.get(task.id, 0), place=place))


def general_cells(facts: Facts, query: GapQuery, until: dt.date) -> Iterator[Weighed]:
    """The summary cells of general tasks, which are reported within the directive's report."""
    for duty, tasks in general_duties(facts, query, until):
        answers = [answer for number in tasks for answer in facts.answers.get(number, ())]
        mine = answering(duty, answers, [duty], {duty.unit: [duty.unit]}, facts.units)
        yield Weighed(weigh(duty, mine, query), duty, mine)


def _of_task(
    task: StoredTask, facts: Facts, query: GapQuery, days: Sequence[ReportDay], until: dt.date
) -> Iterator[Weighed]:
    doubles = facts.doubles.get(task.id, ())
    answers, moves = facts.answers.get(task.id, ()), facts.moves.get(task.id, [])
    last = max((answer.arrived + AHEAD for answer in answers), default=until)
    found = duties(task, facts, query, days, max(until, last))
    names: Names = {duty.unit: leads(duty, moves) if moves else [duty.unit] for duty in found}
    groups = [(duty, answering(duty, answers, found, names, facts.units) if answers else ()) for duty in found]
    for duty, mine in groups:
        reported = _members(duty, groups) if duty.collective else []
        for version in versions(duty, moves) if moves else (duty,):
            given = {"members": reported, "doubles": doubles, "rivals": facts.rivals, "sources": facts.sources}
            yield Weighed(weigh(version, mine, query, **given), version, mine)  # type: ignore[arg-type]


def _members(duty: Duty, groups: Sequence[tuple[Duty, tuple[Answer, ...]]]) -> list[dt.date]:
    """The days on which each member of a collective first reported."""
    first: dict[str | None, dt.date] = {}
    for other, answers in groups:
        if other.via == duty.unit and answers:
            came = min(answer.arrived for answer in answers)
            first[other.unit] = min(came, first.get(other.unit, came))
    return sorted(first.values())
