"""Printed lines joined to paragraphs, over the turns of pages.

A new paragraph begins where a line is indented, carries a number or bullet, follows a line that stopped short although
the next word would have fitted, or stands clear of the line before. Centred lines of one look are one heading, but
those of a place of signature and of a two-column head each stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from corpus.labels import Label, read_label
from corpus.model import BlockKind
from corpus.pdf_lines import Line, joint_of

_END = re.compile(r"[.;:!?…]['\")”’\]]*$")
_OPEN = re.compile(r"[,(“\-–]$|\b(?:và|hoặc|của|các|số|ngày|tháng|năm|Điều|khoản|điểm|theo|tại|về|cho|là)$")
_OPEN_NAME = re.compile(
    r"(?:[,–]|\b(?:VÀ|CÁC|CỦA|VỀ|TRỰC THUỘC|TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|XÃ|PHƯỜNG|QUẢN LÝ|DỰ ÁN|KHU))$"
)
"""The name of a body cannot end like this."""
_PLACE_NAME = re.compile(r"(?:TỈNH|THÀNH PHỐ|TP\.|HUYỆN|QUẬN|THỊ XÃ|THỊ TRẤN|XÃ|PHƯỜNG|ĐẶC KHU)\s+(?!ỦY\b|UỶ\b|ĐOÀN\b)")
_OF_A_PLACE = re.compile(
    r"\b(?:TỈNH|THÀNH PHỐ|TP|HUYỆN|QUẬN|THỊ XÃ|THỊ TRẤN|XÃ|PHƯỜNG|TRUNG ƯƠNG)\b|VIỆT NAM$|^(?:BỘ|CHÍNH PHỦ|QUỐC HỘI)\b"
)
"""A name that has its place already, or needs none."""
_SUBJECT = re.compile(r"(?:V/v|Về việc|Về)\b", re.IGNORECASE)
_ENOUGH = 12
"""Long lines that show a page's margins by themselves."""
_HEADINGS = frozenset({"Phần", "Chương", "Mục", "Tiểu mục", "Điều", "Phụ lục"})

_CENTRED = _HEADINGS - {"Điều"} | {"roman"}
"""Labels that may stand in the middle of the page; a short numbered line only looks as if it did."""


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the text of a page begins and ends."""

    left: float
    right: float

    @property
    def middle(self) -> float:
        """The centre of the text."""
        return (self.left + self.right) / 2


@dataclass(slots=True)
class Paragraph:
    """Lines that make one paragraph; it may run over pages."""

    lines: list[Line]
    centred: bool = False
    label: Label | None = None
    margins: Margins = field(default_factory=lambda: Margins(0.0, 0.0))
    leading: float = 0.0
    """The widest step from one of its lines to the next."""

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.lines[0].page

    @property
    def bold(self) -> bool:
        """True when all of it is bold."""
        return all(line.bold for line in self.lines)

    @property
    def kind(self) -> BlockKind:
        """Heading, list item or paragraph, by its label and look."""
        if self.label and self.label.style in _HEADINGS:
            return "heading"
        if self.label:
            return "list_item"
        return "heading" if self.centred and (self.bold or self.lines[0].upper) else "paragraph"

    def text(self) -> tuple[str, list[tuple[int, int]]]:
        """The joined text, and (offset, page) where it runs over onto another page."""
        parts, size, turns = [self.lines[0].text], len(self.lines[0].text), list[tuple[int, int]]()
        for before, line in pairwise(self.lines):
            joint = joint_of(before.text, line.text)
            size += len(joint)
            if line.page != before.page:
                turns.append((size, line.page))
            parts += joint, line.text
            size += len(line.text)
        return "".join(parts), turns

    def add(self, line: Line) -> None:
        """Put a line to the paragraph."""
        if line.base > self.lines[-1].base:
            self.leading = max(self.leading, line.base - self.lines[-1].base)
        self.lines.append(line)


def margins_of(lines: Iterable[Line], usual: Margins | None = None) -> Margins | None:
    """The margins of a page from its long lines; a page with few of them has at least the ``usual`` ones."""
    long = [line for line in lines if line.column == 0 and len(line.text) > 40]
    if len(long) < 4:
        return usual
    left, right = sorted(line.x0 for line in long), sorted(line.x1 for line in long)
    own = Margins(left[len(left) // 10], right[(9 * len(right)) // 10])
    if usual is None or len(long) >= _ENOUGH:
        return own
    return Margins(min(own.left, usual.left), max(own.right, usual.right))


def common_margins(margins: Iterable[Margins]) -> Margins | None:
    """The usual margins of a text's pages."""
    found = list(margins)
    if not found:
        return None
    return Margins(median(m.left for m in found), median(m.right for m in found))


