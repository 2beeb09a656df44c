"""The part of a passage that is shown: around what was found, from one border of a sentence or cell to another."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

LENGTH: Final = 320
"""Characters of an excerpt at most."""
_BORDER: Final = re.compile(r"[.;:!?…] +|[\t\n]+")
_FLAT: Final = str.maketrans(dict.fromkeys("\t\n\r\x0b\x0c\u2028\u2029", " "))

Span = tuple[int, int]


def flat(text: str) -> str:
    """The text with cells and lines run together; every character keeps its place."""
    return text.translate(_FLAT)


def excerpt(text: str, span: Span, marks: Sequence[Span] = (), *, length: int = LENGTH) -> Span:
    """Start and end of what to show of ``span``; ``marks`` are places in the text, in order.

    The stretch with most marked characters is taken; it begins and ends at a border where one is near.
    """
    start, end = _trimmed(text, span)
    if end - start <= length:
        return start, end
    inside = [mark for mark in marks if start <= mark[0] < mark[1] <= end]
    first, last = _densest(inside, length * 3 // 5) or (start, start)
    begin = _begin(text, start, first, room=length - (last - first))
    stop = _stop(text, max(last, begin), min(end, begin + length))
    return _trimmed(text, (begin, stop))


def _densest(marks: Sequence[Span], length: int) -> Span | None:
    """The first and last place of the stretch, no longer than asked, that holds most marked characters."""
    best: tuple[int, Span] | None = None
    left, weight = 0, 0
    for right, (mark_start, mark_end) in enumerate(marks):
        weight += mark_end - mark_start
        while left < right and mark_end - marks[left][0] > length:
            weight -= marks[left][1] - marks[left][0]
            left += 1
        if best is None or weight > best[0]:
            best = weight, (marks[left][0], min(mark_end, marks[left][0] + length))
    return best[1] if best else None


def _begin(text: str, low: int, place: int, *, room: int) -> int:
    """The sentence or cell of the place, with one before it if there is room; else the next word."""
    if place - low <= room // 2:
        return low
    borders = [match.end() for match in _BORDER.finditer(text, max(low, place - room), place)]
    near = [border for border in borders if place - border <= room // 2]
    if borders:
        return near[0] if near else borders[-1]
    if place - low <= room:
        return low
    space = text.find(" ", place - room // 2, place)
    return space + 1 if space >= 0 else place


def _stop(text: str, place: int, high: int) -> int:
    """The last border up to ``high``, else the last space."""
    if high >= len(text) or text[high].isspace():
        return high
    borders = [match.start() + 1 for match in _BORDER.finditer(text, place, high + 1)]
    if borders:
        return min(borders[-1], high)
    space = text.rfind(" ", place, high)
    return space if space > place else high


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def locator_at(places: Sequence[tuple[int, tuple[str, ...]]], offset: int) -> tuple[str, ...]:
    """The locator that holds at an offset, from the places where it changes."""
    found = bisect_right([start for start, _ in places], offset) - 1
    return places[found][1] if found >= 0 else ()
