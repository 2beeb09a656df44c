"""Rows of a table without borders: where one ends and the next begins.

A drawn rule parts two rows, and so does a group row, which runs over the columns. Between two numbers of the first
column the cut is the widest white band, the last one where several are as wide: numbers stand at the top of their row
in most annexes, in its middle in tables made by browsers. A table without numbers is cut at bands wider than usual.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low

from corpus.labels import read_label
from corpus.pdf_heads import Row
from corpus.pdf_words import Word

_NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVXLC]{1,7}|[A-ZĐa-zđ])\)?[.)]?|[-–+]")
_END = re.compile(r"(?:Nơi nhận|NƠI NHẬN|Người lập|NGƯỜI LẬP)\b|(?:TM|KT|TL|TUQ|T/M|Q)\.\s*[A-ZĐ]")
_ACROSS = 1.5
"""Points by which a word must reach over a border on both sides."""
_WIDER = 1.7
"""Points by which a band must be wider than others; browsers round each line to a pixel."""
_CHANCE = 3
"""Columns that cells may fill side by side and look like one line of text."""
_AWAY = 2.4
"""Ems of white after which a line that fills one column is no part of the table."""
_GROUP_LINES = 3
_HEADING_LINES = 6


@dataclass(frozen=True, slots=True)
class Cut:
    """The lines of one row of the table; ``group`` where it runs over the columns."""

    lines: Sequence[Row]
    group: bool = False


def column_of(word: Word, edges: Sequence[float]) -> int:
    """The column in which the middle of a word stands."""
    return min(max(bisect_right(edges, (word.x0 + word.x1) / 2) - 1, 0), len(edges) - 2)


def filled(row: Row, edges: Sequence[float]) -> set[int]:
    """The columns in which a line has words."""
    return {column_of(word, edges) for word in row}


def crosses(row: Row, edges: Sequence[float]) -> bool:
    """True where a word stands on a border, or words with no more than spaces between them fill several columns."""
    if any(word.x0 < edge - _ACROSS and word.x1 > edge + _ACROSS for word in row for edge in edges[1:-1]):
        return True
    return len(filled(row, edges)) > _CHANCE and one_phrase(row)


def number_of(row: Row, edges: Sequence[float]) -> str:
    """The number in the first column, "" where there is none."""
    text = " ".join(word.text for word in row if column_of(word, edges) == 0)
    return text if _NUMBER.fullmatch(text) else ""


def end_of_table(rows: Sequence[Row], first: int, edges: Sequence[float], *, goes_on: bool) -> int:
    """The line after the last that keeps the columns; ``goes_on`` where the next page has more of the table."""
    index = last = first
    while index < len(rows) and not _leaves(rows, index, first, edges):
        end = _group_end(rows, index, edges)
        if end == index:
            index = last = index + 1
            continue
        # A line over the columns is a group row where rows of the table follow it.
        if end - index > _GROUP_LINES or not _looks_like_group(rows[index]):
            break
        if not _has_row(rows[end : end + _GROUP_LINES], edges) and not (goes_on and end == len(rows)):
            break
        index = last = end
    return last


def _group_end(rows: Sequence[Row], index: int, edges: Sequence[float]) -> int:
    """The line after a group row that begins at ``index``; ``index`` itself where none does."""
    end = index
    while end < len(rows) and (crosses(rows[end], edges) or _runs_over(rows[end], edges)):
        end += 1
    if end == index or end == len(rows):
        return end
    # The rest of a wrapped group row may be short enough to touch no border.
    after, before = rows[end], rows[end - 1]
    bold = all(word.bold for word in (*after, *before))
    near = after[0].base - before[0].base < 1.5 * after[0].size
    return end + (bold and near and not number_of(after, edges) and one_phrase(after))


def _runs_over(row: Row, edges: Sequence[float]) -> bool:
    """True for a group row whose words happen to stand between the borders."""
    return len(filled(row, edges) - {0}) > 1 and one_phrase(row) and _looks_like_group(row)


def one_phrase(row: Row) -> bool:
    """True where no more than spaces part the words of a line."""
    return all(word.x0 - before.x1 < 0.5 * word.size for before, word in pairwise(row))


def _looks_like_group(row: Row) -> bool:
    text = " ".join(word.text for word in row)
    return text.isupper() or all(word.bold for word in row) or read_label(text) is not None


def _has_row(rows: Sequence[Row], edges: Sequence[float]) -> bool:
    return any(len(filled(row, edges)) > 1 and not crosses(row, edges) for row in rows)


def _leaves(rows: Sequence[Row], index: int, first: int, edges: Sequence[float]) -> bool:
    row = rows[index]
    text = " ".join(word.text for word in row)
    if any(_END.match(text[match.start() :]) for match in re.finditer(r"(?<!\S)\S", text)):
        return True
    if index == first:
        return False
    gap = row[0].base - rows[index - 1][0].base
    return gap > _AWAY * row[0].size and len(filled(row, edges)) == 1 and not number_of(row, edges)


def end_of_heading(rows: Sequence[Row], first: int, least: int, edges: Sequence[float], rules: Sequence[float]) -> int:
    """The line after the heading, which has at least the lines ``first`` to ``least``."""
    bold = all(word.bold for row in rows[first:least] for word in row)
    end = least
    while end < min(len(rows), first + _HEADING_LINES) and not _begins_body(rows, end, edges, rules):
        if bold and not all(word.bold for word in rows[end]):
            return end
        end += 1
    if bold or end == least:
        return end
    if end < len(rows) and number_of(rows[end], edges):
        return _widest(rows, least - 1, end)
    usual = sorted(_band(rows, index) for index in range(least, len(rows)))[(len(rows) - least) // 4]
    return next((index for index in range(least, end) if _band(rows, index) > usual + _WIDER), least)


def _begins_body(rows: Sequence[Row], index: int, edges: Sequence[float], rules: Sequence[float]) -> bool:
    above, row = rows[index - 1], rows[index]
    ruled = any(above[0].base < rule < row[0].base for rule in rules)
    return ruled or crosses(row, edges) or bool(number_of(row, edges))


def cut_rows(
    rows: Sequence[Row], edges: Sequence[float], rules: Sequence[float], *, numbered: bool, turned: bool = False
) -> list[Cut]:
    """The rows of a table's lines, from top to bottom; ``turned`` where the page may begin within a row."""
    cuts: list[Cut] = []
    index = begin = 0
    while index < len(rows):
        end = _group_end(rows, index, edges)
        ruled = index > begin and any(rows[index - 1][0].base < rule < rows[index][0].base for rule in rules)
        if end > index or ruled:
            cuts.extend(_segment(rows[begin:index], edges, numbered=numbered, turned=turned and begin == 0))
            begin = index
        if end > index:
            cuts.append(Cut(rows[index:end], group=True))
            begin = end
        index = max(end, index + 1)
    cuts.extend(_segment(rows[begin:], edges, numbered=numbered, turned=turned and begin == 0))
    return cuts


