"""The trained classifier: is a candidate sentence work that is assigned? Plain arrays in a JSON file, no pickle.

Two linear scores over hashed features: ``plain`` for every candidate, ``full`` (with words and parts of speech) where
the plain one leaves doubt. The score and the rule that speaks for the candidate give one calibrated probability.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from nlp import assign_features
from nlp.assign_features import Candidate, Features

DOUBT = 1.5
"""A plain score (log odds) nearer to zero than this asks for the words."""


@dataclass(frozen=True, slots=True)
class Head:
    """One linear score and how it becomes a probability: ``slope`` × score + the offset of the evidence."""

    weights: Mapping[int, float]
    slope: float = 1.0
    offsets: Mapping[str, float] = field(default_factory=dict)
    """By evidence; "" for any other."""

    def score(self, features: Features) -> float:
        """Log odds before calibration."""
        weight = self.weights.get
        return sum([weight(bucket, 0.0) * value for bucket, value in features.items()])

    def odds(self, score: float, evidence: str) -> float:
        """Calibrated log odds."""
        return self.slope * score + self.offsets.get(evidence, self.offsets.get("", 0.0))


@dataclass(frozen=True, slots=True)
class Model:
    """Both scores, with where they come from."""

    plain: Head
    full: Head
    about: Mapping[str, Any] = field(default_factory=dict)

    def probability(self, candidate: Candidate, *, words: bool = True) -> float:
        """How probable it is that the candidate assigns work; ``words`` allows the slow look where that is in doubt."""
        features = assign_features.plain(candidate)
        odds = self.plain.odds(self.plain.score(features), candidate.evidence)
        if words and abs(odds) < DOUBT:
            features |= assign_features.tokens(candidate)
            odds = self.full.odds(self.full.score(features), candidate.evidence)
        return sigmoid(odds)

    def bare(self, candidate: Candidate) -> float:
        """The same without the rule's evidence: what the classifier says by itself."""
        features = assign_features.plain(candidate)
        score = self.plain.score(features)
        if abs(score) < DOUBT:
            score = self.full.score(features | assign_features.tokens(candidate))
        return sigmoid(score)

    def to_json(self) -> dict[str, Any]:
        """The file's content."""
        return {**self.about, "plain": _head_json(self.plain), "full": _head_json(self.full)}


def sigmoid(odds: float) -> float:
    """Log odds as a probability."""
    return 1 / (1 + math.exp(-max(min(odds, 30.0), -30.0)))


def _head_json(head: Head) -> dict[str, Any]:
    buckets = sorted(head.weights)
    return {
        "slope": round(head.slope, 4),
        "offsets": {name: round(value, 4) for name, value in sorted(head.offsets.items())},
        "buckets": buckets,
        "weights": [round(head.weights[bucket], 3) for bucket in buckets],
    }


def from_json(data: Mapping[str, Any]) -> Model:
    """A model from its file; one of another feature version is refused."""
    if data["features"] != assign_features.VERSION:
        raise ValueError(f"The model is of feature version {data['features']}, not {assign_features.VERSION}.")
    return Model(_head(data["plain"]), _head(data["full"]), {k: v for k, v in data.items() if k not in _HEADS})


_HEADS = ("plain", "full")


def _head(data: Mapping[str, Any]) -> Head:
    buckets: Sequence[int] = data["buckets"]
    return Head(dict(zip(buckets, data["weights"], strict=True)), data["slope"], data["offsets"])


@cache
def model() -> Model:
    """The model that is delivered, read once."""
    file = resources.files("nlp.data").joinpath("model/assign.json")
    return from_json(json.loads(file.read_text(encoding="utf-8")))
