"""The keys of a symbol in the index: every spelling that people print or type meets the document by one of them.

Two families. Parts, ``code.number.year.agency`` with unknown parts empty (``nlp.symbols.loose_keys``), meet what names
parts: ``nd 45/2020``. The compact key, ``=number.year.letters``, has all letters run together without marks, and meets
whatever happened to case, marks, dashes, spaces and slashes: ``45/2020/NĐ–CP``, ``45 2020 ndcp``, ``383QĐ/TW``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Final

from corpus.text import no_marks, one_to_one
from nlp.symbols import loose_keys, symbol_key
from nlp.vocabulary import code_of_kind

_NOISE: Final = r"(?:so|nam|ngay|thang|cua|ve|viec|theo|tai|do)\b"
_BETWEEN: Final = r"(?:[ ]?[/.-][ ]?|[ ])"
_COMPACT: Final = re.compile(
    rf"(?<![\w/.-])0*(?P<number>\d{{1,3}}\.\d{{3}}|\d{{1,5}}(?:[a-z](?![a-z]))?){_BETWEEN}?"
    rf"(?:(?<=[/. -])(?P<year>(?:19|20)\d\d)(?!\d){_BETWEEN}?)?"
    rf"(?P<letters>(?!{_NOISE})[a-z][a-z0-9&]{{0,40}}(?:{_BETWEEN}(?!{_NOISE})[a-z][a-z0-9&]{{0,15}}){{0,8}})"
    r"(?![a-z0-9])"
)
_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_SIGNS: Final = re.compile(r"\w[/-]|[/-]\w|(?<=\d) [/-] ")
"""Signs that join; a dash between spaces is a pause, except behind a number."""
_LETTER: Final = re.compile(r"[a-z0-9]")
_TERM: Final = re.compile(r"\d+\Z")


@dataclass(frozen=True, slots=True)
class Compact:
    """A compact key and the part of a query that it was read from."""

    key: str
    start: int
    end: int
    joined: bool
    """Whether signs, not only spaces, hold the parts together."""


@lru_cache(maxsize=50_000)
def index_keys(symbol: str, kind: str | None = None, date: dt.date | None = None) -> tuple[str, ...]:
    """All keys under which a symbol is kept: the exact one, the compact ones, the parts, all and fewer of them.

    What the symbol leaves out and its document or citation says besides counts too: the year of the date, the kind.
    """
    keys = dict.fromkeys([symbol_key(symbol)])
    years = dict.fromkeys(["", *([str(date.year)] if date else [])])
    for found in list(compact_keys(symbol))[:1]:
        number, year, letters = found.key.split(".")
        keys.update(dict.fromkeys(f"{number}.{y}.{letters}" for y in ([year, ""] if year else years)))
    if parts := parts_of(symbol):
        code, number, year, agency = parts
        codes = dict.fromkeys([code, no_marks(code_of_kind(kind) or "") if kind else "", ""])
        agencies = dict.fromkeys([agency, _TERM.sub("", agency), ""])
        known = [year, ""] if year else list(years)
        keys.update(dict.fromkeys(f"{c}.{number}.{y}.{a}" for c, y, a in product(codes, known, agencies)))
    return tuple(keys)


def parts_of(text: str) -> tuple[str, str, str, str] | None:
    """Code, number, year and agency that a symbol or a query names, without marks; None without a number."""
    keys = loose_keys(text)
    if not keys:
        return None
    code, rest = keys[0].split(".", 1)
    number, year, agency = rest.rsplit(".", 2)
    return code, number.replace(".", ""), year, agency


def compact_keys(text: str) -> Iterator[Compact]:
    """Compact keys of the first number with letters behind it: what signs join, then all that follows."""
    flat = no_marks(one_to_one(text).translate(_DASHES))
    match = _COMPACT.search(flat)
    if match is None:
        return
    number = match["number"].replace(".", "").lstrip("0") or "0"
    spans = dict.fromkeys([_joined(match["letters"]), len(match["letters"])])
    for length in spans:
        letters = "".join(_LETTER.findall(match["letters"][:length]))
        end = match.start("letters") + length
        signs = _SIGNS.search(flat, match.start(), end) is not None
        yield Compact(f"={number}.{match['year'] or ''}.{letters}", match.start(), end, signs)


def _joined(letters: str) -> int:
    """How many of the letters are held together by more than a space."""
    space = re.search(r"(?<![/.-]) (?![/.-])", letters)
    return space.start() if space else len(letters)
