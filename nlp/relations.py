"""What a text does to the document that it cites: basis, implements, per, amends … (cues in ``data/relations.toml``).

Direction: the citing text does it to the cited document, unless the sentence links two cited ones; then the acting
one is
the ``agent``. A cue inside the title of a cited document is no act of this text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple, cast

from nlp.list_scope import Scope, consolidated, head_relation, heading_relation, own_fate, row_relation
from nlp.model import Relation
from nlp.vocabulary import load

_DATA: Final = load("relations.toml")
_ACTS: Final = frozenset(
    {
        "amends",
        "supplements",
        "replaces",
        "repeals",
        "corrects",
        "suspends",
        "implements",
        "details",
        "guides",
        "consolidates",
    }
)
"""What one cited document can do to another."""
_MODIFIES: Final = frozenset({"amends", "supplements", "replaces", "repeals", "corrects", "suspends"})


class Found(NamedTuple):
    """A relation and the document that acts (its symbol), when it is another cited one."""

    relation: Relation
    agent: str | None = None
    listed: bool = False
    """Whether the head of a list told it, so that it holds for all its items."""


@dataclass(frozen=True, slots=True)
class _Cue:
    """A cue's pattern, the words one of which it needs (a quick look before the pattern), and what it tells."""

    pattern: re.Pattern[str]
    needs: tuple[str, ...]
    relation: Relation


def _near() -> str:
    """Up to twelve words of no meaning, then white space.

    Possessive and longest first: a cue that stands too far away is given up at once, where trying shorter words again
    would cost most of the time.
    """
    words = sorted((word.strip() for word in _DATA["gaps"]["near_words"].split("|")), key=len, reverse=True)
    return rf":?(?>\s{{1,3}}(?>{'|'.join(words)}|{_DATA['gaps']['near_signs']}),?){{0,12}}+\s{{1,3}}"


_GAPS: Final = {**_DATA["gaps"], "near": _near()}


def _compile(entry: dict[str, Any]) -> _Cue:
    gap = _GAPS[entry.get("reach", "near")]
    return _Cue(re.compile(rf"(?:{entry['cue']}){gap}\Z"), tuple(entry.get("has", ())), entry["relation"])


_CUES: Final = [_compile(entry) for entry in _DATA["cue"]]
_AFTER: Final = [(re.compile(entry["cue"], re.IGNORECASE), entry["relation"]) for entry in _DATA["after"]]
_BOUNDARY: Final = re.compile(
    r";\s|\.\s+(?=[A-ZĐÀ-Ỹ\-+•“\"(\d])|[.;:]\s*\n|\n\s*\n|\n\s*(?=[-+•*]\s|\d{1,2}[.)]\s|[a-zđ]\)\s|Căn cứ\s|Xét\s"
    r"|Theo đề nghị|Thực hiện\s|Điều \d)"
)
_LIST: Final = re.compile(
    r"\s{0,3}(?:[,;]|và|hoặc|cùng|,\s?và|;\s?và)?\s{0,3}(?:các\s)?(?:(?:và|hoặc)\s)?(?:của\s"
    r"|tại\s)?(?:các\s)?\s{0,2}(?:[sS]ố\s{0,2}:?\s{0,2})?\Z"
)
_LIST_TAIL: Final = re.compile(r"(?:[,;]|\s(?:và|hoặc))\s{1,3}(?:và\s)?(?:các\s|của\s)?(?:[sS]ố\s{0,2}:?\s{0,2})?\Z")
_ITEM: Final = re.compile(
    r"[\s*_>|]{0,6}(?P<mark>(?:\d{1,3}(?:\.\d{1,2})*[.)]|[a-zđ][.)]"
    r"|[-+•*])[\s*_]{1,4})?(?:Tại\s)?(?:và\s)?(?:các\s)?(?:[sS]ố\s{0,2}:?\s{0,2})?"
)
_SAME_AS_BEFORE: Final = 700
_WINDOW: Final = 320
_LONGEST_ITEM: Final = 80


def clause_start(text: str, low: int, place: int) -> int:
    """Where the clause that holds ``place`` begins, not before ``low``: a look from the last sign backwards."""
    low = max(low, place - _WINDOW)
    end = place
    while (sign := max([text.rfind(mark, low, end) for mark in ";.:\n"])) >= 0:
        while sign > low and (text[sign - 1] in ";.:" or text[sign - 1].isspace()):
            sign -= 1
        begin = None
        for match in _BOUNDARY.finditer(text, sign, place):
            if match.start() >= end:
                break
            begin = match.end()
        if begin is not None:
            return begin
        end = sign
    return low


