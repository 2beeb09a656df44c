"""The levels of a text (NĐ 30/2020 Phụ lục I; 36-HD/VPTW): which heading stands under which, and where each body ends.

Three shapes occur, also mixed and with numbers left out: Phần › Chương › Mục › Tiểu mục › Điều › khoản › điểm;
I › 1 › 1.1 › a › - › +; Thứ nhất › Một là › -. A level is known by its style of numbering; where a style stands
in the outline is learnt from the text: a style already open continues there, a new one opens below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from corpus.labels import BULLETS, Label, read_label
from corpus.model import Block, Document, Node

_STYLES: Final = (
    "Phụ lục", "Phần", "Chương", "Mục", "Tiểu mục", "Điều", "capital", "roman", "thứ", "là", "number", "dotted",
    "letter", "lettered", "paren", "small roman", "-", "+", "•", "*",
)  # fmt: skip
_RANKS: Final = {style: rank for rank, style in enumerate(_STYLES)}
_STRUCTURAL: Final = frozenset({"Phụ lục", "Phần", "Chương", "Mục", "Tiểu mục", "Điều", "roman"})
"""Their place is fixed by rule; the other styles go where the text first uses them."""
_FLOATING: Final = frozenset({"thứ", "là", "paren", "small roman", "lettered", "capital"})
_TITLED: Final = frozenset({"Phụ lục", "Phần", "Chương", "Mục", "Tiểu mục"})
"""Levels whose title often stands on the next line."""
_LEVELS: Final = {"dotted": "number", "paren": "number", "lettered": "letter", "small roman": "letter"}
_BIGGEST_STEP: Final = 20
"""Numbers left out of a list are few; a greater jump is a number in running text."""
_LONGEST_TITLE: Final = 250
_SIGNATURE: Final = re.compile(
    r"(?:TM|KT|TL|TUQ|Q)\s?\.\s*[A-ZĐÀ-Ỹ]{2}|[TK]/[MTL]\s+[A-ZĐÀ-Ỹ]{2}|Nơi nhận\s*:?|NƠI NHẬN\s*:?"
)
_ATTACHED: Final = re.compile(r"\(?\s*(?:Ban hành\s+)?[Kk]èm theo\s|\(\s*(?:Phụ lục\s+)?(?:[Bb]an hành\s+)?kèm theo\s")


@dataclass(slots=True)
class _Open:
    """A level whose body is not yet ended."""

    index: int
    style: str
    dots: int = 0

    @property
    def rank(self) -> float:
        return _RANKS[self.style] + self.dots / 10


@dataclass(slots=True)
class _Outline:
    """The nodes so far and the levels that are open."""

    nodes: list[Node] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    last: dict[str, int] = field(default_factory=dict)
    after_text: bool = False
    """True between the signature or Nơi nhận and the next heading: recipients are no items of the text."""

    def close(self, keep: int, end: int) -> None:
        """End every level beyond the first ``keep`` at ``end``."""
        for level in self.stack[keep:]:
            node = self.nodes[level.index]
            self.nodes[level.index] = Node(node.level, node.label, node.start, node.end, end, node.parent, node.depth)
        del self.stack[keep:]

    def add(self, label: Label, start: int, end: int, previous_end: int) -> None:
        """Open the level that ``label`` announces."""
        dots = label.text.rstrip(".-)–—").count(".") if label.style == "dotted" else 0
        keep = self._place(label, dots)
        self.close(keep, previous_end)
        parent = self.stack[-1].index if self.stack else -1
        level = self._level(label.style, parent)
        self.nodes.append(Node(level, _printed(label), start, end, end, parent, len(self.stack)))
        self.stack.append(_Open(len(self.nodes) - 1, label.style, dots))
        self.last[label.style] = label.value

    def plausible(self, label: Label) -> bool:
        """False for a number that continues no list: a year, a page, an amount at the head of a line."""
        if self.after_text and (label.style in BULLETS or label.style not in _STRUCTURAL):
            return False
        if label.style not in {"number", "paren", "Điều"} or label.value <= 1:
            return True
        return label.value <= self.last.get(label.style, 0) + _BIGGEST_STEP

    def _place(self, label: Label, dots: int) -> int:
        """How many of the open levels stay open above the new one."""
        open_styles = [(level.style, level.dots) for level in self.stack]
        same = (label.style, dots)
        if label.style in _STRUCTURAL:
            return self._above(_RANKS[label.style])
        if same in open_styles:
            return open_styles.index(same)
        numbered = len(self.stack)
        if label.style not in BULLETS:
            while numbered and self.stack[numbered - 1].style in BULLETS:
                numbered -= 1
        if label.style in BULLETS or label.style in _FLOATING:
            return numbered
        return self._above(_RANKS[label.style] + dots / 10)

    def _above(self, rank: float) -> int:
        return next((place for place, level in enumerate(self.stack) if level.rank >= rank), len(self.stack))

    def _level(self, style: str, parent: int) -> str:
        above = self.nodes[parent].level if parent >= 0 else ""
        if style in BULLETS:
            return "bullet"
        if style == "number" and above == "Điều":
            return "khoản"
        if style == "letter" and above in {"khoản", "Điều"}:
            return "điểm"
        return _LEVELS.get(style, style)


HEADING: Final = 200
"""Characters of a heading that are read."""


def headings(text: str, nodes: Iterable[Node], start: int) -> tuple[str, ...]:
    """Headings over the place ``start`` of ``text``, the outermost first."""
    over = (node for node in nodes if node.end <= start < node.body_end)
    return tuple(text[node.start : min(node.end, node.start + HEADING)] for node in over)


def build_tree(document: Document) -> list[Node]:
    """The headings and items of a document in reading order; ``parent`` indexes the list."""
    outline, text = _Outline(), document.text
    previous_end = 0
    blocks = list(_own_blocks(document))
    for place, block in enumerate(blocks):
        slice_ = text[block.start : block.end]
        if block.kind != "table":
            label = read_label(slice_)
            if _SIGNATURE.match(slice_) or _ATTACHED.match(slice_):
                outline.close(_kept(outline, slice_), _title_start(text, blocks, place, previous_end, slice_))
                outline.after_text = bool(_SIGNATURE.match(slice_))
            elif label is not None and outline.plausible(label):
                outline.after_text = False
                outline.add(label, block.start, _heading_end(text, blocks, place, label), previous_end)
        previous_end = max(previous_end, block.end)
    outline.close(0, previous_end)
    return outline.nodes


def _own_blocks(document: Document) -> Iterator[Block]:
    """The blocks, or the lines of a document that has none."""
    if document.blocks:
        yield from document.blocks
        return
    for match in re.finditer(r"[^\n]+", document.text):
        yield Block("paragraph", match.start(), match.end())


def _printed(label: Label) -> str:
    """The label as it is cited: "Thứ nhất", "Điều 5", "1", "a", "I"; bullets as they are."""
    if label.style in BULLETS:
        return label.text
    return " ".join(label.text.strip("().,:;–—-/ \t\n").split())


def _kept(outline: _Outline, line: str) -> int:
    """An annex goes on after its "(Kèm theo …)" line; everything else ends there."""
    if _SIGNATURE.match(line) or not outline.stack or outline.stack[0].style != "Phụ lục":
        return 0
    return 1


def _title_start(text: str, blocks: list[Block], place: int, previous_end: int, line: str) -> int:
    """Where the text before ends: an attached text begins with its title above "(Kèm theo …)"."""
    if _SIGNATURE.match(line):
        return previous_end
    first = place
    while first > 0 and place - first < 4 and _is_title(text, blocks[first - 1]):
        first -= 1
    return blocks[first - 1].end if first > 0 else 0


def _is_title(text: str, block: Block) -> bool:
    line = text[block.start : block.end]
    return block.kind != "table" and len(line) <= _LONGEST_TITLE and (line.isupper() or block.centred)


def _heading_end(text: str, blocks: list[Block], place: int, label: Label) -> int:
    """End of the heading's own text; a bare "Chương I" takes the title lines that follow."""
    block = blocks[place]
    if label.style not in _TITLED or label.rest:
        return block.end
    end = block.end
    for following in blocks[place + 1 : place + 4]:
        line = text[following.start : following.end]
        if not _is_title(text, following) or read_label(line) is not None or _ATTACHED.match(line):
            break
        end = following.end
    return end
