"""Names of bodies: cut out of a cell, found in a sentence, and compared whatever way they are written.

A title stands for its unit (Giám đốc Sở Nội vụ), a collective stays one string as printed (các sở, ban, ngành).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from corpus.text import canonical_tones, fold, one_to_one
from nlp import unit_names as names
from nlp.unit_names import alternatives, plain

__all__ = ["covers", "find_units", "same_unit", "split_units", "unit_key", "unit_place"]

_EACH: Final = r"(?:các|những|từng|mọi|mỗi|một\s+số|toàn\s+thể)"


@cache
def _head() -> re.Pattern[str]:
    """A body's name begins here: capital head word, title, or body abbreviation (text with look-alikes made one)."""
    words = alternatives([*names.words("heads"), *names.words("titles")])
    bodies = alternatives(names.words("bodies"))
    return re.compile(rf"(?:(?:{words})(?!\w)|(?:{bodies})(?![\w&]))")


@cache
def _collective() -> re.Pattern[str]:
    """A collective begins here, in plain text: "các sở", "những đơn vị", "người đứng đầu"."""
    nouns = alternatives(names.words("collective_nouns"), lower=True)
    return re.compile(rf"(?:{_EACH}\s+(?:{nouns})(?!\w)|{_EACH}\s*:|người\s+đứng\s+đầu|thủ\s+trưởng\s+{_EACH})")


@cache
def _bare_noun() -> re.Pattern[str]:
    """A class noun that only continues an enumeration: "ban", "thị xã", "thành ủy trực thuộc", in plain text."""
    nouns = alternatives(names.words("collective_nouns"), lower=True)
    tails = alternatives(names.words("collective_tails"), lower=True)
    return re.compile(rf"(?:{nouns})(?:\s+(?:{tails})(?!\w)|\s*(?:[,;.:()]|-\s|và\s|$))")


@cache
def _noun() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(names.words('collective_nouns'), lower=True)})(?!\w)")


_JOINT: Final = re.compile(
    r"\s*,\s*(?:(?:và|cùng|với)\s+)?|\s+(?:và|cùng\s+với|cùng|phối\s+hợp\s+với)\s+|\s*&\s+|\s+-\s*|\s*[/+|]\s*|\s+"
)
_TOP: Final = re.compile(
    r"(?:Bộ|Sở|UBND|HĐND|Ủy ban nhân dân|Các|Văn phòng UBND|Văn phòng Ủy ban|Công an (?:tỉnh|thành phố|TP)|Ban Quản lý)(?!\w)"
)
_WHOLE_LEFT: Final = re.compile(r"(?:Bộ|Sở|UBND|HĐND|Ủy ban nhân dân|Các|Ban Quản lý)(?!\w)")
_ELLIPTIC: Final = re.compile(
    r"(?:tỉnh|huyện|quận|thị|thành|thủ trưởng|giám đốc|chủ tịch|người đứng đầu|bí thư|văn phòng|phòng|"
    r"(?:trưởng|phó)[\w ]{0,12}|chủ trì|phối hợp)"
)
_BULLET: Final = re.compile(r"^[\s\-+*•·–—o]*(?:(?:và|cùng|với|gồm)\s+)?(?:\(?\d{1,2}[.)]\s+)?[-+*•–—]*\s*")
_ROLE: Final = re.compile(
    r"^(?:(?:cơ quan|đơn vị)\s+)?(?:chủ trì|phối hợp(?: thực hiện)?|đầu mối|thực hiện|chịu trách nhiệm(?: chính)?)\s*:\s*",
    re.IGNORECASE,
)


def split_units(text: str) -> tuple[str, ...]:
    """One string for each body named in a cell or phrase, as printed; an ellipsis is not expanded.

    >>> split_units("Bộ Thông tin và Truyền thông Bộ Khoa học và Công nghệ")
    ('Bộ Thông tin và Truyền thông', 'Bộ Khoa học và Công nghệ')
    >>> split_units("các huyện, thành ủy; đảng đoàn")
    ('các huyện, thành ủy', 'đảng đoàn')
    """
    found = (_clean(part) for line in _lines(text) for part in _cut(line))
    return tuple(dict.fromkeys(part for part in found if _speaks(part)))


