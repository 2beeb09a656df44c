"""Working days and terms counted from an event (Bộ luật Dân sự 2015 Điều 147.2, 148): "15 ngày làm việc kể từ ngày ký".

Public holidays, Tết with them, come from the ``holidays`` library; what is decided year by year stands in
``data/holidays.toml``. The first day is not counted; a term that ends on a day off ends on the next working day.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import replace
from functools import cache
from typing import Any

from nlp.model import Deadline, Term, TermUnit
from nlp.patterns import compiled, rules

_DAY = dt.timedelta(days=1)
_WEEKEND = 5
_NUMBERS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
    "mười": 10,
}  # fmt: skip
_UNITS: dict[str, TermUnit] = {"ngày": "day", "tuần": "week", "tháng": "month", "năm": "year", "giờ": "hour"}
_LENGTH = re.compile(
    r"(?P<number>\d{1,3}|(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?:\s+(?:mươi|mười))?(?:\s+(?:một|hai|ba|tư|lăm|sáu|bảy|tám|chín))?)"
    r"(?:\s*\([^()]{1,20}\))?\s+(?P<unit>ngày|tuần|tháng|năm|giờ)(?P<working>\s+làm\s+việc)?",
    re.IGNORECASE,
)


@cache
def days_off(year: int) -> frozenset[dt.date]:
    """The days of a year that are free besides weekends."""
    import holidays  # noqa: PLC0415 - slow to import, and most texts need no calendar

    public = holidays.country_holidays("VN", years=year)
    return (frozenset(public) | _decided("off", year)) - _worked(year)


@cache
def _worked(year: int) -> frozenset[dt.date]:
    """Weekend days that are worked in exchange."""
    import holidays  # noqa: PLC0415

    known: Any = getattr(holidays.country_holidays("VN", years=year), "weekend_workdays", ())
    return frozenset(day for day in known if day.year == year) | _decided("worked", year)


def _decided(name: str, year: int) -> frozenset[dt.date]:
    return frozenset(day for entry in rules("holidays")["year"] if entry["year"] == year for day in entry[name])


def is_working_day(day: dt.date) -> bool:
    """Whether offices work on ``day``."""
    if day in _worked(day.year):
        return True
    return day.weekday() < _WEEKEND and day not in days_off(day.year)


def next_working_day(day: dt.date) -> dt.date:
    """``day``, or the next working day when it is a day off (Điều 148.5)."""
    while not is_working_day(day):
        day += _DAY
    return day


def add_working_days(start: dt.date, days: int) -> dt.date:
    """The last of ``days`` working days after ``start``, which is not counted (Điều 147.2)."""
    day = start
    for _ in range(days):
        day = next_working_day(day + _DAY)
    return day


def add_months(start: dt.date, months: int) -> dt.date:
    """The same day so many months on, the month's last day where it has no such day (Điều 148.3)."""
    place = start.year * 12 + start.month - 1 + months
    year, month = divmod(place, 12)
    return dt.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def term_end(term: Term, begins: dt.date) -> dt.date:
    """The last day of a term that begins with an event on ``begins``."""
    if term.working and term.unit == "day":
        return add_working_days(begins, term.amount)
    if term.unit == "hour":
        return next_working_day(begins + _DAY * -(-term.amount // 24))
    if term.unit in {"month", "year"}:
        return next_working_day(add_months(begins, term.amount * (12 if term.unit == "year" else 1)))
    return next_working_day(begins + _DAY * term.amount * (7 if term.unit == "week" else 1))


@cache
def _events() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, compiled(pattern)) for name, pattern in rules("deadlines")["events"].items())


def read_length(text: str) -> Term | None:
    """The term in an anchor's words: 15 working days from the day of issue."""
    match = _LENGTH.search(text)
    if not match:
        return None
    amount = _number(match["number"])
    event = next((name for name, pattern in _events() if pattern.search(text, match.end())), None)
    return Term(amount, _UNITS[match["unit"].lower()], bool(match["working"]), event) if amount else None


def _number(printed: str) -> int:
    if printed.isdigit():
        return int(printed)
    total = 0
    for word in printed.lower().split():
        total = (total or 1) * 10 if word in {"mươi", "mười"} else total + _NUMBERS.get(word, 0)
    return total


def resolve(deadline: Deadline, **days: dt.date | None) -> Deadline:
    """A relative deadline with its day, where its event's is known: ``issued=``, ``received=``, ``effective=``."""
    term = deadline.term
    begins = days.get(term.event) if term and term.event else None
    if term is None or begins is None or deadline.due is not None:
        return deadline
    return replace(deadline, due=term_end(term, begins), precision="day")
