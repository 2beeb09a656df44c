"""How well statements are linked to tasks: the figures of docs/accuracy.md, from gold answers and ranked candidates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from nlp.evaluate_status import f1_by_status, macro_f1

SURE: Final = 0.9
"""Probability from which a link is taken as sure; its precision and coverage are told apart."""
BINS: Final = 10

Ranked = Sequence[tuple[int, float]]
"""(task, probability or score), best first."""


@dataclass(frozen=True, slots=True)
class Line:
    """One statement of the gold: the tasks that it answers (none: it answers nothing) and what was found."""

    name: str
    wanted: frozenset[int]
    ranked: Ranked
    accepted: frozenset[int]
    """Tasks that were proposed."""
    claimed: tuple[str, str] | None = None
    """Wanted and found status; None where no status is to be judged."""


@dataclass(slots=True)
class Figures:
    """All figures of one way of ranking."""

    answering: int = 0
    silent: int = 0
    hit1: float = 0.0
    hit3: float = 0.0
    mrr: float = 0.0
    precision: float = 0.0
    recall: float = 0.0
    f1: float = 0.0
    none_recall: float = 0.0
    sure_precision: float = 0.0
    sure_coverage: float = 0.0
    calibration_error: float = 0.0
    status_f1: float = 0.0
    by_status: dict[str, float] = field(default_factory=dict)
    taken_for: dict[tuple[str, str], int] = field(default_factory=dict)
    """How often a status was meant and another found: counts, so that a sealed side tells its kinds of error."""

    def rows(self) -> Iterator[tuple[str, float]]:
        """Names and values in the order in which they are told."""
        yield "hit@1", self.hit1
        yield "hit@3", self.hit3
        yield "MRR", self.mrr
        yield "P", self.precision
        yield "R", self.recall
        yield "F1", self.f1
        yield "none recall", self.none_recall
        yield f"P ở p≥{SURE}", self.sure_precision
        yield f"phủ ở p≥{SURE}", self.sure_coverage
        yield "ECE", self.calibration_error
        yield "trạng thái macro-F1", self.status_f1


def figures(lines: Sequence[Line]) -> Figures:
    """The figures of these lines.

    Hit and MRR: over statements that answer something. F1: of proposed links. Coverage: statements that answer
    something and have a link of at least ``SURE``. Calibration error: of each statement's best candidate, in ten
    bins of equal width (Naeini et al. 2015). Status: macro-F1 over the statuses that the gold has.
    """
    answering = [line for line in lines if line.wanted]
    silent = [line for line in lines if not line.wanted]
    places = [_place(line) for line in answering]
    right = sum(len(line.wanted & line.accepted) for line in lines)
    proposed, wanted = sum(len(line.accepted) for line in lines), sum(len(line.wanted) for line in lines)
    sure = [(line, task) for line in lines for task, probability in line.ranked if probability >= SURE]
    statuses = [line.claimed for line in lines if line.claimed]
    by_status = f1_by_status(statuses)
    precision, recall = _share(right, proposed), _share(right, wanted)
    return Figures(
        answering=len(answering),
        silent=len(silent),
        hit1=_share(sum(place == 1 for place in places), len(places)),
        hit3=_share(sum(0 < place <= 3 for place in places), len(places)),
        mrr=_share(sum(1 / place for place in places if place), len(places)),
        precision=precision,
        recall=recall,
        f1=2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        none_recall=_share(sum(not line.accepted for line in silent), len(silent)),
        sure_precision=_share(sum(task in line.wanted for line, task in sure), len(sure)),
        sure_coverage=_share(len({id(line) for line, _ in sure if line.wanted}), len(answering)),
        calibration_error=calibration_error(
            (line.ranked[0][1], line.ranked[0][0] in line.wanted) for line in lines if line.ranked
        ),
        status_f1=macro_f1(by_status),
        by_status=by_status,
        taken_for=dict(Counter(pair for pair in statuses if pair[0] != pair[1]).most_common()),
    )


def _place(line: Line) -> int:
    """Rank of the first right task, 0 when it is not there."""
    return next((rank for rank, (task, _) in enumerate(line.ranked, 1) if task in line.wanted), 0)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def calibration_error(seen: Iterable[tuple[float, bool]]) -> float:
    """Mean distance between what was said and what came true, weighted by the number in each bin."""
    pairs = list(seen)
    bins: dict[int, list[tuple[float, bool]]] = {}
    for probability, right in pairs:
        bins.setdefault(min(BINS - 1, int(probability * BINS)), []).append((probability, right))
    off = (abs(sum(p for p, _ in group) - sum(right for _, right in group)) for group in bins.values())
    return _share(sum(off), len(pairs))


Ranker = Literal["tfidf", "bm25"]


def by_words(texts: Sequence[str], tasks: Sequence[tuple[int, str]], ranker: Ranker) -> Callable[[int, object], Ranked]:
    """A plain ranker over all tasks, to stand beside ours: TF-IDF cosine (word 1-2-grams) or BM25 (k1 1.2, b 0.75).

    What is returned ranks the statement at a place among the tasks for which ``allowed`` (a set of task ids) holds.
    """
    import numpy as np  # noqa: PLC0415 - measuring only
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer  # noqa: PLC0415 - same

    if ranker == "tfidf":
        known = TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"\w+")  # noqa: S106 - a pattern of words
        rows = known.fit_transform([text for _, text in tasks])
        scores = np.asarray((known.transform(texts) @ rows.T).todense())
    else:
        counting = CountVectorizer(token_pattern=r"\w+")  # noqa: S106 - same
        counts = counting.fit_transform([text for _, text in tasks]).toarray().astype(float)
        length = counts.sum(axis=1, keepdims=True)
        having = (counts > 0).sum(axis=0)
        idf = np.log(1 + (len(tasks) - having + 0.5) / (having + 0.5))
        weighted = idf * counts * 2.2 / (counts + 1.2 * (0.25 + 0.75 * length / max(length.mean(), 1e-9)))
        scores = (counting.transform(texts) > 0).astype(float) @ weighted.T

    def ranked(place: int, allowed: object) -> Ranked:
        chosen = allowed if isinstance(allowed, frozenset) else None
        found = [
            (task, float(scores[place, i])) for i, (task, _) in enumerate(tasks) if chosen is None or task in chosen
        ]
        return sorted(found, key=lambda one: -one[1])

    return ranked
