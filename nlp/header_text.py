"""The top of a document as clean lines: markup, rules and the gazette's own headings taken out, the mottoes marked.

Two headers exist (NĐ 30/2020 Điều 8; HD 36-HD/VPTW): the State's with Quốc hiệu and Tiêu ngữ, the Party's its name.
Web and PDF text breaks their lines anywhere and mixes their two columns, so that only the words are relied on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from nlp.model import System

MOTTO: Final = "\u241e"
"""Stands where the Quốc hiệu stood."""
BANNER: Final = "\u241f"
"""Stands where the Party's name stood as a heading."""
RULE: Final = "\u2500"
"""Stands where a drawn rule stood."""

_WINDOW: Final = 9_000
_REACH: Final = 3_500
"""A header begins near the start of its file, after at most a gazette's or a site's own lines."""


def _spaced(words: str) -> str:
    return r"\s+".join(words.split())


_STATE: Final = re.compile(_spaced("CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
_STATE_MIXED: Final = re.compile(
    r"CỘNG H(?:ÒA|OÀ) XÃ(?: HỘI)?[^\S\n]*\n(?P<left>[^\n]{2,60}?)\s+(?:HỘI )?CHỦ NGHĨA VIỆT NAM"
)
_TIEU_NGU: Final = re.compile(r"[ĐÐ]ộc\s+lập\s*[-–—]?\s*Tự\s+do\s*[-–—]?\s*Hạnh\s+phúc", re.IGNORECASE)
_PARTY: Final = re.compile(
    r"(?m)(?:^|(?<=\t)|(?<=\|)|(?<=   ))[^\w\n]*"
    + _spaced("ĐẢNG CỘNG SẢN VIỆT NAM")
    + r"(?=[^\w\n]*$|[^\S\n]*[|\t]|[^\S\n]{3,})"
)
_MARKUP: Final = re.compile(
    r"\*(?:\*{0,2}(?=\S)|(?<=\S\*)\*{0,2}|\*+)|#(?m:(?<=^\#))#*\s*|<br\s*/?>|_(?:(?<!\w_)_|_(?!\w))"
)
"""Each way begins with its sign, so that the engine skips to the next one; what stands before is asked afterwards."""
_GLUED: Final = re.compile(
    r"\*{4}(?=\S)(?:(?<=LUẬT\*{4})|(?<=ĐỊNH\*{4})|(?<=QUYẾT\*{4})|(?<=HOẠCH\*{4})|(?<=THÔNG BÁO\*{4}))"
)
_DRAWN: Final = re.compile(r"[-_=~–—─.]{4,}|(?m:^\s*(?:-{2,}|[*x]\s*(?:\*\s*)*|_{2,})\s*$)")
_WIDE: Final = re.compile(r"[^\S\n\t]{9,}")
"""A gap between two columns; its width says nothing more."""
_EMPTY: Final = re.compile(r"[|\n\t ]{14,}")
"""Empty cells and lines."""
_GAZETTE: Final = re.compile(
    r"(?m)^[^\S\n]*(?:\d{1,4}\s*)?CÔNG BÁO\s*/\s*Số[^\n]*(?:\n\s*\d{1,4}\s*$)?|"
    r"^[^\S\n]*\d{1,4}\s*$|^[^\S\n]*PHẦN\s+VĂN\s+BẢN[^\n]*$|"
    r"^[^\S\n]*VĂN BẢN (?:QUY PHẠM PHÁP LUẬT|KHÁC|HỢP NHẤT)\s*-?\s*$|^[^\S\n]*Ký bởi:[^\n]*$|"
    r"^[^\S\n]*Cơ quan: VĂN PHÒNG CHÍNH PHỦ\s*$|^[^\S\n]*Ngày ký:[^\n]*$"
)


@dataclass(frozen=True, slots=True)
class Top:
    """The clean beginning of a document; ``start`` is where its header's banner stands, -1 where it has none."""

    text: str
    banner: int
    system: System | None


def top_of(text: str) -> Top:
    """The first lines of a text, cleaned, with the place and the system of the first header in them."""
    window = _EMPTY.sub("\n|\n\n", _WIDE.sub(" " * 8, text[:_WINDOW]))
    clean = _GLUED.sub("\n", _GAZETTE.sub("", window))
    clean = _MARKUP.sub("", clean)
    clean, whole = _STATE.subn(f"\n{MOTTO}\n", clean)
    if not whole:
        clean = _STATE_MIXED.sub(rf"\n{MOTTO}\n\g<left>", clean, count=1)
    clean = _TIEU_NGU.sub("\n" if MOTTO in clean else f"\n{MOTTO}\n", clean, count=0)
    if "ĐẢNG" in clean:
        clean = _PARTY.sub(f"\n{BANNER}\n", clean, count=1)
    clean = clean.replace("|", "\n").replace("\t", "\n")
    clean = _DRAWN.sub(f"\n{RULE}\n", clean)
    marks = [(clean.find(mark), system) for mark, system in ((MOTTO, "state"), (BANNER, "party"))]
    found = sorted((place, system) for place, system in marks if 0 <= place < _REACH)
    if not found:
        return Top(clean, -1, None)
    return Top(clean, found[0][0], "party" if found[0][1] == "party" else "state")


def is_caps(line: str) -> bool:
    """Whether a line is set in capitals: letters, and none of them small."""
    return any(char.isalpha() for char in line) and line == line.upper()