def _segment(rows: Sequence[Row], edges: Sequence[float], *, numbered: bool, turned: bool) -> list[Cut]:
    """The rows between two rules or group rows."""
    if not rows:
        return []
    begins = _at_numbers(rows, edges, turned=turned) if numbered else _at_bands(rows, edges)
    places = [0, *begins, len(rows)]
    return [Cut(rows[a:b]) for a, b in pairwise(places) if a < b]


def _at_numbers(rows: Sequence[Row], edges: Sequence[float], *, turned: bool) -> list[int]:
    numbers = [index for index, row in enumerate(rows) if number_of(row, edges)]
    tops = _stand_on_top(rows, numbers, edges)
    begins = [b if tops else _widest(rows, a, b) for a, b in pairwise(numbers)]
    if not turned or not numbers or not numbers[0]:
        return begins
    # What stands before the first number is the rest of a row of the page before, or the top of its own row.
    own = numbers[0] if tops else _wide(rows, numbers[0])
    return [own, *begins] if own else begins


def _stand_on_top(rows: Sequence[Row], numbers: Sequence[int], edges: Sequence[float]) -> bool:
    """True where numbers stand on the first line of their rows: no cell of a row begins below its number."""
    spans = [(a, b) for a, b in pairwise([*numbers, len(rows)]) if b - a > 1]
    top = sum(filled(rows[a], edges) >= set().union(*(filled(row, edges) for row in rows[a:b])) for a, b in spans)
    return top >= 0.9 * len(spans)


def _band(rows: Sequence[Row], index: int) -> float:
    """The white above a line."""
    above, row = rows[index - 1], rows[index]
    return (row[0].base - 0.75 * row[0].size) - (above[0].base + 0.2 * above[0].size)


def _widest(rows: Sequence[Row], first: int, last: int) -> int:
    """The line in ``first + 1 … last`` above which the white is widest, the last one of several."""
    most = max(_band(rows, index) for index in range(first + 1, last + 1))
    return max(index for index in range(first + 1, last + 1) if _band(rows, index) > most - _WIDER)


def _wide(rows: Sequence[Row], last: int) -> int:
    """The same before the first number, where a cut need not be: only a band wider than usual is one; else 0."""
    usual = median_low(_band(rows, index) for index in range(1, len(rows)))
    place = _widest(rows, 0, last)
    return place if _band(rows, place) > usual + _WIDER else 0


def _at_bands(rows: Sequence[Row], edges: Sequence[float]) -> list[int]:
    """Where rows without numbers begin: after wide bands, or, where all are alike, with lines that begin most cells."""
    if len(rows) < 2:
        return []
    bands = [_band(rows, index) for index in range(1, len(rows))]
    usual = sorted(bands)[len(bands) // 4]
    wide = [index for index, band in enumerate(bands, 1) if band > usual + _WIDER]
    return wide or [index for index in range(1, len(rows)) if _begins_cells(rows[index], edges)]


def _begins_cells(row: Row, edges: Sequence[float]) -> bool:
    own = filled(row, edges)
    first = row[0].text
    return len(own) >= 0.6 * (len(edges) - 1) and 0 in own and (first[0].isupper() or first[0].isdigit())