def _clean(part: str) -> str:
    part = fold(part)
    part = _ROLE.sub("", _BULLET.sub("", part, count=1))
    part = re.sub(r"(?:\s*(?:…|\.{3}|v\.v\.?|vv))+\s*$", "", part)
    return re.sub(r"[\s,;:.\-–/|]+$", "", part)


def _speaks(part: str) -> bool:
    return len(part) > 1 and any(char.isalpha() for char in part)


def _lines(text: str) -> list[str]:
    """The pieces between semicolons and between lines, where a line that goes on with a name is joined to the one before."""
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
    return bool(_head().match(start) or _collective().match(plain(start)))


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
        left, right = text[last : joint.start()], joint.end()
        bare = not joint[0].strip()
        if _juxtaposed(left, text, right) if bare else _begins(left, text, low, right):
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


def _juxtaposed(left: str, text: str, right: int) -> bool:
    """Nothing stands between two names: only where a whole name ended and a body of the first rank begins."""
    if not _TOP.match(text, right) or not _WHOLE_LEFT.match(left.lstrip("-+ ")):
        return False
    words = left.split()
    return len(words) > 1 and plain(words[-1]) not in {"của", "thuộc", "các", "bộ", "là", "với", "ngang", "tại", "do"}


def _begins(left: str, text: str, low: str, right: int) -> bool:
    """Whether the text after a joint names a new body, or goes on with the name before."""
    left_low = left.lower().strip(" -+,")
    if _ELLIPTIC.fullmatch(left_low):
        return False
    rest = text[right:]
    if re.match(r"liên\s+quan|có\s+liên", low[right:]):
        return False
    is_collective = bool(re.search(rf"(?<!\w){_EACH}(?!\w)", left_low)) or bool(_bare_noun().match(left_low + ","))
    if is_collective and _bare_noun().match(low, right) and not _UNIT_ABBREVIATION.match(rest):
        return False
    if _collective().match(low, right):
        return True
    if _names_field(rest) or (":" in left and _elliptic_field(rest)):
        return False
    return bool(_head().match(text, right)) or (not is_collective and bool(_bare_noun().match(low, right)))


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


# Comparison.

_TITLE_OF: Final = re.compile(
    r"^(?:đồng chí\s+)?(?:lãnh đạo|thủ trưởng|(?:tổng |phó )?giám đốc|(?:phó )?chủ tịch|chủ nhiệm|tư lệnh|chỉ huy trưởng|"
    r"bộ trưởng(?=\s+bộ)|thứ trưởng(?=\s+bộ)|(?:tổng )?cục trưởng|vụ trưởng|viện trưởng|hiệu trưởng|chánh án|trưởng(?=\s+(?:ban|phòng))|"
    r"phó trưởng(?=\s+(?:ban|phòng))|(?:phó )?bí thư|(?:phó )?chánh(?=\s+(?:văn phòng|thanh tra))|tổng thư ký|người đứng đầu|thống đốc)\s+(?=\S)"
)
_TOTAL: Final = {
    "tổng thanh tra chính phủ": "thanh tra chính phủ",
    "tổng kiểm toán nhà nước": "kiểm toán nhà nước",
    "bộ trưởng": "bộ trưởng",
}
_PROVINCIAL: Final = re.compile(
    r"^(?:sở|văn phòng (?:tỉnh ủy|thành ủy)|tỉnh ủy|thành ủy|ban [\w ]+ (?:tỉnh ủy|thành ủy)) "
)


@cache
def _place_tail() -> re.Pattern[str]:
    of = alternatives(names.PLACE_NAMES, lower=True).replace(r"\-\s+", "")
    return re.compile(rf"\s+(?:(?P<kind>tỉnh|thành phố|tp)\s*)?(?P<name>{of})$")


def _bare_key(name: str) -> str:
    text = _clean(names.opened(fold(name)))
    low = re.sub(r"[^\w\s]|_", " ", plain(text).replace("&", " và "))
    low = " ".join(word for word in low.split() if word != "và")
    low = _TOTAL.get(low) or _TITLE_OF.sub("", low)
    low = re.sub(r"^(?:các )?ủy ban mặt trận tổ quốc(?: việt nam)?|^mặt trận tổ quốc việt nam", "mặt trận tổ quốc", low)
    return re.sub(r"^(?:đoàn thanh niên cộng sản hồ chí minh|đoàn thanh niên)(?: tỉnh)?$", "đoàn thanh niên", low)