class ParagraphBuilder:
    """Takes lines in reading order and groups them; ``paragraphs`` grows as paragraphs begin."""

    def __init__(self) -> None:
        self.paragraphs: list[Paragraph] = []
        self._open: Paragraph | None = None

    def add(self, line: Line, margins: Margins) -> Paragraph | None:
        """Put a line to the open paragraph, or begin one with it and return that."""
        label = read_label(line.text)
        centred = (label is None or label.style in _CENTRED) and _is_centred(line, margins)
        if self._open is not None and self._goes_on(self._open, line, margins, label, centred=centred):
            self._open.add(line)
            return None
        self._open = Paragraph([line], centred, label, margins)
        self.paragraphs.append(self._open)
        return self._open

    def close(self) -> None:
        """What follows begins a paragraph."""
        self._open = None

    def _goes_on(
        self, paragraph: Paragraph, line: Line, margins: Margins, label: Label | None, *, centred: bool
    ) -> bool:
        before = paragraph.lines[-1]
        turned = before.page != line.page
        if before.column != line.column or (not turned and _stands_clear(paragraph, line)):
            return False
        if line.column:
            return _column_goes_on(paragraph, line, label)
        if paragraph.centred:
            return not turned and _heading_goes_on(paragraph, line, centred=centred)
        short = _stopped_short(before, line, paragraph.margins)
        begun = bool(_END.search(before.text)) or (short and not _OPEN.search(before.text))
        if label and (begun or _is_indented(line, margins)):
            return False
        if before.bold != line.bold and short and before.bold == paragraph.lines[0].bold:
            return False
        if _is_indented(line, margins) and not _hangs(paragraph, line, margins):
            return _sentence_runs_on(before, line) and not short and not label
        return not short or (_sentence_runs_on(before, line) and not centred)


def _is_centred(line: Line, margins: Margins) -> bool:
    if line.column:
        return False
    if not line.bold and line.text[-1] in ";.":
        return False
    near = abs(line.middle - margins.middle) < 1.2 * line.size
    if near and line.bold and line.x0 < margins.left + line.size:
        return True
    return near and line.x0 > margins.left + 1.5 * line.size and line.x1 < margins.right - 0.8 * line.size


def _is_indented(line: Line, margins: Margins) -> bool:
    return line.x0 > margins.left + 0.8 * line.size


def _stands_clear(paragraph: Paragraph, line: Line) -> bool:
    """True where the white above the line is more than the paragraph's own leading."""
    before = paragraph.lines[-1]
    gap = line.base - before.base
    if gap < 0 or abs(line.size - before.size) > 0.15 * before.size:
        return gap < -0.5 * line.size or gap > 2.2 * line.size
    return gap > (1.25 * paragraph.leading + 0.5 if paragraph.leading else 2.1 * line.size)


def _stopped_short(before: Line, line: Line, margins: Margins) -> bool:
    """True where the line's first word would have fitted on the line before."""
    return before.x1 + 0.3 * before.size + line.first_width < margins.right - 0.4 * before.size


def _hangs(paragraph: Paragraph, line: Line, margins: Margins) -> bool:
    """True where the paragraph's later lines stand in, as under a bullet, or the whole of it does."""
    first = paragraph.lines[0]
    if len(paragraph.lines) > 1:
        return abs(line.x0 - paragraph.lines[-1].x0) < 0.5 * line.size
    return paragraph.label is not None and line.x0 > first.x0 + 0.4 * line.size and _is_indented(line, margins)


def _sentence_runs_on(before: Line, line: Line) -> bool:
    return not _END.search(before.text) and (line.text[:1].islower() or bool(_OPEN.search(before.text)))


def _column_goes_on(paragraph: Paragraph, line: Line, label: Label | None) -> bool:
    """In a two-column block only a subject (V/v …) and a list item run on; all else is a piece of its own."""
    if _name_goes_on(paragraph.lines[-1], line):
        return True
    if label or line.upper:
        return False
    if _SUBJECT.match(paragraph.lines[0].text):
        return True
    return (
        paragraph.label is not None
        and line.x0 >= paragraph.lines[0].x0 - 1
        and not _END.search(paragraph.lines[-1].text)
    )


def _name_goes_on(before: Line, line: Line) -> bool:
    """True where the name of a body was broken: "… THƯƠNG BINH" + "VÀ XÃ HỘI", "ỦY BAN NHÂN DÂN" + "TỈNH HÀ TĨNH".

    A superior body and its unit stay two lines: the unit is a name of its own, and usually the one in bold type.
    """
    if before.bold != line.bold:
        return False
    if before.text.endswith("-") or line.text.startswith("VÀ "):
        return True
    if line.column != 1 or not (before.upper and line.upper):
        return False
    return bool(
        _OPEN_NAME.search(before.text) or (_PLACE_NAME.match(line.text) and not _OF_A_PLACE.search(before.text))
    )


def _heading_goes_on(paragraph: Paragraph, line: Line, *, centred: bool) -> bool:
    before = paragraph.lines[-1]
    same_case = before.upper == line.upper or not any(map(str.isalpha, line.text))
    same_look = before.bold == line.bold and same_case and abs(before.size - line.size) < 1
    full = line.bold and abs(line.middle - before.middle) < line.size
    if not full and line.text[:1].islower() and not _stopped_short(before, line, paragraph.margins):
        full = True
    if not same_look or not (centred or full) or line.text.startswith("("):
        return before.text.startswith("(") and not before.text.endswith(")") and centred
    if line.base - before.base > 1.7 * line.size:
        return False
    width = paragraph.margins.right - paragraph.margins.left
    return not line.upper or _name_goes_on(before, line) or before.x1 - before.x0 > 0.55 * width
