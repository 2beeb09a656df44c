"""The close of a document: who signed, and who receives it (NĐ 30/2020 Phụ lục I, box 7 and 9)."""

from __future__ import annotations

import re
from typing import Final

from corpus.text import fold, one_to_one
from nlp.header_text import is_caps

_MARKUP: Final = re.compile(r"\*+|#+|(?<!\w)_+|_+(?!\w)")
_OF_SYMBOL_FONTS: Final = re.compile(r"[\ue000-\uf8ff]")
_ROLE: Final = re.compile(
    r"(?:(?:TM|KT|TL|TUQ|Q|T/M|K/T|T/L|TUN)\s*[./]?\s+)?(?:PHÓ\s+|QUYỀN\s+|Q\.\s*)?(?:CHỦ TỊCH|BỘ TRƯỞNG|"
    r"THỨ TRƯỞNG|THỦ TƯỚNG|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|"
    r"CHÁNH VĂN PHÒNG|CHÁNH ÁN|CHÁNH THANH TRA|VIỆN TRƯỞNG|CỤC TRƯỞNG|TỔNG CỤC TRƯỞNG|VỤ TRƯỞNG|TRƯỞNG BAN|"
    r"TRƯỞNG PHÒNG|BÍ THƯ|THƯỜNG TRỰC|"
    r"TỔNG THANH TRA|THỐNG ĐỐC|BỘ TRƯỞNG,? CHỦ NHIỆM|CHỦ NHIỆM|TỔNG KIỂM TOÁN|HIỆU TRƯỞNG|TỔNG BÍ THƯ|"
    r"CHỈ HUY TRƯỞNG|TƯ LỆNH|TỔNG THƯ KÝ|CHỦ TỌA)"
)
_FOR: Final = re.compile(r"(?:TM|KT|TL|TUQ|T/M|K/T|T/L)\s*[./]?\s+[A-ZĐÀ-Ỹ]")
_MAY_BE_ROLE: Final = re.compile(r"[\W_\ue000-\uf8ff]*(?:TM|KT|TL|TU|T/|K/T|Q|PHÓ|BỘ|GI|[CTVBH][A-ZÀ-Ỹ]{2})")
"""A cheap look at the head of a line: one begins so where a signing role stands."""
_RANK: Final = re.compile(
    r"^(?:(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|úy)|Đại tướng|Đô đốc|GS|PGS|TS|ThS|BS|KS|Nhà giáo|Luật sư|"
    r"Đ/c|Đồng chí)\.?(?:\s*\.?\s*(?:TS|GS|ThS)\.?)*\s+",
    re.IGNORECASE,
)
_SYLLABLE: Final = r"[A-ZĐÀ-Ỹ][a-zà-ỹđ]*'?"
_PERSON: Final = re.compile(rf"^{_SYLLABLE}(?:\s+{_SYLLABLE}){{1,5}}$")
_NOT_PERSON: Final = re.compile(r"(?:Nơi|Đã|Ký|Kèm|Phụ|Lưu|Như|Điều|Nghị|Quyết|Thông|Phòng|Sở|Bộ|Ban|Ủy|Hội|Cục)\s")
_AFTER: Final = 14
"""Lines between a signing role and the name: rank lines, a stamp, "(Đã ký)", blank lines."""


def _plain(line: str) -> str:
    """Without markup and the bullets of symbol fonts."""
    return fold(_OF_SYMBOL_FONTS.sub(" ", _MARKUP.sub("", line)))


def find_signers(text: str) -> tuple[str, ...]:
    """Names under the first block of signing roles after the body, in the order printed."""
    raw = one_to_one(text).replace("|", "\n").replace("\t", "\n").split("\n")
    found: list[str] = []
    last = -1
    for place, printed in enumerate(raw):
        if found and place > last + 2 * _AFTER:
            break
        if not _MAY_BE_ROLE.match(printed):
            continue
        if not _is_role(_plain(printed)):
            continue
        if name := _name_below([_plain(line) for line in raw[place : place + _AFTER]], 0):
            if name not in found:
                found.append(name)
            last = place
    return tuple(found)


def _is_role(line: str) -> bool:
    return 4 < len(line) < 90 and is_caps(line) and bool(_ROLE.match(line) or _FOR.match(line))


