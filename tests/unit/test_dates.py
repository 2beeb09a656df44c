"""Dates as they are printed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.dates import find_date, parse_date


@pytest.mark.parametrize(
    "text",
    [
        "08/4/2020", "8/4/2020", "08/04/2020", "08-04-2020", "8.4.2020", "ngày 08/4/2020", "ngày 08 tháng 4 năm 2020", "ngày 08 tháng\n4 năm 2020",
        "ngày 8 tháng 04, năm 2020", "NGÀY 08/4/2020", "NGÀY 08 THÁNG 4 NĂM 2020", "ngay 08 tháng 4 năm 2020", "ngày 08\u00a0tháng 4 năm 2020", "ngày 08/4 năm 2020",
    ],
)  # fmt: skip
def test_every_form(text: str) -> None:
    found = find_date(f"xin {text} xong")
    assert found is not None
    assert found.value == dt.date(2020, 4, 8)
    assert f"xin {text} xong"[found.start : found.end] == text


@pytest.mark.parametrize("text", ["31/02/2020", "593/659/2020", "2011-2020", "12/2020", "1.234.2020", ""])
def test_what_is_no_date(text: str) -> None:
    assert parse_date(text) is None


@given(st.dates(dt.date(1930, 1, 1), dt.date(2099, 12, 31)))
def test_round_trip(day: dt.date) -> None:
    assert parse_date(f"{day.day:02}/{day.month}/{day.year}") == day
    assert parse_date(f"ngày {day.day} tháng {day.month:02} năm {day.year}") == day
