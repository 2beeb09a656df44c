"""Deadlines said once for many tasks: by the head of their list, or by a sentence behind it that speaks of all.

"Các đơn vị thực hiện các nội dung sau, xong trước ngày 20/3/2024:"; "Các nhiệm vụ trên hoàn thành trong quý II/2025."
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from re import Pattern

from nlp.deadlines import find_deadlines
from nlp.model import Deadline, Task
from nlp.patterns import compiled, rules
from nlp.task_outline import Outline

_SIGNS = ("hoàn thành", "xong", "rước", "hậm nhất", "hời hạn", "hời gian", "rong ", "đến")
"""Parts of the words with which a term is said: a cheap look before the search."""
_LONGEST = 600


@cache
def _patterns() -> dict[str, Pattern[str]]:
    data = rules("tasks")["shared_term"]
    return {name: compiled(pattern) for name, pattern in data.items()}


def with_shared_terms(outline: Outline, tasks: list[Task], year: int | None) -> list[Task]:
    """The tasks, those without a deadline with the one that holds for all around them, the nearest first."""
    for start, end, deadline in sorted(_terms(outline, year), key=lambda term: term[1] - term[0]):
        for place, task in enumerate(tasks):
            if start < task.start < end and not task.deadline:
                tasks[place] = replace(task, deadline=deadline)
    return tasks


def _terms(outline: Outline, year: int | None) -> Iterator[tuple[int, int, Deadline]]:
    """Each term with the stretch of text that it holds for."""
    for index, element in enumerate(outline.elements):
        words = element.words
        heads = element.children or words.endswith(":")
        if not (heads or not element.level) or len(words) > _LONGEST or element.zone in {"excluded", "recipients"}:
            continue
        if not any(sign in words for sign in _SIGNS):
            continue
        if heads and (deadline := _said(words, "head", year)):
            yield element.start, _reach(outline, index), deadline
        elif not heads and (deadline := _said(words, "closing", year)):
            yield _opens(outline, index), element.start, deadline


def _said(words: str, how: str, year: int | None) -> Deadline | None:
    if not _patterns()[how].search(words):
        return None
    found = find_deadlines(words, year=year)
    return found[0].deadline if found and found[0].deadline.due else None


def _reach(outline: Outline, index: int) -> int:
    """Where that ends which a head speaks of: its items, or those that follow it up to the next head beside it."""
    elements = outline.elements
    element = elements[index]
    if element.children:
        return _last(outline, index)
    following = elements[index + 1] if index + 1 < len(elements) else element
    parent = following.parent if following.level else element.parent
    beside = _beside(outline, parent)
    behind = beside[bisect_left(beside, index) + 1 :]
    heads = (other for other in behind if not elements[other].level and elements[other].words.endswith(":"))
    other = next(heads, None)
    if other is not None:
        return elements[other].start
    return _last(outline, beside[-1])


def _last(outline: Outline, index: int) -> int:
    """The end of an element with all that is inside it."""
    while outline.elements[index].children:
        index = outline.elements[index].children[-1]
    return outline.elements[index].end


def _beside(outline: Outline, parent: int) -> Sequence[int]:
    if parent >= 0:
        return outline.elements[parent].children
    return [index for index, element in enumerate(outline.elements) if element.parent < 0]


def _opens(outline: Outline, index: int) -> int:
    """Where that begins which a closing sentence speaks of: the part of the text it stands in."""
    parent = outline.elements[index].parent
    return outline.elements[parent].start if parent >= 0 else 0
