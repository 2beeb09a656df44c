"""Fourteen ways in which people type the symbol of a document, made from its header by rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from corpus.text import no_marks
from nlp.model import Header
from nlp.symbols import Symbol, parse_symbol
from nlp.vocabulary import AGENCY_WORDS, kinds

_SHORT_WORDS = {no_marks(kind.name): no_marks(kind.codes[0]) for kind in kinds() if kind.codes}


@dataclass(frozen=True, slots=True)
class Known:
    """What the spellings are made of."""

    printed: str
    symbol: Symbol
    kind: str
    issuer: str
    day: tuple[int, int, int] | None

    @property
    def year(self) -> str:
        return str(self.symbol.year or (self.day[0] if self.day else ""))

    @property
    def number(self) -> str:
        return self.symbol.number


def known(header: Header) -> Known | None:
    """The parts of a header that has a symbol."""
    symbol = parse_symbol(header.symbol) if header.symbol else None
    if not symbol or not header.symbol:
        return None
    day = (header.date.year, header.date.month, header.date.day) if header.date else None
    return Known(header.symbol, symbol, header.kind or symbol.kind or "", header.issuer or "", day)


def spellings(of: Known) -> Iterator[tuple[str, str]]:
    """Name and text of each spelling; one that a symbol does not allow (no kind, no year) is left out."""
    for name, make in _WAYS.items():
        made = " ".join(make(of).split())
        if made:
            yield name, made


def _short(of: Known) -> str:
    word = _SHORT_WORDS.get(no_marks(of.kind)) or no_marks(of.symbol.code)
    return f"{word} {of.number}/{of.year}" if word and of.year else ""


def _agency_words(of: Known) -> str:
    """The issuer as it is spoken: ``thu tuong``, ``bo tai chinh``, ``uy ban nhan dan tinh lai chau``."""
    spoken = [words for words, group in AGENCY_WORDS.items() if group in of.symbol.agencies[:1]]
    named = no_marks(of.issuer)
    return min((words for words in spoken if words in named), key=len, default=named) if "tinh" not in named else named


def _kind_and_issuer(of: Known) -> str:
    issuer = _agency_words(of)
    return f"{no_marks(of.kind)} {of.number} {issuer} {of.year}" if of.kind and issuer else ""


def _words(of: Known) -> str:
    return f"{no_marks(of.kind)} {of.number} nam {of.year}" if of.kind and of.year else ""


def _dated(of: Known) -> str:
    if not of.day:
        return f"{of.kind} số {of.printed}"
    year, month, day = of.day
    return f"{of.kind} số {of.printed} ngày {day:02}/{month}/{year}"


def _swapped(of: Known) -> str:
    """Hyphen and slash taken for each other: ``383/QĐ-TW``, ``45/2020/NĐ/CP``."""
    return (
        of.printed.translate(str.maketrans("-/", "/-")) if of.symbol.system == "party" else of.printed.replace("-", "/")
    )


def _zero(of: Known) -> str:
    bare = of.printed.lstrip("0")
    return bare if bare != of.printed else f"0{of.printed}"


_WAYS: dict[str, Callable[[Known], str]] = {
    "as printed": lambda of: of.printed,
    "without marks": lambda of: no_marks(of.printed),
    "lower case": lambda of: of.printed.lower(),
    "upper case": lambda of: of.printed.upper(),
    "short kind word": _short,
    "spaces for separators": lambda of: re.sub(r"[/-]", " ", no_marks(of.printed)),
    "D for Đ": lambda of: of.printed.replace("Đ", "D"),
    "hyphens lost": lambda of: of.printed.replace("-", ""),
    "kind and issuer in words": _kind_and_issuer,
    "kind, number and year in words": _words,
    "kind, số, symbol, date": _dated,
    "slash and hyphen mixed": _swapped,
    "leading zero": _zero,
    "other dashes, spaces": lambda of: of.printed.replace("-", " – ").replace("/", " / "),
}  # fmt: skip
