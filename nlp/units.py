"""Names of bodies: cut out of a cell, found in a sentence, and compared whatever way they are written.

A title stands for its unit (Giám đốc Sở Nội vụ), a collective stays one string as printed (các sở, ban, ngành).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from corpus.text import canonical_tones, fold, one_to_one
from nlp import unit_names as names
from nlp.unit_keys import covers, same_unit, unit_key, unit_place
from nlp.unit_mentions import find_units
from nlp.unit_names import alternatives, plain

__all__ = ["covers", "find_units", "same_unit", "split_units", "unit_key", "unit_place"]

_JOINT: Final = re.compile(
    r"\s*,\s*(?:(?:và|cùng|với)\s+)?|\s+(?:và|cùng\s+với|cùng(?!\s+cấp)|phối\s+hợp\s+với)\s+|\s*&\s+|\s+-\s*|\s*[/+|]\s*|\s+"
)
_LONGEST: Final = 6_000
"""A cell longer than this names no units; its beginning is enough."""
_LONG: Final = 400
"""No body's name is longer; what stands before it in a longer phrase is not looked at again and again."""
_WHOLE_LEFT: Final = re.compile(r"(?:Bộ|Sở|UBND|HĐND|Ủy ban nhân dân|Các|Ban Quản lý)(?!\w)")
_ELLIPTIC: Final = re.compile(
    r"(?:tỉnh|huyện|quận|thị|thành|thủ trưởng|bộ trưởng|giám đốc|chủ tịch|người đứng đầu|bí thư|văn phòng|phòng|"
    r"(?:trưởng|phó)[\w ]{0,12}|chủ trì|phối hợp)"
)
_BULLET: Final = re.compile(r"^[\s\-+*•·–—o]*(?:(?:và|cùng|với|gồm)\s+)?(?:\(?\d{1,2}[.)]\s+)?[-+*•–—]*\s*")
_ROLE: Final = re.compile(
    r"^(?:(?:cơ quan|đơn vị)\s+)?(?:chủ trì|phối hợp(?: thực hiện)?|đầu mối|thực hiện|"
    r"chịu trách nhiệm(?: chính)?)\s*:\s*",
    re.IGNORECASE,
)


def split_units(text: str) -> tuple[str, ...]:
    """One string for each body named in a cell or phrase, as printed; an ellipsis is not expanded.

    >>> split_units("Bộ Thông tin và Truyền thông Bộ Khoa học và Công nghệ")
    ('Bộ Thông tin và Truyền thông', 'Bộ Khoa học và Công nghệ')
    >>> split_units("các huyện, thành ủy; đảng đoàn")
    ('các huyện, thành ủy', 'đảng đoàn')
    """
    found = (_clean(part) for line in _lines(text[:_LONGEST]) for part in _cut(line))
    return tuple(dict.fromkeys(part for part in found if _speaks(part)))


def _clean(part: str) -> str:
    part = fold(part)
    part = _ROLE.sub("", _BULLET.sub("", part, count=1))
    part = re.sub(r"(?:\s*(?:…|\.{3}|v\.v\.?|vv))+\s*$", "", part)
    return re.sub(r"[\s,;:.\-–/|]+$", "", part)


def _speaks(part: str) -> bool:
    return len(part) > 1 and any(char.isalpha() for char in part)


def _lines(text: str) -> list[str]:
    """The pieces between semicolons and lines; a line that goes on with a name is joined to the one before."""
    pieces: list[str] = []
    for number, line in enumerate(re.split(r"[\n\t]|<br\s*/?>", text)):
        for place, piece in enumerate(_at_depth_zero(line)):
            goes_on = number and not place and pieces and not _opens_line(piece)
            if goes_on and not pieces[-1].rstrip().endswith((".", ":")):
                pieces[-1] = f"{pieces[-1]} {piece.strip()}"
            else:
                pieces.append(piece)
        if line.rstrip().endswith(";"):
            pieces.append("")
    return [piece for piece in pieces if piece.strip()]


def _opens_line(piece: str) -> bool:
    """Whether a new line begins a new body: bullet, capital head that is more than a soft wrap, or collective."""
    if re.match(r"\s*(?:[-+•*–—]\s*\S|\d{1,2}[.)]\s)", piece):
        return True
    start = one_to_one(piece.strip())
    return bool(names.head().match(start) or names.collective().match(plain(start)))


def _at_depth_zero(line: str) -> list[str]:
    """The line cut at semicolons that stand outside brackets and quotation marks."""
    if ";" not in line:
        return [line]
    pieces, depth, last = [], 0, 0
    for place, char in enumerate(line):
        depth += (char in "([“") - (char in ")]”" and depth > 0)
        if char == ";" and not depth:
            pieces.append(line[last:place])
            last = place + 1
    return [*pieces, line[last:]]


def _cut(piece: str) -> list[str]:
    """A piece without semicolons cut where a new body begins after a comma, "và", a dash, or nothing at all."""
    text = canonical_tones(one_to_one(piece))
    low = text.lower()
    guarded = _guarded(low)
    out, last = [], 0
    for joint in _JOINT.finditer(text):
        if joint.start() <= last or joint.end() >= len(text) or guarded[joint.start()]:
            continue
        left, right = text[last : min(joint.start(), last + _LONG)], joint.end()
        if _begins(left, text, low, right) if joint[0].strip() else _juxtaposed(left, text, right):
            out.append(piece[last : joint.start()])
            last = joint.end()
    return [*out, piece[last:]]


