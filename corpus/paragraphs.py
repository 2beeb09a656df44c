"""Lines of a text file grouped to paragraphs: sentences broken by hard line ends are one paragraph again.

A block of lines without an empty line between them is *wrapped* when no line is much longer than a printed line;
in texts that keep a paragraph on one line, each line stays its own paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from corpus.labels import read_label
from corpus.text import fold

_PRINTED_LINE: Final = 105
"""Characters of the longest line that a wrapped text has (A4, 13 pt, has about 90)."""
_TAIL: Final = 40
_FULL_LINE: Final = 45
"""A line shorter than this that ends a sentence or a title may have been ended on purpose."""
_RULE: Final = "-_=–—*~.…"
_EXPECTS_NUMBER: Final = re.compile(
    r"(?:(?<!/)\b(?:ngày|tháng|quý|[đð]iều|khoản|điểm|mục|chương|phần|phụ lục|từ|đến|và|hoặc|của|tại|theo|khóa|khoá|thứ"
    r"|hạng|bảng|biểu|mẫu|trang)|,)$",
    re.IGNORECASE,
)
_LETTER_EXPECTED: Final = re.compile(r"\b(?:điểm|các điểm)$", re.IGNORECASE)
_OWN_LINE: Final = re.compile(
    r"(?:Căn cứ|Theo đề nghị|Xét |Thực hiện |Trên cơ sở|Kính gửi|Nơi nhận|Số\s*:|Số \d|V/v|Độc lập"
    r"|ĐẢNG CỘNG SẢN|CỘNG HÒA|CỘNG HOÀ"
    r"|QUYẾT ĐỊNH\s*:|QUYẾT NGHỊ\s*:|\((?:Ban hành )?[Kk]èm theo|(?:TM|KT|TL|TUQ|Q)\.\s|[TK]/[MTL]\s)"
)
_END: Final = re.compile(r"[.;:!?…]['\"”’)]*$")
_NOT_SENTENCE: Final = re.compile(r"\b(?:TP|Tp|Th|ThS|TS|PGS|GS|BS|Ths|v\.v|[A-ZĐ])\.$")


def is_rule(line: str) -> bool:
    """True for a drawn rule (-----, ____, .....) that separates and says nothing."""
    drawn = line.strip(" \t\\")
    return len(drawn) >= 3 and not drawn.strip(_RULE + " \t\\")


def groups(lines: Sequence[str], *, ragged: int = 0) -> Iterator[tuple[int, int]]:
    """Index pairs (first line, line after the last) of the paragraphs in ``lines``; empty lines and rules part them.

    ``ragged``: so many first lines of a paragraph may be short for no reason (line ends of an HTML source).
    """
    first = 0
    for index in range(len(lines) + 1):
        if index == len(lines) or not lines[index].strip() or is_rule(lines[index]):
            if index > first:
                yield from _split(lines, first, index, ragged=ragged)
            first = index + 1


def _split(lines: Sequence[str], first: int, last: int, *, ragged: int) -> Iterator[tuple[int, int]]:
    wrapped = last - first > 1 and max(len(line.rstrip()) for line in lines[first:last]) <= _PRINTED_LINE
    begin = first
    width = max(len(line.strip()) for line in lines[first:last])
    for index in range(first + 1, last):
        opening, before, line = (lines[n].strip() for n in (begin, index - 1, index))
        full = 0 if index - begin <= ragged else width
        if not wrapped or begins(before, line, full) or _is_next_item(opening, line):
            yield begin, index
            begin = index
    yield begin, last


def begins(before: str, line: str, width: int) -> bool:
    """True when ``line`` begins a paragraph although it follows ``before`` without an empty line.

    ``width`` is the length of a full line, 0 where the length of ``before`` tells nothing.
    """
    tail = before[-_TAIL:]
    if (label := read_label(line)) is not None:
        return not _continues_into_label(tail, line, label.style)
    if _OWN_LINE.match(line):
        return bool(_END.search(tail)) or before.isupper() or len(before) < min(width, _FULL_LINE)
    if line.isupper() != before.isupper() and (line[0].isupper() or before.isupper()):
        return before.isupper() or (len(line) > 3 and bool(_END.search(tail)))
    if not line[0].isupper():
        return False
    ended = bool(_END.search(tail)) and not _NOT_SENTENCE.search(tail)
    return len(before) < (0.8 if ended else 0.6) * width


def _is_next_item(opening: str, line: str) -> bool:
    """A dash after a paragraph that began with one, although that ends in a figure: "- Hộ kê khai: 51", "- …"."""
    return all((label := read_label(one)) is not None and label.style == "-" for one in (line, opening))


def printed_lines(text: str, *, centred: bool = False) -> Iterator[str]:
    """Paragraphs of a text with soft line breaks: these part items and header lines, inside a sentence they join."""
    pending = ""
    for line in (fold(piece) for piece in text.split("\n")):
        if not line or is_rule(line):
            continue
        parted = begins(pending, line, 0) or _is_next_item(pending, line) if pending else True
        if not parted and not (centred and pending.isupper() != line.isupper()):
            pending = f"{pending} {line}"
            continue
        if pending:
            yield pending
        pending = line
    if pending:
        yield pending


def _continues_into_label(before: str, line: str, style: str) -> bool:
    """A line break inside "tháng / 9." or "khoản 2 / Điều 5": the label belongs to the sentence before it."""
    if style in {"number", "dotted"}:
        return bool(_EXPECTS_NUMBER.search(before))
    if style == "letter":
        return bool(_LETTER_EXPECTED.search(before))
    if style == "-":
        return before.endswith(("(", "/", "-")) or bool(re.search(r"\d$", before) and not _END.search(before))
    return style == "là" and line[0].islower()
