"""Which found fact stands for which wanted one: by place, by words, one to one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from nlp.patterns import spaced

Json = dict[str, Any]
Likeness = Callable[[Json, Json], float]
_WORD = re.compile(r"\w+")


def word_overlap(one: str, other: str) -> float:
    """F1 of the words of two texts, as bags."""
    here, there = Counter(_WORD.findall(one.casefold())), Counter(_WORD.findall(other.casefold()))
    total = here.total() + there.total()
    return 2 * (here & there).total() / total if total else 0.0


def pair(gold: Sequence[Json], found: Sequence[Json], likeness: Likeness, least: float) -> list[tuple[int, int]]:
    """One-to-one pairs, the likest first; of equals the one whose lead agrees, then the nearest in the text."""
    scored = [
        (score, _same_lead(one, other), -abs(i - j), i, j)
        for i, one in enumerate(gold)
        for j, other in enumerate(found)
        if (score := likeness(one, other)) >= least
    ]
    pairs: list[tuple[int, int]] = []
    left, right = set(range(len(gold))), set(range(len(found)))
    for _, _, _, i, j in sorted(scored, reverse=True):
        if i in left and j in right:
            pairs.append((i, j))
            left.discard(i)
            right.discard(j)
    return sorted(pairs)


def align(gold: Sequence[Json], found: Sequence[Json], likeness: Likeness, least: float) -> list[tuple[int, int]]:
    """One-to-one pairs in the order of the text, of the greatest likeness: for facts quoted without their place."""
    rows, columns = len(gold), len(found)
    score = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    value = [[likeness(one, other) for other in found] for one in gold]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            here = value[i][j] + score[i + 1][j + 1] if value[i][j] >= least else 0.0
            score[i][j] = max(here, score[i + 1][j], score[i][j + 1])
    return _walk(score, value, least)


def _walk(score: Sequence[Sequence[float]], value: Sequence[Sequence[float]], least: float) -> list[tuple[int, int]]:
    pairs, i, j = list[tuple[int, int]](), 0, 0
    while i < len(value) and j < len(value[0]):
        if value[i][j] >= least and score[i][j] == value[i][j] + score[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif score[i][j] == score[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _same_lead(one: Json, other: Json) -> bool:
    return [name.casefold() for name in one.get("lead") or []] == [name.casefold() for name in other.get("lead") or []]


def inside(span: Sequence[str], text: str, facts: Sequence[Json]) -> list[Json]:
    """The facts of the annotated part: from the first quote of ``span`` to the end of the last."""
    first = _quoted(span[0]).search(text)
    last = _quoted(span[-1]).search(text, first.start() if first else 0)
    if not first or not last:
        return list(facts)
    return [fact for fact in facts if first.start() <= fact["start"] < last.end()]


def _quoted(quote: str) -> re.Pattern[str]:
    return re.compile(spaced(" ?".join(re.escape(word) for word in quote.split())))
