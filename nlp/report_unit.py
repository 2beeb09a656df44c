"""Which unit reports: by header, by the sentence that opens the report, by its sender, its title or its signature."""

from __future__ import annotations

import re
from typing import Final

from corpus.model import Document
from corpus.text import canonical_tones, fold
from nlp.header_issuer import bodies_of, sentence_case, with_superior
from nlp.model import Header
from nlp.report_opening import TELLS, Opening
from nlp.unit_keys import same_unit
from nlp.unit_mentions import find_units

_OF_UNIT: Final = re.compile(
    r"^.*(?:nhiệm vụ|kết quả|báo cáo).* của (?P<unit>[^\n]{3,120})$", re.IGNORECASE | re.MULTILINE
)
_SENT: Final = re.compile(
    r"^\W*(?:Từ|From|Người gửi|Nơi gửi|Bên gửi|Đơn vị(?: báo cáo| gửi)?|Tên đơn vị(?: báo cáo)?|"
    r"Cơ quan(?: báo cáo)?)\s*:\s*(?P<who>[^\n<|]{3,120})",
    re.IGNORECASE | re.MULTILINE,
)
_SPOKEN: Final = re.compile(r"^\[\d[^\]]{3,30}\]\s*(?P<who>[^:\n]{3,80}):", re.MULTILINE)
"""A message of a chat: "[12:47, 24/4/2025] Trưởng thôn Lùng Vái: …"."""
_OF: Final = re.compile(r"\b(?:của|CỦA|phần|Phần)\s+(?=\S)")
_SIGNED: Final = re.compile(
    r"^(?![^\n]*\|)(?:(?:TM|KT|TL|TUQ|T/M|K/T|T/L)[./]?\s+(?P<body>[^\n]{4,90})|[^\n]{4,60}?\s[-–]\s(?P<of>[^\n]{4,90})|"
    r"(?P<role>(?:Trưởng|Bí thư|Chi hội trưởng|Xóm trưởng|Thôn trưởng)[^\n:]{3,60}))$",
    re.MULTILINE,
)
_TITLE: Final = re.compile(
    r"^\W*(?:BÁO CÁO|PHIẾU|BẢNG|BIỂU|TỰ|SỐ LIỆU|THÔNG (?:TIN|BÁO)|SƠ KẾT|TỔNG (?:KẾT|HỢP)|BIÊN BẢN|ĐIỆN (?:BÁO|TIN)|"
    r"TÌNH HÌNH|KẾT QUẢ|TIẾN ĐỘ|DANH|GIẤY|THAM LUẬN|TRÍCH|TUẦN|NỘI DUNG|KIỂM ĐIỂM|BẢN |TỜ TRÌNH|GIẢI TRÌNH|ĐÁNH GIÁ|"
    r"THEO DÕI|PHỤ LỤC|V/v)"
)
"""Where the names over the title end."""
_ROOM: Final = re.compile(r"^(?:PHÒNG|ĐỘI|KHOA|TỔ)\s")
_OWN_ROOMS: Final = re.compile(r"^(?:UBND|ỦY BAN NHÂN DÂN|HUYỆN|TỈNH|QUẬN|XÃ|PHƯỜNG)")
"""Bodies whose rooms are offices of their own, charged by name (Phòng Nội vụ of a district)."""
_ROLES: Final = frozenset({"Chủ tịch", "Giám đốc", "Bí thư"})
"""What a signature alone leaves of an issuer."""
_TOP_LINES: Final = 8
_NEAR: Final = 160
_HEAD: Final = 600
_FOOT: Final = 500


def reporting_unit(document: Document, header: Header, opening: Opening | None) -> str | None:
    """The issuer as printed; the subject of the opening where the header prints the office in parts or not at all."""
    subject = subject_of(document.text, opening)
    if not header.issuer or header.issuer in _ROLES:
        return subject or _sender(document.text)
    if not subject:
        return header.issuer
    printed = canonical_tones(fold(document.text[:1_500])).lower()
    if canonical_tones(header.issuer).lower() in printed:
        return header.issuer
    return subject if same_unit(subject, header.issuer) else header.issuer


