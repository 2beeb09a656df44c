"""Levels of a text: what stands under what, and where each body ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.labels import read_label
from corpus.model import Node
from corpus.reader import read_bytes
from corpus.tree import build_tree


def tree(text: str) -> tuple[str, list[Node]]:
    document = read_bytes(text.encode(), "a.txt")
    return document.text, build_tree(document)


def paths(text: str) -> list[str]:
    _, nodes = tree(text)

    def path(node: Node) -> str:
        above = path(nodes[node.parent]) + " › " if node.parent >= 0 else ""
        return above + node.label

    return [path(node) for node in nodes]


@pytest.mark.parametrize(
    ("line", "style", "printed"),
    [
        ("Điều 1. Phạm vi điều chỉnh", "Điều", "Điều 1."),
        ("Ðiều 5a. Bổ sung", "Điều", "Ðiều 5a."),
        ("Điều 2", "Điều", "Điều 2"),
        ("Điều 34.11.LQ.1. Phạm vi", "Điều", "Điều 34.11.LQ.1."),
        ("Điều 1.Phạm vi", "Điều", "Điều 1."),
        ("Chương II QUY ĐỊNH CỤ THỂ", "Chương", "Chương II"),
        ("PHẦN THỨ NHẤT", "Phần", "PHẦN THỨ NHẤT"),
        ("Mục 3", "Mục", "Mục 3"),
        ("Tiểu mục 1 HỒ SƠ", "Tiểu mục", "Tiểu mục 1"),
        ("PHỤ LỤC II DANH MỤC NHIỆM VỤ", "Phụ lục", "PHỤ LỤC II"),
        ("Phụ lục", "Phụ lục", "Phụ lục"),
        ("I. MỤC ĐÍCH", "roman", "I."),
        ("IV- Tổ chức thực hiện", "roman", "IV-"),
        ("A. PHẦN CHUNG", "capital", "A."),
        ("1. Nội dung", "number", "1."),
        ("1- Các cấp ủy", "number", "1-"),
        ("3/ Kinh phí", "number", "3/"),
        ("1.Mục đích", "number", "1."),
        ("1.2. Yêu cầu", "dotted", "1.2."),
        ("2.1 Mục tiêu", "dotted", "2.1"),
        ("a) Giao Sở Nội vụ", "letter", "a)"),
        ("đ) Giao Sở Tài chính", "letter", "đ)"),
        ("(1) Tỷ lệ người dân", "paren", "(1)"),
        ("(ii) hồ sơ", "small roman", "(ii)"),
        ("- Như trên;", "-", "-"),
        ("– Lưu: VT", "-", "–"),
        ("+ Đối với cấp xã", "+", "+"),
        ("• Mục", "•", "•"),
        ("Thứ nhất, nâng cao", "thứ", "Thứ nhất,"),
        ("Một là, nâng cao", "là", "Một là,"),
        ("Bảy là: tổng kết", "là", "Bảy là:"),
    ],
)
def test_labels(line: str, style: str, printed: str) -> None:
    label = read_label(line)
    assert label is not None
    assert (label.style, label.text) == (style, printed)
    assert line[label.length :].strip() == label.rest


@pytest.mark.parametrize(
    "line",
    [
        "2025 và những năm tiếp theo",
        "1.234 tỷ đồng",
        "12.345.678 đồng",
        "02-KH/TU ngày 05 tháng 01 năm 2026",
        "01/QĐ-UBND ngày 05 tháng 01 năm 2026",
        "15/7/2025 của Thủ tướng Chính phủ",
        "24 xã, phường",
        "30% số xã",
        "Điều 5 của Nghị định này quy định",
        "Chương II, Chương III của Luật",
        "Phụ lục II ban hành kèm theo Nghị quyết này",
        "Mục 1, 2 và 3",
        "Một số nhiệm vụ",
        "Thứ hai hằng tuần",
        "Ba Đình",
        "V.I. Lênin",
        "-5 độ",
        "---------",
        "d được",
        "I và II",
    ],
)
def test_running_text_is_no_label(line: str) -> None:
    assert read_label(line) is None


def test_normative_levels() -> None:
    text = (
        "Chương I\nQUY ĐỊNH CHUNG\nMục 1\nPHẠM VI\nĐiều 1. Phạm vi\n1. Khoản một:\na) Điểm a;\n- Gạch;\nđ) Điểm đ.\n"
        "2. Khoản hai.\n"
        "Điều 2. Đối tượng\na) Điểm a.\nChương II\nTỔ CHỨC\nĐiều 3. Hiệu lực\n"
    )
    _, nodes = tree(text)
    assert paths(text)[:9] == [
        "Chương I",
        "Chương I › Mục 1",
        "Chương I › Mục 1 › Điều 1",
        "Chương I › Mục 1 › Điều 1 › 1",
        "Chương I › Mục 1 › Điều 1 › 1 › a",
        "Chương I › Mục 1 › Điều 1 › 1 › a › -",
        "Chương I › Mục 1 › Điều 1 › 1 › đ",
        "Chương I › Mục 1 › Điều 1 › 2",
        "Chương I › Mục 1 › Điều 2",
    ]
    assert [node.level for node in nodes][:8] == ["Chương", "Mục", "Điều", "khoản", "điểm", "bullet", "điểm", "khoản"]
    assert text[nodes[0].start : nodes[0].end] == "Chương I\nQUY ĐỊNH CHUNG"
    assert text[nodes[0].start : nodes[0].body_end].endswith("a) Điểm a.")


def test_plan_levels_with_numbers_left_out() -> None:
    text = (
        "I. MỤC ĐÍCH\n1. Mục đích\n- Một;\n+ Hai.\n2. Yêu cầu\nII. NHIỆM VỤ\n1. Nhóm một\n1.1. Việc một\n"
        "a) Chi tiết\n1.2. Việc hai\n"
        "V. TỔ CHỨC\n1. Sở Nội vụ\n3. Sở Tài chính\n"
    )
    assert paths(text) == [
        "I", "I › 1", "I › 1 › -", "I › 1 › - › +", "I › 2",
        "II", "II › 1", "II › 1 › 1.1", "II › 1 › 1.1 › a", "II › 1 › 1.2",
        "V", "V › 1", "V › 3",
    ]  # fmt: skip


def test_party_levels() -> None:
    text = "I- TÌNH HÌNH\n1- Kết quả\n1.1- Về kinh tế\n- Tăng trưởng.\n2- Hạn chế\nII- NHIỆM VỤ\n1- Lãnh đạo\n"
    assert paths(text) == ["I", "I › 1", "I › 1 › 1.1", "I › 1 › 1.1 › -", "I › 2", "II", "II › 1"]


def test_spoken_levels() -> None:
    text = (
        "Thứ nhất, đổi mới\n- Việc một\nThứ hai, nâng cao\nMột là, thể chế\n- Việc hai\n"
        "Hai là, thủ tục\nThứ ba, kỷ luật\n"
    )
    assert paths(text) == [
        "Thứ nhất", "Thứ nhất › -", "Thứ hai", "Thứ hai › Một là", "Thứ hai › Một là › -", "Thứ hai › Hai là", "Thứ ba",
    ]  # fmt: skip


def test_ordinals_under_a_number_do_not_end_the_list() -> None:
    text = "1. Về nhận thức\nThứ nhất, quán triệt\nThứ hai, tuyên truyền\n2. Về thể chế\n"
    assert paths(text) == ["1", "1 › Thứ nhất", "1 › Thứ hai", "2"]


def test_lists_in_brackets_stand_below_letters() -> None:
    text = "1. Chỉ tiêu\na) Kinh tế số\n(1) Tỷ trọng\n(2) Tỷ lệ\nb) Xã hội số\n(1) Tỷ lệ\n2. Giải pháp\n"
    assert paths(text) == ["1", "1 › a", "1 › a › 1", "1 › a › 2", "1 › b", "1 › b › 1", "2"]


def test_recipients_and_signature_end_the_text() -> None:
    text = (
        "Điều 1. Phê duyệt Đề án.\nĐiều 2. Giao Sở Nội vụ thi hành./.\nNơi nhận:\n- Như Điều 2;\n- Lưu: VT.\n"
        "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nPHỤ LỤC I\nDANH MỤC\nI. NHÓM MỘT\n1. Việc một\n"
    )
    stored, nodes = tree(text)
    assert paths(text) == ["Điều 1", "Điều 2", "PHỤ LỤC I", "PHỤ LỤC I › I", "PHỤ LỤC I › I › 1"]
    assert stored[nodes[1].start : nodes[1].body_end] == "Điều 2. Giao Sở Nội vụ thi hành./."


def test_attached_text_is_no_part_of_the_last_article() -> None:
    text = (
        "Điều 1. Ban hành kèm theo Quyết định này Quy chế.\nĐiều 2. Quyết định có hiệu lực từ ngày ký.\nQUY CHẾ\n"
        "LÀM VIỆC\n"
        "(Ban hành kèm theo Quyết định số 12/QĐ-UBND)\nĐiều 1. Phạm vi\n1. Một\n"
    )
    stored, nodes = tree(text)
    assert stored[nodes[1].start : nodes[1].body_end].endswith("từ ngày ký.")
    assert paths(text)[2:] == ["Điều 1", "Điều 1 › 1"]


def test_a_year_at_the_head_of_a_line_opens_nothing() -> None:
    text = "I. KẾT QUẢ\n1. Năm 2025\n99. Con số lạ\n2. Năm 2026\n"
    assert paths(text) == ["I", "I › 1", "I › 2"]


@given(
    st.lists(
        st.sampled_from(["I. A", "1. b", "a) c", "- d", "+ e", "Điều 1. x", "Chương I", "văn bản", "Thứ nhất, f"]),
        max_size=30,
    )
)
def test_bodies_nest(lines: list[str]) -> None:
    text = "\n".join(lines)
    if not text.strip():
        return
    _, nodes = tree(text)
    for index, node in enumerate(nodes):
        assert node.start < node.end <= node.body_end <= len(text)
        assert node.parent < index
        if node.parent >= 0:
            above = nodes[node.parent]
            assert above.end <= node.start
            assert node.body_end <= above.body_end
            assert node.depth == above.depth + 1
