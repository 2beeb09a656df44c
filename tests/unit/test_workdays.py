"""Working days, terms counted from an event, and the arithmetic of months (Bộ luật Dân sự 2015 Điều 147, 148)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.deadlines import find_deadline, read_cell
from nlp.model import Deadline, Term
from nlp.workdays import add_months, add_working_days, days_off, is_working_day, next_working_day, resolve, term_end

D = dt.date
DAYS = st.dates(D(2015, 1, 1), D(2035, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (D(2026, 2, 17), False),  # Mùng Một Tết Bính Ngọ
        (D(2026, 4, 27), False),  # Giỗ Tổ fell on a Sunday
        (D(2026, 4, 30), False),
        (D(2026, 9, 2), False),
        (D(2026, 8, 31), False),  # by exchange
        (D(2026, 8, 22), True),  # the Saturday worked instead
        (D(2026, 1, 2), False),  # decided for the year, from our own list
        (D(2026, 1, 10), True),
        (D(2026, 3, 4), True),
        (D(2026, 3, 7), False),
    ],
)
def test_working_days_of_a_year(day: D, works: bool) -> None:  # noqa: FBT001
    assert is_working_day(day) is works


@given(DAYS)
def test_the_next_working_day_works_and_nothing_before_it_does(day: D) -> None:
    following = next_working_day(day)
    assert is_working_day(following)
    assert not any(is_working_day(day + dt.timedelta(n)) for n in range((following - day).days))


@given(DAYS, st.integers(1, 60))
def test_so_many_working_days_lie_between(day: D, count: int) -> None:
    end = add_working_days(day, count)
    between = [day + dt.timedelta(n) for n in range(1, (end - day).days + 1)]
    assert sum(map(is_working_day, between)) == count


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_months_add_up_but_for_the_end_of_the_month(day: D, one: int, other: int) -> None:
    whole, parts = add_months(day, one + other), add_months(add_months(day, one), other)
    assert (whole.year, whole.month) == (parts.year, parts.month)
    assert parts.day <= whole.day <= day.day


@given(DAYS, st.integers(1, 400))
def test_a_term_never_ends_on_a_day_off(day: D, amount: int) -> None:
    for unit in ("day", "week", "month"):
        assert is_working_day(term_end(Term(min(amount, 90), unit), day))


TERMS = [
    (
        "trong thời hạn 15 ngày làm việc kể từ ngày ký ban hành Quyết định này",
        Term(15, "day", working=True, event="issued"),
    ),
    ("trong vòng 10 ngày kể từ ngày nhận được hồ sơ hợp lệ", Term(10, "day", working=False, event="received")),
    (
        "Trong thời hạn hai mươi lăm (25) ngày làm việc kể từ khi nhận được hồ sơ",
        Term(25, "day", working=True, event="received"),
    ),
    ("chậm nhất 03 tháng kể từ ngày Nghị định này có hiệu lực", Term(3, "month", working=False, event="effective")),
    ("trong thời hạn không quá 05 ngày làm việc", Term(5, "day", working=True, event=None)),
]


@pytest.mark.parametrize(("text", "term"), TERMS)
def test_a_term_and_its_event_are_read(text: str, term: Term) -> None:
    deadline = find_deadline(text, year=2026) or read_cell(text, year=2026)
    assert deadline
    assert (deadline.due, deadline.term) == (None, term)


def test_a_term_becomes_a_day_where_its_event_is_known() -> None:
    deadline = Deadline("x", anchor="x", term=Term(10, "day", working=True, event="issued"))
    assert resolve(deadline, issued=D(2026, 2, 10)).due == D(2026, 3, 3)  # over Tết: 13/2, then 23/2 to 3/3
    assert resolve(deadline, received=D(2026, 2, 10)).due is None
    month = Deadline("x", anchor="x", term=Term(1, "month", event="effective"))
    assert resolve(month, effective=D(2026, 1, 31)).due == D(2026, 3, 2)  # 28/2 is a Saturday


def test_the_days_off_of_a_year_are_no_weekends_alone() -> None:
    assert len([day for day in days_off(2026) if day.weekday() < 5]) >= 11
