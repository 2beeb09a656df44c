"""The same figure is a part of one target and the whole of another."""

from __future__ import annotations

import pytest

from nlp.claims import claimed_for
from nlp.model import ClaimedStatus, Deadline, ReportItem, Task

SAID = ReportItem("i", "Kiểm tra 38 cơ sở, xử phạt 03 cơ sở", 0, 35, claimed_status="done")


def _task(text: str, *lead: str, deadline: Deadline | None = None) -> Task:
    return Task("t", text, 0, len(text), lead=lead or ("Sở Công Thương",), deadline=deadline)


@pytest.mark.parametrize(
    ("task", "status"),
    [
        (_task("Kiểm tra ít nhất 50 cơ sở kinh doanh"), "partial"),
        (_task("Kiểm tra 38 cơ sở kinh doanh"), "done"),
        (_task("Kiểm tra không quá 50 cơ sở kinh doanh"), "done"),
        (_task("Kiểm tra các cơ sở kinh doanh trong 30 ngày"), "done"),
        (_task("Kiểm tra 50 cơ sở", "Các huyện"), "done"),
        (_task("Kiểm tra 50 cơ sở", "Sở Y tế", "Sở Công Thương"), "done"),
        (_task("Kiểm tra 50 cơ sở", deadline=Deadline("hằng quý", recurrence="quarterly")), "done"),
    ],
)
def test_a_result_is_measured_against_the_target_of_its_task(task: Task, status: ClaimedStatus) -> None:
    assert claimed_for(SAID, task) == status


def test_words_outweigh_figures() -> None:
    going = ReportItem("i", "Đang kiểm tra 50 cơ sở", 0, 22, claimed_status="in_progress")
    assert claimed_for(going, _task("Kiểm tra 50 cơ sở")) == "in_progress"
