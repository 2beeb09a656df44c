"""Days and periods in questions: "quý III", "tháng trước", "tính đến hết tháng 10", "so với tuần trước"."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_ROMAN: Final = ("i", "ii", "iii", "iv")


@dataclass(frozen=True, slots=True)
class Time:
    """A period by its official name, or a day; with its last day."""

    label: str | None
    last: dt.date
    relative: dt.date | None = None
    """The day to compare with where the words say "tuần trước", "tháng trước"."""
    ahead: bool = False
    """Whether the words say how many days ahead ("trong 5 ngày tới")."""


def read_time(text: str, today: dt.date) -> Time | None:
    """What a few words (without marks, single spaces) mean as of ``today``; None where they name no time."""
    for pattern, make in _FORMS:
        if match := pattern.fullmatch(text):
            try:
                return make({name: value for name, value in match.groupdict().items() if value}, today)
            except ValueError:  # ngày 31/2, tháng 13
                return None
    return None


Found = dict[str, str]
Maker = Callable[[Found, dt.date], Time]


def _year(found: Found, today: dt.date) -> int:
    if "year" in found:
        return int(found["year"])
    return today.year - 1 if "past" in found else today.year


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _month(year: int, month: int, relative: dt.date | None = None) -> Time:
    return Time(f"tháng {month}/{year}", _month_end(year, month), relative)


def _quarter(year: int, quarter: int, relative: dt.date | None = None) -> Time:
    if not 1 <= quarter <= 4:
        raise ValueError
    return Time(f"quý {_ROMAN[quarter - 1].upper()}/{year}", _month_end(year, quarter * 3), relative)


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day some months earlier, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _named_month(found: Found, today: dt.date) -> Time:
    return _month(_year(found, today), int(found["number"]))


def _near_month(found: Found, today: dt.date) -> Time:
    back = 1 if "past" in found else 0
    day = months_before(today, back)
    return _month(day.year, day.month, day if back else None)


def _named_quarter(found: Found, today: dt.date) -> Time:
    number = found["number"]
    return _quarter(_year(found, today), _ROMAN.index(number) + 1 if number in _ROMAN else int(number))


def _near_quarter(found: Found, today: dt.date) -> Time:
    back = 3 if "past" in found else 0
    day = months_before(today, back)
    return _quarter(day.year, (day.month + 2) // 3, day if back else None)


def _near_week(found: Found, today: dt.date) -> Time:
    back = 7 if "past" in found else 0
    day = today - dt.timedelta(days=back)
    year, week, weekday = day.isocalendar()
    return Time(f"tuần {week}/{year}", day + dt.timedelta(days=7 - weekday), day if back else None)


def _half(found: Found, today: dt.date) -> Time:
    year, late = _year(found, today), found["which"] == "cuoi"
    return Time(f"6 tháng {'cuối' if late else 'đầu'} năm {year}", dt.date(year, 12 if late else 6, 31 if late else 30))


def _nine(found: Found, today: dt.date) -> Time:
    year = _year(found, today)
    return Time(f"9 tháng năm {year}", dt.date(year, 9, 30))


def _whole_year(found: Found, today: dt.date) -> Time:
    year = _year(found, today)
    relative = months_before(today, 12) if "past" in found else None
    return Time(f"năm {year}", dt.date(year, 12, 31), relative)


def _day(found: Found, today: dt.date) -> Time:
    day = dt.date(int(found.get("year") or today.year), int(found["month"]), int(found["day"]))
    return Time(None, day, day)


def _near_day(found: Found, today: dt.date) -> Time:
    day = today - dt.timedelta(days=1 if "past" in found else 0)
    return Time(None, day, day)


def _ahead(found: Found, today: dt.date) -> Time:
    return Time(None, today + dt.timedelta(days=int(found["number"])), ahead=True)


_YEAR = r"(?: ?(?:/|-|nam)? ?(?P<year>20\d\d)| (?P<past>nam (?:ngoai|truoc))| nam nay)?"
_FORMS: Final[tuple[tuple[re.Pattern[str], Maker], ...]] = tuple(
    (re.compile(form), make)
    for form, make in (
        (r"(?:ngay )?(?P<day>\d{1,2})[/-](?P<month>\d{1,2})(?:[/-](?P<year>20\d\d))?", _day),
        (r"ngay (?P<day>\d{1,2}) thang (?P<month>\d{1,2})(?: nam (?P<year>20\d\d))?", _day),
        (r"(?:(?:trong|trong vong) )?(?P<number>\d{1,3}) ngay (?:toi|nua|sap toi|den)", _ahead),
        (r"(?:ngay )?(?:hom nay|hom (?P<past>qua))", _near_day),
        (r"(?:thang |t)(?P<number>\d{1,2})" + _YEAR, _named_month),
        (r"(?:quy |q)(?P<number>iv|i{1,3}|\d)" + _YEAR, _named_quarter),
        (r"6 thang (?P<which>dau|cuoi)(?: nam)?" + _YEAR, _half),
        (r"9 thang(?: dau(?: nam)?)?" + _YEAR, _nine),
        (r"thang (?:nay|(?P<past>truoc|vua qua|roi))", _near_month),
        (r"quy (?:nay|(?P<past>truoc|vua qua|roi))", _near_quarter),
        (r"tuan (?:nay|(?P<past>truoc|vua qua|roi))", _near_week),
        (r"nam (?:nay|(?P<year>20\d\d)|(?P<past>ngoai|truoc))", _whole_year),
    )
)
LONGEST: Final = 7
"""Words in the longest form."""
