"""The subject of an assigning clause: which bodies stand before the verb, and whether it orders or only tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.text import canonical_tones, one_to_one
from nlp import unit_names
from nlp.task_relatives import councils, is_restricted, named_verbs, restricted
from nlp.task_units import bodies, lists_class
from nlp.task_verbs import (
    alternatives,
    behind_names,
    starts_with_verb,
    stops,
    stops_any_case,
    verb_after,
    verb_before,
    verb_near,
    words,
)
from nlp.units import find_units

__all__ = ["Subject", "begins_body", "phrase_end", "read_subject", "starts_with_verb", "units_at"]

_REACH = 420
"""Characters within which a subject must meet its verb."""
_ADVERBIAL_REACH = 260
_EACH = re.compile(r"(?:[Cc]ác|[Nn]hững|[Tt]ừng|[Mm]ỗi|[Tt]oàn\s+thể|[Tt]ất\s+cả\s+các)\s+(?:[^\W\d_]+)", re.UNICODE)
_RELATIVE = re.compile(
    r"(?:[Cc]ác|[Nn]hững)?\s*(?:cơ\s+quan|đơn\s+vị|địa\s+phương|tổ\s+chức|cá\s+nhân|bộ|ngành|sở)[^.;:]{0,40}?\s"
    r"được\s+(?:giao|phân\s+công|phụ\s+trách)"
)
_MODAL = re.compile(
    r"(?<!\w)(?:phải|cần|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|có\s+báo\s+cáo|khẩn\s+trương|nghiêm\s+túc|chủ\s+động|"
    r"tập\s+trung|định\s+kỳ|căn\s+cứ|kịp\s+thời|tổng\s+hợp|báo\s+cáo|gửi|xây\s+dựng|lập)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """The bodies of a clause; ``start:end`` is the subject, ``verb`` where the predicate begins."""

    start: int
    end: int
    verb: int
    bodies: tuple[str, ...]
    duty: bool = False
    """True where the verb is "có trách nhiệm" or alike."""


_AUTHORITY = r"cơ\s+quan\s+(?:thuế|hải\s+quan|quân\s+sự|thanh\s+tra|thống\s+kê|công\s+an|bảo\s+hiểm)(?!\w)"
_ADDRESSED = r"[Qq]uý\s+(?:[Cc]ơ\s+quan|[Đđ]ơn\s+vị|[Đđ]ịa\s+phương|[Cc]ông\s+ty|Sở|Bộ|Ban|Ủy|UBND|Hội|Tỉnh)(?!\w)"
"""How a letter speaks to whom it is addressed."""


@cache
def _head() -> re.Pattern[str]:
    nouns = unit_names.alternatives([*unit_names.words("collective_nouns"), *words("actors")])
    titles = unit_names.alternatives(unit_names.words("titles"))
    persons = r"[Tt]oàn\s+thể\s+(?:cán\s+bộ|đảng\s+viên|công\s+chức)(?!\w)"
    each = rf"(?:[Cc]ác|[Nn]hững|[Tt]ừng|[Mm]ỗi|[Tt]oàn\s+thể)\s+(?i:{nouns})(?!\w)"
    return re.compile(
        rf"(?:{each}|{persons}|(?:{titles})(?:,|\s+(?=\w))|(?:người\s+đứng\s+đầu|thủ\s+trưởng|lãnh\s+đạo|thường\s+trực|[Cc]ấp\s+ủy|địa\s+phương)(?!\w)"
        rf"|(?:[Tt]hành\s+phố|[Tt]ỉnh|[Hh]uyện|[Qq]uận|[Tt]hị\s+xã|[Xx]ã|[Pp]hường|Phó\s+Thủ\s+tướng|Phó\s+Chủ\s+tịch|Phó\s+Giám\s+đốc|đồng\s+chí)\s+(?=[A-ZĐ])"
        rf"|{_AUTHORITY}|{_ADDRESSED}|{unit_names.head().pattern})"
    )


def begins_body(text: str, pos: int = 0) -> bool:
    """Whether the name of a body, or a collective, begins at ``pos``."""
    if not (text[pos : pos + 1].isupper() or text.startswith(_LOWER_HEADS, pos)):
        return False
    return _is_body(text[pos : pos + _HEAD_REACH])


@lru_cache(maxsize=4096)
def _is_body(head: str) -> bool:
    """The same of what stands there; several rules ask it of one line."""
    words = canonical_tones(one_to_one(head))
    return bool(_head().match(words)) and not _not_bodies().match(words)


_HEAD_REACH = 80
_LOWER_HEADS: tuple[str, ...] = (
    "cơ",
    "các", "những", "từng", "mỗi", "toàn", "người", "thủ", "lãnh", "thường", "cấp", "địa", "tỉnh", "thành", "huyện",
    "quận", "quý", "thị", "xã", "phường", "đồng", "tất",
)  # fmt: skip
"""How a body begins in lower case: a cheap look before the search."""


@cache
def _not_bodies() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(words('not_bodies'))})(?!\w)")


def read_subject(text: str, pos: int) -> Subject | None:
    """The subject at ``pos``, if bodies stand there and a directive verb follows; None for a clause that tells."""
    if not begins_body(text, pos):
        return None
    window = text[pos : pos + _REACH]
    stop = _first_stop(window)
    if stop is None or stop.start() == 0 or stop.lastgroup == "tells":
        return None
    if role := _ROLE.match(window):
        return Subject(pos, pos + role.end(1), pos + role.end(), (role[1],), duty=True)
    printed, called = _called_part(_BESIDE.split(window[: stop.start()])[0])
    if not _is_nominal(printed) or (_PLACE.match(printed) and len(printed) > _LONG_PLACE):
        return None
    names = _bodies_of(printed.strip(" ,;:"))
    if called:
        return _subject(pos, printed, pos + called, names, stop.lastgroup == "duty")
    verb: re.Match[str] | None = stop
    if stop.lastgroup == "adverbials":
        verb, pos_of_verb = _after_adverbial(text, pos + stop.start()), 0
    else:
        pos_of_verb = pos
    return _subject(pos, printed, pos_of_verb + verb.start(), names, verb.lastgroup == "duty") if verb else None


_BESIDE = re.compile(r",\s+(?:có|với)\s+sự(?!\w)")
"""Behind a body: with whose help, "Sở Y tế, có sự phối hợp của Công an tỉnh, …"."""


def _called_part(printed: str) -> tuple[str, int]:
    """The part before a colon that calls a body, and where what it has to do begins: "Cơ quan nơi đi: Nhận xét, …"."""
    body, colon, _ = printed.partition(": ")
    return (body, len(body) + len(colon)) if colon and not _CLASS_LIST.search(body) else (printed, 0)


def _bodies_of(printed: str) -> tuple[str, ...]:
    """The bodies of a subject; class words with what restricts them are one body."""
    held = named_verbs(printed)
    restricting = (stop for stop in stops().finditer(printed) if not any(a < stop.start() < b for a, b in held))
    if any(is_restricted(printed, stop) for stop in restricting):
        return tuple(_AND_OTHERS.split(printed))
    return bodies(printed)


_AND_OTHERS = re.compile(
    r"\s+và\s+(?=các\s+(?:cơ\s+quan|đơn\s+vị|tổ\s+chức|doanh\s+nghiệp|địa\s+phương|bộ|sở|ngành|cấp)(?!\w))"
)


_ROLE = re.compile(
    r"((?:[Cc]ơ\s+quan|[Đđ]ơn\s+vị)\s+(?:(?:lập|chủ\s+trì|quản\s+lý|soạn\s+thảo|thẩm\s+định|thực\s+hiện|đại\s+diện|kiểm\s+tra|"
    r"tiếp\s+nhận|ban\s+hành|cấp|sử\s+dụng)(?:\s[^\s,.;:()]+){1,10}?|thuế(?:\s[^\s,.;:()]+){0,5}?))\s+(?=có\s+trách\s+nhiệm|phải\s)"
)
"""A body known by its part alone, where a duty follows: "Cơ quan lập đề án có trách nhiệm …"."""


def _subject(pos: int, printed: str, verb: int, names: tuple[str, ...], duty: bool) -> Subject | None:  # noqa: FBT001
    if all(" " not in name for name in names) and not any(name.isupper() for name in names):
        return None  # nothing, or a class word alone: "Cơ quan có trách nhiệm …" names no one
    return Subject(pos, pos + len(printed.rstrip(" ,;:")), verb, names, duty)


def _is_nominal(printed: str) -> bool:
    """A subject is one phrase: no full stop inside, brackets closed, its last word no open conjunction."""
    if re.search(r"[.!?](?:\s|$)", printed) or printed.count("(") != printed.count(")"):
        return False
    return not re.search(r"(?:\s(?:của|và|hoặc|về|với|việc|cho|các|do|là))\s*$", printed)


def _first_stop(window: str) -> re.Match[str] | None:
    """The first stopping word outside the names of bodies (whose lower-case parts may be verbs)."""
    named = find_units(window)
    held = [(start, end) for start, end, _ in named]
    relative = _RELATIVE.match(window)
    at = 0
    if relative:
        given = _GIVEN.match(window, relative.end())
        modal = _MODAL.search(window, given.end() if given else relative.end() + 12)
        at = modal.start() if modal else relative.end()
    fields = councils(window, stops())
    held += [*fields, *named_verbs(window), *(one.span() for one in _BRACKETS.finditer(window))]
    called = None if lists_class(window) else _CALLED.search(window, at, _CALL_REACH)
    after = stops_any_case().match(window, called.end()) if called else None
    if after and after.lastgroup != "tells":
        return after
    plain = not at and not fields
    near = behind_names(window, named) if plain else None
    for match in stops().finditer(window, at):
        if near and match.start() >= near.start():
            return near
        inside = any(start < match.start() < end for start, end in held)
        if not inside and not _is_noun(window, match):
            first = verb_before(window, named, match) if _GOES_ON.search(window, at, match.start()) else None
            close = verb_near(window, named, match.start()) if plain and not first else None
            first = close if close and not any(start < close.start() < end for start, end in held) else first
            return first or restricted(window, match, stops()) or match
    return near or verb_after(window, named)


def _is_noun(window: str, stop: re.Match[str]) -> bool:
    """Whether a word that may be a verb names a body: "và tổ chức …", "và lãnh đạo các Bộ"."""
    if stop[0] == "cùng":
        return window.startswith(" cấp", stop.end())
    if stop[0] == "tổ chức":
        return bool(_AND.search(window, 0, stop.start()) or _ORGANISATION.match(window, stop.start()))
    return bool(_LEADERS.match(window, stop.start()) and (not stop.start() or _JOINED.search(window, 0, stop.start())))


_PLACE = re.compile(r"(?:tỉnh|thành\s+phố|huyện|quận|thị\s+xã|xã|phường)\s")
"""A place in lower case acts only right before its verb ("tỉnh Đắk Lắk cần …"); else it tells where a road runs."""
_LONG_PLACE = 40
_CALL_REACH = 160
_LEADERS = re.compile(r"lãnh\s+đạo\s+(?:các|Bộ|Sở|Ủy|Uỷ|UBND|Văn|Tập|Tổng|đơn\s+vị|cơ\s+quan|cấp|địa)(?!\w)")
"""The leaders of a body are bodies: "và lãnh đạo các Bộ, ngành"."""
_GIVEN = re.compile(
    r"(?:(?:\s+nhiệm\s+vụ)?\s+(?:chủ\s+trì|phối\s+hợp|thực\s+hiện|phụ\s+trách)|\s+nhiệm\s+vụ)(?=\s+(?:gửi|báo\s+cáo)(?!\w))"
)
"""What units are given, right before what they have to do: "được giao (nhiệm vụ) chủ trì gửi báo cáo"."""
_BRACKETS = re.compile(r"\([^()]*\)")
_GOES_ON = re.compile(r"[,;]\s+$")
"""Before a verb: another one stands before it."""
_AND = re.compile(r"\svà\s+$")
"""Before "tổ chức" as a noun: no verb has come yet that "và" could go on with."""
_ORGANISATION = re.compile(r"tổ\s+chức(?:\s+(?:có\s+)?liên\s+quan|,\s+(?:cá\s+nhân|đoàn\s+thể|doanh\s+nghiệp))(?!\w)")
_JOINED = re.compile(r"(?:[,;]|\s(?:và|cùng|với|là))\s+$")
_CLASS_LIST = re.compile(r"[Cc]ác\s+(?:[Bb]ộ|[Ss]ở|[Bb]an|[Nn]gành|xã|phường|huyện|tỉnh|đơn\s+vị|cơ\s+quan)[\w ,]*$")
"""Behind "Các Bộ: " stand the names of bodies, not what they do."""
_CALLED = re.compile(r":\s+(?=[A-ZĐ])")
"""After "Sở Nội vụ: " the verb has a capital."""


def _after_adverbial(text: str, pos: int) -> re.Match[str] | None:
    """The verb behind "theo chức năng, nhiệm vụ được giao": after a comma or right behind a known phrase."""
    window = text[pos : pos + _ADVERBIAL_REACH]
    end = re.search(r"[.;](?:\s|$)", window)
    limit = end.start() if end else len(window)
    for match in stops().finditer(window, 3, limit):
        if match.lastgroup in {"verbs", "duty"} and not _is_noun_use(window, match):
            return stops().match(text, pos + match.start())
    return None


_NOUN_BEFORE = re.compile(
    r"(?:nhiệm\s+vụ|kế\s+hoạch|công\s+tác|việc|tiến\s+độ|yêu\s+cầu|chỉ\s+đạo|quy\s+định|phạm\s+vi|lĩnh\s+vực|"
    r"được|nội\s+dung|quá\s+trình|tổ\s+chức|tình\s+hình|ngành|nhà\s+nước|sự|của|về|để|theo|kết\s+quả)\s+$"
)


def _is_noun_use(window: str, match: re.Match[str]) -> bool:
    return bool(_NOUN_BEFORE.search(window, max(match.start() - 24, 0), match.start()))


def phrase_end(text: str, pos: int) -> int:
    """Where a phrase that begins at ``pos`` ends: before the next verb, bracket, or stop."""
    end = _PHRASE.search(text, pos, pos + _REACH)
    limit = end.start() if end else min(len(text), pos + _REACH)
    stop = stops().search(text, pos, limit)
    return stop.start() if stop else limit


_PHRASE = re.compile(r"[;.:\n(]")


def units_at(text: str, pos: int) -> tuple[tuple[str, ...], int]:
    """The bodies named from ``pos`` to the next verb, colon or end, and where they end."""
    subject = read_subject(text, pos)
    if subject:
        return subject.bodies, subject.end
    if not begins_body(text, pos):
        return (), pos
    end = re.compile(r"[:.;\n]|$").search(text, pos, pos + _REACH)
    limit = end.start() if end else min(len(text), pos + _REACH)
    window = text[pos:limit]
    stop = _first_stop(window)
    if stop is not None and (stop.lastgroup != "adverbials" or starts_with_verb(window.split(",")[-1].strip())):
        return (), pos
    return bodies(window.strip(" ,;:")), limit
