"""Why a link is proposed, in the officer's words: each signal with its share of the score, strongest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nlp.match_data import match_data
from nlp.scorer import Linear
from nlp.signals import Signal


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: the feature's code, the text for the officer, its share of the score (negative: against)."""

    code: str
    text: str
    weight: float


def explain(signals: Iterable[Signal], weights: Linear) -> tuple[Reason, ...]:
    """Reasons for ``signals``; their weights and the bias add up to the score. What weighs nothing is not said."""
    data = match_data()["features"]
    reasons = (
        Reason(
            signal.code,
            data[signal.code]["text"].format(detail=signal.detail),
            round(weights.share(signal.code, signal.value), 3),
        )
        for signal in signals
        if weights.share(signal.code, signal.value)
    )
    return tuple(sorted(reasons, key=lambda reason: (-abs(reason.weight), reason.code)))
