"""What happened to a task, step by step, with before and after in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from service.ports import Ports
from service.records import StoredTask
from service.review.edit import ACTIONS
from service.review.fields import FIELDS, shown


@dataclass(frozen=True, slots=True)
class Change:
    """A field before and after."""

    field: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step: when, who ("máy" for a reading), what, which fields."""

    at: dt.datetime
    by: str
    action: str
    words: str
    reason: str | None
    changes: tuple[Change, ...]


def history(app: Ports, task_id: int) -> list[Step]:
    """The steps, the oldest first."""
    steps, before = [], None
    for event in app.store.task_history(task_id):
        words = ACTIONS.get(event.action, event.action)
        changed = _changes(before, event.stored) if before else ()
        steps.append(Step(event.at, event.by or "máy", event.action, words, event.reason, changed))
        before = event.stored
    return steps


def _changes(old: StoredTask, new: StoredTask) -> tuple[Change, ...]:
    pairs = ((field, shown(old.task, name), shown(new.task, name)) for name, field in FIELDS.items())
    found = [Change(field.name, field.label, before, after) for field, before, after in pairs if before != after]
    states = (
        ("confirmed", "Duyệt", _confirmed(old), _confirmed(new)),
        ("removal", "Danh sách", _listed(old), _listed(new)),
    )
    return (*found, *(Change(*state) for state in states if state[2] != state[3]))


def _confirmed(stored: StoredTask) -> str:
    return "đã duyệt" if stored.confirmed else "chờ duyệt"


def _listed(stored: StoredTask) -> str:
    return "đã đưa ra" if stored.removal else "trong danh sách"
