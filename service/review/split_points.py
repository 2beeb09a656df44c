"""Where a task of several pieces of work is likely to be split: at semicolons and line ends, never inside brackets."""

from __future__ import annotations

import re
from typing import Final

_END: Final = re.compile(r"\s*(?:;|\n|\.\s+(?=[A-ZĐÂÊÔƠƯÁÀẢÃẠ]))\s*")
_SHORTEST: Final = 12
"""Characters of a piece that can stand alone; a shorter one stays with the piece before."""


def suggest(text: str) -> list[str]:
    """The pieces, in order; the whole text alone where nothing splits it."""
    parts: list[str] = []
    start = 0
    for end in _END.finditer(text):
        if text.count("(", start, end.start()) > text.count(")", start, end.start()):
            continue
        parts.append(text[start : end.start()])
        start = end.end()
    parts.append(text[start:])
    joined: list[str] = []
    for part in (part.strip() for part in parts):
        if joined and len(part) < _SHORTEST:
            joined[-1] = f"{joined[-1]}; {part}" if part else joined[-1]
        elif part:
            joined.append(part)
    return joined
