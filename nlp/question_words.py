"""Words of a typed question and the phrases known beforehand, met with or without marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from corpus.text import canonical_tones, nfc, no_marks

_WORD: Final = re.compile(r"[\w/]+(?:[-.&][\w/]+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as typed, and where it stands in the question."""

    text: str
    start: int
    end: int
    low: str
    bare: str

    def says(self, low: str, bare: str) -> bool:
        """Whether it is that word: letter by letter, or typed without any marks."""
        return self.low == low or (self.low == self.bare and self.bare == bare)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Some words that mean something, and what."""

    words: tuple[tuple[str, str], ...]
    kind: str
    value: Any


def words_of(text: str) -> list[Word]:
    """The words of a question, with their places in it."""
    found = []
    for match in _WORD.finditer(nfc(text)):
        low = canonical_tones(match[0].casefold())
        found.append(Word(match[0], match.start(), match.end(), low, no_marks(low)))
    return found


def phrase(text: str, kind: str, value: object) -> Phrase:
    """A phrase of the data, or a name."""
    return Phrase(tuple((word.low, word.bare) for word in words_of(text)), kind, value)


class Lexicon:
    """Phrases by their first word, longest first."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_first: dict[str, list[Phrase]] = {}
        for one in phrases:
            if one.words:
                self._by_first.setdefault(one.words[0][1], []).append(one)
        for group in self._by_first.values():
            group.sort(key=lambda one: -len(one.words))

    def at(self, words: list[Word], place: int) -> Iterator[Phrase]:
        """Every phrase that stands at this place, longest first."""
        for one in self._by_first.get(words[place].bare, ()):
            there = words[place : place + len(one.words)]
            if len(there) == len(one.words) and all(w.says(*known) for w, known in zip(there, one.words, strict=True)):
                yield one