@cache
def _aliases() -> dict[str, str]:
    return {_bare_key(key): value for key, value in names.table("key_aliases").items()}


def unit_place(name: str) -> str | None:
    """The province in a unit's name, in lower case: "Sở Nội vụ tỉnh Kiên Giang" → "kiên giang"."""
    match = _place_tail().search(_bare_key(name))
    return match["name"] if match else None


def unit_key(name: str) -> str:
    """A key that is equal for all spellings of one body; a Sở loses its province, which its document tells.

    >>> unit_key("Giám đốc Sở KH&ĐT tỉnh Kiên Giang") == unit_key("Sở Kế hoạch và Đầu tư")
    True
    """
    key = _bare_key(name)
    key = _aliases().get(key, key)
    if _PROVINCIAL.match(f"{key} "):
        key = re.sub(r"\s+(?:tỉnh|thành phố)$", "", _place_tail().sub("", key))
    return key


def same_unit(one: str, other: str) -> bool:
    """Whether two names may mean one body: equal keys, where a missing province is no contradiction.

    >>> same_unit("UBND tỉnh", "Ủy ban nhân dân tỉnh An Giang"), same_unit("UBND tỉnh Hà Tĩnh", "UBND tỉnh An Giang")
    (True, False)
    """
    here, there = unit_place(one), unit_place(other)
    if here and there and here != there:
        return False
    return _without_place(one) == _without_place(other)


def _without_place(name: str) -> str:
    key = unit_key(name)
    return _place_tail().sub(lambda match: f" {match['kind']}" if match["kind"] else "", key)


_MEMBERS: Final = (
    (r"\bsở\b", r"^(?:sở|ban (?:dân tộc|quản lý)|thanh tra tỉnh|văn phòng (?:ủy ban|hội đồng|đoàn)|công an tỉnh)"),
    (r"\bbộ\b", r"^(?:bộ|ngân hàng nhà nước|thanh tra chính phủ|văn phòng chính phủ|ủy ban dân tộc)"),
    (
        r"\bngành\b|\bcơ quan\b|\bđơn vị\b",
        r"^(?:sở|ban|bộ|cục|thanh tra|văn phòng|trung tâm|công an|viện|đài|báo|kho bạc|bảo hiểm|thuế)",
    ),
    (r"\bhuyện\b|\bquận\b|\bthị xã\b|\bthành phố\b", r"^(?:ủy ban nhân dân |)(?:huyện|quận|thị xã|thành phố)"),
    (r"\bxã\b|\bphường\b|\bđặc khu\b", r"^(?:ủy ban nhân dân |)(?:xã|phường|đặc khu|thị trấn)"),
    (r"\bđịa phương\b|\btỉnh\b", r"^ủy ban nhân dân"),
    (r"\bhuyện\b.*ủy|\bhuyện ủy\b", r"^(?:huyện ủy|thành ủy|thị ủy)"),
    (r"\btỉnh ủy\b|\bthành ủy\b", r"^(?:tỉnh ủy|thành ủy)"),
    (r"\bđảng ủy\b", r"^đảng ủy"),
)


def covers(collective: str, unit: str) -> bool:
    """Whether a collective ("các sở, ban, ngành") takes in the unit, by class only: membership on a date is a registry's."""
    whole, key = unit_key(collective), unit_key(unit)
    if not re.search(rf"(?<!\w){_EACH}(?!\w)", whole) and not _bare_noun().match(plain(collective)):
        return False
    ranks = {word for word in whole.split() if word in {"sở", "bộ"}}
    if len(ranks) == 1 and key.split()[:1] == ["bộ" if "sở" in ranks else "sở"]:
        return False
    return any(re.search(noun, whole) and re.search(member, key) for noun, member in _MEMBERS)


# Running text.

