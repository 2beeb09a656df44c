"""What someone typed, understood: a symbol in any spelling, a place in it, and free words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final

from corpus.model import Node
from corpus.text import nfc, no_marks, one_to_one
from nlp.dates import find_date
from nlp.model import Header
from nlp.symbols import Hit, find_symbols
from nlp.vocabulary import AGENCY_WORDS, CODES, KNOWN_AGENCIES, kinds
from service.index.analysis import Term, fields, find_terms, label, terms
from service.index.spelling import Compact, compact_keys, index_keys, parts_of

_PLACE: Final = re.compile(
    r"\b(phu luc|phan|chuong|muc|dieu|khoan|diem)\s+(\d{1,4}[a-z]?|[ivxlc]{1,6}|[a-z])\b(?!\s*/)"
)
_LEVELS: Final = {
    "phu luc": "Phụ lục", "phan": "Phần", "chuong": "Chương", "muc": "Mục", "dieu": "Điều", "khoan": "khoản",
    "diem": "điểm",
}  # fmt: skip
_JOINTS: Final = frozenset({"so", "nam", "ngay", "thang", "cua", "tai", "theo", "khoa"})
_WORD: Final = re.compile(r"[a-z]+")
_KIND_WORDS: Final = {no_marks(word) for kind in kinds() for word in (kind.name, *kind.codes, *kind.short)} - {"l"}
_LED: Final = re.compile(
    rf"(?:(?:{'|'.join(sorted(_KIND_WORDS, key=len, reverse=True))})\s+(?:so\s*:?\s*)?|so\s*:?\s*)\d"
)
"""A query that begins as one names a document: kind and number."""
_BODIES: Final = re.compile(rf"\b(?:{'|'.join(sorted(AGENCY_WORDS, key=len, reverse=True))})\b")
_NUMBERED: Final = re.compile(r"(?<![\d/.-])(?<!thang )(?<!quy )\d{1,5}[a-z]?\s?/\s?(?:19|20)\d\d(?![\d/])")
"""Number and year; a month and year (tháng 11/2025) is none."""
_AMOUNT: Final = re.compile(
    r"[\d.,]+\s*(?:%|(?:phan tram|nam|thang|ngay|tuan|gio|phut|lan|nguoi|trieu|ty|dong)\b"
    r"(?!\s+(?:19|20)\d\d(?!\d|\s*-)))"
)
_COMMON: Final = frozenset({
    "bị", "các", "cái", "cho", "chưa", "có", "của", "cùng", "được", "do", "đã", "đang", "đó", "đến", "để",
    "gì", "hay", "hoặc", "khi", "không", "là", "làm", "lại", "mà", "mỗi", "một", "nào", "này", "nên",
    "nếu", "những", "như", "nhưng", "ở", "phải", "ra", "rằng", "rất", "sẽ", "tại", "tới", "thì", "theo",
    "thuộc", "trên", "trong", "từ", "và", "vào", "về", "với",
})  # fmt: skip
"""Words that say nothing about what is sought; not marked in a passage."""


@dataclass(frozen=True, slots=True)
class SymbolKey:
    """A key under which the index may know the document meant; ``year`` must then agree with its date."""

    key: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A query taken apart."""

    symbols: tuple[tuple[SymbolKey, ...], ...]
    """For each symbol named, its keys, the most telling first."""
    place: tuple[tuple[str, str], ...]
    """("Điều", "5"), ("khoản", "2"), from the largest level to the smallest."""
    words: str
    """What is left for a search by words; empty when the query was a symbol and nothing else."""
    text: str
    """The whole query."""
    exact: bool = False
    """Whether a whole symbol was typed (468/QĐ-TTg) or three parts of one: what nobody bears is then not there."""
    hint: frozenset[str] = frozenset()
    """Words beside the symbol, without marks: of the documents found, those whose header says them are meant."""
    telling: frozenset[str] = frozenset()
    """Those of them that no grammar of symbols explains: a province, a title."""
    date: dt.date | None = None
    """The date of the document asked for."""


