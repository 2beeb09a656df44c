"""The directives of link sets (tests/gold/links) as gold of tasks, annotated by the hand that wrote them.

Where a directive's marks carry parts, whatever bears no mark is no task; where they carry none, only the tasks that
reports answer were marked, so recall is all that it can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from corpus.labels import read_label
from nlp.link_gold import GoldFile, Mark, read_set

Json = dict[str, Any]
_TASK_HEAD: Final = re.compile(r"nhiệm vụ|nội dung|công việc|giải pháp|hoạt động", re.IGNORECASE)


def directives(source: str, name: str) -> Iterator[Json]:
    """Gold for ``nlp.evaluate`` of each directive of a set, with its text as ``content``; ``name`` is the set's."""
    for file in read_set(source):
        if file.role == "directive" and any(mark.tasks for mark in file.marks):
            tasks = [_task(file, mark) for mark in file.marks]
            told = any(mark.parts for mark in file.marks)
            key = "tasks" if told else "listed"
            yield {"file": f"{name}/{file.name}", "content": file.text, key: tasks if told else _sure(tasks)}


def _sure(tasks: Sequence[Json]) -> list[Json]:
    return [task for task in tasks if "optional" not in task]


def _task(file: GoldFile, mark: Mark) -> Json:
    row = mark.line.startswith("|")
    task: Json = {"text": _cell(file, mark.line) if row else _unlabelled(mark.line), **mark.parts}
    task |= {"in_table": True} if row else {"product_begins": True}
    if mark.open:
        task |= {"optional": True}
    if "deadline" in task and _undated(task["deadline"]):
        # "-" and "- none" stand for no deadline and for a term that runs from an event
        task |= {"deadline": None, "event_uncertain": True}
    if task.get("deadline") and task["deadline"]["due"] is None:
        task["deadline"] = task["deadline"] | {"precision": None}
    return task


def _undated(deadline: Json | None) -> bool:
    return deadline is None or not (deadline["due"] or deadline["recurrence"])


def _unlabelled(line: str) -> str:
    """A line without its number, letter or bullet."""
    label = read_label(line)
    return line[label.length if label else 0 :].strip()


def _cell(file: GoldFile, row: str) -> str:
    """The cell of a row that tells the work: in the column whose head says so, else the longest."""
    cells = _cells(row)
    heads = _heads(file.text.splitlines(), row)
    told = [cell for head, cell in zip(heads, cells, strict=False) if _TASK_HEAD.search(head)]
    return told[0] if told else max(cells, key=len)


def _heads(lines: Sequence[str], row: str) -> list[str]:
    """The cells of the first row of the table that holds ``row``."""
    first = lines.index(row)
    while first and lines[first - 1].startswith("|"):
        first -= 1
    return _cells(lines[first])


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]
