"""Documents cited by name, and bodies' names."""

from __future__ import annotations

import datetime as dt

import pytest

from nlp.bodies import read_body
from nlp.names import find_names


def named(text: str) -> list[str]:
    found = sorted(find_names(text), key=lambda n: (n.start, -n.end))
    kept: list[str] = []
    last = 0
    for name in found:
        if name.start >= last:
            kept.append(text[name.start : name.end])
            last = name.end
    return kept


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("theo quy định của Bộ luật Lao động và Luật Đất đai năm 2013", ["Bộ luật Lao động", "Luật Đất đai năm 2013"]),
        ("Luật Đầu tư công và Luật đầu tư", ["Luật Đầu tư công", "Luật đầu tư"]),
        ("Luật Đất đai 2013, Luật Nhà ở (2014)", ["Luật Đất đai 2013", "Luật Nhà ở (2014)"]),
        ("Luật Thi đua khen thưởng có hiệu lực", ["Luật Thi đua khen thưởng"]),
        ("Luật Quản lý, sử dụng vốn nhà nước đầu tư vào sản xuất, kinh doanh tại doanh nghiệp;", ["Luật Quản lý, sử dụng vốn nhà nước đầu tư vào sản xuất, kinh doanh tại doanh nghiệp"]),
        ("Luật Vùng trời mới ngày 12 tháng 3 năm 2031;", ["Luật Vùng trời mới ngày 12 tháng 3 năm 2031"]),
        ("Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22 tháng 11 năm 2019;",
         ["Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22 tháng 11 năm 2019"]),
        ("Pháp lệnh Ngoại hối", ["Pháp lệnh Ngoại hối"]),
        ("Hiến pháp năm 2013 và pháp luật", ["Hiến pháp năm 2013"]),
        ("Nghị quyết Trung ương 6 khóa XII và Nghị quyết Đại hội XIII của Đảng", ["Nghị quyết Trung ương 6 khóa XII", "Nghị quyết Đại hội XIII của Đảng"]),
        ("Nghị quyết Đại hội XI Đảng bộ tỉnh, do vậy", ["Nghị quyết Đại hội XI Đảng bộ tỉnh"]),
        ("Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XVII, nhiệm kỳ 2020-2025", ["Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XVII, nhiệm kỳ 2020-2025"]),
        ("triển khai Đề án 06 và Quy hoạch điện VIII", ["Đề án 06", "Quy hoạch điện VIII"]),
    ],
)  # fmt: skip
def test_names(text: str, expected: list[str]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Luật sư Nguyễn A",
        "các luật khác",
        "Luật này quy định",
        "Báo Pháp Luật Thành phố",
        "Sở Tư pháp",
        "phổ biến pháp luật về đất đai",
        "Đại hội Đảng bộ",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Chính Phủ về thi hành", "Chính phủ"),
        ("Thủ tướng Chính phủ phê duyệt", "Thủ tướng Chính phủ"),
        ("Ủy ban nhân dân tỉnh Kiên Giang về việc", "Ủy ban nhân dân tỉnh Kiên Giang"),
        ("UBND tỉnh Quảng Trị Ban hành", "UBND tỉnh Quảng Trị"),
        ("Bộ Lao động - Thương binh và Xã hội hướng dẫn", "Bộ Lao động - Thương binh và Xã hội"),
        (
            "Bộ trưởng Bộ Nông nghiệp và Phát triển nông thôn quy định",
            "Bộ trưởng Bộ Nông nghiệp và Phát triển nông thôn",
        ),
        ("Bộ Văn hóa, Thể thao và Du lịch, Bộ Tài chính", "Bộ Văn hóa, Thể thao và Du lịch"),
        ("Ban Chấp hành Trung ương khóa XII về việc", "Ban Chấp hành Trung ương khóa XII"),
        ("Cục Quản lý đấu thầu về việc", "Cục Quản lý đấu thầu"),
        ("TỈNH ỦY THỰC HIỆN NGHỊ QUYẾT", "Tỉnh ủy"),
        ("ỦY BAN NHÂN DÂN TỈNH KIÊN GIANG VỀ", "Ủy ban nhân dân tỉnh Kiên Giang"),
        ("Uỷ ban nhân dân tỉnh", "Uỷ ban nhân dân tỉnh"),
    ],
)
def test_where_a_body_ends(text: str, name: str) -> None:
    body = read_body(text, 0)
    assert body is not None
    assert body.name == name


def test_joint_bodies() -> None:
    body = read_body("Văn phòng Chính phủ - Bộ Nội vụ hướng dẫn", 0, joint=True)
    assert body is not None
    assert body.name == "Văn phòng Chính phủ - Bộ Nội vụ"


def test_an_ordinance_with_both_words_capital() -> None:
    (found,) = find_names("Căn cứ Pháp Lệnh Ngoại hối ngày 13 tháng 12 năm 2005")
    assert (found.kind, found.date) == ("Pháp lệnh", dt.date(2005, 12, 13))
