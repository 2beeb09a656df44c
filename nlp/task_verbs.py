"""Words that end the subject of a clause: verbs that order, verbs that tell, what leads to a verb."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from nlp.patterns import rules, spaced
from nlp.units import find_units

_NO_COURSE = r"(?<!công\s)(?<!chương\s)(?<!quy\s)(?<!tiến\s)(?<!lộ\s)(?<!giáo\s)"
"""Before "trình" as a verb."""
_CLASS_BAN = r"(?<=,\sban\s)(?!(?:quản|chỉ|tổ|điều|chấp|giám|thanh|vận)\s)"
"""Behind "phòng, ban" a verb follows, behind "ban" alone the name goes on: "ban chỉ đạo", "Ban Xây dựng Đảng"."""
_GROUPS = ("duty", "tells", "adverbials", "verbs")
_JOINT = re.compile(r"(?:\s*[,;]\s*(?:và\s+)?|\s+(?:và|cùng(?:\s+với)?|hoặc)\s+)")
_GAP = re.compile(r",?\s+")


@cache
def words(name: str) -> tuple[str, ...]:
    """A list of ``[subject]`` in ``data/tasks.toml``."""
    return tuple(rules("tasks")["subject"][name])


def alternatives(phrases: Sequence[str], longer: Sequence[str] = ()) -> str:
    """A pattern of the phrases, the longest first; none of them where one of ``longer`` begins that goes on with it."""
    return "|".join(_phrase(phrase, longer) for phrase in sorted(phrases, key=len, reverse=True))


def _phrase(phrase: str, longer: Sequence[str]) -> str:
    made = spaced(re.escape(phrase).replace(r"\ ", " "))
    rests = [other[len(phrase) :] for other in longer if other.startswith(f"{phrase} ")]
    tail = "|".join(spaced(re.escape(rest).replace(r"\ ", " ")) for rest in rests)
    return (_NO_COURSE if phrase == "trình" else "") + made + (f"(?!(?:{tail})(?!\\w))" if rests else "")


@cache
def stops() -> re.Pattern[str]:
    """Any word that ends a subject, in lower case as printed; the group says of which kind it is."""
    longer = [word for name in _GROUPS for word in words(name)]
    parts = [f"(?P<{name}>{alternatives(words(name), longer)})" for name in _GROUPS]
    return re.compile(
        rf"(?<![\w/-])(?<!Đào\s)(?<!Ban\s)(?:(?<!ban\s)|{_CLASS_BAN})(?<!Tổ\s)(?<!tổ\s)(?<!nhà\s)(?<!chủ\s)"
        rf"(?:{'|'.join(parts)})(?![\w/-])"
    )


@cache
def stops_any_case() -> re.Pattern[str]:
    """The same after "Sở Nội vụ: ", where the verb has a capital."""
    return re.compile(stops().pattern, re.IGNORECASE)


@cache
def _verb() -> re.Pattern[str]:
    """A directive verb at the head of an item, in lower case."""
    known = (*words("duty"), *words("verbs"), *words("more_verbs"), *words("head_verbs"))
    return re.compile(rf"(?:{alternatives(known)})(?![\w/-])")


_REACH = 80
"""Characters at the head of a line that are put into lower case: no verb is half as long."""


def starts_with_verb(text: str, pos: int = 0) -> bool:
    """Whether a directive verb or adverb stands at ``pos``."""
    return bool(_verb().match(text[pos : pos + _REACH].lower()))


@cache
def _behind() -> re.Pattern[str]:
    known = (*words("more_verbs"), *words("short_verbs"))
    tells = alternatives((*words("tells"), *words("adverbials")), [*words("verbs"), *known])
    return re.compile(rf"(?!(?:{tells})(?!\w))(?P<verbs>{alternatives(known, words('verbs'))})(?![\w/-])")


def behind_names(window: str, units: Sequence[tuple[int, int, str]]) -> re.Match[str] | None:
    """A verb right behind the proper names that a window begins with: any of the longer list may only be one there."""
    names = list(_leading(window, units))
    if not names or names[-1][2][0].islower() or names[-1][2].startswith(_EACH):
        return None
    gap = _GAP.match(window, names[-1][1])
    return _behind().match(window, gap.end()) if gap else None


def verb_before(window: str, units: Sequence[tuple[int, int, str]], stop: re.Match[str]) -> re.Match[str] | None:
    """The verb of the longer list behind a collective where the known one only goes on: "các xã giữ gìn …, vận"."""
    named = list(_leading(window, units))
    if not named or stop.lastgroup != "verbs" or named[-1][1] >= stop.start():
        return None
    return _behind().search(window, named[-1][1], stop.start())


def verb_near(window: str, units: Sequence[tuple[int, int, str]], limit: int) -> re.Match[str] | None:
    """A verb of two words that no name holds, close behind the names that a window begins with."""
    named = list(_leading(window, units))
    if not named or not window[0].isupper() or named[-1][1] >= limit:
        return None
    return _no_name().search(window, named[-1][1], min(limit, named[-1][1] + _CLOSE))


_CLOSE = 30


@cache
def _no_name() -> re.Pattern[str]:
    known = [word for word in {*words("more_verbs")} - {*words("verbs_in_names")} if " " in word]
    return re.compile(rf"(?<![\w/-])(?P<verbs>{alternatives(known)})(?![\w/-])")


def verb_after(window: str, units: Sequence[tuple[int, int, str]]) -> re.Match[str] | None:
    """The first verb of two words of the longer list where a clause with a body at its head has no other verb."""
    named = list(_leading(window, units))
    end = _SENTENCE.search(window, named[-1][1]) if named else None
    return long_verb().search(window, named[-1][1], end.start() if end else len(window)) if named else None


@cache
def long_verb() -> re.Pattern[str]:
    """A verb of two words of the longer list, in small letters."""
    known = [word for word in words("more_verbs") if " " in word]
    return re.compile(rf"(?<![\w/-])(?P<verbs>{alternatives(known, words('verbs'))})(?![\w/-])")


_SENTENCE = re.compile(r"[.;:](?:\s|$)")
_EACH = ("Các ", "Những ", "Từng ", "Mọi ")
"""How a collective begins; where its name ends no one can tell."""


def leading(window: str) -> list[tuple[int, int, str]]:
    """The names that a clause begins with, as (start, end, name)."""
    return list(_leading(window, find_units(window)))


def _leading(window: str, units: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """The names that follow one another from the beginning, joined by commas or "và"."""
    at = 0
    for unit in units:
        if unit[0] and not (at and _JOINT.fullmatch(window, at, unit[0])):
            return
        at = unit[1]
        yield unit
