"""A statement beside all its candidates at once: a task's values do not depend on which others stand beside it."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.encode import shipped
from nlp.features import features
from nlp.match import rank_report
from nlp.match_pool import Beside, Candidate, Pool, Said, Statement
from nlp.model import Deadline, Period, ReportItem, Task
from nlp.signals import Signal, signals_of

SYLLABLES = ("rà", "soát", "hồ", "chứa", "nước", "đề", "án", "12%", "và", "Sở", "Y", "tế", "Nội", "vụ", "25", "xã")
UNITS = ("Sở Y tế", "Sở Nội vụ", "các sở, ban, ngành", "UBND các xã")
PERIOD = Period(dt.date(2025, 4, 1), dt.date(2025, 6, 30), "quý II/2025")
texts = st.lists(st.sampled_from(SYLLABLES), max_size=12).map(" ".join)
units = st.lists(st.sampled_from(UNITS), max_size=2, unique=True).map(tuple)
deadlines = st.none() | st.dates(dt.date(2025, 1, 1), dt.date(2025, 12, 31)).map(
    lambda day: Deadline("trước ngày", due=day)
)
candidates = st.builds(
    lambda text, lead, others, row, product, section, deadline, symbol: Candidate(
        Task("t", text, 0, len(text), lead=lead, coordinators=others, row=row, product=product, section=section,
             deadline=deadline),
        symbol,
        dt.date(2025, 3, 1),
    ),
    texts, units, units, st.sampled_from((None, "1", "II.2")), st.sampled_from((None, "Báo cáo", "Đề án hồ chứa nước")),
    st.lists(texts, max_size=2).map(tuple), deadlines, st.sampled_from((None, "5/KH-UBND", "6/KH-UBND")),
)  # fmt: skip
statements = st.builds(
    lambda text, unit, row, headings: Statement(
        ReportItem("i", text, 0, len(text), row=row), unit, PERIOD, ("5/KH-UBND",),
        (("5/KH-UBND", dt.date(2025, 3, 2)),), headings,
    ),
    texts, st.none() | st.sampled_from(UNITS), st.sampled_from((None, "1")), st.lists(texts, max_size=2).map(tuple),
)  # fmt: skip


def told(beside: Beside, row: int) -> dict[str, Signal]:
    return {one.code: one for one in signals_of(features(beside), row)}


@given(statements, st.lists(candidates, min_size=1, max_size=5))
def test_what_is_said_of_a_task_does_not_depend_on_the_others(statement: Statement, tasks: list[Candidate]) -> None:
    pool = Pool.of(tasks, shipped())
    said = Said.of(statement, pool)
    together = Beside.of(said, pool, range(len(tasks)))
    for place in range(len(tasks)):
        alone, beside = told(Beside.of(said, pool, [place]), 0), told(together, place)
        assert alone.keys() == beside.keys()
        for code, signal in alone.items():
            assert 0 < signal.value <= 1
            assert beside[code].value == pytest.approx(signal.value, abs=1e-12)
            assert beside[code].detail == signal.detail


def test_a_task_that_is_told_whole_is_contained_whole() -> None:
    text = "rà Nội soát nước chứa hồ đề rà rà hồ"  # its weights, summed in two orders, differ in the last digit
    pool = Pool.of([Candidate(Task("t", text, 0, len(text)), "5/KH-UBND")], shipped())
    said = Said.of(Statement(ReportItem("i", text, 0, len(text))), pool)
    assert told(Beside.of(said, pool, [0]), 0)["contained"].value == 1


@given(statements, st.lists(candidates, min_size=1, max_size=5))
def test_only_what_the_rival_lacks_is_a_tasks_own_part(statement: Statement, tasks: list[Candidate]) -> None:
    pool = Pool.of(tasks)
    likeness = Beside.of(Said.of(statement, pool), pool, range(len(tasks))).likeness
    same = np.arange(len(tasks))
    assert not likeness.own_part(same).any()
    for rival in range(len(tasks)):
        part = likeness.own_part(np.full(len(tasks), rival))
        for row in range(len(tasks)):
            lacks = likeness.shared[row] & ~likeness.shared[rival]
            assert (part[row] > 0) == bool(lacks.any())
            assert part[row] <= 1 + 1e-12


def test_a_statement_without_candidates_stands_among_others() -> None:
    task = Candidate(Task("t", "Rà soát hồ chứa nước", 0, 20), "5/KH-UBND")
    both = [Statement(ReportItem(name, "Đã rà soát hồ chứa nước", 0, 23)) for name in ("a", "b")]
    first, second = rank_report(both, Pool.of([task]), among=[[], [0]])
    assert first == ()
    assert second[0].pair.values["wording"] > 0.5