@lru_cache(maxsize=1 << 14)
def cue_before(left: str) -> Relation | None:
    """The relation that the words directly before a citation tell."""
    flat = " ".join(left.replace("*", " ").replace("_", " ").split())
    if not flat:
        return None
    lower = flat.lower() + " "
    plain = _PLAIN.search(lower, max(0, len(lower) - 40)) is not None
    if plain and not _STRONG.search(lower):
        return "per"
    for cue in _CUES:
        for word in cue.needs:
            if word in lower:
                break
        else:
            if cue.needs:
                continue
        if _tells(cue.pattern, lower):
            return _weighed(cue.relation, flat, plain=plain)
    return None


def _weighed(relation: Relation, flat: str, *, plain: bool) -> Relation:
    """A cue in its place: Căn cứ and Thực hiện act where they open the clause, elsewhere they only point."""
    if relation == "basis" and not _PREAMBLE.match(flat):
        return "per"
    if relation == "implements" and plain and not _ACTING.match(flat):
        return "per"  # "có trách nhiệm thực hiện nhiệm vụ quy định tại": the task is carried out, not the document
    if relation in _MODIFIES and plain and _BY_RULE.search(flat):
        return "per"  # "khai bổ sung theo quy định tại"
    return relation


_PREAMBLE: Final = re.compile(r"\W{0,6}C(?:ăn|ĂN)\s")
"""Căn cứ is a basis where it opens a line of the preamble; inside a sentence it is a reference."""
_ACTING: Final = re.compile(r"\W{0,6}(?:để\s|tiếp tục\s|tổ chức\s)?(?:thực hiện|triển khai|thi hành)\s", re.IGNORECASE)
_EXPLAINS: Final = re.compile(_DATA["explains"])
_PLAIN: Final = re.compile(r" (?:quy định|nêu) (?:tại|của|trong) \Z")
_WEAK: Final = frozenset({"theo", "từ", "(", "được", "bị", "căn cứ", "bởi", "nội dung", "đoạn", "câu", "quy định"})
"""Words that cues need but that say nothing alone."""
_STRONG: Final = re.compile("|".join(sorted({word for cue in _CUES for word in cue.needs if word not in _WEAK})))
_BY_RULE: Final = re.compile(r"(?:theo|căn cứ)\s(?:đúng\s)?(?:các\s)?quy định\s(?:tại|của|trong)\s?\Z", re.IGNORECASE)


def _tells(pattern: re.Pattern[str], lower: str) -> bool:
    """Whether the cue stands as words of its own; a look-behind in the pattern would cost the fast search."""
    match = pattern.search(lower)
    while match and match.start() and lower[match.start() - 1].isalnum():
        match = pattern.search(lower, match.start() + 1)
    return match is not None


class Before(NamedTuple):
    """The citation before: where it ends, what it is called, and what was found for it."""

    end: int
    symbol: str | None
    found: Found
    head: Found | None = None
    """What was found for the head of the running list item: titles and histories inside the item do not change it."""

    def then(self, end: int, symbol: str | None, found: Found) -> Before:
        """The state after the next citation."""
        head = self.head or self.found
        nested = found.agent is not None or found.relation == "history" or (head.listed and not found.listed)
        return Before(end, symbol, found, head if nested else found)


def relate(text: str, start: int, end: int, before: Before | None, scopes: list[Scope] | None = None) -> Found:
    """The relation of the citation at ``start:end``; ``before`` is the one before it, ``scopes`` the text's lists."""
    listed = row_relation(text, scopes, start) if scopes else None
    if listed:
        return Found(listed, listed=True)
    begin = clause_start(text, before.end if before else 0, start)
    left = text[begin:start]
    linked = before is not None and begin == before.end
    if before is not None and linked and start - before.end < _SAME_AS_BEFORE and _LIST.fullmatch(left):
        return before.found
    item = _ITEM.fullmatch(left) if len(left) < _LONGEST_ITEM else None
    if item and not linked:
        found = _of_item(text, begin, end, before, marked=item["mark"] is not None)
        if found:
            return found
    if linked and before is not None:
        return _after_citation(text, left, end, before)
    if (opened := _INLINE.search(left)) and (said := head_relation(left[: opened.start()])):
        return Found(said, listed=True)
    relation = cue_before(left) or _cue_after(text, end)
    if relation == "basis" and _EXPLAINS.match(text, end):
        relation = "per"
    return Found(relation or ("consolidates" if consolidated(text, start, end) else "refers"))


