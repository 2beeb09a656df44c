"""One task's row and its history: every change goes through ``change_task``, which keeps each state."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from nlp.model import Task
from service.records import Correction, Origin, Removal, StoredTask
from service.store.sql import codec, tables
from service.store.sql.gap_upkeep import mark_tasks

STATE: Final = (
    "facts", "confirmed_by", "confirmed_at", "vanished_at", "extracted", "correction", "removal",
)  # fmt: skip
"""Columns that a task and each of its events have in common."""
DROPPED: Final = "reread"
"""Reason of a removal by the machine."""


def change_task(
    connection: Connection,
    row: Row[Any],
    values: dict[str, Any],
    *,
    action: str,
    at: dt.datetime,
    operation: int | None = None,
) -> None:
    """Change a task's row and keep the new state; before the first change, the state in which it was found."""
    if row.version == 0:
        _keep_first(connection, row)
    state = {name: getattr(row, name) for name in STATE} | {name: values[name] for name in STATE if name in values}
    event = {"task_id": row.id, "operation_id": operation, "action": action, "at": at, **state}
    mark_tasks(connection, [row.id])
    version = connection.execute(insert(tables.task_events).values(event)).inserted_primary_key
    tasks = tables.tasks
    if "facts" in values:
        values = {**values, "task_class": values["facts"]["class_"]}
    changed = update(tasks).where(tasks.c.id == row.id)
    connection.execute(changed.values(**values, version=version[0] if version else 0))


def _keep_first(connection: Connection, row: Row[Any]) -> None:
    """What was known before anything happened; an older store confirmed tasks without keeping a state."""
    state = {name: getattr(row, name) for name in STATE}
    confirmed = {name: state.pop(name) for name in ("confirmed_by", "confirmed_at")}
    first = {"task_id": row.id, "action": "found", "at": row.known_at, **state}
    connection.execute(insert(tables.task_events).values(first))
    if confirmed["confirmed_at"] is not None:
        later = {**first, **confirmed, "action": "confirm", "at": confirmed["confirmed_at"]}
        connection.execute(insert(tables.task_events).values(later))


def read_task(row: Row[Any], zone: dt.tzinfo) -> StoredTask:
    """A row of ``tasks`` (or its columns with an event's state) as a value."""

    def local(moment: dt.datetime | None) -> dt.datetime | None:
        return moment.astimezone(zone) if moment else None

    return StoredTask(
        id=row.id,
        document_id=row.document_id,
        task=codec.load(Task, row.facts),
        confirmed=row.confirmed_at is not None,
        known_at=local(row.known_at),
        confirmed_by=row.confirmed_by,
        confirmed_at=local(row.confirmed_at),
        vanished_at=local(row.vanished_at),
        machine=codec.load(Task, row.extracted) if row.extracted else None,
        corrections=_corrections(row, zone),
        origin=codec.load(Origin, row.origin) if row.origin else None,
        removal=_removal(row, zone),
        version=row.version,
    )


def _corrections(row: Row[Any], zone: dt.tzinfo) -> tuple[Correction, ...]:
    entries = (row.correction or {}).items()
    return tuple(
        Correction(
            name, entry["value"], entry["was"], entry["by"], dt.datetime.fromisoformat(entry["at"]).astimezone(zone)
        )
        for name, entry in entries
    )


def _removal(row: Row[Any], zone: dt.tzinfo) -> Removal | None:
    if not row.removal:
        return None
    moment = dt.datetime.fromisoformat(row.removal["at"]).astimezone(zone)
    return Removal(moment, row.removal["by"], row.removal.get("reason"), row.removal.get("into"))


def select_tasks(known_at: dt.datetime | None, *, removed: bool = False) -> list[Select[Any]]:
    """The queries that together give the tasks as they are, or as they were known at a moment."""
    tasks, events = tables.tasks, tables.task_events
    if known_at is None:
        queries, state = [select(tasks)], tasks
    else:
        fixed = [tasks.c.id, tasks.c.document_id, tasks.c.ordinal, tasks.c.known_at, tasks.c.origin]
        last = select(func.max(events.c.id)).where(events.c.at <= known_at).group_by(events.c.task_id)
        then = select(*fixed, events.c.id.label("version"), *(events.c[name] for name in STATE))
        changed = then.join(events, events.c.task_id == tasks.c.id).where(events.c.id.in_(last))
        queries, state = [changed], events
    if not removed:
        queries = [query.where(state.c.removal.is_(None)) for query in queries]
    if known_at is not None:
        queries.append(select(tasks).where(tasks.c.version == 0, tasks.c.known_at <= known_at))
    return queries


def dropped(at: dt.datetime) -> dict[str, Any]:
    """The removal of a task that a new reading no longer finds and nobody decided about."""
    return {"at": at.astimezone(dt.UTC).isoformat(), "by": None, "reason": DROPPED, "into": None}


def next_revision(connection: Connection) -> int:
    """A new number for this commit. The row stays locked until then, so numbers follow each other as commits do."""
    counted = update(tables.revision).values(value=tables.revision.c.value + 1).returning(tables.revision.c.value)
    return int(connection.execute(counted).scalar_one())
