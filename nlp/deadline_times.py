"""Days, months, quarters, half-years and years as Vietnamese offices write them, and ranges of them.

A *moment* is what is printed; its first and last day are known once its year is.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace

from nlp.model import Precision

_YEAR = r"(?:19|20)\d{2}(?!\d)"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MONTH_WORDS = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
    "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_WORD_MONTH = r"giêng|mười\s+một|mười\s+hai|mười|chạp|hai|ba|tư|sáu|bảy|tám|chín"
_OF_YEAR = rf"(?:\s*(?:/+\s*năm\s|/+|[-.]|,?\s*(?:của\s+)?năm\s|(?<=[\sIV]))\s*({_YEAR}))?"

_CLOCK = re.compile(
    r"(?:lúc\s+)?(\d{1,2})\s*(?:h|giờ|:)\s*(\d{2})?['’′]?\s*(?:phút)?\s*,?\s*(?:sáng|chiều)?\s*,?\s*(?=ngày|\d)",
    re.IGNORECASE,
)
_DAY_FULL = re.compile(
    rf"(?:(?:hết\s+)?(?:ngày|mùng)\s*)?(?:mùng\s+)?(\d{{1,2}})\s*([/.-])\s*(\d{{1,2}})\s*\2\s*({_YEAR})", re.IGNORECASE
)
_DAY_WORDS = re.compile(rf"(?:hết\s+)?(?:ngày|mùng)\s*(\d{{1,2}})\s*tháng\s*(\d{{1,2}}){_OF_YEAR}(?!\d)", re.IGNORECASE)
_DAY_OF_RANGE = re.compile(r"(?:ngày|mùng)\s*(\d{1,2})(?=\s*(?:-|–|—|đến|tới)\s)", re.IGNORECASE)
_FIRST_DAYS = re.compile(rf"(\d{{1,2}})\s+ngày\s+đầu\s+(?:của\s+)?tháng\s*(\d{{1,2}}){_OF_YEAR}", re.IGNORECASE)
_DAY_SHORT = re.compile(r"(?:hết\s+)?(?:ngày\s*)?(\d{1,2})\s*/\s*(\d{1,2})(?!\s*/\s*\d|\d|[.,]\d|\s*%)", re.IGNORECASE)
_MONTH = re.compile(
    rf"(?:(?:đầu|giữa|cuối|hết)\s+)?(?:tháng|thang|thánh)\s*(\d{{1,2}}|{_WORD_MONTH})\b{_OF_YEAR}", re.IGNORECASE
)
_MONTH_SHORT = re.compile(rf"(\d{{1,2}})\s*(?:/+|-)\s*({_YEAR})(?!\s*[/-]\s*[A-ZĐ])", re.IGNORECASE)
_QUARTER = re.compile(
    rf"(?:(?:đầu|giữa|cuối|hết)\s+)?qu[ýí]\s*((?:IV|III|II|I)(?![^\W\d])|[1-4](?!\w)){_OF_YEAR}", re.IGNORECASE
)
_QUARTER_SHORT = re.compile(rf"(?:qu[ýí]\s*)?(IV|III|II|I)(?![\w]){_OF_YEAR}", re.IGNORECASE)
_HALF = re.compile(rf"(?:0?6|sáu)\s+tháng\s+(đầu|cuối)(?:\s+năm(?!\s+(?!{_YEAR})\w)(?:\s+({_YEAR}))?)?", re.IGNORECASE)
_NINE = re.compile(rf"(?:0?9|chín)\s+tháng(?:\s+đầu)?\s+năm(?:\s+({_YEAR}))?", re.IGNORECASE)
_YEAR_WORD = re.compile(
    rf"(?:(?:cuối|hết|trong)\s+)?năm\s+({_YEAR})(?!\s*[-–]\s*{_YEAR})|cuối\s+năm(?:\s+nay)?\b", re.IGNORECASE
)
_YEAR_BARE = re.compile(rf"({_YEAR})(?!\s*/)")
_TO = re.compile(r"\s*(?:-|–|—|\bđến\b|\btới\b)\s*(?:hết\s+|cuối\s+)?", re.IGNORECASE)
_YEARLY = r"\s+ngày\s+\d{1,2}(?:/|\s+tháng\s+)\d{1,2}\s+(?:h[àằ]ng|mỗi)\s+năm"
_AND = re.compile(rf"\s*(?:,|;|và(?:\s+trước(?={_YEARLY}))?)\s*", re.IGNORECASE)
"""Between two days; "trước" is said again only of days that come each year."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A printed time; ``year`` is None where the text leaves it out."""

    precision: Precision
    year: int | None
    month: int = 12
    day: int | None = None

    def first(self) -> dt.date | None:
        """First day, None when the year is unknown or the day does not exist."""
        if self.year is None:
            return None
        if self.day:
            return _date(self.year, self.month, self.day)
        back = {"month": 0, "quarter": 2, "half-year": 5, "year": 11}[self.precision]
        return _date(self.year, max(self.month - back, 1), 1)

    def last(self) -> dt.date | None:
        """Last day, None when the year is unknown or the day does not exist."""
        if self.year is None:
            return None
        return _date(self.year, self.month, self.day or calendar.monthrange(self.year, self.month)[1])


@dataclass(frozen=True, slots=True)
class Term:
    """One moment or a range of two, with the place of the printed text and the hour of the day."""

    end: int
    moment: Moment
    since: Moment | None = None
    time: str | None = None


