"""Periods under their official names, the days recurring duties fall due, and working days."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.model import Deadline, Every, Recurrence
from service.periods import (
    Regime,
    Span,
    add_working_days,
    counted_days,
    data_span,
    next_working_day,
    occurrences,
    parse_span,
    regime_for,
    span_at,
)

D = dt.date
RECURRENCES: list[Recurrence] = ["weekly", "monthly", "quarterly", "half-yearly", "yearly"]


@pytest.mark.parametrize(
    ("text", "label", "first", "last"),
    [
        ("quý II/2022", "quý II/2022", D(2022, 4, 1), D(2022, 6, 30)),
        ("Quý 2 năm 2022", "quý II/2022", D(2022, 4, 1), D(2022, 6, 30)),
        ("quí IV/2022", "quý IV/2022", D(2022, 10, 1), D(2022, 12, 31)),
        ("tháng 6/2026", "tháng 6/2026", D(2026, 6, 1), D(2026, 6, 30)),
        ("Tháng 02 năm 2024", "tháng 2/2024", D(2024, 2, 1), D(2024, 2, 29)),
        ("6/2026", "tháng 6/2026", D(2026, 6, 1), D(2026, 6, 30)),
        ("2026-06", "tháng 6/2026", D(2026, 6, 1), D(2026, 6, 30)),
        ("6 tháng đầu năm 2026", "6 tháng đầu năm 2026", D(2026, 1, 1), D(2026, 6, 30)),
        ("6 tháng cuối năm 2026", "6 tháng cuối năm 2026", D(2026, 7, 1), D(2026, 12, 31)),
        ("9 tháng năm 2026", "9 tháng năm 2026", D(2026, 1, 1), D(2026, 9, 30)),
        ("năm 2026", "năm 2026", D(2026, 1, 1), D(2026, 12, 31)),
        ("2026", "năm 2026", D(2026, 1, 1), D(2026, 12, 31)),
        ("tuần 1/2026", "tuần 1/2026", D(2025, 12, 29), D(2026, 1, 4)),
        ("tháng 13/2026", None, None, None),
        ("hôm nào đó", None, None, None),
        ("", None, None, None),
    ],
)
def test_periods_as_officers_write_them(text: str, label: str | None, first: D | None, last: D | None) -> None:
    span = parse_span(text)
    assert (span and span.label, span and span.first, span and span.last) == (label, first, last)


@pytest.mark.parametrize(
    ("deadline", "start", "until", "expected"),
    [
        (
            Deadline("Hằng quý", recurrence="quarterly"),
            D(2022, 4, 14),
            D(2022, 12, 31),
            [("quý II/2022", D(2022, 6, 30)), ("quý III/2022", D(2022, 9, 30)), ("quý IV/2022", D(2022, 12, 31))],
        ),
        (
            Deadline("trước ngày 20 hằng tháng", recurrence="monthly", every=Every(20), inclusive=False),
            D(2026, 1, 25),  # after the 20th: the first duty is February's
            D(2026, 3, 2),
            [("tháng 2/2026", D(2026, 2, 20)), ("tháng 3/2026", D(2026, 3, 20))],
        ),
        (
            Deadline("ngày 25 của tháng cuối quý", recurrence="quarterly", every=Every(25)),
            D(2026, 1, 1),
            D(2026, 4, 1),
            [("quý I/2026", D(2026, 3, 25)), ("quý II/2026", D(2026, 6, 25))],
        ),
        (
            Deadline("trước 15/12 hằng năm", recurrence="yearly", every=Every(15, 12)),
            D(2025, 3, 1),
            D(2026, 1, 1),
            [("năm 2025", D(2025, 12, 15)), ("năm 2026", D(2026, 12, 15))],
        ),
        (
            Deadline("hằng tháng đến hết tháng 3/2026", due=D(2026, 3, 31), recurrence="monthly", every=Every(31)),
            D(2026, 1, 10),
            D(2026, 12, 31),
            [("tháng 1/2026", D(2026, 1, 31)), ("tháng 2/2026", D(2026, 2, 28)), ("tháng 3/2026", D(2026, 3, 31))],
        ),
        (Deadline("thường xuyên", recurrence="continuous"), D(2026, 1, 1), D(2026, 5, 1), []),
        (Deadline("đột xuất", recurrence="on-request"), D(2026, 1, 1), D(2026, 5, 1), []),
        (Deadline("tháng 6/2026", due=D(2026, 6, 30)), D(2026, 1, 1), D(2026, 5, 1), []),
    ],
)
def test_when_a_duty_falls_due(deadline: Deadline, start: D, until: D, expected: list[tuple[str, D]]) -> None:
    assert [(one.span.label, one.due) for one in occurrences(deadline, start=start, until=until)] == expected


def test_working_days_skip_weekends_and_holidays() -> None:
    friday, holidays = D(2026, 4, 24), {D(2026, 4, 27), D(2026, 4, 30), D(2026, 5, 1)}
    assert add_working_days(friday, 1) == D(2026, 4, 27)
    assert add_working_days(friday, 1, holidays) == D(2026, 4, 28)
    assert add_working_days(friday, 3, holidays) == D(2026, 5, 4)
    assert next_working_day(D(2026, 5, 2)) == D(2026, 5, 4)
    assert add_working_days(friday, 0) == friday


DAYS = st.dates(D(1990, 1, 1), D(2090, 12, 31))


@given(DAYS, st.sampled_from(RECURRENCES))
def test_each_day_lies_in_one_period_whose_name_is_read_back(day: D, recurrence: Recurrence) -> None:
    span = span_at(recurrence, day)
    assert span is not None
    assert span.holds(day)
    assert parse_span(span.label) == span


@given(DAYS, st.integers(0, 2000), st.sampled_from(RECURRENCES), st.integers(1, 31))
def test_periods_follow_one_another_without_gaps(start: D, days: int, recurrence: Recurrence, day: int) -> None:
    deadline = Deadline("định kỳ", recurrence=recurrence, every=Every(day))
    found = occurrences(deadline, start=start, until=start + dt.timedelta(days=days))
    assert all(one.span.holds(one.due) and one.due >= start for one in found)
    assert all(two.span.first - one.span.last == dt.timedelta(days=1) for one, two in pairwise(found))


@given(st.text(max_size=40))
def test_any_text_is_a_period_or_none(text: str) -> None:
    span = parse_span(text)
    assert span is None or span.first <= span.last


CUT_OFFS = [  # Nghị định 09/2019/NĐ-CP Điều 12
    ("tháng 6/2026", D(2026, 5, 15), D(2026, 6, 14)),
    ("tháng 1/2026", D(2025, 12, 15), D(2026, 1, 14)),
    ("quý I/2026", D(2025, 12, 15), D(2026, 3, 14)),
    ("6 tháng đầu năm 2026", D(2025, 12, 15), D(2026, 6, 14)),
    ("6 tháng cuối năm 2026", D(2026, 6, 15), D(2026, 12, 14)),
    ("9 tháng năm 2026", D(2025, 12, 15), D(2026, 9, 14)),
    ("năm 2026", D(2025, 12, 15), D(2026, 12, 14)),
]


@pytest.mark.parametrize(("text", "first", "last"), CUT_OFFS)
def test_the_data_of_an_administrative_report(text: str, first: D, last: D) -> None:
    span = parse_span(text)
    assert span
    assert (data_span(span).first, data_span(span).last) == (first, last)


def test_a_duty_under_the_decree_is_due_behind_its_cut_off() -> None:
    monthly = Deadline("hằng tháng", recurrence="monthly")
    (june,) = occurrences(monthly, start=D(2026, 6, 1), until=D(2026, 6, 30), regime="09/2019/NĐ-CP")
    assert june.due == D(2026, 6, 15)  # Monday after Sunday the 14th
    assert june.data
    assert june.data.first == D(2026, 5, 15)
    named = Deadline("trước ngày 20 hằng tháng", recurrence="monthly", every=Every(20))
    (june,) = occurrences(named, start=D(2026, 6, 1), until=D(2026, 6, 30), regime="09/2019/NĐ-CP")
    assert june.due == D(2026, 6, 20)


@pytest.mark.parametrize(
    ("system", "regime"), [("state", "09/2019/NĐ-CP"), (None, "09/2019/NĐ-CP"), ("party", "calendar")]
)
def test_a_party_duty_keeps_the_calendar(system: str | None, regime: Regime) -> None:
    assert regime_for(system, "09/2019/NĐ-CP") == regime


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (D(2026, 6, 1), D(2026, 6, 30), (D(2026, 5, 15), D(2026, 6, 14))),
        (D(2026, 1, 1), D(2026, 9, 30), (D(2025, 12, 15), D(2026, 9, 14))),
        (D(2026, 5, 15), D(2026, 6, 14), (D(2026, 5, 15), D(2026, 6, 14))),
        (D(2021, 1, 1), D(2025, 12, 31), (D(2021, 1, 1), D(2025, 12, 31))),
    ],
)
def test_a_report_covers_the_days_of_its_regime(first: D, last: D, days: tuple[D, D]) -> None:
    told = Span("kỳ", first, last)
    found = counted_days(told, "09/2019/NĐ-CP")
    assert (found.first, found.last) == days
    assert counted_days(told, "calendar") == told
