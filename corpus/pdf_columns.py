"""Two columns without rules: the head of a State document, and the place of signature.

"CHÍNH PHỦ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 109/NQ-CP | Hà Nội, ngày …", "Nơi nhận: | TM. CHÍNH PHỦ" stand
side by side (NĐ 30/2020, Phụ lục I); read along the line they interleave. A block is found by its gutter, a white
strip that several lines leave free, and is read column by column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.labels import read_label
from corpus.pdf_lines import Line, line_of, word_rows
from corpus.pdf_words import Word

_GUTTER = 1.2
"""Ems of white that part two columns."""
_CLEARLY = 2.5
"""How much wider the gutter is than any other gap: justified text has gaps of one width."""
_LEAP = 2.6
"""Ems from one line to the next beyond which a block ends."""
_STAMP = re.compile(r"(?:TUYỆT|TỐI)?MẬT")
_MOTTO = ("CỘNG", "ĐẢNG")
_PLACE_AND_DATE = re.compile(r"^[^\d,]{2,40}, ngày\b.*\btháng\b.*\bnăm\b")
_NATIONAL = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|ĐẢNG CỘNG SẢN VIỆT NAM$")


@dataclass(slots=True)
class _Row:
    """The words of one base line, and the white strip that parts them, if one does."""

    words: list[Word]
    gutter: tuple[float, float] | None

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def base(self) -> float:
        return self.words[0].base

    @property
    def size(self) -> float:
        return self.words[0].size


def read_lines(words: Iterable[Word]) -> list[Line]:
    """The lines of a page in reading order, blocks of two columns read column by column."""
    rows = [_Row(part, _gutter(part)) for row in word_rows(words) for part in _stamp_apart(row)]
    lines: list[Line] = []
    index = 0
    while index < len(rows):
        start, end = _block(rows, index, lines)
        if end - index <= 0 or not _is_head(rows[start:end]):
            lines.append(line_of(rows[index].words))
            index += 1
            continue
        del lines[len(lines) - (index - start) :]
        lines.extend(_columns(rows[start:end]))
        index = end
    return lines


def _stamp_apart(row: list[Word]) -> list[list[Word]]:
    """A secrecy stamp between the two columns of a head is a line of its own, before the words it stands between."""
    for first, word in enumerate(row):
        if word.text[0] not in "MT" or (first and word.x0 - row[first - 1].x1 < _GUTTER * word.size):
            continue
        for last in range(len(row), first, -1):
            clear = last == len(row) or row[last].x0 - row[last - 1].x1 > 0.5 * word.size
            if clear and _STAMP.fullmatch("".join(part.text for part in row[first:last])) and last - first < len(row):
                return [row[first:last], row[:first] + row[last:]]
    return [row]


def _gutter(row: list[Word]) -> tuple[float, float] | None:
    """The one gap of a line that is much wider than its others; a line with several is a row of figures or a form."""
    gaps: list[tuple[float, float]] = []
    right = row[0].x1
    for word in row[1:]:
        if word.text.startswith(_MOTTO) and word is not row[0] and _is_motto(row, word):
            return right, word.x0
        gaps.append((right, word.x0))
        right = max(right, word.x1)
    if not gaps:
        return None
    *others, widest = sorted(gap[1] - gap[0] for gap in gaps)
    size = max(6.0, *(word.size for word in row))
    if widest < _GUTTER * size or (others and widest < _CLEARLY * others[-1]):
        return None
    gutter = next(gap for gap in gaps if gap[1] - gap[0] == widest)
    left = " ".join(word.text for word in row if word.x0 < gutter[0])
    label = read_label(left + " A")
    return None if label and label.rest == "A" else gutter


def _is_motto(row: list[Word], first: Word) -> bool:
    """True where the national name or the Party's begins at ``first``, however near to the issuer it is printed."""
    text = " ".join(word.text for word in row if word.x0 >= first.x0)
    return bool(_NATIONAL.match(text))


def _is_head(rows: list[_Row]) -> bool:
    """True where the right side has capitals, bold type or place and date, as heads and signatures do.

    Anything else with a gutter ("a) Loại Tốt:   80 điểm trở lên") is read along the line.
    """
    parts = ([word for word in row.words if word.x0 > row.gutter[0]] for row in rows if row.gutter)
    return any(line.upper or line.bold or _PLACE_AND_DATE.search(line.text) for line in map(line_of, parts))


def _block(rows: list[_Row], index: int, lines: list[Line]) -> tuple[int, int]:
    """The rows of the two-column block around ``rows[index]``; empty when there is none."""
    gutter = rows[index].gutter
    if gutter is None:
        return index, index
    end = index + 1
    while end < len(rows) and rows[end].base - rows[end - 1].base < _LEAP * rows[end].size:
        narrowed = _narrow(rows[end], gutter, rows[index:end])
        if narrowed is None:
            break
        gutter, end = narrowed, end + 1
    start = index
    while start > 0 and lines and lines[-1 - (index - start)].column == 0:
        above = rows[start - 1]
        if rows[start].base - above.base > _LEAP * above.size or above.gutter:
            break
        if _narrow(above, gutter, rows[index:end]) is None:
            break
        start -= 1
    return start, end


def _narrow(row: _Row, gutter: tuple[float, float], block: list[_Row]) -> tuple[float, float] | None:
    """The white strip left once ``row`` joins the block, or None where it does not fit."""
    low, high = gutter
    if row.gutter:
        low, high = max(low, row.gutter[0]), min(high, row.gutter[1])
        return (low, high) if high - low > 0.5 * row.size else None
    if row.x1 < high and _aligned(row, _side(block, gutter, left=True)):
        return max(low, row.x1), high
    if row.x0 > low and _aligned(row, _side(block, gutter, left=False)):
        return low, min(high, row.x0)
    return None


def _side(block: list[_Row], gutter: tuple[float, float], *, left: bool) -> list[tuple[float, float]]:
    """Where each row's part on one side of the gutter begins and ends."""
    middle = (gutter[0] + gutter[1]) / 2
    spans: list[tuple[float, float]] = []
    for row in block:
        part = [word for word in row.words if (word.x0 < middle) == left]
        if part:
            spans.append((part[0].x0, max(word.x1 for word in part)))
    return spans


def _aligned(row: _Row, spans: list[tuple[float, float]]) -> bool:
    """True where the row shares a centre or a left edge with the column."""
    return any(
        abs((row.x0 + row.x1) / 2 - (x0 + x1) / 2) < 1.2 * row.size or abs(row.x0 - x0) < 0.6 * row.size
        for x0, x1 in spans
    )


def _columns(rows: list[_Row]) -> list[Line]:
    spans = [row.gutter for row in rows if row.gutter]
    middle = (max(low for low, _ in spans) + min(high for _, high in spans)) / 2
    sides: tuple[list[Line], list[Line]] = ([], [])
    for row in rows:
        for side, is_left in ((0, True), (1, False)):
            part = [word for word in row.words if (word.x0 < middle) == is_left]
            if part:
                sides[side].append(line_of(part, column=side + 1))
    return sides[0] + sides[1]
