"""What people say about tasks, in SQL: each operation is one transaction and can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select

from service.errors import Conflict, NotFound
from service.records import Operation, ReportCount, StoredTask, TaskCount, TaskEdit, TaskEvent
from service.store.sql import tables, task_rows
from service.store.sql.engine import Database
from service.store.sql.parts import among, parts
from service.store.sql.task_edits import Editing

UNDO = "undo"


class Reviews:
    """``service.store.ports.ReviewStore``."""

    _db: Database
    _zone: dt.tzinfo

    def edit_tasks(
        self, edits: Sequence[TaskEdit], *, action: str, by: str, at: dt.datetime, reason: str | None = None
    ) -> Operation:
        """Do all of it or nothing."""
        with self._db.write() as connection:
            number = _begin(connection, action, by, at, reason)
            editing = Editing(connection, number, action, by, at)
            for edit in edits:
                editing.apply(edit, reason)
            editing.finish()
            return self._operation(connection, number)

    def undo_operation(self, operation_id: int, *, by: str, at: dt.datetime) -> Operation:
        """Give the tasks back what the operation changed."""
        operations, events = tables.task_operations, tables.task_events
        with self._db.write() as connection:
            known = connection.execute(select(operations).where(operations.c.id == operation_id)).one_or_none()
            if known is None:
                raise NotFound("Không có thao tác này", operation=operation_id)
            if connection.scalar(select(operations.c.id).where(operations.c.undoes == operation_id)) is not None:
                raise Conflict("Thao tác này đã được hoàn tác", operation=operation_id)
            number = _begin(connection, UNDO, by, at, None, undoes=operation_id)
            editing = Editing(connection, number, UNDO, by, at)
            mine = select(events).where(events.c.operation_id == operation_id).order_by(events.c.id.desc())
            for event in connection.execute(mine).all():
                editing.undo(event)
            editing.finish()
            return self._operation(connection, number)

    def operations(self, document_id: int | None = None, *, limit: int = 20) -> list[Operation]:
        """What was done, the latest first."""
        query = _operations().order_by(tables.task_operations.c.id.desc()).limit(limit)
        if document_id is not None:
            query = query.where(tables.task_operations.c.document_id == document_id)
        with self._db.read() as connection:
            return [self._told(row) for row in connection.execute(query)]

    def task_history(self, task_id: int) -> list[TaskEvent]:
        """Every state of a task, the oldest first; one that never changed has the state in which it was found."""
        tasks, events, operations = tables.tasks, tables.task_events, tables.task_operations
        fixed = [tasks.c.document_id, tasks.c.known_at, tasks.c.origin]
        state = [events.c[name] for name in task_rows.STATE]
        said = [operations.c.person, operations.c.reason]
        columns = [events.c.id.label("event"), events.c.action, events.c.at, events.c.task_id.label("id"), *fixed]
        query: Select[Any] = select(*columns, *state, *said, events.c.id.label("version"))
        query = query.join(tasks, tasks.c.id == events.c.task_id).where(events.c.task_id == task_id)
        query = query.outerjoin(operations, operations.c.id == events.c.operation_id).order_by(events.c.id)
        with self._db.read() as connection:
            rows = connection.execute(query).all()
            row = connection.execute(select(tasks).where(tasks.c.id == task_id)).one_or_none()
        if row is None:
            raise NotFound("Không có nhiệm vụ này", task=task_id)
        if not rows:
            stored = task_rows.read_task(row, self._zone)
            return [TaskEvent(0, task_id, row.known_at.astimezone(self._zone), None, "found", None, stored)]
        return [self._event(row) for row in rows]

    def corrected_tasks(self) -> list[StoredTask]:
        """Tasks about which people said more than yes."""
        tasks = tables.tasks
        said = tasks.c.correction.is_not(None) | tasks.c.origin.is_not(None) | tasks.c.removal.is_not(None)
        query = select(tasks).where(said).order_by(tasks.c.document_id, tasks.c.ordinal)
        with self._db.read() as connection:
            found = [task_rows.read_task(row, self._zone) for row in connection.execute(query)]
        return [task for task in found if task.removal is None or task.removal.by is not None]

    def task_counts(self) -> list[TaskCount]:
        """Documents that have tasks with how many are reviewed."""
        tasks = tables.tasks
        counts = [func.count(), func.count(tasks.c.confirmed_at), func.count(tasks.c.correction)]
        query = select(tasks.c.document_id, *counts).where(tasks.c.removal.is_(None))
        with self._db.read() as connection:
            rows = connection.execute(query.group_by(tasks.c.document_id).order_by(tasks.c.document_id))
            return [TaskCount(*row) for row in rows]

    def report_counts(self, document_ids: Collection[int]) -> dict[int, ReportCount]:
        """Statements and waiting proposals of these reports."""
        items, links, found = tables.items.c, tables.links.c, dict[int, ReportCount]()
        stated = select(items.document_id, func.count()).where(items.vanished_at.is_(None)).group_by(items.document_id)
        proposed = select(items.document_id, func.count()).join_from(
            tables.items, tables.links, links.item_id == items.id
        )
        proposed = proposed.where(links.present, links.decision == "suggested").group_by(items.document_id)
        with self._db.read() as connection:
            for part in parts(document_ids):
                mine = among(items.document_id, part)
                waiting = {row[0]: row[1] for row in connection.execute(proposed.where(mine))}
                for number, count in connection.execute(stated.where(mine)):
                    found[number] = ReportCount(count, waiting.get(number, 0))
        return found

    def confirm_task(self, task_id: int, *, by: str, at: dt.datetime) -> None:
        """A person says that this is a task; the first one to say so stays on record."""
        query = select(tables.tasks.c.confirmed_at).where(tables.tasks.c.id == task_id)
        with self._db.read() as connection:
            row = connection.execute(query).one_or_none()
        if row is None or row.confirmed_at is None:
            self.edit_tasks([TaskEdit(task_id, confirmed=True)], action="confirm", by=by, at=at)

    def _event(self, row: Row[Any]) -> TaskEvent:
        stored = task_rows.read_task(row, self._zone)
        by = row.person or (stored.confirmed_by if row.action == "confirm" else None)
        return TaskEvent(row.event, row.id, row.at.astimezone(self._zone), by, row.action, row.reason, stored)

    def _operation(self, connection: Connection, number: int) -> Operation:
        return self._told(connection.execute(_operations().where(tables.task_operations.c.id == number)).one())

    def _told(self, row: Row[Any]) -> Operation:
        told = Operation(
            row.id, row.action, row.person, row.at, row.reason, row.document_id, row.tasks, row.undoes, row.undone
        )
        return replace(told, at=row.at.astimezone(self._zone))


def _begin(
    connection: Connection, action: str, by: str, at: dt.datetime, reason: str | None, *, undoes: int | None = None
) -> int:
    values = {"action": action, "person": by, "at": at, "reason": reason, "undoes": undoes}
    done = connection.execute(insert(tables.task_operations).values(values)).inserted_primary_key
    return int(done[0]) if done else 0


def _operations() -> Select[Any]:
    operations, events = tables.task_operations, tables.task_events
    later = operations.alias("later")
    undone = select(func.max(later.c.id)).where(later.c.undoes == operations.c.id).scalar_subquery()
    tasks = select(func.count(events.c.task_id.distinct())).where(events.c.operation_id == operations.c.id)
    return select(operations, tasks.scalar_subquery().label("tasks"), undone.label("undone"))
