"""The number and notation of a document: `45/2020/NĐ-CP`, `41-KH/TU`, `64/2025/QH15`, `1066/UBND-VXNV`.

State form: number / year / code - agency (Nghị định 30/2020/NĐ-CP, Phụ lục I; Nghị định 34/2016/NĐ-CP for legislation).
Party form: number - code / agency (Hướng dẫn 36-HD/VPTW). Codes are an open set: lists serve recognition and repair.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from corpus.text import no_marks, one_to_one
from nlp.symbol_form import Symbol, interpret
from nlp.symbol_scan import read_printed, scan
from nlp.vocabulary import AGENCY_WORDS, code_of_kind, kinds

__all__ = ["Hit", "Symbol", "find_symbols", "loose_keys", "parse_symbol", "symbol_key"]


class Hit(NamedTuple):
    """A symbol and where it stands."""

    start: int
    end: int
    symbol: Symbol


def find_symbols(text: str) -> list[Hit]:
    """Every symbol of a text, left to right. Fractions, dates, ranges, form codes and standards are none."""
    return scan_folded(one_to_one(text), text)


def scan_folded(folded: str, text: str) -> list[Hit]:
    """As :func:`find_symbols`, for a caller that has folded the text already."""
    return [Hit(p.start, p.end, interpret(p, text[p.start : p.end])) for p in scan(folded)]


_LEAD: Final = re.compile(r"[^\d]*?\b(?:số|so)\s*:?\s*(?=\d)|[^\d/]*?(?=\d)", re.IGNORECASE)


def parse_symbol(s: str) -> Symbol | None:
    """The one symbol that a string is, in any case and spelling, with or without a kind word before it."""
    folded = one_to_one(s).strip()
    found = scan_folded(folded, folded)
    if len(found) == 1 and not folded[found[0].end :].strip(" .;,)"):
        return found[0].symbol
    lead = _LEAD.match(folded)
    bare = folded[lead.end() :] if lead else folded
    for candidate in (bare, bare.upper()):
        printed = read_printed(candidate, 0, context=True)
        if printed and not candidate[printed.end :].strip(" .;,)"):
            return interpret(printed, candidate[printed.start : printed.end])
    return None


@lru_cache(maxsize=50_000)
def symbol_key(s: str) -> str:
    """The exact key: number as printed, year, code and agencies with their marks, in lower case, without ``&``.

    Two spellings of one symbol (case, spaces, dashes, Eth, repaired damage) have one key; HĐ and HD have two.
    """
    symbol = parse_symbol(s)
    shown = symbol.canonical if symbol else "".join(one_to_one(s).split())
    return shown.replace("&", "").lower()


_KIND_WORDS: Final = {no_marks(k.name): no_marks(code_of_kind(k.name) or "") for k in kinds() if k.codes}
_KIND_WORDS.update({no_marks(code): no_marks(code) for k in kinds() for code in k.codes})
_ISSUER_WORDS: Final = {words: no_marks(agency) for words, agency in AGENCY_WORDS.items()}
_PHRASES: Final = re.compile(
    r"(?<!\w)(?:" + "|".join(sorted({*_KIND_WORDS, *_ISSUER_WORDS}, key=len, reverse=True)) + r")(?!\w)"
)
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FIRST_NUMBER: Final = re.compile(r"(?<!\d)0*(\d{1,5}[a-zđ]?)(?![\d.]*\d)")
_WORD: Final = re.compile(r"[a-z][a-z0-9]+")
_NOISE: Final = frozenset({"so", "nam", "ngay", "thang", "cua", "ve", "viec", "ban", "hanh", "khoa"})


def loose_keys(s: str) -> tuple[str, ...]:
    """Keys for search by any spelling, the most telling first: ``code.number.year.agency``, unknown parts empty.

    A document is indexed under all keys of its symbol; a query looks its own keys up in order, and the first that
    meets documents is the best guess: ``nd 45/2020``, ``45 2020 cp``, ``chi thi 20 thu tuong 2017``, ``QĐUBND``.
    """
    symbol = parse_symbol(s)
    if symbol and (symbol.code or symbol.agencies):
        agency = no_marks("".join(symbol.agencies)).replace("&", "")
        return _combine(no_marks(symbol.code), symbol.number, str(symbol.year or ""), agency)
    return _combine(*_query_parts(no_marks(one_to_one(s))))


_RUN_TOGETHER: Final = re.compile(r"\s*(\d{1,4})((?:19|20)\d\d)?([a-z]{3,9})\s*")


def _query_parts(flat: str) -> tuple[str, str, str, str]:
    """Code, number, year and agency of a query without marks, each empty where it does not say."""
    if together := _RUN_TOGETHER.fullmatch(flat):
        letters = together[3]
        code = next(
            (c for c in ("ttlt", "nd", "qd", "nq", "ct", "tt", "kh", "tb", "kl", "bc", "cd") if letters.startswith(c)),
            "",
        )
        return code, together[1], together[2] or "", letters.removeprefix(code)
    code = agency = ""
    for match in _PHRASES.finditer(flat.replace("-", " ").replace("/", " ")):
        if match[0] in _ISSUER_WORDS:
            agency = agency or _ISSUER_WORDS[match[0]]
        else:
            code = code or _KIND_WORDS[match[0]]
    rest = _PHRASES.sub(" ", flat.replace("-", " ").replace("/", " "))
    agency = agency or next((w for w in _WORD.findall(rest) if w not in _NOISE), "")
    years = _YEAR.findall(rest)
    numbers = [n for n in _FIRST_NUMBER.findall(rest) if n not in years[-1:]] or years[:1]
    year = years[-1] if years and numbers and numbers[0] != years[-1] else ""
    return code, numbers[0] if numbers else "", year, agency


def _combine(code: str, number: str, year: str, agency: str) -> tuple[str, ...]:
    if not number:
        return ()
    number = number.lstrip("0") or "0"
    keys = [
        f"{c}.{number}.{y}.{a}"
        for c, y, a in (
            (code, year, agency), (code, year, ""), ("", year, agency), (code, "", agency),
            ("", year, ""), (code, "", ""), ("", "", agency), ("", "", ""),
        )
    ]  # fmt: skip
    return tuple(dict.fromkeys(keys))
