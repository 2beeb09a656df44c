"""The trained second look at a claimed status: how far the rules can be believed in this wording (ADR 0026).

Two multinomial logistic regressions over hashed features, kept as plain arrays (no pickle). The first reads the wording
alone; the second weighs what the first and the rules (``nlp.status``) say. It was fitted on statements of hands that
the writers of the rules have never read, so it knows how the rules err there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final, get_args

import numpy as np
import numpy.typing as npt

from nlp import status_features
from nlp.model import ClaimedStatus
from nlp.status_features import Features, name_hash
from nlp.status_words import plain

__all__ = ["STATUSES", "Layer", "Model", "decided", "load", "save", "weighed", "with_wording"]

Floats = npt.NDArray[np.float32]
STATUSES: Final[tuple[ClaimedStatus, ...]] = get_args(ClaimedStatus)
"""The order of the columns of all weights."""
_SHIPPED: Final = "status.npz"
_SPOKEN_OUT: Final = frozenset({"change_requested", "promise"})
"""Told in words of their own, wherever a statement stands."""
_LEAST: Final = 1e-3
"""Added to a probability before its logarithm is taken."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One multinomial logistic regression: rows are features by their hash, columns ``STATUSES``."""

    rows: Mapping[int, int]
    weights: Floats
    offset: Floats

    def probabilities(self, features: Features) -> Floats:
        """Of each status, shape ``(8,)``; features that were not seen in training are left out."""
        known = [(row, value) for key, value in features.items() if (row := self.rows.get(key)) is not None]
        odds = self.offset + sum((self.weights[row] * value for row, value in known), np.zeros_like(self.offset))
        raised = np.exp(odds - odds.max())
        return np.asarray(raised / raised.sum(), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Model:
    """Both looks, with where they come from."""

    wording: Layer
    verdict: Layer
    about: Mapping[str, Any] = field(default_factory=dict)

    def probabilities(self, text: str, by_rules: ClaimedStatus, *, told: bool = True) -> Floats:
        """Of each of ``STATUSES`` for a statement of which the rules say ``by_rules``."""
        low = plain(text)
        said = self.wording.probabilities(status_features.wording(low, told=told))
        return self.verdict.probabilities(with_wording(status_features.findings(low, by_rules, told=told), said))


def with_wording(findings: Features, said: Floats) -> Features:
    """The features of the second look: what the rules found, and the log probabilities of the first."""
    logs = np.log(said + _LEAST)
    return findings | {name_hash(f"wording {one}"): float(value) for one, value in zip(STATUSES, logs, strict=True)}


def weighed(text: str, by_rules: ClaimedStatus, *, told: bool = True, sure: float = 0.0) -> ClaimedStatus:
    """The status that a statement claims, by its wording and the rules together; "unknown" where it is less than sure.

    >>> weighed("Tổ chức 3 lớp/142 học viên", "unknown", told=False)
    'done'
    """
    if not text.strip():
        return by_rules
    probabilities = model().probabilities(text, by_rules, told=told)
    status = decided(by_rules, probabilities)
    return status if status in _SPOKEN_OUT or float(probabilities.max()) >= sure else "unknown"


def decided(by_rules: ClaimedStatus, probabilities: Floats) -> ClaimedStatus:
    """The likeliest status; a request for a change that the rules hear stands (4 of 5 times against the model)."""
    return by_rules if by_rules == "change_requested" else STATUSES[int(probabilities.argmax())]


def save(model: Model, path: Path) -> None:
    """Write both layers and what is told about them; the same model gives the same bytes of arrays."""
    arrays: dict[str, Any] = {"about": np.array(json.dumps(dict(model.about), ensure_ascii=False))}
    for name, layer in (("wording", model.wording), ("verdict", model.verdict)):
        arrays[f"{name}_keys"] = np.fromiter(layer.rows, dtype=np.uint32)
        arrays[f"{name}_weights"] = layer.weights.astype(np.float16)
        arrays[f"{name}_offset"] = layer.offset.astype(np.float32)
    np.savez_compressed(path, **arrays)


def load(path: Path) -> Model:
    """A model from its file; ValueError where it was fitted on other features."""
    with np.load(path, allow_pickle=False) as file:
        about = json.loads(str(file["about"]))
        if about["features"] != status_features.VERSION:
            raise ValueError(f"{path.name} is of feature version {about['features']}, not {status_features.VERSION}.")
        wording, verdict = (_layer(file, name) for name in ("wording", "verdict"))
    return Model(wording, verdict, about)


def _layer(file: Mapping[str, Any], name: str) -> Layer:
    keys = {int(key): row for row, key in enumerate(file[f"{name}_keys"])}
    return Layer(keys, file[f"{name}_weights"].astype(np.float32), file[f"{name}_offset"])


@cache
def model() -> Model:
    """The model that is delivered, read once."""
    with as_file(files("nlp.data").joinpath(f"model/{_SHIPPED}")) as path:
        return load(path)
