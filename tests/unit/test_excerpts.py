"""What is shown of a passage."""

from hypothesis import given
from hypothesis import strategies as st

from service.index.excerpts import LENGTH, excerpt, flat, locator_at

ROW = "12\tGiao Sở Nội vụ chủ trì số hóa hồ sơ theo Nghị định số 45/2020/NĐ-CP.\tSở Nội vụ\tQuý II\n"
TABLE = "TT\tNhiệm vụ\tCơ quan\tThời hạn\n" + ROW.replace("45/2020", "11/2019") * 9 + ROW + ROW.replace("45", "9") * 9


def cut(text: str, *words: str) -> str:
    spans = [(text.index(word), text.index(word) + len(word)) for word in words]
    start, end = excerpt(text, (0, len(text)), spans)
    return text[start:end]


def test_a_short_passage_is_shown_whole_without_white_space_around() -> None:
    assert cut(" \tĐiều 5. Nguyên tắc\n") == "Điều 5. Nguyên tắc"


def test_a_citation_deep_in_a_table_is_shown_with_its_cells() -> None:
    shown = cut(TABLE, "45/2020/NĐ-CP")
    assert "Giao Sở Nội vụ chủ trì số hóa hồ sơ theo Nghị định số 45/2020/NĐ-CP." in shown
    assert "Nhiệm vụ\tCơ quan" not in shown
    assert len(shown) <= LENGTH


def test_an_excerpt_begins_and_ends_with_a_sentence() -> None:
    text = "".join(f"Câu số {n} nói về việc khác hẳn trong văn bản này. " for n in range(20))
    text += "Cơ quan phải bảo vệ bí mật nhà nước. " + text
    shown = cut(text, "bí mật nhà nước")
    assert shown.startswith("Câu số")
    assert shown.endswith(".")
    assert "bí mật nhà nước" in shown


def test_the_stretch_with_most_marks_is_shown() -> None:
    text = "hồ sơ " + "x " * 400 + "số hóa hồ sơ công việc " + "y " * 400
    first, second = text.index("hồ sơ"), text.index("số hóa")
    start, end = excerpt(text, (0, len(text)), [(first, first + 5), (second, second + 12)])
    assert "số hóa hồ sơ" in text[start:end]


def test_signs_of_cells_and_lines_become_spaces_and_nothing_moves() -> None:
    assert flat("a\tb\nc") == "a b c"


TEXTS = st.text(st.sampled_from("ab .;\t\n"), max_size=900)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 899), st.integers(1, 60)), max_size=6), st.integers(0, 200))
def test_an_excerpt_lies_in_its_passage_and_shows_a_mark(text: str, at: list[tuple[int, int]], low: int) -> None:
    span = (min(low, len(text)), len(text))
    found = sorted((start, start + length) for start, length in at if span[0] <= start < start + length <= span[1])
    start, end = excerpt(text, span, found)
    assert span[0] <= start <= end <= span[1]
    assert end - start <= LENGTH
    visible = [(low, high) for low, high in found if text[low:high].strip()]
    if visible and len(visible) == len(found):
        assert any(low < end and high > start for low, high in visible)


def test_the_locator_is_that_of_the_last_change_before() -> None:
    places = ((10, ("Điều 5",)), (30, ("Điều 5", "khoản 1")), (60, ("Điều 5", "khoản 2")))
    assert locator_at(places, 10) == ("Điều 5",)
    assert locator_at(places, 59) == ("Điều 5", "khoản 1")
    assert locator_at(places, 99) == ("Điều 5", "khoản 2")
    assert locator_at(places, 9) == ()
    assert locator_at((), 9) == ()
