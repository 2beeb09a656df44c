"""The kind line of a document and the trích yếu under it (NĐ 30/2020 Phụ lục I, box 5a and 5b)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from corpus.text import canonical_tones, fold, one_to_one
from nlp.header_text import BANNER, MOTTO, RULE, is_caps
from nlp.vocabulary import kinds

_NOT_HEADED: Final = frozenset({"Công văn", "Văn bản hợp nhất", "Phụ lục", "Hiến pháp"})
_EXTRA: Final = (
    "Giấy mời",
    "Phiếu chuyển",
    "Phiếu gửi",
    "Biên bản",
    "Thông cáo",
    "Lệnh",
    "Điều lệ",
    "Lời kêu gọi",
    "Tuyên bố",
    "Chương trình hành động",
)


@dataclass(frozen=True, slots=True)
class KindLine:
    """The kind, the line it begins on, the line after it, and what of the title stands on its own line."""

    name: str
    line: int
    after: int
    rest: str = ""


@cache
def _names() -> dict[str, str]:
    found = {kind.name for kind in kinds() if kind.name not in _NOT_HEADED} | set(_EXTRA)
    return {name.upper(): name for name in sorted(found, key=len, reverse=True)}


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(rf"({'|'.join(map(re.escape, _names()))})(?=$|[\s\d(:\[*]|[A-ZĐÀ-Ỹ]{{2}})[\d\s*\[\]():]*")


_SEARCH: Final = 60
_BODY: Final = re.compile(
    r"^[\s\-–+(\"“]*(?:Căn cứ|Thực hiện|Xét|Theo|Để |Trên cơ sở|Thi hành|Triển khai|Sau khi|Kính gửi|Điều \d|"
    r"Chương [IVX\d]|Phần |PHẦN |CHƯƠNG |[IVX]+\s*[.\-–]|"
    r"[A-H]\s*[.\-–]\s|\d+\s*[.\-–)]|Thời gian qua|Trong thời gian|Nhằm|Ngày \d|Từ ngày|Vừa qua|Qua |Hiện nay|"
    r"Năm \d{4},|Trong \w+ năm|Được sự|Quốc hội ban hành|MỤC LỤC|"
    r"Nghị quyết số .{1,60} có hiệu lực|(?:Luật|Nghị định|Thông tư|Quyết định|Thông tư liên tịch|Pháp lệnh|"
    r"Bộ luật)\b.{0,90}?số \d[^\n]{0,60}ngày)"
)
_ACTS: Final = re.compile(
    r"^(?:CHỦ TỊCH|BỘ TRƯỞNG|THỦ TƯỚNG|ỦY BAN NHÂN DÂN|UBND|HỘI ĐỒNG NHÂN DÂN|HĐND|QUỐC HỘI|"
    r"ỦY BAN THƯỜNG VỤ QUỐC HỘI|CHÍNH PHỦ|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|"
    r"CHÁNH ÁN|VIỆN TRƯỞNG|TỔNG KIỂM TOÁN|THỐNG ĐỐC|TỔNG THANH TRA|CỤC TRƯỞNG|TỔNG CỤC TRƯỞNG|CHÁNH VĂN PHÒNG|"
    r"BAN CHẤP HÀNH|BAN THƯỜNG VỤ|BỘ CHÍNH TRỊ|BAN BÍ THƯ|"
    r"TRƯỞNG BAN|CHỦ NHIỆM|HIỆU TRƯỞNG|HỘI ĐỒNG THẨM PHÁN|QUYẾT ĐỊNH\s*:|QUYẾT NGHỊ)"
)
_BROKEN: Final = re.compile(r"(?:CHỦ|BỘ|THỦ|ỦY|UỶ|ỦY BAN|HỘI|HỘI ĐỒNG|GIÁM|QUỐC|CHÍNH|TỔNG|ỦY BAN NHÂN)$")
"""The first words of an issuing authority, its line broken after them."""
_LONGEST: Final = 900


def find_kind(lines: list[str], first: int = 0) -> KindLine | None:
    """The kind line: a kind in capitals that begins a line, perhaps broken over two or three."""
    stop = _stop(lines, first)
    for place in range(first, stop):
        here = lines[place].strip()
        if not here or not is_caps(here):
            continue
        for size in (1, 2, 3):
            part = [one_to_one(fold(line)) for line in lines[place : place + size] if line.strip()]
            match = _lead().match(" ".join(part)) if is_caps("".join(part)) else None
            if match and (size == 1 or match.end() > len(part[0])) and not _heads_section(match, part):
                rest = " ".join(part)[match.end() :].strip()
                return KindLine(_names()[match[1]], place, place + size, rest)
    return None


def _heads_section(match: re.Match[str], part: list[str]) -> bool:
    """The words "QUYẾT ĐỊNH:" open the operative part, "KẾ HOẠCH VÀ ĐẦU TƯ" ends a ministry's name."""
    whole = " ".join(part)
    return whole[match.end(1) :].lstrip().startswith(":") or whole[match.end() :].startswith(("VÀ ", "- ", ", "))


