"""The same citation damaged in ten ways gives one key, alone and inside a sentence (domain-vn.md 2.3 and 2.7)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import nfc, one_to_one
from nlp.citations import find
from nlp.symbols import symbol_key


def letters_for_digits(symbol: str) -> str:
    """As OCR reads 0 and 1; the last digit stays: a number without any digit is none (domain-vn.md 2.3, step 5)."""
    last = symbol.index("/") - 1
    return symbol[:last].replace("0", "O").replace("1", "l") + symbol[last:]


KINDS = {"NĐ": "Nghị định", "QĐ": "Quyết định", "NQ": "Nghị quyết", "CT": "Chỉ thị", "TT": "Thông tư"}
DAMAGE: dict[str, Callable[[str], str]] = {
    "Eth for Đ": lambda s: s.replace("Đ", "Ð"),
    "D for Đ in the code": lambda s: s.replace("NĐ-", "ND-").replace("QĐ-", "QD-"),
    "Cyrillic letters": lambda s: s.translate(str.maketrans("CTPHB", "СТРНВ")),
    "en dash": lambda s: s.replace("-", "–"),
    "spaced en dash": lambda s: s.replace("-", " – "),
    "non-breaking hyphen": lambda s: s.replace("-", "\u2011"),
    "hyphen lost": lambda s: s.replace("-", ""),
    "space behind the slash": lambda s: s.replace("/", "/ "),
    "line break behind the hyphen": lambda s: s.replace("-", "-\n"),
    "line break behind the slash": lambda s: s[::-1].replace("/", "\n/", 1)[::-1],
    "letters for digits": letters_for_digits,
    "decomposed letters": lambda s: nfc(s.replace("Đ", "Đ")),
}


@st.composite
def symbols(draw: st.DrawFn) -> tuple[str, str]:
    """A symbol as the State numbers (Nghị định 30/2020/NĐ-CP, Phụ lục I) and the kind word before it.

    CT-UBND is left out: without its hyphen it reads as the chairman of a people's committee (CTUBND), a body of its own.
    """
    code = draw(st.sampled_from(sorted(KINDS)))
    agency = {"NĐ": ["CP"], "CT": ["TTg"], "TT": ["BTC", "BNV", "BTP"], "NQ": ["CP", "HĐND"], "QĐ": ["TTg", "UBND"]}
    number = draw(st.integers(20, 9999))
    year = f"/{draw(st.integers(1997, 2026))}" if code in ("NĐ", "TT") or draw(st.booleans()) else ""
    return f"{number}{year}/{code}-{draw(st.sampled_from(agency[code]))}", KINDS[code]


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
@given(cited=symbols())
def test_one_key(damage: Callable[[str], str], cited: tuple[str, str]) -> None:
    symbol, kind = cited
    text = f"Căn cứ {kind} số {damage(symbol)} ngày 08/4/2020 về một việc;"
    (found,) = find(text).citations
    assert symbol_key(found.symbol or "") == symbol_key(symbol) == symbol_key(damage(symbol))
    assert (found.kind, found.relation) == (kind, "basis")


@given(st.text(max_size=60))
def test_folding_and_composing_twice_changes_nothing(text: str) -> None:
    assert one_to_one(one_to_one(text)) == one_to_one(text)
    assert nfc(nfc(text)) == nfc(text)
    assert len(one_to_one(text)) == len(text)


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
@given(cited=symbols())
def test_a_key_is_its_own_key(damage: Callable[[str], str], cited: tuple[str, str]) -> None:
    key = symbol_key(damage(cited[0]))
    assert symbol_key(key) == key
