"""One instruction of an amending text taken apart: what is done, to which places, with which words.

"Bổ sung điểm p1 vào sau điểm p khoản 2:", "Bãi bỏ từ khoản 1 đến khoản 11 Điều 1; điểm a khoản 1 Điều 1a",
"Thay thế cụm từ “20 ngày” bằng cụm từ “15 ngày” tại khoản 4 Điều 23" (NĐ 34/2016 Phụ lục I, mẫu văn bản sửa đổi).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from nlp.amendment_lines import masked, quotes
from nlp.locator_paths import RANK
from nlp.locators import Chain, find_places
from nlp.model import AmendmentAction, Locator

_VERBS: Final = (
    r"sửa đổi(?:(?:,|,?\s{1,3}và)?\s{1,3}bổ sung)?|bổ sung(?:(?:,|,?\s{1,3}và)\s{1,3}sửa đổi)?|điều chỉnh|sửa(?=\s)"
    r"|thay thế|thay(?=\s)|bãi bỏ|h(?:ủy|uỷ) bỏ|bỏ(?=\s)|(?:tạm\s)?ngưng\s(?:một phần\s|toàn bộ\s)?hiệu lực|đình chỉ"
)
ACT: Final = re.compile(rf"(?:và\s|đồng thời,?\s)?(?P<verb>{_VERBS})(?!\w)", re.IGNORECASE)
_ACTIONS: Final[tuple[tuple[str, AmendmentAction], ...]] = (
    ("sửa", "amend"), ("điều chỉnh", "amend"), ("bổ sung", "supplement"), ("thay", "replace"), ("bãi", "repeal"),
    ("hủy", "repeal"), ("huỷ", "repeal"), ("bỏ", "repeal"), ("ngưng", "suspend"), ("tạm", "suspend"),
    ("đình", "suspend"),
)  # fmt: skip
_WORDS: Final = re.compile(
    r"\s{1,3}(?:một số\s|các\s|những\s)?(?:cụm\s{1,3}từ|từ(?:\s{1,3}ngữ)?(?=\s{1,3}¤|,)|nội dung\s{0,3}¤)",
    re.IGNORECASE,
)
_NAME: Final = re.compile(r"\s{1,3}tên\s(?:của\s)?(?=[ĐMCP])", re.IGNORECASE)
_WITHIN: Final = re.compile(r"\strong\s(?=Điều|khoản|Chương|Mục|Phần|Phụ)")
_SOME: Final = re.compile(r"(?<!\w)một (?:số|phần)(?!\w)|(?:sau đây|(?<!như )sau|dưới đây)\s{0,2}:\s*\Z", re.IGNORECASE)
_HISTORY: Final = re.compile(
    r"\s(?:đã\s)?(?:được|bị)\s(?:sửa đổi|bổ sung|thay thế|bãi bỏ|hợp nhất)|(?:,|\s)sửa đổi,? bổ sung (?:bởi|tại|theo)\s"
    r"|\s(?:cho đến khi|đến khi|kể từ ngày|trong thời gian|từ ngày)\s"
)
_HISTORY_BRACKET: Final = re.compile(r"\((?:đã\s)?(?:được|bị|sửa|bổ|theo)[^()\n]{0,300}\)")
_BY_WHICH: Final = re.compile(r"\s(?:bằng|thành)(?=\s)")
_NEXT: Final = re.compile(r";|\.\s+(?=[A-ZĐÀ-Ỹ])")
_FORM: Final = re.compile(
    r"(?<!\w)(?:[Mm]ẫu|[Bb]iểu(?: mẫu)?)\s(?:số\s)?(?P<items>\d{1,3}[a-zđ]?"
    r"(?:(?:,|\svà)\s(?:(?:[Mm]ẫu|[Bb]iểu)\s(?:số\s)?)?\d{1,3}[a-zđ]?){0,60})"
    r"(?:\s(?:(?:của|tại|thuộc)\s)?(?P<annex>Phụ lục\s(?:số\s)?[\dIVXLC]{1,6})(?!\w))?"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One instruction with its span; ``words``: it changes words inside places; ``some``: it only heads others."""

    action: AmendmentAction
    start: int
    end: int
    reach: int
    """Where its own places end: what follows is history, or the annex that takes the place."""
    words: bool = False
    some: bool = False
    old: str | None = None
    new: str | None = None


def clauses(text: str, start: int, end: int) -> Iterator[Clause]:
    """The instructions of one paragraph whose words stand at ``start:end``."""
    shown = masked(text[start:end])
    opened: tuple[int, re.Match[str]] | None = None
    for low, high, stopped in _segments(shown):
        act = ACT.match(shown, low + len(shown[low:high]) - len(shown[low:high].lstrip()), high)
        if act is None and opened is None:
            return  # the paragraph begins with no act: it is no instruction
        if act is not None:
            if opened is not None:
                yield _clause(text, shown, start, opened[1], opened[0])
            opened = high, act
        elif opened is not None and not stopped:
            opened = high, opened[1]
        if stopped and act is None:
            break
    if opened is not None:
        yield _clause(text, shown, start, opened[1], opened[0])


