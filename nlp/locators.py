"""Places inside a document: `điểm b khoản 1, khoản 2 Điều 5`, `Điều 20, 21 và 27 Mục 2 Chương IV`.

A chain of level parts becomes paths from the largest level to the smallest. Parts are tokenised by one pattern and
joined by
what stands between them, so the work is linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from nlp.locator_paths import Part, expand, to_paths
from nlp.model import Locator
from nlp.scan import Anchors, find_anchors

_WORDS: Final = {
    "tiểu mục": "Tiểu mục", "phụ lục": "Phụ lục", "chương": "Chương", "khoản": "khoản", "điều": "Điều", "điểm": "điểm",
    "điệm": "điểm", "phần": "Phần", "mục": "Mục",
}  # fmt: skip
_LEVEL: Final = re.compile(
    r"(?P<level>[Đđ]i[ềểệ][um]|ĐI[ỀỂ][UM]|[Kk]hoản|KHOẢN|[Mm]ục|MỤC|[Cc]hương|CHƯƠNG|[Pp]hần|PHẦN|[Tt]iểu mục|TIỂU MỤC"
    r"|[Pp]hụ lục|PHỤ LỤC)(?: số| thứ| SỐ)?\s{1,3}(?=\d|[IVXLC]{1,7}\b|[a-zđA-ZĐ]\b|[a-zđA-ZĐ][.\d]|này\b|nhất\b"
    r"|hai\b|ba\b|tư\b|năm\b)"
)
_END: Final = r"(?![^\W²³¹⁰-⁹]|/\w|%)(?![.,]\d)"
_NUMBER: Final = rf"\d{{1,4}}(?:[a-zđ]\d?)?{_END}"
_ROMAN: Final = rf"[IVXLC]{{1,7}}{_END}"
_ORDINAL: Final = rf"(?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười){_END}"
_LETTER: Final = rf"[a-zđA-ZĐ](?:\.?\d{{1,2}})?{_END}"
_DECIMAL: Final = r"\d{1,3}(?:\.\d{1,3}){1,3}(?![^\W²³¹⁰-⁹]|/\w|%)"
_ITEMS: Final = {
    "Điều": re.compile(_NUMBER),
    "khoản": re.compile(_NUMBER),
    "điểm": re.compile(rf"{_LETTER}|{_DECIMAL}|{_NUMBER}"),
    "Chương": re.compile(rf"{_ROMAN}|{_NUMBER}"),
    "Phần": re.compile(rf"{_ROMAN}|{_ORDINAL}|{_NUMBER}|{_LETTER}"),
    "Mục": re.compile(rf"{_DECIMAL}|{_NUMBER}|{_ROMAN}|{_LETTER}"),
    "Tiểu mục": re.compile(rf"{_DECIMAL}|{_NUMBER}|{_ROMAN}|{_LETTER}"),
    "Phụ lục": re.compile(rf"{_ROMAN}|{_NUMBER}|[A-ZĐ]\d?{_END}"),
}
_MORE: Final = re.compile(
    r"(?P<to>\s{1,3}(?:đến|tới)\s{1,3}|\s?-\s?(?=\w))|\s{0,3}[,;]\s{0,3}(?:(?:và|hoặc)\s{1,3})?|\s{1,3}(?:và|hoặc"
    r"|hay)\s{1,3}"
)
_MEASURE: Final = re.compile(
    r"\s(?:ngày|tháng|năm|giờ|phút|quý|triệu|tỷ|đồng|người|lần|tuổi|mét|km|ha|bộ|bản|cơ quan|đơn vị|trường hợp"
    r"|nhóm|loại|hồ sơ)(?!\w)"
)
_GAP: Final = re.compile(
    r"(?:\s{0,3},?\s{0,3}(?:vào\s{1,3}|ngay\s{1,3}|liền\s{1,3}){0,2}(?P<after>sau|trước)\s{1,3}(?:các\s{1,3})?"
    r"|\s{0,3}(?P<join>,\s?và|,\s?hoặc|;\s?và|;\s?hoặc|[,;]|và|hoặc|hay|đến|tới|-)?\s{0,3}(?:(?:của|tại|thuộc"
    r"|ở)\s{1,3})?"
    r"(?:(?:các|từ|cả)\s{1,3})?(?:quy định\stại\s)?)\Z"
)
_BRACKET_END: Final = re.compile(r"\)\s{0,2}(?:,|;|và|hoặc)\s{0,2}\Z")
_LEAD: Final = re.compile(r"(?<!\w)(?:[Tt]ừ|TỪ|[Cc]ác|CÁC)\s\Z")
_HEAD_BEFORE: Final = re.compile(r"(?:\A|\n)[ \t>#*_“\"'|-]{0,12}\Z")
_HEAD_AFTER: Final = re.compile(r"[ \t]?(?:[.:](?!\d)|-\s|[*_]{0,3}\s*(?:\n|\Z)|\*\*)")


@dataclass(slots=True)
class Chain:
    """Adjacent parts that form one list of places, with its span; ``this`` where a part is "Điều này"."""

    start: int
    end: int
    parts: list[Part] = field(default_factory=list)
    this: bool = False

    def paths(self, prefix: Locator = ()) -> tuple[Locator, ...]:
        """All paths, largest level first; ``prefix`` is the enclosing unit that "Điều này" stands for."""
        return to_paths(self.parts, prefix)

    @property
    def deep(self) -> bool:
        """Whether "khoản này" or "điểm này" asks for more than the enclosing article."""
        return any(part.this and part.level in ("khoản", "điểm") for part in self.parts)

    @property
    def levels(self) -> frozenset[str]:
        """Which levels it names."""
        return frozenset(part.level for part in self.parts)


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that opens a unit: `Điều 5. Phạm vi`, `Chương II`."""

    start: int
    level: str
    item: str


