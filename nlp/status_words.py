"""The wording of claims, from ``data/status.toml``: named patterns, and a statement's text as they want it."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from corpus.text import canonical_tones, fold, one_to_one
from nlp.vocabulary import load

_LABEL: Final = re.compile(r"^\s*\(?\d{1,2}(?:[).]|-(?= ))\s+")
"""A number left before the statement ("1- 96/171 trụ sở …")."""
_LONGEST: Final = 4_000
"""A statement longer than this is judged by its beginning."""


@cache
def _data() -> dict[str, Any]:
    return load("status.toml")


@cache
def pattern(name: str, key: str = "patterns") -> re.Pattern[str]:
    """A named entry of the data file; a list of patterns is one alternation."""
    entry = _data()[name][key]
    return re.compile(entry if isinstance(entry, str) else "|".join(entry))


def has(name: str, text: str, key: str = "patterns") -> bool:
    """Whether the entry is found in a text as ``plain`` gives it."""
    return bool(pattern(name, key).search(text))


@cache
def _short_forms() -> tuple[re.Pattern[str], dict[str, str]]:
    forms: dict[str, str] = _data()["abbreviations"]
    longest_first = sorted(map(re.escape, forms), key=len, reverse=True)
    return re.compile(rf"(?<![\w/.-])(?:{'|'.join(longest_first)})(?![\w/-])"), forms


def plain(text: str) -> str:
    """A statement in lower case with single spaces, one placement of tones, and its short forms written out."""
    low = _LABEL.sub("", canonical_tones(one_to_one(fold(text[:_LONGEST]))).lower())
    found, forms = _short_forms()
    return found.sub(lambda match: forms[match[0]], low).strip()
