"""The task list of a gold directive is put right by the operations of the review page, and the links gain by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp.scorer import shipped
from service.cli.gold_links import lines_of, opened
from service.cli.gold_review import task_text

SET = """== văn bản 9-KH-UBND.txt
ỦY BAN NHÂN DÂN
TỈNH KIÊN GIANG
-------
Số: 9/KH-UBND
Kiên Giang, ngày 15 tháng 01 năm 2024

KẾ HOẠCH
Phát triển du lịch năm 2024

II. TỔ CHỨC THỰC HIỆN
1. Sở Du lịch
{T1 | chủ trì: Sở Du lịch | hạn: 2024-03-31 day} a) Tổ chức hội chợ du lịch biển đảo, hoàn thành trước ngày 01/4/2024.
{T2 | chủ trì: Sở Du lịch; Sở Văn hóa và Thể thao | phối hợp: -} b) Xây dựng bản đồ số các điểm du lịch trong tỉnh.
b1) Mở lớp tập huấn cho hướng dẫn viên của tỉnh.
2. Nội dung khác
{T3 | chủ trì: Sở Du lịch | hạn: - none yearly} Bộ nhận diện thương hiệu Phú Quốc có chỗ trong mọi ấn phẩm.
== báo cáo 4-BC-SDL.txt
UBND TỈNH KIÊN GIANG
SỞ DU LỊCH
-------
Số: 4/BC-SDL
Kiên Giang, ngày 05 tháng 7 năm 2024

BÁO CÁO
Kết quả thực hiện Kế hoạch số 9/KH-UBND

Thực hiện Kế hoạch số 9/KH-UBND ngày 15/01/2024 của Ủy ban nhân dân tỉnh, Sở Du lịch báo cáo kết quả như sau:

{T1 done} 1. Đã tổ chức hội chợ du lịch biển đảo với 120 gian hàng.
{T3 done} 2. Bộ nhận diện thương hiệu Phú Quốc đã được đưa vào mọi ấn phẩm phát hành trong kỳ.
{- done} 3. Hoàn thành việc chỉnh lý 40 mét hồ sơ lưu trữ.
"""


def test_what_was_not_read_is_entered_and_what_is_no_task_is_taken_off(tmp_path: Path) -> None:
    gold = tmp_path / "01-du-lich.txt"
    gold.write_text(SET, encoding="utf-8")
    with opened([gold]) as sets:
        before = [line.unread for report in sets.study() for line in report.lines]
        sets.review()
        found = {
            task.task.text.split(",")[0].rstrip("."): task.task
            for document in sets.app.store.documents(role="directive")
            for task in sets.app.store.tasks(document_id=document.id)
        }
        after = [line.unread for report in sets.study() for line in report.lines]
        ranked = lines_of(sets.study(), shipped())
    assert before == [0, 1, 0]
    assert after == [0, 0, 0]
    brand = found["Bộ nhận diện thương hiệu Phú Quốc có chỗ trong mọi ấn phẩm"]
    assert brand.lead == ("Sở Du lịch",)
    assert brand.deadline is not None
    assert brand.deadline.recurrence == "yearly"
    assert found["Xây dựng bản đồ số các điểm du lịch trong tỉnh"].lead == ("Sở Du lịch", "Sở Văn hóa và Thể thao")
    assert len(found) == 3
    assert [line.ranked[0][0] in line.wanted for line in ranked if line.wanted] == [True, True]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("a) Sở Y tế mở 02 lớp.", "Sở Y tế mở 02 lớp."),
        ("- Mở 02 lớp.", "Mở 02 lớp."),
        ("| 3 | Tập huấn kỹ năng số cho cán bộ xã | Sở Nội vụ |", "Tập huấn kỹ năng số cho cán bộ xã"),
        ("Giao Sở Y tế mở 02 lớp.", "Giao Sở Y tế mở 02 lớp."),
    ],
)
def test_a_gold_line_is_entered_without_its_number(line: str, text: str) -> None:
    assert task_text(line) == text
