"""Training of the second look at claimed statuses (nlp.status_model). scikit-learn is only needed here.

The first layer learns from every statement whose status a reader told. The second learns how far the rules can be
believed, so only from *unread* hands: whoever wrote the rules has not seen them, and the rules err there as they do on
reports to come. What the first layer says of them is said by a layer that has not seen the same hand either.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from nlp import status_features
from nlp.evaluate_status import Said, read_statements
from nlp.link_gold import read_set
from nlp.model import ClaimedStatus
from nlp.status import claimed_status
from nlp.status_features import Features
from nlp.status_model import STATUSES, Floats, Layer, Model, decided, with_wording
from nlp.status_words import plain
from nlp.train_matrix import matrix

__all__ = ["KeptOut", "Look", "Prepared", "Sample", "fit", "gather", "kept_out", "prepare", "sample"]

WORDING: Final = 0.3
"""Inverse of the penalty of the first layer (chosen on hands kept out; 0.5 to 2 are alike)."""
VERDICT: Final = 0.1
"""The same of the second layer."""
SEEN: Final = 2
"""Statements in which a feature of the wording must occur."""
_LEAST: Final = 0.005
"""A feature all of whose weights are smaller is left out."""
_PLACES: Final[dict[str, int]] = {status: place for place, status in enumerate(STATUSES)}


@dataclass(frozen=True, slots=True)
class Sample:
    """A statement with its features."""

    said: Said
    by_rules: ClaimedStatus
    unread: bool
    """Whoever wrote the rules has not read this hand."""
    wording: Features
    findings: Features


@dataclass(frozen=True, slots=True)
class KeptOut:
    """What is said of an unread statement by those that have not seen its hand."""

    said: Said
    rules: ClaimedStatus
    wording: ClaimedStatus
    together: ClaimedStatus


def gather(gold: Path) -> Iterator[Sample]:
    """Statements of the development side: single ones, those of unread hands, and lines of reports in prose."""
    for side in ("dev", "unread"):
        for path in sorted((gold / "statuses" / side).glob("*.tsv")):
            yield from (sample(said, unread=side == "unread") for said in read_statements(path))
    for path in sorted((gold / "links" / "dev").glob("*.txt")):
        yield from (sample(said, unread=False) for said in _lines(path))


def _lines(path: Path) -> Iterator[Said]:
    """Marked lines of a set's reports; a table row's claim stands in several cells and is no sentence."""
    for file in read_set(path.read_text(encoding="utf-8")):
        for mark in file.marks if file.role == "report" else ():
            if mark.statuses and not mark.open and not mark.line.lstrip().startswith("|"):
                yield Said(path.stem, cell=False, statuses=mark.statuses, text=mark.line)


def sample(said: Said, *, unread: bool) -> Sample:
    """A statement read by the rules, with what both layers look at."""
    low, told = plain(said.text), not said.cell
    by_rules = claimed_status(said.text, told=told)[0]
    wording = status_features.wording(low, told=told)
    return Sample(said, by_rules, unread, wording, status_features.findings(low, by_rules, told=told))


@dataclass(frozen=True, slots=True)
class Prepared:
    """Samples with what the first layer says of each unread one, fitted once for every hand."""

    samples: Sequence[Sample]
    looks: Sequence[Look]


@dataclass(frozen=True, slots=True)
class Look:
    """An unread sample, what a first layer says of it that has not seen its hand, and the second layer's features."""

    sample: Sample
    first: Floats
    features: Features


def prepare(samples: Sequence[Sample]) -> Prepared:
    """A first look at every unread sample, in order, by a layer that has not seen its hand."""
    layers: dict[str, Layer] = {}
    looks = []
    for one in (one for one in samples if one.unread):
        hand = one.said.hand
        if hand not in layers:
            layers[hand] = _first([other for other in samples if other.said.hand != hand])
        first = layers[hand].probabilities(one.wording)
        looks.append(Look(one, first, with_wording(one.findings, first)))
    return Prepared(samples, looks)


def fit(prepared: Prepared) -> Model:
    """Both layers of all samples; ValueError without at least two unread hands."""
    if len({look.sample.said.hand for look in prepared.looks}) < 2:
        raise ValueError("The second layer needs statements of at least two unread hands.")
    return Model(_first(prepared.samples), _second(prepared.looks), _about(prepared.samples))


def kept_out(prepared: Prepared) -> Iterator[KeptOut]:
    """Every unread statement, by a model that has seen nothing of its hand in either layer."""
    looks = prepared.looks
    for hand in sorted({look.sample.said.hand for look in looks}):
        verdict = _second([look for look in looks if look.sample.said.hand != hand])
        for look in (look for look in looks if look.sample.said.hand == hand):
            by_rules = look.sample.by_rules
            together = decided(by_rules, verdict.probabilities(look.features))
            yield KeptOut(look.sample.said, by_rules, STATUSES[int(look.first.argmax())], together)


def _first(samples: Sequence[Sample]) -> Layer:
    return _layer([one.wording for one in samples], [_status(one) for one in samples], WORDING, SEEN)


def _second(looks: Sequence[Look]) -> Layer:
    return _layer([look.features for look in looks], [_status(look.sample) for look in looks], VERDICT, 1)


def _status(one: Sample) -> int:
    return _PLACES[one.said.statuses[0]]


def _layer(features: Sequence[Features], statuses: Sequence[int], strength: float, seen: int) -> Layer:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - only training needs it

    often = Counter(key for one in features for key in one)
    rows = {key: row for row, key in enumerate(sorted(key for key, times in often.items() if times >= seen))}
    known = matrix([[(rows[key], value) for key, value in one.items() if key in rows] for one in features], len(rows))
    learner = LogisticRegression(C=strength, max_iter=500, tol=1e-3).fit(known, statuses)
    weights = np.zeros((len(rows), len(STATUSES)), dtype=np.float32)
    offset = np.full(len(STATUSES), -30.0, dtype=np.float32)  # a status that never occurs is never said
    said = learner.classes_ if len(learner.classes_) > 2 else learner.classes_[1:]  # of two, the second is told
    offset[learner.classes_] = 0.0
    weights[:, said], offset[said] = learner.coef_.T, learner.intercept_
    return _slim(Layer(rows, weights, offset))


def _slim(layer: Layer) -> Layer:
    kept = [(key, row) for key, row in layer.rows.items() if np.abs(layer.weights[row]).max() >= _LEAST]
    rows = {key: place for place, (key, _) in enumerate(kept)}
    return Layer(rows, layer.weights[[row for _, row in kept]], layer.offset)


def _about(samples: Sequence[Sample]) -> dict[str, Any]:
    """What the file says of itself."""
    lines = sorted(json.dumps([one.said.text, one.said.statuses[0]], ensure_ascii=False) for one in samples)
    return {
        "version": 1,
        "features": status_features.VERSION,
        "statements": len(samples),
        "unread": sum(one.unread for one in samples),
        "hands": len({one.said.hand for one in samples}),
        "data_sha256": hashlib.sha256("\n".join(lines).encode()).hexdigest(),
    }
