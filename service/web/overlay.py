"""Facts found again on the picture of their page: the words of a fact, in order, among the boxes of the page.

The stored text and the page have the same letters but not the same spaces, and not always the same order. A fact whose
letters do not stand together is looked for word by word; one that is not found is left out, never drawn elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate, groupby

from corpus.model import Document, Table
from corpus.pdf_boxes import Box
from service.web.highlight import Mark

_FOUND = 0.7
"""Share of a fact's words that must be on the page when they do not stand together."""
_PART = 25
"""Letters of a fact cut by the turn of a page that tell where it is."""
_TOP = 800
"""Letters from the top of a page in which a row of the page before goes on."""
_MOST_WORDS = 600
_PAD = 1.0


@dataclass(frozen=True, slots=True)
class Rect:
    """A box around words of one line, in points from the top left of the page."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Shape:
    """A fact on the page: its mark and its boxes, one for each line of it."""

    mark: Mark
    rects: tuple[Rect, ...]
    text: str


def span_of(document: Document, number: int) -> tuple[int, int] | None:
    """Where the text of page ``number`` begins and ends; None for a page without text."""
    starts = [mark.start for mark in document.page_marks]
    numbers = [mark.number for mark in document.page_marks]
    if number not in numbers:
        return None
    place = numbers.index(number)
    return starts[place], starts[place + 1] if place + 1 < len(starts) else len(document.text)


def shapes(document: Document, number: int, boxes: Sequence[Box], marks: Iterable[Mark]) -> list[Shape]:
    """The marks of page ``number`` with their boxes, long ones first so that short ones lie above them."""
    span = span_of(document, number)
    if span is None or not boxes:
        return []
    page, turned = _Page(boxes), _last_row(document, span[0])
    found: list[Shape] = []
    for mark in sorted(marks, key=lambda mark: mark.start - mark.end):
        start, end = max(mark.start, span[0]), min(mark.end, span[1])
        if start < end:
            words = page.find(document.text[start:end], document.text[span[0] : start])
        elif turned <= mark.start < span[0]:
            start, end, words = mark.start, mark.end, page.rest_of(document.text[mark.start : mark.end])
        else:
            continue
        if words:
            found.append(Shape(mark, tuple(_lines(words)), " ".join(document.text[start:end].split())))
    return found


def _last_row(document: Document, offset: int) -> int:
    """Where the table row begins that ends at ``offset``: its cells may go on below, on the next page."""
    starts = (table.rows[place].cells[0].start for table in document.tables for place in _ending(table, offset))
    return next(starts, offset)


def _ending(table: Table, offset: int) -> Iterator[int]:
    if table.start < offset <= table.end + 1:
        ends = [max(cell.end for cell in row.cells) for row in table.rows]
        yield max((place for place, end in enumerate(ends) if end < offset), default=0)


class _Page:
    """The letters of a page, and which box each belongs to."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        self._boxes = boxes
        self._words = [_letters(box.text) for box in boxes]
        self._ends = list(accumulate(map(len, self._words)))
        self._text = "".join(self._words)

    def find(self, fact: str, before: str) -> list[Box]:
        """The boxes of ``fact``, of which ``before`` says how often its letters stood on the page already."""
        letters = _letters(fact)
        if not letters:
            return []
        place = -1
        for _ in range(_letters(before).count(letters) + 1):
            place = self._text.find(letters, place + 1)
        if place < 0:
            return self._word_by_word(fact) or self._begin_of(letters)
        return self._covered(place, len(letters))

    def rest_of(self, fact: str) -> list[Box]:
        """The boxes of the end of a fact that began on the page before, none where all of it stood there."""
        letters = _letters(fact)
        size = _longest(len(letters), lambda size: letters[len(letters) - size :] in self._text)
        place = self._text.find(letters[len(letters) - size :])
        at_top = _PART <= size < len(letters) and place < _TOP
        return self._covered(place, size) if at_top else []

    def _begin_of(self, letters: str) -> list[Box]:
        """The boxes of the begin of a fact that goes on with the page after."""
        size = _longest(len(letters), lambda size: letters[:size] in self._text)
        return self._covered(self._text.find(letters[:size]), size) if size >= _PART else []

    def _covered(self, place: int, size: int) -> list[Box]:
        first = bisect_right(self._ends, place)
        last = bisect_right(self._ends, place + size - 1)
        return list(self._boxes[first : last + 1])

    def _word_by_word(self, fact: str) -> list[Box]:
        words = [_letters(word) for word in fact.split()][:_MOST_WORDS]
        if len(words) < 3:
            return []
        blocks = SequenceMatcher(None, self._words, words, autojunk=False).get_matching_blocks()
        # One word alone may stand anywhere.
        places = [block.a + step for block in blocks if block.size > 1 for step in range(block.size)]
        return [self._boxes[place] for place in places] if len(places) >= _FOUND * len(words) else []


def _longest(most: int, fits: Callable[[int], bool]) -> int:
    """The largest size up to ``most`` that fits, where every smaller one does."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low


def _letters(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


def _lines(words: Sequence[Box]) -> Iterable[Rect]:
    """Neighbouring words of one line as one box."""
    number, numbered = 0, []
    for index, word in enumerate(words):
        if index and not _beside(words[index - 1], word):
            number += 1
        numbered.append((number, word))
    for _, group in groupby(numbered, key=lambda pair: pair[0]):
        line = [word for _, word in group]
        x0, y0 = min(word.x0 for word in line) - _PAD, min(word.y0 for word in line) - _PAD
        x1, y1 = max(word.x1 for word in line) + _PAD, max(word.y1 for word in line) + _PAD
        yield Rect(round(x0, 1), round(y0, 1), round(x1 - x0, 1), round(y1 - y0, 1))


def _beside(word: Box, after: Box) -> bool:
    """True where ``after`` follows on the same line; on pages drawn sideways lines run down, each word is a box."""
    height = max(word.y1 - word.y0, 1.0)
    return abs(after.y0 - word.y0) < 0.5 * height and -0.5 * height < after.x0 - word.x1 < 2 * height