def understand(query: str) -> Asked:
    """Take a query apart. What only looks like a symbol ("chuyển đổi số 2025") stays words."""
    text = " ".join(one_to_one(nfc(query)).split())
    place, rest = _take_places(text)
    full = find_symbols(rest)
    found = find_date(rest)
    date = found.value if found else None
    if len(full) > 1:
        words = rest
        for hit in reversed(full):
            words = words[: hit.start] + " " + words[hit.end :]
        keys = tuple(tuple(map(SymbolKey, index_keys(hit.symbol.canonical)[:2])) for hit in full)
        return Asked(keys, place, "" if _explained(words) else " ".join(words.split()), text, exact=True)
    if full:
        return _whole(rest, full[0], Asked((), place, "", text, exact=True, date=date))
    if found is None:
        return _partial(rest, rest, Asked((), place, "", text))
    spoken = f"{rest[: found.start]} năm {found.year} {rest[found.end :]}"
    undated = rest[: found.start] + " " * (found.end - found.start) + rest[found.end :]
    return _partial(undated, spoken, Asked((), place, "", text, date=date))


def _whole(rest: str, hit: Hit, asked: Asked) -> Asked:
    """One whole symbol, perhaps printed longer than the grammar of symbols reads (slashes for hyphens)."""
    run = next((c for c in compact_keys(rest[hit.start :]) if c.joined and not c.start), None)
    end = max(hit.end, hit.start + run.end) if run else hit.end
    keys = [SymbolKey(run.key)] if run else []
    keys += list(_keys(hit.symbol.canonical))[:1] if end == hit.end else []
    words = " ".join(f"{rest[: hit.start]} {rest[end:]}".split())
    keys_of = replace(asked, symbols=(tuple(keys),), words="" if _explained(words) else words)
    return _beside(keys_of, words)


def _beside(asked: Asked, words: str) -> Asked:
    return replace(asked, hint=_hint(words), telling=_unexplained(words))


def _partial(rest: str, spoken: str, asked: Asked) -> Asked:
    """A query without a whole symbol: part of one, one in a damaged form, or only words."""
    runs = tuple(compact_keys(rest))
    joined = [run for run in runs if run.joined]
    if _explained(rest) and not _is_amount(rest):
        keys = (*(SymbolKey(run.key) for run in runs), *_keys(spoken))
        exact = sum(map(bool, parts_of(spoken) or ())) >= 3
        asked = replace(asked, symbols=(keys,) if keys else (), words="" if keys else asked.text, exact=exact)
        return _beside(asked, rest)
    named = (_LED.match(no_marks(rest)) or _NUMBERED.search(no_marks(rest))) and not _is_amount(rest)
    asked = replace(asked, words=asked.text)
    if named or joined or (runs and (runs[0].start, runs[-1].end) == (0, len(rest))):
        keys = (*(SymbolKey(run.key) for run in runs), *(_keys(spoken) if named else ()))
        asked = replace(asked, symbols=(keys,) if keys else ())
        return _beside(asked, _without(rest, joined[-1]) if joined else rest)
    return asked


def _without(text: str, run: Compact) -> str:
    return f"{text[: run.start]} {text[run.end :]}"


def _is_amount(text: str) -> bool:
    """Whether the first number counts something ("kế hoạch 5 năm") and names nothing."""
    number = re.search(r"\d", text)
    return number is not None and _AMOUNT.match(no_marks(text), number.start()) is not None


def _hint(text: str) -> frozenset[str]:
    """Words beside a symbol that may tell the issuer or the title: no kinds, numbers, dates."""
    return frozenset(_WORD.findall(no_marks(text))) - _JOINTS - _kind_words()


def agreement(header: Header, asked: Asked) -> tuple[float, float, bool, int]:
    """How far a document that a key found is the one meant; higher is better.

    The share of the telling words that its header says, the share of all words, its date, its symbol as printed.
    """
    said = _said(header)
    share = told(asked, said)
    all_words = len(asked.hint & said) / len(asked.hint) if asked.hint else 1.0
    dated = asked.date is not None and header.date == asked.date
    symbol = (header.symbol or "").lower()
    number = re.match(r"\w+", symbol)
    printed = int(symbol in asked.text.lower()) + int(number is not None and _stands(number[0], asked.text))
    return share, all_words, dated, printed


def told(asked: Asked, said: frozenset[str]) -> float:
    """The share of the telling words that are said; all of none."""
    return len(asked.telling & said) / len(asked.telling) if asked.telling else 1.0


def words_of(text: str) -> frozenset[str]:
    """The words of a text without marks, to be compared with those of a query."""
    return frozenset(_WORD.findall(no_marks(text)))


