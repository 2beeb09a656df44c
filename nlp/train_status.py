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
import numpy.typing as npt

from nlp import status_features
from nlp.evaluate_status import Said, read_statements
from nlp.link_gold import read_set
from nlp.model import ClaimedStatus
from nlp.status import claimed_status
from nlp.status_features import Features
from nlp.status_model import STATUSES, Floats, Layer, Model, decided, with_wording
from nlp.status_words import plain

__all__ = ["KeptOut", "Sample", "fit", "gather", "kept_out", "sample"]

WORDING: Final = 0.3
"""Inverse of the penalty of the first layer (chosen on hands kept out; 0.5 to 2 are alike)."""
VERDICT: Final = 0.1
"""The same of the second layer."""
SEEN: Final = 2
"""Statements in which a feature of the wording must occur."""
_LEAST: Final = 0.005
"""A feature all of whose weights are smaller is left out."""


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
    wording, findings = (
        status_features.wording(low, told=told),
        status_features.findings(low, by_rules, told=told),
    )
    return Sample(said, by_rules, unread, wording, findings)


def fit(samples: Sequence[Sample]) -> Model:
    """Both layers of all samples; ValueError without at least two unread hands."""
    unread = [one for one in samples if one.unread]
    if len({one.said.hand for one in unread}) < 2:
        raise ValueError("The second layer needs statements of at least two unread hands.")
    seconds = [one for one, _ in _with_first_look(samples)]
    wording = _layer([one.wording for one in samples], [_status(one) for one in samples], WORDING, SEEN)
    verdict = _layer(seconds, [_status(one) for one in unread], VERDICT, 1)
    return Model(wording, verdict, _about(samples))


def kept_out(samples: Sequence[Sample]) -> Iterator[KeptOut]:
    """Every unread statement, by a model that has seen nothing of its hand in either layer."""
    looked = list(_with_first_look(samples))
    unread = [one for one in samples if one.unread]
    for hand in sorted({one.said.hand for one in unread}):
        inside = [place for place, one in enumerate(unread) if one.said.hand != hand]
        verdict = _layer([looked[n][0] for n in inside], [_status(unread[n]) for n in inside], VERDICT, 1)
        for place, one in enumerate(unread):
            if one.said.hand == hand:
                features, first = looked[place]
                together = decided(one.by_rules, verdict.probabilities(features))
                yield KeptOut(one.said, one.by_rules, STATUSES[int(first.argmax())], together)


def _with_first_look(samples: Sequence[Sample]) -> Iterator[tuple[Features, Floats]]:
    """For each unread sample, in order: the second layer's features, and what the first says without its hand."""
    layers: dict[str, Layer] = {}
    for one in (one for one in samples if one.unread):
        hand = one.said.hand
        if hand not in layers:
            others = [other for other in samples if other.said.hand != hand]
            layers[hand] = _layer([o.wording for o in others], [_status(o) for o in others], WORDING, SEEN)
        first = layers[hand].probabilities(one.wording)
        yield with_wording(one.findings, first), first


def _status(one: Sample) -> int:
    return [str(status) for status in STATUSES].index(one.said.statuses[0])


def _layer(features: Sequence[Features], statuses: Sequence[int], strength: float, seen: int) -> Layer:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - only training needs it

    often = Counter(key for one in features for key in one)
    rows = {key: row for row, key in enumerate(sorted(key for key, times in often.items() if times >= seen))}
    learner = LogisticRegression(C=strength, max_iter=500, tol=1e-3).fit(_matrix(features, rows), statuses)
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


def _matrix(features: Sequence[Features], rows: dict[int, int]) -> Any:  # noqa: ANN401 - scipy has no types
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]  # noqa: PLC0415

    known = [[(rows[key], value) for key, value in one.items() if key in rows] for one in features]
    ends: npt.NDArray[np.int64] = np.cumsum([0, *map(len, known)])
    columns = [row for one in known for row, _ in one]
    values = [value for one in known for _, value in one]
    return csr_matrix((values, columns, ends), shape=(len(features), len(rows)))


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
