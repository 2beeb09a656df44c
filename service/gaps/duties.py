"""Obligations: each tracked task × each assignee × each period (design: a gap is a hole in this matrix).

One cell for each assignee as printed. A collective ("các sở, ban, ngành") makes one cell under its printed name; a
member that reports, that the question asks for, or that the office has listed makes a cell of its own under it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from nlp.assignees import fit, is_collective
from nlp.model import Deadline, Task
from nlp.registry.keys import name_key
from nlp.units import unit_key
from service.gaps.evidence import gap_data
from service.gaps.model import Answer, Duty, GapQuery
from service.gaps.seen import Facts
from service.periods import Occurrence, Span, occurrences, parse_span, regime_for
from service.records import StoredDocument, StoredTask


@dataclass(frozen=True, slots=True)
class ReportDay:
    """The day by which a directive wants the reports of these units."""

    units: tuple[str, ...]
    due: dt.date
    inclusive: bool


def duties(task: StoredTask, facts: Facts, query: GapQuery, days: Sequence[ReportDay], until: dt.date) -> list[Duty]:
    """The task's obligations as printed, in the order of the text, with periods up to ``until``.

    ``query`` may name a member of a collective; people's moves of the task are applied later (``service.gaps.moves``).
    """
    directive = facts.directives[task.document_id]
    found = _units(task, facts.answers.get(task.id, ()), query, _listed(task, directive, facts, query))
    times = _occurrences(task.task, directive, until, query)
    return [duty for who in found for duty in _in_time(who, directive, days, times)]


def general_duties(facts: Facts, query: GapQuery) -> Iterator[tuple[Duty, tuple[int, ...]]]:
    """One obligation for each directive and unit with general tasks: to report on them; with the tasks' store ids."""
    groups: dict[int, list[StoredTask]] = {}
    for task in facts.tasks:
        if task.task.class_ == "general" and task.task.lead:
            groups.setdefault(task.document_id, []).append(task)
    for number, tasks in groups.items():
        directive, days = facts.directives[number], report_days(facts.neighbours[number])
        leads = {unit_key(name): name for task in tasks for name in task.task.lead}
        answers = [answer for task in tasks for answer in facts.answers.get(task.id, ())]
        whole = StoredTask(0, number, Task("chung", f"Nhiệm vụ chung, báo cáo trong kỳ ({len(tasks)} nhiệm vụ)", 0, 0))
        whole = replace(whole, task=replace(whole.task, lead=tuple(leads.values())))
        for who in _units(whole, answers, query, query.members):
            own = tuple(task.id for task in tasks if (who.via or who.unit) in task.task.lead)
            yield from ((duty, own) for duty in _in_time(who, directive, days, ()))


def wanted(duty: Duty, query: GapQuery) -> bool:
    """Whether the question asks for this obligation."""
    if query.unit and not (duty.unit and fit(query.unit, duty.unit) == "same"):
        return False
    return not query.period or _in_period(duty, query.period, parse_span(query.period))


@dataclass(frozen=True, slots=True)
class _Unit:
    task: StoredTask
    unit: str | None
    via: str | None = None
    collective: bool = False
    since: dt.date = dt.date.min
    """When it became known that the unit owes this: for a member that is known from its report."""


def _listed(task: StoredTask, directive: StoredDocument, facts: Facts, query: GapQuery) -> Mapping[str, Sequence[str]]:
    """The members of the task's collectives: as the question supposes, else as the office has listed them."""
    found = dict(query.members)
    day = directive.header.date or directive.effective
    for name in task.task.lead:
        kept = facts.units.office.members.get(name_key(name)) if name not in found and is_collective(name) else None
        if kept:
            found[name] = facts.units.names([one.unit for one in kept if one.term.holds(day)], day)
    return found


def _units(
    task: StoredTask, answers: Sequence[Answer], query: GapQuery, members: Mapping[str, Sequence[str]]
) -> Iterator[_Unit]:
    """Who owes the task: the printed assignees, and the members of collectives that are known by name."""
    names = {unit_key(name): name for name in reversed(task.task.lead)}
    if not names:
        yield _Unit(task, None)
    for name in reversed(names.values()):
        if not is_collective(name):
            yield _Unit(task, name)
            continue
        listed = members.get(name)
        if listed is None:
            yield _Unit(task, name, collective=True)
        for member, since in _members(name, listed or (), answers, query):
            if unit_key(member) not in names:
                yield _Unit(task, member, via=name, since=since)


