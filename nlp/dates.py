"""Dates as documents print them: 08/4/2020, 12-01-2022, 20.7.2020, ngày 15 tháng 7 năm 2021, over a line break too.

Written as printed, never corrected: a date that does not exist (31/02) is none.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final, NamedTuple

from corpus.text import one_to_one


class FoundDate(NamedTuple):
    """A date and where it stands; ``value`` is None where only the year is given."""

    start: int
    end: int
    value: dt.date | None
    year: int


_GAP: Final = r"\s{0,12}"
_DAY: Final = r"[Nn][gG][àaÀA][yY]"
_MONTH: Final = r"[tT][hH][áaÁA][nN][gG]"
_YEAR: Final = r"[nN][ăaĂA][mM]"
_NUMERIC: Final = (
    rf"(?P<d1>\d{{1,2}}){_GAP}(?P<sep>[/.-]){_GAP}(?P<m1>\d{{1,2}}){_GAP}(?P=sep){_GAP}(?P<y1>\d{{4}})(?![\d/])"
)
_LONG: Final = (
    rf"(?P<d2>\d{{1,2}}){_GAP}{_MONTH}{_GAP}(?P<m2>\d{{1,2}}){_GAP},?{_GAP}{_YEAR}{_GAP}(?P<y2>\d{{4}})(?!\d)"
)
_MIXED: Final = rf"(?P<d3>\d{{1,2}}){_GAP}/{_GAP}(?P<m3>\d{{1,2}}){_GAP}{_YEAR}{_GAP}(?P<y3>\d{{4}})(?!\d)"
_BODY: Final = rf"(?:{_NUMERIC}|{_LONG}|{_MIXED})"
_DATE: Final = re.compile(rf"(?:{_DAY}\s{{0,3}})?{_BODY}")
_YEAR_ONLY: Final = re.compile(rf"{_YEAR}\s{{1,3}}(?P<y>(?:19|20)\d\d)(?!\d)")
_SEARCH: Final = re.compile(rf"(?<![\d/.-])(?:{_DAY}\s{{0,3}})?{_BODY}")


def _value(match: re.Match[str]) -> dt.date | None:
    for n in "123":
        if match[f"d{n}"]:
            try:
                return dt.date(int(match[f"y{n}"]), int(match[f"m{n}"]), int(match[f"d{n}"]))
            except ValueError:
                return None
    return None


def date_at(text: str, pos: int) -> FoundDate | None:
    """The date that begins exactly at ``pos``, with or without the word ngày."""
    match = _DATE.match(text, pos)
    if match and (value := _value(match)):
        return FoundDate(match.start(), match.end(), value, value.year)
    return None


def year_at(text: str, pos: int) -> FoundDate | None:
    """``năm 2014`` that begins exactly at ``pos``."""
    match = _YEAR_ONLY.match(text, pos)
    return FoundDate(match.start(), match.end(), None, int(match["y"])) if match else None


def find_date(text: str, pos: int = 0) -> FoundDate | None:
    """The first date at or after ``pos``; its offsets are those of ``text``."""
    folded = one_to_one(text)
    for match in _SEARCH.finditer(folded, pos):
        if value := _value(match):
            return FoundDate(match.start(), match.end(), value, value.year)
    return None


def parse_date(s: str) -> dt.date | None:
    """The date that a string is or begins with."""
    found = find_date(s)
    return found.value if found else None