def read_term(text: str, pos: int, year: int | None, *, bare: bool = False) -> Term | None:
    """Read a moment or a range at ``pos``; ``bare`` allows "2025", "6/2025", "30/6" without a word before them."""
    time, pos = _read_clock(text, pos)
    found = _read_moment(text, pos, bare=bare)
    if not found:
        return _days_of_month(text, pos, year)
    moment, end = found
    second = _read_second(text, end, moment)
    if second:
        since, (moment, end) = moment, second
        since = replace(since, year=since.year or moment.year or year)
        return Term(end, _dated(moment, year), since, time)
    return Term(end, _dated(moment, year), None, time)


def _days_of_month(text: str, pos: int, year: int | None) -> Term | None:
    """A range within a month, which is told with its end: "ngày 01 đến ngày 31 tháng 5 năm 2024"."""
    first = _DAY_OF_RANGE.match(text, pos)
    joint = _TO.match(text, first.end()) if first else None
    last = _read_moment(text, joint.end(), bare=False) if joint else None
    if not first or not last or last[0].precision != "day" or not 1 <= int(first[1]) < (last[0].day or 0):
        return None
    moment = _dated(last[0], year)
    return Term(last[1], moment, replace(moment, day=int(first[1])))


def _dated(moment: Moment, year: int | None) -> Moment:
    return moment if moment.year else replace(moment, year=year)


def _read_clock(text: str, pos: int) -> tuple[str | None, int]:
    match = _CLOCK.match(text, pos)
    if not match or int(match[1]) > 24:
        return None, pos
    return f"{int(match[1]):02d}:{match[2] or '00'}", match.end()


def _read_second(text: str, end: int, first: Moment) -> tuple[Moment, int] | None:
    """The end of a range: after a dash or "đến"; after "," and "và" without a year before, or a later one behind."""
    joint = _TO.match(text, end)
    if not joint:
        joint = _AND.match(text, end)
        return _listed(text, joint, first) if joint else None
    if first.precision == "quarter" and (short := _QUARTER_SHORT.match(text, joint.end())):
        return _quarter(short), short.end()
    found = _read_moment(text, joint.end(), bare=True)
    if not found or (found[0].year or 9999) < (first.year or 0):
        return None
    word = text[joint.start() : joint.end()].strip(" -–—")
    mixed = bool(found[0].year and first.year and (word or found[0].year > first.year))
    return found if found[0].precision == first.precision or mixed else None


def _listed(text: str, joint: re.Match[str], first: Moment) -> tuple[Moment, int] | None:
    """The last of a list: "tháng 11, 12/2025", "năm 2026, 2027", "quý IV năm 2025 và năm 2026"."""
    if first.year is None:
        if first.precision == "quarter" and (short := _QUARTER_SHORT.match(text, joint.end())):
            return _quarter(short), short.end()
        found = _read_moment(text, joint.end(), bare=True)
        return found if found and found[0].precision == first.precision else None
    found = _read_moment(text, joint.end(), bare=True)
    later = found and found[0].precision == "year" and first.year < (found[0].year or 0) <= first.year + _FEW_YEARS
    return found if later else None


_FEW_YEARS = 10


def _read_moment(text: str, pos: int, *, bare: bool) -> tuple[Moment, int] | None:
    if match := _DAY_FULL.match(text, pos):
        return _valid(Moment("day", int(match[4]), int(match[3]), int(match[1])), match.end())
    if match := _DAY_WORDS.match(text, pos) or _FIRST_DAYS.match(text, pos):
        return _valid(Moment("day", _int(match[3]), int(match[2]), int(match[1])), match.end())
    if match := _MONTH.match(text, pos):
        return _valid(Moment("month", _int(match[2]), _month(match[1])), match.end())
    if match := _QUARTER.match(text, pos):
        return _quarter(match), match.end()
    if match := _HALF.match(text, pos):
        return Moment("half-year", _int(match[2]), 6 if match[1].lower() == "đầu" else 12), match.end()
    if match := _NINE.match(text, pos):
        return Moment("month", _int(match[1]), 9), match.end()
    if match := _YEAR_WORD.match(text, pos):
        return Moment("year", _int(match[1])), match.end()
    return _read_short(text, pos, bare=bare)


def _read_short(text: str, pos: int, *, bare: bool) -> tuple[Moment, int] | None:
    if (match := _MONTH_SHORT.match(text, pos)) and bare:
        return _valid(Moment("month", int(match[2]), int(match[1])), match.end())
    if (match := _DAY_SHORT.match(text, pos)) and (bare or text[pos].lower() in "nh"):
        return _valid(Moment("day", None, int(match[2]), int(match[1])), match.end())
    if bare and (match := _YEAR_BARE.match(text, pos)):
        return Moment("year", int(match[1])), match.end()
    return None


def _valid(moment: Moment, end: int) -> tuple[Moment, int] | None:
    """A 13th month or a 32nd day is no moment; 29/02 of a missing year is."""
    if not 1 <= moment.month <= 12 or (moment.day is not None and not 1 <= moment.day <= 31):
        return None
    if moment.year and not moment.last():
        return None
    return moment, end


def _quarter(match: re.Match[str]) -> Moment:
    number = _ROMAN.get(match[1].lower()) or int(match[1])
    return Moment("quarter", _int(match[2]), number * 3)


def _month(word: str) -> int:
    return int(word) if word.isdigit() else _MONTH_WORDS[" ".join(word.lower().split())]


def _int(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
