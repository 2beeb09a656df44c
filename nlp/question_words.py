"""Words of a typed question and how they are met: without marks, with some of them, with the tone on another letter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from corpus.text import canonical_tones, nfc, no_marks
from nlp.vocabulary import load

_WORD: Final = re.compile(r"[\w/]+(?:(?:[-&]|(?<=\d)\.(?=\d))[\w/]+)*|[%<>=≤≥≠]")
_TONES: Final = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}
_ALIKE: Final = {"hỏi": "ngã", "ngã": "hỏi"}
"""Tones that many speakers do not tell apart, and so write for each other: "trể hạn"."""
_FINAL_Y: Final = re.compile(r"(?<=[hklmst])y$|(?<=qu)y$")


@cache
def question_data() -> dict[str, Any]:
    """What the phrases of questions are and mean: the tables of ``questions.toml`` and the files beside it."""
    names = ("questions.toml", "question_wishes.toml", "question_words.toml", "question_setting.toml", "matters.toml")
    return {table: value for name in names for table, value in load(name).items()}


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


@cache
def _marked() -> frozenset[str]:
    """The words of the phrases that have marks."""
    found = {low for text in _texts(question_data()) for low in canonical_tones(text.casefold()).split()}
    return frozenset(low for low in found if low != no_marks(low))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield re.sub(r"[^\w\s]", " ", value)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from (*_texts(name), *_texts(inner))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


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

        A word of the phrases typed with its own marks is no other ("máy" is not "mấy"), and a mark that the known
        word does not have makes another word: "trẻ" is not "trễ", "trể", "trê" and "tre" may be.
        """
        if self.low == known:
            return True
        mine, its = spelling(self.low), spelling(known)
        if mine.key != its.key or len(mine.signs) != len(its.signs) or self.low in _marked():
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
