"""Where two texts agree: the places, on both sides, of the words that a link's reasons speak of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from corpus.text import canonical_tones, one_to_one
from nlp.match_data import match_data
from nlp.match_pool import figures

_WORD: Final = re.compile(r"\w+")
_FEWEST: Final = 3
"""Words of a run that is shown as repeated."""
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Places in a statement and in a task: their longest common run, and the other words that both have."""

    said_run: tuple[Span, ...]
    asked_run: tuple[Span, ...]
    said: tuple[Span, ...]
    asked: tuple[Span, ...]


def agreement(said: str, asked: str) -> Agreement:
    """Where a statement and a task say the same."""
    mine, theirs = _words(said), _words(asked)
    start, other, length = _longest([word for word, _ in mine], [word for word, _ in theirs])
    if length < _FEWEST:
        length = 0
    empty = frozenset(match_data()["wording"]["empty"].split())
    common = {word for word, _ in mine} & {word for word, _ in theirs} - empty
    both = figures(said) & figures(asked)
    common |= {number for number, _ in both}
    run, their_run = mine[start : start + length], theirs[other : other + length]
    return Agreement(_joined(run), _joined(their_run), _rest(mine, common, run), _rest(theirs, common, their_run))


def _rest(
    words: Sequence[tuple[str, Span]], common: Iterable[str], run: Sequence[tuple[str, Span]]
) -> tuple[Span, ...]:
    wanted, taken = set(common), {span for _, span in run}
    return tuple(span for word, span in words if word in wanted and span not in taken)


def _joined(run: Sequence[tuple[str, Span]]) -> tuple[Span, ...]:
    return ((run[0][1][0], run[-1][1][1]),) if run else ()


@lru_cache(maxsize=2_000)
def _words(text: str) -> tuple[tuple[str, Span], ...]:
    plain = canonical_tones(one_to_one(text)).lower()
    return tuple((match[0], match.span()) for match in _WORD.finditer(plain))


def _longest(one: Sequence[str], other: Sequence[str]) -> tuple[int, int, int]:
    """Start in each and length of the longest common run of words."""
    best = (0, 0, 0)
    before: dict[int, int] = {}
    places: dict[str, list[int]] = {}
    for at, word in enumerate(other):
        places.setdefault(word, []).append(at)
    for at, word in enumerate(one):
        now = {}
        for there in places.get(word, ()):
            now[there] = before.get(there - 1, 0) + 1
            if now[there] > best[2]:
                best = (at - now[there] + 1, there - now[there] + 1, now[there])
        before = now
    return best
