"""Word's automatic numbers and bullets: they are in no text run, yet "Điều 1." and "a)" are what people cite.

The label of a paragraph follows from its list (w:num → w:abstractNum), its level and the paragraphs before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from corpus.docx_package import Element, W

_PLACE: Final = re.compile(r"%([1-9])")
_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_BULLETS: Final = {"\uf0b7": "•", "\uf0a7": "•", "\uf0d8": "•", "\uf0fc": "•", "\uf02d": "-", "\uf02b": "+", "o": "•"}
_LEVELS: Final = 9


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    style: str | None = None
    legal: bool = False


@dataclass(slots=True)
class _List:
    """A w:num: its abstract list and what it changes in it."""

    abstract: str
    levels: dict[int, Level]
    restarts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Numbering:
    """All lists of a document and how far each has counted."""

    _lists: dict[str, _List] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, root: Element | None, style_lists: dict[str, str]) -> Numbering:
        """From word/numbering.xml. ``style_lists`` gives the list that a numbering style stands for."""
        numbering = cls()
        if root is None:
            return numbering
        abstract = {_value(item, "abstractNumId"): item for item in root.findall(f"{W}abstractNum")}
        nums = {_value(item, "numId"): item for item in root.findall(f"{W}num")}
        for number, item in nums.items():
            source = _abstract_of(item)
            levels = _levels(abstract.get(_linked(abstract.get(source), source, nums, style_lists)))
            numbering._lists[number] = _List(source, levels, _overrides(item, levels))
        return numbering

    def level_of_style(self, number: str, style: str) -> int:
        """The level of a list that is bound to a paragraph style."""
        levels = self._lists[number].levels if number in self._lists else {}
        return next((depth for depth, level in levels.items() if level.style == style), 0)

    def label(self, number: str, depth: int) -> str:
        """The label of the next paragraph of this list and level; counting is done by asking."""
        found = self._lists.get(number)
        if found is None or depth not in found.levels:
            return ""
        counts = self._counts.setdefault(found.abstract, {})
        if number not in self._begun:
            self._begun.add(number)
            for level, start in found.restarts.items():
                counts[level] = start - 1
        counts[depth] = counts.get(depth, found.levels[depth].start - 1) + 1
        for deeper in range(depth + 1, _LEVELS):
            counts.pop(deeper, None)
        return _label(found.levels, depth, counts)


def _label(levels: dict[int, Level], depth: int, counts: dict[int, int]) -> str:
    level = levels[depth]
    if level.format == "bullet":
        return _BULLETS.get(level.text, level.text if level.text.isprintable() and len(level.text) == 1 else "•")
    if level.format == "none" and "%" not in level.text:
        return level.text.strip()

    def printed(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        above = levels.get(place, Level())
        value = counts.get(place, above.start)
        return _number(value, "decimal" if level.legal else above.format)

    return _PLACE.sub(printed, level.text).strip()


def _number(value: int, style: str) -> str:
    if style in {"upperRoman", "lowerRoman"}:
        roman = _roman(value)
        return roman if style == "upperRoman" else roman.lower()
    if style in {"upperLetter", "lowerLetter"} and value > 0:
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter.upper() if style == "upperLetter" else letter
    if style == "decimalZero":
        return f"{value:02d}"
    return "" if style == "none" else str(value)


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    digits = ""
    for size, sign in _ROMAN:
        count, value = divmod(value, size)
        digits += sign * count
    return digits


def _value(element: Element | None, name: str) -> str:
    return "" if element is None else (element.get(f"{W}{name}") or "")


def _child_value(element: Element, name: str) -> str:
    return _value(element.find(f"{W}{name}"), "val")


def _abstract_of(number: Element) -> str:
    return _child_value(number, "abstractNumId")


def _linked(abstract: Element | None, own: str, nums: dict[str, Element], style_lists: dict[str, str]) -> str:
    """The abstract list that is meant: one that only names a numbering style takes that style's list."""
    style = "" if abstract is None else _child_value(abstract, "numStyleLink")
    number = nums.get(style_lists.get(style, "")) if style else None
    return own if number is None else _abstract_of(number)


def _levels(abstract: Element | None) -> dict[int, Level]:
    if abstract is None:
        return {}
    return {_depth(item): _level(item) for item in abstract.findall(f"{W}lvl")}


def _level(item: Element) -> Level:
    legal = item.find(f"{W}isLgl")
    return Level(
        start=_integer(_child_value(item, "start"), 1),
        format=_child_value(item, "numFmt") or "decimal",
        text=_child_value(item, "lvlText"),
        style=_child_value(item, "pStyle") or None,
        legal=legal is not None and _value(legal, "val") not in {"0", "false"},
    )


def _overrides(number: Element, levels: dict[int, Level]) -> dict[int, int]:
    """Restarts of a w:num; levels that it defines anew are put into ``levels``."""
    restarts: dict[int, int] = {}
    for item in number.findall(f"{W}lvlOverride"):
        depth = _depth(item)
        own = item.find(f"{W}lvl")
        if own is not None:
            levels[depth] = _level(own)
        if start := _child_value(item, "startOverride"):
            restarts[depth] = _integer(start, 1)
            levels[depth] = replace(levels.get(depth, Level()), start=restarts[depth])
    return restarts


def _depth(item: Element) -> int:
    return min(max(_integer(_value(item, "ilvl"), 0), 0), _LEVELS - 1)


def _integer(text: str, default: int) -> int:
    try:
        return int(text)
    except ValueError:
        return default
