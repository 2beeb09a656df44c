"""A document as nested elements for the task finders: headings, items and paragraphs, with their section and zone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from corpus.labels import read_label
from corpus.model import Document, Node
from corpus.text import fold
from nlp.patterns import compiled, for_lower_case, rules
from nlp.signs import Gated, gated

_MAX_HEADING = 260
_SHORT = 60
"""A longer line with a full stop is a sentence, no heading."""
_NUMERIC = {"roman", "number", "khoản", "điểm", "letter", "Điều", "capital"}
_RECIPIENTS = re.compile(r"\W*(?:Nơi\s+nhận|NƠI\s+NHẬN)\W*", re.IGNORECASE)
_NOTE = re.compile(r"\[\d{1,3}\]\s*")
"""The mark of a footnote at the head of a point of a consolidated text."""


@dataclass(slots=True)
class Element:
    """A block of text: an item of the tree (``level`` set) or a paragraph; ``start`` is behind its label."""

    start: int
    end: int
    begin: int
    level: str = ""
    label: str = ""
    parent: int = -1
    children: list[int] = field(default_factory=list)
    bold: bool = False
    words: str = ""
    """Its own words without its label, in one line."""
    low: str = ""
    """The same in lower case."""
    zone: str = ""
    """"" where tasks may stand, else "excluded", "money", "duty", "recipients"."""


@dataclass(slots=True)
class Outline:
    """All elements in reading order; ``parent`` and ``children`` index the list."""

    text: str
    elements: list[Element] = field(default_factory=list)

    def words(self, index: int) -> str:
        """An element's own words without its label, in one line."""
        return self.elements[index].words

    def ancestors(self, index: int) -> Iterator[int]:
        """The elements around one, the nearest first."""
        index = self.elements[index].parent
        while index >= 0:
            yield index
            index = self.elements[index].parent

    def section(self, index: int) -> tuple[str, ...]:
        """The headings around an element, the largest first."""
        path = [self.elements[above] for above in self.ancestors(index)]
        return tuple(fold(self.text[one.begin : one.end])[:_MAX_HEADING] for one in reversed(path))

    def number(self, index: int) -> str | None:
        """The printed number of an item with those above it: "II.3.a"; bullets have none of their own."""
        if self.elements[index].level not in _NUMERIC:
            return None
        path = [index, *self.ancestors(index)]
        labels = [self.elements[one].label for one in path if self.elements[one].level in _NUMERIC]
        cleaned = [re.sub(r"^(?:Điều|ĐIỀU)\s+|[().:\s-]+", "", label) for label in reversed(labels)]
        return ".".join(one for one in cleaned if one) or None


@cache
def _zones() -> dict[str, re.Pattern[str]]:
    return {name: for_lower_case(pattern) for name, pattern in rules("tasks")["zones"].items()}


def zone_of(heading: str) -> str:
    """The zone that a heading opens, its words in one line and lower case: "excluded", "money", "duty" or ""."""
    sentence = len(heading) > _SHORT and heading.rstrip("*_ ").endswith((".", ";", "/"))
    heading = heading.strip("*_ ").strip(" .:")
    if len(heading) > _MAX_HEADING or sentence:
        return ""
    zones = _zones()
    if zones["duty_heading"].match(heading):
        return "duty"
    if zones["money"].match(heading):
        return "money"
    if zones["excluded"].match(heading) and not zones["not_excluded"].search(heading):
        return "excluded"
    return ""


def build_outline(document: Document, tree: Sequence[Node]) -> Outline:
    """The elements of a document without its tables."""
    outline = Outline(document.text)
    nodes = {node.start: place for place, node in enumerate(tree)}
    at: dict[int, int] = {}
    stack: list[int] = []
    bold = {block.start for block in document.blocks if block.bold or block.centred}
    for start, end, is_table in _spans(document, tree):
        while stack and tree[stack[-1]].body_end <= start:
            stack.pop()
        if is_table:
            continue
        place = nodes.get(start)
        parent = at[tree[place].parent] if place is not None and tree[place].parent >= 0 else -1
        if place is None and stack:
            parent = at[stack[-1]]
        index = _add(outline, start, end, tree[place] if place is not None else None, parent)
        outline.elements[index].bold = start in bold
        if place is not None:
            at[place] = index
            stack.append(place)
    return outline


def _spans(document: Document, tree: Sequence[Node]) -> list[tuple[int, int, bool]]:
    spans = {(block.start, block.end): block.kind == "table" for block in document.blocks}
    starts = {block.start for block in document.blocks}
    tables = [(table.start, table.end) for table in document.tables]
    for node in tree:
        if node.start not in starts and not any(a <= node.start < b for a, b in tables):
            spans[(node.start, node.end)] = False
    return sorted((start, end, table) for (start, end), table in spans.items())


def _add(outline: Outline, start: int, end: int, node: Node | None, parent: int) -> int:
    text = outline.text
    label = read_label(text[start:end]) if node else None
    inner = start + (label.length if label else 0)
    while inner < end and (text[inner].isspace() or text[inner] in "*_"):
        inner += 1
    while end > inner and text[end - 1].isspace():
        end -= 1
    note = _NOTE.match(text, inner, end)
    inner = note.end() if note else inner
    element = Element(inner, end, start, node.level if node else "", node.label if node else "", parent)
    element.words = fold(text[inner:end])
    element.low = element.words.lower()
    element.zone = _zone_at(outline, element, parent)
    outline.elements.append(element)
    index = len(outline.elements) - 1
    if parent >= 0:
        outline.elements[parent].children.append(index)
    return index


def _zone_at(outline: Outline, element: Element, parent: int) -> str:
    inherited = outline.elements[parent].zone if parent >= 0 else ""
    if _addressed(outline, element):
        return "recipients"
    if not element.level:
        previous = outline.elements[-1] if outline.elements else None
        if _RECIPIENTS.match(outline.text, element.start, element.end):
            return "recipients"
        inherited = "" if inherited == "recipients" else inherited
        after = previous is not None and previous.zone == "recipients" and not previous.level
        return "recipients" if after else inherited
    own = zone_of(element.low)
    if inherited == "excluded" and own != "duty":
        return "excluded"
    return own or inherited


def _addressed(outline: Outline, element: Element) -> bool:
    """Whether a line belongs to the addressees: behind "Thủ tướng Chính phủ điện:" or "Kính gửi:"."""
    words = outline.text[element.start : element.end]
    if len(words) < _MAX_HEADING and _addressing().search(words, low=element.low):
        return True
    if not outline.elements or outline.elements[-1].zone != "recipients":
        return False
    return element.level == "bullet" and _is_address(outline)


def _is_address(outline: Outline) -> bool:
    for element in reversed(outline.elements):
        if element.level != "bullet":
            return bool(_addressing().search(element.words))
    return False


@cache
def _addressing() -> Gated:
    return gated(compiled(rules("tasks")["boilerplate"]["addressing"]))
