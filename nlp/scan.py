"""One pass over a text that notes where every word stands from which a closer look begins.

Words with a capital are found by one alternation: ``re`` skips to their few first letters. Words in small letters are
found one by one, by ``str.find``: their first letters stand everywhere. Tried and slower or hardly faster: one
alternation for all words, the space before a number as the anchor, an Aho-Corasick automaton (docs/accuracy.md).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

LEVELS: Final = {
    "Điều": "Điều", "điều": "Điều", "ĐIỀU": "Điều", "Khoản": "khoản", "khoản": "khoản", "KHOẢN": "khoản",
    "Điểm": "điểm", "điểm": "điểm", "điệm": "điểm", "Mục": "Mục", "mục": "Mục", "MỤC": "Mục", "Phụ lục": "Phụ lục",
    "phụ lục": "Phụ lục", "PHỤ LỤC": "Phụ lục", "Chương": "Chương", "chương": "Chương", "CHƯƠNG": "Chương",
    "Phần": "Phần", "phần": "Phần",
}  # fmt: skip
"""Level words as they are printed, and the level of each."""
_LAWS: Final = ("Luật", "LUẬT", "Bộ luật", "Pháp l", "Pháp L", "PHÁP L")
_OTHERS: Final = {
    "này": "this", "trên": "above", "Hiến pháp": "constitution", "Trung ương": "plenum",
    "TW ": "plenum", "Đại hội": "congress",
    "Đề án 0": "nickname", "Quy hoạch điện": "nickname",
}  # fmt: skip


_KINDS: Final = (
    *("Nghị quyết", "Nghị định", "Quyết định", "Chỉ thị", "Thông tư liên tịch", "Thông tư", "Kết luận", "Quy định"),
    *("Hướng dẫn", "Công điện", "Công văn", "Thông báo", "Kế hoạch", "Chương trình"),
    *("NQ", "NĐ", "CT", "KL", "QĐ", "TT"),
)
_NUMBER: Final = r"(?: ?|(?=\s+số))(?:\s?số\s)?{number}{year}?(?![\w/%-]|[.,]\d|\s?-\s?(?:[A-ZĐ]{{2}}|\d)|\s?/)"
_DIGITS: Final = r"\d{1,4}[a-z]?"
_IN_YEAR: Final = r"/(?:19|20)\d\d|\snăm\s(?:19|20)\d\d"
_BARE_NUMBER: Final = _NUMBER.format(number=_DIGITS, year=f"(?:{_IN_YEAR})")
SHORT: Final = re.compile(
    f"(?P<word>{'|'.join(_KINDS)})" + _NUMBER.format(number=f"(?P<number>{_DIGITS})", year=f"(?P<year>{_IN_YEAR})")
)
"""A kind word with a bare number ("Nghị quyết 57", "Quyết định 42 năm 2014"); full symbols go on and are none."""

_GROUPS: Final = dict.fromkeys(LEVELS, "level") | dict.fromkeys(_LAWS, "law") | dict.fromkeys(_KINDS, "short") | _OTHERS


def _branch(word: str) -> str:
    return re.escape(word) + (f"(?={_BARE_NUMBER})" if word in _KINDS else "")


_CAPITALS: Final = re.compile(
    "|".join(_branch(word) for word in sorted(_GROUPS, key=len, reverse=True) if word[0].isupper())
)
_SMALL: Final = tuple(word for word in _GROUPS if word[0].islower())


@dataclass(slots=True)
class Anchors:
    """Places of words, by what they may begin; words inside other words are left out."""

    level: list[tuple[int, str]] = field(default_factory=list)
    """Level words with the word as printed; the others are places alone."""
    short: list[int] = field(default_factory=list)
    """Kind words with a bare number behind them."""
    law: list[int] = field(default_factory=list)
    this: list[int] = field(default_factory=list)
    above: list[int] = field(default_factory=list)
    constitution: list[int] = field(default_factory=list)
    plenum: list[int] = field(default_factory=list)
    congress: list[int] = field(default_factory=list)
    nickname: list[int] = field(default_factory=list)


def find_anchors(text: str) -> Anchors:
    """The places of all words of interest in a folded text."""
    places: dict[str, list[int]] = {word: [] for word in _GROUPS}
    for match in _CAPITALS.finditer(text):
        places[match[0]].append(match.start())
    for word in _SMALL:
        found, place = places[word], text.find(word)
        while place >= 0:
            found.append(place)
            place = text.find(word, place + 1)
    anchors = Anchors()
    for word, found in places.items():
        alone = _alone(text, found)
        if word in LEVELS:
            anchors.level += [(place, word) for place in alone]
        else:
            getattr(anchors, _GROUPS[word]).extend(alone)
    for group in Anchors.__slots__:
        getattr(anchors, group).sort()
    return anchors


def _alone(text: str, found: list[int]) -> list[int]:
    """Without the places inside a longer word."""
    return [place for place in found if not text[place - 1 : place].isalnum()]


def places(text: str, literal: str) -> list[int]:
    """Where a literal occurs."""
    return [match.start() for match in re.finditer(re.escape(literal), text)]