def _segments(shown: str) -> Iterator[tuple[int, int, bool]]:
    """Stretches between semicolons and full stops; True after a full stop."""
    low, stopped = 0, False
    for match in _NEXT.finditer(shown):
        yield low, match.start(), stopped
        low, stopped = match.end(), match[0] != ";"
    yield low, len(shown), stopped


def _clause(text: str, shown: str, offset: int, act: re.Match[str], end: int) -> Clause:
    verb = act["verb"].lower()
    action = next(action for word, action in _ACTIONS if verb.startswith(word))
    words = _WORDS.match(shown, act.end()) is not None
    old = new = None
    if words:
        said = [text[offset + act.start() :][a:b] for a, b in quotes(text[offset + act.start() : offset + end])]
        old, new = _wording(action, said)
        action = "amend"
    reach = _reach(shown, act.end(), end, words=words, replaces=action == "replace")
    if _NAME.match(shown, act.end()):
        action = "amend"  # "Bãi bỏ tên Mục 1": only the heading's words go
    some = _SOME.search(shown, act.end(), end) is not None and not (words and old is new is not None)
    begin = act.start("verb")
    return Clause(action, offset + begin, offset + end, offset + reach, words, some, old, new)


def _wording(action: AmendmentAction, said: list[str]) -> tuple[str | None, str | None]:
    first, second = (*said, None, None)[:2]
    if action == "repeal":
        return first, None
    return (None, first) if action == "supplement" else (first, second)


def _reach(shown: str, low: int, high: int, *, words: bool, replaces: bool) -> int:
    history = _HISTORY.search(shown, low, high)
    high = history.start() if history else high
    by = _BY_WHICH.search(shown, low, high) if replaces and not words else None
    return by.start() if by else high


def paths(text: str, clause: Clause, prefix: Locator = ()) -> tuple[Locator, ...]:
    """The places of an instruction, completed by what the heading above it names."""
    shown = masked(text[clause.start : clause.end])[: clause.reach - clause.start]
    shown = _HISTORY_BRACKET.sub(lambda match: " " * len(match[0]), shown)
    forms, shown = _forms(_WITHIN.sub(" thuộc ", shown))
    chains = [chain for chain in find_places(shown, headings=False).chains if not chain.this]
    if clause.action == "supplement" and not clause.words:
        return _added(chains, prefix) or forms
    found: list[Locator] = []
    for chain in chains:
        for path in chain.paths():
            found.append(
                complete(
                    path, found[-1] if found and _rank(path) < RANK["Điều"] and _has_article(found[-1]) else prefix
                )
            )
    return (*dict.fromkeys(found), *forms)


def has_forms(text: str, clause: Clause) -> bool:
    """Whether forms (Mẫu số 02) are named: they stand in an annex that is itself left alone."""
    return bool(_forms(masked(text[clause.start : clause.end])[: clause.reach - clause.start])[0])


def _added(chains: list[Chain], prefix: Locator) -> tuple[Locator, ...]:
    """What is added is named first; "vào Điều 10" after it says where, and is the parent of a clause."""
    if not chains:
        return ()
    first, rest = chains[0].paths(), chains[1:]
    parent = next((chain.paths()[0] for chain in rest if "Điều" in chain.levels), prefix)
    return tuple(complete(path, parent) for path in first)


def complete(path: Locator, prefix: Locator) -> Locator:
    """``path`` under the steps of ``prefix`` that are larger than it; an article needs nothing above it."""
    rank = _rank(path)
    if rank >= RANK["Điều"]:
        return path
    return (*(step for step in prefix if RANK[level(step)] > rank), *path)


def level(step: str) -> str:
    """The level word of a step."""
    return step.rsplit(" ", 1)[0]


def _rank(path: Locator) -> int:
    return RANK.get(level(path[0]), 9) if path else 9


def _has_article(path: Locator) -> bool:
    return any(step.startswith("Điều ") for step in path)


def _forms(shown: str) -> tuple[tuple[Locator, ...], str]:
    """Forms (Mẫu số 02 Phụ lục III), as places of their annex, and the text without them."""
    found: list[Locator] = []
    for match in _FORM.finditer(shown):
        above = (match["annex"].replace(" số ", " "),) if match["annex"] else ()
        found += [(*above, f"Mẫu số {item}") for item in re.findall(r"\d{1,3}[a-zđ]?", match["items"])]
    return tuple(dict.fromkeys(found)), _FORM.sub(lambda match: " " * len(match[0]), shown) if found else shown
