"""What a page viewer needs: the words of a PDF page with their boxes, and the page as a picture.

Boxes are computed when a page is shown, not when a file is read.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import pypdfium2 as pdfium

from corpus.pdf_fallback import rejoined
from corpus.pdf_open import opened, opened_page
from corpus.pdf_words import frame_of, read_words

_MAX_PIXELS = 25_000_000


@dataclass(frozen=True, slots=True)
class Box:
    """A word and where it stands on the page as shown, in points from the top left."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


def boxes(data: bytes, page: int) -> list[Box]:
    """The words of page ``page`` (from 1) in the order of the file; none where the page cannot be read."""
    try:
        with opened(data) as document, opened_page(document, page) as sheet:
            frame, turn = frame_of(sheet), sheet.get_rotation() // 90 % 4
            places = [(word.text, frame.place(word, turn)) for word in rejoined(read_words(sheet, frame))]
            return [Box(text, at.x0, at.y0, at.x1, at.y1) for text, at in places]
    except (pdfium.PdfiumError, IndexError):
        return []


def size(data: bytes, page: int) -> tuple[float, float] | None:
    """Width and height of page ``page`` (from 1) as shown, in points; None where it cannot be read."""
    try:
        with opened(data) as document, opened_page(document, page) as sheet:
            width, height = sheet.get_size()
            return width, height
    except (pdfium.PdfiumError, IndexError):
        return None


def render(data: bytes, page: int, scale: float = 1.5) -> bytes:
    """Page ``page`` (from 1) as PNG; empty where it cannot be read. One point becomes ``scale`` pixels."""
    try:
        with opened(data) as document, opened_page(document, page) as sheet:
            width, height = sheet.get_size()
            fitting = (_MAX_PIXELS / max(width * height, 1.0)) ** 0.5
            target = io.BytesIO()
            sheet.render(scale=max(min(scale, fitting), 0.01)).to_pil().save(target, "PNG")
            return target.getvalue()
    except (pdfium.PdfiumError, IndexError):
        return b""
