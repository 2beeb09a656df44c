"""Statements of result in a report's prose: the smallest numbered or bulleted items, and claiming paragraphs.

Sections on limits, causes, plans and requests hold no results (the usual order: leadership, results, limits, causes,
directions, requests): their listed lines are read as statements that claim nothing, or promise, unless they ask to
change a task. A text whose only numbers head sections, and which mostly claims something, is a bare list: each of its
lines is a statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.labels import read_label
from corpus.model import Document, Node
from corpus.text import canonical_tones, fold
from nlp.model import ReportSection
from nlp.report_items import FIGURE, Claim
from nlp.status import claimed_status
from nlp.vocabulary import load

_WORDING: Final = load("report_wording.toml")
_NO_RESULTS: Final = re.compile(_WORDING["sections"]["no_results"])
_PLANS: Final = re.compile(_WORDING["sections"]["plans"])
_LEADERSHIP: Final = re.compile(_WORDING["sections"]["leadership"])
_CLOSE: Final = re.compile(_WORDING["close"]["pattern"])
_NO_STATEMENT: Final = re.compile(_WORDING["no_statement"]["pattern"])
_ENDED: Final = re.compile(r"[.;!?…]['\"”’)]*$")
_KEYED: Final = re.compile(r"\s*[A-ZĐÀ-Ỹ][^:.;\n]{2,60}: \S")
"""A line that names its matter first: "Dạy bơi: 64/150 em"."""
_NAMED: Final = 8
"""Words of a line without a stop that may only name somebody."""
_PROSE: Final = 700
"""A paragraph longer than this is no statement of a list."""
_HEADED: Final = 90
_PARTS: Final = frozenset({"Phần", "Chương", "Mục"})
"""Levels that only head what follows."""
_TITLED: Final = 130
"""A labelled line up to this long without a claim of its own is a heading."""
_SHORTEST: Final = 12
_SENTENCE: Final = 8
"""Words of a listed sentence that is no heading, whatever follows it."""
_FEWEST: Final = 5
"""Words of a listed line that may be a statement without a claim or a figure."""


def prose_claims(document: Document, tree: Sequence[Node], start: int, *, spoken: bool = True) -> Iterator[Claim]:
    """Statements between the opening and the close, outside tables, in reading order.

    ``spoken``: whether a sentence opens the report, so that what follows ``start`` is its body.
    """
    skipped = _skipped(document, tree)
    nodes = {node.start: node for node in tree}
    parents = _parent_starts(tree)
    paragraphs = list(_paragraphs(document, start))
    listed = _is_bare_list(document, paragraphs)
    if listed and not spoken:
        paragraphs = _below_head(document, paragraphs)
    for begin, end in paragraphs:
        first = _after_label(document.text, begin, end)
        node = nodes.get(begin)
        labelled = first > begin or node is not None
        followed = bool(node and document.text[end : node.body_end].strip())
        heads = node and node.level in _PARTS and end - first <= _TITLED
        if heads or (listed and _heads(document.text[begin:end])):
            continue
        place = _Place(labelled or (listed and _may_state(document.text[begin:end])), begin not in parents, followed)
        if not _states(document.text[first:end], place):
            continue
        section = _inside(begin, skipped)
        if section and not place.leaf:
            continue
        if _leads(document, tree, begin) and not (labelled and _claims(document.text[first:end])):
            continue
        yield Claim(first, _trimmed(document.text, first, end), section=section.kind if section else None)


def _is_bare_list(document: Document, paragraphs: Sequence[tuple[int, int]]) -> bool:
    """Whether nothing is numbered and most paragraphs claim something: each is a statement then, claim or not."""
    texts = [text for begin, end in paragraphs if not _heads(text := document.text[begin:end])]
    if not texts or any(read_label(text) or len(text) > _PROSE for text in texts):
        return False
    may = [text for text in texts if _may_state(text)]
    return bool(may) and 2 * sum(claimed_status(fold(text))[0] != "unknown" for text in may) >= len(may)


def _heads(text: str) -> bool:
    """A short numbered line that ends in no stop: the heading of what follows."""
    return bool(read_label(text)) and len(text) <= _HEADED and not _ENDED.search(text.rstrip()) and ": " not in text


def _may_state(text: str) -> bool:
    said = fold(text)
    whole = bool(_ENDED.search(said)) or ": " in said or len(said.split()) > _NAMED
    return whole and not _NO_STATEMENT.search(said)


def _below_head(document: Document, paragraphs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without the title and circumstances that stand over the first block of lines that claims something."""
    first = 0
    for place, (begin, end) in enumerate(paragraphs):
        if place and "\n\n" in document.text[paragraphs[place - 1][1] : begin]:
            first = place
        if _claims(fold(document.text[begin:end])):
            return list(paragraphs[first:])
    return list(paragraphs)


