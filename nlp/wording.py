"""Wordings compared: the words of a task and of a statement, weighted by how few other tasks have them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from corpus.text import canonical_tones, one_to_one
from nlp.match_data import match_data

_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Wording:
    """A text's words and its weighted terms."""

    words: tuple[str, ...]
    terms: dict[str, float]
    norm: float
    mass: float
    """Sum of the weights, words that no task has included."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two wordings are; all figures lie in 0..1."""

    cosine: float = 0.0
    contained: float = 0.0
    repeated: float = 0.0
    run: tuple[str, ...] = ()
    rare: float = 0.0
    rare_terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The weights of the terms of a set of task texts: a word that many tasks have says little."""

    size: int
    counts: dict[str, int]
    weights: dict[str, float]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Vocabulary:
        """The vocabulary of ``texts``."""
        all_ = [set(terms(words(text))) for text in texts]
        counts = Counter(term for text in all_ for term in text)
        weights = {term: _telling(term) * (math.log((1 + len(all_)) / (1 + n)) + 1) for term, n in counts.items()}
        return cls(len(all_), dict(counts), weights)

    def weigh(self, text: str) -> Wording:
        """A text's terms with their weights; words that no task has only add to its mass."""
        said = words(text)
        counts = Counter(terms(said))
        weights = {term: (1 + math.log(n)) * self.weights[term] for term, n in counts.items() if term in self.weights}
        unknown = sum(" " not in term and not term.isdigit() for term in counts.keys() - weights.keys())
        rarest = max(self.weights.values(), default=0.0) * match_data()["wording"]["unknown"]
        norm = math.sqrt(sum(weight * weight for weight in weights.values()))
        return Wording(said, weights, norm, sum(weights.values()) + unknown * rarest)

    def compare(self, said: Wording, asked: Wording) -> Likeness:
        """How alike a statement's wording and a task's are."""
        shared = said.terms.keys() & asked.terms.keys()
        if not shared:
            return Likeness()
        data = match_data()["wording"]
        run = _longest_run(said.words, asked.words, data["longest"])
        rare = self._rare(shared)
        return Likeness(
            cosine=min(1.0, sum(said.terms[term] * asked.terms[term] for term in shared) / (said.norm * asked.norm)),
            contained=_contained(said, asked),
            repeated=self._told_by(run) / data["longest"] if len(run) > 2 else 0.0,
            run=run,
            # in a small pool nearly every word is rare
            rare=min(1.0, sum(map(_telling, rare)) / data["rare_full"]) * self.size / (self.size + data["crowd"]),
            rare_terms=rare,
        )

    def _told_by(self, run: Sequence[str]) -> float:
        """How many full words a run is worth."""
        return sum(self.weights.get(word, 0.0) for word in run) / max(self.weights.values())

    def _rare(self, shared: Iterable[str]) -> tuple[str, ...]:
        often = max(1, int(match_data()["wording"]["rare_share"] * self.size))
        rare = [term for term in shared if self.counts[term] <= often and _empty().isdisjoint(term.split())]
        return tuple(sorted(rare, key=lambda term: (-self.weights[term], term))) if self.size > 1 else ()


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


@cache
def _empty() -> frozenset[str]:
    return frozenset(match_data()["wording"]["empty"].split())


@cache
def _common() -> frozenset[str]:
    return frozenset(match_data()["wording"]["common"].split())


def _telling(term: str) -> float:
    """Less than 1 for a term made of words that stand in every directive."""
    weight: float = match_data()["wording"]["common_weight"]
    return weight if _common().issuperset(term.split()) else 1.0


def terms(text: Sequence[str]) -> Iterator[str]:
    """Single words with a meaning of their own, and neighbouring pairs that have at least one."""
    empty = _empty()
    yield from (word for word in text if word not in empty)
    yield from (f"{one} {two}" for one, two in pairwise(text) if one not in empty or two not in empty)


def telling_words(text: Sequence[str]) -> frozenset[str]:
    """The words of a text that have a meaning of their own."""
    return frozenset(text) - _empty()


def _contained(said: Wording, asked: Wording) -> float:
    """Share of the lighter wording that is found in the other: a statement may be shorter or longer than its task."""
    lighter, other = (said, asked) if said.mass <= asked.mass else (asked, said)
    shared = sum(weight for term, weight in lighter.terms.items() if term in other.terms)
    return shared / lighter.mass * min(1.0, len(lighter.words) / match_data()["wording"]["short"])


def _longest_run(one: Sequence[str], two: Sequence[str], longest: int) -> tuple[str, ...]:
    """The longest run of the same words, at most ``longest`` of them: linear in the words for each length tried."""
    found: tuple[str, ...] = ()
    low, high = 0, min(longest, len(one), len(two))
    while low < high:
        size = (low + high + 1) // 2
        grams = {tuple(two[i : i + size]) for i in range(len(two) - size + 1)}
        run = next((gram for i in range(len(one) - size + 1) if (gram := tuple(one[i : i + size])) in grams), None)
        if run is None:
            high = size - 1
        else:
            low, found = size, run
    return found
