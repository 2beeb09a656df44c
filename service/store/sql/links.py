"""Links in SQL: the present state in ``links``, every state there ever was in ``link_events``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, FromClause, Row, Select, func, insert, select, update

from service.errors import NotFound
from service.records import Decision, Link, NewLink, Reason
from service.store.sql import codec, tables
from service.store.sql.engine import Database

STATE = (
    "rank", "probability", "calibrated", "decision", "scorer", "reasons",
    "decided_by", "decided_at", "known_at", "present",
)  # fmt: skip
SCORED = ("rank", "probability", "calibrated", "decision", "scorer", "reasons", "present")
DECIDED = ("confirmed", "rejected")


class Links:
    """``service.store.ports.LinkStore``."""

    _db: Database
    _zone: dt.tzinfo

    def put_links(self, item_id: int, links: Sequence[NewLink], *, at: dt.datetime) -> None:
        """Replace the machine's proposals for an item; what a person decided stays as it is."""
        wanted = {link.task_id: _state(link, at) for link in links}
        with self._db.write() as connection:
            query = select(tables.links).where(tables.links.c.item_id == item_id)
            kept = {row.task_id: row for row in connection.execute(query)}
            for task_id, state in wanted.items():
                self._put(connection, item_id, task_id, state, kept.get(task_id))
            for task_id, row in kept.items():
                if task_id not in wanted and row.present and row.decision not in DECIDED:
                    _change(connection, row.id, {"present": False, "known_at": at})

    def links(
        self,
        *,
        item_id: int | None = None,
        task_id: int | None = None,
        document_id: int | None = None,
        decision: Decision | None = None,
        known_at: dt.datetime | None = None,
    ) -> list[Link]:
        """Links by item and rank, as they are or as they were at ``known_at``."""
        table = tables.links
        query, state = _now() if known_at is None else _then(known_at)
        query = query.where(state.c.present).order_by(table.c.item_id, state.c.rank, table.c.id)
        if item_id is not None:
            query = query.where(table.c.item_id == item_id)
        if task_id is not None:
            query = query.where(table.c.task_id == task_id)
        if document_id is not None:
            items = select(tables.items.c.id).where(tables.items.c.document_id == document_id)
            query = query.where(table.c.item_id.in_(items))
        if decision is not None:
            query = query.where(state.c.decision == decision)
        with self._db.read() as connection:
            return [self._link(row) for row in connection.execute(query)]

    def link(self, link_id: int) -> Link | None:
        """One link, also when the scorer no longer proposes it."""
        with self._db.read() as connection:
            row = connection.execute(select(tables.links).where(tables.links.c.id == link_id)).one_or_none()
        return self._link(row) if row is not None else None

    def decide(self, link_id: int, decision: Decision, *, by: str, at: dt.datetime) -> Link:
        """A person confirms, rejects, or takes a decision back."""
        with self._db.write() as connection:
            if connection.scalar(select(tables.links.c.id).where(tables.links.c.id == link_id)) is None:
                raise NotFound("Không có liên kết này", link=link_id)
            change = {"decision": decision, "decided_by": by, "decided_at": at, "known_at": at, "present": True}
            return self._link(_change(connection, link_id, change))

    def _put(
        self, connection: Connection, item_id: int, task_id: int | None, state: dict[str, Any], kept: Row[Any] | None
    ) -> None:
        if kept is None:
            values = {"item_id": item_id, "task_id": task_id, **state}
            link_id = connection.execute(insert(tables.links).values(values).returning(tables.links.c.id)).scalar_one()
            connection.execute(insert(tables.link_events).values(link_id=link_id, **state))
        elif kept.decision not in DECIDED and not _same(kept, state):
            _change(connection, kept.id, state)

    def _link(self, row: Row[Any]) -> Link:
        return Link(
            id=row.id,
            item_id=row.item_id,
            task_id=row.task_id,
            rank=row.rank,
            probability=row.probability,
            calibrated=row.calibrated,
            decision=row.decision,
            scorer=row.scorer,
            reasons=codec.load_all(Reason, row.reasons),
            decided_by=row.decided_by,
            decided_at=row.decided_at.astimezone(self._zone) if row.decided_at else None,
            known_at=row.known_at.astimezone(self._zone),
        )


def _now() -> tuple[Select[Any], FromClause]:
    return select(tables.links), tables.links


def _then(known_at: dt.datetime) -> tuple[Select[Any], FromClause]:
    """Each link with the last state that was known at that moment."""
    events, links = tables.link_events, tables.links
    last = select(func.max(events.c.id)).where(events.c.known_at <= known_at).group_by(events.c.link_id)
    columns = [links.c.id, links.c.item_id, links.c.task_id, *(events.c[name] for name in STATE)]
    query = select(*columns).join(events, events.c.link_id == links.c.id).where(events.c.id.in_(last))
    return query, events


def _change(connection: Connection, link_id: int, change: dict[str, Any]) -> Row[Any]:
    """Change a link and keep the new state in its history."""
    links = tables.links
    connection.execute(update(links).where(links.c.id == link_id).values(change))
    row = connection.execute(select(links).where(links.c.id == link_id)).one()
    state = {name: getattr(row, name) for name in STATE}
    connection.execute(insert(tables.link_events).values(link_id=link_id, **state))
    return row


def _state(link: NewLink, at: dt.datetime) -> dict[str, Any]:
    return {
        "rank": link.rank,
        "probability": link.probability,
        "calibrated": link.calibrated,
        "decision": link.decision,
        "scorer": link.scorer,
        "reasons": codec.dump(link.reasons),
        "decided_by": None,
        "decided_at": None,
        "known_at": at,
        "present": True,
    }


def _same(kept: Row[Any], state: dict[str, Any]) -> bool:
    """Whether scoring again brought nothing new; then the history gets no entry."""
    return all(
        getattr(kept, name) == state[name] for name in STATE if name not in {"known_at", "decided_by", "decided_at"}
    )
