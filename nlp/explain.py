"""Why a link is proposed, in the officer's words: each signal with its share of the score, strongest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nlp.features import Signal
from nlp.match_data import match_data


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: the feature's code, the text for the officer, its share of the score (negative: against)."""

    code: str
    text: str
    weight: float


def explain(signals: Iterable[Signal]) -> tuple[Reason, ...]:
    """Reasons for ``signals``; the weights and the bias add up to the score."""
    data = match_data()["features"]
    reasons = (
        Reason(
            signal.code,
            data[signal.code]["text"].format(detail=signal.detail),
            round(data[signal.code]["weight"] * signal.value, 3),
        )
        for signal in signals
    )
    return tuple(sorted(reasons, key=lambda reason: (-abs(reason.weight), reason.code)))
