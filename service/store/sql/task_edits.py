"""The edits of one operation, applied to task rows, and what follows for links, reports and the index."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from nlp.model import Task
from service.errors import Conflict, InvalidInput, NotFound
from service.records import TaskEdit
from service.store import carry, overlay
from service.store.sql import codec, tables
from service.store.sql.gap_upkeep import mark_documents
from service.store.sql.links import DECIDED, change_link, move_link, unmove_links
from service.store.sql.task_rows import STATE, change_task, dropped, next_revision

_UNDONE = ("confirmed_by", "confirmed_at", "correction", "removal")
"""What people put on a task; the rest of its state is the readings'."""


@dataclass
class Editing:
    """One operation under way."""

    connection: Connection
    operation: int
    action: str
    by: str
    at: dt.datetime
    _documents: set[int] = field(default_factory=set)
    _number: int = 0

    def apply(self, edit: TaskEdit, reason: str | None) -> None:
        """One edit of the operation."""
        if edit.new is not None:
            self._add(edit, edit.new)
            return
        row = self._row(edit.task_id)
        if edit.version is not None and edit.version != row.version:
            raise Conflict(
                "Nhiệm vụ này đã được sửa sau khi Anh/Chị mở. Đề nghị tải lại trang rồi thực hiện lại.", task=row.id
            )
        values = self._corrected(row, edit) | self._confirmed(row, edit)
        if edit.removed is not None:
            values["removal"] = {**dropped(self.at), "by": self.by, "reason": reason, "into": edit.into}
            values["removal"] = values["removal"] if edit.removed else None
        if edit.into is not None:
            self._move_links(row.id, edit.into)
        if any(getattr(row, name) != value for name, value in values.items()):
            self._change(row, values)

    def undo(self, event: Row[Any]) -> None:
        """Take back what the operation did to one task; what readings brought since stays."""
        row, events = self._row(event.task_id), tables.task_events
        later = select(events.c.id).where(events.c.task_id == row.id, events.c.id > event.id)
        if self.connection.scalar(later.where(events.c.operation_id.is_not(None)).limit(1)) is not None:
            raise Conflict("Nhiệm vụ đã được sửa tiếp sau thao tác này nên không hoàn tác được.", task=row.id)
        earlier = select(events).where(events.c.task_id == row.id, events.c.id < event.id).order_by(events.c.id.desc())
        before = self.connection.execute(earlier.limit(1)).one_or_none()
        if before is None:  # the operation added it
            self._change(row, {"removal": {**dropped(self.at), "by": self.by, "reason": "hoàn tác"}})
            return
        unmove_links(self.connection, self._links(row.id), self.at)
        values = {name: getattr(before, name) for name in _UNDONE}
        self._change(row, values | self._laid(row, values["correction"]))

    def finish(self) -> None:
        """Tell the matrix and the index, and note which document the operation was about, if it was one."""
        outbox, operations = tables.outbox, tables.task_operations
        mark_documents(self.connection, self._documents)
        for number in sorted(self._documents):
            self.connection.execute(delete(outbox).where(outbox.c.document_id == number))
            self.connection.execute(insert(outbox).values(document_id=number))
            mark_documents(self.connection, [number])
        if len(self._documents) == 1:
            mine = update(operations).where(operations.c.id == self.operation)
            self.connection.execute(mine.values(document_id=next(iter(self._documents))))

    def _row(self, task_id: int | None) -> Row[Any]:
        found = self.connection.execute(select(tables.tasks).where(tables.tasks.c.id == task_id)).one_or_none()
        if found is None:
            raise NotFound("Không có nhiệm vụ này", task=task_id)
        return found

    def _corrected(self, row: Row[Any], edit: TaskEdit) -> dict[str, Any]:
        if not edit.fields and not edit.revert:
            return {}
        if row.removal is not None:
            raise Conflict("Nhiệm vụ này đã được đưa ra khỏi danh sách; khôi phục trước khi sửa.", task=row.id)
        below = row.extracted or row.facts
        fields = _json(edit.fields)
        found = overlay.revert(row.correction, edit.revert) if row.origin is None else row.correction
        if row.origin is None:
            found = overlay.correct(below, found, fields, by=self.by, at=self._moment())
        else:  # nothing lies below: the person's words stand by themselves
            new = {n: {"value": v, "was": None, "by": self.by, "at": self._moment()} for n, v in fields.items()}
            found = {**(row.correction or {}), **new}
        return {"correction": found, **self._laid(row, found)}

    def _laid(self, row: Row[Any], correction: dict[str, Any] | None) -> dict[str, Any]:
        """Facts for a correction laid over the present reading (over the present facts where there is none)."""
        below = row.extracted or row.facts
        kept = row.extracted if row.origin is not None else below if correction else None
        return {"facts": overlay.apply(below, correction), "extracted": kept}

    def _confirmed(self, row: Row[Any], edit: TaskEdit) -> dict[str, Any]:
        if edit.confirmed is None or edit.confirmed == (row.confirmed_at is not None):
            return {}
        if not edit.confirmed:
            return {"confirmed_by": None, "confirmed_at": None}
        return {"confirmed_by": self.by, "confirmed_at": self.at}

    def _add(self, edit: TaskEdit, task: Task) -> None:
        if edit.document_id is None or edit.origin is None:
            raise InvalidInput("Nhiệm vụ nhập tay phải thuộc một văn bản.")
        tasks = tables.tasks
        place = func.coalesce(func.max(tasks.c.ordinal), -1) + 1
        ordinal = self.connection.scalar(select(place).where(tasks.c.document_id == edit.document_id)) or 0
        facts = codec.dump(replace(task, id=task.id or f"tay/{edit.document_id}/{ordinal + 1}"))
        state = {"facts": facts, "correction": overlay.by_hand(facts, by=self.by, at=self._moment())}
        if edit.confirmed:
            state |= {"confirmed_by": self.by, "confirmed_at": self.at}
        fixed = {"document_id": edit.document_id, "ordinal": ordinal, "known_at": self.at}
        fixed |= {"task_class": task.class_, "revision": self._revision(), "origin": codec.dump(edit.origin)}
        made = self.connection.execute(insert(tasks).values(**fixed, **state)).inserted_primary_key
        number = made[0] if made else 0
        event = {"task_id": number, "operation_id": self.operation, "action": self.action, "at": self.at, **state}
        version = self.connection.execute(insert(tables.task_events).values(event)).inserted_primary_key
        changed = update(tasks).where(tasks.c.id == number)
        self.connection.execute(changed.values(version=version[0] if version else 0))
        self._documents.add(edit.document_id)

    def _change(self, row: Row[Any], values: dict[str, Any]) -> None:
        """The row, its history, and what rests on it."""
        state: dict[str, Any] = {name: values[name] for name in STATE if name in values}
        changes = state.get("facts", row.facts) != row.facts or state.get("removal", row.removal) != row.removal
        if changes:
            state["revision"] = self._revision()
        change_task(self.connection, row, state, action=self.action, at=self.at, operation=self.operation)
        self._documents.add(row.document_id)
        if values.get("removal"):
            self._withdraw(row.id)
        elif "facts" in values and carry.moves_links(codec.load(Task, row.facts), codec.load(Task, values["facts"])):
            self._suspect(row.id)

    def _suspect(self, task_id: int) -> None:
        for link in self._links(task_id):
            if link.present and not link.suspect:
                change_link(self.connection, link.id, {"suspect": True, "known_at": self.at})

    def _withdraw(self, task_id: int) -> None:
        """The machine's proposals for a task that is gone; the reports they came from wait for linking."""
        links, reports, items = self._links(task_id), tables.reports, tables.items
        for link in links:
            if link.present and link.decision not in DECIDED:
                change_link(self.connection, link.id, {"present": False, "known_at": self.at})
        theirs = select(items.c.document_id).where(items.c.id.in_({link.item_id for link in links}))
        self.connection.execute(update(reports).where(reports.c.document_id.in_(theirs)).values(linked_revision=None))

    def _move_links(self, task_id: int, into: int) -> None:
        """Confirmed links go with a task into the one that it is merged into, to be looked at again."""
        target = {link.item_id: link for link in self._links(into)}
        for link in self._links(task_id):
            if link.present and link.decision == "confirmed":
                move_link(self.connection, link, target.get(link.item_id), into, self.at)

    def _links(self, task_id: int) -> list[Row[Any]]:
        links = tables.links
        query = select(links).where(links.c.task_id == task_id).order_by(links.c.id)
        return list(self.connection.execute(query))

    def _revision(self) -> int:
        self._number = self._number or next_revision(self.connection)
        return self._number

    def _moment(self) -> str:
        return self.at.astimezone(dt.UTC).isoformat(timespec="microseconds")


def _json(fields: Mapping[str, object]) -> dict[str, Any]:
    """Values of task fields as they are stored."""
    whole = codec.dump(replace(Task("", "", 0, 0), **fields))  # type: ignore[arg-type]  # names are checked by overlay
    return {name: whole[name] for name in fields}
