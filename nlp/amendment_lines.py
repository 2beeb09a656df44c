"""An amending text as its officers read it: paragraphs with their labels, and the new wording inside quotation marks.

Instructions ("2. Sửa đổi, bổ sung khoản 1 Điều 5 như sau:") and the wording that they give ("“1. …”") look alike: both
have articles and clauses. Which is which is told by the marks alone, and marks get lost.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_LABEL: Final = re.compile(
    r"[ \t>#*_]{0,8}(?P<quote>[“\"]?)[ \t*_]{0,4}(?:"
    r"(?P<article>[ĐÐ](?:iều|IỀU)[ \t]{1,3}(?P<n>\d{1,4})(?P<suffix>[a-zđ]?)(?:[.:]|(?=[ \t*_]*(?:\n|\Z|[A-ZĐÀ-Ỹ]))))"
    r"|(?P<number>\d{1,3})(?:\.\d{1,3}){0,3}(?P<more>[a-zđ]?\d?)[.)](?!\d)|(?P<letter>[a-zđ]\d?)\)|(?P<bullet>[-+•])(?=\s)"
    r"|(?P<other>(?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Phụ lục|PHỤ LỤC)[ \t]{1,3}[\dIVXLC]{1,6}\b)"
    r")[ \t*_]{0,4}"
)
_ENDS: Final = re.compile(r"[.:;”\"!?]['’)]?[ \t*_]*\Z")
_ACTS: Final = re.compile(
    r"(?:Sửa đổi|Bổ sung|Bãi bỏ|Thay thế|Thay|Hủy bỏ|Huỷ bỏ|Bỏ)\s|(?:Tạm n|N)gưng hiệu lực"
    r"|Căn cứ\s|Theo đề nghị\s|Xét\s"
)
BODY_END: Final = re.compile(r"[ \t*|]{0,4}(?:(?:TM|KT|TL|TUQ)\s?\.\s|(?:T/M|K/T)\s|Nơi nhận|NƠI NHẬN)")
PREAMBLE: Final = re.compile(r"[ \t*_>#-]{0,6}(?:Căn cứ|Theo đề nghị|Xét|Thực hiện|Trên cơ sở)\s", re.IGNORECASE)
_PATH_ENDS: Final = re.compile(
    r"(?:khoản\s\w{1,4}|điểm\s\w{1,2}|[\d\w],|\svà|\stại|\scủa|\stheo|\scác)[ \t]*\Z", re.IGNORECASE
)
RANKS: Final = {"article": 0, "number": 1, "letter": 2, "bullet": 3, "": 4}
_INLINE: Final = re.compile(r"“[^“”]{0,2000}”|\"[^\"\n]{0,2000}\"|‘[^‘’\n]{0,400}’")
MASK: Final = "¤"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A labelled paragraph; ``body`` is where its words begin. ``opens`` tells that it begins with a quotation mark."""

    start: int
    end: int
    body: int
    style: str = ""
    value: int = 0
    label: str = ""
    opens: bool = False

    @property
    def rank(self) -> int:
        """Articles above numbers above letters above bullets above plain paragraphs."""
        return RANKS.get(self.style, 4)


@lru_cache(maxsize=2)
def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a folded text; lines that only continue the line before are joined to it.

    Amendments and effects ask for the same text one after the other, so the last are kept.
    """
    found: list[Paragraph] = []
    for line in re.finditer(r"[^\n]+", text):
        if not line[0].strip():
            continue
        new = _read(text, line.start(), line.end())
        if found and not new.opens and _continues(text, found[-1], new):
            last = found[-1]
            found[-1] = Paragraph(last.start, new.end, last.body, last.style, last.value, last.label, last.opens)
        else:
            found.append(new)
    return tuple(found)


def _read(text: str, start: int, end: int) -> Paragraph:
    match = _LABEL.match(text, start, end)
    if not match:
        stripped = text[start:end].lstrip(" \t>#*_")
        return Paragraph(start, end, end - len(stripped), opens=stripped.startswith(("“", '"')))
    style = next(name for name in ("article", "number", "letter", "bullet", "other") if match[name])
    digits = match["n"] or match["number"] or ""
    label = match["letter"] or digits + (match["suffix"] or match["more"] or "")
    return Paragraph(start, end, match.end(), style, int(digits or 0), label, opens=bool(match["quote"]))


def _continues(text: str, last: Paragraph, new: Paragraph) -> bool:
    """Whether a line goes on with the sentence of the one before: crawled and plain texts break lines anywhere."""
    if "\n\n" in text[last.end : new.start] or _ACTS.match(text, new.body):
        return False
    if new.style:  # "… khoản 4\nĐiều 23": a line broken inside a path of places
        return new.style == "article" and _PATH_ENDS.search(text, max(last.start, last.end - 40), last.end) is not None
    return not _ENDS.search(text, max(last.start, last.end - 20), last.end)


def masked(text: str) -> str:
    """Words inside quotation marks blanked out, same length: places named there are not places of the instruction."""
    covered = _INLINE.sub(lambda match: MASK * len(match[0]), text)
    opened = min((place for mark in '“"' if (place := covered.find(mark)) >= 0), default=-1)
    return covered if opened < 0 else covered[:opened] + MASK * (len(covered) - opened)


def quotes(text: str) -> Iterator[tuple[int, int]]:
    """The quoted stretches inside one paragraph, without their marks."""
    for match in _INLINE.finditer(text):
        yield match.start() + 1, match.end() - 1


def body(found: Sequence[Paragraph], text: str) -> tuple[int, int]:
    """Where the articles begin and where the signature ends them; a text without articles is all body."""
    articles = [p for p in found if p.style == "article"]
    begin = articles[0].start if articles else 0
    return begin, next(
        (p.start for p in found if p.start > begin and articles and BODY_END.match(text, p.start)), len(text)
    )


def covers(regions: Sequence[tuple[int, int]], place: int) -> bool:
    """Whether one of the regions, which are in order and apart, holds a place."""
    i = bisect_right(regions, place, key=lambda region: region[0]) - 1
    return i >= 0 and place < regions[i][1]


class QuoteCounter:
    """Whether the reading stands inside a quotation that runs over paragraphs."""

    def __init__(self) -> None:
        self.depth = 0
        self.start = -1

    def take(self, text: str, paragraph: Paragraph) -> None:
        """Count the marks of a paragraph; straight marks toggle."""
        piece = text[paragraph.start : paragraph.end]
        before = self.depth
        self.depth = max(0, self.depth + piece.count("“") - piece.count("”"))
        if "“" not in piece and "”" not in piece and piece.count('"') % 2:
            self.depth = 0 if before else 1
        if not before and self.depth:
            self.start = paragraph.start

    def close(self) -> None:
        """Forget an unclosed mark."""
        self.depth = 0


def quoted(text: str, found: Sequence[Paragraph]) -> list[tuple[int, int]]:
    """Stretches of new wording: from a paragraph that begins with a quotation mark to the paragraph that closes it."""
    regions: list[tuple[int, int]] = []
    counter = QuoteCounter()
    start = -1
    for paragraph in found:
        if start < 0 and not paragraph.opens:
            continue
        start = paragraph.start if start < 0 else start
        counter.take(text, paragraph)
        if not counter.depth:
            regions.append((start, paragraph.end))
            start = -1
    return regions
