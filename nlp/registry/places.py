"""The place at the end of a name: "tỉnh Kiên Giang", "TP. Hồ Chí Minh", "Hà Nội", "cấp tỉnh", a bare "Thành phố"."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from nlp.registry.provinces import by_key, provinces

_LONGEST: Final = max(len(key.split()) for key in by_key())
_KINDS: Final = ("tỉnh", "thành phố")
_LEVELS: Final = {
    "tỉnh": "province", "thành phố": "city", "huyện": "district", "quận": "district", "thị xã": "district",
    "xã": "commune", "phường": "commune", "thị trấn": "commune", "đặc khu": "commune", "trung ương": "central",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """What stands at the end of a name: a province, or a word for a level; ``printed`` is the kind word."""

    province: str | None = None
    level: str | None = None
    each: bool = False
    """Whether "cấp" stands before the level: every body of it."""
    printed: str | None = None


@lru_cache(maxsize=16_384)
def split_place(key: str, date: dt.date | None = None) -> tuple[str, Place]:
    """The comparison key without its place, and the place."""
    words = key.split()
    for count in range(min(_LONGEST, len(words) - 1), 0, -1):
        province = by_key().get(" ".join(words[-count:]))
        if province is not None:
            made = _before_province(words[:-count], province, date)
            if made is not None:
                return made
    return _level(words)


def _before_province(rest: list[str], province: str, date: dt.date | None) -> tuple[str, Place] | None:
    """The words before a province's name; None where the name is that of a smaller place (thành phố Cà Mau)."""
    city = provinces()[province].is_city(date)
    line = " ".join(rest)
    for kind in _KINDS:
        if line.endswith(f" {kind}"):
            if kind == "thành phố" and not city:
                return None
            return line.removesuffix(f" {kind}"), Place(province=province, printed=kind)
    if any(line.endswith(f" {kind}") for kind in _smaller()):
        return None
    return line, Place(province=province)


@cache
def _smaller() -> tuple[str, ...]:
    return tuple(word for word in _LEVELS if word not in (*_KINDS, "trung ương"))


def _level(words: list[str]) -> tuple[str, Place]:
    line = " ".join(words)
    for word, level in _LEVELS.items():
        if word == "trung ương":
            continue
        if line.endswith(f" cấp {word}"):
            return line.removesuffix(f" cấp {word}"), Place(level=level, each=True, printed=word)
        if line.endswith(f" {word}"):
            return line.removesuffix(f" {word}"), Place(level=level, printed=word)
    return line, Place()
