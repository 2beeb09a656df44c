"""Which obligations are to be reminded of on a day, and by which rule. Pure: cells in, reminders out.

Rules (settings in brackets): ``before:N`` when N days or fewer are left (REMIND_BEFORE, each N once); ``on_day`` on the
last day; ``after:K`` the day after and then every REMIND_AFTER_EVERY days, K = 0, 1, … below REMIND_AFTER_MAX. A day
on which nothing ran is made up for: the rule that should have fired fires with the next run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

from corpus.text import fold
from nlp.units import unit_key
from service.follow import Followed
from service.follow_records import NewReminder
from service.gaps import GapQuery
from service.gaps.judge import last_day
from service.settings import Settings
from service.vietnamese import day
from service.wording import document_name

OPEN: Final = ("open_in_time", "open_overdue")
_QUOTED: Final = 200
"""Characters of a task that a reminder quotes."""


def due_today(
    cells: Iterable[Followed], as_of: dt.date, query: GapQuery, settings: Settings, addresses: Mapping[str, str]
) -> list[NewReminder]:
    """The reminders that the rules ask for; ``addresses`` are by ``unit_key``."""
    found = []
    for each in cells:
        rule = _rule(each, as_of, query, settings)
        if rule is not None and each.unit and each.duty.due:
            found.append(_reminder(each, each.unit, each.duty.due, rule, as_of, addresses.get(unit_key(each.unit))))
    return found


def window(as_of: dt.date, settings: Settings) -> tuple[dt.date, dt.date]:
    """The last days in time of which some rule may speak: no other obligations have to be looked at."""
    after = settings.remind_after_every * settings.remind_after_max
    return as_of - dt.timedelta(days=after), as_of + dt.timedelta(days=max(settings.remind_before, default=0))


def _rule(each: Followed, as_of: dt.date, query: GapQuery, settings: Settings) -> str | None:
    duty = each.duty
    if not each.counted or duty.due is None or each.cell.verdict.task_status not in OPEN:
        return None
    left = (last_day(duty.due, inclusive=duty.inclusive, query=query) - as_of).days
    if left == 0:
        return "on_day"
    if left > 0:
        steps = [step for step in settings.remind_before if step >= left]
        return f"before:{min(steps)}" if steps else None
    step = -left // settings.remind_after_every
    return f"after:{step}" if step < settings.remind_after_max else None


def _reminder(each: Followed, unit: str, due: dt.date, rule: str, as_of: dt.date, address: str | None) -> NewReminder:
    key = "|".join((rule, str(each.duty.task.id), unit_key(unit), each.period or "", due.isoformat()))
    task = fold(each.duty.task.task.text)
    short = task if len(task) <= _QUOTED else f"{task[:_QUOTED].rsplit(' ', 1)[0]}…"
    period = f", {each.period}" if each.period else ""
    text = f"{_state(as_of, due)}: {short} ({document_name(each.duty.directive)}{period}). {rule_words(rule)}"
    return NewReminder(key, rule, as_of, unit, each.duty.task.id, each.period, due, text, address)


def _state(as_of: dt.date, due: dt.date) -> str:
    left = (due - as_of).days
    if left > 0:
        return f"Còn {left} ngày đến thời hạn {day(due)}"
    return f"Đến hạn hôm nay ({day(due)})" if left == 0 else f"Quá hạn {-left} ngày (thời hạn {day(due)})"


def rule_words(rule: str) -> str:
    """The rule that fired, as the reminder says it."""
    name, _, step = rule.partition(":")
    if name == "before":
        return f"Quy tắc: nhắc trước hạn {step} ngày."
    if name == "on_day":
        return "Quy tắc: nhắc trong ngày đến hạn."
    return f"Quy tắc: nhắc sau hạn, lần {int(step) + 1}."
