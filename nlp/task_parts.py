"""What every task gets besides its text and lead: class, modality, product, target, reporting, citations, section.

A task is followed on its own (``tracked``) when it has a product, a deadline, a target or a recurrence; the rest is
general work that a unit reports on within its periodic report.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from corpus.model import Document, Node
from corpus.text import fold
from nlp.deadlines import Found, find_deadlines
from nlp.model import Citation, Header, Modality, Task
from nlp.patterns import compiled, rules
from nlp.signs import Gated, gated
from nlp.task_details import with_details
from nlp.task_products import find_outputs, handed_in
from nlp.units import find_units

_REPORTS = re.compile(r"báo\s+cáo|gửi|trình", re.IGNORECASE)
_RECEIVER_REACH = 140
_ANNEX = "Phụ lục"


@dataclass(slots=True)
class Setting:
    """The document around its tasks."""

    document: Document
    tree: Sequence[Node]
    header: Header
    citations: Sequence[Citation]
    starts: list[int] = field(init=False)
    annexes: list[Node] = field(init=False)

    def __post_init__(self) -> None:
        self.starts = [citation.start for citation in self.citations]
        self.annexes = [node for node in self.tree if node.level == _ANNEX]

    @property
    def year(self) -> int | None:
        """The year that a deadline without one means."""
        return self.header.date.year if self.header.date else None

    def cited(self, start: int, end: int) -> list[Citation]:
        """The citations between two offsets."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return [self.citations[place] for place in range(first, last)]

    def annex(self, offset: int) -> str | None:
        """The annex that holds an offset ("Phụ lục III")."""
        place = bisect_right(self.annexes, offset, key=lambda node: node.start) - 1
        if place < 0 or offset >= self.annexes[place].body_end:
            return None
        return fold(self.annexes[place].label) or None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = rules("tasks")
    return {
        "prohibition": compiled(data["modality"]["prohibition"]),
        "soft": compiled(data["modality"]["soft"]),
        "study": compiled(data["modality"]["study"]),
        "between": compiled(data["reporting"]["between"]),
        "not_between": compiled(data["reporting"]["not_between"]),
        "report_to": compiled(rf"(?<!\w){data['reporting']['to']}"),
        "report_via": compiled(rf"(?<!\w){data['reporting']['via']}"),
    }


def complete(task: Task, setting: Setting) -> Task:
    """Fill what can be read from the task's own words."""
    cited = setting.cited(task.start, task.end)
    symbols = [citation.symbol for citation in cited if citation.symbol]
    annex = setting.annex(task.start) if task.in_table else None
    outputs = () if task.in_table else find_outputs(task.text)
    task = replace(
        task,
        citations=tuple(dict.fromkeys(symbols)),
        section=(annex, *task.section) if annex else task.section,
        outputs=outputs,
        product=task.product or handed_in(task, outputs, _predicate(task)),
        target=task.target or (None if task.in_table else _target(task.text)),
        modality=_modality(task),
    )
    task = with_details(_reporting(task, setting.year), setting.document.text, cited)
    named = task.product or task.outputs or task.deadline or task.target
    tracked = bool(named) and task.modality != "standing"
    return replace(task, class_="tracked") if tracked else task


@cache
def _figure() -> Gated:
    return gated(compiled(rf"(?<!\w){rules('tasks')['target']['figure']}"))


def _target(text: str) -> str | None:
    match = _figure().search(text)
    return fold(match[0]) if match else None


def _modality(task: Task) -> Modality:
    if task.modality == "standing":
        return "standing"
    predicate = _predicate(task)
    for name in ("prohibition", "soft", "study"):
        if _patterns()[name].match(predicate):
            return name
    return task.modality


def _predicate(task: Task) -> str:
    """What a task says without the bodies at its head."""
    if task.lead_source == "explicit" and task.lead and task.text.startswith(task.lead[0]):
        return task.text[len(task.lead[-1]) + max(task.text.rfind(task.lead[-1]), 0) :].strip(" ,")
    return task.text


def _reporting(task: Task, year: int | None) -> Task:
    """To whom, through whom and until when the result is to be reported."""
    if task.in_table or not _REPORTS.search(task.text):
        return task
    via = _body_after(task.text, _patterns()["report_via"], direct=True)
    to = _body_after(task.text, _patterns()["report_to"])
    due = _report_due(task.text, find_deadlines(task.text, year=year)) if to or "báo cáo" in task.text.lower() else None
    return replace(task, report_to=to, report_via=via, report_due=due)


def _body_after(text: str, cue: re.Pattern[str], *, direct: bool = False) -> str | None:
    """The first body behind a cue with nothing but its object between: "báo cáo kết quả về Sở Nội vụ"."""
    between, not_between = _patterns()["between"], _patterns()["not_between"]
    for match in cue.finditer(text):
        window = text[match.end() : match.end() + _RECEIVER_REACH]
        for start, _, name in find_units(window):
            if direct and window[:start].strip():
                break
            if between.match(window[:start]) and not not_between.search(window[:start]):
                return fold(name)
            break
    return None


def _report_due(text: str, found: Sequence[Found]) -> str | None:
    """The deadline in the clause that speaks of reporting, as a date where it is one."""
    for one in found:
        clause = re.split(r"[;.]\s|\n", text[: one.end])[-1]
        if _REPORTS.search(clause):
            return one.deadline.due.isoformat() if one.deadline.due else one.deadline.text
    return None
