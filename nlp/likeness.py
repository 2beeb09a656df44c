"""A statement's wording beside those of all its candidates at once: shared terms as the rows of one matrix."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np
import numpy.typing as npt

from nlp.match_data import match_data
from nlp.signals import Values
from nlp.wording import Vocabulary, Wording, full, longest_run, telling

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike a statement and each of several tasks are; all values lie in 0..1, one a task."""

    cosine: Values
    contained: Values
    told: Values
    """Share of the task's weight that the statement has."""
    repeated: Values
    runs: tuple[tuple[str, ...], ...]
    rare: Values
    rarities: Values
    """What each of the statement's terms says as a rare one: 0 where many tasks have it."""
    weights: Values
    """Weights of the statement's terms in the language of the pool, whatever their number here."""
    shared: Flags
    """Tasks × terms of the statement."""
    terms: tuple[str, ...]

    @classmethod
    def of(cls, said: Wording, asked: Sequence[Wording], vocabulary: Vocabulary) -> Likeness:
        """``said`` beside each of ``asked``."""
        data, terms = match_data()["wording"], tuple(said.terms)
        block = _weights_in(said, asked)
        shared, mine = block > 0, np.array([*said.terms.values()], dtype=np.float64)
        rarities = np.array([*map(_rarity(vocabulary), terms)], dtype=np.float64)
        runs = tuple(longest_run(said, one, data["longest"]) for one in asked)
        # in a small pool nearly every word is rare
        crowd = vocabulary.size / (vocabulary.size + data["crowd"])
        norms, masses = _each(asked, lambda one: one.norm), _each(asked, lambda one: one.mass)
        return cls(
            cosine=_share(block @ mine, said.norm * norms),
            contained=_contained(said, asked, block),
            told=_share(block.sum(axis=1), masses),
            repeated=np.array([vocabulary.worth(run) / data["longest"] if len(run) > 2 else 0.0 for run in runs]),
            runs=runs,
            rare=np.minimum(1.0, shared @ rarities / data["rare_full"]) * crowd,
            rarities=rarities,
            weights=np.array([vocabulary.weights[term] for term in terms], dtype=np.float64),
            shared=shared,
            terms=terms,
        )

    def rare_terms(self, row: int) -> list[str]:
        """The rare terms that a task shares, the rarest first."""
        found = np.flatnonzero(self.shared[row] & (self.rarities > 0))
        return [self.terms[at] for at in sorted(found, key=lambda at: (-self.weights[at], self.terms[at]))]

    def own_part(self, rivals: npt.NDArray[np.intp]) -> Values:
        """Share of what statement and task have in common that the task in the row ``rivals`` does not have."""
        own = self.shared & ~self.shared[rivals]
        return _share(own @ self.weights, self.shared @ self.weights)


def contained(said: Wording, asked: Sequence[Wording]) -> Values:
    """Share of the lighter wording that is found in the other: a statement may be shorter or longer than its task."""
    return _contained(said, asked, _weights_in(said, asked))


def _weights_in(said: Wording, asked: Sequence[Wording]) -> Values:
    """What the terms of a statement weigh in each task: tasks × terms."""
    rows = [[*map(one.terms.get, said.terms, repeat(0.0))] for one in asked]
    return np.array(rows, dtype=np.float64).reshape(len(asked), len(said.terms))


def _contained(said: Wording, asked: Sequence[Wording], block: Values) -> Values:
    masses, counts = _each(asked, lambda one: one.mass), _each(asked, lambda one: len(one.words))
    lighter = said.mass <= masses
    of_said = (block > 0) @ np.array([*said.terms.values()], dtype=np.float64)
    share = _share(np.where(lighter, of_said, block.sum(axis=1)), np.where(lighter, said.mass, masses))
    short: int = match_data()["wording"]["short"]
    found: Values = share * np.minimum(1.0, np.where(lighter, len(said.words), counts) / short)
    return found


def _rarity(vocabulary: Vocabulary) -> Callable[[str], float]:
    """What a term says as a rare one: nothing where many tasks have it, or where it has a word without meaning."""
    often = max(1, int(match_data()["wording"]["rare_share"] * vocabulary.size))
    counts = vocabulary.counts if vocabulary.size > 1 else {}
    return lambda term: telling(term) if counts.get(term, often + 1) <= often and full(term) else 0.0


def _each(asked: Sequence[Wording], of: Callable[[Wording], float]) -> Values:
    return np.array([*map(of, asked)], dtype=np.float64)


def _share(part: Values, whole: Values) -> Values:
    """A part of a whole; 0 of nothing, and never more than all of it, though two sums of the same may round apart."""
    found: Values = np.minimum(1.0, part / np.where(whole > 0, whole, 1.0))
    return found
