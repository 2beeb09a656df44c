"""An obligation and the statements that answer it, as days from which each status holds (service/cells.py)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from service.cells import ACTIVE, ENDED, FAR, SUSPENDED, Cell, Claim, Flag, Since
from service.duplicates import Double
from service.gaps.judge import completes, done_date, last_day, latest
from service.gaps.model import Answer, Duty, GapQuery
from service.gaps.rules import Case, flagged
from service.gaps.sources import Sources


@dataclass(frozen=True, slots=True)
class Beside:
    """What decides about a duty beside its own statements."""

    members: Sequence[dt.date] = ()
    """The days on which members of a collective reported."""
    doubles: Sequence[Double] = ()
    """The same work issued elsewhere."""
    rivals: Mapping[int, int] = field(default_factory=dict)
    """For a proposed link, how many tasks its statement may answer."""
    sources: Sources | None = None


NOTHING: Final = Beside()


def weigh(
    duty: Duty, answers: Sequence[Answer], query: GapQuery, beside: Beside = NOTHING, *, at: tuple[int, int] = (0, 0)
) -> Cell:
    """The cell of this version of the duty; ``at`` is its task's place in the text and its own among the task's."""
    last = report_last = FAR
    if duty.course.suspended is None:
        last = _last(duty.due, inclusive=duty.inclusive, query=query)
        report_last = _last(duty.report_due, inclusive=duty.report_inclusive, query=query)
    closes = FAR if duty.closes == dt.date.max else duty.closes.toordinal()
    return Cell(
        task_id=duty.task.id,
        document_id=duty.directive.id,
        unit=duty.unit or "",
        opens=duty.opens.toordinal(),
        closes=closes,
        state=ENDED if duty.course.ended else SUSPENDED if duty.course.suspended else ACTIVE,
        tracked=duty.task.confirmed,
        ordinal=at[0],
        place=at[1],
        via=duty.via,
        origin=duty.origin if duty.origin != duty.unit else None,
        collective=duty.collective,
        label=duty.span.label if duty.span else None,
        first=duty.span.first.toordinal() if duty.span else None,
        final=duty.span.last.toordinal() if duty.span else None,
        due=_ordinal(duty.due),
        inclusive=duty.inclusive,
        last=last,
        report_due=_ordinal(duty.report_due),
        report_inclusive=duty.report_inclusive,
        report_last=report_last,
        said=since(duty, answers, query),
        confirmed=since(duty, [answer for answer in answers if answer.confirmed], query),
        links=tuple(answer.link.id for answer in answers),
        claims=tuple(_claims(duty, answers, query)),
        flags=(
            *_flags(duty, answers, beside),
            *(flag for flag in (beside.sources.flags(duty) if beside.sources else ()) if flag.since < closes),
        ),
    )


def since(duty: Duty, answers: Sequence[Answer], query: GapQuery) -> Since:
    """From when these statements make the duty done and reported."""
    reported = min((answer.arrived.toordinal() for answer in answers), default=FAR)
    last = _last(duty.due, inclusive=duty.inclusive, query=query)
    if duty.course.done is not None:  # a person's word on the day of completion goes before every statement
        seen = duty.opens.toordinal()
        return Since(seen, seen if duty.course.done.toordinal() <= last else FAR, reported)
    done = [answer for answer in answers if completes(duty, answer, query)]
    in_time = [answer for answer in done if done_date(duty, answer, query).toordinal() <= last]
    return Since(_first(done), _first(in_time), reported)


def _first(answers: Sequence[Answer]) -> int:
    return min((answer.arrived.toordinal() for answer in answers), default=FAR)


def _last(due: dt.date | None, *, inclusive: bool, query: GapQuery) -> int:
    return FAR if due is None else last_day(due, inclusive=inclusive, query=query).toordinal()


def _ordinal(day: dt.date | None) -> int:
    return FAR if day is None else day.toordinal()


def _stretches(
    duty: Duty, answers: Sequence[Answer], also: Sequence[dt.date] = ()
) -> Iterator[tuple[int, int, list[Answer]]]:
    """The stretches of days between arrivals (and these days), with the statements there are by then."""
    opens, closes = duty.opens.toordinal(), _ordinal(None if duty.closes == dt.date.max else duty.closes)
    days = {day.toordinal() for day in (*(answer.arrived for answer in answers), *also)}
    marks = [opens, *sorted(day for day in days if opens < day < closes), closes]
    for start, end in pairwise(marks):
        yield start, end, [answer for answer in answers if answer.arrived.toordinal() <= start]


def _claims(duty: Duty, answers: Sequence[Answer], query: GapQuery) -> Iterator[Claim]:
    if not answers and duty.course.done is None:
        return
    for start, end, there in _stretches(duty, answers):
        spoken = latest(there)
        days = [done_date(duty, answer, query) for answer in there if completes(duty, answer, query)]
        done = duty.course.done or min(days, default=None)
        if spoken or done:
            yield Claim(start, end, spoken.claimed if spoken else None, done.toordinal() if done else None)


def _flags(duty: Duty, answers: Sequence[Answer], beside: Beside) -> Iterator[Flag]:
    """Rules that hold for a stretch of days; one that goes on unchanged is one flag."""
    running: dict[str, Flag] = {}
    for start, end, there in _stretches(duty, answers, beside.members):
        members = sum(day.toordinal() <= start for day in beside.members)
        case = Case(duty, there, members, beside.doubles, beside.rivals)
        found = {name: Flag(name, start, end, detail) for name, detail in flagged(case)}
        for name in [name for name, flag in running.items() if name not in found or found[name].detail != flag.detail]:
            yield running.pop(name)
        for name, flag in found.items():
            kept = running.get(name)
            running[name] = Flag(name, kept.since, end, kept.detail) if kept else flag
    yield from running.values()