def _paragraphs(document: Document, start: int) -> Iterator[tuple[int, int]]:
    """Paragraph spans up to the close of the report's main text."""
    told = False
    for block in document.blocks:
        if block.kind == "table" or block.end <= start:
            continue
        for begin, end in _lines(document.text, max(block.start, start), block.end):
            text = document.text[begin:end]
            first = begin + len(text) - len(text.lstrip(" \n\t.:;,"))
            if _CLOSE.match(document.text[first:end]):
                if told:
                    return
                continue  # the address, where no sentence opens the report
            if first < end:
                told = True
                yield first, end


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines of a block that mostly end as sentences or name their matter; else the block: its lines are wrapped."""
    lines = text[start:end].split("\n")
    ended = [bool(_ENDED.search(line.rstrip())) for line in lines[:-1]]
    keyed = [bool(_KEYED.match(line)) for line in lines]
    if not ended or (2 * sum(ended) < len(ended) and 2 * sum(keyed) < len(keyed)):
        yield start, end
        return
    begin = at = start
    for line, stops, following, key in zip(lines, ended, lines[1:], keyed[1:], strict=False):
        at += len(line) + 1
        if key or (stops and following.strip() and not following.strip()[0].islower()):
            yield begin, at - 1
            begin = at
    yield begin, end


def _heading(document: Document, node: Node) -> str:
    text = document.text[node.start : node.end]
    label = read_label(text)
    body = text[label.length :] if label else text
    return canonical_tones(fold(body)).lower().strip(" .:")


@dataclass(frozen=True, slots=True)
class _Skipped:
    """A section that holds no results, or a single line that begins like one."""

    start: int
    end: int
    plans: bool
    heads: bool
    """Lines stand under it; a line by itself claims what it says."""

    @property
    def kind(self) -> ReportSection | None:
        """What its listed lines are: plans, or limits, causes and requests."""
        return ("plans" if self.plans else "limits") if self.heads else None


def _skipped(document: Document, tree: Sequence[Node]) -> list[_Skipped]:
    """Sections that hold no results."""
    spans = []
    for index, node in enumerate(tree):
        heading = _heading(document, node)
        if len(heading) > _TITLED or not _NO_RESULTS.search(heading):
            continue
        is_section = node.level in {"roman", "capital", "Phần", "Mục", "Chương"} or any(
            n.parent == index for n in tree[index + 1 : index + 2]
        )
        if is_section or _NO_RESULTS.match(heading):
            heads = is_section or bool(document.text[node.end : node.body_end].strip())
            spans.append(_Skipped(node.start, node.body_end, heads and bool(_PLANS.search(heading)), heads))
    return spans


def _inside(place: int, sections: Sequence[_Skipped]) -> _Skipped | None:
    """The section around a place; one of plans before others."""
    around = [section for section in sections if section.start <= place < section.end]
    return max(around, key=lambda section: section.plans, default=None)


def _leads(document: Document, tree: Sequence[Node], place: int) -> bool:
    """Whether a place stands under a heading about leadership: steering is no result of a task, unless it is listed."""
    return any(
        node.start <= place < node.body_end and _LEADERSHIP.match(_heading(document, node))
        for node in tree
        if node.level in {"roman", "capital", "Phần", "Mục"}
    )


def _parent_starts(tree: Sequence[Node]) -> frozenset[int]:
    return frozenset(tree[node.parent].start for node in tree if node.parent >= 0)


def _after_label(text: str, begin: int, end: int) -> int:
    """Behind the label, and behind a second one where a bullet stands before a number ("* (1) …")."""
    for _ in range(2):
        label = read_label(text[begin:end])
        if not label:
            break
        begin += label.length
        begin += len(text[begin:end]) - len(text[begin:end].lstrip())
    return begin


def _trimmed(text: str, start: int, end: int) -> int:
    """Without the final stop."""
    while end > start and text[end - 1] in " .;,/\n\t":
        end -= 1
    return end


@dataclass(frozen=True, slots=True)
class _Place:
    """How a paragraph stands in the text."""

    labelled: bool
    leaf: bool
    """No labelled line stands below it."""
    followed: bool
    """Text without a label belongs to it: it may be that text's heading."""


def _states(text: str, place: _Place) -> bool:
    """Whether a paragraph says a result: a claim in words; a listed leaf unless it is a heading."""
    said = fold(text)
    if len(said) < _SHORTEST or said.endswith(":") or said == said.upper():
        return False
    claims = _claims(said)
    if not place.labelled:
        return claims
    if not place.leaf:
        return claims and _tells(said)
    if claims or len(said) > _TITLED or FIGURE.search(said):
        return True
    words = len(said.split())
    return (not place.followed and words >= _FEWEST) or (said.endswith(".") and words >= _SENTENCE)


def _tells(said: str) -> bool:
    """A line with items of its own below it is a heading, unless it goes on to tell a result."""
    _, colon, told = said.partition(": ")
    return said.endswith(".") or (bool(colon) and _claims(told))


def _claims(text: str) -> bool:
    return claimed_status(text, told=False)[0] != "unknown"
