"""Where another document begins inside a file: a second header block (who issues | the motto, number, day, kind line).

A letter encloses the report that it sends on, a report those of the units below. Forms and samples print a header too:
one without a number and a day of its own, or under "Phụ lục", "Mẫu số", begins no document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from corpus.model import Block, Document, Table
from nlp.header import header_of
from nlp.header_text import is_caps
from nlp.model import Header

_STATE: Final = re.compile(r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM")
_PARTY: Final = re.compile(r"(?m)ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM(?=[^\w\n]*$|[^\S\n]*[|\t])")
_BODY: Final = re.compile(
    r"\b(?:UBND|ỦY BAN|UỶ BAN|HĐND|HỘI ĐỒNG|SỞ|BAN|BỘ|PHÒNG|XÃ|PHƯỜNG|THỊ TRẤN|THỊ XÃ|HUYỆN|QUẬN|TỈNH|THÀNH PHỐ|"
    r"ĐẶC KHU|THÔN|CỤC|CHI CỤC|TỔNG CỤC|VĂN PHÒNG|TRUNG TÂM|TRƯỜNG|BỆNH VIỆN|VIỆN|CÔNG TY|TẬP ĐOÀN|CÔNG AN|"
    r"BỘ CHỈ HUY|ĐẢNG ỦY|ĐẢNG BỘ|TỈNH ỦY|THÀNH ỦY|HUYỆN ỦY|QUẬN ỦY|THỊ ỦY|CHI BỘ|MẶT TRẬN|HỘI|ĐOÀN|LIÊN ĐOÀN|"
    r"THANH TRA|KHO BẠC|NGÂN HÀNG|BẢO HIỂM|TÒA ÁN|VIỆN KIỂM SÁT|HẠT|TRẠM|ĐỘI|TỔ)\b"
)
"""Words with which a body's name in capitals is made; names of signers and their posts have none of them alone."""
_POST: Final = re.compile(
    r"^\W*(?:(?:TM|KT|TL|TUQ|T/M|K/T|T/L)\b|"
    r"(?:CHỦ TỊCH|PHÓ|GIÁM ĐỐC|CHÁNH|TRƯỞNG|BÍ THƯ|CỤC TRƯỞNG|HIỆU TRƯỞNG|VIỆN TRƯỞNG)\b)"
)
_FORM: Final = re.compile(r"(?im)^\W*(?:phụ lục|mẫu|biểu|đề cương)(?:\s+(?:số|báo cáo|[IVX\d]+)|\s*$|\s*[:(])")
_ABOVE: Final = 8
"""Lines over the motto that may name the issuer."""
_OWN: Final = 3_500
"""Characters within which the file's own header begins (``nlp.header_text``)."""
_BELOW, _BEFORE = 1_600, 400
"""Characters of a header block; and before it, in which a form is named."""


@dataclass(frozen=True, slots=True)
class Inner:
    """A document inside a file: where it stands, and its own header."""

    start: int
    end: int
    header: Header


def inner_documents(document: Document) -> tuple[Inner, ...]:
    """The documents inside this file after its first one, in their order; none in a file that holds one document."""
    text = document.text
    mottoes = [match.start() for pattern in (_STATE, _PARTY) for match in pattern.finditer(text)]
    if len(mottoes) < 2:
        return ()
    begins = sorted({_begin(document, motto) for motto in mottoes})
    own = 1 if begins[0] < _OWN else 0
    found = [(start, header) for start in begins[own:] if (header := _header(text, start))]
    ends = [start for start, _ in found[1:]] + [len(text)] * bool(found)
    return tuple(Inner(start, end, header) for (start, header), end in zip(found, ends, strict=True))


def _begin(document: Document, banner: int) -> int:
    """Where the header block around a motto begins: its table, or the names in capitals over it."""
    table = next((one for one in document.tables if one.start <= banner < one.end), None)
    if table is not None and banner - table.start < _BEFORE:
        return table.start
    start = document.text.rfind("\n", 0, banner) + 1
    for _ in range(_ABOVE):
        above = document.text.rfind("\n", 0, max(0, start - 1)) + 1
        line = document.text[above:start].strip()
        if above == start or not (not line or _over_motto(line)):
            break
        start = above
    return start + len(document.text[start:banner]) - len(document.text[start:banner].lstrip())


def _over_motto(line: str) -> bool:
    """A line of the left column: a body in capitals, a drawn rule; no signer of the document before."""
    if not any(char.isalnum() for char in line):
        return True
    return is_caps(line) and len(line) < 90 and bool(_BODY.search(line)) and not _POST.match(line)


def _header(text: str, start: int) -> Header | None:
    """The header that begins here, if it is a real one: who issues it, under which number or on which day."""
    if _FORM.search(text[max(0, start - _BEFORE) : start]):
        return None
    header = header_of(text[start : start + _BELOW])
    numbered = header.symbol is not None or header.date is not None
    return header if header.kind and header.issuer and numbered else None


def cut(document: Document, start: int, end: int) -> Document:
    """A part of a file as a document of its own; offsets count from ``start``, pages are told by the whole file."""
    places = {place: n for n, place in enumerate(i for i, t in enumerate(document.tables) if start <= t.start < end)}
    return replace(
        document,
        text=document.text[start:end],
        blocks=tuple(_blocks(document, start, end, places)),
        tables=tuple(_shifted(document.tables[place], start, end) for place in places),
        furniture=(),
        page_marks=(),
    )


def _blocks(document: Document, start: int, end: int, places: dict[int, int]) -> Iterator[Block]:
    for block in document.blocks:
        if start <= block.start < end and (block.table is None or block.table in places):
            table = places[block.table] if block.table is not None else None
            yield replace(block, start=block.start - start, end=min(block.end, end) - start, table=table)


def _shifted(table: Table, start: int, end: int) -> Table:
    rows = tuple(
        replace(
            row,
            cells=tuple(replace(cell, start=cell.start - start, end=min(cell.end, end) - start) for cell in row.cells),
        )
        for row in table.rows
    )
    return replace(table, start=table.start - start, end=min(table.end, end) - start, rows=rows)
