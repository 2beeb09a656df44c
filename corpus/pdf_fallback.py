"""Words whose letters stand in two fonts, put together again.

A font without Vietnamese letters makes the writing program take those letters from another font. Some programs
(LibreOffice among them) then draw the letters of each font in a run of their own, so that "CỘNG" comes as "C", "NG"
and, much later, "Ộ": in the file's order no word is whole. On the page the pieces still touch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from corpus.pdf_words import Word

# Single toned letters (U+1EA0–1EF9) are 1 in 200 words of ordinary text ("ở"), and more than 1 in 5 of broken text.
_SUSPICIOUS = 0.05
# Gaps in ems at which pieces touch: letters of a word stand up to 0.11 apart, words of such pages from 0.23.
_OVERLAP, _TOUCH = -0.15, 0.16


def rejoined(words: list[Word]) -> list[Word]:
    """The words of a page, pieces of one word joined where the page has suspiciously many single toned letters."""
    single = sum(len(word.text) == 1 and "\u1ea0" <= word.text <= "\u1ef9" for word in words)
    if single <= _SUSPICIOUS * len(words):
        return words
    lines = defaultdict[tuple[int, float], list[Word]](list)
    for word in words:
        lines[word.turn, round(word.base, 1)].append(word)
    return [word for line in lines.values() for word in _joined(sorted(line, key=lambda word: word.x0 + word.x1))]


def _joined(line: Iterable[Word]) -> list[Word]:
    found: list[Word] = []
    for word in line:
        last = found[-1] if found else None
        if last is not None and _OVERLAP <= (word.x0 - last.x1) / last.size <= _TOUCH:
            found[-1] = replace(last, text=last.text + word.text, x1=max(last.x1, word.x1))
        else:
            found.append(word)
    return found
