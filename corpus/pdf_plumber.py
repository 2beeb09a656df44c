"""Columns that only the alignment of words shows, found by pdfplumber.

Its text strategy says at which places many words begin or end; which of these part columns is decided with the heading
and the white between the words (``pdf_aligned``). A page takes half a second, so it is asked only about pages whose
heading is one of a task table and which have no ruled grid.
"""

from __future__ import annotations

import io
import logging
from typing import Any

import pdfplumber

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # It warns of each odd font; we take no text from it.

_LEAST = 3
"""Words that must begin at one place."""


def aligned_edges(data: bytes, number: int, top: float, bottom: float) -> list[float]:
    """Where words of page ``number`` (from 1) line up between two heights, in points from the left of the page.

    None for a page that is turned, and for one that pdfplumber cannot read: the white alone must do then.
    """
    try:
        with pdfplumber.open(io.BytesIO(data), pages=[number]) as file:
            page = file.pages[0]
            try:
                return [] if page.rotation else _edges(page, top, bottom)
            finally:
                page.close()
    except Exception:  # noqa: BLE001 - pdfminer raises anything on odd files; the page has been read already
        return []


def _edges(page: Any, top: float, bottom: float) -> list[float]:  # noqa: ANN401 - pdfplumber has no types
    # Our frame begins at the crop box, theirs at the media box.
    left, above = page.cropbox[0], page.mediabox[3] - page.cropbox[3]
    x0, y0, x1, y1 = page.bbox
    low, high = max(top + above, y0), min(bottom + above, y1)
    if high - low < 1:
        return []
    settings = {
        "vertical_strategy": "text",
        "min_words_vertical": _LEAST,
        "horizontal_strategy": "explicit",
        "explicit_horizontal_lines": [low, high],
    }
    finder = page.crop((x0, low, x1, high)).debug_tablefinder(settings)
    return sorted(edge["x0"] - left for edge in finder.edges if edge["orientation"] == "v")
