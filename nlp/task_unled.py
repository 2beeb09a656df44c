"""Work that nobody is named for: items of a section of tasks and solutions in a plan, a programme or a directive.

"II. NHIỆM VỤ, GIẢI PHÁP" lists what is to be done; who does it stands in a closing part, or nowhere. Such items are
tasks without a lead, and the office sees that nobody is in charge (gap rule ``no_lead``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter

from nlp.deadlines import read_cell
from nlp.model import Deadline, Task
from nlp.patterns import compiled, for_lower_case, rules
from nlp.signs import Gated, gated
from nlp.task_outline import Element, Outline
from nlp.task_subjects import starts_with_verb

_MAX_HEADING = 160
_FIRST_WORDS = 6
"""So many words may tell the time before the verb: "Định kỳ 6 tháng báo cáo …"."""
_TIME_REACH = 110
_MANY_TIMED = 0.3
"""Such a share of a section's items says when. In real plans it is below 0.1 where a later part assigns the work."""
_WORD = re.compile(r"\s+")


@cache
def _heading() -> re.Pattern[str]:
    return for_lower_case(rules("tasks")["unled"]["heading"])


@cache
def _announces() -> Gated:
    return gated(compiled(rules("tasks")["unled"]["announcing"]))


@cache
def _short() -> re.Pattern[str]:
    return compiled(rules("tasks")["unled"]["short"])


@cache
def _timed() -> re.Pattern[str]:
    return compiled(rules("tasks")["unled"]["timed"])


def may_be_unled(kind: str | None) -> bool:
    """Whether texts of a kind give work in sections of tasks without naming a body."""
    return kind in rules("tasks")["unled"]["kinds"]


def is_plan(kind: str | None) -> bool:
    """Whether a kind is there to give work: where nobody is named, its sections of tasks are all that it gives."""
    return kind in rules("tasks")["unled"]["plans"]


def opens_work(element: Element) -> bool:
    """Whether an element is the heading of a section of tasks and solutions."""
    if not element.level or len(element.words) > _MAX_HEADING or element.zone in {"excluded", "money"}:
        return False
    return _is_work(element.low.strip(" .:*_"))


@lru_cache(maxsize=1024)
def _is_work(heading: str) -> bool:
    """The same of its words; each item below asks again."""
    return bool(_heading().match(heading))


@dataclass(slots=True)
class OpenWork:
    """The sections and lists of work of one text that name nobody, and their items."""

    heads: set[int] = field(default_factory=set)
    runs: dict[tuple[int, str], int] = field(default_factory=dict)
    pending: int | None = None
    items: list[tuple[int, Task]] = field(default_factory=list)

    def announce(self, element: Element, index: int) -> None:
        """A sentence that announces work without saying whose opens the list that follows it."""
        if not _announces().search(element.words, low=element.low):
            return
        if element.level:
            self.heads.add(index)
        else:
            self.pending = index

    def enter(self, element: Element) -> None:
        """The first item behind an announcement tells which list is meant."""
        if self.pending is not None and element.level:
            self.runs[element.parent, element.level] = self.pending
            self.pending = None

    def section(self, outline: Outline, index: int) -> int | None:
        """The section of tasks and solutions, or the announcement, that an element stands under."""
        for above in (index, *outline.ancestors(index)):
            element = outline.elements[above]
            if above != index and (above in self.heads or opens_work(element)):
                return above
            if self.runs and (element.parent, element.level) in self.runs:
                return self.runs[element.parent, element.level]
        return None

    def tasks(self, *, alone: bool) -> Iterator[Task]:
        """Which items are tasks.

        A section is a programme of work where many of its items say until when; then all are tasks. Of a section that
        only tells the direction ("Nâng cao hiệu quả …") those are tasks that say when; all of them where nothing else
        in the text gives work (``alone``).
        """
        for _, items in groupby(self.items, key=itemgetter(0)):
            tasks = [task for _, task in items]
            timed = [task for task in tasks if task.deadline and _is_term(task.deadline)]
            yield from tasks if alone or len(timed) >= _MANY_TIMED * len(tasks) else timed


def _is_term(deadline: Deadline) -> bool:
    """Whether work is to be done by a day, or again and again; a year that directions look to is an aim."""
    if deadline.due:
        return deadline.precision != "year" or not _AIM.match(deadline.text)
    return deadline.recurrence not in {None, "continuous", "on-request"}


_AIM = compiled(r"(?:phấn đấu |mục tiêu )?(?:đến|vào|trước) năm")


def orders(words: str) -> bool:
    """Whether a line says what is to be done: it begins with a verb, or with its time and then a verb."""
    if starts_with_verb(words) or _short().match(words):
        return True
    if not _timed().match(words):
        return False
    comma = words.find(", ", 0, _TIME_REACH)
    if comma >= 0 and starts_with_verb(words, comma + 2):
        return read_cell(words[:comma]) is not None
    gaps = [gap.end() for _, gap in zip(range(_FIRST_WORDS), _WORD.finditer(words), strict=False)]
    return any(starts_with_verb(words, at) and read_cell(words[: at - 1]) for at in gaps[1:])
