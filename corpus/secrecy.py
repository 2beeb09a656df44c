"""Documents stamped MẬT, TỐI MẬT or TUYỆT MẬT are refused at the door (NĐ 30/2020 Phụ lục I, box 10a).

A stamp stands alone, in capitals, in the header, at the foot or in a running head. Where a header of two columns was
read along the line it stands between their words ("UBND TỈNH A   MẬT   CỘNG HÒA …", "Số: 12/KH-UBND   MẬT"). The words
inside a sentence or a title ("bí mật nhà nước", "Mật độ dân số", "BẢO MẬT THÔNG TIN") are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from typing import Final, Literal

from corpus.model import Block, Document
from corpus.text import one_to_one

Stamp = Literal["MẬT", "TỐI MẬT", "TUYỆT MẬT"]

_WORDS: Final = r"(?P<stamp>(?:T\s{0,3}U\s{0,3}Y\s{0,3}[ỆÊ]\s{0,3}T\s+|T\s{0,3}Ố\s{0,3}I\s+)?M\s{0,3}Ậ\s{0,3}T)"
_STAMP: Final = re.compile(rf"[\W_]*(?:(?:DẤU CHỈ )?ĐỘ MẬT\s*:\s*)?{_WORDS}(?:\s*\(?\d?\)?)?[\W_]*")
_APART: Final = re.compile(rf"(?<!\w){_WORDS}(?!\w)")
_NOT_AFTER: Final = ("BÍ", "BẢO", "ĐỘ", "CƠ", "MỨC", "HOẶC", "VÀ")
"""Words that take a following MẬT to themselves: BÍ MẬT, BẢO MẬT, ĐỘ MẬT."""
_SYMBOL: Final = r"Số\s*:?\s*[\d.…]*\s*[-/]\s*[A-ZĐƯ][\w&/.-]*"
_PLACE: Final = r"[A-ZĐÀ-Ỹ][^,\d]{1,40},\s*ngày\b"
_BESIDE: Final = (
    re.compile(rf"(?P<before>.*?)(?<!\w){_WORDS}\s+(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập\s*-)"),
    re.compile(rf"(?P<before>){_SYMBOL}\s+{_WORDS}(?:\s*$|\s+{_PLACE})"),
    re.compile(rf"(?P<before>){_WORDS}\s+(?:{_SYMBOL}|{_PLACE})"),
)
"""A stamp before the national name, behind or before the symbol, before place and date."""
_PARTS: Final = re.compile(r"\s{2,}")
_HEADER_PART: Final = re.compile(rf"{_SYMBOL}|{_PLACE}|Độc lập|[^a-zà-ỹđ]*[A-ZĐÀ-Ỹ]{{2}}[^a-zà-ỹđ]*$")
_MOST_PARTS: Final = 3
_PAGE_NUMBER: Final = re.compile(r"(?i:trang|page)?\s*\d{1,4}(?:\s*/\s*\d{1,4})?")
_RUNNING: Final = re.compile(r"^(?:TÀI LIỆU|VĂN BẢN)\s+")
_HEADER_LINES: Final = 15
_FOOTER_LINES: Final = 8
_SHORT: Final = 80
_SHORT_BESIDE: Final = 140
_LAYOUT_COLUMNS: Final = 3
"""A header or signature table has no more columns; cells of wider tables are data ("Độ mật" may be a column)."""


def stamp(document: Document) -> Stamp | None:
    """The secrecy stamp that a document carries, or None."""
    head = [*islice(_lines(document, document.blocks), _HEADER_LINES)]
    foot = [*islice(_lines(document, reversed(document.blocks)), _FOOTER_LINES)]
    found = [
        *(_alone(line) for before, line in pairwise(["", *head]) if not before.endswith(_NOT_AFTER)),
        *map(_beside, head),
        *map(_alone, foot),
        *(_running(piece.text) for piece in document.furniture),
    ]
    return max((which for which in found if which), key=len, default=None)


def message(which: Stamp) -> str:
    """What the officer is told about a refused file."""
    return f"Văn bản có dấu chỉ độ mật {which}. Hệ thống không tiếp nhận văn bản mật; tệp không được lưu."


def _alone(line: str) -> Stamp | None:
    """The stamp that is all of a line."""
    match = _STAMP.fullmatch(one_to_one(line)) if len(line) <= _SHORT else None
    return _degree(match) if match else None


def _beside(line: str) -> Stamp | None:
    """The stamp that stands between other words of the header on one line."""
    line = _APART.sub(_degree, one_to_one(line))
    if "MẬT" not in line or len(line) > _SHORT_BESIDE:
        return None
    for pattern in _BESIDE:
        match = pattern.match(line)
        if match and not match["before"].rstrip().endswith(_NOT_AFTER):
            return _degree(match)
    parts = _PARTS.split(line)
    others = [part for part in parts if not _alone(part)]
    if not 1 < len(parts) <= _MOST_PARTS or not any(map(_HEADER_PART.match, others)):
        return None
    stamps = (_alone(part) for before, part in pairwise(["", *parts]) if not before.endswith(_NOT_AFTER))
    return next(filter(None, stamps), None)


def _running(line: str) -> Stamp | None:
    """The stamp in a running head or foot, a page number beside it."""
    line = one_to_one(line).strip()
    return _alone(_RUNNING.sub("", _PAGE_NUMBER.sub("", line, count=1).strip()))


def _degree(match: re.Match[str]) -> Stamp:
    letters = "".join(match["stamp"].split())
    return "TUYỆT MẬT" if letters.startswith("TUY") else "TỐI MẬT" if letters.startswith("TỐI") else "MẬT"


def _lines(document: Document, blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if block.table is not None and document.tables[block.table].columns > _LAYOUT_COLUMNS:
            continue
        for line in re.split(r"[\n\t]", document.text[block.start : block.end]):
            if line.strip():
                yield line.strip()
