"""Lines of a PDF page: words on one base line, and how the text of one line goes on in the next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from corpus.pdf_words import Word

# "34/2019/NĐ-" + "CP", "2026-" + "2030": a symbol or range that broke at its hyphen or slash.
_OPEN_END = re.compile(r"[\w)][-/]$")
_OPEN_SYMBOL = re.compile(r"\d/[\w/&]*$")
_RULE_ONLY = re.compile(r"[_\-–—=~*.\s]*(?:[_\-–—=~]{3,}|_{2,})[_\-–—=~*.\s]*")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, or one column's part of it."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    page: int = 0
    first_width: float = 0.0
    """Width of the first word: whether it would have fitted on the line before."""
    column: int = 0
    """0 for the full width; in a two-column block 1 is left and 2 is right."""
    words: tuple[Word, ...] = field(default=(), repr=False, compare=False)

    @property
    def middle(self) -> float:
        """The centre."""
        return (self.x0 + self.x1) / 2

    @property
    def upper(self) -> bool:
        """True for a line in capitals."""
        return self.text.isupper() and sum(map(str.isalpha, self.text)) > 1


def line_of(words: Sequence[Word], *, column: int = 0) -> Line:
    """A line from its words, sorted from left to right."""
    size = max(words, key=lambda word: len(word.text)).size
    bold = sum(len(word.text) for word in words if word.bold) > 0.8 * sum(len(word.text) for word in words)
    text = " ".join(word.text for word in words)
    base = sorted(word.base for word in words)[len(words) // 2]
    first = words[0].x1 - words[0].x0
    right = max(word.x1 for word in words)
    return Line(text, words[0].x0, right, base, size, bold, 0, first, column, tuple(words))


def word_rows(words: Iterable[Word]) -> list[list[Word]]:
    """Words grouped by base line, from top to bottom and left to right (all in one frame)."""
    rows: list[list[Word]] = []
    bases: list[float] = []
    for word in sorted(words, key=lambda word: word.base):
        if rows and word.base - bases[-1] < 0.4 * max(word.size, rows[-1][-1].size):
            rows[-1].append(word)
            bases[-1] += (word.base - bases[-1]) / len(rows[-1])
        else:
            rows.append([word])
            bases.append(word.base)
    for row in rows:
        row.sort(key=lambda word: word.x0)
    return rows


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Full-width lines."""
    return [line_of(row) for row in word_rows(words)]


def is_rule(text: str) -> bool:
    """True for a line that only draws one ("______", "-----")."""
    return bool(_RULE_ONLY.fullmatch(text))


def joint_of(before: str, after: str) -> str:
    """What stands between two lines: a space, or nothing where a symbol or range broke at its hyphen or slash."""
    if not before or not after or (_OPEN_END.search(before[-2:]) and after[0].isalnum()):
        return ""
    if after[0] in "/-" and after[1:2].isalpha() and _OPEN_SYMBOL.search(before[-24:]):
        return ""
    return " "


def glue(before: str, after: str) -> str:
    """The text of two lines as one."""
    return before + joint_of(before, after) + after


def on_page(lines: Iterable[Line], page: int) -> list[Line]:
    """The lines with their page number, without drawn rules."""
    return [replace(line, page=page) for line in lines if not is_rule(line.text)]
