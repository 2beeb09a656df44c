"""The weights of the link scorer: named numbers in a JSON file, applied without any library (ADR 0013).

Two linear scores over the same named features: the first looks at a statement and a task alone, the second also at what
the first said of the statement's other tasks and the report's other statements. The second is turned into a
probability by a monotone curve fitted on sets kept out of training (Platt 1999; Zadrozny and Elkan 2002).
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np

from nlp.signals import Column, Values

_SHIPPED: Final = "links.json"
_EDGE: Final = 1e-4
"""No probability is nearer to 0 or 1: nothing measured allows to say more."""


@dataclass(frozen=True, slots=True)
class Linear:
    """A bias and a weight for each named feature; a feature without a weight says nothing."""

    bias: float
    weights: Mapping[str, float]

    def scores(self, columns: Iterable[Column], count: int) -> Values:
        """The sums, in logits, of ``count`` tasks beside one statement."""
        total = np.zeros(count)
        for one in columns:
            if weight := self.weights.get(one.code):
                total += weight * one.values
        return total + self.bias

    def share(self, name: str, value: float) -> float:
        """What one feature adds."""
        return self.weights.get(name, 0.0) * value


@dataclass(frozen=True, slots=True)
class Scorer:
    """A scorer by its version."""

    version: str
    alone: Linear
    together: Linear
    curve: tuple[tuple[float, float], ...]
    """Points (score, probability), both rising; between them a straight line."""
    calibrated: bool
    threshold: float = 0.5
    """Probability from which a link is proposed."""
    high: float = 0.9
    """Probability from which it is called khớp cao; precision there is what docs/accuracy.md gives."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """How it was made: sets, figures, what it learned from."""

    def probability(self, score: float) -> float:
        """The curve at a score of ``together``; strictly between 0 and 1."""
        return min(max(_on(self.curve, score), _EDGE), 1 - _EDGE)

    def to_json(self) -> dict[str, Any]:
        """The file's content."""
        return {
            "version": self.version,
            "calibrated": self.calibrated,
            "threshold": self.threshold,
            "high": self.high,
            "alone": {"bias": self.alone.bias, "weights": dict(self.alone.weights)},
            "together": {"bias": self.together.bias, "weights": dict(self.together.weights)},
            "curve": [list(point) for point in self.curve],
            "facts": dict(self.facts),
        }


def from_json(content: Mapping[str, Any]) -> Scorer:
    """A scorer from its file; raises KeyError, TypeError or ValueError where that is damaged."""
    curve = tuple((float(x), float(y)) for x, y in content["curve"])
    if not curve or list(curve) != sorted(curve) or any(not 0 <= y <= 1 for _, y in curve):
        raise ValueError("the curve of a scorer must rise within 0..1")
    return Scorer(
        version=str(content["version"]),
        alone=_linear(content["alone"]),
        together=_linear(content["together"]),
        curve=curve,
        calibrated=bool(content["calibrated"]),
        threshold=float(content["threshold"]),
        high=float(content["high"]),
        facts=dict(content.get("facts", {})),
    )


def logistic_curve(slope: float = 1.0, shift: float = 0.0) -> tuple[tuple[float, float], ...]:
    """The points of a logistic, for scorers whose curve is one."""
    return tuple((x / 4, sigmoid(slope * x / 4 + shift)) for x in range(-60, 61))


def sigmoid(score: float) -> float:
    """The logistic function, safe for any score."""
    return 1 / (1 + math.exp(-min(max(score, -60.0), 60.0)))


def sigmoids(scores: Values) -> Values:
    """The same of many."""
    found: Values = 1 / (1 + np.exp(-np.clip(scores, -60.0, 60.0)))
    return found


@cache
def shipped() -> Scorer:
    """The scorer in the package."""
    return from_json(json.loads((files("nlp.data.model") / _SHIPPED).read_text(encoding="utf-8")))


def _linear(content: Mapping[str, Any]) -> Linear:
    weights = {str(name): float(weight) for name, weight in content["weights"].items()}
    if not all(map(math.isfinite, (float(content["bias"]), *weights.values()))):
        raise ValueError("the weights of a scorer must be finite")
    return Linear(float(content["bias"]), weights)


def _on(curve: tuple[tuple[float, float], ...], score: float) -> float:
    place = bisect_right(curve, (score, math.inf))
    if place == 0:
        return curve[0][1]
    if place == len(curve):
        return curve[-1][1]
    (left, low), (right, high) = curve[place - 1], curve[place]
    return low + (high - low) * (score - left) / (right - left) if right > left else high


def mean(values: Iterable[float]) -> float:
    """The mean, 0 of nothing."""
    kept = list(values)
    return sum(kept) / len(kept) if kept else 0.0
