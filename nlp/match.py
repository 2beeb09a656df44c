"""The one scorer of links, ``linear-0``: a linear score over named features, squashed into (0, 1). Not calibrated.

The caller says which tasks come into question (the index finds them); the scorer ranks them, gives its reasons, and
says "none" when nothing reaches the threshold.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from nlp.explain import Reason, explain
from nlp.features import Candidate, Pool, Said, Signal, Statement, features
from nlp.match_data import match_data

SCORER: Final[str] = match_data()["scorer"]
CALIBRATED: Final = False
THRESHOLD: Final[float] = match_data()["threshold"]
HIGH: Final[float] = match_data()["high"]

__all__ = [
    "CALIBRATED", "HIGH", "SCORER", "THRESHOLD",
    "Candidate", "Pool", "Reason", "Scored", "Statement",
    "none_probability", "none_reasons", "rank", "score",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate (its place in the pool) with a score in (0, 1) and what speaks for it."""

    place: int
    probability: float
    signals: tuple[Signal, ...]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The signals in the officer's words, strongest first."""
        return explain(self.signals)

    @property
    def proposed(self) -> bool:
        """Whether the score reaches the threshold from which a link is proposed."""
        return self.probability >= THRESHOLD


def probability(signals: Iterable[Signal]) -> float:
    """The logistic of bias + sum of weight times value; never exactly 0 or 1."""
    data = match_data()
    total = data["bias"] + sum(data["features"][signal.code]["weight"] * signal.value for signal in signals)
    return min(max(1 / (1 + math.exp(-total)), 1e-6), 1 - 1e-6)


def score(statement: Statement, pool: Pool, place: int) -> Scored:
    """One statement against the candidate at ``place``."""
    return rank(statement, pool, places=(place,))[0]


def rank(statement: Statement, pool: Pool, *, places: Sequence[int] | None = None) -> tuple[Scored, ...]:
    """The pool's candidates (or those at ``places``), best first; ties keep the order of the directive's text."""
    said = Said.of(statement, pool)
    scored = []
    for place in range(len(pool.candidates)) if places is None else places:
        signals = features(said, pool, place)
        scored.append((probability(signals), place, signals))
    scored.sort(key=lambda row: (-row[0], row[1]))
    return tuple(Scored(place, value, signals) for value, place, signals in scored)


def none_probability(ranked: Sequence[Scored]) -> float:
    """The probability that the statement answers no task: what the best candidate leaves."""
    return 1 - ranked[0].probability if ranked else 1 - 1e-6


def none_reasons(ranked: Sequence[Scored]) -> tuple[Reason, ...]:
    """Why nothing is proposed."""
    data = match_data()["none"]
    return (Reason(data["code"], data["text"], round(none_probability(ranked), 3)),)
