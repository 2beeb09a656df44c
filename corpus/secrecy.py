"""Documents stamped MẬT, TỐI MẬT or TUYỆT MẬT are refused at the door (NĐ 30/2020 Phụ lục I, box 10a).

A stamp stands alone, in capitals, in the header or at the foot; the words inside a sentence or a title
("bí mật nhà nước", "Mật độ dân số", "BẢO MẬT THÔNG TIN") are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal

from corpus.model import Block, Document
from corpus.text import one_to_one

Stamp = Literal["MẬT", "TỐI MẬT", "TUYỆT MẬT"]

_STAMP: Final = re.compile(
    r"[\W_]*(?:(?:DẤU CHỈ )?ĐỘ MẬT\s*:\s*)?"
    r"(?P<stamp>(?:T\s?U\s?Y\s?[ỆÊ]\s?T\s+|T\s?Ố\s?I\s+)?M\s?Ậ\s?T)(?:\s*\(?\d?\)?)?[\W_]*"
)
_HEADER_LINES: Final = 15
_FOOTER_LINES: Final = 8
_SHORT: Final = 80
_LAYOUT_COLUMNS: Final = 3
"""A header or signature table has no more columns; cells of wider tables are data ("Độ mật" may be a column)."""


def stamp(document: Document) -> Stamp | None:
    """The secrecy stamp that a document carries, or None."""
    head = _short(_lines(document, document.blocks), _HEADER_LINES)
    foot = _short(_lines(document, reversed(document.blocks)), _FOOTER_LINES)
    beside = (piece.text for piece in document.furniture)
    found = [which for line in (*head, *foot, *beside) if (which := _read(line))]
    return max(found, key=len, default=None)


def message(which: Stamp) -> str:
    """What the officer is told about a refused file."""
    return f"Văn bản có dấu chỉ độ mật {which}. Hệ thống không tiếp nhận văn bản mật; tệp không được lưu."


def _read(line: str) -> Stamp | None:
    match = _STAMP.fullmatch(one_to_one(line)) if len(line) <= _SHORT else None
    if match is None:
        return None
    letters = "".join(match["stamp"].split())
    return "TUYỆT MẬT" if letters.startswith("TUY") else "TỐI MẬT" if letters.startswith("TỐI") else "MẬT"


def _short(lines: Iterable[str], most: int) -> Iterator[str]:
    """The first ``most`` lines, long ones passed over but counted."""
    for count, line in enumerate(lines):
        if count == most:
            return
        if len(line) <= _SHORT:
            yield line


def _lines(document: Document, blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if block.table is not None and document.tables[block.table].columns > _LAYOUT_COLUMNS:
            continue
        for line in re.split(r"[\n\t]", document.text[block.start : block.end]):
            if line.strip():
                yield line.strip()
