"""A statement clause by clause, and what each clause says of the work.

Negation is tried first, because "chưa hoàn thành" contains "hoàn thành"; a reason ("do chưa có vốn") says nothing of
the work itself, and what is conceded ("tuy đã có chủ trương, nhưng …") gives way to what follows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from nlp.status_counts import against_target, measured
from nlp.status_words import has, pattern

Signal = Literal[
    "part", "rest", "denied", "unfinished", "going_on", "step", "promise", "standing", "finished", "full", "acted",
    "none",
]  # fmt: skip
"""A part is reached; a named rest is not; nothing is done; not yet done; work goes on; a step of it is done; it will be
done; it is kept up; a result; all of a whole; something was done; nothing of these."""

_RATE: Final = re.compile(r"[\d,.]+ ?%")
_DENIALS: Final[tuple[tuple[str, Signal], ...]] = (
    ("part", "part"),
    ("nothing_left", "finished"),
    ("kept", "standing"),
    ("rest", "rest"),
)
_TALES: Final[tuple[tuple[str, Signal], ...]] = (
    ("promise", "promise"),
    ("waiting", "going_on"),
    ("under_way", "going_on"),
    ("step", "step"),
    ("finished", "finished"),
    ("full", "full"),
    ("standing", "standing"),
    ("acted", "acted"),
)
"""What is told without negation; at the same place the earlier entry counts."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause with what it says of the work."""

    text: str
    signal: Signal
    conceded: bool = False
    mild: bool = False
    """A promise to go on with what is done."""


def clauses(low: str) -> list[Clause]:
    """The clauses of a statement as ``status_words.plain`` gives it."""
    return [_clause(piece, low) for piece in _pieces(low)]


def _pieces(low: str) -> list[str]:
    marked = pattern("clauses", "opens").sub(lambda match: f";{match[0]}", low)
    pieces = (re.sub(r"^(?:và|nhưng|song|tuy nhiên|riêng) ", "", p.strip(" .-")) for p in _split(marked))
    return [piece for piece in pieces if piece]


def _split(low: str) -> list[str]:
    return pattern("clauses", "ends").split(low)


def _clause(piece: str, whole: str) -> Clause:
    conceded = has("clauses", piece, "concession")
    said = pattern("clauses", "reason").sub("", piece).strip()
    return Clause(said, _signal(said, whole), conceded, has("mild_promise", said))


def _signal(said: str, whole: str) -> Signal:
    """``whole``: the statement, which counts elsewhere what a rest is counted of."""
    promised = pattern("promise").match(said)
    rated = bool(_RATE.fullmatch(said)) and has("indicator", whole, "rates")
    if not promised and not rated and (counted := _counted(said)):
        return counted
    if (rest := pattern("rest", "counted").search(said)) and len(re.findall(rf"\b{rest['noun']}\b", whole)) > 1:
        return "rest"
    said = pattern("trouble_negated").sub(" ", said)
    for name, signal in _DENIALS:
        if has(name, said):
            return signal
    if has("not_done", said):
        return "unfinished"
    if has("not_started", said):
        return "denied"
    return _told(said)


def _counted(said: str) -> Signal | None:
    match measured(said):
        case "below":
            return "part"
        case "none":
            return "denied"
        case "reached":
            return "standing" if has("standing", said) else "full"
        case None:
            return None


def _told(said: str) -> Signal:
    """The first thing that is told; a result behind a step counts ("đã trình và được phê duyệt tại …")."""
    found = {name: match for name, _ in _TALES if (match := pattern(name).search(said))}
    signals = dict(_TALES)
    if "step" in found and any(m.start() >= found["step"].end() for m in pattern("finished").finditer(said)):
        del found["step"]
    if "finished" in found and "acted" in found:
        del found["acted"]
    if "step" in found:
        found = {name: match for name, match in found.items() if name not in ("finished", "acted")}
    if "standing" in found and "finished" not in found:
        found.pop("acted", None)
    if "under_way" in found:
        found.pop("promise", None)
    if not found:
        return "none"
    order = [name for name, _ in _TALES]
    return signals[min(found, key=lambda name: (found[name].start(), order.index(name)))]


def goal_met(low: str, asked: str) -> Signal | None:
    """What a figure against the stated or asked target says of the whole statement."""
    answer = against_target(low, asked)
    return {"below": "part", "reached": "finished", "none": "denied"}[answer] if answer else None  # type: ignore[return-value]  # the three signals
