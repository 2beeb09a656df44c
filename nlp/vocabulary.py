"""Kinds and agencies of documents, read once from ``data/kinds.toml`` and ``data/agencies.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from corpus.text import no_marks


def load(name: str) -> dict[str, Any]:
    """One of the rooms' own data files."""
    return tomllib.loads(resources.files("nlp.data").joinpath(name).read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: its word, its codes in symbols, its short forms in working papers."""

    name: str
    codes: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    system: str | None = None
    lone: bool = False


@cache
def kinds() -> tuple[Kind, ...]:
    """All known kinds, in the order of the data file."""
    return tuple(
        Kind(k["name"], tuple(k.get("codes", ())), tuple(k.get("short", ())), k.get("system"), k.get("lone", False))
        for k in load("kinds.toml")["kind"]
    )


_AGENCIES: Final = load("agencies.toml")
STATE: Final = frozenset(_AGENCIES["state"].split())
PARTY: Final = frozenset(_AGENCIES["party"].split())
KNOWN_AGENCIES: Final = STATE | PARTY
AGENCY_REPAIRS: Final[dict[str, str]] = _AGENCIES["repairs"]
AGENCY_WORDS: Final[dict[str, str]] = _AGENCIES["words"]

CODES: Final = frozenset(code for kind in kinds() for code in kind.codes)
"""Every known kind code, misprints included."""
CODE_REPAIRS: Final = {"ND": "NĐ", "QD": "QĐ", "CD": "CĐ"}
CODE_CASE: Final = {"CTR": "CTr", "Ctr": "CTr", "TTR": "TTr", "Ttr": "TTr", "QYĐ": "QyĐ", "QĐI": "QĐi"}
UNNUMBERED_YEAR_KINDS: Final = frozenset({"NĐ", "TT", "TTLT"})
"""Codes of acts that always carry a year since 1997 (state only)."""

_BY_CODE: Final = {code: kind for kind in reversed(kinds()) for code in kind.codes}
_BY_SHORT: Final = {short: kind.name for kind in reversed(kinds()) for short in kind.short}
_BY_FOLDED: Final = {no_marks(kind.name): kind for kind in kinds()}


def kind_of_code(code: str, system: str) -> str | None:
    """The kind that a code stands for; None where the code alone does not tell (the Party's QĐ is both kinds)."""
    if system == "party":
        if code == "QĐ":
            return None
        if code == "TT":
            return "Thông tri"
    kind = _BY_CODE.get(code)
    return kind.name if kind else None


def kind_of_word(word: str) -> str | None:
    """``NGHỊ QUYẾT``, ``Nghị Quyết`` or ``NQ`` to ``Nghị quyết``."""
    flat = " ".join(word.split())
    if flat in _BY_SHORT:
        return _BY_SHORT[flat]
    kind = _BY_FOLDED.get(no_marks(flat))
    return kind.name if kind else None


def code_of_kind(name: str) -> str | None:
    """The usual code of a kind, None for kinds without one (laws, Văn bản)."""
    kind = _BY_FOLDED.get(no_marks(name))
    return kind.codes[0] if kind and kind.codes else None
