"""Training of the link scorer from reports whose answers are known; scikit-learn is only needed here.

Sets (a directive and its reports) are never divided: every figure and every point of the probability curve comes from
sets that the weights in use had not seen (``FOLDS``-fold over sets).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from nlp.evaluate_links import Figures, Line, figures
from nlp.match import Look, Pair, pairs
from nlp.match_data import match_data
from nlp.match_pool import Pool
from nlp.scorer import Linear, Scorer, logistic_curve

FOLDS: Final = 5
STRENGTH: Final = 1.0
"""Inverse of the L2 penalty (chosen by cross-validation over sets)."""
THRESHOLD: Final = 0.35
"""Probability from which a link is proposed. F1 is greatest at half of what it reaches (Lipton, Elkan, Naryanaswamy
2014), 0.45 here; on reports kept out the probabilities are a little too low, and 0.35 gives the most."""
CONTEXT: Final = (
    "first_look", "rival", "own_part", "taken", "in_order", "same_directive", "same_section", "same_task", "left_over",
)  # fmt: skip
LEARNED: Final = tuple(match_data()["features"])
TIED: Final = {"successor": "lead"}
"""Features that share a weight: a successor answers as the unit that it replaced, however few reports show one."""
SUPPORT: Final = 20
"""Pairs that must show a feature before its weight is learned; until then it keeps the one set by hand."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """A report with its answers: for each statement the places of its tasks in the pool."""

    set: str
    pool: Pool
    looks: Sequence[Look]
    wanted: Sequence[frozenset[int]]
    weight: float = 1.0
    """How much it counts: the variants made of one report count together as much as the report."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Pairs as rows: values of ``LEARNED``, whether the pair is right, and the statement that it belongs to."""

    values: Floats
    right: npt.NDArray[np.bool_]
    statement: npt.NDArray[np.int64]
    set: npt.NDArray[np.int64]

    def rows(self, chosen: npt.NDArray[np.bool_]) -> Matrix:
        """Some of the rows."""
        return Matrix(self.values[chosen], self.right[chosen], self.statement[chosen], self.set[chosen])


@dataclass(frozen=True, slots=True)
class Trained:
    """A scorer, the pairs it was trained on, and what each pair scored while its set was kept out."""

    scorer: Scorer
    matrix: Matrix
    kept_out: Floats


def train(samples: Sequence[Sample], *, strength: float = STRENGTH, facts: Mapping[str, Any] | None = None) -> Trained:
    """The scorer that these reports teach. The same reports give the same scorer."""
    names = sorted({sample.set for sample in samples})
    fold = {name: number % FOLDS for number, name in enumerate(names)}
    blank = Scorer("", Linear(0, {}), Linear(0, {}), logistic_curve(), calibrated=False)
    seen = matrix_of(samples, blank)
    alone, weight = _masked(seen, without=CONTEXT), weights_of(samples)[seen.statement]
    folds = np.array([fold[name] for name in names])[seen.set]
    contexts = np.zeros_like(seen.values)
    for number in range(FOLDS):
        first = _linear(alone.rows(folds != number), strength, weight[folds != number])
        part = [sample for sample in samples if fold[sample.set] == number]
        if part:
            contexts[folds == number] = matrix_of(part, _with(blank, alone=first)).values
    matrix = Matrix(contexts, seen.right, seen.statement, seen.set)
    kept_out = cross_scores(matrix, folds, strength, weight)
    curve = curve_of(kept_out, matrix.right, weight)
    first, second = _linear(alone, strength, weight), _linear(matrix, strength, weight)
    made = Scorer("", first, second, curve, calibrated=True, threshold=THRESHOLD, facts=dict(facts or {}))
    return Trained(named(made, "linear-1"), matrix, kept_out)


def kept_out_figures(samples: Sequence[Sample], trained: Trained, chosen: Sequence[Sample]) -> Figures:
    """The figures of ``chosen`` among the samples trained on, each by weights that had not seen its set."""
    wanted = {id(sample) for sample in chosen}
    counted = [id(sample) in wanted for sample in sorted(samples, key=_name) for _ in sample.wanted]
    matrix = trained.matrix
    lines = []
    for number in np.unique(matrix.statement):
        rows = np.flatnonzero(matrix.statement == number)
        if not counted[int(number)]:
            continue
        said = [(int(row), trained.scorer.probability(float(trained.kept_out[row]))) for row in rows]
        ranked = sorted(said, key=lambda one: -one[1])
        right = frozenset(int(row) for row in rows if matrix.right[row])
        accepted = frozenset(row for row, value in ranked if value >= trained.scorer.threshold)
        lines.append(Line(str(number), right, ranked, accepted))
    return figures(lines)


