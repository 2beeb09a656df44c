"""Fast scanning: patterns that begin with a character class, and positions of literals.

Python's ``re`` skips quickly to the first character only when a pattern begins with one; a look-behind in front of it makes
the engine try every position. So the class comes first and the look-behind after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def words(alternatives: Iterable[str]) -> str:
    """A pattern for any of the words at a word's beginning; each must begin with a plain letter."""
    groups: dict[str, list[str]] = {}
    for word in alternatives:
        groups.setdefault(word[0], []).append(word[1:])
    rests = "|".join(f"(?<={first})(?:{'|'.join(tails)})" for first, tails in groups.items())
    return f"[{''.join(groups)}](?<!\\w.)(?:{rests})"


def places(text: str, literal: str) -> Iterator[int]:
    """Where a literal occurs."""
    place = text.find(literal)
    while place >= 0:
        yield place
        place = text.find(literal, place + 1)