def _members(
    name: str, listed: Iterable[str], answers: Sequence[Answer], query: GapQuery
) -> Iterator[tuple[str, dt.date]]:
    always, asked = dt.date.min, [query.unit] if query.unit else []
    reported = ((answer.unit, answer.arrived) for answer in answers if answer.unit)
    known = [*((unit, always) for unit in (*listed, *asked)), *reported]
    found: list[str] = []
    for unit, since in known:
        if (unit in listed or fit(unit, name) == "member") and not any(fit(unit, one) == "same" for one in found):
            found.append(unit)
            yield unit, since


def _occurrences(task: Task, directive: StoredDocument, until: dt.date, query: GapQuery) -> list[Occurrence]:
    """Each time a recurring task falls due; nothing for one that is done once."""
    start = directive.header.date or directive.effective
    regime = regime_for(directive.header.system, query.regime)
    deadline = task.deadline or Deadline("")
    return occurrences(deadline, start=start, until=max(until, start), regime=regime, send_after=query.send_after)


def _in_time(
    who: _Unit, directive: StoredDocument, days: Sequence[ReportDay], found: Sequence[Occurrence]
) -> Iterator[Duty]:
    """The duty once, or once for each period of a recurring one."""
    deadline = who.task.task.deadline or Deadline("")
    opens = max(directive.effective, who.since)
    base = Duty(
        who.task,
        directive,
        who.unit,
        who.via,
        inclusive=deadline.inclusive,
        collective=who.collective,
        opens=opens,
        origin=who.unit,
    )
    day = _own_report_day(who.task.task) or _day_for(who, days)
    start = directive.header.date or directive.effective
    if not found:
        yield _once(base, deadline, day)
    for occurrence in found:
        first = occurrence.span.first
        yield _each(base, occurrence, day, opens=max(opens, first) if first > start else opens)


def _once(base: Duty, deadline: Deadline, day: ReportDay | None) -> Duty:
    """A report on the whole directive is due on its own day, also for work whose day is earlier or later."""
    if day is None:
        return replace(base, due=deadline.due, report_due=deadline.due, report_inclusive=deadline.inclusive)
    return replace(base, due=deadline.due, report_due=day.due, report_inclusive=day.inclusive)


def _each(base: Duty, occurrence: Occurrence, day: ReportDay | None, *, opens: dt.date) -> Duty:
    """A period after the day of the common report is reported on its own day."""
    own = day is None or day.due < occurrence.due
    return replace(
        base,
        span=occurrence.span,
        data=occurrence.data,
        due=occurrence.due,
        report_due=occurrence.due if own or day is None else day.due,
        report_inclusive=base.inclusive if own or day is None else day.inclusive,
        opens=opens,
    )


@cache
def _report_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = gap_data()["report_duty"]
    return re.compile(data["duty"]), re.compile(data["own"])


def report_days(tasks: Iterable[StoredTask]) -> list[ReportDay]:
    """A directive's own report duties with a day: "báo cáo kết quả thực hiện Kế hoạch trước ngày 15/12/2022"."""
    duty, own = _report_patterns()
    found = []
    for stored in tasks:
        task, deadline = stored.task, stored.task.deadline
        if task.in_table or not deadline or not deadline.due or deadline.recurrence:
            continue
        if duty.search(task.text) and own.search(task.text):
            found.append(ReportDay(task.lead, deadline.due, deadline.inclusive))
    return found


def _day_for(who: _Unit, days: Iterable[ReportDay]) -> ReportDay | None:
    """The common report day of this unit; none for work that is itself a report."""
    text = who.task.task.text
    if who.unit is None or (not who.task.task.in_table and _report_patterns()[1].search(text)):
        return None
    fitting = [day for day in days if any(name == who.unit or fit(who.unit, name) for name in day.units)]
    return max(fitting, key=lambda day: day.due, default=None)


def _own_report_day(task: Task) -> ReportDay | None:
    """The day by which the task itself says that it is to be reported; a recurrence there is no day."""
    try:
        due = dt.date.fromisoformat(task.report_due or "")
    except ValueError:
        return None
    same = task.deadline is not None and task.deadline.due == due
    return ReportDay((), due, inclusive=not same or (task.deadline is not None and task.deadline.inclusive))


def _in_period(duty: Duty, label: str, asked: Span | None) -> bool:
    if duty.span is not None and duty.span.label == label:
        return True
    if asked is None:
        return False
    if duty.span is not None:
        return asked.covers(duty.span)
    return duty.due is not None and asked.holds(duty.due)
