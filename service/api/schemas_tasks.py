"""What the API takes and gives about the review of tasks."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import BaseModel, Field

from nlp.clarity import clarity
from nlp.contract import task_json
from service import review, task_list
from service.records import Operation, StoredTask
from service.review.trust import trust

Action = Literal["confirm", "unconfirm", "tracked", "general", "remove", "restore", "merge"]


class TaskFilters(BaseModel):
    """Which tasks are listed; each filter that is given must hold."""

    directive: str | None = None
    document_id: int | None = None
    unit: str | None = None
    class_: Literal["tracked", "general"] | None = Field(None, alias="class")
    confirmed: bool | None = None
    removed: bool = False
    """Also those that people took off the list."""
    limit: int = Field(500, ge=1, le=5_000)
    offset: int = Field(0, ge=0)

    def choice(self) -> task_list.Choice:
        """As the use case takes them."""
        return task_list.Choice(self.directive, self.document_id, self.unit, self.class_, self.confirmed, self.removed)


class CorrectionOut(BaseModel):
    """A field that a person put right."""

    field: str
    value: Any
    was: Any
    by: str
    at: dt.datetime


class ClearOut(BaseModel):
    """One of the "6 rõ"."""

    id: str
    label: str
    ok: bool
    why: str


class ReviewTaskOut(BaseModel):
    """A task as reviewed: the contract's task with corrections over it, and what people said about it."""

    id: int
    document_id: int
    version: int
    task: dict[str, Any]
    machine: dict[str, Any] | None
    """The contract's task as the machine reads it, where people corrected it."""
    corrections: list[CorrectionOut]
    confirmed: bool
    confirmed_by: str | None
    confirmed_at: dt.datetime | None
    vanished_at: dt.datetime | None
    origin: str
    removed_by: str | None
    removed_reason: str | None
    trust: dict[str, float]
    clarity: list[ClearOut]

    @classmethod
    def of(cls, stored: StoredTask) -> ReviewTaskOut:
        """From the store's row."""
        extracted = stored.origin is None
        said = [
            CorrectionOut(field=one.field.rstrip("_"), value=one.value, was=one.was, by=one.by, at=one.at)
            for one in (stored.corrections if extracted else ())
        ]
        levels = trust(stored.machine or stored.task) if extracted else {}
        return cls(
            id=stored.id,
            document_id=stored.document_id,
            version=stored.version,
            task=task_json(stored.task),
            machine=task_json(stored.machine) if stored.machine else None,
            corrections=said,
            confirmed=stored.confirmed,
            confirmed_by=stored.confirmed_by,
            confirmed_at=stored.confirmed_at,
            vanished_at=stored.vanished_at,
            origin=stored.origin.kind if stored.origin else "extracted",
            removed_by=stored.removal.by if stored.removal else None,
            removed_reason=stored.removal.reason if stored.removal else None,
            trust={name.rstrip("_"): round(one.value, 3) for name, one in levels.items()},
            clarity=[ClearOut(id=c.id, label=c.label, ok=c.ok, why=c.why) for c in clarity(stored.task)],
        )


class FieldsIn(BaseModel):
    """Fields as an officer writes them ("Sở Nội vụ; Sở Y tế", "quý II/2026"), by the contract's names."""

    fields: dict[str, str]
    version: int | None = None
    reason: str | None = None

    def written(self) -> dict[str, str]:
        """With the names of ``nlp.model.Task``."""
        return {"class_" if name == "class" else name: text for name, text in self.fields.items()}


class NewTaskIn(FieldsIn):
    """A task by hand: in a document, or alone with who said it and when."""

    document_id: int | None = None
    note: str = ""
    kind: str = ""
    issuer: str = ""
    date: dt.date | None = None


class SplitIn(BaseModel):
    """The parts, in order; the task keeps the first."""

    parts: list[str]
    version: int | None = None


class ActionIn(BaseModel):
    """Something done to several tasks at once."""

    action: Action
    ids: list[int] = Field(min_length=1, max_length=5_000)
    reason: str = ""


class PairDecisionIn(BaseModel):
    """A person's word on two tasks that read alike."""

    decision: Literal["same", "different"] | None


class OperationOut(BaseModel):
    """What was done, who did it, and whether it was undone."""

    id: int
    action: str
    words: str
    by: str
    at: dt.datetime
    reason: str | None
    document_id: int | None
    tasks: int
    undoes: int | None
    undone: int | None

    @classmethod
    def of(cls, one: Operation) -> OperationOut:
        """From the store's row."""
        return cls(
            id=one.id, action=one.action, words=review.ACTIONS.get(one.action, one.action), by=one.by, at=one.at,
            reason=one.reason, document_id=one.document_id, tasks=one.tasks, undoes=one.undoes, undone=one.undone,
        )  # fmt: skip


class StepOut(BaseModel):
    """A step of a task's history with before and after in words."""

    at: dt.datetime
    by: str
    action: str
    words: str
    reason: str | None
    changes: list[dict[str, str]]

    @classmethod
    def of(cls, step: review.Step) -> StepOut:
        """From the use case."""
        changes = [{"field": c.field, "label": c.label, "before": c.before, "after": c.after} for c in step.changes]
        return cls(at=step.at, by=step.by, action=step.action, words=step.words, reason=step.reason, changes=changes)


class PlanOut(BaseModel):
    """What a task list would change, or did."""

    rows: int
    entries: list[dict[str, Any]]
    problems: list[dict[str, Any]]
    applied: int | None
    """The operation, where it was applied."""

    @classmethod
    def of(cls, made: task_list.Plan, done: Operation | None) -> PlanOut:
        """From the use case."""
        entries = [
            {
                "row": e.row,
                "task": e.task_id,
                "text": e.text,
                "action": e.action,
                "changes": list(map(list, e.changes)),
            }
            for e in made.entries
        ]
        problems = [{"row": p.row, "column": p.column, "message": p.message} for p in made.problems]
        return cls(rows=made.rows, entries=entries, problems=problems, applied=done.id if done else None)
