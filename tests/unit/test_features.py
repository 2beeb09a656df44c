"""Signals between a report's statement and a task: the ones an officer would name."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.assignees import best_fit, fit, is_collective
from nlp.features import features
from nlp.match_pool import Beside, Candidate, Pool, Said, Statement, named_numbers
from nlp.model import Deadline, Period, ReportItem, Task
from nlp.signals import Signal, signals_of
from nlp.wording import words

DAY = dt.date


def task(text: str, **given: object) -> Task:
    return Task("t", text, 0, len(text), **given)  # type: ignore[arg-type]


def said(text: str, **given: object) -> ReportItem:
    return ReportItem("i", text, 0, len(text), **given)  # type: ignore[arg-type]


def signals(statement: Statement, candidate: Candidate, *others: Candidate) -> dict[str, Signal]:
    pool = Pool.of([candidate, *others])
    columns = features(Beside.of(Said.of(statement, pool), pool, [0]))
    return {signal.code: signal for signal in signals_of(columns, 0)}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("nhiệm vụ số 14 Phụ lục II: đã hoàn thành", {"14"}),
        ("Nhiệm vụ thứ 07", {"7"}),
        ("(số thứ tự 5 của Phụ lục)", {"5"}),
        ("tại mục II.3 của Kế hoạch", {"II.3"}),
        ("STT 12", {"12"}),
        ("Quyết định số 14/QĐ-UBND", set()),
        ("Nghị định số 45/2020/NĐ-CP; 7 nhiệm vụ", set()),
    ],
)
def test_a_task_named_by_its_number(text: str, numbers: set[str]) -> None:
    assert named_numbers(text) == numbers


@pytest.mark.parametrize(
    ("unit", "assignee", "expected"),
    [
        ("Sở Nội vụ", "Sở Nội vụ", "same"),
        ("Sở Nội vụ tỉnh Kiên Giang", "Sở Nội vụ", "same"),
        ("Văn phòng Ủy ban nhân dân tỉnh", "Văn phòng UBND tỉnh", "same"),
        ("Sở Y tế", "các sở, ban, ngành", "member"),
        ("UBND huyện Châu Thành", "UBND các huyện, thành phố", "member"),
        ("Bộ Công an", "Các bộ, ngành, địa phương", "member"),
        ("Sở Y tế", "UBND các huyện, thành phố", None),
        ("Sở Y tế", "Sở Nội vụ", None),
        ("", "Sở Nội vụ", None),
        ("Sở Nội vụ tỉnh An Giang", "Sở Nội vụ tỉnh Cà Mau", None),
        ("Sở Nội vụ tỉnh An Giang", "Sở Nội vụ tỉnh Kiên Giang", "successor"),
        ("Sở Nội vụ tỉnh Kiên Giang", "Sở Nội vụ tỉnh An Giang", None),
        ("Sở Tài chính tỉnh An Giang", "Sở Kế hoạch và Đầu tư tỉnh Kiên Giang", "successor"),
        ("Sở Tài chính tỉnh Cà Mau", "Sở Kế hoạch và Đầu tư tỉnh Kiên Giang", None),
        ("Sở Y tế Thành phố Hồ Chí Minh", "Sở Y tế tỉnh Bà Rịa - Vũng Tàu", "successor"),
    ],
)
def test_who_answers_for_a_printed_assignee(unit: str, assignee: str, expected: str | None) -> None:
    assert fit(unit, assignee) == expected


def test_the_own_name_wins_over_a_collective() -> None:
    assert best_fit("Sở Y tế", ("các sở, ban, ngành", "Sở Y tế")) == ("same", "Sở Y tế")
    assert is_collective("các sở, ban, ngành")
    assert not is_collective("Sở Y tế")


def test_words_are_compared_in_one_spelling() -> None:
    assert words("UBND tỉnh đẩy mạnh CCHC; hàng năm hoà giải") == words(
        "Ủy ban nhân dân tỉnh đẩy mạnh cải cách hành chính, hằng năm hòa giải"
    )


def test_the_assigning_document_by_symbol_and_its_wrong_date() -> None:
    candidate = Candidate(task("Ban hành Quy chế"), "20/CT-TTg", DAY(2017, 5, 17))
    right = signals(Statement(said("Đã ban hành Quy chế"), answers=("20/CT-TTg",)), candidate)
    assert "answers_directive" in right
    assert "date_conflict" not in right
    wrong = Statement(said("Đã ban hành"), answers=("20/CT-TTg",), dates=(("20/CT-TTg", DAY(2017, 7, 15)),))
    assert "15/07/2017" in signals(wrong, candidate)["date_conflict"].detail


def test_another_directive_speaks_against_only_when_it_is_in_the_pool() -> None:
    one, other = Candidate(task("Ban hành Quy chế"), "88/KH-UBND"), Candidate(task("Ban hành Đề án"), "52-KH/TU")
    statement = Statement(said("Đã ban hành Quy chế"), answers=("52-KH/TU",))
    assert "other_directive" in signals(statement, one, other)
    assert "other_directive" not in signals(statement, one)


def test_unit_lead_coordinator_other() -> None:
    work = task("Xây dựng quy trình", lead=("Sở Nội vụ",), coordinators=("các sở, ban, ngành",))
    local = Candidate(task("Rà soát hộ tịch", lead=("UBND huyện Hòn Đất",)))
    codes = {
        unit: set(signals(Statement(said("quy trình"), unit=unit), Candidate(work), local))
        & {"lead", "coordinator", "collective", "other_unit"}
        for unit in ("Sở Nội vụ", "Sở Y tế", "UBND huyện Hòn Đất")
    }
    assert codes == {"Sở Nội vụ": {"lead"}, "Sở Y tế": {"coordinator"}, "UBND huyện Hòn Đất": {"other_unit"}}


def test_a_unit_without_tasks_here_reports_for_others() -> None:
    work = Candidate(task("Xây dựng quy trình", lead=("Bộ Nội vụ",)))
    assert "other_unit" not in signals(Statement(said("quy trình"), unit="Văn phòng Chính phủ"), work)


def test_a_joint_report_names_its_units_in_headings() -> None:
    work, other = (Candidate(task("Xây dựng quy trình", lead=(name,))) for name in ("Bộ Nội vụ", "Bộ Y tế"))
    joint = Statement(said("đã xong quy trình"), unit="Văn phòng Chính phủ", headings=("II. KẾT QUẢ", "1. Bộ Nội vụ"))
    assert "named_unit" in signals(joint, work)
    assert "other_unit" in signals(joint, other)


def test_a_report_that_follows_the_headings_of_the_directive() -> None:
    work = Candidate(task("Rà soát", section=("II. NHIỆM VỤ", "1. Cải cách thể chế")))
    same = signals(Statement(said("x"), headings=("1. Về cải cách thể chế",)), work)["section"].value
    assert same > 0.6
    assert "section" not in signals(Statement(said("x"), headings=("3. Tài chính công",)), work)


def test_unit_named_in_the_statement_of_a_joint_report() -> None:
    work = task("Xây dựng Đề án bản sao số", lead=("Bộ Nội vụ",))
    assert "named_unit" in signals(Statement(said("Bộ Nội vụ đã trình Đề án")), Candidate(work))
    assert "named_unit" not in signals(Statement(said("Bộ Công an đã trình Đề án")), Candidate(work))


def test_product_of_the_required_kind() -> None:
    work = Candidate(task("Quy định trách nhiệm", product="Quyết định của Thủ tướng Chính phủ"))
    full = signals(Statement(said("Thủ tướng Chính phủ đã ký Quyết định số 12/QĐ-TTg")), work)["product"].value
    none = signals(Statement(said("Đã gửi công văn")), work)
    assert full > 0.8
    assert "product" not in none


def test_deadline_inside_the_period() -> None:
    work = Candidate(task("Báo cáo", deadline=Deadline("tháng 5/2026", due=DAY(2026, 5, 31))))
    may = Period(DAY(2026, 5, 1), DAY(2026, 5, 31), "tháng 5/2026")
    april = Period(DAY(2026, 4, 1), DAY(2026, 4, 30), "tháng 4/2026")
    assert "period" in signals(Statement(said("x"), period=may), work)
    assert "period" not in signals(Statement(said("x"), period=april), work)


def test_a_row_number_alone_is_no_signal() -> None:
    work = Candidate(task("Trồng rừng phòng hộ ven biển", row="3"))
    assert "row" not in signals(Statement(said("Kiểm kê xe ô tô", row="3")), work)
    assert "row" in signals(Statement(said("Trồng rừng phòng hộ ven biển đạt 40 ha", row="3")), work)


TEXT = st.text(alphabet=st.sampled_from("đã ban hành Quyết định số 12/QĐ-TTg; nhiệm vụ 3.\n\t"), max_size=120)


@given(TEXT, TEXT, TEXT)
def test_values_stay_between_zero_and_one(item: str, one: str, two: str) -> None:
    found = signals(Statement(said(item), unit="Sở Y tế"), Candidate(task(one, product=two)), Candidate(task(two)))
    assert all(0 < signal.value <= 1 + 1e-9 for signal in found.values())


def test_long_repetitive_texts_are_compared_in_linear_time() -> None:
    long = "quy định " * 20_000
    assert signals(Statement(said(long)), Candidate(task(long)))["wording"].value > 0.99
