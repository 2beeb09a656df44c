"""Further parts of a task: its actions, figures to reach, who receives the product, its ground, its span, its watcher.

Each is read from the task's own words (domain-vn.md 3.1 and 3.3); what the words do not say stays empty.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from corpus.text import fold
from nlp.model import Citation, Comparator, Period, Relation, Target, Task
from nlp.patterns import compiled, rules
from nlp.signs import Gated, gated
from nlp.task_actions import find_actions
from nlp.units import find_units, same_unit

_GROUNDS: frozenset[Relation] = frozenset({"basis", "per", "implements", "details", "guides"})
_REACH = 110
_MOST_TARGETS = 12
_INDICATOR = 160
_NEAR = 12
"""Tasks behind one within which the second hop stands."""


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = rules("tasks")["details"]
    own = {name: compiled(pattern) for name, pattern in data.items()}
    own["handed_to"] = compiled(rf"(?<!\w)(?<!giải )(?<!chương )(?<!quy )(?<!công )(?<!tiến ){data['handed_to']}")
    own["between"] = compiled(rules("tasks")["reporting"]["between"])
    own["not_between"] = compiled(rules("tasks")["reporting"]["not_between"])
    return own


def with_details(task: Task, text: str, cited: Sequence[Citation]) -> Task:
    """The task with all of its further parts; ``text`` is the document's, ``cited`` the citations inside the task."""
    grounds = (citation.symbol for citation in cited if citation.symbol and citation.relation in _GROUNDS)
    return replace(
        task,
        actions=find_actions(text, task.start, task.end),
        targets=tuple(_targets(task)),
        receivers=() if task.in_table else _receivers(task.text),
        basis=tuple(dict.fromkeys(grounds)),
        period=find_span(task.text),
        watch=bool(_patterns()["watch"].search(predicate(task))),
    )


def predicate(task: Task) -> str:
    """The task's words behind its own bodies and the cue before them."""
    words = task.text
    if task.lead_source == "explicit":
        ends = [words.find(name) + len(name) for name in task.lead if name in words]
        words = words[max(ends, default=0) :]
    return words.lstrip(" ,:;-–")


def _receivers(text: str) -> tuple[str, ...]:
    between, not_between = _patterns()["between"], _patterns()["not_between"]
    found: list[str] = []
    for match in _patterns()["handed_to"].finditer(text):
        window = text[match.end() : match.end() + _REACH]
        start, _, name = next(iter(find_units(window)), (0, 0, ""))
        if name and between.match(window[:start]) and not not_between.search(window[:start]):
            found.append(fold(name))
    return tuple(dict.fromkeys(found))


@cache
def _span() -> Gated:
    return gated(_patterns()["period"])


def find_span(text: str) -> Period | None:
    """The years that work is for: "giai đoạn 2026 - 2030", not the years in a programme's name."""
    match = _span().search(text)
    if not match or int(match["first"]) > int(match["last"]):
        return None
    label = fold(match[0]).strip(" ,;:(.").removeprefix("trong ").removeprefix("cho ")
    return Period(dt.date(int(match["first"]), 1, 1), dt.date(int(match["last"]), 12, 31), label)


# --- targets -------------------------------------------------------------------------------------------------------


def _targets(task: Task) -> Iterator[Target]:
    """The figures of ``task.target``: of a table's aim the indicator is the task itself."""
    if not task.target:
        return
    found = (_target(match, task) for match in _patterns()["figure"].finditer(task.target))
    yield from [target for target in found if target][:_MOST_TARGETS]


def _target(match: re.Match[str], task: Task) -> Target | None:
    value, upper = number(match["value"]), number(match["upper"]) if match["upper"] else None
    unit = match["unit"] or match["percent"]
    if value is None or not (unit or match["cue"] or task.in_table):
        return None
    said = task.text if task.in_table else _indicator(match, task)
    comparator: Comparator = "range" if upper is not None else _comparator(match["cue"] or "", match["more"])
    return Target(said, comparator, value, fold(unit) if unit else None, upper)


def _indicator(match: re.Match[str], task: Task) -> str:
    """What is measured: the words of the same clause before the figure."""
    place = task.text.find(match[0].strip())
    before = task.text[max(place - _INDICATOR, 0) : max(place, 0)]
    clause = re.split(r"[;.:]\s|,\s(?=phấn đấu|đạt)", before)[-1]
    return fold(re.sub(r"(?:,|\s)*(?:phấn đấu|để)?\s*$", "", clause)).strip(" ,")


def _comparator(cue: str, more: str | None) -> Comparator:
    cue = cue.strip().lower()
    if more:
        return ">=" if "lên" in more else "<="
    if cue.startswith(("tăng", "giảm")):
        return "increase" if cue.startswith("tăng") else "decrease"
    for name, sign in _SIGNS:
        if _patterns()[name].match(cue):
            return sign
    return "="


_SIGNS: tuple[tuple[str, Comparator], ...] = (
    ("more_than", ">"), ("at_least", ">="), ("at_most", "<="), ("less_than", "<"),
)  # fmt: skip


def number(printed: str) -> float | None:
    """A Vietnamese figure: dots part thousands, a comma the decimals ("7.349" is 7349, "84,46" is 84.46)."""
    digits = printed.strip(".,")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", digits):
        digits = digits.replace(".", "")
    elif re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}", digits):
        digits = digits.replace(",", "")
    try:
        return float(digits.replace(",", "."))
    except ValueError:
        return None


# --- two hops ------------------------------------------------------------------------------------------------------


def link_hops(tasks: Sequence[Task]) -> tuple[Task, ...]:
    """Units report to a Sở, the Sở sums up and reports: the first task feeds the second."""
    hops = (_second_hop(tasks, place) for place in range(len(tasks)))
    return tuple(replace(task, feeds=hop) if hop else task for task, hop in zip(tasks, hops, strict=True))


def _second_hop(tasks: Sequence[Task], place: int) -> str | None:
    task = tasks[place]
    towards = [name for name in (task.report_via, task.report_to, *task.receivers) if name]
    if task.in_table or not towards:
        return None
    near = [*tasks[place + 1 : place + 1 + _NEAR], *reversed(tasks[max(place - _NEAR, 0) : place])]
    for name in towards[:2]:
        for other in near:
            sums = "tổng hợp" in other.text and _patterns()["sums_up"].search(other.text)
            if sums and any(same_unit(name, lead) for lead in other.lead):
                return other.id
    return None
