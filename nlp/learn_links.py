"""The link scorer learns from decisions: its second look and curve are fitted again, and kept only if a check holds.

The pairs that it was trained on stay in (``data/model/links_pairs.npz``), so that a few hundred decisions adjust it and
do not replace it. The check: neither on decisions that were kept back nor on the kept-out pairs of the training may it
rank worse; and a batch that contradicts many sure proposals is refused before it is asked how well it fits itself.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from nlp.scorer import Scorer
from nlp.train_links import (
    FOLDS,
    LEARNED,
    STRENGTH,
    Floats,
    Matrix,
    cross_scores,
    curve_of,
    fit_linear,
    named,
    scores_of,
)

FEWEST: Final = 20
"""Decided statements from which there is something to learn."""
BACK: Final = 0.3
"""Share of the reports whose decisions are kept back for the check."""
WEIGHT: Final = 2.0
"""An office's own decision counts as much as this many pairs of the training."""
MARGIN: Final = 0.02
"""Fall of hit@1 or none recall on the training's pairs that is taken for chance, at least that of two statements."""
CONTRADICTED: Final = 0.2
"""Share of the statements with a sure task in which people may say otherwise: two in a hundred are wrong by measure."""
_SCALE: Final = 250
_FEW_SURE: Final = 5
_STEPS: Final = 21
"""Hundredths by which learning may raise the threshold."""
_SHIPPED: Final = "links_pairs.npz"


@dataclass(frozen=True, slots=True)
class Rates:
    """How a scorer does on pairs: the right task first; nothing proposed where nothing is right; mean log loss."""

    hit1: float
    none: float
    loss: float

    def to_json(self) -> dict[str, float]:
        """For the record of the check."""
        return {"hit1": round(self.hit1, 4), "none": round(self.none, 4), "loss": round(self.loss, 5)}


@dataclass(frozen=True, slots=True)
class Learned:
    """What came of a batch of decisions."""

    scorer: Scorer
    accepted: bool
    reason: str
    """In the officer's words."""
    check: dict[str, Any]


def learn(scorer: Scorer, decided: Matrix, base: Matrix) -> Learned:
    """A scorer that has also seen ``decided`` (``set`` = report), accepted or refused by the check."""
    back = _kept_back(decided)
    taught = decided.rows(~back)
    joined = _joined(base, taught)
    weight = np.concatenate([np.ones(len(base.right)), np.full(len(taught.right), WEIGHT)])
    together = fit_linear(joined, STRENGTH, weight)
    curve = curve_of(cross_scores(joined, joined.set % FOLDS, STRENGTH), joined.right)
    facts = {"from": scorer.version, "decisions": len(np.unique(decided.statement))}
    fitted = replace(scorer, together=together, curve=curve, calibrated=True, facts=facts)
    new = named(replace(fitted, threshold=_threshold(scorer, fitted, base)), "linear-1-office")
    check = {
        "kept_back": _both(scorer, new, decided.rows(back)),
        "training": _both(scorer, new, base),
        "contradicted": round(contradicted(scorer, decided), 4),
        "taught": len(np.unique(taught.statement)),
        "statements": len(np.unique(base.statement[base.right])),
    }
    reason = _refusal(check)
    return Learned(new, not reason, reason or "Kết quả trên phần giữ lại không giảm", check)


def _threshold(old: Scorer, new: Scorer, base: Matrix) -> float:
    """The lowest threshold, not under the old one, at which no more of what answers nothing is proposed than before.

    The curve is fitted on fewer strangers than at training, and an office may have decided on few.
    """
    wanted = rates(old, base).none
    steps = (old.threshold + number / 100 for number in range(_STEPS))
    return next((t for t in steps if rates(replace(new, threshold=t), base).none >= wanted), old.threshold)


def _both(old: Scorer, new: Scorer, pairs: Matrix) -> dict[str, dict[str, float]]:
    return {"before": rates(old, pairs).to_json(), "after": rates(new, pairs).to_json()}