@dataclass(slots=True)
class Places:
    """All chains and headings of a text, left to right."""

    chains: list[Chain] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)


def find_places(text: str, anchors: Anchors | None = None, *, headings: bool = True) -> Places:
    """Every chain and heading of a folded text."""
    found = Places()
    for match in _level_words(text, anchors or find_anchors(text)):
        level = _WORDS.get(match["level"].lower())
        if level is None:
            continue
        begin = match.start()
        items, end = _items(text, level, match.end())
        if not items:
            continue
        if headings and _is_heading(text, begin, end, level, items):
            found.headings.append(Heading(begin, level, items[0]))
            continue
        this = items == ["này"]
        _attach(text, found.chains, begin, end, Part(level, [] if this else items, this=this))
    return found


def _level_words(text: str, anchors: Anchors) -> list[re.Match[str]]:
    """Every level word with an item behind it, left to right."""
    found: list[re.Match[str]] = []
    for place in anchors.level:
        match = _LEVEL.match(text, place - 5 if text[place - 5 : place] in _SMALL else place)
        if match and not _within_word(text, match.start()):
            found.append(match)
    return found


_SMALL: Final = ("Tiểu ", "tiểu ", "TIỂU ")


def _within_word(text: str, begin: int) -> bool:
    """Whether the word is a part of another ("tài khoản 5")."""
    return text[begin].islower() and _COMPOUND.search(text, max(0, begin - 8), begin) is not None


_COMPOUND: Final = re.compile(
    r"(?<!\w)(?:tài|thành|cổ|học|bộ|địa|quan|thời|đặc|trọng|ưu|nhược|thí|luận|giao|cao|số|tổng|danh|hạng|chuyên|đề"
    r"|thư|tiết|văn|đạt|được|trừ|cộng|một|đại)\s\Z",
    re.IGNORECASE,
)
"""Syllables that make another word of a level's: tài khoản, thành phần, địa điểm, danh mục."""


def read_locators_before(text: str, end: int) -> tuple[Locator, ...]:
    """The paths of the chain that ends at ``end`` (a look at the 300 characters before it)."""
    low = max(0, end - 300)
    chains = find_places(text[low:end], headings=False).chains
    return chains[-1].paths() if chains and not text[low + chains[-1].end : end].strip() else ()


def _is_heading(text: str, begin: int, end: int, level: str, items: list[str]) -> bool:
    if level in ("khoản", "điểm") or len(items) != 1:
        return False
    if begin and text[begin - 1] not in "\n \t>#*_“\"'|-":
        return False
    return bool(_HEAD_BEFORE.search(text, max(0, begin - 14), begin)) and bool(_HEAD_AFTER.match(text, end))


def _items(text: str, level: str, place: int) -> tuple[list[str], int]:
    """The items that begin at ``place`` (one level word, several items, ranges expanded) and where they end."""
    if text.startswith("này", place):
        return ["này"], place + 3
    pattern = _ITEMS[level]
    match = pattern.match(text, place)
    if not match:
        return [], place
    items, end = [match[0]], match.end()
    while len(items) < 500:
        more = _MORE.match(text, end)
        found = pattern.match(text, more.end()) if more else None
        if not more or not found or not _same_sort(items[0], found[0]) or _MEASURE.match(text, found.end()):
            break
        items = [*items[:-1], *expand(items[-1], found[0])] if more["to"] else [*items, found[0]]
        end = found.end()
    return items, end


def _same_sort(first: str, other: str) -> bool:
    """A list stays with digits or with letters: "điểm a, 2" is not one."""
    return first[0].isdigit() == other[0].isdigit()


_JOINS: Final = {"tới": "đến", "-": "đến", "hoặc": "và", "hay": "và"}


def _attach(text: str, chains: list[Chain], begin: int, end: int, part: Part) -> None:
    """Continue the last chain, bridge a bracket of history, or open a new chain."""
    last = chains[-1] if chains else None
    if last is not None and begin - last.end <= 40:
        gap = _GAP.match(text, last.end, begin)
        if gap:
            part.position = gap["after"] is not None
            part.each = len(part.items) > 1 and not gap["join"] and "các" in gap[0]
            join = gap["join"] or ("sau" if gap["after"] else "")
            part.join = _JOINS.get(join, "và" if join.endswith(("và", "hoặc")) else join)
            last.parts.append(part)
            last.end, last.this = end, last.this or part.this
            return
    bridged = _bridge(text, chains, begin)
    if bridged is not None:
        part.join = "và"
        bridged.parts.append(part)
        bridged.end, bridged.this = end, bridged.this or part.this
        return
    lead = _LEAD.search(text, max(0, begin - 4), begin)
    chains.append(Chain(lead.start() if lead else begin, end, [part], part.this))


def _bridge(text: str, chains: list[Chain], begin: int) -> Chain | None:
    """The chain that a bracket of history "(được sửa đổi bởi …)" interrupts just before ``begin``."""
    close = _BRACKET_END.search(text, max(0, begin - 8), begin)
    if not close:
        return None
    opened = text.rfind("(", max(0, begin - 400), close.start())
    if opened < 0 or not re.match(r"\((?:đã\s)?(?:được|sửa|bổ|theo)", text[opened : opened + 16]):
        return None
    before = len(text[max(0, opened - 3) : opened].rstrip()) - min(3, opened) + opened
    for chain in reversed(chains[-8:]):
        if chain.end == before:
            return chain
    return None
