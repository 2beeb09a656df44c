"""Does the scorer learn from decisions, and does it refuse a poisoned batch? Simulated on the pairs in the package.

Each run draws which sets a new office's scorer was trained on (three), whose statements people decide (200), and which
are held out; a poisoned batch is the same 200 statements with the least likely task confirmed. Prints hit@1 held out,
for reports as they are (nothing left to gain) and for an office that names no directive and no unit, whose words are
half lost (a scan): there the second look has to lean on other signals.
"""

from __future__ import annotations

import sys

import numpy as np

from nlp.learn_links import learn, rates, shipped_pairs
from nlp.scorer import Scorer, shipped
from nlp.train_links import LEARNED, STRENGTH, Matrix, curve_of, fit_linear, scores_of

DECISIONS = 200
SILENT = ("answers_directive", "other_directive", "lead", "few_tasks", "collective", "other_unit", "named_unit")
BLURRED = ("first_look", "rival", "taken", "wording", "contained")


def scorer_of(pairs: Matrix) -> Scorer:
    together = fit_linear(pairs, STRENGTH)
    return Scorer(
        "start", shipped().alone, together, curve_of(scores_of(together, pairs.values), pairs.right), calibrated=True
    )


def harder(pairs: Matrix) -> Matrix:
    """The same pairs without what the office leaves out; the first look is blind, its scores are noise."""
    draw = np.random.default_rng(11)
    values = pairs.values.copy()
    for name in SILENT:
        values[:, LEARNED.index(name)] = 0
    for name in BLURRED:
        column = LEARNED.index(name)
        values[:, column] = np.clip(values[:, column] * draw.uniform(0, 1, len(values)), 0, 1)
    return Matrix(values, pairs.right, pairs.statement, pairs.set)


def poisoned(pairs: Matrix) -> Matrix:
    right = np.zeros(len(pairs.right), dtype=bool)
    for number in np.unique(pairs.statement):
        rows = np.flatnonzero(pairs.statement == number)
        right[rows[np.argmin(pairs.values[rows, LEARNED.index("first_look")])]] = True
    return Matrix(pairs.values, right, pairs.statement, pairs.statement)


def main(runs: int = 10) -> None:
    measure("as they are", shipped_pairs(), shipped_pairs(), runs)
    measure("harder", shipped_pairs(), harder(shipped_pairs()), runs)


def measure(title: str, pairs: Matrix, office: Matrix, runs: int) -> None:
    sets = np.unique(pairs.set)
    before, after, accepted, refused = [], [], 0, 0
    for seed in range(runs):
        draw = np.random.default_rng(seed)
        order = draw.permutation(sets)
        base = pairs.rows(np.isin(pairs.set, order[:3]))
        rest = office.rows(np.isin(office.set, order[3:]))
        chosen = draw.permutation(np.unique(rest.statement))[:DECISIONS]
        decided, held = rest.rows(np.isin(rest.statement, chosen)), rest.rows(~np.isin(rest.statement, chosen))
        decided = Matrix(decided.values, decided.right, decided.statement, decided.statement // 4)
        start = scorer_of(base)
        learned = learn(start, decided, base)
        before.append(rates(start, held).hit1)
        after.append(rates(learned.scorer if learned.accepted else start, held).hit1)
        accepted += learned.accepted
        refused += not learn(start, poisoned(decided), base).accepted
    rates_ = f"hit@1 held out {np.mean(before):.4f} -> {np.mean(after):.4f}"
    print(
        f"{title}: {runs} runs, {DECISIONS} decisions each: {rates_}; accepted {accepted}/{runs}; poisoned refused {refused}/{runs}"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
