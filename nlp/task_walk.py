"""The state of the walk through a document's elements: who is handed down to whom, and how a task is written down."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from corpus.text import fold
from nlp.deadlines import Found, find_deadlines, read_cell
from nlp.model import Deciding, LeadSource, Task
from nlp.patterns import compiled, for_lower_case, rules
from nlp.signs import Gated, gated
from nlp.task_attributes import Attributes
from nlp.task_outline import Outline
from nlp.task_prose import Assignment
from nlp.task_unled import OpenWork

_BRACKETS = re.compile(r"\s*\([^()]*\)")
"""What stands in brackets behind a body's name explains it: "các cơ quan quản lý cấp trên (bao gồm cả …)"."""
_SHORT = 30
"""A longer opening says more than how often."""
INSIDE = "*"
"""The level of a frame that reaches everything inside its element."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Bodies handed down to the children of ``parent`` with this level, and to what is below them."""

    start: int
    parent: int
    level: str
    lead: tuple[str, ...]
    source: LeadSource
    coordinators: tuple[str, ...] = ()


@dataclass(slots=True)
class Walk:
    """One document on its way to tasks."""

    outline: Outline
    normative: bool
    loose: bool
    """True for a text without a header: only what a frame hands down counts."""
    year: int | None
    issuers: tuple[str, ...] = ()
    unled: bool = False
    """True where a section of tasks gives work without naming a body."""
    joint: bool = False
    """True where several bodies of equal standing issue a text together, and so assign to themselves."""
    attributes: dict[int, Attributes] = field(default_factory=dict)
    tasks: list[Task] = field(default_factory=list)
    open_work: OpenWork = field(default_factory=OpenWork)
    frames: dict[tuple[int, str], Frame] = field(default_factory=dict)
    pending: Frame | None = None
    asked: int = 0
    """How many candidates were judged."""
    deciding: Deciding = "both"
    watch: list[Any] | None = None
    """Where candidates are collected for training; the classifier is not asked then."""

    def hand_down(self, index: int, frame: Frame) -> None:
        """An item hands down to what is inside it; a paragraph to the run of items and paragraphs that follow."""
        element = self.outline.elements[index]
        if element.children or element.level:
            self.frames[index, INSIDE] = frame
        else:
            self.pending = frame

    def scope(self, index: int) -> Frame | None:
        """The frame whose bodies reach an element, the latest first."""
        if not self.frames and not self.pending:
            return None
        element = self.outline.elements[index]
        if self.pending and element.level:
            opened = replace(self.pending, parent=element.parent, level=element.level)
            self.frames[element.parent, element.level] = opened
            self.pending = None
        if self.pending:
            return self.pending
        path = [index, *self.outline.ancestors(index)]
        around = [self.outline.elements[one] for one in path]
        keys = [(one.parent, one.level) for one in around] + [(above, INSIDE) for above in path[1:]]
        reaching = [self.frames[key] for key in keys if key in self.frames]
        return max(reaching, key=lambda frame: frame.start, default=None)

    def end_runs(self) -> None:
        """A line that opens another list ends the runs that paragraphs opened."""
        self.frames = {key: frame for key, frame in self.frames.items() if key[1] == INSIDE}

    def add(self, index: int, span: tuple[int, int], by: Assignment, source: LeadSource, confidence: float) -> None:
        """Write a task down."""
        self.tasks.append(self.task(index, span, by, source, confidence))

    def task(
        self, index: int, span: tuple[int, int], by: Assignment, source: LeadSource | None, confidence: float
    ) -> Task:
        """A task over ``span``; its deadline is looked for from the verb on, not in what the item is about."""
        start, end = span
        text = self.outline.text
        found = find_deadlines(text[max(by.verb, start) : end], year=self.year)
        opening = _before_verb(text[by.start : max(by.verb, by.start)], by.lead)
        if not found and patterns()["timed"].match(opening):
            found = find_deadlines(opening + text[max(by.verb, start) : end], year=self.year)
        if not found and len(opening) < _SHORT and patterns()["timed"].match(opening):
            cell = read_cell(opening.strip(" ,"), year=self.year)
            found = [Found(0, 0, cell)] if cell and cell.recurrence else []
        if not found and by.start > start:  # the work and its date come first, who does it last
            found = find_deadlines(text[start : by.start], year=self.year)
        said = self.attributes.get(index)
        read = read_cell(said.deadline, year=self.year) if said and said.deadline else None
        deadline = read or (found[0].deadline if found else None)
        if not deadline and not self.normative and patterns()["standing"].match(text[max(by.verb, start) : end]):
            deadline = read_cell("thường xuyên")
        return Task(
            id="",
            text=fold(text[start:end]),
            start=start,
            end=end,
            section=self.outline.section(index),
            lead=tuple(_BRACKETS.sub("", name) or name for name in by.lead),
            lead_source=source,
            coordinators=tuple(name for name in by.coordinators if name not in by.lead),
            deadline=deadline,
            product=said.product if said else None,
            modality="standing" if self.normative else "order",
            confidence=confidence,
            row=self.outline.number(index),
        )


def _before_verb(opening: str, lead: tuple[str, ...]) -> str:
    """What stands before the verb and may hold its date: the opening, or behind the bodies "định kỳ 06 tháng"."""
    if patterns()["timed"].match(opening):
        return opening
    ends = [opening.rfind(name) + len(name) for name in lead if name in opening]
    return opening[max(ends, default=0) :].lstrip(" ,") if ends else opening


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The patterns that tell headings, frames and items apart (``data/tasks.toml``)."""
    data = rules("tasks")
    return {
        "empty": compiled(rf"(?<!\w){data['frame']['empty']}(?!\w)"),
        "calling": compiled(data["frame"]["calling"]),
        "call": compiled(data["frame"]["call"]),
        "standing": compiled(data["frame"]["standing"]),
        "timed": compiled(data["frame"]["timed"]),
        "joint_work": compiled(data["zones"]["joint_work"]),
        "duty_of": compiled(data["zones"]["duty_of"]),
    }


@cache
def openings() -> dict[str, re.Pattern[str]]:
    """How a line begins that is no item, or a label of a procedure; for its words in lower case."""
    data = rules("tasks")["not_an_item"]
    return {"not_item": for_lower_case(data["start"]), "procedure": for_lower_case(data["procedure"])}


@cache
def signed() -> dict[str, Gated]:
    """Those of them that are looked for anywhere in a line."""
    data = rules("tasks")
    return {
        "frame": gated(compiled(data["frame"]["ends"])),
        "listing": gated(compiled(data["not_an_item"]["listing"])),
        "form": gated(compiled(data["not_an_item"]["form"])),
        "meeting": gated(compiled(data["boilerplate"]["meeting"])),
    }
