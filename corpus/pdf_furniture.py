"""Running heads, page numbers and signature stamps: what a page carries that is not its text.

A sentence often runs over the turn of a page (215 of 1,087 turns of the gazette); the running head would stand inside
it. Heads are known by their wording, by being a bare number at the edge, or by coming back on page after page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.model import FurnitureKind
from corpus.pdf_lines import Line, lines_of
from corpus.pdf_words import Frame, Word

_TOP, _BOTTOM = 0.12, 0.9
_DEPTH = 3
"""Lines from the edge that may be furniture."""
_GAZETTE = re.compile(r"\d{0,4}CÔNGBÁO/Số.{0,60}Ngày.{0,20}", re.IGNORECASE)
"""The head of the official gazette, its spaces taken out (sideways pages space it at random)."""
_NUMBER = re.compile(r"[-–—\s|]*(?:Trang\s*|Page\s*)?\d{1,4}(?:\s*(?:/|of|trên)\s*\d{1,4})?[-–—\s|.]*", re.IGNORECASE)
_OWN_NUMBER = re.compile(r"^\d{1,4}(?:/\d{1,4})?\s+|\s+\d{1,4}(?:/\d{1,4})?$")
_SIGNATURE = re.compile(r"(?:Ký bởi|Người ký|Ký số bởi|Cơ quan|Email|Thời gian ký|Ngày ký)\s*:", re.IGNORECASE)
# Forms repeat these at the top of each page; they are text.
_TEXT = re.compile(
    r"\(?(?:mẫu|phụ lục|biểu|điều|chương|mục|phần|bảng|danh mục|kèm theo|ban hành|cộng hòa|độc lập|đảng cộng sản|tên|"
    r"đơn vị|số|kính gửi|tt|stt)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageWords:
    """A page's words outside of its tables."""

    number: int
    frame: Frame
    turn: int
    words: list[Word]


@dataclass(frozen=True, slots=True)
class Aside:
    """A piece of furniture."""

    kind: FurnitureKind
    text: str


def part_furniture(pages: Sequence[PageWords]) -> list[tuple[list[Word], list[Aside]]]:
    """For each page its reading words and its furniture."""
    edges = [list(_edges(page)) for page in pages]
    running = _running(pages, edges)
    parted: list[tuple[list[Word], list[Aside]]] = []
    for page, runs in zip(pages, edges, strict=True):
        found = [pair for run in runs for pair in _outer(run, running)] + _signature(page)
        gone = {id(word) for line, _ in found for word in line.words}
        words = [word for word in page.words if id(word) not in gone]
        parted.append((words, [Aside(kind, line.text) for line, kind in found]))
    return parted


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines at one edge of a page, from the edge inwards."""

    kind: FurnitureKind
    lines: list[Line]


def _edges(page: PageWords) -> Iterator[_Run]:
    for turn in {word.turn for word in page.words}:
        _, height = page.frame.size(turn)
        own = [word for word in page.words if word.turn == turn]
        top = lines_of(word for word in own if word.base < _TOP * height)
        bottom = lines_of(word for word in own if word.base > _BOTTOM * height)
        yield _Run("header", top[:_DEPTH])
        yield _Run("footer", bottom[::-1][:_DEPTH])


def _key(line: Line) -> str:
    return _OWN_NUMBER.sub("", line.text).casefold()


def _running(pages: Sequence[PageWords], edges: list[list[_Run]]) -> set[tuple[str, str]]:
    """Lines that come back on page after page at the same edge."""
    seen: dict[tuple[str, str], list[int]] = defaultdict(list)
    for page, runs in zip(pages, edges, strict=True):
        for run in runs:
            for key in {_key(line) for line in run.lines}:
                seen[run.kind, key].append(page.number)
    return {
        place
        for place, numbers in seen.items()
        if len(numbers) >= 3
        and len(numbers) >= 0.4 * (numbers[-1] - numbers[0] + 1)
        and sum(map(str.isalpha, place[1])) >= 3
        and not _TEXT.match(place[1])
    }


def _outer(run: _Run, running: set[tuple[str, str]]) -> Iterator[tuple[Line, FurnitureKind]]:
    """The furniture at an edge; the first line of text ends it."""
    for line in run.lines:
        if _NUMBER.fullmatch(line.text):
            yield line, "page_number"
        elif _GAZETTE.fullmatch("".join(line.text.split())) or (run.kind, _key(line)) in running:
            yield line, run.kind
        else:
            return


def _signature(page: PageWords) -> list[tuple[Line, FurnitureKind]]:
    """A printed digital signature: "Ký bởi: … Cơ quan: … Thời gian ký: …", small, two lines or more."""
    small = [word for word in page.words if word.size < 11 and word.turn == page.turn]
    lines = [line for line in lines_of(small) if _SIGNATURE.match(line.text)]
    return [(line, "signature") for line in lines] if len(lines) > 1 else []
