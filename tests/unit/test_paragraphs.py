"""Wrapped lines grouped to paragraphs: where a list's next item begins, and where a line only goes on."""

from __future__ import annotations

import pytest

from corpus.paragraphs import groups


def _paragraphs(text: str) -> list[str]:
    lines = text.split("\n")
    return [" ".join(line.strip() for line in lines[first:last]) for first, last in groups(lines)]


@pytest.mark.parametrize(
    "items",
    [
        ["2. Thu nhập bình quân của lao động: 5,2 triệu đồng/tháng", "3. Hợp tác xã ngừng hoạt động: 07"],
        ["- Hộ kinh doanh: 64; đã kê khai: 51", "- Kết nạp chủ hộ: chưa xem xét", "- Sửa sân thôn: chưa khởi công"],
    ],
)
def test_the_next_item_begins_whatever_the_line_before_ends_with(items: list[str]) -> None:
    assert _paragraphs("\n".join(items)) == items


@pytest.mark.parametrize(
    "text",
    [
        "Hoàn thành việc rà soát, gửi về Sở Nội vụ trước ngày 30 tháng\n9. Quá thời hạn này coi như không có ý kiến",
        "1. Thực hiện nội dung được giao tại khoản\n2. Điều 5 của Nghị định về tổ chức bộ máy",
        "Thời gian thực hiện từ năm 2021\n- 2025 trên địa bàn toàn tỉnh, bảo đảm đúng tiến độ",
    ],
)
def test_a_number_that_the_line_before_asks_for_goes_on(text: str) -> None:
    assert len(_paragraphs(text)) == 1
