"""The one scorer of links: which task each statement of a report answers, with calibrated probabilities and reasons.

The caller says which tasks come into question (the index finds them); the scorer ranks them, gives its reasons, and
says "none" when nothing reaches the threshold. A report is judged as a whole (nlp.match_context); the weights are those
of the ``Scorer`` given, by default the one in the package.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.explain import Reason, explain
from nlp.features import features
from nlp.match_context import Context, FirstLook
from nlp.match_data import match_data
from nlp.match_pool import Beside, Candidate, Pool, Said, Statement
from nlp.scorer import Scorer, shipped
from nlp.signals import Column, signals_of

__all__ = [
    "Candidate", "Look", "Pair", "Pool", "Reason", "Scored", "Statement",
    "looks", "none_probability", "none_reasons", "pairs", "rank", "rank_report",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """A statement beside its candidates, with all that the two say of each other."""

    beside: Beside
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A statement and a candidate (its place in the pool) with all that speaks for and against."""

    place: int
    row: int
    columns: tuple[Column, ...]

    @property
    def values(self) -> dict[str, float]:
        """All features by name."""
        return {one.code: float(one.values[self.row]) for one in self.columns}


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
        return explain(signals_of(self.pair.columns, self.pair.row), self.scorer.together)

    @property
    def proposed(self) -> bool:
        """Whether the probability reaches the threshold from which a link is proposed."""
        return self.probability >= self.scorer.threshold


def looks(statements: Sequence[Statement], pool: Pool, among: Sequence[Sequence[int]]) -> list[Look]:
    """Every statement of a report beside each of its candidates (places in the pool), whatever the weights."""
    found = []
    for statement, places in zip(statements, among, strict=True):
        beside = Beside.of(Said.of(statement, pool), pool, places)
        found.append(Look(beside, features(beside)))
    return found


def pairs(pool: Pool, seen: Sequence[Look], scorer: Scorer) -> list[list[Pair]]:
    """What was seen of a report with what its statements say of each other, by the scorer's first look."""
    return [
        [Pair(place, row, columns) for row, place in enumerate(look.beside.places)]
        for look, columns in zip(seen, _columns(pool, seen, scorer), strict=True)
    ]


def _columns(pool: Pool, seen: Sequence[Look], scorer: Scorer) -> list[tuple[Column, ...]]:
    firsts = [FirstLook(look.beside, scorer.alone.scores(look.columns, len(look.beside.places))) for look in seen]
    context = Context(pool, firsts)
    return [(*look.columns, *context.columns(number)) for number, look in enumerate(seen)]


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
    seen = looks(statements, pool, [every] * len(statements) if among is None else among)
    return [
        _ranked(group, scorer, _most(statement))
        for statement, group in zip(statements, pairs(pool, seen, scorer), strict=True)
    ]


def _most(statement: Statement) -> float:
    """The highest probability that a statement's candidates can have: limits and their causes answer no task."""
    idle = statement.item.section == "limits" and statement.item.claimed_status == "unknown"
    return float(match_data()["limits"]["most"]) if idle else 1.0


def _ranked(group: Sequence[Pair], scorer: Scorer, most: float) -> tuple[Scored, ...]:
    scores = scorer.together.scores(group[0].columns, len(group)).tolist() if group else []
    best = sorted(group, key=lambda pair: (-scores[pair.row], pair.place))
    return tuple(Scored(pair.place, min(scorer.probability(scores[pair.row]), most), pair, scorer) for pair in best)


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