def _name_below(lines: list[str], place: int) -> str | None:
    """The first line below a role that is a person's name; another text in between ends the search."""
    before = ""
    for line in lines[place + 1 : place + _AFTER]:
        bare = _RANK.sub("", re.sub(r"^\w?[\])]\s*", "", line))
        joined = _RANK.sub("", f"{before} {bare}")
        if before and _PERSON.match(joined):
            return joined
        if _PERSON.match(bare) and not _NOT_PERSON.match(bare):
            return bare
        before = bare if re.fullmatch(_SYLLABLE, bare) else before
        if (
            line
            and not is_caps(line)
            and not line.startswith(("(", "-", "[", "Ký", "Đã ký", "Nơi nhận"))
            and len(line) > 40
        ):
            return None
    return None


_RECEIVE: Final = re.compile(r"N[ơƠ][iI]\s+(?:nhận|NHẬN|gửi|GỬI)\s*:?")
_ADDRESSED: Final = re.compile(r"(?m)Kính\s+gửi\s*:?[ \t]*")
_ANNEX: Final = re.compile(r"(?m)^[^\w\n]*(?:PHỤ LỤC|Phụ lục|MẪU|Mẫu số)(?:\s+(?:SỐ\s+)?[IVX\d]+)?[^\w\n]*$")
"""A list of receivers after this stands in a form, not in the document."""
_KEEP: Final = re.compile(r"^(?:Lưu|Luu|LƯU)(?:\s|:|$)")
_ENDS: Final = re.compile(r"\s+(?=(?:TM|KT|TL|TUQ|T/M|K/T|T/L)\s*[./]?\s+[A-ZĐÀ-Ỹ]{2})|\s{3,}(?=[A-ZĐÀ-Ỹ]{2,}(?:\s|$))")
_LONGEST: Final = 3_000


def find_recipients(text: str) -> tuple[str, ...]:
    """Bodies after "Kính gửi", then those under "Nơi nhận", each as printed, without "Lưu"."""
    return tuple(dict.fromkeys([*_addressed(text), *_received(text)]))


def _addressed(text: str) -> list[str]:
    match = _ADDRESSED.search(text[:6_000])
    if not match:
        return []
    found: list[str] = []
    for place, line in enumerate(re.split(r"[\n|\t]", text[match.end() : match.end() + _LONGEST])):
        said = _plain(line)
        if not said:
            if found or place > 3:
                break
            continue
        bullet = said.startswith(("-", "+", "•"))
        if found and not bullet and not found[-1].endswith((",", "và", "-")) and not said[0].islower():
            break
        piece = said.lstrip("-+• ")
        if bullet or not found:
            found.append(piece)
        else:
            found[-1] += f" {piece}"
        if said.endswith("."):
            break
    return [body for line in found for body in _pieces(line)]


def _pieces(line: str) -> list[str]:
    return [piece for part in line.split(";") if (piece := part.strip(" ;.,:"))]


def _received(text: str) -> list[str]:
    match = _RECEIVE.search(text)
    if not match or _ANNEX.search(text, 0, match.start()):
        return []
    found: list[str] = []
    for line in _receiving_lines(text[match.end() : match.end() + _LONGEST]):
        if line.startswith(("-", "+", "•")):
            found.append(line.lstrip("-+•. "))
        elif found:
            found[-1] += f" {line}"
    return [entry.rstrip(" ;.,:") for entry in found if not _KEEP.match(entry) and entry.strip(" ;.,:")]


def _receiving_lines(text: str) -> list[str]:
    """Lines of the list up to its end: a line of capitals (the signature), a blank after "Lưu", or a rule."""
    out: list[str] = []
    kept = False
    for raw in re.split(r"[\n|\t]|(?<=;)\s+(?=-\s)", text):
        line = _plain(_ENDS.split(one_to_one(raw))[0])
        if not line:
            if kept:
                break
            continue
        if is_caps(line) and (_is_role(line) or (len(line) > 12 and not re.search(r"[,;:\d]", line))):
            break
        if kept and not line.startswith("-"):
            break
        kept = kept or bool(_KEEP.match(line.lstrip("-+•. ")))
        out.append(line)
    return out
