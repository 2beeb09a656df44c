"""A text cut into marked and unmarked pieces, for templates that escape what they print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text; ``css`` names its mark, empty for none."""

    text: str
    css: str = ""


def segments(text: str, strong: Iterable[Span], weak: Iterable[Span]) -> list[Segment]:
    """The whole text in order; neighbouring pieces of one mark are one, the white space between them included."""
    marks = [""] * len(text)
    for spans, css in ((weak, "same"), (strong, "run")):
        for start, end in spans:
            marks[start:end] = [css] * (end - start)
    for place in range(1, len(text) - 1):
        if text[place] == " " and not marks[place] and marks[place - 1] and marks[place - 1] == marks[place + 1]:
            marks[place] = marks[place - 1]
    found: list[Segment] = []
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or marks[place] != marks[start]:
            found.append(Segment(text[start:place], marks[start]))
            start = place
    return found
