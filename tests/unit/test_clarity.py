"""The six on real wording."""

import datetime as dt

import pytest

from nlp.clarity import clarity, unclear
from nlp.model import Deadline, Task

DUE = Deadline("trước ngày 30/6/2026", due=dt.date(2026, 6, 30), inclusive=False, precision="day")


def task(text: str, *lead: str, **given: object) -> Task:
    return Task("1", text, 0, len(text), lead=lead, **given)  # type: ignore[arg-type]


WHOLE = task(
    "Chủ trì xây dựng Đề án chuyển đổi số, trình UBND tỉnh phê duyệt", "Sở Nội vụ", deadline=DUE, product="Đề án"
)


def test_a_whole_task_leaves_nothing_open() -> None:
    assert unclear(WHOLE) == ()
    assert [one.label for one in clarity(WHOLE)] == [
        "Rõ người", "Rõ việc", "Rõ thời gian", "Rõ trách nhiệm", "Rõ sản phẩm", "Rõ thẩm quyền",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("found", "missing"),
    [
        (task("Nâng cao trách nhiệm của người đứng đầu"), {"person", "work", "time", "product", "authority"}),
        (task("Ban hành kế hoạch thực hiện", "các cơ quan liên quan", deadline=DUE), {"person"}),
        (task("Ban hành kế hoạch thực hiện", "Sở Nội vụ", "Sở Y tế", deadline=DUE), {"responsibility"}),
        (task("Ban hành kế hoạch thực hiện", "các sở, ban, ngành", "các huyện, thành phố", deadline=DUE), set()),
        (task("Ban hành kế hoạch thực hiện", "Sở Nội vụ"), {"time"}),
        (task("Ban hành kế hoạch", "Sở Nội vụ", deadline=Deadline("hằng quý", recurrence="quarterly")), set()),
        (task("Đẩy mạnh cải cách", "Sở Nội vụ", deadline=DUE, target="đạt trên 80%"), {"authority"}),
        (task("Tăng cường kiểm tra công vụ", "Sở Nội vụ", deadline=DUE, report_to="UBND tỉnh"), {"product"}),
        (task("Báo cáo UBND tỉnh kết quả thực hiện", "Sở Nội vụ", deadline=DUE), set()),
    ],
)
def test_what_is_open_is_named(found: Task, missing: set[str]) -> None:
    assert {one.id for one in unclear(found)} == missing


def test_the_reason_is_told_in_words() -> None:
    [one] = unclear(task("Ban hành kế hoạch", "Sở Nội vụ", deadline=Deadline("sớm")))
    assert one.why == "thời hạn chưa xác định được ngày: sớm"
