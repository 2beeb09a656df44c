"""Columns by which citations and documents find each other; ``nlp.resolve`` then judges the few that met."""

from __future__ import annotations

import re
from typing import Final

from corpus.text import canonical_tones, no_marks
from nlp.model import Citation, Header
from nlp.symbols import parse_symbol

_SIGNS: Final = re.compile(r"[^\w ]+")


def meeting_key(symbol: str | None) -> str | None:
    """Number and bare letters: spellings that lost a zero, a mark or the year still meet ("45|ndcp")."""
    parsed = parse_symbol(symbol) if symbol else None
    if parsed is None:
        return None
    letters = no_marks("".join((parsed.code, *parsed.agencies))).replace("&", "")
    return f"{parsed.number.lstrip('0')}|{letters}"


def name_key(name: str | None, kind: str | None) -> str | None:
    """A law's name without marks, signs and its kind word: laws are cited by name."""
    if not name:
        return None
    words = _words(name)
    return (words.removeprefix(_words(kind) + " ") if kind else words) or None


def of_citation(citation: Citation) -> dict[str, str | None]:
    """The key columns of a citation; one with a symbol is not sought by name."""
    if citation.symbol:
        return {"meeting_key": meeting_key(citation.symbol), "name_key": None}
    return {"meeting_key": None, "name_key": name_key(citation.name, citation.kind)}


def of_header(header: Header) -> dict[str, str | None]:
    """The key columns of a document."""
    return {"meeting_key": meeting_key(header.symbol), "name_key": name_key(header.title, header.kind)}


def _words(text: str) -> str:
    return " ".join(_SIGNS.sub(" ", no_marks(canonical_tones(text))).split())
