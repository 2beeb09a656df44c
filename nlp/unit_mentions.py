"""Mentions of bodies in running text, by the grammar of their names."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from corpus.text import canonical_tones, one_to_one
from nlp import unit_names as names
from nlp.patterns import rules
from nlp.unit_names import alternatives

_STOP: Final = re.compile(
    r"\s*(?:chủ trì|phối hợp|tham mưu|hướng dẫn|theo dõi|đôn đốc|kiểm tra|tổng hợp|báo cáo|xây dựng|ban hành|tổ chức|"
    r"triển khai|thực hiện|chịu|có trách nhiệm|căn cứ|rà soát|tiếp tục|tăng cường|đẩy mạnh|trình|là|về|tại|trên|trong|"
    r"để|theo|khẩn trương|chủ động|bố trí|cung cấp|hoàn thành|gửi|đã|đang|sẽ|và|yêu cầu|đề nghị|giao|thuộc|của|"
    r"do|xem xét|quy định|quyết định|phê duyệt|thẩm định|kính|ra|phải|cần|định kỳ|khi|nhằm|hoặc|bảo đảm|đảm bảo|"
    r"sử dụng|cập nhật|cùng|cử(?=\s+(?:\d|cán|công|viên|người|đại)))(?!\w)"
)
_NAME_WORD: Final = re.compile(r"[^\S\n]+([^\W\d_][\w&]*(?:-[^\W\d_][\w&]*)*)|\n([^\W\d_]\w*)")
_AND_CAPITAL: Final = re.compile(r"\s+và\s+[^\W\d_a-zà-ỹđ]")
_ENDS: Final = re.compile(r"\s*(?:$|[,;.:()\n/])")
_JOINT: Final = re.compile(r"\s*,\s*(?:và\s+)?|\s+và\s+|\s+(?=[a-zà-ỹđ])")
_TAIL: Final = re.compile(
    r"\s+(?:có\s+)?liên\s+quan|\s+trực\s+thuộc(?:\s+(?:tỉnh|trung\s+ương|chính\s+phủ)(?:\s+ủy)?)?"
)
_KIND: Final = re.compile(
    r"\s+(?:chính\s+trị\s*[-–]\s*xã\s+hội|xã\s+hội\s*[-–]\s*nghề\s+nghiệp|tín\s+dụng|sự\s+nghiệp(?:\s+công\s+lập)?|"
    r"thành\s+viên|chính\s+trị|đảng)(?!\w)(?:(?:,|\s+và)\s+đoàn\s+thể(?!\w))?"
)
"""Of which kind the bodies of a collective are: "các tổ chức chính trị - xã hội"."""
_SPACE: Final = re.compile(r"\s+")
_OVER_COLLECTIVES: Final = re.compile(
    r"(?:UBND|HĐND|Ủy ban|Hội đồng|Thường trực|Đảng ủy|Văn phòng|Công an|Thủ trưởng|MTTQ|UBMTTQ)"
)
"""Bodies whose name may go on with a collective: UBND các huyện, thị xã, thành phố."""
_SHORT_VERB: Final = re.compile(r"\s+(?:nâng|tăng|giảm|lắp|mở|đưa|cấp|phát|trồng|thu|chi|giữ|cử|lập|mua)(?!\w)")
"""A verb of one word ends a name that goes on in small letters: "Trung tâm Cung ứng dịch vụ công nâng …"."""
_GRANTS: Final = re.compile(r"cấp\s+(?:giấy|phép|phát|bù|đổi|bổ\s+sung|kinh\s+phí|thẻ|mã|kịp)(?!\w)")
_LOCAL: Final = re.compile(r"(?:huyện|quận|thị\s+xã|xã|phường|thị\s+trấn|đặc\s+khu|thành\s+phố)$")
_NUMBERED: Final = re.compile(r"\s+\d{1,2}(?=\s+[a-zà-ỹđ]|[,;.)]|$)")
_MAX_PLACE: Final = 4
_MAX_WORDS: Final = 12
_MAX_SMALL: Final = 6


@cache
def _start() -> re.Pattern[str]:
    head = names.head().pattern
    each = r"(?P<each>(?:[Cc]ác|[Nn]hững|[Tt]ừng|[Mm]ọi)(?=\s)|[Nn]gười đứng đầu)"
    return re.compile(rf"(?<![\w&/.-])(?:{each}|{head})")


_PARTY: Final = ("Đảng ủy", "Đảng bộ", "Đảng đoàn", "Ban cán sự đảng", "Chi bộ")
"""The Party inside another body, whose name follows: "Đảng ủy Công an tỉnh"."""


@cache
def _title() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives([*names.words('titles'), *_PARTY])})\s+(?=\w)")


@cache
def _verb() -> re.Pattern[str]:
    """A verb of two words in small letters: no name goes on with it."""
    said = rules("tasks")["subject"]
    known = [word for word in {*said["verbs"], *said["more_verbs"]} - {*said["verbs_in_names"]} if " " in word]
    return re.compile(rf"\s+(?:{alternatives(known, lower=True)})(?!\w)")


def _proper(name: str) -> bool:
    """Whether a name ends in the name of a place or person: two capitals, "… cảng Vũng Áng"."""
    words = name.split()
    return len(words) > 1 and all(word[:1].isupper() for word in words[-2:])


@cache
def _any_verb() -> re.Pattern[str]:
    said = rules("tasks")["subject"]
    known = [word for word in {*said["verbs"], *said["more_verbs"]} if " " in word]
    return re.compile(rf"\s+(?:{alternatives(known, lower=True)})(?!\w)")


@cache
def _bodies() -> frozenset[str]:
    return frozenset(names.words("bodies"))


def may_begin_unit(text: str) -> bool:
    """Whether a mention may stand at the very beginning: a cheap look before :func:`find_units`."""
    return bool(_start().match(canonical_tones(one_to_one(text))))


def find_units(text: str) -> tuple[tuple[int, int, str], ...]:
    """The mentions of bodies in running text, left to right, as (start, end, text[start:end])."""
    clean = canonical_tones(one_to_one(text))
    low = clean.lower()
    found, at = [], 0
    while match := _start().search(clean, at):
        end = _collective_end(clean, low, match.start()) if match["each"] else _name_end(clean, low, match)
        if end > match.start():
            found.append((match.start(), end, text[match.start() : end]))
        at = max(end, match.end())
    return tuple(found)


def _collective_end(clean: str, low: str, start: int) -> int:
    opening = names.collective().match(low, start)
    if not opening or opening[0].endswith(":"):
        return start
    end = opening.end()
    noun = start + opening[0].find(" ") + 1
    known = names.known_name().match(low, noun) if clean[noun].isupper() else None
    if known:  # "các Sở Giáo dục và Đào tạo"
        return _with_place(clean, low, known.end())
    while joint := _JOINT.match(clean, end):
        following = names.noun().match(low, joint.end())
        if not following or _names_one(clean, joint.end(), following.end()):
            break
        if not joint[0].strip() and (following[0] == "tổ chức" or _GRANTS.match(low, following.start())):
            break  # a verb: "các bộ, cơ quan ngang bộ tổ chức thi hành", "các địa phương cấp giấy"
        end = following.end()
    kind = _KIND.match(low, end)
    end = kind.end() if kind else end
    tail = _TAIL.match(low, end)
    return tail.end() if tail else _with_place(clean, low, end)


def _names_one(clean: str, start: int, end: int) -> bool:
    """A capital class word before another capital is a body of its own: "các địa phương, Bộ Y tế"."""
    return clean[start].isupper() and bool(re.compile(r"\s+[^\W\d_a-zà-ỹđ]").match(clean, end))


def _with_place(clean: str, low: str, end: int) -> int:
    """With the level and place behind it; after "huyện", "xã" any capitals are its name."""
    place = names.place().match(low, end)
    if not place or _GRANTS.match(low, place.start(0) + 1):
        return end
    reached = place.end()
    if not _LOCAL.search(place[0]):
        return reached
    if number := _NUMBERED.match(clean, reached):
        return number.end()
    for _ in range(_MAX_PLACE):
        word = _NAME_WORD.match(clean, reached)
        if not word or not (word[1] or "")[:1].isupper() or names.head().match(clean, word.start(1)):
            break
        reached = word.end()
    return reached


def _name_end(clean: str, low: str, match: re.Match[str]) -> int:
    """Where the name that begins at a head ends: a known name, else as far as its capitals reach."""
    start = at = match.start()
    known = names.known_name().match(low, start)
    title = None if known else _title().match(clean, start)
    if title and (nested := _start().match(clean, title.end())):
        if nested["each"]:
            return _collective_end(clean, low, title.end())
        match, at = nested, title.end()
        known = names.known_name().match(low, at)
    board = names.board().match(low, at)
    end = known.end() if known else _grown(clean, low, match.end())
    end = max(end, board.end()) if board else end
    placed = _with_place(clean, low, end)
    if placed == match.end() and not known and match[0] not in _bodies():
        return start
    return _over_collective(clean, low, at, placed)


def _over_collective(clean: str, low: str, start: int, end: int) -> int:
    space = _SPACE.match(low, end)
    if not space or clean[space.end() : space.end() + 1].isupper() or not _OVER_COLLECTIVES.match(clean, start):
        return end
    reached = _collective_end(clean, low, space.end())
    return reached if reached > space.end() else end


def _grown(clean: str, low: str, end: int) -> int:
    """An unknown name: its capitals; small words after them where the phrase then ends at a joint or a verb."""
    start = sure = end
    small = 0
    for _ in range(_MAX_WORDS):
        if (_STOP.match(low, end) or names.place().match(low, end)) and not _AND_CAPITAL.match(clean, end):
            return end
        word = _NAME_WORD.match(clean, end)
        if not word or not _goes_on(clean, word, first=end == start) or _verb().match(clean, end):
            break
        if _proper(clean[start:end]) and _any_verb().match(clean, end):
            break
        if small > 1 and _SHORT_VERB.match(low, end):
            return end
        said = word[1] or word[2]
        small = 0 if said[0].isupper() else small + 1
        end = word.end()
        if small <= 1 and said != "và":
            sure = end
        if small > _MAX_SMALL:
            break
    return end if _ENDS.match(low, end) and small <= _MAX_SMALL else sure


def _goes_on(clean: str, word: re.Match[str], *, first: bool) -> bool:
    """Whether a word belongs to the name: a capital right after the head, no new body, no line in capitals."""
    said = word[1] or word[2]
    capital = said[0].isupper()
    shouts = len(said) > 1 and said.isupper() and bool(word[2])
    return (
        not shouts and not (first and not capital) and not (capital and names.TOP.match(clean, word.end() - len(said)))
    )
