"""Regular expressions written for people: a blank stands for white space of any length, case does not count.

The rules of a domain stand in ``nlp/data/*.toml``; this turns their fragments into compiled patterns.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

_PIECE = re.compile(r"\(\?<[!=][^()]*\)|\[(?:\\.|[^\]\\])*\]|\\.| \?| \*| \+| ")
_BLANK = {" ": r"\s+", " ?": r"\s*", " *": r"\s*", " +": r"\s+"}


@cache
def rules(name: str) -> dict[str, Any]:
    """The rule file ``nlp/data/<name>.toml``."""
    return tomllib.loads(resources.files("nlp.data").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def spaced(pattern: str) -> str:
    """Let every blank of a fragment match any white space (blanks inside character classes stay)."""
    return _PIECE.sub(lambda match: _BLANK.get(match[0]) or _behind(match[0]), pattern)


def _behind(piece: str) -> str:
    """A look-behind has a fixed width: its blanks match one white space each."""
    return piece.replace(" ", r"\s") if piece.startswith("(?<") else piece


def any_of(patterns: list[str]) -> str:
    """One group that matches any of the fragments, in the order given."""
    return "(?:" + "|".join(patterns) + ")"


def compiled(pattern: str) -> re.Pattern[str]:
    """A fragment compiled, blanks free, case ignored."""
    return re.compile(spaced(pattern), re.IGNORECASE)


def for_lower_case(pattern: str) -> re.Pattern[str]:
    """A fragment for text that is in lower case already: ``re`` skips to literals where case counts, and only there.

    Raises ValueError for a fragment with capitals, which would never match.
    """
    if (said := re.sub(r"\\.|\(\?P", "", pattern)) != said.lower():
        raise ValueError(f"A pattern for text in lower case holds capitals: {pattern!r}.")
    return re.compile(spaced(pattern))


def words(phrases: list[str]) -> re.Pattern[str]:
    """Whole phrases as written, the longest first."""
    ordered = sorted(phrases, key=len, reverse=True)
    return re.compile(
        r"(?<!\w)" + any_of([r"\s+".join(map(re.escape, p.split())) for p in ordered]) + r"(?!\w)", re.IGNORECASE
    )
