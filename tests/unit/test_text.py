"""Folds keep the length, so that an offset taken in the fold points to the same letter in the text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import canonical_tones, fold, nfc, no_marks, one_to_one

ANY = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("oauyeàáảãạèéỳýỷqQĐÐđ – АСО")), max_size=80)


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("45/2020/NÐ-CP", "45/2020/NĐ-CP"),
        ("QĐ – TTg", "QĐ - TTg"),
        ("TT-BTС", "TT-BTC"),  # Cyrillic С
        ("13\u2011NQ/TW", "13-NQ/TW"),
        ("41\u00adKH/TU", "41-KH/TU"),
        ("ngày\u00a005", "ngày 05"),
        ("52\uf02dKL/TW", "52-KL/TW"),
        ("ðiều", "điều"),
    ],
)
def test_look_alikes_become_the_letters_they_stand_for(printed: str, meant: str) -> None:
    assert one_to_one(printed) == meant


def test_superscripts_and_roman_signs_stay() -> None:
    assert one_to_one("Điều 5² Ⅻ …") == "Điều 5² Ⅻ …"


@pytest.mark.parametrize(
    ("marked", "bare"),
    [
        ("Đôn đốc", "don doc"),
        ("NGHỊ QUYẾT", "nghi quyet"),
        ("Ðiều ước", "dieu uoc"),
        ("Đắk Lắk “ạ”", "dak lak “a”"),
        ("45/2020/NĐ-CP", "45/2020/nd-cp"),
    ],
)
def test_no_marks(marked: str, bare: str) -> None:
    assert no_marks(marked) == bare


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("hoà", "hòa"),
        ("Hoá", "Hóa"),
        ("HOÁ", "HÓA"),
        ("uỷ", "ủy"),
        ("Uỷ ban", "Ủy ban"),
        ("UỶ BAN", "ỦY BAN"),
        ("thuỷ lợi", "thủy lợi"),
        ("khoẻ", "khỏe"),
        ("Thanh Hoá,", "Thanh Hóa,"),
        ("toà án", "tòa án"),
        ("tuỳ", "tùy"),
        ("luỹ kế", "lũy kế"),
    ],
)
def test_new_style_tones_move_to_the_old_place(new: str, old: str) -> None:
    assert canonical_tones(new) == old
    assert canonical_tones(old) == old


@pytest.mark.parametrize(
    "word", ["quý", "Quỳnh", "QUỸ", "quỹ", "hoàn", "toàn", "suýt", "huỳnh", "giặt", "hoài", "hoạt", "ngoại"]
)
def test_other_syllables_keep_their_tone(word: str) -> None:
    assert canonical_tones(word) == word


@given(ANY)
def test_folds_for_matching_keep_the_length_and_are_stable(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    for function in (one_to_one, no_marks, canonical_tones):
        folded = function(text)
        assert len(folded) == len(text)
        assert function(folded) == folded


@given(ANY)
def test_fold_leaves_single_spaces_only(text: str) -> None:
    folded = fold(text)
    assert folded == fold(folded)
    assert folded == folded.strip()
    assert "  " not in folded


@given(st.sampled_from(["Nghị quyết", "Điều 5", "được thực hiện", "Uỷ ban nhân dân tỉnh"]))
def test_nfc_repairs_decomposed_text(text: str) -> None:
    assert nfc(unicodedata.normalize("NFD", text)) == text
