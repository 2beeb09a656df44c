"""Amending texts: which place of which document is changed, on real wording."""

# ruff: noqa: ISC004 - real sentences are long, and read best unbroken

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.amendments import find_amendments
from nlp.citations import find
from nlp.model import Amendment, Header

DECREE = Header(symbol="134/2026/NĐ-CP", kind="Nghị định")
TITLE = (
    "NGHỊ ĐỊNH\nSửa đổi, bổ sung một số điều của Nghị định số 17/2023/NĐ-CP ngày 26 tháng 4 năm 2023 của Chính phủ\n"
)


def amendments(text: str, header: Header = DECREE) -> tuple[Amendment, ...]:
    return find_amendments(text, find(text).citations, header)


def facts(text: str, header: Header = DECREE) -> list[tuple[str, str | None, str]]:
    return [(a.action, a.target, " ".join(reversed(a.locator))) for a in amendments(text, header)]


def under_title(text: str) -> list[tuple[str, str]]:
    return [(action, where) for action, target, where in facts(TITLE + text) if target == "17/2023/NĐ-CP"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Điều 1. Sửa đổi, bổ sung Điều 1\n“Điều 1. Phạm vi\n1. Nghị định này …”", [("amend", "Điều 1")]),
        (
            "Điều 2. Bổ sung khoản 12a vào sau khoản 12 của Điều 3\n“12a. Tín hiệu cáp.”",
            [("supplement", "khoản 12a Điều 3")],
        ),
        (
            "Điều 3. Sửa đổi, bổ sung một số điểm của Điều 5\n1. Bổ sung điểm p1 vào sau điểm p khoản 2:\n“p1) Xây dựng;”\n"
            "2. Sửa đổi, bổ sung các điểm q, r khoản 2:\n“q) Quản lý;\nr) Chủ trì.”",
            [
                ("supplement", "điểm p1 khoản 2 Điều 5"),
                ("amend", "điểm q khoản 2 Điều 5"),
                ("amend", "điểm r khoản 2 Điều 5"),
            ],
        ),
        ("Điều 13. Bổ sung Điều 37a vào Mục 3 Chương III và sau Điều 37\n“Điều 37a. Điều kiện”", [("supplement", "Điều 37a")]),
        (
            "Điều 20. Sửa đổi, bổ sung một số điểm, khoản của Điều 41\n2. Sửa đổi, bổ sung một số điểm của khoản 2:\n"
            "a) Sửa đổi, bổ sung các điểm a, b:\n“a) Tờ khai;\nb) Bản sao;”\nb) Bổ sung các điểm đ, e vào sau điểm d:\n“đ) Tài liệu;\ne) Văn bản.”",
            [
                ("amend", "điểm a khoản 2 Điều 41"),
                ("amend", "điểm b khoản 2 Điều 41"),
                ("supplement", "điểm đ khoản 2 Điều 41"),
                ("supplement", "điểm e khoản 2 Điều 41"),
            ],
        ),
        (
            "Điều 1. Sửa đổi\n5. Sửa đổi, bổ sung điểm a, điểm c khoản 2 Điều 7 và khoản 3 như sau:\n“a) Một\nc) Hai\n3. Ba”",
            [("amend", "điểm a khoản 2 Điều 7"), ("amend", "điểm c khoản 2 Điều 7"), ("amend", "khoản 3 Điều 7")],
        ),
        (
            "Điều 35. Bãi bỏ một số điểm, khoản\n1. Bãi bỏ khoản 5 Điều 5, các khoản 3, 4 Điều 55, Điều 85.",
            [("repeal", "khoản 5 Điều 5"), ("repeal", "khoản 3 Điều 55"), ("repeal", "khoản 4 Điều 55"), ("repeal", "Điều 85")],
        ),
        ("Điều 36. Bãi bỏ các quy định sau đây:\n1. Khoản 2 Điều 4;\n2. Điều 9.", [("repeal", "khoản 2 Điều 4"), ("repeal", "Điều 9")]),
        (
            "Điều 34. Thay thế\n24. Thay thế Phụ lục I ban hành kèm theo Nghị định số 17/2023/NĐ-CP bằng Phụ lục I ban hành kèm theo Nghị định này.",
            [("replace", "Phụ lục I")],
        ),
        (
            "Điều 34. Thay thế mẫu\n25. Thay thế các mẫu số 02, 04 Phụ lục III ban hành kèm theo Nghị định số 17/2023/NĐ-CP bằng các mẫu số 02, 04 mới.",
            [("replace", "Mẫu số 02 Phụ lục III"), ("replace", "Mẫu số 04 Phụ lục III")],
        ),
        ("Điều 15. Bãi bỏ\na) Bãi bỏ tên Mục 1, Mục 2 trong Chương III.", [("amend", "Mục 1 Chương III"), ("amend", "Mục 2 Chương III")]),
    ],
)  # fmt: skip
def test_places_of_the_document_in_the_title(text: str, expected: list[tuple[str, str]]) -> None:
    assert under_title(text) == expected


