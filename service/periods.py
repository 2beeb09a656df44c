"""Periods of recurring duties and working days.

A recurring duty ("hằng quý", "định kỳ trước ngày 20 hằng tháng") falls due once in each period of a named regime: the
calendar, or that of periodic administrative reports, whose data run from the 15th to the 14th (Nghị định 09/2019/NĐ-CP
Điều 12) and are sent at the earliest one working day later (Điều 8.5.b). The decree does not bind Party reports, and
"tháng 6" means the calendar month elsewhere: the calendar is the default.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from corpus.text import canonical_tones, fold
from nlp import workdays
from nlp.model import Deadline, Recurrence

_ROMAN: Final = ("I", "II", "III", "IV")
_MONTHS: Final[dict[str, int]] = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}
_WHOLES: Final = frozenset({1, 3, 6, 9, 12})
"""Months of the periods that have a cut-off (Điều 12; nine months by province rules)."""
_LIMIT: Final = 600
"""Occurrences at most: fifty years of months."""


@dataclass(frozen=True, slots=True)
class Span:
    """A calendar period under its official name."""

    label: str
    first: dt.date
    last: dt.date

    def holds(self, day: dt.date) -> bool:
        """Whether ``day`` lies in the period."""
        return self.first <= day <= self.last

    def covers(self, other: Span) -> bool:
        """Whether the other period lies wholly in this one."""
        return self.first <= other.first and other.last <= self.last


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that a recurring duty falls due."""

    span: Span
    due: dt.date
    data: Span | None = None
    """The days that the report covers, where the regime's cut-off differs from the period."""


Regime = Literal["calendar", "09/2019/NĐ-CP"]
_CUT_OFF: Final = 14
"""Last day of data in the period's last month; the next period's begin the day after (Điều 12)."""


def regime_for(system: str | None, chosen: Regime) -> Regime:
    """The regime that binds a duty: a Party document's duties keep the calendar (Nghị định 09/2019/NĐ-CP Điều 2)."""
    return "calendar" if system == "party" else chosen


def data_span(span: Span) -> Span:
    """The days whose data a periodic administrative report covers: 15/5 to 14/6 for June."""
    before = span.first - dt.timedelta(days=1)
    return Span(span.label, before.replace(day=_CUT_OFF + 1), span.last.replace(day=_CUT_OFF))


def counted_days(span: Span, regime: Regime) -> Span:
    """The days whose data a report on this period covers under a regime.

    A span that already starts at a cut-off, or is no month, quarter, half-year, nine months or year, is taken as told.
    """
    whole = span.first.day == 1 and span.last == _month_end(span.last.year, span.last.month)
    months = (span.last.year - span.first.year) * 12 + span.last.month - span.first.month + 1
    return data_span(span) if regime != "calendar" and whole and months in _WHOLES else span


def month_span(year: int, month: int) -> Span:
    """A calendar month."""
    return Span(f"tháng {month}/{year}", dt.date(year, month, 1), _month_end(year, month))


def span_at(recurrence: Recurrence, day: dt.date) -> Span | None:
    """The period of this recurrence that holds ``day``; None for duties without calendar periods."""
    if recurrence == "weekly":
        monday = day - dt.timedelta(days=day.weekday())
        year, week, _ = day.isocalendar()
        return Span(f"tuần {week}/{year}", monday, monday + dt.timedelta(days=6))
    months = _MONTHS.get(recurrence)
    if months is None:
        return None
    part = (day.month - 1) // months
    first, last = part * months + 1, (part + 1) * months
    return Span(_label(months, part, day.year), dt.date(day.year, first, 1), _month_end(day.year, last))


def _label(months: int, part: int, year: int) -> str:
    match months:
        case 1:
            return f"tháng {part + 1}/{year}"
        case 3:
            return f"quý {_ROMAN[part]}/{year}"
        case 6:
            return f"6 tháng {'cuối' if part else 'đầu'} năm {year}"
        case _:
            return f"năm {year}"


def occurrences(
    deadline: Deadline, *, start: dt.date, until: dt.date, regime: Regime = "calendar", send_after: int = 1
) -> list[Occurrence]:
    """Each time the duty falls due from ``start`` (the directive's date) to the period that holds ``until``.

    A duty whose deadline also names a last day ends with the period that holds it. Under Nghị định 09/2019/NĐ-CP a duty
    without a day of its own is due ``send_after`` working days behind the cut-off of its data.
    """
    if deadline.recurrence is None or span_at(deadline.recurrence, start) is None:
        return []
    last = min(until, deadline.due) if deadline.due else until
    spans = _spans(deadline.recurrence, start, last)
    if regime == "calendar" or deadline.recurrence == "weekly":
        found = [Occurrence(span, _due_in(span, deadline)) for span in spans]
    else:
        found = [_cut_off(span, deadline, send_after) for span in spans]
    return [occurrence for occurrence in found if occurrence.due >= start]


