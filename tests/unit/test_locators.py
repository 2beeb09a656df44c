"""Places inside a document: paths, lists, ranges, both orders."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.locator_paths import ALPHABET, expand
from nlp.locators import find_places, read_locators_before

D5 = ("Điều 5", "khoản 2", "điểm a")
CASES = [
    ("điểm a khoản 2 Điều 5", [D5]),
    ("Điều 5, khoản 2, điểm a", [D5]),
    ("Điều 5 khoản 2 điểm a", [D5]),
    ("Khoản 3, Điều 9, Mục 3, Chương II", [("Chương II", "Mục 3", "Điều 9", "khoản 3")]),
    ("khoản 1, khoản 2 Điều 43", [("Điều 43", "khoản 1"), ("Điều 43", "khoản 2")]),
    ("điểm b khoản 1, khoản 2 Điều 5", [("Điều 5", "khoản 1", "điểm b"), ("Điều 5", "khoản 2")]),
    ("các điểm a, b và c khoản 1 Điều 3", [("Điều 3", "khoản 1", f"điểm {x}") for x in "abc"]),
    ("Điều 5 và 7", [("Điều 5",), ("Điều 7",)]),
    (
        "Điều 20, 21 và 27 Mục 2 Chương IV, Chương V",
        [*[("Chương IV", "Mục 2", f"Điều {n}") for n in (20, 21, 27)], ("Chương V",)],
    ),
    ("từ Điều 5 đến Điều 9", [(f"Điều {n}",) for n in range(5, 10)]),
    ("Điều 5 đến 9", [(f"Điều {n}",) for n in range(5, 10)]),
    ("từ khoản 1 đến khoản 4 Điều 6", [("Điều 6", f"khoản {n}") for n in range(1, 5)]),
    ("từ điểm a đến điểm đ khoản 1 Điều 2", [("Điều 2", "khoản 1", f"điểm {x}") for x in "abcdđ"]),
    ("Điều 2, khoản 2 Điều 3, Điều 6", [("Điều 2",), ("Điều 3", "khoản 2"), ("Điều 6",)]),
    ("Phụ lục 1, 2 và 3", [("Phụ lục 1",), ("Phụ lục 2",), ("Phụ lục 3",)]),
    ("Mục 2 Phụ lục I", [("Phụ lục I", "Mục 2")]),
    ("khoản 3 Ðiều 28", [("Điều 28", "khoản 3")]),
    ("Điều 5a vào sau Điều 5", [("Điều 5a",)]),
    ("khoản 3a vào sau khoản 3 Điều 5", [("Điều 5", "khoản 3a")]),
    ("khoản 1 Điều 5; khoản 3 Điều 7", [("Điều 5", "khoản 1"), ("Điều 7", "khoản 3")]),
    ("Điều 5 (được sửa đổi bởi Nghị định khác), Điều 7", [("Điều 5",), ("Điều 7",)]),
    ("Điều 5 khoản 1, 2 và Điều 6 khoản 3", [("Điều 5", "khoản 1"), ("Điều 5", "khoản 2"), ("Điều 6", "khoản 3")]),
    ("điểm c mục 3 Phần III Điều 1", [("Điều 1", "Phần III", "Mục 3", "điểm c")]),
    ("các điểm a, b,\nc và d khoản\n3 Điều 12", [("Điều 12", "khoản 3", f"điểm {x}") for x in "abcd"]),
    ("Điều 5²", [("Điều 5",)]),
    ("Điều 5, 10 ngày sau", [("Điều 5",)]),
]


@pytest.mark.parametrize(("text", "paths"), CASES)
def test_paths(text: str, paths: list[tuple[str, ...]]) -> None:
    from corpus.text import one_to_one

    (chain,) = find_places(one_to_one(text)).chains
    assert list(chain.paths()) == paths
    assert list(read_locators_before(one_to_one(text), chain.end)) == paths


def test_headings_are_no_references() -> None:
    found = find_places("Chương II\nQUY ĐỊNH\nĐiều 5. Phạm vi\n**Điều 6. Đối tượng**\n")
    assert found.chains == []
    assert [(h.level, h.item) for h in found.headings] == [("Chương", "II"), ("Điều", "5"), ("Điều", "6")]


@pytest.mark.parametrize(
    "text", ["đạt 8 điểm", "điều kiện", "tài khoản 5", "mục tiêu 3", "thành phần 2 nhóm", "khoản chi 5 triệu"]
)
def test_ordinary_words_are_no_places(text: str) -> None:
    assert find_places(text).chains == []


def test_letters_run_through_the_vietnamese_alphabet() -> None:
    assert expand("a", "e") == ["a", "b", "c", "d", "đ", "e"]
    assert not set("fjwz") & set(ALPHABET)
    assert expand("III", "V") == ["III", "IV", "V"]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Điều",
                "khoản",
                "điểm",
                "Chương",
                "Mục",
                "Phụ",
                "lục",
                "này",
                "1",
                "2",
                "5a",
                "a",
                "b",
                "đ",
                "II",
                "III",
                ",",
                ";",
                "và",
                "đến",
                "từ",
                "các",
                "(",
                ")",
                "\n",
                ".",
                "sau",
            ]
        ),
        max_size=40,
    )
)
def test_never_raises(words: list[str]) -> None:
    text = " ".join(words)
    for chain in find_places(text).chains:
        assert 0 <= chain.start < chain.end <= len(text)
        chain.paths(("Điều 1", "khoản 2"))