@cache
def _joined() -> re.Pattern[str]:
    return re.compile(alternatives([*names.words("joined_names")], lower=True))


def _guarded(low: str) -> list[bool]:
    """Places where no cut is allowed: inside brackets, and inside names that hold a joint."""
    held, depth = [False] * len(low), 0
    for place, char in enumerate(low):
        depth += (char in "([“") - (char in ")]”" and depth > 0)
        held[place] = depth > 0
    for pattern in (_joined(), names.known_name()):
        for match in pattern.finditer(low):
            held[match.start() : match.end()] = [True] * (match.end() - match.start())
    return held


_NAMES_ONE: Final = re.compile(r"(?:Cục|Vụ|Viện|Ban|Thanh tra|Trung tâm|Chi cục|Hội|Đài|Trường|Công an)\s+[^\W\d_a-z]")
"""Behind a whole known name with nothing between a capital head before a capital begins another."""


def _juxtaposed(left: str, text: str, right: int) -> bool:
    """Nothing stands between two names: only where a whole name ended and a body of the first rank begins."""
    whole = names.known_name().fullmatch(plain(left.strip(" -+")))
    if whole and _NAMES_ONE.match(text, right):
        return True
    if not names.TOP.match(text, right) or not _WHOLE_LEFT.match(left.lstrip("-+ ")):
        return False
    words = left.split()
    return len(words) > 1 and plain(words[-1]) not in {
        "của",
        "thuộc",
        "các",
        "bộ",
        "là",
        "với",
        "ngang",
        "tại",
        "do",
        "trưởng",
    }


def _begins(left: str, text: str, low: str, right: int) -> bool:
    """Whether the text after a joint names a new body, or goes on with the name before."""
    left_low = left.lower().strip(" -+,")
    rest = text[right:]
    if left_low == "bộ trưởng" and rest.startswith(("Thủ trưởng", "Chủ tịch")):
        return True
    if _ELLIPTIC.fullmatch(left_low):
        return False
    if re.match(r"liên\s+quan|có\s+liên", low[right:]):
        return False
    many = bool(_EACH.search(left_low))
    is_collective = many or bool(names.bare_noun().match(left_low + ","))
    if is_collective or _COUNCIL.match(left_low):
        continues = names.bare_noun().match(low, right)
        if continues and not _UNIT_ABBREVIATION.match(rest) and not _OFFICE.match(rest):
            return not _same_list(left_low, continues[0], many=many)
    if names.collective().match(low, right):
        return True
    if _names_field(rest) or (":" in left and _elliptic_field(rest)):
        return False
    if _SMALL_HEAD.match(text, right) and not many:
        return True
    return bool(names.head().match(text, right)) or (not is_collective and bool(names.bare_noun().match(low, right)))


_SMALL_HEAD: Final = re.compile(r"(?:bệnh\s+viện|trường|viện|trung\s+tâm|công\s+ty|đại\s+học)\s+[A-ZĐ]\w*")
"""A body with a small head and a name of its own: "bệnh viện Bạch Mai, bệnh viện Chợ Rẫy"."""
_EACH: Final = re.compile(rf"(?<!\w)(?:{names.EACH}(?!\w)|thủ trưởng cơ quan|bộ trưởng,)")
_COUNCIL: Final = re.compile(r"(?:(?:phó )?chủ tịch )?(?:ubnd|hđnd|ủy ban nhân dân|hội đồng nhân dân)(?!\w)")
_PLACE_NOUN: Final = re.compile(r"(?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu|cấp)(?!\w)")
_BARE_PLACE: Final = re.compile(r"(?:cấp )?(?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu)$")
_STANDS_ALONE: Final = re.compile(
    r"(?:doanh nghiệp|viện|trường|nhà |công ty|tập đoàn|tổng công ty|trung tâm|học viện|bệnh viện|hợp tác xã|"
    r"hiệp hội|hội(?!\w))"
)
"""Class nouns that are bodies of their own in a list without "các": "Viện, Trường, Doanh nghiệp"."""


def _same_list(left_low: str, noun: str, *, many: bool) -> bool:
    """Whether a class noun goes on with the enumeration before it.

    "UBND các huyện" and "UBND tỉnh" go on with places only; without "các", schools and firms stand each for itself.
    """
    if _COUNCIL.match(left_low):
        return bool(_PLACE_NOUN.match(noun)) and (many or bool(_BARE_PLACE.search(left_low)))
    return many or not _STANDS_ALONE.match(left_low)


_OFFICE: Final = re.compile(r"Văn\s+phòng\s+[A-ZĐ]")
"""An office of one body ends a list of collectives: "Các ban đảng, Văn phòng Tỉnh ủy"."""
_UNIT_ABBREVIATION: Final = re.compile(r"(?:UBND|HĐND|UBMTTQ|MTTQ)(?!\w)")


@cache
def _field() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(names.words('name_parts'))})(?!\w)")


def _names_field(rest: str) -> bool:
    """The second half of a shortened name: "NN và PTNT"."""
    return bool(_field().match(rest))


def _elliptic_field(rest: str) -> bool:
    """After "Các bộ:" and "Các sở:" a bare "Công an" or "Thanh tra" is a field, not a body."""
    return bool(re.match(r"(?:Công an|Thanh tra|Thuế|Ngân hàng)\s*(?:[,;.]|và\s|$)", rest))
