"""Persons who stand for their unit: "Giám đốc Sở Nội vụ" is Sở Nội vụ, "Chánh Văn phòng UBND tỉnh" its office."""

from __future__ import annotations

import re
from functools import cache

from nlp import unit_names as names

_BEFORE = r"(?:(?:các\s+)?(?:(?:đồng chí|đ/c|ông|bà|quyền|nguyên)\s+)?)"


_SPACES = r"\s+"
_OF_AN_OFFICE = frozenset({"chánh văn phòng", "phó chánh văn phòng", "chánh thanh tra", "trưởng phòng"})
"""Heads of an office inside a body, which is not the body itself: "Chánh Văn phòng Bộ Nội vụ"."""


@cache
def _titles() -> tuple[re.Pattern[str], ...]:
    """One pattern a title, the shortest first: "Chánh" of "Chánh Văn phòng" leaves the office's name whole."""
    said = sorted({names.plain(title) for title in (*names.words("titles"), *names.words("more_titles"))}, key=len)
    return tuple(
        re.compile(
            rf"{_BEFORE}{_loose(title)}(?:\s+và\s+|\s*[,/:]\s*{'' if title in _OF_AN_OFFICE else '|' + _SPACES})(?=\S)"
        )
        for title in said
    )


def _loose(title: str) -> str:
    return r"\s+".join(map(re.escape, title.split()))


@cache
def _any() -> re.Pattern[str]:
    return re.compile("|".join(pattern.pattern for pattern in _titles()))


def without_title(text: str) -> tuple[str, ...]:
    """What may be left of a name after its title, the longest rest first; empty where it begins with none."""
    said = names.plain(text)
    if not _any().match(said):
        return ()
    ends = {match.end() for pattern in _titles() if (match := pattern.match(said))}
    return tuple(text[end:] for end in sorted(ends))
