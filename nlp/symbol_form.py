"""What the printed parts of a symbol mean: code or agency, State or Party, and the form after repair of damage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from nlp.vocabulary import (
    AGENCY_REPAIRS,
    CODE_CASE,
    CODE_REPAIRS,
    CODES,
    KNOWN_AGENCIES,
    PARTY,
    STATE,
    kind_of_code,
)

System = Literal["state", "party"]
TERM: Final = re.compile(r"(ĐĐQH|UBTVQH|QH|ĐUQH)(\d{1,2})")
"""Agencies that carry the term of the National Assembly."""


class Printed(NamedTuple):
    """A symbol as it was read: number, year, first separator, letter groups and the separators between them."""

    start: int
    end: int
    number: str
    year: str
    first: str
    groups: tuple[str, ...]
    separators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol taken apart. ``canonical`` is the printed form after repair; zeros and ``&`` are kept."""

    number: str
    year: int | None
    code: str
    agencies: tuple[str, ...]
    system: System
    printed: str
    canonical: str
    flags: tuple[str, ...] = ()

    @property
    def kind(self) -> str | None:
        """The kind that the code tells, if it does; a letter has no code (Nghị định 30/2020/NĐ-CP, Điều 7)."""
        if self.code:
            return kind_of_code(self.code, self.system)
        first = self.agencies[0] if self.agencies else ""
        if first == "CP" and len(self.agencies) == 1:
            return "Nghị định"
        return None if self.year or TERM.fullmatch(first) else "Công văn"


_OCR: Final = str.maketrans("OolISB", "001158")
_GLUED: Final = sorted((code for code in CODES if len(code) > 1), key=len, reverse=True)
_BODY: Final = re.compile(r"[SB][A-ZĐ]{2,}[A-ZĐ&]*|(?:QH|UBTVQH)\d\d")


def _is_agency(group: str) -> bool:
    return group in KNOWN_AGENCIES or group in AGENCY_REPAIRS or TERM.fullmatch(group) is not None


def split_glued(group: str) -> tuple[str, str] | None:
    """``QĐUBND`` into code and agency: a PDF that lost its hyphens. An agency's own letters are never split."""
    if _is_agency(group):
        return None
    for code in _GLUED:
        rest = group[len(code) :]
        if group.startswith(code) and (_is_agency(rest) or (len(code) > 1 and _BODY.fullmatch(rest) is not None)):
            return code, rest
    return None


def _agency(group: str) -> tuple[str, bool]:
    group = group.replace("&amp;", "&").replace("<", "&LT")
    if group in AGENCY_REPAIRS:
        fixed = AGENCY_REPAIRS[group]
        return fixed, fixed.lower() != group.lower()
    term = re.fullmatch(r"([A-ZĐ]+?)(\d+)", group)
    if term and term[1] in AGENCY_REPAIRS:
        return AGENCY_REPAIRS[term[1]] + term[2], True
    return group, False


def _digits(number: str) -> tuple[str, bool]:
    """The number with letters that recognition took for digits turned back (O, l, I, S, B)."""
    packed = "".join(number.split())
    suffix = packed[-1] if packed[-1].islower() and packed[-1] not in "ol" and len(packed) > 1 else ""
    body = packed.removesuffix(suffix)
    fixed = body.translate(_OCR)
    return fixed + suffix, fixed != body or packed != number


def _parts(groups: list[str]) -> tuple[str, list[str], bool]:
    """Code, agencies, and whether the code had to be repaired or cut from a glued group."""
    first = groups[0]
    if first in CODES:
        fixed = CODE_REPAIRS.get(first, first)
        return CODE_CASE.get(fixed, fixed), groups[1:], fixed != first
    if split := split_glued(first):
        fixed = CODE_REPAIRS.get(split[0], split[0])
        return CODE_CASE.get(fixed, fixed), [split[1], *groups[1:]], True
    if len(groups) > 1 and first not in KNOWN_AGENCIES and groups[1] in {"UBND", "HĐND", "CP", "TTg", "TU", "TW"}:
        return first, groups[1:], False  # an unknown code before a sure agency
    return "", groups, False


def _system(printed: Printed, code: str, agencies: list[str]) -> System:
    head = agencies[0].rstrip("0123456789") if agencies else ""
    if not code or printed.year:
        return "state"
    if printed.first == "-":
        return "party"
    return "party" if head in PARTY and head not in STATE else "state"


def _term_damaged(year: str, agency: str) -> bool:
    """A term of the National Assembly that the year rules out (QH1 of 2025: a lost digit)."""
    match = TERM.fullmatch(agency)
    if not match or not year or match[1] not in {"QH", "UBTVQH"}:
        return False
    term, y = int(match[2]), int(year)
    starts = {10: 1997, 11: 2002, 12: 2007, 13: 2011, 14: 2016, 15: 2021, 16: 2026, 17: 2031}
    expected = max((t for t, begun in starts.items() if begun <= y), default=term)
    return y >= 1997 and term not in {expected, expected - 1}


def interpret(printed: Printed, shown: str) -> Symbol:
    """The symbol that the printed parts are."""
    return _interpret(printed.number, printed.year, printed.first, printed.groups, printed.separators, shown)


@lru_cache(maxsize=1 << 16)
def _interpret(
    number: str, year: str, first: str, groups: tuple[str, ...], separators: tuple[str, ...], shown: str
) -> Symbol:
    """Cached: a text repeats its symbols."""
    printed = Printed(0, 0, number, year, first, groups, separators)
    if printed.first == "old":
        old_code = next((group for group in printed.groups[1:] if group in CODES), "")
        return Symbol(printed.number, None, old_code, printed.groups, "state", shown, " ".join(shown.split()))
    number, damaged = _digits(printed.number)
    year, bad_year = _digits(printed.year) if printed.year else ("", False)
    code, rest, repaired = _parts(list(printed.groups))
    fixed = [_agency(group) for group in rest]
    agencies = [name for name, _ in fixed]
    damaged |= bad_year or repaired or any(bad for _, bad in fixed) or " " in printed.separators
    system = _system(printed, code, agencies)
    damaged |= system == "party" and printed.first == "-" and bool(agencies) and "/" not in printed.separators
    damaged |= bool(agencies) and (
        _term_damaged(year, agencies[0]) or (code == "NQ" and bool(year) and agencies[0].startswith("QH"))
    )
    canonical = _compose(number, year, code, agencies, system, printed.first)
    return Symbol(
        number,
        int(year) if year else None,
        code,
        tuple(agencies),
        system,
        shown,
        canonical,
        ("damaged",) if damaged else (),
    )


def _compose(number: str, year: str, code: str, agencies: list[str], system: System, first: str) -> str:
    bodies = "-".join(agencies)
    if system == "party" and first == "-":
        return f"{number}-{code}/{bodies}" if bodies else f"{number}-{code}"
    tail = "-".join(part for part in (code, bodies) if part)
    if year:
        return f"{number}/{year}/{tail}"
    return f"{number}{first}{tail}"
