"""The one scorer of links: which task each statement of a report answers, with calibrated probabilities and reasons.

The caller says which tasks come into question (the index finds them); the scorer ranks them, gives its reasons, and
says "none" when nothing reaches the threshold. A report is judged as a whole (nlp.match_context); the weights are those
of the ``Scorer`` given, by default the one in the package.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.explain import Reason, explain
from nlp.features import Candidate, Pool, Said, Signal, Statement, features
from nlp.match_context import Context, FirstLook
from nlp.match_data import match_data
from nlp.scorer import Scorer, shipped

__all__ = [
    "Candidate", "Pair", "Pool", "Reason", "Scored", "Statement",
    "none_probability", "none_reasons", "pairs", "rank", "rank_report",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """A statement and a candidate (its place in the pool) with all that speaks for and against."""

    place: int
    alone: tuple[Signal, ...]
    context: tuple[Signal, ...]

    @property
    def values(self) -> dict[str, float]:
        """All features by name."""
        return {signal.code: signal.value for signal in (*self.alone, *self.context)}


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate (its place in the pool) with its probability and what speaks for it."""

    place: int
    probability: float
    pair: Pair
    scorer: Scorer

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The signals in the officer's words, strongest first."""
        return explain((*self.pair.alone, *self.pair.context), self.scorer.together)

    @property
    def proposed(self) -> bool:
        """Whether the probability reaches the threshold from which a link is proposed."""
        return self.probability >= self.scorer.threshold


def pairs(
    statements: Sequence[Statement], pool: Pool, among: Sequence[Sequence[int]], scorer: Scorer
) -> list[list[Pair]]:
    """Every statement of a report with each of its candidates (places in the pool), in the order given."""
    alone: list[dict[int, tuple[Signal, ...]]] = []
    looks = []
    for statement, places in zip(statements, among, strict=True):
        said = Said.of(statement, pool)
        found = {place: features(said, pool, place) for place in places}
        scores = {
            place: scorer.alone.score({signal.code: signal.value for signal in signals})
            for place, signals in found.items()
        }
        alone.append(found)
        looks.append(FirstLook(said, scores))
    context = Context(pool, looks)
    return [
        [Pair(place, signals, tuple(context.signals(number, place))) for place, signals in found.items()]
        for number, found in enumerate(alone)
    ]


def rank_report(
    statements: Sequence[Statement],
    pool: Pool,
    *,
    among: Sequence[Sequence[int]] | None = None,
    scorer: Scorer | None = None,
) -> list[tuple[Scored, ...]]:
    """For each statement the pool's candidates (or those ``among`` them), best first.

    Equals keep the order of the directive's text.
    """
    scorer = scorer or shipped()
    every = range(len(pool.candidates))
    found = pairs(statements, pool, [every] * len(statements) if among is None else among, scorer)
    return [_ranked(group, scorer) for group in found]


def _ranked(group: Sequence[Pair], scorer: Scorer) -> tuple[Scored, ...]:
    scores = sorted((-scorer.together.score(pair.values), pair.place, pair) for pair in group)
    return tuple(Scored(place, scorer.probability(-score), pair, scorer) for score, place, pair in scores)


def rank(
    statement: Statement, pool: Pool, *, places: Sequence[int] | None = None, scorer: Scorer | None = None
) -> tuple[Scored, ...]:
    """One statement, as a report of its own."""
    return rank_report([statement], pool, among=None if places is None else [places], scorer=scorer)[0]


def none_probability(ranked: Sequence[Scored]) -> float:
    """The probability that the statement answers no task: what the best candidate leaves."""
    return 1 - ranked[0].probability if ranked else 1 - 1e-4


def none_reasons(ranked: Sequence[Scored]) -> tuple[Reason, ...]:
    """Why nothing is proposed."""
    data = match_data()["none"]
    return (Reason(data["code"], data["text"], round(none_probability(ranked), 3)),)