def _name(sample: Sample) -> str:
    return sample.set


def matrix_of(samples: Iterable[Sample], scorer: Scorer) -> Matrix:
    """All pairs of these reports; the context is what the scorer's first look makes it."""
    values, right, statements, sets = [], [], [], []
    names: dict[str, int] = {}
    number = 0
    for sample in sorted(samples, key=_name):
        names.setdefault(sample.set, len(names))
        for group, wanted in zip(pairs(sample.pool, sample.looks, scorer), sample.wanted, strict=True):
            for pair in group:
                values.append(row_of(pair))
                right.append(pair.place in wanted)
                statements.append(number)
                sets.append(names[sample.set])
            number += 1
    shape = np.array(values, dtype=float).reshape(len(values), len(LEARNED))
    return Matrix(shape, np.array(right, dtype=bool), np.array(statements), np.array(sets))


def row_of(pair: Pair) -> list[float]:
    """A pair's values in the order of ``LEARNED``."""
    values = pair.values
    return [values.get(name, 0.0) for name in LEARNED]


def weights_of(samples: Iterable[Sample]) -> Floats:
    """The weight of each statement, numbered as in ``matrix_of``."""
    return np.array([sample.weight for sample in sorted(samples, key=_name) for _ in sample.wanted])


def cross_scores(matrix: Matrix, folds: npt.NDArray[np.int64], strength: float, weight: Floats | None = None) -> Floats:
    """The score of every pair by weights that were fitted without its fold."""
    scores = np.zeros(len(matrix.right))
    for number in np.unique(folds):
        others = folds != number
        fitted = _linear(matrix.rows(others), strength, None if weight is None else weight[others])
        scores[folds == number] = scores_of(fitted, matrix.values[folds == number])
    return scores


def scores_of(linear: Linear, values: Floats) -> Floats:
    """Scores of rows in the order of ``LEARNED``."""
    weights = np.array([linear.weights.get(name, 0.0) for name in LEARNED])
    found: Floats = values @ weights + linear.bias
    return found


def curve_of(
    scores: Floats, right: npt.NDArray[np.bool_], weight: Floats | None = None
) -> tuple[tuple[float, float], ...]:
    """Platt's logistic on scores of pairs that were kept out."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - only training needs it

    fitted = LogisticRegression(C=1e6).fit(scores.reshape(-1, 1), right, sample_weight=weight)
    return logistic_curve(float(fitted.coef_[0, 0]), float(fitted.intercept_[0]))


def _linear(matrix: Matrix, strength: float, weight: Floats | None = None) -> Linear:
    """Weights for the features that the pairs show often enough; the others keep the hand-set ones.

    Those rank the signals as an officer does: a task named by its number or code is decisive however few reports do so.
    """
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - only training needs it

    values = matrix.values.copy()
    for name, other in TIED.items():
        values[:, LEARNED.index(other)] += values[:, LEARNED.index(name)]
        values[:, LEARNED.index(name)] = 0
    shown = (values != 0).sum(axis=0) >= SUPPORT
    fitted = LogisticRegression(C=strength, max_iter=2_000).fit(values[:, shown], matrix.right, sample_weight=weight)
    learned = iter(fitted.coef_[0])
    by_hand = match_data()["features"]
    weights = {
        name: round(float(next(learned)), 4) if often else float(by_hand[name].get("weight", 0.0))
        for name, often in zip(LEARNED, shown, strict=True)
    }
    weights |= {name: weights[other] for name, other in TIED.items()}
    return Linear(round(float(fitted.intercept_[0]), 4), weights)


fit_linear: Final[Callable[..., Linear]] = _linear


def _masked(matrix: Matrix, *, without: Sequence[str]) -> Matrix:
    values = matrix.values.copy()
    values[:, [LEARNED.index(name) for name in without]] = 0
    return Matrix(values, matrix.right, matrix.statement, matrix.set)


def _with(scorer: Scorer, *, alone: Linear) -> Scorer:
    return replace(scorer, alone=alone)


def named(scorer: Scorer, family: str) -> Scorer:
    """The scorer under a version that its weights determine."""
    content = scorer.to_json() | {"version": "", "facts": {}}
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:8]
    return Scorer(
        f"{family}-{digest}", scorer.alone, scorer.together, scorer.curve, scorer.calibrated, scorer.threshold,
        scorer.high, scorer.facts,
    )  # fmt: skip
