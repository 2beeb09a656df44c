"""Tasks in lists: items under a unit's heading, under a sentence that names who acts, or with their own attributes.

A unit's heading ("1. Sở Nội vụ") and a frame ("… thì các huyện, thành ủy … thực hiện các nhiệm vụ, giải pháp sau:") hand
their bodies down to every item below that names none itself; "- Cơ quan chủ trì: …" speaks for the item above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from corpus.model import Document, Node
from corpus.text import fold
from nlp.deadlines import find_deadlines, read_cell
from nlp.model import Header, LeadSource, Task
from nlp.patterns import compiled, rules
from nlp.task_attributes import Attributes, is_attribute, read_attributes
from nlp.task_outline import Element, Outline, build_outline
from nlp.task_prose import Assignment, coordinators, find_assignments, is_boilerplate, read_clause
from nlp.task_subjects import begins_body, starts_with_verb, units_at
from nlp.task_units import bodies_only
from nlp.units import same_unit

_MIN_WORDS = 4
_HEADING = 220


@dataclass(frozen=True, slots=True)
class _Frame:
    """Bodies handed down: to the children of ``parent`` with this level, from ``start`` on, and to what is below them."""

    start: int
    parent: int
    level: str
    lead: tuple[str, ...]
    source: LeadSource
    coordinators: tuple[str, ...] = ()
    duty: bool = False


@dataclass(slots=True)
class _Walk:
    outline: Outline
    normative: bool
    loose: bool
    """True for a text without a header: only what a frame hands down counts."""
    year: int | None
    issuers: tuple[str, ...] = ()
    frames: list[_Frame] = field(default_factory=list)
    pending: _Frame | None = None
    attributes: dict[int, Attributes] = field(default_factory=dict)
    tasks: list[Task] = field(default_factory=list)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = rules("tasks")
    return {
        "frame": compiled(data["frame"]["ends"]),
        "empty": compiled(rf"(?<!\w){data['frame']['empty']}(?!\w)"),
        "not_item": compiled(data["not_an_item"]["start"]),
        "duty_of": compiled(data["zones"]["duty_of"]),
        "calling": compiled(data["frame"]["calling"]),
        "timed": compiled(r"trước|trong|định kỳ|hằng|hàng|chậm nhất|đến|sau khi|ngay sau|vào"),
        "meeting": compiled(data["boilerplate"]["meeting"]),
        "call": compiled(
            r"^(?:(?:trân trọng |kính )?(?:giao|đề nghị|yêu cầu|phân công)(?: cho)? ?:?|đối với|về phía|riêng|trách nhiệm của|nhiệm vụ của|các nhiệm vụ giao) ?"
        ),
    }


def find_in_lists(document: Document, tree: Sequence[Node], header: Header) -> list[Task]:
    """The tasks outside tables."""
    kinds = rules("tasks")["documents"]
    if header.kind in kinds["no_tasks"]:
        return []
    outline = build_outline(document, tree)
    walk = _Walk(
        outline,
        normative=_is_normative(header, kinds["normative"]),
        loose=header.symbol is None and header.kind is None,
        year=header.date.year if header.date else None,
        issuers=tuple(name for name in (header.issuer, *header.issuers) if name),
    )
    walk.attributes = _attributes(outline)
    for index in range(len(outline.elements)):
        _take(walk, index)
    return walk.tasks


def _is_normative(header: Header, kinds: Sequence[str]) -> bool:
    """A normative act has the year in its symbol (NĐ 30/2020; Luật 64/2025/QH15) or is of a kind that always is one."""
    return header.kind in kinds or bool(header.symbol and re.search(r"^\d+\w?/(?:19|20)\d{2}/", header.symbol))


def _attributes(outline: Outline) -> dict[int, Attributes]:
    """For each element that attributes speak for: what they say."""
    found: dict[int, Attributes] = {}
    below: dict[int, bool] = {}
    for index, element in enumerate(outline.elements):
        inside = is_attribute(outline.words(index))
        owner = _owner(outline, index) if inside else index
        attributes = read_attributes(outline.text[element.start : element.end]) if owner >= 0 else None
        if attributes:
            found[owner] = found[owner].joined(attributes) if owner in found else attributes
            if inside and not element.level:
                below[owner] = True
    for owner in below:
        _spread(outline, owner, found)
    return found


def _spread(outline: Outline, owner: int, found: dict[int, Attributes]) -> None:
    """Attribute lines below several bullets speak for all of them, up to the one before that has its own."""
    element = outline.elements[owner]
    if element.level != "bullet":
        return
    siblings = outline.elements[element.parent].children if element.parent >= 0 else []
    for sibling in reversed(siblings[: siblings.index(owner)] if owner in siblings else []):
        if sibling in found or outline.elements[sibling].level != element.level:
            return
        found[sibling] = found[owner]


def _owner(outline: Outline, index: int) -> int:
    """The item that an attribute line describes: its parent, else the plain line before it."""
    parent = outline.elements[index].parent
    if parent >= 0:
        return parent
    before = index - 1
    while before >= 0 and is_attribute(outline.words(before)):
        before -= 1
    return before


# --- one element -------------------------------------------------------------------------------------------------


def _take(walk: _Walk, index: int) -> None:
    element = walk.outline.elements[index]
    words = walk.outline.words(index)
    if element.zone in {"excluded", "recipients"} or not words:
        return
    frame = _scope(walk, index)
    if is_attribute(words):
        return
    if words.endswith(":") or element.children or _opens(walk, index):
        _take_head(walk, index, words, frame)
    else:
        _take_leaf(walk, index, words, frame)


def _opens(walk: _Walk, index: int) -> bool:
    """A line that is nothing but bodies, with items or paragraphs behind it."""
    return len(walk.outline.words(index)) < _HEADING and bool(_heading_units(walk, index))


def _scope(walk: _Walk, index: int) -> _Frame | None:
    """The frame whose bodies reach this element, the latest first; a paragraph frame opens the run of items behind it."""
    element = walk.outline.elements[index]
    if walk.pending and element.level:
        walk.frames.append(_Frame(
            walk.pending.start, element.parent, element.level, walk.pending.lead, walk.pending.source,
            walk.pending.coordinators, walk.pending.duty,
        ))  # fmt: skip
        walk.pending = None
    if walk.pending:
        return walk.pending
    keys = {
        (walk.outline.elements[one].parent, walk.outline.elements[one].level)
        for one in (index, *walk.outline.ancestors(index))
    }
    for frame in reversed(walk.frames):
        if (frame.parent, frame.level) in keys or (frame.level == "*" and (frame.parent, "*") in _inside(walk, index)):
            return frame
    return None


def _inside(walk: _Walk, index: int) -> set[tuple[int, str]]:
    return {(above, "*") for above in walk.outline.ancestors(index)}


def _take_head(walk: _Walk, index: int, words: str, frame: _Frame | None) -> None:
    """A heading, a frame, or an item with items below."""
    element = walk.outline.elements[index]
    attributes = walk.attributes.get(index)
    if attributes and attributes.lead and not _plain_children(walk, index):
        walk.tasks.append(_planned(walk, index, attributes))
        return
    units = () if walk.loose and frame is None else _heading_units(walk, index)
    if units:
        _hand_down(walk, index, _Frame(element.start, index, "*", units, "heading", duty=element.zone == "duty"))
        return
    if attributes and attributes.lead:
        _hand_down(
            walk, index, _Frame(element.start, index, "*", attributes.lead, "inherited", attributes.coordinators)
        )
        return
    _take_sentence_head(walk, index, words, frame)


def _take_sentence_head(walk: _Walk, index: int, words: str, frame: _Frame | None) -> None:
    element = walk.outline.elements[index]
    assignment = _frame_assignment(walk, element)
    if assignment is None or not _admitted(walk, element, assignment) or (walk.loose and not _calls(words, assignment)):
        if not words.endswith(":") and _is_sentence(words):
            _take_leaf(walk, index, words, frame)
        elif words.endswith(":") and not element.level and walk.pending is None:
            walk.frames = (
                [one for one in walk.frames if one.level == "*"]
                if frame and frame.level != "*" and not units_in(words)
                else walk.frames
            )
        return
    substantive = _is_substantive(walk, element, assignment)
    if substantive:
        start = element.start if element.level or _patterns()["frame"].search(words) else assignment.start
        walk.tasks.append(_task(walk, index, (start, element.end), assignment, "explicit", 0.85))
    source: LeadSource = "inherited" if substantive or _patterns()["frame"].search(words) else "heading"
    _hand_down(
        walk,
        index,
        _Frame(element.start, index, "*", assignment.lead, source, assignment.coordinators, assignment.duty),
    )


def _calls(words: str, assignment: Assignment) -> bool:
    """In a text without a header only a sentence that says why it orders, and that orders follow, opens a list of tasks."""
    return (
        not assignment.duty and bool(_patterns()["frame"].search(words)) and bool(_patterns()["calling"].search(words))
    )


def units_in(words: str) -> bool:
    """Whether a line that ends in a colon is a part of the list above ("Trong đó:")."""
    return len(words.split()) <= 3


def _hand_down(walk: _Walk, index: int, frame: _Frame) -> None:
    """An item hands down to what is inside it; a paragraph to the items and paragraphs that follow."""
    if walk.outline.elements[index].children or walk.outline.elements[index].level:
        walk.frames.append(frame)
    else:
        walk.pending = frame


def _frame_assignment(walk: _Walk, element: Element) -> Assignment | None:
    """The assignment of a heading sentence: its last clause that names bodies, or its first."""
    text = walk.outline.text
    whole = find_assignments(text, element.start, element.end)
    return whole[-1] if whole else read_clause(text, element.start, element.end)


def _is_substantive(walk: _Walk, element: Element, assignment: Assignment) -> bool:
    """Whether a frame orders something itself, besides "thực hiện một số nhiệm vụ sau:"."""
    predicate = fold(walk.outline.text[assignment.verb : element.end])
    for name in assignment.coordinators:
        predicate = predicate.replace(name, " ")
    rest = _patterns()["empty"].sub(" ", predicate)
    return len(re.findall(r"[^\W\d_]+", rest)) >= 2


def _is_sentence(words: str) -> bool:
    return words.endswith((".", ";", "./.")) and len(words.split()) > 8


def _heading_units(walk: _Walk, index: int) -> tuple[str, ...]:
    """The bodies of a heading that names nothing else: "Sở Nội vụ", "Trách nhiệm của Sở Tư pháp", "Giao Sở X:"."""
    element, words = walk.outline.elements[index], walk.outline.words(index)
    if len(words) > 2 * _HEADING or not (element.level or words.endswith(":") or _followed(walk, index)):
        return ()
    heading = _patterns()["call"].sub("", _patterns()["duty_of"].sub("", words)).strip(" .:*")
    if walk.normative and element.zone != "duty" and not _patterns()["duty_of"].match(words):
        return ()
    units = bodies_only(heading)
    if units:
        return units
    if element.children and element.level and words[-1] not in ".;:" and begins_body(heading):
        return _titled(heading)
    if not words.endswith(":"):
        return ()
    if _WHICH.match(heading) and begins_body(heading):
        return (re.sub(r"\s*\([^()]*\)", "", heading),)
    named, stop = units_at(heading, 0)
    return named if stop >= len(heading) else ()


_WHICH = re.compile(r"(?:Các|Những)\s+[^,;]{3,40}\s(?:là|thuộc|được\s+giao)\s[^.;]{3,160}$")
"""A heading that tells which bodies are meant: "Các chủ rừng là tổ chức"."""


def _titled(heading: str) -> tuple[str, ...]:
    """The bodies of a title that tells which are meant: "Các chủ đầu tư xây dựng và kinh doanh hạ tầng"."""
    named, stop = units_at(heading, 0)
    return named if named and stop >= len(heading) else (re.sub(r"\s*\([^()]*\)", "", heading),)


def _followed(walk: _Walk, index: int) -> bool:
    """Whether items follow a paragraph at once."""
    elements = walk.outline.elements
    return index + 1 < len(elements) and bool(elements[index + 1].level) and not elements[index].level


def _plain_children(walk: _Walk, index: int) -> bool:
    element = walk.outline.elements[index]
    return any(
        walk.outline.elements[child].level and not is_attribute(walk.outline.words(child)) for child in element.children
    )


def _planned(walk: _Walk, index: int, attributes: Attributes) -> Task:
    """An item whose bullets say who, with whom, until when."""
    element = walk.outline.elements[index]
    deadline = read_cell(attributes.deadline, year=walk.year) if attributes.deadline else None
    by = Assignment(element.start, element.end, attributes.lead, attributes.coordinators, element.start)
    task = _task(walk, index, (element.start, element.end), by, "explicit", 0.9)
    return replace(task, deadline=deadline or task.deadline, product=attributes.product)


# --- leaves --------------------------------------------------------------------------------------------------------


def _take_leaf(walk: _Walk, index: int, words: str, frame: _Frame | None) -> None:
    element = walk.outline.elements[index]
    text = walk.outline.text
    attributes = walk.attributes.get(index)
    if attributes and attributes.lead:
        walk.tasks.append(_planned(walk, index, attributes))
        return
    if walk.normative and frame is None and element.zone != "duty" and not _speaks_of_duty(words):
        return
    found = [one for one in find_assignments(text, element.start, element.end) if _admitted(walk, element, one)]
    if frame is not None:
        found = [one for one in found if one.start == element.start and _heads(text, one)]
    elif walk.loose:
        return
    if found:
        _take_assignments(walk, index, found)
    elif frame is not None and _inherits(walk, index, words):
        named = coordinators(text[element.start : element.end], 0) or frame.coordinators
        by = Assignment(element.start, element.end, frame.lead, named, element.start)
        walk.tasks.append(_task(walk, index, (element.start, element.end), by, frame.source, 0.8))


def _speaks_of_duty(words: str) -> bool:
    """A cheap look: most sentences of a normative act lay no duty on a body."""
    return "nhiệm" in words or "iao" in words or "đầu mối" in words


def _heads(text: str, assignment: Assignment) -> bool:
    """Whether the clause opens with its body, not with a verb of the inherited one."""
    return assignment.duty or not starts_with_verb(text, assignment.start) or assignment.cue


_same = lru_cache(maxsize=4096)(same_unit)


def _admitted(walk: _Walk, element: Element, assignment: Assignment) -> bool:
    """The issuer assigns nothing to itself; a list of those present is none; in a normative act only duties count."""
    if len(assignment.lead) == 1 and any(_same(assignment.lead[0], issuer) for issuer in walk.issuers):
        return False
    if (
        not assignment.cue
        and not element.level
        and _patterns()["meeting"].search(walk.outline.text, element.start, element.end)
    ):
        return False
    if not walk.normative:
        return True
    return (
        assignment.duty
        or element.zone == "duty"
        or (assignment.cue and walk.outline.text[assignment.start : assignment.start + 4].lower() == "giao")
    )


def _inherits(walk: _Walk, index: int, words: str) -> bool:
    element = walk.outline.elements[index]
    if len(words.split()) < _MIN_WORDS or _patterns()["not_item"].search(words):
        return False
    if is_boilerplate(walk.outline.text, element.start, element.end) and len(words) < 2 * _HEADING:
        return False
    return element.zone != "money"


def _take_assignments(walk: _Walk, index: int, found: Sequence[Assignment]) -> None:
    """One task an item; several where clauses of their own name other bodies."""
    element = walk.outline.elements[index]
    groups = [found[0]]
    for one in found[1:]:
        if one.lead != groups[-1].lead and (not element.level or _two_hops(walk, groups[-1], one)):
            groups.append(one)
    for place, one in enumerate(groups):
        start = element.start if place == 0 and _whole(walk, element, one) else one.start
        end = groups[place + 1].start if place + 1 < len(groups) else element.end
        while end > start and walk.outline.text[end - 1].isspace():
            end -= 1
        walk.tasks.append(_task(walk, index, (start, end), one, "explicit", 0.9 if one.cue else 0.8))


def _two_hops(walk: _Walk, one: Assignment, other: Assignment) -> bool:
    """Units report to a Sở by one date, the Sở sums up by another: two duties in one item."""
    text = walk.outline.text
    dates = [find_deadlines(text[part.start : part.end], year=walk.year) for part in (one, other)]
    return all(dates) and dates[0][0].deadline.due != dates[1][0].deadline.due


def _whole(walk: _Walk, element: Element, assignment: Assignment) -> bool:
    """An item is taken whole; a paragraph from the sentence that assigns."""
    return bool(element.level) and assignment.start - element.start < 2 * _HEADING


def _task(
    walk: _Walk, index: int, span: tuple[int, int], by: Assignment, source: LeadSource, confidence: float
) -> Task:
    """A task over ``span``; its deadline is looked for from the verb on, not in what the item is about."""
    start, end = span
    text = walk.outline.text
    found = find_deadlines(text[max(by.verb, start) : end], year=walk.year)
    opening = text[by.start : max(by.verb, by.start)]
    if not found and _patterns()["timed"].match(opening):
        found = find_deadlines(opening, year=walk.year)
    return Task(
        id="",
        text=fold(text[start:end]),
        start=start,
        end=end,
        section=walk.outline.section(index),
        lead=by.lead,
        lead_source=source,
        coordinators=tuple(name for name in by.coordinators if name not in by.lead),
        deadline=found[0].deadline if found else None,
        modality="standing" if walk.normative else "order",
        confidence=confidence,
        row=walk.outline.number(index),
    )
