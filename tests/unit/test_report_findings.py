"""Figures of a report that contradict each other, with both places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.model import ClaimedStatus, ReportItem
from nlp.report_findings import find_contradictions

CASES = [
    (
        "15.533 nhiệm vụ, đã hoàn thành 13.119 (84,46%); đang thực hiện 2.414, trong đó trong hạn 2.065, đã quá hạn 348.",
        "sum_differs", "2.065 + 348 = 2.413, khác 2.414", "2.414", "2.065, đã quá hạn 348",
    ),
    ("Đã kiểm tra 37/35 cơ quan.", "part_above_whole", "“37/35” có phần lớn hơn tổng", "37", "35"),
    ("Đã kiểm tra 12/35 cơ quan, đạt 44%.", "share_differs", "12/35 là 34,3%, báo cáo ghi 44%", "12/35", "44"),
    (
        "Tổng số 659 nội dung, hoàn thành 593 (98,9%).",
        "share_differs", "593 trên 659 là 90,0%, báo cáo ghi 98,9%", "659", "593 (98,9",
    ),
    (
        "Toàn tỉnh có 120 xã, gồm 70 xã loại I, 45 xã loại II.",
        "sum_differs", "70 + 45 = 115, khác 120", "120", "70 xã loại I, 45",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "told", "one", "other"), CASES)
def test_what_cannot_both_be_right_is_told_with_both_places(
    text: str, code: str, told: str, one: str, other: str
) -> None:
    (found,) = find_contradictions(text)
    assert (found.code, found.text) == (code, told)
    assert text[found.start : found.end] == one
    assert text[slice(*found.other)] == other


@pytest.mark.parametrize(
    "text",
    [
        "Giao 833 nhiệm vụ, trong đó 181 nhiệm vụ quá hạn, 67 nhiệm vụ trong hạn, 585 nhiệm vụ hoàn thành.",
        "Xử lý 21.540 trường hợp, trong đó 6.320 nồng độ cồn, 1.102 xe chở quá tải.",
        "Đã kiểm tra 12/35 cơ quan, đạt 34,3%.",
        "Đã kiểm tra 12/35 cơ quan, đạt khoảng 35%.",
        "Hoàn thành 593/659 nội dung (90%).",
        "Họp ngày 20/9 tại tỉnh, Quyết định số 12/QĐ-UBND.",
        "Tổng số 15.533 nhiệm vụ, đã hoàn thành 13.119 (84,46%).",
        "Diễn tập 24/7 và các ngày 05/9, 05/10 có 120 người, trong đó 30 nữ, 12 đảng viên.",
        "",
    ],
)
def test_figures_that_may_be_right_are_left_alone(text: str) -> None:
    assert find_contradictions(text) == []


def _rows(text: str, *statuses: ClaimedStatus) -> list[ReportItem]:
    at = len(text)
    return [
        ReportItem(f"i{n}", f"việc {n}", at + 10 * n, at + 10 * n + 9, claimed_status=status, row=str(n))
        for n, status in enumerate(statuses, 1)
    ]


def test_a_summary_is_counted_against_the_rows() -> None:
    text = "Trong 5 nhiệm vụ được giao: 4 nhiệm vụ hoàn thành, 1 nhiệm vụ đang thực hiện.\n"
    rows = _rows(text, "done", "done", "done", "partial", "in_progress")
    told = [found.text for found in find_contradictions(text, rows)]
    assert told == [
        "Phần tổng hợp ghi 4 nhiệm vụ hoàn thành, bảng có 3 dòng hoàn thành",
        "Phần tổng hợp ghi 1 nhiệm vụ đang thực hiện, bảng có 2 dòng đang thực hiện",
    ]
    assert find_contradictions(text, _rows(text, "done", "done", "done", "done", "in_progress")) == []


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for found in find_contradictions(text):
        assert 0 <= found.start <= found.end <= len(text)
