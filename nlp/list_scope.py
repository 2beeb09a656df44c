"""What a list says of its items: the head line before it, the title of an annex above it, the predicate behind an item.

"Bãi bỏ các văn bản quy phạm pháp luật thuộc lĩnh vực Y tế, cụ thể như sau:" holds for every item that opens with a
citation; "DANH MỤC VĂN BẢN HẾT HIỆU LỰC" for every row of the table under it; "2. Nghị định số A về … hết hiệu lực kể
từ ngày …" says itself what happens to A. Words in ``data/relations.toml``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final, NamedTuple, cast

from nlp.model import Relation
from nlp.vocabulary import load

_DATA: Final = load("relations.toml")["lists"]
_HEADS: Final = [(re.compile(entry["cue"]), cast("Relation", entry["relation"])) for entry in _DATA["head"]]
_OBJECT: Final = re.compile(_DATA["object"])
_HEADING: Final = re.compile(
    r"(?:\A|\n)[\s*_#>|]*(?:Điều\s\d+\w*\.|\d{1,2}\.|[IVX]{1,5}\.|[a-zđ]\))[\s*_]*(?P<head>[^.;:\n]{4,200}(?:\n[^.;:\n]{1,200}){0,2})"
    r"[\s*_|]*\Z"
)
_HEADING_REACH: Final = 420


def head_relation(head: str) -> Relation | None:
    """What the words of a head do to the documents under it, where they speak of documents in the plural."""
    flat = " ".join(head.replace("*", " ").replace("_", " ").split()).lower()
    found = [(match.start(), relation) for cue, relation in _HEADS for match in [cue.search(flat)] if match]
    if not found or not _OBJECT.search(flat):
        return None
    return min(found)[1]


def heading_relation(text: str, low: int, begin: int) -> Relation | None:
    """What the heading directly above an item does, though no colon ends it ("Điều 1. Bãi bỏ toàn bộ 15 văn bản")."""
    match = _HEADING.search(text, max(low, begin - _HEADING_REACH), begin)
    if match is None or not any(cue.match(match["head"].lower()) for cue, _ in _HEADS):
        return None
    return head_relation(match["head"])


class Scope(NamedTuple):
    """Where the title of an annex holds: from its end to the next title, article or signature."""

    start: int
    end: int
    relation: Relation


_TITLE: Final = re.compile(
    r"(?:DANH MỤC|Danh mục)(?P<words>[^.;:]{4,400}?)"
    r"(?=\n\s*\n|\n\s*\(|\n[\s|*_]*(?:STT|TT|Stt|I\.|1\n|1\.|1\s?\|)|\(|\Z)"
)
_CLOSES: Final = re.compile(
    r"\n[\s*_#>|]*(?:DANH MỤC|Danh mục|PHỤ LỤC|Phụ lục|CHƯƠNG|Chương|Điều \d|Nơi nhận|Mẫu số|MẪU SỐ)"
)
_CELL: Final = re.compile(r"[\s*_|]*(?:\d{1,4}[.)]?)?[\s*_|]*(?:[^|\t\n\d]{2,30}[|\t]\s*)?(?:[sS]ố\s?:?\s?)?\Z")
"""A number and the kind's own cell may stand before the symbol in its row."""
_LINE_START: Final = re.compile(r"(?:\A|\n)[\s*_#>|]{0,8}\Z")


def annex_scopes(text: str) -> list[Scope]:
    """The lists of documents whose title says what happens to them, in the order of the text."""
    found: list[Scope] = []
    for word in ("DANH MỤC", "Danh mục"):
        place = text.find(word)
        while place >= 0:
            scope = _scope(text, place) if _LINE_START.search(text, max(0, place - 10), place) else None
            found += [scope] if scope else []
            place = text.find(word, place + 1)
    return sorted(found)


def _scope(text: str, place: int) -> Scope | None:
    title = _TITLE.match(text, place)
    relation = head_relation("danh mục các " + title["words"]) if title else None
    if title is None or relation is None or "còn hiệu lực" in title["words"].lower():
        return None
    closes = _CLOSES.search(text, title.end())
    return Scope(title.end(), closes.start() if closes else len(text), relation)


def row_relation(text: str, scopes: list[Scope], start: int) -> Relation | None:
    """What the list around it says of a citation that opens a row: before it stand a number and empty cells alone."""
    i = bisect_right(scopes, start, key=lambda scope: scope.start) - 1
    if i < 0 or start >= scopes[i].end:
        return None
    line = max(scopes[i].start, text.rfind("\n", max(scopes[i].start, start - 60), start), start - 60)
    return scopes[i].relation if _CELL.fullmatch(text, line, start) else None


_FATE: Final = re.compile(_DATA["fate"])
_NOT_NOW: Final = re.compile(_DATA["not_now"])
_STOP: Final = re.compile(r"[.;]\s|\n\s*\n|\n\s*(?:\d{1,2}[.)]\s|[a-zđ]\)\s|[-+]\s|Điều \d)")
_FATE_REACH: Final = 700


def own_fate(text: str, end: int) -> Relation | None:
    """``repeals`` where the sentence that a citation opens says of it that it ends ("… hết hiệu lực kể từ ngày …")."""
    high = min(len(text), end + _FATE_REACH)
    if text.find("hiệu lực", end, high) < 0 and text.find("bãi bỏ", end, high) < 0:
        return None
    stop = _STOP.search(text, end, high)
    fate = _FATE.search(text, end, stop.start() + 1 if stop else high)
    if fate is None or _NOT_NOW.search(text, max(end, fate.start() - 40), fate.start()):
        return None
    return "repeals"


_IN_FORCE: Final = re.compile(r"[^;]{0,900}?,\s{1,2}có\s{1,2}hiệu\s{1,2}lực\s(?:thi\shành\s)?(?:kể\s)?từ\s{1,2}ngày")
_OPENING: Final = 3000


def consolidated(text: str, start: int, end: int) -> bool:
    """Whether a citation opens a consolidated text: the act and its date of effect stand there before the preamble.

    Pháp lệnh 01/2012/UBTVQH13 on consolidation, with its form.
    """
    return (
        start < _OPENING
        and _LINE_START.search(text, max(0, start - 10), start) is not None
        and text.find("Căn cứ", 0, start) < 0
        and _IN_FORCE.match(text, end) is not None
    )
