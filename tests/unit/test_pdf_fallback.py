"""Pages whose toned letters come from another font, drawn after all others (as LibreOffice exports them)."""

from __future__ import annotations

from corpus.pdf_fallback import rejoined
from corpus.pdf_words import Word

SIZE, LETTER, SPACE = 11.0, 6.0, 3.0


def printed(line: str, base: float = 100.0) -> list[Word]:
    """The pieces of a line in the order of the file: first those of the text font, then the toned letters."""
    plain: list[Word] = []
    toned: list[Word] = []
    x, piece, begin = 0.0, "", 0.0
    for letter in line + " ":
        if letter == " " or "\u1ea0" <= letter <= "\u1ef9":
            if piece:
                plain.append(Word(piece, begin, x, base, SIZE))
            if letter != " ":
                toned.append(Word(letter, x + 0.4, x + LETTER - 0.4, base, SIZE))
            piece = ""
            x += SPACE if letter == " " else LETTER
        else:
            begin = begin if piece else x
            piece += letter
            x += LETTER
    return plain + toned


def test_pieces_of_a_word_are_joined_and_words_stay_apart() -> None:
    line = "Sở Nội vụ chủ trì, phối hợp với các huyện; báo cáo kết quả về Ủy ban nhân dân tỉnh"
    assert len(printed(line)) >= 2 * len(line.split())
    assert " ".join(word.text for word in rejoined(printed(line))) == line


def test_lines_are_not_mixed() -> None:
    words = printed("Bộ Y tế chủ trì", 100.0) + printed("một số nhiệm vụ", 113.0)
    assert [word.text for word in rejoined(words)] == ["Bộ", "Y", "tế", "chủ", "trì", "một", "số", "nhiệm", "vụ"]


def test_an_ordinary_page_stays_as_it_is() -> None:
    words = [
        Word(text, 40.0 * at, 40.0 * at + 38, 100.0, SIZE)
        for at, text in enumerate(["người", "dân", "ở", "các", "xã", "về", "dự", "họp", "đông", "đủ", "và"] * 2)
    ]
    assert rejoined(words) == words
    touching = [Word("Quyết", 0, 30, 100.0, SIZE), Word("định", 30.5, 50, 100.0, SIZE)]
    assert rejoined(touching) == touching, "words that touch on a page without pieces are the file's own"