def form_unit(head: str) -> str | None:
    """Whose form this is, by its title: "BÁO CÁO KẾT QUẢ THỰC HIỆN CÁC NHIỆM VỤ ĐƯỢC GIAO CỦA SỞ NỘI VỤ"."""
    found = _OF_UNIT.search(head[:2_000])
    return fold(found["unit"]).strip(" .:") if found else None


def subject_of(text: str, opening: Opening | None) -> str | None:
    """The body named right before the words by which it reports."""
    if not opening:
        return None
    told = [opening.start + match.start() for match in TELLS.finditer(text[opening.start : opening.end])]
    for speaks in (opening.speaks, *reversed(told)):
        near = text[max(opening.start, speaks - _NEAR) : speaks]
        units = [unit for unit in find_units(near) if not near[unit[1] :].strip(" ,")]
        if units:
            return fold(units[-1][2])
    return None


def _sender(text: str) -> str | None:
    """Who sends a text without header: its first lines, its sender's line, "… của <unit>", its signature."""
    head, foot = text[:_HEAD], text[-_FOOT:]
    return _top(head) or _sent(head) or _whose(head) or _signed(foot)


def _top(head: str) -> str | None:
    """The bodies in capitals over the title; a room of an office stands for it."""
    printed = [line.strip(" *#_|") for line in head.strip().split("\n")]
    over = next((n for n, line in enumerate(printed) if not line or _TITLE.match(line)), len(printed))
    lines = [re.split(r"\s{3,}", line)[0] for line in printed[: min(over, _TOP_LINES)]]
    bodies = bodies_of(lines)
    if len(bodies) > 1 and _ROOM.match(bodies[-1]) and not _OWN_ROOMS.match(bodies[-2]):
        return sentence_case(bodies[-2])
    if bodies:
        return sentence_case(with_superior(bodies) if len(bodies) > 1 else bodies[-1])
    return _whole(lines[0]) if lines else None


def _whole(line: str) -> str | None:
    """A line that is nothing but a body's name."""
    units = find_units(line)
    return fold(units[0][2]) if units and units[0][0] == 0 and not line[units[0][1] :].strip(" .,:") else None


def _first(line: str) -> str | None:
    units = find_units(line)
    return fold(units[0][2]) if units else None


def _named(who: str) -> str | None:
    """The body that a sender's line begins with, whose name may go on behind a dash ("Lao động - Thương binh …")."""
    units = find_units(who)
    if not units:
        return None
    rest = who[units[0][1] :]
    goes_on = units[0][0] == 0 and re.match(r"\s[-–]\s(?!Phòng|Ban|Đội|Tổ|Văn phòng|Khoa)[A-ZĐÀ-Ỹ]", rest)
    return fold(who if goes_on else units[0][2])


def _sent(head: str) -> str | None:
    for pattern in (_SENT, _SPOKEN):
        if found := pattern.search(head):
            who = found["who"].strip()
            return _named(who) or (fold(who) if "@" not in who and who[:1].isupper() else None)
    return None


def _whose(head: str) -> str | None:
    for found in _OF.finditer(head):
        rest = head[found.end() : found.end() + 120].split("\n", maxsplit=1)[0]
        cased = sentence_case(rest.strip(" ()*.:")) if rest == rest.upper() else rest
        units = find_units(cased)
        if units and units[0][0] == 0:
            return fold(units[0][2])
    return None


def _signed(foot: str) -> str | None:
    for found in _SIGNED.finditer(foot):
        who = found["body"] or found["of"] or found["role"]
        if unit := _first(sentence_case(who.strip()) if who == who.upper() else who):
            return unit
    return None
