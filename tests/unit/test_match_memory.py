"""Confirmed statements of earlier periods are evidence: for their task, and against what they were found not to answer."""

from __future__ import annotations

import datetime as dt

import pytest

from nlp.features import features
from nlp.match import rank
from nlp.match_memory import Remembered
from nlp.match_pool import Beside, Candidate, Pool, Said, Statement
from nlp.match_times import outside
from nlp.model import Deadline, Period, ReportItem, Task
from nlp.signals import signals_of

TASKS = (
    "Nâng cao năng lực quản trị của doanh nghiệp nhỏ và vừa",
    "Phát triển hạ tầng thương mại nông thôn",
    "Đẩy mạnh xúc tiến xuất khẩu sang thị trường Hàn Quốc",
)
KIOSK = "Chợ phiên Tân Hòa: đã lắp 24/60 ki-ốt, đang làm mái che"


def pool(*remembered: Remembered) -> Pool:
    tasks = (Candidate(Task(str(n), text, n, n + 1), "5/KH-UBND", None, n) for n, text in enumerate(TASKS, 1))
    return Pool.of(tasks, remembered=remembered)


def said(text: str) -> Statement:
    return Statement(ReportItem("i", text, 0, len(text)), answers=("5/KH-UBND",))


def signals(text: str, where: Pool) -> list[dict[str, float]]:
    made = Said.of(said(text), where)
    columns = features(Beside.of(made, where, range(len(TASKS))))
    return [{one.code: one.value for one in signals_of(columns, row)} for row in range(len(TASKS))]


def test_the_words_of_the_last_period_lead_to_their_task_whatever_the_figures() -> None:
    again = "Chợ phiên Tân Hòa: đã lắp 60/60 ki-ốt, làm xong mái che"
    assert not any("told_before" in found for found in signals(again, pool()))
    where = pool(Remembered(KIOSK, frozenset({2})))
    first, second, third = signals(again, where)
    assert second["told_before"] > 0.6
    assert "told_before" not in first
    assert first["told_otherwise"] == pytest.approx(second["told_before"], abs=1e-6)
    assert "told_otherwise" in third
    best = rank(said(again), where)[0]
    assert where.candidates[best.place].number == 2
    assert best.probability > rank(said(again), pool())[0].probability
    assert any(KIOSK in reason.text for reason in best.reasons)


def test_what_was_found_to_answer_nothing_speaks_against_every_task() -> None:
    own = "Thu phí cảng được 2,3 tỷ đồng, đạt 78% kế hoạch"
    found = signals("Thu phí cảng được 3,1 tỷ đồng, đạt 91% kế hoạch", pool(Remembered(own)))
    assert all(one["told_otherwise"] > 0.6 for one in found)


def test_a_rejected_task_is_held_against_itself_alone() -> None:
    first, second, _ = signals(KIOSK, pool(Remembered(KIOSK, rejected=frozenset({1}), settled=False)))
    assert first["told_otherwise"] == pytest.approx(1.0)
    assert "told_otherwise" not in second


def test_common_words_are_no_likeness() -> None:
    found = signals(
        "Đã ban hành kế hoạch thực hiện",
        pool(Remembered("Đã ban hành kế hoạch tiêm vắc xin cho đàn gia súc", frozenset({2}))),
    )
    assert found[1]["told_before"] < 0.5


QUARTER = Period(dt.date(2025, 4, 1), dt.date(2025, 6, 30), "quý II/2025")


@pytest.mark.parametrize(
    ("date", "task", "is_outside"),
    [
        (dt.date(2025, 1, 5), Task("a", "Báo cáo hằng quý", 0, 0, deadline=Deadline("hằng quý", recurrence="quarterly")), False),
        (dt.date(2025, 7, 5), Task("a", "Báo cáo hằng quý", 0, 0, deadline=Deadline("hằng quý", recurrence="quarterly")), True),
        (
            dt.date(2024, 1, 5),
            Task("a", "Báo cáo hằng quý", 0, 0, deadline=Deadline("hằng quý trong năm 2024", due=dt.date(2024, 12, 31), recurrence="quarterly")),
            True,
        ),
        (dt.date(2024, 1, 5), Task("a", "Xây cầu", 0, 0, deadline=Deadline("31/12/2024", due=dt.date(2024, 12, 31))), False),
        (
            dt.date(2024, 1, 5),
            Task("a", "Kế hoạch năm 2024", 0, 0, period=Period(dt.date(2024, 1, 1), dt.date(2024, 12, 31), "năm 2024")),
            True,
        ),
    ],
)  # fmt: skip
def test_a_report_for_a_quarter_answers_what_lies_in_it(date: dt.date, task: Task, is_outside: bool) -> None:  # noqa: FBT001
    """A single task that is late is still reported; one that recurs, or is for a span of time, ends with it."""
    assert outside(Candidate(task, "1/KH-UBND", date), QUARTER) is is_outside


def test_of_two_years_plans_with_the_same_words_the_report_answers_its_own() -> None:
    def plan(year: int) -> Candidate:
        span = Period(dt.date(year, 1, 1), dt.date(year, 12, 31), f"năm {year}")
        return Candidate(
            Task(str(year), "Tổ chức hội chợ du lịch biển đảo", 0, 1, period=span),
            f"{year}/KH-UBND",
            dt.date(year, 1, 5),
            year,
        )

    where = Pool.of([plan(2024), plan(2025)])
    text = "Đã tổ chức hội chợ du lịch biển đảo với 120 gian hàng"
    found = rank(Statement(ReportItem("i", text, 0, 9), period=QUARTER), where)
    assert where.candidates[found[0].place].number == 2025
    assert found[0].probability > found[1].probability


def test_a_settled_task_is_not_the_first_choice() -> None:
    def twin(number: int, closed: str) -> Candidate:
        return Candidate(Task(str(number), TASKS[1], 0, 1), "5/KH-UBND", None, number, closed=closed)

    where = Pool.of([twin(1, "7/BC-SCT, ngày 02/01/2025"), twin(2, "")])
    found = rank(said("Phát triển hạ tầng thương mại nông thôn: xây 3 chợ"), where)
    assert where.candidates[found[0].place].number == 2
    assert any("7/BC-SCT" in reason.text for reason in found[1].reasons)
