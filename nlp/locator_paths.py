"""From the parts of a chain of places to paths (NĐ 30/2020, Phụ lục II): parents, lists and ranges.

Small to large is the rule ("điểm a khoản 2 Điều 5"); large to small ("Điều 5, khoản 2, điểm a") and comma paths occur.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from nlp.model import Locator

RANK: Final = {
    "điểm": 0, "khoản": 1, "Điều": 2, "Tiểu mục": 3, "Mục": 4, "Chương": 5, "Phần": 6, "Phụ lục": 7,
}  # fmt: skip
ALPHABET: Final = "abcdđeghiklmnopqrstuvxy"
"""Letters of điểm: đ exists, f j w z do not."""
_MAX_RANGE: Final = 400


class Part(NamedTuple):
    """One level with its items; ``join`` is what ties it to the part before ("" for directly)."""

    level: str
    items: tuple[str, ...]
    join: str = ""
    this: bool = False
    position: bool = False
    """True for "sau Điều 5", which says where, not what."""
    each: bool = False
    """True for "khoản 1 các Điều 9, 10": what stands before holds for every item."""


def expand(first: str, last: str) -> list[str]:
    """The closed range from ``first`` to ``last``, both included; letters run through the Vietnamese alphabet."""
    if first.isdigit() and last.isdigit() and int(first) < int(last) <= int(first) + _MAX_RANGE:
        return [str(n) for n in range(int(first), int(last) + 1)]
    a, b = first.lower(), last.lower()
    if len(a) == len(b) == 1 and a in ALPHABET and b in ALPHABET and ALPHABET.index(a) < ALPHABET.index(b):
        return list(ALPHABET[ALPHABET.index(a) : ALPHABET.index(b) + 1])
    if (x := _roman(first)) and (y := _roman(last)) and x < y <= x + 50:
        return [_to_roman(n) for n in range(x, y + 1)]
    return [first, last]


_ROMAN: Final = (("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))


def _to_roman(n: int) -> str:
    out = ""
    for sign, value in _ROMAN:
        while n >= value:
            out, n = out + sign, n - value
    return out


def _roman(s: str) -> int:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    if not s or any(c not in values for c in s):
        return 0
    total = 0
    for here, after in zip(s, [*s[1:], ""], strict=True):
        total += -values[here] if after and values[here] < values[after] else values[here]
    return total


def _merge_ranges(parts: Sequence[Part]) -> list[Part]:
    """``Điều 5 đến Điều 7`` as one part; what a range gains is appended, so that a chain of ranges stays linear."""
    merged: list[Part] = []
    grown: dict[int, list[str]] = {}
    for part in parts:
        at = len(merged) - 1
        if at >= 0 and part.join == "đến" and merged[at].level == part.level and merged[at].items and part.items:
            items = grown.setdefault(at, list(merged[at].items))
            items[-1:] = expand(items[-1], part.items[0])
            items += part.items[1:]
            merged[at] = merged[at]._replace(each=False)
        else:
            merged.append(part)
    for at, items in grown.items():
        merged[at] = merged[at]._replace(items=tuple(items))
    return merged


def _right_parent(parts: list[Part], i: int) -> tuple[int, bool] | None:
    """The nearest larger part to the right, and whether it follows its own list directly."""
    rank = RANK[parts[i].level]
    if i + 1 < len(parts) and parts[i + 1].join == "" and _inside_article(parts[i], parts[i + 1]):
        return i + 1, True
    for j in range(i + 1, len(parts)):
        if RANK[parts[j].level] > rank:
            if parts[j].join in ("", "sau"):
                return j, True
            return (j, False) if parts[j].join == "," else None
    return None


def _inside_article(part: Part, after: Part) -> bool:
    """``Phần III Điều 1``, ``mục 2 Điều 1``: decisions whose articles hold parts, small to large as ever."""
    return after.level == "Điều" and part.level in ("Phần", "Mục", "Tiểu mục")


def _left_parent(parts: list[Part], i: int) -> tuple[int, bool] | None:
    """The nearest larger part to the left that this one continues ("Điều 5, khoản 2")."""
    rank = RANK[parts[i].level]
    for j in range(i - 1, -1, -1):
        if parts[j].join not in ("", ",", "và") and j < i - 1:
            return None
        if RANK[parts[j].level] > rank:
            if parts[i].join == "" and _inside_article(parts[j], parts[i]):
                return None
            return (j, parts[i].join == "") if parts[i].join in ("", ",") or j < i - 1 else None
    return None


def _parent(parts: list[Part], i: int) -> int | None:
    right, left = _right_parent(parts, i), _left_parent(parts, i)
    for choice, tight in ((right, True), (left, True), (right, False), (left, False)):
        if choice and choice[1] == tight:
            return choice[0]
    return None


def _parents(parts: list[Part]) -> list[int | None]:
    """The parent of every part; one pass from the right for what runs small to large keeps long lists linear."""
    if len(parts) > 400:
        return [None] * len(parts)
    return [_parent(parts, i) for i in range(len(parts))]


def to_paths(parts: tuple[Part, ...], prefix: Locator = ()) -> tuple[Locator, ...]:
    """All paths of a chain, in the order of the text; a part that only says whose child another is gives none."""
    return _remembered(parts, prefix) if len(parts) <= _REMEMBERED else _to_paths(parts, prefix)


_REMEMBERED: Final = 6


@lru_cache(maxsize=1 << 14)
def _remembered(parts: tuple[Part, ...], prefix: Locator) -> tuple[Locator, ...]:
    """Short chains come again and again ("khoản 1 Điều 5"): each is worked out once."""
    return _to_paths(parts, prefix)


def _to_paths(chain: tuple[Part, ...], prefix: Locator) -> tuple[Locator, ...]:
    parts = _merge_ranges(chain)
    parents = _parents(parts)
    with_children = {p: i for i, p in enumerate(parents) if p is not None and not parts[i].position}
    paths: list[Locator] = []
    for i, part in enumerate(parts):
        if part.position or part.this:
            continue
        items = part.items
        if i in with_children:
            items = () if part.each else items[1:] if with_children[i] < i else items[:-1]
        for above in _all_above(parts, parents, i, prefix):
            paths += [(*above, f"{part.level} {item}") for item in items]
    return tuple(dict.fromkeys(paths)) or _this_only(parts, prefix)


def _this_only(parts: list[Part], prefix: Locator) -> tuple[Locator, ...]:
    """The path of a lone "Điều này"."""
    own = next((part for part in parts if part.this), None)
    path = _within(prefix, own.level) if own else ()
    return (path,) if path else ()


def _all_above(parts: list[Part], parents: list[int | None], i: int, prefix: Locator) -> list[Locator]:
    """The paths above a part: one, or one for each item of a parent written "các Điều 9, 10"."""
    above = _above(parts, parents, i, prefix)
    parent = parents[i]
    if parent is None or not parts[parent].each or not above:
        return [above]
    return [(*above[:-1], f"{parts[parent].level} {item}") for item in parts[parent].items]


def _above(parts: list[Part], parents: list[int | None], i: int, prefix: Locator) -> Locator:
    chain: list[str] = []
    j: int | None = parents[i]
    child, seen = i, 0
    while j is not None and seen < 10:
        if parts[j].this:
            return (*_within(prefix, parts[j].level), *chain)
        item = parts[j].items[0] if j > child else parts[j].items[-1]
        chain.insert(0, f"{parts[j].level} {item}")
        child, j, seen = j, parents[j], seen + 1
    return tuple(chain)


def _within(prefix: Locator, level: str) -> Locator:
    """The enclosing unit up to ``level``; articles are numbered through a whole text, so larger levels are left out."""
    names = [step.rsplit(" ", 1)[0] for step in prefix]
    if level not in names:
        return ()
    end = names.index(level) + 1
    start = end - 1
    if level in ("khoản", "điểm") and "Điều" in names[:end]:
        start = names.index("Điều")
    elif level in ("Mục", "Tiểu mục"):
        start = 0
    return prefix[start:end]
