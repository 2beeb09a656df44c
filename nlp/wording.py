"""Wordings compared: the words of a task and of a statement, weighted by how few other tasks have them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import Final

from corpus.text import canonical_tones, no_marks, one_to_one
from nlp.match_data import match_data

_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Wording:
    """A text's words and its weighted terms."""

    words: tuple[str, ...]
    triples: frozenset[tuple[str, ...]]
    """Three words in a row, to see what is repeated."""
    terms: dict[str, float]
    norm: float
    mass: float
    """Sum of the weights, words that no task has included."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The weights of the terms of a set of task texts: a word that many tasks have says little."""

    size: int
    counts: dict[str, int]
    weights: dict[str, float]
    rarest: float
    """The weight of a word that only one task has."""
    initials: Initials
    """For the abbreviations that offices make up."""

    @classmethod
    def of(cls, texts: Iterable[str]) -> Vocabulary:
        """The vocabulary of ``texts``."""
        texts = list(texts)
        all_ = [counted(text)[1] for text in texts]
        counts = Counter(chain.from_iterable(all_))
        weights = {term: telling(term) * (math.log((1 + len(all_)) / (1 + n)) + 1) for term, n in counts.items()}
        return cls(len(texts), dict(counts), weights, max(weights.values(), default=0.0), Initials(texts))

    def weigh(self, text: str) -> Wording:
        """A text's terms with their weights; words that no task has only add to its mass."""
        said, counts = counted(text)
        weights = {term: (1 + math.log(n)) * self.weights[term] for term, n in counts.items() if term in self.weights}
        unknown = sum(" " not in term and not term.isdigit() for term in counts.keys() - weights.keys())
        mass = sum(weights.values()) + unknown * self.rarest * match_data()["wording"]["unknown"]
        norm = math.sqrt(sum(weight * weight for weight in weights.values()))
        return Wording(said, frozenset(_triples(said)), weights, norm, mass)

    def worth(self, run: Iterable[str]) -> float:
        """How many full words a run is worth."""
        return sum(self.weights.get(word, 0.0) for word in run) / (self.rarest or 1.0)


@cache
def _abbreviations() -> tuple[re.Pattern[str], dict[str, str]]:
    table: dict[str, str] = match_data()["abbreviations"]
    choice = "|".join(re.escape(short) for short in sorted(table, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{choice})(?!\w)"), table


def words(text: str) -> tuple[str, ...]:
    """Lower-case syllables in one spelling, abbreviations written out."""
    pattern, table = _abbreviations()
    plain = canonical_tones(one_to_one(text)).lower()
    return tuple(_WORD.findall(pattern.sub(lambda match: table[match[0]], plain)))


@lru_cache(maxsize=10_000)
def counted(text: str) -> tuple[tuple[str, ...], Counter[str]]:
    """The words and the counts of the terms of a text; the same tasks come back for every report."""
    said = words(text)
    return said, Counter(terms(said))


@cache
def _empty() -> frozenset[str]:
    return frozenset(match_data()["wording"]["empty"].split())


@cache
def _common() -> frozenset[str]:
    return frozenset(match_data()["wording"]["common"].split())


@lru_cache(maxsize=100_000)
def telling(term: str) -> float:
    """Less than 1 for a term made of words that stand in every directive."""
    weight: float = match_data()["wording"]["common_weight"]
    return weight if _common().issuperset(term.split()) else 1.0


@lru_cache(maxsize=100_000)
def full(term: str) -> bool:
    """Whether every word of a term has a meaning of its own."""
    return _empty().isdisjoint(term.split())


def terms(text: Sequence[str]) -> Iterator[str]:
    """Single words with a meaning of their own, and neighbouring pairs that have at least one."""
    empty = _empty()
    yield from (word for word in text if word not in empty)
    yield from (f"{one} {two}" for one, two in pairwise(text) if one not in empty or two not in empty)


def telling_words(text: Sequence[str]) -> frozenset[str]:
    """The words of a text that have a meaning of their own."""
    return frozenset(text) - _empty()


_ACRONYM: Final = re.compile(r"(?<!\w)[A-ZĐ&]{3,10}(?![\w/-])(?<!&)")
_INITIALS: Final = (3, 9)
"""Words of a run that an abbreviation may stand for."""


@lru_cache(maxsize=20_000)
def _first_letters(text: str) -> tuple[tuple[str, ...], str]:
    """The words of a text without its numbers, and their first letters without marks."""
    said = tuple(word for word in words(text) if not word.isdigit())
    return said, "".join(no_marks(word[0]) for word in said)


class Initials:
    """Runs of words in ``texts`` by their initials, "ttpvhcc", looked for when a statement has such an abbreviation."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = tuple(texts)
        self._known: dict[str, str | None] = {}

    def get(self, short: str) -> str | None:
        """The run in most texts, the last by the alphabet of equals; None where no words have these initials."""
        if short not in self._known:
            counts = Counter(chain.from_iterable(map(set, (self._runs(text, short) for text in self._texts))))
            self._known[short] = max(counts, key=lambda run: (counts[run], run), default=None)
        return self._known[short]

    @staticmethod
    def _runs(text: str, short: str) -> Iterator[str]:
        if not _INITIALS[0] <= len(short) <= _INITIALS[1]:
            return
        said, first = _first_letters(text)
        place = first.find(short)
        while place >= 0:
            yield " ".join(said[place : place + len(short)])
            place = first.find(short, place + 1)


def with_initials(text: str, initials: Initials) -> str:
    """A statement with its abbreviations written out where a task has words of these initials."""

    def written(match: re.Match[str]) -> str:
        short = no_marks(match[0].replace("&", "")).lower()
        if match[0].lower() in _abbreviations()[1]:
            return match[0]
        run = initials.get(short)
        return f"{match[0]} {run}" if run else match[0]

    return _ACRONYM.sub(written, text)


def _triples(text: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(text, text[1:], text[2:], strict=False)


def longest_run(said: Wording, asked: Wording, longest: int) -> tuple[str, ...]:
    """The longest run of words, at most ``longest``, of which every three in a row stand in the other: linear."""
    if said.triples.isdisjoint(asked.triples):
        return ()
    best = start = end = 0
    length = 0
    for place, triple in enumerate(_triples(said.words)):
        length = length + 1 if triple in asked.triples else 0
        if length > best:
            best, start, end = length, place - length + 1, place + 3
    return said.words[start:end][:longest]
