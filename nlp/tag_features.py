"""What underthesea's tagger looks at in each word, made as the library makes it, with its template read once.

The library reads every line of its template again for every word, which takes six times as long as the tagging itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_SYNTAX = re.compile(r"T\[(?P<first>-?\d+)(?:,(?P<last>-?\d+))?\](?:\[(?P<column>\d+)\])?(?:\.(?P<function>\w+))?")
Apply = Callable[[str, str], object]
"""The library's functions of a word, by name: "lower", "istitle"."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of a template, ``T[-1,0][1].lower``: which words around the one looked at, of which column, and what."""

    name: str
    first: int
    last: int
    column: int
    function: str | None


def read_template(lines: Sequence[str]) -> tuple[Piece, ...]:
    """The lines of a template, as CRF++ writes them.

    >>> read_template(["T[-1].lower"])
    (Piece(name='T[-1].lower', first=-1, last=-1, column=0, function='lower'),)
    """
    return tuple(_piece(line) for line in lines)


def _piece(line: str) -> Piece:
    match = _SYNTAX.fullmatch(line)
    if not match:
        raise ValueError(f"{line!r} is no line of a template.")
    first = int(match["first"])
    return Piece(line, first, int(match["last"] or first), int(match["column"] or 0), match["function"])


def features(template: Sequence[Piece], words: Sequence[str], apply: Apply) -> list[list[str]]:
    """For each word its features, "T[0].lower=sở"; BOS and EOS stand for what is outside the sentence."""
    columns = (words, ["X"] * len(words))
    return [
        [f"{piece.name}={_shown(piece, place, columns, apply)}" for piece in template] for place in range(len(words))
    ]


def _shown(piece: Piece, place: int, columns: Sequence[Sequence[str]], apply: Apply) -> object:
    column = columns[piece.column]
    start, end = place + piece.first, place + piece.last
    if start < 0:
        return "BOS"
    if end >= len(column):
        return "EOS"
    word = column[start] if start == end else " ".join(column[start : end + 1])
    return apply(piece.function, word) if piece.function else word
