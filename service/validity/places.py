"""Places inside a document compared: whether one lies in another, and how they are written and read."""

from __future__ import annotations

from nlp.locators import find_places
from nlp.model import Locator
from service.errors import InvalidInput


def parse_locator(text: str) -> Locator:
    """``điểm a khoản 2 Điều 5`` or ``Điều 5, khoản 2`` as a path; empty for an empty text."""
    if not text.strip():
        return ()
    found = [path for chain in find_places(text, headings=False).chains for path in chain.paths()]
    if len(found) != 1:
        raise InvalidInput(f"“{text}” không phải là một vị trí (ví dụ: điểm a khoản 2 Điều 5)", locator=text)
    return found[0]


def show_locator(locator: Locator) -> str:
    """As officers write it, from the smallest level: ``điểm a khoản 2 Điều 5``."""
    return " ".join(reversed(locator))


def key(locator: Locator) -> tuple[str, ...]:
    """For comparison: chapters and sections say nothing more where an article is named."""
    steps = tuple(step.casefold() for step in locator)
    article = next((i for i, step in enumerate(steps) if step.startswith("điều ")), 0)
    return steps[article:]


def inside(inner: Locator, outer: Locator) -> bool:
    """Whether ``inner`` is ``outer`` or lies in it; everything lies in the whole document."""
    a, b = key(inner), key(outer)
    return a[: len(b)] == b