def _refusal(check: dict[str, Any]) -> str:
    """Why the new scorer may not be used; empty when it may."""
    if check["contradicted"] > CONTRADICTED:
        return (
            f"Các quyết định trái với {check['contradicted']:.0%} đề xuất khớp cao, đề nghị rà soát lại các quyết định"
        )
    few = max(1, check["statements"])
    for part, allowed in (("kept_back", 0.0), ("training", max(MARGIN, 2 / few))):
        before, after = check[part]["before"], check[part]["after"]
        for name, told in (("hit1", "chọn đúng nhiệm vụ"), ("none", "nhận ra nội dung không trả lời nhiệm vụ nào")):
            if after[name] < before[name] - allowed:
                where = {"kept_back": "các quyết định giữ lại", "training": "bộ mẫu gốc"}[part]
                return f"Tỷ lệ {told} trên {where} giảm từ {before[name]:.3f} xuống {after[name]:.3f}"
    return ""


def contradicted(scorer: Scorer, decided: Matrix) -> float:
    """Share of the statements whose best task is sure by the scorer and wrong by the people; 0 where five are not."""
    scores = scores_of(scorer.together, decided.values)
    wrong = []
    for number in np.unique(decided.statement):
        rows = np.flatnonzero(decided.statement == number)
        best = rows[int(np.argmax(scores[rows]))]
        if scorer.probability(float(scores[best])) >= scorer.high:
            wrong.append(not decided.right[best])
    return _mean(wrong) if len(wrong) >= _FEW_SURE else 0.0


def rates(scorer: Scorer, pairs: Matrix) -> Rates:
    """How the scorer's second look does on pairs."""
    if not len(pairs.right):
        return Rates(0.0, 0.0, 0.0)
    scores = scores_of(scorer.together, pairs.values)
    probabilities = np.array([scorer.probability(float(score)) for score in scores])
    hits, nones = [], []
    for number in np.unique(pairs.statement):
        mine = pairs.statement == number
        best = int(np.argmax(scores[mine]))
        if pairs.right[mine].any():
            hits.append(bool(pairs.right[mine][best]))
        else:
            nones.append(bool(probabilities[mine][best] < scorer.threshold))
    said = np.where(pairs.right, probabilities, 1 - probabilities)
    return Rates(_mean(hits), _mean(nones), float(-np.log(said).mean()))


def _mean(values: list[bool]) -> float:
    return sum(values) / len(values) if values else 0.0


def _kept_back(decided: Matrix) -> npt.NDArray[np.bool_]:
    """Rows of the reports that are kept back: by a hash, so that a report stays on its side."""
    back = {
        int(number): hashlib.sha256(str(int(number)).encode()).digest()[0] < BACK * 256
        for number in np.unique(decided.set)
    }
    return np.array([back[int(number)] for number in decided.set], dtype=bool)


def _joined(base: Matrix, more: Matrix) -> Matrix:
    statement, group = base.statement.max(initial=0) + 1, base.set.max(initial=0) + 1
    return Matrix(
        np.vstack([base.values, more.values]),
        np.concatenate([base.right, more.right]),
        np.concatenate([base.statement, more.statement + statement]),
        np.concatenate([base.set, more.set + group]),
    )


def save_pairs(pairs: Matrix, path: Path) -> None:
    """Keep pairs as bytes (features lie in 0..1), with the names of their columns."""
    np.savez_compressed(
        path,
        names=np.array(LEARNED),
        values=np.round(np.clip(pairs.values, 0, 1) * _SCALE).astype(np.uint8),
        right=pairs.right,
        statement=pairs.statement.astype(np.int32),
        set=pairs.set.astype(np.int32),
    )


def load_pairs(path: Path) -> Matrix:
    """Pairs from their file, in the order of ``LEARNED``; raises ValueError where it was made for other features."""
    with np.load(path, allow_pickle=False) as kept:
        if [str(name) for name in kept["names"]] != list(LEARNED):
            raise ValueError("the pairs were kept for other features: run dondoc train-links")
        values: Floats = kept["values"].astype(np.float64) / _SCALE
        return Matrix(values, kept["right"], kept["statement"].astype(np.int64), kept["set"].astype(np.int64))


@cache
def shipped_pairs() -> Matrix:
    """The pairs in the package."""
    with as_file(files("nlp.data.model") / _SHIPPED) as path:
        return load_pairs(path)
