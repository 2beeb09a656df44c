"""What is searched: terms, passages, and a typed query taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.reader import read_bytes
from corpus.tree import build_tree
from service.index.analysis import fields, passage_end, passages, terms
from service.index.asking import covers, find_place, marks, understand
from tests.integration import corpus


def test_terms_are_syllables_and_their_pairs_with_and_without_marks() -> None:
    found = fields("Chuyển đổi số")
    assert found.text.split() == ["chuyển", "đổi", "số", "chuyển_đổi", "đổi_số"]
    assert found.folded.split() == ["chuyen", "doi", "so", "chuyen_doi", "doi_so"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Thuỷ lợi", "Thủy lợi"), ("HOÀ BÌNH", "hòa bình"), ("Ðiều 5", "Điều 5"), ("tiê\u0301ng", "tiếng")],
)
def test_spellings_of_one_word_are_one_term(one: str, other: str) -> None:
    assert fields(one) == fields(other)


def test_texts_of_one_entry_make_no_pairs_across() -> None:
    assert "số_sở" not in fields("chuyển đổi số", "Sở Nội vụ").text.split()


@given(st.text(max_size=4000) | st.lists(st.sampled_from(["Điều 5. a\n", "b" * 400, "\n", "c d. ", "\t"])).map("".join))
def test_passages_cover_the_text_without_gap_and_are_found_again_by_their_start(text: str) -> None:
    found = list(passages(text))
    assert "".join(text[start:end] for start, end in found) == text
    assert all(passage_end(text, start) == end for start, end in found)
    assert all(0 < end - start <= 2500 for start, end in found)


def test_an_article_begins_a_passage() -> None:
    text = "Chương I\nĐiều 1. Phạm vi\n1. Một\nĐiều 2. Đối tượng\n1. Hai\n"
    assert [text[start:end].split("\n", maxsplit=1)[0] for start, end in passages(text)] == [
        "Chương I",
        "Điều 1. Phạm vi",
        "Điều 2. Đối tượng",
    ]


@given(st.text(max_size=300))
def test_terms_stand_where_they_say(text: str) -> None:
    for term in terms(text):
        assert fields(text[term.start : term.end]).text.split()[0] == term.marked


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("45/2020", ".45.2020."),
        ("nd 45/2020", "nd.45.2020."),
        ("nghi dinh 45 nam 2020", "nd.45.2020."),
        ("Nghị định số 45 ngày 08/4/2020", "nd.45.2020."),
        ("468/QĐ-TTg", "=468..qdttg"),
        ("quyet dinh 468 cua thu tuong", "qd.468..ttg"),
        ("ke hoach 617", "kh.617.."),
        ("41-KH/TU", "=41..khtu"),
        ("41 kh tu", "=41..khtu"),
        ("01/2022/TTLT/VKSNDTC/TANDTC/BCA", "=1.2022.ttltvksndtctandtcbca"),
        ("1.234/QĐ-UBND", "=1234..qdubnd"),
        ("điểm a khoản 2 Điều 5 Nghị định 45", "nd.45.."),
    ],
)
def test_a_symbol_in_any_spelling_is_understood(query: str, key: str) -> None:
    asked = understand(query)
    assert key in [found.key for found in asked.symbols[0]]
    assert asked.words == ""


@pytest.mark.parametrize(
    "query", ["chuyển đổi số năm 2025", "tăng 45 phần trăm", "Điều 5 giấy phép", "Luật Bảo hiểm y tế"]
)
def test_words_with_numbers_stay_words(query: str) -> None:
    asked = understand(query)
    assert (asked.symbols, asked.words) == ((), query)


def test_a_symbol_beside_words_gives_both() -> None:
    asked = understand("468/QĐ-TTg số hóa hồ sơ")
    assert asked.symbols[0][0].key == "=468..qdttg"
    assert asked.words == "số hóa hồ sơ"


def test_the_year_is_only_given_up_against_the_date_of_what_is_found() -> None:
    keys = understand("nghi quyet 57 nam 2024").symbols[0]
    assert [(key.key, key.year) for key in keys] == [("nq.57.2024.", None), ("nq.57..", 2024)]


@pytest.mark.parametrize(
    "query", ["dieu 5 khoan 2 diem a nd 45", "điểm a khoản 2 Điều 5 NĐ 45/2020", "diem a, khoan 2, dieu 5 nd 45"]
)
def test_places_are_read_from_the_largest_level(query: str) -> None:
    assert understand(query).place == (("Điều", "5"), ("khoản", "2"), ("điểm", "a"))


def test_a_place_is_found_in_the_tree() -> None:
    document = read_bytes(corpus.DECREE.encode(), "nghi-dinh.txt")
    tree = build_tree(document)
    found = find_place(tree, understand("điểm b khoản 2 Điều 5 Nghị định 45").place)
    assert found is not None
    assert document.text[tree[found].start :].startswith("b) Tái sử dụng")
    assert find_place(tree, understand("khoản 9 Điều 5 Nghị định 45").place) is None


def test_highlights_are_the_words_sought_joined_and_no_chance_syllables() -> None:
    passage = "Kế hoạch chuyển đổi số; số lượng; chuyển giao; Chuyển Đổi Số."
    found = [passage[start:end] for start, end in marks(passage, "chuyển đổi số")]
    assert found == ["chuyển đổi số", "Chuyển Đổi Số"]
    assert marks(passage, "chuyen doi so") == marks(passage, "chuyển đổi số")
    assert marks("bảo vệ rừng", "báo vệ") == [(4, 6)]
    assert marks("bảo vệ rừng", "bảo ve") == [(0, 6)]


def test_a_title_that_says_everything_is_told_from_one_that_does_not() -> None:
    assert covers("Luật sửa đổi Luật Bảo hiểm y tế", "bảo hiểm y tế")
    assert covers("Luật Bảo hiểm y tế", "bao hiem y te")
    assert not covers("Luật Bảo hiểm xã hội", "bảo hiểm y tế")
    assert not covers("Luật", "của và")
