"""One pass over a text that notes where every word stands from which a closer look begins.

A single alternation of plain words is the fastest scan that ``re`` offers: it skips to first letters and compares
branches.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

_LEVELS: Final = (
    *(
        "Điều",
        "điều",
        "ĐIỀU",
        "Khoản",
        "khoản",
        "KHOẢN",
        "Điểm",
        "điểm",
        "điệm",
        "Mục",
        "mục",
        "MỤC",
        "Phụ lục",
        "phụ lục",
    ),
    *("PHỤ LỤC", "Chương", "chương", "CHƯƠNG", "Phần", "phần"),
)
_KINDS: Final = (
    *("Nghị ", "Quyết định", "Chỉ thị", "Thông ", "Kết luận", "Quy định", "Hướng dẫn", "Công ", "Kế hoạch", "Chương"),
    *("NQ", "NĐ", "CT", "KL", "QĐ", "TT"),
)
_LAWS: Final = ("Luật", "LUẬT", "Bộ luật", "Pháp l", "PHÁP L")
_OTHERS: Final = {
    "này": "this", "trên": "above", "Hiến pháp": "constitution", "Trung ương": "plenum",
    "TW ": "plenum", "Đại hội": "congress",
    "Đề án 0": "nickname", "Quy hoạch điện": "nickname",
}  # fmt: skip


def _groups() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, words in (("level", _LEVELS), ("kind", _KINDS), ("law", _LAWS)):
        for word in words:
            found[word] = (*found.get(word, ()), name)
    return found | {word: (name,) for word, name in _OTHERS.items()}


_GROUPS: Final = _groups()
_CAPITALS: Final = re.compile(
    "|".join(sorted((re.escape(w) for w in _GROUPS if w[0].isupper()), key=len, reverse=True))
)
_SMALL: Final = tuple(word for word in _GROUPS if word[0].islower())
_SINGLE: Final = {word: names[0] for word, names in _GROUPS.items() if len(names) == 1}


@dataclass(slots=True)
class Anchors:
    """Places of words, by what they may begin; words inside other words are left out."""

    level: list[int] = field(default_factory=list)
    kind: list[int] = field(default_factory=list)
    law: list[int] = field(default_factory=list)
    this: list[int] = field(default_factory=list)
    above: list[int] = field(default_factory=list)
    constitution: list[int] = field(default_factory=list)
    plenum: list[int] = field(default_factory=list)
    congress: list[int] = field(default_factory=list)
    nickname: list[int] = field(default_factory=list)


def find_anchors(text: str) -> Anchors:
    """The places of all words of interest in a folded text."""
    anchors = Anchors()
    lists = {name: getattr(anchors, name) for name in Anchors.__slots__}
    for match in _CAPITALS.finditer(text):
        start = match.start()
        if start and text[start - 1].isalnum():
            continue
        word = match[0]
        if word in _SINGLE:
            lists[_SINGLE[word]].append(start)
        else:
            for name in _GROUPS[word]:
                lists[name].append(start)
    for word in _SMALL:
        found = lists[_SINGLE[word]]
        place = text.find(word)
        while place >= 0:
            if not (place and text[place - 1].isalnum()):
                found.append(place)
            place = text.find(word, place + 1)
    anchors.level.sort()
    return anchors


def anchored(word: str) -> bool:
    """Whether names that begin with ``word`` stand at places of :attr:`Anchors.kind`."""
    return f"{word} " in _KINDS


def places(text: str, literal: str) -> list[int]:
    """Where a literal occurs."""
    return [match.start() for match in re.finditer(re.escape(literal), text)]
