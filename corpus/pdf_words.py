"""Words of a PDF page with their places, from pdfium's characters.

A page has a *reading frame*: x grows in the direction of reading, y downwards, whatever way the page is drawn. Tables
of the gazette are often drawn sideways (95 of 1,450 pages measured), so each word knows its own quarter turn, and the
turn that most words have makes the page's frame.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.legacy import convert, detect

# pdfium's own marks: 0x02 and U+FFFE stand for the hyphen at a line's end.
_HYPHENS = {0x02: "-", 0xFFFE: "-", 0x2010: "-", 0x2011: "-"}
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl"}
_SYMBOL_FONT = {0xF02D: "-", 0xF0B7: "•", 0xF0A7: "•", 0xF0D8: "•", 0xF0FC: "•", 0xF076: "•", 0xF020: " "}
_CHARACTERS = _HYPHENS | _LIGATURES | _SYMBOL_FONT
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_POWERED = re.compile(r"(?:(?:^|[\d(/.,])[ckd]?m|(?:^|[x×*])10)$")
_MAX_SIZE = 200.0
# The gap, in ems, that parts two words: after a space in the file, after one that pdfium guessed, and without any.
_SPACE, _SIDEWAYS_SPACE, _NO_SPACE = -0.2, 0.15, 0.28
_NO_SPACE_LETTERS = 0.17


@dataclass(frozen=True, slots=True)
class Place:
    """A box in a frame (y downwards)."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def middle(self) -> tuple[float, float]:
        """The centre."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2


@dataclass(frozen=True, slots=True)
class Word:
    """Letters between spaces. ``x0 x1 base`` are in the frame of the word's own ``turn``."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool = False
    turn: int = 0
    """Quarter turns of its reading direction, counter-clockwise: 0 upright, 1 upwards, 2 upside down, 3 downwards."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The change from page space (y upwards) to the frame of one turn."""

    left: float
    bottom: float
    width: float
    height: float

    def point(self, turn: int, x: float, y: float) -> tuple[float, float]:
        """A point of page space in the frame of ``turn``."""
        x, y = x - self.left, y - self.bottom
        if turn == 0:
            return x, self.height - y
        if turn == 1:
            return y, x
        if turn == 2:
            return self.width - x, y
        return self.height - y, self.width - x

    def back(self, turn: int, u: float, v: float) -> tuple[float, float]:
        """A point of a turn's frame in page space."""
        if turn == 0:
            x, y = u, self.height - v
        elif turn == 1:
            x, y = v, u
        elif turn == 2:
            x, y = self.width - u, v
        else:
            x, y = self.width - v, self.height - u
        return x + self.left, y + self.bottom

    def size(self, turn: int) -> tuple[float, float]:
        """Width and height of the page as read."""
        return (self.height, self.width) if turn % 2 else (self.width, self.height)

    def place(self, word: Word, turn: int) -> Place:
        """The box of a word in the frame of ``turn``."""
        a = self.point(turn, *self.back(word.turn, word.x0, word.base - 0.75 * word.size))
        b = self.point(turn, *self.back(word.turn, word.x1, word.base + 0.2 * word.size))
        return Place(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


def frame_of(page: pdfium.PdfPage) -> Frame:
    """The page's frame from its crop box."""
    left, bottom, right, top = page.get_cropbox()
    return Frame(min(left, right), min(bottom, top), abs(right - left), abs(top - bottom))


@dataclass(slots=True)
class _Open:
    """A word under construction."""

    letters: list[str]
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    turn: int
    raised: bool = False

    def close(self) -> Word:
        return Word("".join(self.letters), self.x0, self.x1, self.base, self.size, self.bold, self.turn)


@dataclass(frozen=True, slots=True)
class _Glyph:
    letter: str
    turn: int
    x0: float
    x1: float
    base: float
    start: float
    """Where the pen stands before it: left of ``x0`` by the white that belongs to the letter."""
    index: int


class WordReader:
    """Groups the characters of one page to words."""

    def __init__(self, textpage: pdfium.PdfTextPage, frame: Frame, max_chars: int) -> None:
        self._handle = textpage.raw
        self._count = min(textpage.count_chars(), max_chars)
        self._frame = frame
        self._word: _Open | None = None
        self._box = [ctypes.c_double() for _ in range(6)]
        self._name = ctypes.create_string_buffer(128)

    def words(self) -> list[Word]:
        """All words in the order of the page's content."""
        found: list[Word] = []
        least = _NO_SPACE
        for glyph in self._glyphs():
            if isinstance(glyph, float):
                least = min(least, glyph)
                continue
            if self._word is None or not self._continues(self._word, glyph, least):
                self._flush(found)
                self._word = self._begin(glyph)
            else:
                self._extend(self._word, glyph)
            least = _NO_SPACE
        self._flush(found)
        return found

    def _flush(self, found: list[Word]) -> None:
        if self._word is not None and self._word.letters:
            found.append(self._word.close())
        self._word = None

    def _glyphs(self) -> Iterator[_Glyph | float]:
        """Characters with their places; for a space the gap (in ems) from which it is one."""
        handle, box, point = self._handle, self._box, self._frame.point
        unicode_of, box_of, origin_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetCharBox, raw.FPDFText_GetCharOrigin
        angle_of, generated = raw.FPDFText_GetCharAngle, raw.FPDFText_IsGenerated
        left, right, bottom, top, x, y = box
        for index in range(self._count):
            code = unicode_of(handle, index)
            if code in {0x20, 0xA0, 0x09} or (code <= 0x1F and code != 0x02):
                # Spaces that pdfium generates are right on upright text; on sideways text they also break words.
                upright = self._word is None or self._word.turn == 0
                yield _SPACE if upright or generated(handle, index) != 1 else _SIDEWAYS_SPACE
                continue
            letter = _CHARACTERS.get(code) or (chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "")
            if not letter:
                continue
            box_of(handle, index, left, right, bottom, top)
            origin_of(handle, index, x, y)
            turn = round(-angle_of(handle, index) / (math.pi / 2)) % 4
            a = point(turn, left.value, bottom.value)
            b = point(turn, right.value, top.value)
            pen, base = point(turn, x.value, y.value)
            yield _Glyph(letter, turn, min(a[0], b[0]), max(a[0], b[0]), base, pen, index)

    def _begin(self, glyph: _Glyph) -> _Open:
        size = self._size(glyph)
        return _Open([glyph.letter], glyph.x0, glyph.x1, glyph.base, size, self._bold(glyph), glyph.turn)

    def _bold(self, glyph: _Glyph) -> bool:
        """By the font's weight, or by its name: browsers write fonts whose weight says nothing."""
        if raw.FPDFText_GetFontWeight(self._handle, glyph.index) >= 600:
            return True
        raw.FPDFText_GetFontInfo(self._handle, glyph.index, self._name, len(self._name), None)
        return b"Bold" in self._name.value

    def _size(self, glyph: _Glyph) -> float:
        """Font size on the page: the nominal size times the scale of the text matrix."""
        matrix = raw.FS_MATRIX()
        if not raw.FPDFText_GetMatrix(self._handle, glyph.index, matrix):
            return 12.0
        scale = math.hypot(matrix.c, matrix.d)
        size: float = raw.FPDFText_GetFontSize(self._handle, glyph.index) * scale
        return min(max(size, 1.0), _MAX_SIZE)

    def _continues(self, word: _Open, glyph: _Glyph, least: float) -> bool:
        if glyph.turn != word.turn:
            return False
        gap = min(glyph.x0, glyph.start) - word.x1
        if least == _NO_SPACE and glyph.letter.isalpha() and word.letters[-1].isalpha():
            least = _NO_SPACE_LETTERS
        if gap > least * word.size or glyph.x0 < word.x0 - 0.3 * word.size:
            return False
        if glyph.x1 < word.x0 + 0.1 * word.size:  # drawn after the word, but left of all of it
            return False
        return abs(glyph.base - word.base) < 0.5 * word.size

    def _extend(self, word: _Open, glyph: _Glyph) -> None:
        rise = word.base - glyph.base
        if 0.15 * word.size < rise and glyph.letter.isdigit():
            self._raise(word, glyph)
            return
        word.letters.append(glyph.letter)
        word.x1 = max(word.x1, glyph.x1)

    def _raise(self, word: _Open, glyph: _Glyph) -> None:
        """A raised digit: a power stays (m², 10³), the mark of a footnote goes."""
        if word.raised or _POWERED.search("".join(word.letters)):
            word.letters.append(glyph.letter.translate(_RAISED))
            word.raised = True
        word.x1 = max(word.x1, glyph.x1)


def read_words(page: pdfium.PdfPage, frame: Frame, max_chars: int = 400_000) -> list[Word]:
    """The words of a page."""
    textpage = page.get_textpage()
    try:
        return _in_unicode(WordReader(textpage, frame, max_chars).words())
    finally:
        textpage.close()


def _in_unicode(words: list[Word]) -> list[Word]:
    """Words of a TCVN3 or VNI font converted; elsewhere U+00AD, to which Word maps its hyphens, is a hyphen."""
    text = " ".join(word.text for word in words)
    encoding = detect(text)
    if encoding is not None:
        return [replace(word, text=convert(word.text, encoding)) for word in words]
    if "\u00ad" not in text:
        return words
    return [replace(word, text=word.text.replace("\u00ad", "-")) for word in words]


def main_turn(words: list[Word]) -> int:
    """The turn in which most of the page is written."""
    letters = Counter[int]()
    for word in words:
        letters[word.turn] += len(word.text)
    return max(letters, key=lambda turn: (letters[turn], -turn), default=0)