def _stop(lines: list[str], first: int) -> int:
    for place in range(first, min(len(lines), first + _SEARCH)):
        if re.match(r"\s*[-–]?\s*(?:Kính\s+gửi|Căn\s+cứ)", lines[place]):
            return place
    return min(len(lines), first + _SEARCH)


def title_after(lines: list[str], kind: KindLine) -> str | None:
    """The lines between the kind and the body, joined; None where the body begins at once."""
    taken = [kind.rest] if kind.rest else []
    for place in range(kind.after, len(lines)):
        line = fold(lines[place])
        if not line:
            if _complete(taken, lines, place):
                break
            continue
        if RULE in line or MOTTO in line or BANNER in line:
            if taken:
                break
            continue
        if is_caps(line) and place + 1 < len(lines) and is_caps(lines[place + 1]) and taken and _BROKEN.match(line):
            line = fold(f"{line} {lines[place + 1]}")
        if taken and line == taken[-1]:
            continue
        if (
            _ends_title(taken, line, opens_title=not taken and _names_subject(lines, place))
            or sum(map(len, taken)) > _LONGEST
        ):
            break
        taken.append(line)
    title = fold(" ".join(taken)).rstrip(" :*")
    return re.sub(r"(?<=\w)[\d*]{1,2}$", _keep_number, title) or None


def _keep_number(match: re.Match[str]) -> str:
    """A footnote mark glued to the last word goes; a year or number of the title stays."""
    before = match.string[: match.start()]
    return match[0] if before[-1:].isdigit() else ""


_VERB: Final = re.compile(r"(?:Thực hiện|Triển khai|Thi hành|Để|Theo dõi|Qua )")


def _names_subject(lines: list[str], place: int) -> bool:
    """A subject may begin with the verb of a body ("Thực hiện Chỉ thị …"): it ends without a stop."""
    if not _VERB.match(fold(lines[place])):
        return False
    said = ""
    for line in lines[place : place + 12]:
        here = fold(line)
        if said and (not here or _BODY.match(here) or RULE in here):
            break
        said = f"{said} {here}"
    return not said.rstrip().endswith((":", ";", ".", ","))


def _ends_title(taken: list[str], line: str, *, opens_title: bool = False) -> bool:
    if _BODY.match(line) and (taken or not is_caps(line)) and not _goes_on(taken, line):
        return bool(taken) or not opens_title
    if not taken:
        return False
    spoken = line.rstrip(" :").endswith((" điện", " ĐIỆN"))
    if (is_caps(line) or spoken) and _ACTS.match(canonical_tones(line)) and not _open(taken[-1]):
        return _is_act(line)
    if is_caps(taken[0]) and not is_caps(line) and not line.startswith("("):
        return not _mostly_caps(line)
    if line.startswith("(") and not _open(taken[-1]):
        return True
    long_enough = len(line) > 60 and line.endswith((";", "./.")) and not _goes_on(taken, line)
    return long_enough or len(line) > 400


def _is_act(line: str) -> bool:
    """A line of the issuing authority alone, not the title's own words that begin alike."""
    return len(line) < 90


def _mostly_caps(line: str) -> bool:
    letters = [char for char in line if char.isalpha()]
    return sum(char.isupper() for char in letters) > 0.7 * len(letters)


def _goes_on(taken: list[str], line: str) -> bool:
    """Lower case, or an unfinished line before it: the same sentence goes on."""
    return bool(taken) and (line[0].islower() or _open(taken[-1]))


def _open(line: str) -> bool:
    return bool(
        re.search(
            r"(?:[,\-–(“]|(?<!\w)(?:và|về|của|số|các|cho|tại|theo|với|trong|bởi|đến|từ|do|VÀ|VỀ|CỦA|SỐ|CÁC|CHO|"
            r"TẠI|THEO|VỚI|TRONG|BỞI|ĐẾN|TỪ|DO|THUỘC|thuộc))$",
            line,
        )
    )


def _complete(taken: list[str], lines: list[str], place: int) -> bool:
    """A blank line ends a title, unless what follows plainly goes on with it."""
    if not taken:
        return False
    after = next((fold(line) for line in lines[place:] if line.strip()), "")
    return not after or not (
        _goes_on(taken, after)
        or (is_caps(taken[-1]) and is_caps(after) and not _ACTS.match(after) and RULE not in after)
    )


_SUBJECT: Final = re.compile(r"(?:^|\n)\s*(V/v|Về việc|v/v|V/V)\s*:?\s*")


def letter_title(head: str) -> str | None:
    """The subject of an official letter, under its number: "V/v …"."""
    match = _SUBJECT.search(head)
    if not match:
        return None
    taken: list[str] = []
    for line in head[match.start(1) :].split("\n"):
        said = fold(line)
        if not said or RULE in said or MOTTO in said or (taken and (is_caps(said) or said.startswith("Kính gửi"))):
            if taken:
                break
            continue
        taken.append(said)
    return fold(" ".join(taken)).strip() or None
