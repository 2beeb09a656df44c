"""Persons who stand for their unit: "Giám đốc Sở Nội vụ" is Sở Nội vụ, "Chánh Văn phòng UBND tỉnh" its office."""

from __future__ import annotations

import re
from functools import cache

from nlp import unit_names as names

_BEFORE = r"(?:(?:các\s+)?(?:(?:đồng chí|đ/c|ông|bà|quyền|nguyên)\s+)?)"


@cache
def _titles() -> tuple[re.Pattern[str], ...]:
    """One pattern a title, the shortest first: "Chánh" of "Chánh Văn phòng" leaves the office's name whole."""
    said = sorted({names.plain(title) for title in (*names.words("titles"), *names.words("more_titles"))}, key=len)
    return tuple(
        re.compile(
            rf"{_BEFORE}{re.escape(title).replace(chr(92) + ' ', chr(92) + 's+')}(?:\s+và\s+|\s*[,/:]\s*|\s+)(?=\S)"
        )
        for title in said
    )


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
