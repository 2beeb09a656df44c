"""Which known document a citation means: a pure function over candidates, with every doubt kept.

Keys in the order of their strength: exact (system, code with marks, number, year, agency, and the issuer for bodies
that
exist in every province), then date, then the Party's term, then letters only, then the name. Nothing is dropped,
nothing
invented: several candidates stay `ambiguous`, a contradiction becomes a flag, never a rejection.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from corpus.text import canonical_tones, no_marks
from nlp.model import Citation
from nlp.symbols import Symbol, parse_symbol

Status = Literal["resolved", "ambiguous", "unresolved"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that a citation may mean."""

    id: str
    symbol: str | None = None
    kind: str | None = None
    issuer: str | None = None
    date: dt.date | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """The outcome: indexes into the candidates, best first, and what is doubtful about it."""

    status: Status
    documents: tuple[int, ...] = ()
    flags: tuple[str, ...] = ()


_LOCAL: Final = frozenset({"UBND", "HĐND", "UB", "TU", "HU", "QU", "ThU", "ĐU", "BTVTU", "VPTU", "CTUBND", "VP"})
"""Agencies that exist in every province, district or commune: without the issuer the symbol names many documents."""
_TERMS: Final = {"X": (2006, 2011), "XI": (2011, 2016), "XII": (2016, 2021), "XIII": (2021, 2026), "XIV": (2026, 2031)}
_TERM_WORD: Final = re.compile(r"kh[oó][aá]\s+([IVX]+)", re.IGNORECASE)


def resolve(
    citation: Citation,
    candidates: Sequence[Candidate],
    *,
    default_issuer: str | None = None,
    as_of: dt.date | None = None,
) -> Resolution:
    """The candidates that ``citation`` means.

    ``default_issuer`` is the citing document's own issuer: "123/QĐ-UBND" without a body belongs to its province,
    which is
    an inference and flagged ``issuer_inferred``. ``as_of`` is the citing document's date: nothing later can be meant.
    """
    known = [(i, c) for i, c in enumerate(candidates) if not (as_of and c.date and c.date > as_of)]
    if citation.symbol is None:
        return _by_name(citation, known)
    symbol = parse_symbol(citation.symbol)
    if symbol is None:
        return Resolution("unresolved")
    flags: list[str] = [flag for flag in citation.flags if flag == "damaged"]
    pool = _same(symbol, citation, known)
    if not pool:
        pool = _by_letters(symbol, known)
        flags += ["by_letters"] if pool else []
    pool = _narrow(pool, citation, symbol, default_issuer, flags)
    return _outcome(pool, citation, flags)


def _outcome(pool: list[tuple[int, Candidate]], citation: Citation, flags: list[str]) -> Resolution:
    if not pool:
        return Resolution("unresolved", (), tuple(flags))
    if len(pool) > 1:
        return Resolution("ambiguous", tuple(i for i, _ in pool), tuple(flags))
    index, found = pool[0]
    return Resolution("resolved", (index,), (*flags, *_conflicts(citation, found)))


def _parts(symbol: Symbol) -> tuple[str, str, tuple[str, ...]]:
    return symbol.code, symbol.number, tuple(agency.replace("&", "") for agency in symbol.agencies)


def _same(symbol: Symbol, citation: Citation, known: Iterable[tuple[int, Candidate]]) -> list[tuple[int, Candidate]]:
    """Candidates with the exact key; a lost or added year is bridged by the dates, leading zeros come second."""
    exact, padded = [], []
    for i, candidate in known:
        other = parse_symbol(candidate.symbol) if candidate.symbol else None
        if other is None or not _years_agree(symbol, other, citation, candidate):
            continue
        if _parts(other) == _parts(symbol):
            exact.append((i, candidate))
        elif _unpadded(other) == _unpadded(symbol):
            padded.append((i, candidate))
    return exact or padded


def _unpadded(symbol: Symbol) -> tuple[str, str, tuple[str, ...]]:
    code, number, agencies = _parts(symbol)
    return code, number.lstrip("0"), agencies


def _years_agree(symbol: Symbol, other: Symbol, citation: Citation, candidate: Candidate) -> bool:
    if symbol.year and other.year:
        return symbol.year == other.year
    if symbol.year:
        return candidate.date is not None and candidate.date.year == symbol.year
    if other.year:
        return citation.date is None or citation.date.year == other.year
    return True


def _by_letters(symbol: Symbol, known: Iterable[tuple[int, Candidate]]) -> list[tuple[int, Candidate]]:
    """By number, year and bare letters: for symbols that lost their marks; several sorts of code never merge."""
    wanted = _letters(symbol)
    pool, codes = [], set()
    for i, candidate in known:
        other = parse_symbol(candidate.symbol) if candidate.symbol else None
        if other and _letters(other) == wanted:
            pool.append((i, candidate))
            codes.add(other.code)
    return pool if len(codes) <= 1 or len(pool) > 1 else []


def _letters(symbol: Symbol) -> tuple[str, int | None, str]:
    return symbol.number.lstrip("0"), symbol.year, no_marks("".join((symbol.code, *symbol.agencies))).replace("&", "")


