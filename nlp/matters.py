"""Fields (lĩnh vực) that a text belongs to, by the words of ``data/matters.toml``."""

from __future__ import annotations

import re
from functools import cache

from corpus.text import canonical_tones, fold
from nlp.questions import question_data


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    matters = question_data()["matters"].items()
    return {
        name: re.compile("|".join(rf"\b{re.escape(canonical_tones(word))}\b" for word in words))
        for name, words in matters
    }


def matters() -> tuple[str, ...]:
    """All known fields."""
    return tuple(_patterns())


def matters_of(text: str) -> tuple[str, ...]:
    """The fields that the text speaks of, none where it names none."""
    low = canonical_tones(fold(text).casefold())
    return tuple(name for name, pattern in _patterns().items() if pattern.search(low))
