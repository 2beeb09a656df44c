"""Bodies cut out of cells and found in sentences, on wording of real annexes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import fold
from nlp.units import covers, find_units, same_unit, split_units, unit_key

CELLS = [
    (
        "Bộ Thông tin và Truyền thông Bộ Khoa học và Công nghệ",
        ["Bộ Thông tin và Truyền thông", "Bộ Khoa học và Công nghệ"],
    ),
    ("Sở Kế hoạch và Đầu tư", ["Sở Kế hoạch và Đầu tư"]),
    ("Bộ Văn hóa, Thể thao và Du lịch", ["Bộ Văn hóa, Thể thao và Du lịch"]),
    ("Bộ Văn hoá, Thể thao và Du lịch, Uỷ ban Dân tộc", ["Bộ Văn hoá, Thể thao và Du lịch", "Uỷ ban Dân tộc"]),
    ("các sở, ban, ngành", ["các sở, ban, ngành"]),
    ("Các bộ, ngành và địa phương", ["Các bộ, ngành và địa phương"]),
    ("UBND các huyện, thị xã, thành phố", ["UBND các huyện, thị xã, thành phố"]),
    (
        "các huyện, thành ủy; đảng ủy trực thuộc; ban cán sự đảng; đảng đoàn",
        ["các huyện, thành ủy", "đảng ủy trực thuộc", "ban cán sự đảng", "đảng đoàn"],
    ),
    (
        "Các cấp ủy, tổ chức đảng, chính quyền và người đứng đầu các cơ quan, tổ chức, đơn vị",
        ["Các cấp ủy, tổ chức đảng, chính quyền", "người đứng đầu các cơ quan, tổ chức, đơn vị"],
    ),
    ("Các sở, ban, ngành, các huyện, thành phố", ["Các sở, ban, ngành", "các huyện, thành phố"]),
    (
        "Sở Khoa học và Công nghệ Sở Công Thương; UBND các phường, xã",
        ["Sở Khoa học và Công nghệ", "Sở Công Thương", "UBND các phường, xã"],
    ),
    (
        "Ban Quản lý các khu công nghệ cao và khu công nghiệp, Sở Khoa học và\nCông nghệ",
        ["Ban Quản lý các khu công nghệ cao và khu công nghiệp", "Sở Khoa học và Công nghệ"],
    ),
    ("VTV, VOV, TTXVN, các địa phương", ["VTV", "VOV", "TTXVN", "các địa phương"]),
    ("Bộ Khoa học và Công nghệ và các địa phương", ["Bộ Khoa học và Công nghệ", "các địa phương"]),
    ("Giám đốc các Sở: Nội vụ, Tài chính, Tư pháp", ["Giám đốc các Sở: Nội vụ, Tài chính, Tư pháp"]),
    ("Các bộ: Tài chính, Công an, Quốc phòng; UBND tỉnh", ["Các bộ: Tài chính, Công an, Quốc phòng", "UBND tỉnh"]),
    ("Tỉnh ủy, HĐND, UBND tỉnh", ["Tỉnh ủy", "HĐND", "UBND tỉnh"]),
    ("Sở NN và PTNT, Sở TN&MT", ["Sở NN và PTNT", "Sở TN&MT"]),
    ("Văn phòng HĐND và UBND huyện", ["Văn phòng HĐND và UBND huyện"]),
    ("Sở Nội vụ\nSở Tài chính", ["Sở Nội vụ", "Sở Tài chính"]),
    ("Bộ Công\nThương", ["Bộ Công Thương"]),
    ("- Chủ trì: Bộ Y tế\n- Phối hợp: Bộ Nội vụ", ["Bộ Y tế", "Bộ Nội vụ"]),
    ("Thanh tra Bộ Y tế", ["Thanh tra Bộ Y tế"]),
    ("Bộ Lao động - Thương binh và Xã hội - Bộ Tài chính", ["Bộ Lao động - Thương binh và Xã hội", "Bộ Tài chính"]),
    ("UBND phường, xã", ["UBND phường, xã"]),
    ("Các bộ, ngành, UBND tỉnh, thành phố", ["Các bộ, ngành", "UBND tỉnh, thành phố"]),
    (
        "Viện, Trường, Doanh nghiệp, Sở, ban, ngành có liên quan",
        ["Viện", "Trường", "Doanh nghiệp", "Sở, ban, ngành có liên quan"],
    ),
    (
        "Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương, cơ quan, tổ chức khác có liên quan",
        ["Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương", "cơ quan, tổ chức khác có liên quan"],
    ),
    ("Bộ trưởng Bộ Công an", ["Bộ trưởng Bộ Công an"]),
    ("", []),
    (" - ; ", []),
]


@pytest.mark.parametrize(("cell", "bodies"), CELLS)
def test_a_cell_gives_one_string_for_each_body(cell: str, bodies: list[str]) -> None:
    assert list(split_units(cell)) == bodies


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Giám đốc Sở KH&ĐT", "Sở Kế hoạch và Đầu tư"),
        ("Chánh Văn phòng UBND tỉnh", "Văn phòng Ủy ban nhân dân tỉnh"),
        ("Uỷ ban nhân dân TP. Hồ Chí Minh", "UBND thành phố Hồ Chí Minh"),
        ("Sở Nội vụ tỉnh Kiên Giang", "SNV"),
        ("Bộ LĐ-TB&XH", "Bộ Lao động – Thương binh và Xã hội"),
        ("Ủy ban MTTQ Việt Nam tỉnh", "UBMTTQ tỉnh"),
        ("VPCP", "Văn phòng Chính phủ"),
        ("Bộ trưởng Bộ Nội vụ", "Bộ Nội vụ"),
    ],
)
def test_spellings_of_one_body_share_a_key(one: str, other: str) -> None:
    assert unit_key(one) == unit_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Sở Nội vụ", "Bộ Nội vụ"), ("Sở Du lịch", "Sở Văn hóa, Thể thao và Du lịch"), ("UBND tỉnh", "HĐND tỉnh")],
)
def test_different_bodies_keep_different_keys(one: str, other: str) -> None:
    assert unit_key(one) != unit_key(other)


def test_a_missing_province_is_no_contradiction_but_another_province_is() -> None:
    assert same_unit("UBND tỉnh", "Ủy ban nhân dân tỉnh An Giang")
    assert not same_unit("UBND tỉnh Hà Tĩnh", "UBND tỉnh An Giang")
    assert not same_unit("Sở Y tế tỉnh Hà Tĩnh", "Sở Y tế tỉnh An Giang")


@pytest.mark.parametrize(
    ("collective", "unit", "inside"),
    [
        ("các sở, ban, ngành", "Sở Nội vụ tỉnh Kiên Giang", True),
        ("Các bộ, ngành, địa phương", "Bộ Y tế", True),
        ("Các bộ, ngành, địa phương", "UBND tỉnh Nghệ An", True),
        ("UBND các huyện, thị xã, thành phố", "UBND huyện Hòn Đất", True),
        ("các sở, ban, ngành", "Bộ Y tế", False),
        ("Sở Nội vụ", "Sở Y tế", False),
    ],
)
def test_collectives_cover_by_class(collective: str, unit: str, inside: bool) -> None:  # noqa: FBT001
    assert covers(collective, unit) is inside


def test_units_in_running_text() -> None:
    text = (
        "Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính, các sở, ban, ngành tỉnh và UBND các huyện, thị xã, thành phố "
        "tham mưu UBND tỉnh Kiên Giang; Giám đốc Trung tâm Chuyển đổi số tỉnh phối hợp với Cục Kiểm soát thủ tục hành chính."
    )
    assert [text[a:b] for a, b, _ in find_units(text)] == [
        "Sở Nội vụ", "Sở Tài chính", "các sở, ban, ngành tỉnh", "UBND các huyện, thị xã, thành phố", "UBND tỉnh Kiên Giang",
        "Giám đốc Trung tâm Chuyển đổi số tỉnh", "Cục Kiểm soát thủ tục hành chính",
    ]  # fmt: skip


@given(st.text(alphabet="SởBộ các,;-&() và\nUBNDtỉnh.", max_size=120))
def test_no_text_breaks_the_cutting_and_nothing_is_invented(text: str) -> None:
    whole = fold(text)
    for body in split_units(text):
        assert fold(body) in whole or fold(body) in fold(text.replace("\n", " "))
    for start, end, found in find_units(text):
        assert text[start:end] == found
    unit_key(text)