def _spans(recurrence: Recurrence, start: dt.date, until: dt.date) -> Iterator[Span]:
    day = start
    for _ in range(_LIMIT):
        span = span_at(recurrence, day)
        if span is None or span.first > until:
            return
        yield span
        day = span.last + dt.timedelta(days=1)


def _cut_off(span: Span, deadline: Deadline, send_after: int) -> Occurrence:
    data = data_span(span)
    named = deadline.every is not None and deadline.every.day is not None
    return Occurrence(
        span, _due_in(span, deadline) if named else workdays.add_working_days(data.last, send_after), data
    )


def _due_in(span: Span, deadline: Deadline) -> dt.date:
    """The day in the period that the text names ("ngày 25 của tháng cuối quý"), else the period's last day."""
    every = deadline.every
    if every is None or every.day is None or deadline.recurrence == "weekly":
        return span.last
    month = every.month if every.month and deadline.recurrence == "yearly" else span.last.month
    return dt.date(span.last.year, month, min(every.day, calendar.monthrange(span.last.year, month)[1]))


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


_YEAR: Final = r"(?:\s*(?:/|-|năm)?\s*(?P<year>(?:19|20)\d\d))"
_FORMS: Final[tuple[tuple[str, str], ...]] = (
    ("iso", r"(?P<year>(?:19|20)\d\d)-(?P<number>\d{1,2})"),
    ("half", rf"6\s*tháng\s*(?P<which>đầu|cuối)(?:\s*năm)?{_YEAR}"),
    ("nine", rf"9\s*tháng(?:\s*đầu)?(?:\s*năm)?{_YEAR}"),
    ("quarter", rf"(?:qu[ýí]|q)\s*(?P<number>iv|i{{1,3}}|[1-4]){_YEAR}"),
    ("week", rf"tuần\s*(?:thứ\s*)?(?P<number>\d{{1,2}}){_YEAR}"),
    ("month", rf"(?:tháng|t)?\s*(?P<number>\d{{1,2}}){_YEAR}"),
    ("year", r"(?:cả\s*)?(?:năm)?\s*(?P<year>(?:19|20)\d\d)"),
)
_PERIOD: Final = tuple((kind, re.compile(form, re.IGNORECASE)) for kind, form in _FORMS)


def parse_span(text: str) -> Span | None:
    """The period that an officer writes: "quý II/2022", "tháng 6 năm 2022", "6 tháng đầu năm 2022", "2022-06"."""
    plain = canonical_tones(fold(text)).removeprefix("kỳ ")
    for kind, pattern in _PERIOD:
        if match := pattern.fullmatch(plain):
            try:
                return _span(kind, {name: value for name, value in match.groupdict().items() if value})
            except ValueError:  # month 13, week 60
                return None
    return None


def _span(kind: str, found: dict[str, str]) -> Span | None:
    year, number = int(found["year"]), found.get("number", "").upper()
    match kind:
        case "half":
            return span_at("half-yearly", dt.date(year, 12 if found["which"].lower() == "cuối" else 1, 1))
        case "nine":
            return Span(f"9 tháng năm {year}", dt.date(year, 1, 1), dt.date(year, 9, 30))
        case "quarter":
            quarter = _ROMAN.index(number) + 1 if number in _ROMAN else int(number)
            return span_at("quarterly", dt.date(year, quarter * 3, 1))
        case "week":
            return span_at("weekly", dt.date.fromisocalendar(year, int(number), 1))
        case "year":
            return span_at("yearly", dt.date(year, 1, 1))
        case _:
            return month_span(year, int(number))


def next_working_day(day: dt.date, holidays: Collection[dt.date] = ()) -> dt.date:
    """``day``, or the next working day when it is a day off (Bộ luật Dân sự 2015 Điều 148.5)."""
    while day.weekday() >= 5 or day in holidays:
        day += dt.timedelta(days=1)
    return day


def add_working_days(start: dt.date, days: int, holidays: Collection[dt.date] = ()) -> dt.date:
    """The last of ``days`` working days after ``start``, which is not counted (Bộ luật Dân sự 2015 Điều 147.2)."""
    day = start
    for _ in range(days):
        day = next_working_day(day + dt.timedelta(days=1), holidays)
    return day