def _narrow(
    pool: list[tuple[int, Candidate]], citation: Citation, symbol: Symbol, default_issuer: str | None, flags: list[str]
) -> list[tuple[int, Candidate]]:
    """Apply what else is known, each only as far as it leaves a candidate."""
    if citation.date:
        pool = [p for p in pool if p[1].date == citation.date] or pool
    if not citation.date and citation.issuer and (term := _TERM_WORD.search(citation.issuer)):
        begin, end = _TERMS.get(term[1].upper(), (0, 9999))
        pool = [p for p in pool if p[1].date is None or begin <= p[1].date.year <= end] or pool
    if citation.kind and len(pool) > 1:
        pool = [p for p in pool if p[1].kind == citation.kind] or pool
    if len(pool) <= 1 and not _is_local(symbol):
        return pool
    issuer = citation.issuer
    if (issuer is None or _generic(issuer)) and default_issuer and _is_local(symbol):
        same = [p for p in pool if p[1].issuer and _related(default_issuer, p[1].issuer)]
        if same:
            flags.append("issuer_inferred")
            return same
    elif issuer:
        pool = [p for p in pool if p[1].issuer and _related(issuer, p[1].issuer)] or pool
    return pool


def _is_local(symbol: Symbol) -> bool:
    return bool(symbol.agencies) and (symbol.agencies[0] in _LOCAL or symbol.agencies[0].startswith("S"))


_GENERIC: Final = re.compile(
    r"(?:chu tich |thuong truc |ban thuong vu )*(?:ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan|tinh uy|thanh uy"
    r"|so [\w ]+?)(?: (?:tinh|thanh pho|huyen|xa))?"
)
_LONG: Final = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "tp": "thanh pho",
    "ttgcp": "thu tuong chinh phu",
    "btv": "ban thuong vu",
}


def _words(body: str) -> str:
    flat = re.sub(r"[^\w ]+", " ", no_marks(canonical_tones(body)))
    return " ".join(_LONG.get(word, word) for word in flat.split())


def _generic(issuer: str) -> bool:
    """Whether a body's name lacks its place ("UBND tỉnh", "Tỉnh ủy")."""
    return _GENERIC.fullmatch(_words(issuer)) is not None


_TITLES: Final = re.compile(
    r"^(?:bo truong|chu tich|giam doc|thong doc|tong giam doc|cuc truong|thu truong|pho chu tich|ban thuong vu"
    r"|ban chap hanh) "
)


def _related(one: str, other: str) -> bool:
    """Whether two names can mean one body: same place, or one is the other's head or part of its name."""
    a, b = _TITLES.sub("", _words(one)), _TITLES.sub("", _words(other))
    if a == b or a.startswith(b) or b.startswith(a):
        return True
    place_a, place_b = _place(a), _place(b)
    return place_a is not None and place_a == place_b


_PLACE: Final = re.compile(r"(?:tinh uy|thanh uy|tinh|thanh pho)\s+(\w+(?: \w+){0,3})$")


def _place(words: str) -> str | None:
    match = _PLACE.search(words)
    return match[1] if match else None


def _conflicts(citation: Citation, found: Candidate) -> tuple[str, ...]:
    flags = []
    if citation.date and found.date and citation.date != found.date:
        flags.append("date_conflict")
    if (
        citation.issuer
        and found.issuer
        and not _generic(citation.issuer)
        and not _related(citation.issuer, found.issuer)
    ):
        flags.append("issuer_conflict")
    if citation.kind and found.kind and _words(citation.kind) != _words(found.kind) and "Văn bản" not in citation.kind:
        flags.append("kind_conflict")
    if citation.name and found.title and not _title_agrees(citation.name, found.title):
        flags.append("title_conflict")
    return tuple(flags)


def _title_agrees(name: str, title: str) -> bool:
    a, b = set(_words(name).split()), set(_words(title).split())
    return len(a & b) >= 0.6 * min(len(a), len(b))


def _by_name(citation: Citation, known: Iterable[tuple[int, Candidate]]) -> Resolution:
    """Laws by name and date or year; without either, all editions of the name stay."""
    if not citation.name:
        return Resolution("unresolved")
    wanted = _bare_name(citation.name, citation.kind)
    pool = [
        (i, c)
        for i, c in known
        if c.title and _bare_name(c.title, c.kind) == wanted and _kinds_agree(citation.kind, c.kind)
    ]
    if citation.date:
        dated = [p for p in pool if p[1].date == citation.date] or [
            p for p in pool if p[1].date and p[1].date.year == citation.date.year
        ]
        pool = dated or pool
    elif year := re.search(r"(?:19|20)\d\d(?!.*\d{4})", citation.text):
        pool = [p for p in pool if p[1].date and p[1].date.year == int(year[0])] or pool
    return _outcome(pool, citation, [])


def _bare_name(name: str, kind: str | None) -> str:
    words = _words(name)
    return words.removeprefix(_words(kind) + " ") if kind else words


def _kinds_agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or _words(one) == _words(other)