def test_words_changed_inside_places() -> None:
    found = amendments(
        TITLE
        + "Điều 34. Bổ sung, thay thế từ, cụm từ\n4. Thay thế cụm từ “khoản 1 Điều 26” bằng cụm từ “khoản 3a Điều 26” tại "
        "khoản 4 Điều 23, điểm b khoản 2 Điều 36.\n13. Bổ sung cụm từ “công lập” vào sau cụm từ “đơn vị” tại khoản 1 Điều 53; "
        "bãi bỏ cụm từ “ngày sinh” tại Điều 54."
    )
    assert [(a.action, a.locator, a.old, a.new) for a in found] == [
        ("amend", ("Điều 23", "khoản 4"), "khoản 1 Điều 26", "khoản 3a Điều 26"),
        ("amend", ("Điều 36", "khoản 2", "điểm b"), "khoản 1 Điều 26", "khoản 3a Điều 26"),
        ("amend", ("Điều 53", "khoản 1"), None, "công lập"),
        ("amend", ("Điều 54",), "ngày sinh", None),
    ]


def test_the_wording_of_each_place_is_its_own() -> None:
    text = (
        TITLE + "Điều 3. Sửa đổi, bổ sung các điểm q, r khoản 2 Điều 5\n“q) Quản lý hoạt động;\nr) Chủ trì, phối hợp.”"
    )
    assert [text[a.start : a.end] for a in amendments(text)] == ["q) Quản lý hoạt động;", "r) Chủ trì, phối hợp"]


def test_each_article_may_amend_another_document() -> None:
    text = (
        "Điều 1. Sửa đổi, bổ sung một số điều của Thông tư số 32/2016/TT-BLĐTBXH ngày 25 tháng 10 năm 2016\n"
        "1. Bổ sung Điều 3a vào sau Điều 3 như sau:\n“Điều 3a. Thang lương\nTheo Điều 9a Thông tư số 26/2016/TT-BLĐTBXH.”\n"
        "Điều 2. Sửa đổi, bổ sung một số điều của Thông tư số 34/2016/TT-BLĐTBXH ngày 25 tháng 10 năm 2016\n"
        "3. Bãi bỏ khoản 4 Điều 5 Thông tư số 34/2016/TT-BLĐTBXH.\n"
        "9. Bổ sung khoản 6 vào Điều 10 như sau: “6. Chịu trách nhiệm.”\n"
    )
    assert facts(text, Header(symbol="12/2024/TT-BLĐTBXH", kind="Thông tư")) == [
        ("supplement", "32/2016/TT-BLĐTBXH", "Điều 3a"),
        ("repeal", "34/2016/TT-BLĐTBXH", "khoản 4 Điều 5"),
        ("supplement", "34/2016/TT-BLĐTBXH", "khoản 6 Điều 10"),
    ]


def test_whole_documents_in_sentences_and_lists() -> None:
    text = (
        "Điều 1. Bãi bỏ toàn bộ 2 văn bản quy phạm pháp luật\n1. Chỉ thị số 03/2005/CT-BTS ngày 07/3/2005 của Bộ trưởng Bộ Thủy sản.\n"
        "2. Quyết định số 54/2003/QĐ-BNN ngày 07/4/2003.\nĐiều 2. Hiệu lực\n"
        "Nghị định này có hiệu lực kể từ ngày ký và thay thế Nghị định số 14/2012/NĐ-CP."
    )
    assert facts(text) == [
        ("repeal", "03/2005/CT-BTS", ""),
        ("repeal", "54/2003/QĐ-BNN", ""),
        ("replace", "14/2012/NĐ-CP", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Bộ Tư pháp nghiên cứu, trình Chính phủ Nghị định thay thế Nghị định số 34/2016/NĐ-CP.",
        "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ số 47/2019/QH14;",
        "theo Nghị định số 34/2016/NĐ-CP đã được sửa đổi, bổ sung tại Nghị định số 154/2020/NĐ-CP.",
    ],
)
def test_work_to_be_done_and_history_change_nothing(text: str) -> None:
    assert facts(f"Điều 1. Nhiệm vụ\n{text}", Header(symbol="1/NQ-CP", kind="Nghị quyết")) == []


def test_a_plan_changes_no_other_text() -> None:
    text = "1. Bãi bỏ Quyết định số 12/2020/QĐ-UBND; thay thế Quyết định số 13/2020/QĐ-UBND."
    assert facts(text, Header(symbol="5/KH-UBND", kind="Kế hoạch")) == []


def test_new_wording_is_not_read_as_instructions_also_when_a_mark_is_lost() -> None:
    text = TITLE + (
        "Điều 1. Sửa đổi, bổ sung khoản 1 Điều 7\n“1. Bãi bỏ khoản 2 Điều 3 của giấy phép.\n2. Thay thế Điều 8.\n"
        "Điều 2. Bãi bỏ Điều 12"
    )
    assert [(a.action, a.locator) for a in amendments(text)] == [
        ("amend", ("Điều 7", "khoản 1")),
        ("repeal", ("Điều 12",)),
    ]


def test_hard_line_breaks_change_nothing() -> None:
    text = (
        TITLE
        + "Điều 1. Thay thế cụm từ “tư vấn, \ndịch vụ” bằng cụm từ “dịch vụ đại diện” tại điểm \nc khoản 1 \nĐiều 55."
    )
    assert [a.locator for a in amendments(text)] == [("Điều 55", "khoản 1", "điểm c")]


PIECES = [
    "Điều 1. ",
    "Sửa đổi, bổ sung khoản 2 Điều 5",
    "“",
    "”",
    "\n",
    "1. ",
    "a) ",
    "; ",
    "Bãi bỏ ",
    "Nghị định số 1/2020/NĐ-CP",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=200, deadline=None)
def test_spans_stand_in_the_text(text: str) -> None:
    for a in amendments(text):
        assert 0 <= a.start < a.end <= len(text)
        assert 0 <= a.clause[0] < a.clause[1] <= len(text)
