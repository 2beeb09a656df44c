"""The "6 rõ" check: which of person, work, time, responsibility, product and authority a task leaves open.

The criteria stand in ``data/clarity.toml``; what is said there is domain, what stands here is how to read it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from nlp.assignees import is_collective
from nlp.model import Task
from nlp.patterns import any_of, compiled, rules


@dataclass(frozen=True, slots=True)
class Clear:
    """One of the six: whether it is clear, and in words why not."""

    id: str
    label: str
    ok: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Criterion:
    id: str
    label: str
    fields: tuple[str, ...]
    said: re.Pattern[str] | None
    vague: re.Pattern[str] | None
    saved_by: tuple[str, ...]
    single: bool
    missing: str
    unclear: str


@cache
def _criteria() -> tuple[_Criterion, ...]:
    return tuple(_read(row) for row in rules("clarity")["criteria"])


def _read(row: dict[str, Any]) -> _Criterion:
    def pattern(name: str) -> re.Pattern[str] | None:
        return compiled(any_of(row[name])) if row.get(name) else None

    return _Criterion(
        row["id"], row["label"], tuple(row["fields"]), pattern("said"), pattern("vague"),
        tuple(row.get("saved_by", ())), bool(row.get("single")), row["missing"], row["unclear"],
    )  # fmt: skip


def clarity(task: Task) -> tuple[Clear, ...]:
    """The six, always in the same order."""
    return tuple(_judge(criterion, task) for criterion in _criteria())


def unclear(task: Task) -> tuple[Clear, ...]:
    """Those of the six that the task leaves open."""
    return tuple(one for one in clarity(task) if not one.ok)


def labels() -> dict[str, str]:
    """The six by id, in words."""
    return {criterion.id: criterion.label for criterion in _criteria()}


def _judge(criterion: _Criterion, task: Task) -> Clear:
    values = [value for name in criterion.fields for value in _values(task, name)]
    said = bool(criterion.said and criterion.said.search(task.text))
    why = ""
    if criterion.single and values and not said and _open_lead(task):
        why = criterion.unclear.format(count=len(values), value="; ".join(values))
    elif not values and not said:
        late = criterion.id == "time" and task.deadline is not None
        why = criterion.unclear.format(value=task.deadline.text) if late and task.deadline else criterion.missing
    elif values and not said and _all_vague(criterion, values) and not _saved(criterion, task):
        why = criterion.unclear.format(value="; ".join(values), count=len(values))
    return Clear(criterion.id, criterion.label, not why, why)


def _values(task: Task, name: str) -> tuple[str, ...]:
    if name in ("due", "recurrence", "anchor"):
        value = getattr(task.deadline, name) if task.deadline else None
    else:
        value = getattr(task, name)
    parts = value if isinstance(value, tuple) else (value,)
    return tuple(str(part) for part in parts if part)


def _open_lead(task: Task) -> bool:
    """Several bodies side by side. One collective is clear in this: each of its members answers for itself."""
    return len(task.lead) > 1 and not all(is_collective(name) for name in task.lead)


def _all_vague(criterion: _Criterion, values: list[str]) -> bool:
    return criterion.vague is not None and all(criterion.vague.search(value.strip(" .;,")) for value in values)


def _saved(criterion: _Criterion, task: Task) -> bool:
    return any(_values(task, name) for name in criterion.saved_by)
