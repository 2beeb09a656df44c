"""What a statement shows about the status that it claims: its wording, its figures, and what the rules found in it.

Features have names ("w đã trình", "rules done"); a model looks them up by the hash of the name. Two sets: ``wording``
knows nothing of the rules of claims; ``findings`` are what those rules say, for the second look (nlp.status_model).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final
from zlib import crc32

from nlp.model import ClaimedStatus
from nlp.status_clauses import clauses
from nlp.status_counts import against_target, measured, shares

__all__ = ["VERSION", "Features", "findings", "wording"]

VERSION: Final = 1
"""Changes with every change of what is computed here; a model of another version is refused."""

Features = dict[int, float]
"""Hash of a feature's name → its value."""

_PIECE: Final = re.compile(r"[^\W\d_]+|\d[\d.,/-]*%?|[%;:,.()]")
_PERCENT: Final = re.compile(r"(\d{1,3}(?:[.,]\d+)?) ?%")
_FIGURE: Final = re.compile(r"\d[\d.,]*")
_HEAD, _END, _LONGEST, _FIGURES = 4, 3, 6, 3
_SIX: Final = 6
"""Syllables of one step of length."""
_LOOKED_AT: Final = 160
"""Pieces of a statement that are looked at."""


def wording(low: str, *, told: bool) -> Features:
    """Features of a statement as ``status_words.plain`` gives it; ``told`` as in ``nlp.status.claimed_status``."""
    pieces = [_shape(piece) for piece in _PIECE.findall(low)[:_LOOKED_AT]]
    length = f"length {min(_LONGEST, len(pieces) // _SIX)}"
    names = (*_grams(["<", *pieces, ">"]), *_place(pieces), length)
    return _features(names, told=told) | {name_hash(name): value for name, value in _figures(low)}


def findings(low: str, by_rules: ClaimedStatus, *, told: bool) -> Features:
    """What the rules say of the same statement: its status, what each clause tells, what its figures measure."""
    signals = [clause.signal for clause in clauses(low)] or ["none"]
    spoken = [signal for signal in signals if signal != "none"]
    names = (
        f"rules {by_rules}",
        f"first {signals[0]}",
        f"last {signals[-1]}",
        f"measured {measured(low)}",
        *(f"says {signal}" for signal in signals),
        f"in turn {' '.join(spoken[:4])}",
    )
    return _features(names, told=told)


def _features(names: Iterable[str], *, told: bool) -> Features:
    """In the order of the text, not of a set: sums of floats, and so models, come out the same in every process."""
    return {name_hash(name): 1.0 for name in (*names, *(() if told else ("cell",)))}


@lru_cache(maxsize=1 << 16)
def name_hash(name: str) -> int:
    """The key of a feature: CRC-32 of its name."""
    return crc32(name.encode())


def _shape(piece: str) -> str:
    """A figure by its shape only: "#", "#%", "#/" (a share, a date, a symbol)."""
    if not piece[0].isdigit():
        return piece
    return "#%" if piece.endswith("%") else "#/" if "/" in piece else "#"


def _grams(pieces: list[str]) -> Iterator[str]:
    """One, two and three pieces that follow each other."""
    yield from (f"w {piece}" for piece in pieces)
    yield from (f"w {one} {two}" for one, two in pairwise(pieces))
    yield from (f"w {one} {two} {three}" for one, two, three in zip(pieces, pieces[1:], pieces[2:], strict=False))


def _place(pieces: list[str]) -> Iterator[str]:
    yield from (f"head {place} {piece}" for place, piece in enumerate(pieces[:_HEAD]))
    yield from (f"end {place} {piece}" for place, piece in enumerate(pieces[::-1][:_END]))


def _figures(low: str) -> Iterator[tuple[str, float]]:
    """Shares of a whole, percentages and figures beside a target, by what they come to."""
    yield "figures", min(_FIGURES, len(_FIGURE.findall(low))) / _FIGURES
    pairs = shares(low)
    rates = [float(match[1].replace(",", ".")) / 100 for match in _PERCENT.finditer(low)]
    told = {
        "share below": any(part < whole for part, whole in pairs),
        "share whole": any(part == whole for part, whole in pairs),
        "share none": any(part == 0 for part, _ in pairs),
        "rate below": any(rate < 1 for rate in rates),
        "rate whole": any(rate == 1 for rate in rates),
        "rate above": any(rate > 1 for rate in rates),
        f"target {against_target(low)}": True,
    }
    yield from ((name, 1.0) for name, holds in told.items() if holds)
