"""Places inside a document: `điểm b khoản 1, khoản 2 Điều 5`, `Điều 20, 21 và 27 Mục 2 Chương IV`.

A chain of level parts becomes paths from the largest level to the smallest. Parts are tokenised by one pattern and
joined by
what stands between them, so the work is linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from nlp.locator_paths import Part, expand, to_paths
from nlp.model import Locator
from nlp.scan import LEVELS, Anchors, find_anchors

_END: Final = r"(?![^\W²³¹⁰-⁹]|/\w|%)(?![.,]\d)"
_NUMBER: Final = rf"\d{{1,4}}(?:[a-zđ]\d?)?{_END}"
_ROMAN: Final = rf"[IVXLC]{{1,7}}{_END}"
_ORDINAL: Final = rf"(?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười){_END}"
_LETTER: Final = rf"[a-zđA-ZĐ](?:\.?\d{{1,2}})?{_END}"
_DECIMAL: Final = r"\d{1,3}(?:\.\d{1,3}){1,3}(?![^\W²³¹⁰-⁹]|/\w|%)"
_ITEMS: Final = {
    "Điều": _NUMBER,
    "khoản": _NUMBER,
    "điểm": rf"{_LETTER}|{_DECIMAL}|{_NUMBER}",
    "Chương": rf"{_ROMAN}|{_NUMBER}",
    "Phần": rf"{_ROMAN}|{_ORDINAL}|{_NUMBER}|{_LETTER}",
    "Mục": rf"{_DECIMAL}|{_NUMBER}|{_ROMAN}|{_LETTER}",
    "Tiểu mục": rf"{_DECIMAL}|{_NUMBER}|{_ROMAN}|{_LETTER}",
    "Phụ lục": rf"{_ROMAN}|{_NUMBER}|[A-ZĐ]\d?{_END}",
}
_OPENS: Final = {
    level: re.compile(
        r"(?: số| thứ| SỐ)?\s{1,3}(?:(?P<this>này\b)|(?=\d|[IVXLC]{1,7}\b|[a-zđA-ZĐ]\b|[a-zđA-ZĐ][.\d]"
        rf"|(?:nhất|hai|ba|tư|năm)\b)(?P<item>{item}))"
    )
    for level, item in _ITEMS.items()
}
"""What follows a level word: "này" or its first item."""
_MORE: Final = {
    level: re.compile(
        r"(?:(?P<to>\s{1,3}(?:đến|tới)\s{1,3}|\s?-\s?(?=\w))|\s{0,3}[,;]\s{0,3}(?:(?:và|hoặc)\s{1,3})?|\s{1,3}(?:và|hoặc"
        rf"|hay)\s{{1,3}})(?P<item>{item})"
    )
    for level, item in _ITEMS.items()
}
"""What ties a further item to a list, and the item."""
_MEASURE: Final = re.compile(
    r"\s(?:ngày|tháng|năm|giờ|phút|quý|triệu|tỷ|đồng|người|lần|tuổi|mét|km|ha|bộ|bản|cơ quan|đơn vị|trường hợp"
    r"|nhóm|loại|hồ sơ)(?!\w)"
)
_GAP: Final = re.compile(
    r"(?:\s{0,3},?\s{0,3}(?:vào\s{1,3}|ngay\s{1,3}|liền\s{1,3}){0,2}(?P<after>sau|trước)\s{1,3}(?:các\s{1,3})?"
    r"|\s{0,3}(?P<join>,\s?và|,\s?hoặc|;\s?và|;\s?hoặc|[,;]|và|hoặc|hay|đến|tới|-)?\s{0,3}(?:(?:của|tại|thuộc"
    r"|ở)\s{1,3})?"
    r"(?:(?:các|từ|cả)\s{1,3})?(?:quy định\stại\s)?)"
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
        return to_paths(tuple(self.parts), prefix)

    @property
    def deep(self) -> bool:
        """Whether "khoản này" or "điểm này" asks for more than the enclosing article."""
        return any(part.this and part.level in ("khoản", "điểm") for part in self.parts)

    @property
    def levels(self) -> frozenset[str]:
        """Which levels it names."""
        return frozenset(part.level for part in self.parts)


class Heading(NamedTuple):
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
    for place, word in (anchors or find_anchors(text)).level:
        level, begin = LEVELS[word], place
        if level == "Mục" and text[place - 5 : place] in _SMALL:
            level, begin = "Tiểu mục", place - 5
        opened = _OPENS[level].match(text, place + len(word))
        if not opened or (text[begin].islower() and _COMPOUND.search(text, max(0, begin - 8), begin)):
            continue
        if opened["this"]:
            _attach(text, found.chains, begin, opened.end(), Part(level, (), this=True))
            continue
        items, end = _items(text, level, opened)
        if headings and len(items) == 1 and level in _HEADED and _is_heading(text, begin, end):
            found.headings.append(Heading(begin, level, items[0]))
        else:
            _attach(text, found.chains, begin, end, Part(level, tuple(items)))
    return found


_SMALL: Final = ("Tiểu ", "tiểu ", "TIỂU ")
_HEADED: Final = frozenset({"Điều", "Mục", "Tiểu mục", "Chương", "Phần", "Phụ lục"})
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


def _is_heading(text: str, begin: int, end: int) -> bool:
    """Whether a level word with one item stands alone on its line, or before the title of its unit."""
    return _HEAD_AFTER.match(text, end) is not None and _HEAD_BEFORE.search(text, max(0, begin - 14), begin) is not None


def _items(text: str, level: str, opened: re.Match[str]) -> tuple[list[str], int]:
    """All items behind one level word, ranges expanded, and where they end."""
    items, end = [opened["item"]], opened.end()
    pattern = _MORE[level]
    while len(items) < 500:
        more = pattern.match(text, end)
        if not more or not _same_sort(items[0], more["item"]) or _MEASURE.match(text, more.end()):
            break
        if more["to"]:
            items[-1:] = expand(items[-1], more["item"])
        else:
            items.append(more["item"])
        end = more.end()
    return items, end


def _same_sort(first: str, other: str) -> bool:
    """A list stays with digits or with letters: "điểm a, 2" is not one."""
    return first[0].isdigit() == other[0].isdigit()


_JOINS: Final = {"tới": "đến", "-": "đến", "hoặc": "và", "hay": "và"}
_MOST_BETWEEN: Final = 40


@lru_cache(maxsize=1 << 12)
def _tie(gap: str) -> tuple[str, bool, bool] | None:
    """What stands between two parts of one list: the join, whether the second says where only, whether "các" is said.

    None where the words between do not tie the parts. Lists repeat the same few gaps, so each is read once.
    """
    match = _GAP.fullmatch(gap)
    if not match:
        return None
    join = match["join"] or ("sau" if match["after"] else "")
    join = _JOINS.get(join, "và" if join.endswith(("và", "hoặc")) else join)
    return join, match["after"] is not None, not match["join"] and "các" in gap


def _attach(text: str, chains: list[Chain], begin: int, end: int, part: Part) -> None:
    """Continue the last chain, bridge a bracket of history, or open a new chain."""
    last = chains[-1] if chains else None
    if last is not None and begin - last.end <= _MOST_BETWEEN and (tie := _tie(text[last.end : begin])):
        join, position, each = tie
        part = part._replace(join=join, position=position, each=each and len(part.items) > 1)
    else:
        last = _bridge(text, chains, begin)
        if last is None:
            lead = _LEAD.search(text, max(0, begin - 4), begin)
            chains.append(Chain(lead.start() if lead else begin, end, [part], part.this))
            return
        part = part._replace(join="và")
    last.parts.append(part)
    last.end, last.this = end, last.this or part.this


def _bridge(text: str, chains: list[Chain], begin: int) -> Chain | None:
    """The chain that a bracket of history "(được sửa đổi bởi …)" interrupts just before ``begin``."""
    near = max(0, begin - 8)
    close = _BRACKET_END.search(text, near, begin) if text.find(")", near, begin) >= 0 else None
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