_STOP: Final = re.compile(
    r"\s*(?:chủ trì|phối hợp|tham mưu|hướng dẫn|theo dõi|đôn đốc|kiểm tra|tổng hợp|báo cáo|xây dựng|ban hành|tổ chức|triển khai|thực hiện|chịu|"
    r"có trách nhiệm|căn cứ|rà soát|tiếp tục|tăng cường|đẩy mạnh|trình|là|về|tại|trên|trong|để|theo|khẩn trương|chủ động|bố trí|cung cấp|hoàn thành|gửi|đã|đang|sẽ|và)(?!\w)"
)
_NAME_WORD: Final = re.compile(r"\s+([^\W\d_][\w&]*(?:-[^\W\d_][\w&]*)*)")
_MAX_WORDS: Final = 12
_MAX_SMALL: Final = 4
_AND_CAPITAL: Final = re.compile(r"\s+và\s+[^\W\d_a-zà-ỹđ]")


@cache
def _start() -> re.Pattern[str]:
    head = _head().pattern
    return re.compile(rf"(?<![\w&])(?:(?P<each>(?:[Cc]ác|[Nn]hững|[Tt]ừng|[Mm]ọi)(?=\s)|[Nn]gười đứng đầu)|{head})")


def find_units(text: str) -> tuple[tuple[int, int, str], ...]:
    """The mentions of bodies in running text, left to right, as (start, end, text[start:end])."""
    clean = canonical_tones(one_to_one(text))
    low = clean.lower()
    found, at = [], 0
    while match := _start().search(clean, at):
        end = _collective_end(low, match.start()) if match["each"] else _name_end(clean, low, match)
        if end > match.start():
            found.append((match.start(), end, text[match.start() : end]))
        at = max(end, match.end())
    return tuple(found)


def _collective_end(low: str, start: int) -> int:
    opening = _collective().match(low, start)
    if not opening:
        return start
    end = opening.end()
    noun = _noun()
    while joint := re.compile(r"\s*,\s*(?:và\s+)?|\s+và\s+|\s+").match(low, end):
        following = noun.match(low, joint.end())
        if not following:
            break
        end = following.end()
    tail = re.compile(
        r"\s+(?:có\s+)?liên\s+quan|\s+trực\s+thuộc(?:\s+(?:tỉnh|trung\s+ương|chính\s+phủ)(?:\s+ủy)?)?"
    ).match(low, end)
    return tail.end() if tail else _with_place(low, end)


def _with_place(low: str, end: int) -> int:
    place = names.place().match(low, end)
    return place.end() if place else end


def _name_end(clean: str, low: str, match: re.Match[str]) -> int:
    """Where the name that begins at a head ends: a known name, else its capitals with at most one small word between."""
    start = match.start()
    title = re.compile(rf"(?:{alternatives(names.words('titles'))})\s+(?=\w)").match(clean, start)
    at = title.end() if title and not names.known_name().match(low, start) else start
    if at > start and (nested := _start().match(clean, at)):
        return _collective_end(low, at) if nested["each"] else _name_end(clean, low, nested)
    known = names.known_name().match(low, at)
    end = known.end() if known else _grown(clean, low, match.end())
    if end == match.end() and not known and not _alone(match[0]):
        return start
    return _collective_tail(low, _with_place(low, end))


def _collective_tail(low: str, end: int) -> int:
    """UBND + các huyện, thị xã, thành phố."""
    space = re.compile(r"\s+").match(low, end)
    if not space or not _collective().match(low, space.end()):
        return end
    return max(_collective_end(low, space.end()), end)


@cache
def _bodies() -> frozenset[str]:
    return frozenset(names.words("bodies"))


def _alone(head: str) -> bool:
    return head in _bodies()


_ENDS: Final = re.compile(r"\s*(?:$|[,;.:()\n/]|thuộc(?!\w)|và(?!\w))")


def _grown(clean: str, low: str, end: int) -> int:
    """An unknown name: its capitals; small words between and after them where the phrase then ends at a joint or a verb."""
    sure, small = end, 0
    for _ in range(_MAX_WORDS):
        if (_STOP.match(low, end) or names.place().match(low, end)) and not _AND_CAPITAL.match(clean, end):
            return end
        word = _NAME_WORD.match(clean, end)
        if not word or (word[1][0].isupper() and _TOP.match(clean, word.start(1))):
            break
        small = 0 if word[1][0].isupper() else small + 1
        end = word.end()
        if small <= 1 and word[1] != "và":
            sure = end
        if small > _MAX_SMALL:
            break
    return end if _ENDS.match(low, end) and small <= _MAX_SMALL else sure
