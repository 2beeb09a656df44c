"""Do decisions help the links that come after them, and is a poisoned batch refused? On the gold sets, in a real store.

    python benchmarks/feedback.py [RUNS]

Each run draws a new office: half of the development sets, which its scorer's second look and curve have not seen. People
decide 200 statements of their reports by the store's own operations; the other reports are held out, and so is what the
same units tell *in the next period*: their decided statements with a third to two thirds of the words lost and words of
others put in, the directive not named. hit@1 before any decision; with the decisions as memory (``told_before``); and
after ``learn`` besides. Poisoned: the least likely task confirmed, everything else rejected, in the same statements.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from nlp.learn_links import learn, rates, shipped_pairs
from nlp.model import ReportItem
from nlp.scorer import Scorer, shipped
from nlp.train_links import LEARNED, STRENGTH, THRESHOLD, Matrix, Sample, curve_of, fit_linear, matrix_of, scores_of
from service import linking
from service.cli.gold_links import Opened, opened, sets_in
from service.linking.learning import decisions
from service.linking.practice import answers_of, sample_of
from service.linking.study import Studied
from service.records import StoredItem

GOLD = Path("tests/gold/links/dev")
DECISIONS = 200
LOST = (0.33, 0.67)


@dataclass(frozen=True)
class Office:
    """A draw: the sets of the office, its reports that people decide on, and those held out."""

    sets: frozenset[str]
    taught: list[Studied]
    held: list[Studied]

    @classmethod
    def drawn(cls, studied: Sequence[Studied], seed: int) -> Office:
        draw = random.Random(seed)  # noqa: S311 - reproducible draws, nothing secret
        names = sorted({report.set for report in studied})
        mine = frozenset(draw.sample(names, len(names) // 2))
        reports = [report for report in studied if report.set in mine and report.scene.items]
        draw.shuffle(reports)
        taught: list[Studied] = []
        while reports and sum(len(one.scene.items) for one in taught) < DECISIONS:
            taught.append(reports.pop())
        return cls(mine, taught, reports)


def main(runs: int = 3) -> None:
    paths = sets_in(GOLD, "dev")
    told: dict[str, list[tuple[float, float]]] = {}
    outcome = []
    for seed in range(runs):
        with opened(paths) as sets:
            sets.review()
            outcome.append(run(sets, seed, told))
    for name, values in told.items():
        hit, none = np.mean(values, axis=0)
        print(f"{name:>42}: hit@1 {hit:.4f}, none recall {none:.4f}")
    accepted, refused = (sum(one) for one in zip(*outcome, strict=True))
    print(f"{runs} runs; learned accepted {accepted}/{runs}; poisoned batches refused {refused}/{runs}")


def run(sets: Opened, seed: int, told: dict[str, list[tuple[float, float]]]) -> tuple[bool, bool]:
    app, studied = sets.app, sets.study()
    office = Office.drawn(studied, seed)
    base = outside(sets, office)
    start = starting(base)
    held, after = list(held_out(sets, office)), list(next_period(sets, office, seed))
    note(told, "held out, before", start, held)
    note(told, "next period, before", start, after)
    decide(sets, office)
    decided = decisions(app, start)
    learned = learn(start, decided, base)
    scorer = learned.scorer if learned.accepted else start
    held, after = list(held_out(sets, office)), list(next_period(sets, office, seed))
    for title, which in (("remembered", start), ("remembered and learned", scorer)):
        note(told, f"held out, {title}", which, held)
        note(told, f"next period, {title}", which, after)
    refused = not learn(start, poisoned(decided), base).accepted
    return learned.accepted, refused


def outside(sets: Opened, office: Office) -> Matrix:
    """The pairs in the package of the sets that are not the office's."""
    names = [path.stem for path in sets.paths]
    kept = [number for number, name in enumerate(sorted(names)) if name not in office.sets]
    pairs = shipped_pairs()
    return pairs.rows(np.isin(pairs.set, kept))


def starting(base: Matrix) -> Scorer:
    together = fit_linear(base, STRENGTH)
    curve = curve_of(scores_of(together, base.values), base.right)
    return Scorer("start", shipped().alone, together, curve, calibrated=True, threshold=THRESHOLD)


def held_out(sets: Opened, office: Office) -> list[Sample]:
    return [sample_of(sets.app, one.set, one.scene.facts, one.scene.items, answers_of(one)) for one in office.held]


def next_period(sets: Opened, office: Office, seed: int) -> list[Sample]:
    """The decided reports as they come again: other words, the directive not named, another document."""
    draw = random.Random(seed + 1000)  # noqa: S311 - same
    found = []
    for report in office.taught:
        facts, items = report.scene.facts, report.scene.items
        another = replace(facts.document, id=-1)
        silent = replace(facts, document=another, report=replace(facts.report, answers=()), answered=())
        again = [StoredItem(one.id, -1, retold(draw, one.item, items)) for one in items]
        found.append(sample_of(sets.app, report.set, silent, again, answers_of(report)))
    return found


def retold(draw: random.Random, item: ReportItem, others: Sequence[StoredItem]) -> ReportItem:
    lost = draw.uniform(*LOST)
    kept = [word for word in item.text.split() if draw.random() > lost and not any(map(str.isdigit, word))]
    tail = draw.choice(others).item.text.split()[: draw.randint(3, 8)]
    return replace(item, text=" ".join([*kept, *tail]) or item.text, citations=())


def decide(sets: Opened, office: Office) -> None:
    for report in office.taught:
        answers = answers_of(report)
        for stored in report.scene.items:
            for task in answers.get(stored.id, set()):
                linking.assign(sets.app, stored.id, task, by="đo")
            if not answers.get(stored.id):
                linking.answers_nothing(sets.app, stored.id, by="đo")


def poisoned(pairs: Matrix) -> Matrix:
    right = np.zeros(len(pairs.right), dtype=bool)
    for number in np.unique(pairs.statement):
        rows = np.flatnonzero(pairs.statement == number)
        right[rows[np.argmin(pairs.values[rows, LEARNED.index("first_look")])]] = True
    return Matrix(pairs.values, right, pairs.statement, pairs.set)


def note(told: dict[str, list[tuple[float, float]]], name: str, scorer: Scorer, samples: Sequence[Sample]) -> None:
    found = rates(scorer, matrix_of(samples, scorer))
    told.setdefault(name, []).append((found.hit1, found.none))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