def _stands(number: str, text: str) -> bool:
    return re.search(rf"(?<!\w){number}(?!\d)", text.lower()) is not None


def _said(header: Header) -> frozenset[str]:
    names = " ".join(filter(None, (header.issuer, *header.issuers, header.title, header.kind, header.symbol)))
    return words_of(names)


def find_place(tree: Sequence[Node], place: Sequence[tuple[str, str]]) -> int | None:
    """The node that a place names; levels between may be left out. None when it is not in the text."""
    inside: range = range(len(tree))
    found: int | None = None
    for level, name in place:
        wanted = no_marks(f"{level} {name}")
        found = next((i for i in inside if no_marks(label(tree[i])) == wanted), None)
        if found is None:
            return None
        end = tree[found].body_end
        inside = range(found + 1, next((i for i in range(found + 1, len(tree)) if tree[i].start >= end), len(tree)))
    return found


def marks(passage: str, words: str) -> list[tuple[int, int]]:
    """Where a passage says what was sought, neighbours joined; of a word typed with marks, other marks do not count."""
    runs = list(_runs(passage, find_terms(passage, _wanted(words))))
    if any(len(run) > 1 for run in runs):
        # Most syllables mean nothing alone; where neighbours were found, a lone one is chance. Numbers are not.
        runs = [run for run in runs if len(run) > 1 or run[0].marked.isdigit()]
    return [(run[0].start, run[-1].end) for run in runs]


@lru_cache(maxsize=64)
def _wanted(words: str) -> frozenset[str]:
    return frozenset(term.marked for term in terms(words)) - _COMMON  # without marks "bi" may be "bị" and "bí"


def _runs(passage: str, hits: Sequence[Term]) -> Iterator[list[Term]]:
    """Found terms with nothing but a space between them."""
    run: list[Term] = []
    for hit in hits:
        if run and passage[run[-1].end : hit.start] != " ":
            yield run
            run = []
        run.append(hit)
    if run:
        yield run


def _take_places(text: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """Places named in the query, and the query without them."""
    flat = no_marks(text)
    found = list(_PLACE.finditer(flat))
    rest = _PLACE.sub(lambda match: " " * len(match[0]), flat)
    kept = "".join(
        char if keep != " " or plain == " " else " " for char, keep, plain in zip(text, rest, flat, strict=True)
    )
    order = list(_LEVELS.values())
    places = sorted(((_LEVELS[m[1]], m[2]) for m in found), key=lambda place: order.index(place[0]))
    return tuple(places), " ".join(kept.replace(",", " ").split())


def _keys(text: str) -> Iterator[SymbolKey]:
    """Keys in order. The kind is never given up, the year only against the date of the document found."""
    parts = parts_of(text)
    if parts is None:
        return
    code, number, year, agency = parts
    known = [(year, agency), (year, ""), ("", agency), ("", "")] if year else [("", agency), ("", "")]
    for y, a in dict.fromkeys(known):
        bare = not (code or y or a) and agency
        if not bare or year:
            yield SymbolKey(f"{code}.{number}.{y}.{a}", int(year) if year and not y else None)


@cache
def _kind_words() -> frozenset[str]:
    return frozenset(_WORD.findall(no_marks(" ".join([*(kind.name for kind in kinds()), *CODES]))))


@cache
def _legal_words() -> frozenset[str]:
    return frozenset(_WORD.findall(no_marks(" ".join(KNOWN_AGENCIES)))) | _kind_words() | _JOINTS


def _unexplained(text: str) -> frozenset[str]:
    """Words that are no kind, code, body, number or date."""
    return frozenset(_WORD.findall(_BODIES.sub(" ", no_marks(text)))) - _legal_words()


def _explained(text: str) -> bool:
    """Whether nothing is said but kinds, codes, bodies, numbers and dates."""
    return not _unexplained(text)


def query_fields(words: str) -> tuple[str, str]:
    """The terms to search: with marks only when marks were typed, and always without."""
    found = fields(words)
    return (found.text if found.text != found.folded else "", found.folded)


def covers(title: str, words: str) -> bool:
    """Whether a title says everything that was asked."""
    asked = _wanted(words)
    return bool(asked) and asked <= {form for term in terms(title) for form in (term.marked, term.folded)}
