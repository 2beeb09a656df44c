"""Words of a typed question and how they are met: without marks, with some of them, with the tone on another letter."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from corpus.text import canonical_tones, nfc, no_marks
from nlp.vocabulary import load

_WORD: Final = re.compile(r"[\w/]+(?:(?:[-&]|(?<=\d)\.(?=\d))[\w/]+)*")
_TONES: Final = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}
_ALIKE: Final = {"hỏi": "ngã", "ngã": "hỏi"}
"""Tones that many speakers do not tell apart, and so write for each other: "trể hạn"."""
_OTHER_WORDS: Final = frozenset({"nửa"})
"""Right words that would be another known word with the other of those tones."""
_FINAL_Y: Final = re.compile(r"(?<=[hklmst])y$|(?<=qu)y$")


@cache
def question_data() -> dict[str, Any]:
    """The content of ``questions.toml``."""
    return load("questions.toml")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word taken apart: bare letters, the signs of each letter (ă, ê, ơ, đ), its tone."""

    key: str
    signs: tuple[str, ...]
    tone: str


@lru_cache(maxsize=65_536)
def spelling(low: str) -> Spelling:
    """A lower-case word taken apart; "kì" and "kỳ" have one spelling."""
    signs, tone = [], ""
    for char in low:
        sign = "đ" if char == "đ" else ""
        for mark in unicodedata.normalize("NFD", char)[1:]:
            if mark in _TONES:
                tone = _TONES[mark]
            else:
                sign += mark
        signs.append(sign)
    return Spelling(_FINAL_Y.sub("i", no_marks(low)), tuple(signs), tone)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as typed, and where it stands in the question."""

    text: str
    start: int
    end: int
    low: str
    bare: str

    @property
    def key(self) -> str:
        """The letters without marks, i and y made one at the end."""
        return spelling(self.low).key

    def says(self, known: str) -> bool:
        """Whether it is that word (lower case): letter by letter, or typed with some of its marks or none.

        A mark that the known word does not have makes another word: "trẻ" is not "trễ", "trể", "trê" and "tre" may be.
        """
        if self.low == known:
            return True
        mine, its = spelling(self.low), spelling(known)
        if mine.key != its.key or len(mine.signs) != len(its.signs) or self.low in _OTHER_WORDS:
            return False
        if mine.tone and mine.tone == _ALIKE.get(its.tone):
            return mine.signs == its.signs
        if mine.tone not in ("", its.tone):
            return False
        return all(not mark or mark == whole for mark, whole in zip(mine.signs, its.signs, strict=True))


def words_of(text: str) -> list[Word]:
    """The words of a question, with their places in it."""
    found = []
    for match in _WORD.finditer(nfc(text)):
        low = canonical_tones(match[0].casefold())
        found.append(Word(match[0], match.start(), match.end(), low, no_marks(low)))
    return found