_INLINE: Final = re.compile(r":\s{1,3}(?:[sS]ố\s{1,2})?\Z")
"""The head of a list in the same line ("Các nghị quyết sau đây hết hiệu lực: số 15/2013/NQ-HĐND")."""


def _of_item(text: str, begin: int, end: int, before: Before | None, *, marked: bool) -> Found | None:
    """What holds for a citation that opens an item or a sentence: its head, its own predicate, the item before it."""
    found = _list_head(text, begin, before, marked=marked)
    if found is None and (fate := own_fate(text, end)):
        return Found(fate)
    if found is None and before is not None and begin - before.end < _SAME_AS_BEFORE:
        found = _goes_on(text, before, begin, marked=marked)
    return found


_VOID: Final = re.compile(r"(?:hết\s{1,3}hiệu\s{1,3}lực|bãi\s{1,3}bỏ|hủy\s{1,3}bỏ)(?!\w)")
_HEAD_END: Final = re.compile(r":[\s*_|]*\Z")


def _list_head(text: str, begin: int, before: Before | None, *, marked: bool) -> Found | None:
    """What the line that opens a list says of its first item ("Bãi bỏ các văn bản sau:")."""
    low = max(before.end if before else 0, begin - _WINDOW)
    opened = _HEAD_END.search(text, low, begin)
    if opened:
        head = clause_start(text, low, opened.start())
        relation = cue_before(text[head : opened.start()])
        if relation in (None, "per"):
            line = clause_start(text, 0, opened.start())  # a head may itself name a document
            voided: Relation | None = "repeals" if _VOID.search(text, head, opened.start()) else None
            relation = head_relation(text[line : opened.start()]) or voided or relation
    else:
        relation = heading_relation(text, low, begin) if marked else None
    return Found(relation, listed=True) if relation else None


def _goes_on(text: str, before: Before, begin: int, *, marked: bool) -> Found | None:
    """What an item inherits from the one before it; only an enumerated list under a head survives a full stop."""
    ended = text[before.end : begin].rstrip(" \n*_|")
    head = before.head or before.found
    if "\nĐiều" in ended:
        return None
    if ended.endswith(";") and "\n\n" not in ended:
        return head
    return head if marked and head.listed else None


_OWN_ACT: Final = re.compile(r"\s{0,3}(?:[,;)\n]|và\s|đồng thời)", re.IGNORECASE)
_MORE_HISTORY: Final = re.compile(
    r"\s{0,3}(?:,|và|,\svà)\s{1,3}(?:được\s)?(?:sửa đổi|bổ sung|thay thế|đính chính)(?:,?\s(?:và\s)?bổ sung)?"
    r"\s(?:tại|bởi|theo|bằng)\s"
)
"""A second history of the document before: "đã được sửa đổi tại A và sửa đổi, bổ sung tại B"."""
_LEAVES: Final = re.compile(
    r"gắn với|đồng thời|nhằm|trong đó|trong quá trình|được|đã|tiếp tục|phải|có trách nhiệm|[:;]"
)
_TITLE: Final = re.compile(_DATA["title_start"], re.IGNORECASE)


def _after_citation(text: str, left: str, end: int, before: Before) -> Found:
    """A citation in the same clause as the one before: a list member, a title's object, or a new act."""
    relation = cue_before(left)
    if relation is None:
        if _LIST_TAIL.search(left):
            return before.found
        return Found(_cue_after(text, end) or "refers")
    if before.found.relation == "history" and _MORE_HISTORY.match(left):
        return before.found
    if relation == "history" or _OWN_ACT.match(left):
        return Found(relation)
    if before.symbol and relation in _ACTS and _TITLE.match(left) and not _LEAVES.search(left):
        return Found("history" if relation in _MODIFIES else relation, before.symbol)
    return Found(relation)


def _cue_after(text: str, end: int) -> Relation | None:
    for pattern, relation in _AFTER:
        if pattern.match(text, end):
            return cast("Relation", relation)
    return None
