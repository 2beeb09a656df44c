"""What a statement claims of one task: the same figure is a part of one target and the whole of another."""

from __future__ import annotations

from typing import Final

from nlp.assignees import is_collective
from nlp.model import ClaimedStatus, ReportItem, Task
from nlp.status_counts import against_target
from nlp.status_words import plain

_MEASURED: Final = frozenset({"done", "unknown"})


def claimed_for(item: ReportItem, task: Task) -> ClaimedStatus:
    """The statement's status, measured against the target in the task's wording ("03 mỏ" of the 05 asked for).

    Only where one unit owes the whole figure once: of a collective's or a recurring target each report gives a share.
    """
    recurs = task.deadline is not None and task.deadline.recurrence is not None
    shared = len(task.lead) != 1 or is_collective(task.lead[0])
    if item.claimed_status not in _MEASURED or recurs or shared:
        return item.claimed_status
    answer = against_target(plain(item.text), plain(task.text))
    if answer is None:
        return item.claimed_status
    return "done" if answer == "reached" else "partial"
