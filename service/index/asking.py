"""What someone typed, understood: a symbol in any spelling, a place in it, and free words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from corpus.model import Node
from corpus.text import nfc, no_marks, one_to_one
from nlp.symbols import find_symbols, loose_keys
from nlp.vocabulary import AGENCY_WORDS, CODES, KNOWN_AGENCIES, kinds
from service.index.analysis import Term, fields, label, terms

_PLACE: Final = re.compile(
    r"\b(phu luc|phan|chuong|muc|dieu|khoan|diem)\s+(\d{1,4}[a-z]?|[ivxlc]{1,6}|[a-z])\b(?!\s*/)"
)
_LEVELS: Final = {
    "phu luc": "Phụ lục", "phan": "Phần", "chuong": "Chương", "muc": "Mục", "dieu": "Điều", "khoan": "khoản",
    "diem": "điểm",
}  # fmt: skip
_JOINTS: Final = frozenset({"so", "nam", "ngay", "thang", "cua", "tai", "theo", "khoa"})
_WORD: Final = re.compile(r"[a-z]+")
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
    """Whether a whole symbol was typed (468/QĐ-TTg), not only a number or part of one."""


def understand(query: str) -> Asked:
    """Take a query apart. What only looks like a symbol ("chuyển đổi số 2025") stays words."""
    text = " ".join(one_to_one(nfc(query)).split())
    place, rest = _take_places(text)
    full = find_symbols(rest)
    if full:
        words = rest
        for hit in reversed(full):
            words = words[: hit.start] + " " + words[hit.end :]
        keys = tuple(tuple(_keys(hit.symbol.canonical))[:1] for hit in full)
        return Asked(keys, place, "" if _explained(words) else " ".join(words.split()), text, exact=True)
    if _explained(rest) and (keys_of_rest := tuple(_keys(rest))):
        return Asked((keys_of_rest,), place, "", text)
    return Asked((), (), text, text)


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


def marks(passage: str, words: str, *, marked: bool) -> list[tuple[int, int]]:
    """Where a passage says what was sought, neighbours joined; with marks typed, other marks do not count."""
    asked = [term for term in terms(words) if term.marked not in _COMMON]
    wanted = {term.marked if marked else term.folded for term in asked}
    hits = [term for term in terms(passage) if (term.marked if marked else term.folded) in wanted]
    runs = list(_runs(passage, hits))
    if any(len(run) > 1 for run in runs):
        # Most syllables mean nothing alone; where neighbours were found, a lone one is chance. Numbers are not.
        runs = [run for run in runs if len(run) > 1 or run[0].marked.isdigit()]
    return [(run[0].start, run[-1].end) for run in runs]


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
    keys = loose_keys(text)
    if not keys:
        return
    code, _, year, agency = keys[0].split(".")
    for key in keys:
        has_code, _, has_year, has_agency = key.split(".")
        bare = not (has_code or has_year or has_agency) and (code or year or agency)
        if (code and not has_code) or (bare and not year):
            continue
        yield SymbolKey(key, int(year) if year and not has_year else None)


@cache
def _legal_words() -> frozenset[str]:
    names = (kind.name for kind in kinds())
    words = " ".join([*names, *CODES, *KNOWN_AGENCIES, *AGENCY_WORDS])
    return frozenset(_WORD.findall(no_marks(words))) | _JOINTS


def _explained(text: str) -> bool:
    """Whether nothing is said but kinds, codes, bodies, numbers and dates."""
    return all(word in _legal_words() for word in _WORD.findall(no_marks(text)))


def query_fields(words: str) -> tuple[str, str]:
    """The terms to search: with marks only when marks were typed, and always without."""
    found = fields(words)
    return (found.text if found.text != found.folded else "", found.folded)


def covers(title: str, words: str, *, marked: bool) -> bool:
    """Whether a title says everything that was asked."""
    asked = {term.marked if marked else term.folded for term in terms(words) if term.marked not in _COMMON}
    said = {term.marked if marked else term.folded for term in terms(title)}
    return bool(asked) and asked <= said
