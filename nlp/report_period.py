"""The span that a report covers, from its title or its opening sentence (NĐ 09/2019 Điều 12 names the periods).

The dates are those of the calendar; a regime with other cut-offs (data to the 14th) is the reader's choice.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from typing import Final

from corpus.text import fold
from nlp.model import Period

_YEAR: Final = r"(?:\s*(?:/|-|,|năm)?\s*(?:năm\s*)?)(?P<y>20\d\d|19\d\d)(?!\d)"
_ROMAN: Final = {"I": 1, "II": 2, "III": 3, "IV": 4}
_DAY: Final = r"(?P<{0}d>\d{{1,2}})(?:/|-|\s+tháng\s+)(?P<{0}m>\d{{1,2}})(?:(?:/|-|\s+năm\s+)(?P<{0}y>\d{{4}}))?"
_DATES: Final = re.compile(
    r"ngày\s+\d{1,2}(?:\s*[/-]\s*\d{1,2}\s*[/-]\s*\d{4}|\s+tháng\s+\d{1,2}\s+năm\s+\d{4})|\d{1,2}[/-]\d{1,2}[/-]\d{4}"
)

Span = tuple[dt.date, dt.date]


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _months(year: int, first: int, last: int) -> Span:
    return dt.date(year, first, 1), _month_end(year, last)


def _range(match: re.Match[str]) -> Span:
    year = int(match["ty"])
    start = dt.date(int(match["fy"] or year), int(match["fm"]), int(match["fd"]))
    return start, dt.date(year, int(match["tm"]), int(match["td"]))


def _quarter(match: re.Match[str]) -> Span:
    number = _ROMAN.get(match["q"].upper()) or int(match["q"])
    return _months(int(match["y"]), 3 * number - 2, 3 * number)


def _half(match: re.Match[str]) -> Span:
    first = match["h"].lower() == "đầu"
    return _months(int(match["y"]), 1 if first else 7, 6 if first else 12)


def _month(match: re.Match[str]) -> Span:
    return _months(int(match["y"]), int(match["m"]), int(match["m"]))


def _nine(match: re.Match[str]) -> Span:
    return _months(int(match["y"]), 1, int(match["n"]))


def _years(match: re.Match[str]) -> Span:
    return dt.date(int(match["a"]), 1, 1), dt.date(int(match["y"]), 12, 31)


def _year(match: re.Match[str]) -> Span:
    return _months(int(match["y"]), 1, 12)


_RULES: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Span]], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), rule)
    for pattern, rule in (
        (
            (
                rf"từ\s+(?:ngày\s+)?{_DAY.format('f')}\s+(?:đến|"
                rf"-)\s*(?:hết\s+)?(?:ngày\s+)?{_DAY.format('t').removesuffix('?')}"
            ),
            _range,
        ),
        (rf"quý\s+(?P<q>IV|I{{1,3}}|[1-4]){_YEAR}", _quarter),
        (rf"(?:6|06|sáu)\s+tháng\s+(?P<h>đầu|cuối)(?:\s+năm)?{_YEAR}", _half),
        (rf"(?P<n>9|09|10|11|6|3)\s+tháng(?:\s+đầu)?(?:\s+năm)?{_YEAR}", _nine),
        (rf"tháng\s+(?P<m>1[0-2]|0?[1-9]){_YEAR}", _month),
        (r"(?:giai\s+đoạn|các\s+năm)\s+(?P<a>20\d\d)\s*[-–]\s*(?P<y>20\d\d)", _years),
        (r"năm\s+(?P<y>20\d\d|19\d\d)(?!\s*[-–]\s*\d)", _year),
    )
)


def find_period(*texts: str | None) -> Period | None:
    """The period named in the first of the texts that names one; single dates of documents are none."""
    for text in texts:
        if text and (period := _in(text)):
            return period
    return None


def _in(text: str) -> Period | None:
    for number, (pattern, rule) in enumerate(_RULES):
        masked = text if number == 0 else _DATES.sub(lambda match: " " * len(match[0]), text)
        for match in pattern.finditer(masked):
            try:
                start, end = rule(match)
            except ValueError:
                continue
            return Period(start, end, fold(match[0]))
    return None
