"""The heading of a task table that has no borders: column words side by side, printed on one to four lines.

"TT | Nội dung nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian | Sản phẩm". The wordings are data
(``data/task_heads.toml``); words of running text never stand apart like this.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from typing import Final

from corpus.pdf_words import Word

Row = list[Word]

_WORDINGS: Final[dict[str, list[str]]] = tomllib.loads(
    (files("corpus") / "data" / "task_heads.toml").read_text(encoding="utf-8")
)
_HEADS: Final = {
    name: re.compile(rf"(?:{'|'.join(map(re.escape, wordings))})\b") for name, wordings in _WORDINGS.items()
}
_APART = 0.45
"""Ems of white between two headings; headings are not justified, so that a space is a quarter."""
_LINES = 4
_COLUMNS = range(3, 11)
_LONG = 70
_ENOUGH = 3
"""Groups of column words that must meet."""
_STEP = 1.7
"""Ems from one line of a heading to the next."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The lines ``first`` to ``last`` (not included) are headings, one for each of ``spans``."""

    first: int
    last: int
    spans: tuple[tuple[float, float], ...]
    names: tuple[str, ...]
    """Which group each heading belongs to, "" for none."""

    @property
    def numbered(self) -> bool:
        """True where the first column counts the rows."""
        return self.names[0] == "number"


def find_heading(rows: Sequence[Row], start: int = 0) -> Heading | None:
    """The first heading of a task table from line ``start`` on."""
    for index in range(start, len(rows)):
        if len(_phrases(rows[index])) < 2 or not any(_name(text) for _, _, text in _phrases(rows[index])):
            continue
        if (found := _best(rows, index)) is not None:
            return _with_lines_above(rows, found)
    return None


def _best(rows: Sequence[Row], index: int) -> Heading | None:
    """The heading that begins at a line: the fewest lines that show the most column words."""
    best: Heading | None = None
    for last in range(index + 1, min(index + _LINES, len(rows)) + 1):
        if last - index > 1 and not _follows(rows[last - 2], rows[last - 1]):
            break
        found = _read(rows, index, last)
        if found is not None and (best is None or _groups(found) > _groups(best)):
            best = found
    return best if best is not None and _groups(best) >= _ENOUGH else None


def _groups(heading: Heading) -> int:
    return len(set(heading.names) - {""})


def _follows(above: Row, below: Row) -> bool:
    return below[0].base - above[0].base < _STEP * below[0].size


def _read(rows: Sequence[Row], first: int, last: int) -> Heading | None:
    """The columns of these lines, if they may be headings: phrases that stand under each other are one."""
    phrases = sorted(phrase for row in rows[first:last] for phrase in _phrases(row))
    spans: list[tuple[float, float]] = []
    for x0, x1, _ in phrases:
        if spans and x0 < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], x1))
        else:
            spans.append((x0, x1))
    if len(spans) not in _COLUMNS:
        return None
    texts = [_text_in(rows[first:last], span) for span in spans]
    names = tuple(map(_name, texts))
    if max(map(len, texts)) > _LONG or names.count("") > len(names) // 2:
        return None
    return Heading(first, last, tuple(spans), names)


def _with_lines_above(rows: Sequence[Row], heading: Heading) -> Heading:
    """A heading of two lines may begin above the line where the first column words stand."""
    first = heading.first
    while first and heading.last - first < _LINES and _follows(rows[first - 1], rows[first]):
        found = _read(rows, first - 1, heading.last)
        bold = {word.bold for word in rows[first - 1]} == {word.bold for word in rows[first]}
        if found is None or not bold or len(found.spans) != len(heading.spans) or found.names.count("") > 0:
            break
        first, heading = first - 1, found
    return heading


def _phrases(row: Row) -> list[tuple[float, float, str]]:
    """Words that stand together: where they begin and end, and their text."""
    parts: list[list[Word]] = [[row[0]]]
    for before, word in pairwise(row):
        if word.x0 - before.x1 > _APART * word.size:
            parts.append([])
        parts[-1].append(word)
    return [(part[0].x0, max(word.x1 for word in part), " ".join(word.text for word in part)) for part in parts]


def _text_in(rows: Sequence[Row], span: tuple[float, float]) -> str:
    return " ".join(word.text for row in rows for word in row if span[0] <= (word.x0 + word.x1) / 2 <= span[1])


def _name(text: str) -> str:
    """The group of column words that a heading belongs to."""
    lowered = text.casefold()
    return next((name for name, wordings in _HEADS.items() if wordings.match(lowered)), "")
