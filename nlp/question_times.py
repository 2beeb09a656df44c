"""Days and periods in questions: "quý III", "tháng trước", "hết tháng 10", "cùng kỳ năm ngoái", "5 ngày tới"."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_ROMAN: Final = ("i", "ii", "iii", "iv")
_SAID: Final = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
    "muoi mot": 11, "muoi hai": 12, "muoi lam": 15, "ba muoi": 30,
}  # fmt: skip
"""Numbers in words, as months, quarters and days are counted; "sau" without its mark may be *after* too."""
_MONTHS: Final = {"thang": 1, "quy": 3, "qui": 3, "nam": 12}
_DAYS: Final = {"ngay": 1, "hom": 1, "bua": 1, "tuan": 7}


@dataclass(frozen=True, slots=True)
class Time:
    """A period by its official name, or a day (no label); with its first and last day."""

    label: str | None
    first: dt.date
    last: dt.date
    relative: dt.date | None = None
    """The day to compare with where the words say "tuần trước", "cuối tháng trước"."""
    ahead: bool = False
    """Whether the words say how many days ahead, from today ("trong 5 ngày tới")."""


def read_time(text: str, today: dt.date) -> Time | None:
    """What a few words (without marks, single spaces) mean as of ``today``; None where they name no time."""
    for pattern, make in _FORMS:
        if match := pattern.fullmatch(text):
            try:
                return make({name: value for name, value in match.groupdict().items() if value}, today)
            except ValueError:  # ngày 31/2, tháng 13
                return None
    lead = _LEAD.match(text)
    return read_time(text[lead.end() :], today) if lead else None


Found = dict[str, str]
Maker = Callable[[Found, dt.date], Time]


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day some months earlier, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _number(said: str) -> int:
    return _SAID[said] if said in _SAID else int(said)


def _year(found: Found, today: dt.date) -> int:
    if "year" in found:
        return int(found["year"])
    return today.year - 1 if "past" in found else today.year


def _span(label: str, year: int, month: int, months: int, relative: dt.date | None = None) -> Time:
    """A period of whole months."""
    first = dt.date(year, month, 1)
    end = month + months - 1
    return Time(label, first, dt.date(year, end, calendar.monthrange(year, end)[1]), relative)


def _month(year: int, month: int, relative: dt.date | None = None) -> Time:
    return _span(f"tháng {month}/{year}", year, month, 1, relative)


def _quarter(year: int, quarter: int, relative: dt.date | None = None) -> Time:
    if not 1 <= quarter <= 4:
        raise ValueError
    return _span(f"quý {_ROMAN[quarter - 1].upper()}/{year}", year, quarter * 3 - 2, 3, relative)


def _half_year(year: int, which: str) -> Time:
    late = which == "cuoi"
    return _span(f"6 tháng {'cuối' if late else 'đầu'} năm {year}", year, 7 if late else 1, 6)


def _nine_months(year: int) -> Time:
    return _span(f"9 tháng năm {year}", year, 1, 9)


def _whole(year: int, relative: dt.date | None = None) -> Time:
    return _span(f"năm {year}", year, 1, 12, relative)


def _week(day: dt.date, relative: dt.date | None = None) -> Time:
    year, week, weekday = day.isocalendar()
    first = day - dt.timedelta(days=weekday - 1)
    return Time(f"tuần {week}/{year}", first, first + dt.timedelta(days=6), relative)


def _named_month(found: Found, today: dt.date) -> Time:
    return _month(_year(found, today), _number(found["number"]))


def _named_quarter(found: Found, today: dt.date) -> Time:
    number = found["number"]
    return _quarter(_year(found, today), _ROMAN.index(number) + 1 if number in _ROMAN else _number(number))


def _first_quarter(found: Found, today: dt.date) -> Time:
    return _quarter(_year(found, today), 1)


def _half(found: Found, today: dt.date) -> Time:
    return _half_year(_year(found, today), found["which"])


def _nine(found: Found, today: dt.date) -> Time:
    return _nine_months(_year(found, today))


def _whole_year(found: Found, today: dt.date) -> Time:
    return _whole(_year(found, today), months_before(today, 12) if "past" in found else None)


def _near(found: Found, today: dt.date) -> Time:
    """As "tháng này", "quý trước", "tuần vừa rồi": the period of a day, and that day to compare with."""
    unit, past = found["unit"], "past" in found
    if unit == "tuan":
        day = today - dt.timedelta(days=7 * past)
        return _week(day, day if past else None)
    day = months_before(today, _MONTHS[unit] * past)
    relative = day if past else None
    if unit == "thang":
        return _month(day.year, day.month, relative)
    return _quarter(day.year, (day.month + 2) // 3, relative)


def _next(found: Found, today: dt.date) -> Time:
    """As "tuần tới", "tháng sau"."""
    unit = found["unit"]
    return _near({"unit": unit}, _near({"unit": unit}, today).last + dt.timedelta(days=1))


def _on(day: dt.date) -> Time:
    return Time(None, day, day, day)


def _day(found: Found, today: dt.date) -> Time:
    return _on(dt.date(int(found.get("year") or today.year), int(found["month"]), int(found["day"])))


def _near_day(found: Found, today: dt.date) -> Time:
    return _on(today - dt.timedelta(days=("past" in found) + 2 * ("before" in found)))


def _until(day: dt.date, today: dt.date) -> Time:
    if day < today:
        raise ValueError
    return Time(None, today, day, ahead=True)


def _ahead(found: Found, today: dt.date) -> Time:
    if found["unit"] == "thang":
        return _until(months_before(today, -_number(found["number"])), today)
    return _until(today + dt.timedelta(days=_DAYS[found["unit"]] * _number(found["number"])), today)


def _from_now(found: Found, today: dt.date) -> Time:
    """As "từ nay đến hết tháng 12"."""
    if (time := read_time(found["end"], today)) is None or time.ahead:
        raise ValueError
    return _until(time.last, today)


def _back(found: Found, today: dt.date) -> Time:
    """As "hai tuần trước", "3 tháng trước": a day to compare with."""
    number, unit = _number(found["number"]), found["unit"]
    if unit in _MONTHS:
        return _on(months_before(today, number * _MONTHS[unit]))
    return _on(today - dt.timedelta(days=number * _DAYS[unit]))


def _same_day(found: Found, today: dt.date) -> Time:
    """As "cùng kỳ năm trước", "ngày này tháng trước"."""
    return _back({"number": "1", "unit": found["unit"]}, today)


def _edge(found: Found, today: dt.date) -> Time:
    """The last day ("cuối tháng trước") or the first ("đầu năm") of a period, as a day."""
    period = found["period"]
    time = read_time(period if " " in period else f"{period} nay", today)
    if time is None or time.label is None:
        raise ValueError
    return _on(time.first if found["which"] == "dau" else time.last)


def _since(found: Found, today: dt.date) -> Time:
    """As "từ đầu năm đến nay": the period that began then."""
    unit = found["unit"]
    return _whole(today.year) if unit == "nam" else _near({"unit": unit}, today)


def _between(found: Found, today: dt.date) -> Time:
    """From one day or month to another, where a period of the calendar has just these days."""
    end = read_time(found["end"], today)
    year = f"/{end.last.year}" if end else ""
    start = read_time(found["start"] + year, today) or read_time(found["start"], today)
    if end is None or start is None or end.ahead or start.ahead:
        raise ValueError
    for time in _calendar(start.first):
        if (time.first, time.last) == (start.first, end.last):
            return time
    raise ValueError


def _calendar(day: dt.date) -> list[Time]:
    """The periods of the calendar in which a day lies."""
    year = day.year
    half = _half_year(year, "dau" if day.month <= 6 else "cuoi")
    quarter = _quarter(year, (day.month + 2) // 3)
    return [_month(year, day.month), quarter, half, _nine_months(year), _whole(year), _week(day)]


_LEAD: Final = re.compile("(?:trong ky bao cao|ky bao cao|trong ky|ky|trong|vao) ")
_NUMBER: Final = r"(?P<number>\d{1,3}|" + "|".join(sorted(_SAID, key=len, reverse=True)) + ")"
_YEAR: Final = r"(?: ?(?:/|-|nam)? ?(?P<year>20\d\d)| (?P<past>nam (?:ngoai|truoc|roi))| nam nay)?(?: vua (?:roi|qua))?"
_NEAR: Final = r"(?:nay|(?P<past>truoc|vua qua|vua roi|roi|qua))"
_WITHIN: Final = "(?:trong|trong vong|con|noi trong)"
_NOW: Final = "(?:nay|gio|bay gio|hom nay|hien nay)"
_NEXT: Final = "(?:toi|sau|sap toi)"
_PERIOD: Final = r"(?:tuan|thang|quy|nam)(?: [\w/]+){0,3}"
_FORMS: Final[tuple[tuple[re.Pattern[str], Maker], ...]] = tuple(
    (re.compile(form), make)
    for form, make in (
        (r"(?:ngay |hom )?(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})(?:[/.-](?P<year>20\d\d))?", _day),
        (r"(?:ngay |hom )?(?P<day>\d{1,2}) thang (?P<month>\d{1,2})(?:(?: nam |/)(?P<year>20\d\d))?", _day),
        (rf"(?:{_WITHIN} )?{_NUMBER} (?P<unit>ngay|hom|bua|tuan|thang) (?:toi|nua|sap toi|toi day|den|sau)", _ahead),
        (rf"{_WITHIN} {_NUMBER} (?P<unit>ngay|tuan|thang)", _ahead),
        (r"(?:ngay )?(?:hom|bua) (?:nay|(?P<past>qua)|(?P<before>kia))", _near_day),
        (rf"tu {_NOW} (?:den|toi|cho den|cho toi)(?: het(?= ngay))? (?P<end>.+)", _from_now),
        (rf"tu dau (?P<unit>thang|quy|nam)(?: nay)? (?:den|toi) (?:{_NOW}|thoi diem nay)", _since),
        (r"(?:tu |trong khoang )(?P<start>.+?) (?:den|toi|den het|toi het) (?P<end>.+)", _between),
        (rf"(?:cach day )?{_NUMBER} (?P<unit>ngay|tuan|thang|quy|nam) truoc", _back),
        (rf"cach day {_NUMBER} (?P<unit>ngay|tuan|thang|quy|nam)", _back),
        (r"(?:cung ky|cung thoi diem|ngay nay|dip nay) (?P<unit>tuan|thang|quy|nam) (?:truoc|ngoai|roi)", _same_day),
        (rf"(?:thang ?|t){_NUMBER}" + _YEAR, _named_month),
        (r"(?P<number>\d{1,2})[/-](?P<year>20\d\d)", _named_month),
        (r"(?:quy ?|qui ?|q ?)(?P<number>iv|i{1,3}|\d|mot|hai|ba|bon|tu)" + _YEAR, _named_quarter),
        (r"(?:6|sau) thang (?P<which>dau|cuoi)(?: nam)?" + _YEAR, _half),
        (r"nua (?P<which>dau|cuoi)(?: nam)?" + _YEAR, _half),
        (r"(?:9|chin) thang(?: dau(?: nam)?)?" + _YEAR, _nine),
        (r"(?:3|ba) thang dau(?: nam)?" + _YEAR, _first_quarter),
        (rf"(?P<unit>tuan|thang|quy|qui) {_NEAR}", _near),
        (r"(?:trong|ca) (?P<unit>tuan|thang|quy)", _near),
        (rf"(?P<unit>tuan|thang|quy) {_NEXT}", _next),
        (r"(?P<year>20\d\d)", _whole_year),
        (r"(?:ca )?nam (?:nay|(?P<year>20\d\d)|(?P<past>ngoai|truoc|roi|vua roi|vua qua|qua))", _whole_year),
        (rf"(?:(?:thoi diem|ngay|hoi|luc) )?(?P<which>dau|cuoi|het) (?P<period>{_PERIOD})", _edge),
    )
)  # fmt: skip
LONGEST: Final = 14
"""Words in the longest form."""
TIME_WORDS: Final = frozenset(
    word for form, _ in _FORMS for word in re.findall(r"[a-z]{2,}", re.sub(r"\?P<\w+>|\\.", " ", form.pattern))
)
"""The words of the forms."""
