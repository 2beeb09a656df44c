"""Links in SQL: the present state in ``links``, every state there ever was in ``link_events``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from math import isclose
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Row, Select, bindparam, func, insert, select, update

from service.errors import NotFound
from service.records import DecidedPair, Decision, Link, LinkHead, Linking, NewLink, Reason, TaskChange
from service.store.sql import codec, tables
from service.store.sql.engine import Database
from service.store.sql.gap_upkeep import mark_documents, mark_tasks
from service.store.sql.parts import among, parts

STATE = (
    "rank", "probability", "calibrated", "decision", "scorer", "reasons",
    "decided_by", "decided_at", "known_at", "present", "suspect",
)  # fmt: skip
DECIDED = ("confirmed", "rejected")
ACTIVE = ("suggested", "confirmed")


class Links:
    """``service.store.ports.LinkStore``."""

    _db: Database
    _zone: dt.tzinfo

    def put_links(self, item_id: int, links: Sequence[NewLink], *, at: dt.datetime) -> None:
        """Replace the machine's proposals for an item; what a person decided stays as it is."""
        with self._db.write() as connection:
            _alone(
                connection, connection.scalar(select(tables.items.c.document_id).where(tables.items.c.id == item_id))
            )
            kept = select(tables.links).where(tables.links.c.item_id == item_id)
            added, changed = _proposals(item_id, links, connection.execute(kept).all(), at)
            _change(connection, changed)
            _add(connection, added)

    def put_report_links(
        self,
        document_id: int,
        links: Mapping[int, Sequence[NewLink]],
        *,
        scorer: str,
        revision: int | None,
        at: dt.datetime,
    ) -> None:
        """The proposals for a whole report in one transaction; items and tasks that are gone meanwhile are left out."""
        with self._db.write() as connection:
            _alone(connection, document_id)
            mine = select(tables.items.c.id).where(tables.items.c.document_id == document_id)
            there = set(connection.scalars(mine))
            query = select(tables.links).where(tables.links.c.item_id.in_(mine)).order_by(tables.links.c.id)
            kept: dict[int, list[Row[Any]]] = {}
            for row in connection.execute(query):
                kept.setdefault(row.item_id, []).append(row)
            tasks = _living(connection, {new.task_id for group in links.values() for new in group if new.task_id})
            added, changed = list[dict[str, Any]](), list[Change]()
            for item_id, group in links.items():
                if item_id in there:
                    found = [new for new in group if new.task_id is None or new.task_id in tasks]
                    more, other = _proposals(item_id, found, kept.get(item_id, []), at)
                    added += more
                    changed += other
            _change(connection, changed)
            _add(connection, added)
            _note(connection, document_id, linked_at=at, linked_revision=revision, scorer=scorer)

    def note_linked(self, document_id: int, *, revision: int, at: dt.datetime) -> None:
        """The report's links were found to be up to date with this revision."""
        with self._db.write() as connection:
            _note(connection, document_id, linked_at=at, linked_revision=revision)

    def linkings(self) -> list[Linking]:
        """Every report with when and by what it was linked, in the order of intake."""
        reports = tables.reports
        with self._db.read() as connection:
            return [
                Linking(
                    row.document_id,
                    row.linked_at.astimezone(self._zone) if row.linked_at else None,
                    row.linked_revision,
                    row.scorer,
                )
                for row in connection.execute(select(reports).order_by(reports.c.document_id))
            ]

    def task_changes(self, since: int) -> list[TaskChange]:
        """Living tasks that were added or changed after this revision."""
        tasks = tables.tasks
        query = select(tasks.c.id, tasks.c.document_id, tasks.c.revision)
        query = query.where(tasks.c.revision > since, *living()).order_by(tasks.c.id)
        with self._db.read() as connection:
            return [TaskChange(*row) for row in connection.execute(query)]

    def links(  # noqa: PLR0913 - each argument is a filter
        self,
        *,
        item_id: int | None = None,
        task_id: int | None = None,
        document_id: int | None = None,
        directive_ids: Sequence[int] | None = None,
        task_ids: Sequence[int] | None = None,
        item_ids: Sequence[int] | None = None,
        ids: Sequence[int] | None = None,
        decision: Decision | None = None,
        active: bool = False,
        known_at: dt.datetime | None = None,
    ) -> list[Link]:
        """Links by item and rank, as they are or as they were at ``known_at``."""
        table = tables.links
        query, state = _at(known_at)
        query = query.where(state.c.present).order_by(table.c.item_id, state.c.rank, table.c.id)
        if item_id is not None:
            query = query.where(table.c.item_id == item_id)
        if task_id is not None:
            query = query.where(table.c.task_id == task_id)
        if document_id is not None:
            items = select(tables.items.c.id).where(tables.items.c.document_id == document_id)
            query = query.where(table.c.item_id.in_(items))
        if directive_ids is not None:
            tasks = select(tables.tasks.c.id).where(tables.tasks.c.document_id.in_(directive_ids))
            query = query.where(table.c.task_id.in_(tasks))
        if task_ids is not None:
            query = query.where(table.c.task_id.in_(task_ids))
        if item_ids is not None:
            query = query.where(table.c.item_id.in_(item_ids))
        if ids is not None:
            query = query.where(table.c.id.in_(ids))
        if decision is not None:
            query = query.where(state.c.decision == decision)
        if active:
            query = query.where(state.c.decision.in_(ACTIVE), table.c.task_id.is_not(None))
        with self._db.read() as connection:
            return [self._link(row) for row in connection.execute(query)]

    def decided_pairs(self, task_ids: Sequence[int], *, but: int, limit: int) -> list[DecidedPair]:
        """The newest decisions about these tasks in other reports, and what was found there to answer nothing."""
        links, items = tables.links, tables.items
        query = (
            select(links.c.item_id, items.c.document_id, links.c.task_id, links.c.decision)
            .join(items, items.c.id == links.c.item_id)
            .where(links.c.present, ~links.c.suspect, items.c.document_id != but)
            .order_by(links.c.decided_at.desc(), links.c.id.desc())
            .limit(limit)
        )
        about = query.where(among(links.c.task_id, task_ids), links.c.decision.in_(DECIDED))
        with self._db.read() as connection:
            found = list(connection.execute(about))
            reports = {row.document_id for row in found}
            beside = query.where(links.c.task_id.is_(None), items.c.document_id.in_(reports))
            found += connection.execute(beside.where(links.c.decision == "confirmed")) if reports else []
        return [DecidedPair(*row[:3], row.decision == "confirmed") for row in found]

    def count_links(self, decision: Decision) -> int:
        """How many present links have this decision."""
        links = tables.links
        query = select(func.count()).select_from(links).where(links.c.decision == decision, links.c.present)
        with self._db.read() as connection:
            return int(connection.scalar(query) or 0)

    def linked_reports(self, *, known_at: dt.datetime | None = None) -> set[int]:
        """Reports of which some statement is proposed or confirmed to answer a task."""
        query, state = _at(known_at)
        chosen = query.where(state.c.present, state.c.decision.in_(ACTIVE), tables.links.c.task_id.is_not(None))
        items = chosen.with_only_columns(tables.links.c.item_id)
        documents = select(tables.items.c.document_id).distinct().where(tables.items.c.id.in_(items))
        with self._db.read() as connection:
            return set(connection.scalars(documents))

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
            change |= {"suspect": False}
            return self._link(change_link(connection, link_id, change))

    def decide_item(
        self, item_id: int, task_id: int | None, *, scorer: str, by: str, at: dt.datetime, instead_of: int | None = None
    ) -> Link:
        """A person says which task a statement answers, or that it answers none."""
        decided = {"decided_by": by, "decided_at": at, "known_at": at, "present": True, "suspect": False}
        with self._db.write() as connection:
            _must_exist(connection, item_id, task_id)
            kept = connection.execute(select(tables.links).where(tables.links.c.item_id == item_id)).all()
            for row in kept:
                aside = row.decision == "suggested" or row.id == instead_of
                if row.task_id != task_id and (
                    aside or (row.decision == "confirmed" and None in (task_id, row.task_id))
                ):
                    change_link(connection, row.id, {**decided, "decision": "rejected"})
            mine = next((row.id for row in kept if row.task_id == task_id), None)
            if mine is None:
                blank = _state(NewLink(task_id, 1, 0.0, calibrated=False, decision="none", scorer=scorer), at)
                mine = _add(connection, [{"item_id": item_id, "task_id": task_id, **blank}])[0]
            return self._link(change_link(connection, mine, {**decided, "decision": "confirmed"}))

    def link_heads(self, ids: Collection[int]) -> list[LinkHead]:
        """These links, without reasons and history."""
        table, found = tables.links, list[LinkHead]()
        columns = [table.c[name] for name in LinkHead._fields]
        with self._db.read() as connection:
            for part in parts(sorted(ids)):
                asked = select(*columns).where(among(table.c.id, part), table.c.present)
                found += map(LinkHead._make, connection.execute(asked).all())
        return found

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
            suspect=row.suspect,
        )


def _alone(connection: Connection, document_id: int | None) -> None:
    """Until this transaction ends nobody else writes links of this report: two workers would add each pair twice."""
    reports = tables.reports
    connection.execute(select(reports.c.document_id).where(reports.c.document_id == document_id).with_for_update())


Change = tuple[Row[Any], Mapping[str, Any]]
"""A link as it is, and what of it becomes other."""


def _proposals(
    item_id: int, links: Sequence[NewLink], kept: Sequence[Row[Any]], at: dt.datetime
) -> tuple[list[dict[str, Any]], list[Change]]:
    """What is to be added and changed so that an item has these proposals; what a person decided stays."""
    wanted = {link.task_id: _state(link, at) for link in links}
    old = {row.task_id: row for row in kept}
    if any(row.task_id is None and row.decision == "confirmed" for row in kept):
        for state in wanted.values():  # a person said that it answers nothing: candidates stay, none is proposed
            state["decision"] = "none"
    undecided = {task_id: row for task_id, row in old.items() if row.decision not in DECIDED}
    changed: list[Change] = [
        (row, wanted[i]) for i, row in undecided.items() if i in wanted and not _same(row, wanted[i])
    ]
    gone = {"present": False, "known_at": at}
    changed += [(row, gone) for i, row in undecided.items() if i not in wanted and row.present]
    return [{"item_id": item_id, "task_id": i, **state} for i, state in wanted.items() if i not in old], changed


def _change(connection: Connection, changes: Sequence[Change]) -> None:
    """Change links and keep their new states in the history, all at once: a report has some two hundred."""
    if not changes:
        return
    states = [{name: change.get(name, getattr(row, name)) for name in STATE} for row, change in changes]
    links, ids = tables.links, [row.id for row, _ in changes]
    by_id = update(links).where(links.c.id == bindparam("of")).values({name: bindparam(name) for name in STATE})
    connection.execute(by_id, [{"of": i, **state} for i, state in zip(ids, states, strict=True)])
    connection.execute(insert(tables.link_events), [{"link_id": i, **s} for i, s in zip(ids, states, strict=True)])
    _touch(connection, [row._asdict() for row, _ in changes])


def _add(connection: Connection, rows: Sequence[dict[str, Any]]) -> list[int]:
    if not rows:
        return []
    new = insert(tables.links).returning(tables.links.c.id, sort_by_parameter_order=True)
    ids = list(connection.scalars(new, rows))
    events = [{"link_id": i, **{name: row[name] for name in STATE}} for i, row in zip(ids, rows, strict=True)]
    connection.execute(insert(tables.link_events), events)
    _touch(connection, [row for row in rows if row["decision"] in ACTIVE])
    return ids


def _touch(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """The cells of these tasks and the state of these reports have to be looked at again."""
    mark_tasks(connection, (row["task_id"] for row in rows))
    items = tables.items.c
    for part in parts({row["item_id"] for row in rows}):
        mark_documents(connection, connection.scalars(select(items.document_id).where(items.id.in_(part)).distinct()))


def _must_exist(connection: Connection, item_id: int, task_id: int | None) -> None:
    if connection.scalar(select(tables.items.c.id).where(tables.items.c.id == item_id)) is None:
        raise NotFound("Không có nội dung báo cáo này", item=item_id)
    if task_id is not None and connection.scalar(select(tables.tasks.c.id).where(tables.tasks.c.id == task_id)) is None:
        raise NotFound("Không có nhiệm vụ này", task=task_id)


def _note(connection: Connection, document_id: int, **values: object) -> None:
    connection.execute(update(tables.reports).where(tables.reports.c.document_id == document_id).values(values))


def living() -> tuple[ColumnElement[bool], ...]:
    """Tasks that may be answered: still found, and not taken off the list."""
    return tables.tasks.c.vanished_at.is_(None), tables.tasks.c.removal.is_(None)


def _living(connection: Connection, ids: set[int]) -> set[int]:
    tasks, found = tables.tasks, set[int]()
    for part in parts(ids):
        found |= set(connection.scalars(select(tasks.c.id).where(among(tasks.c.id, part), *living())))
    return found


def _at(known_at: dt.datetime | None) -> tuple[Select[Any], FromClause]:
    return _now() if known_at is None else _then(known_at)


def _now() -> tuple[Select[Any], FromClause]:
    return select(tables.links), tables.links


def _then(known_at: dt.datetime) -> tuple[Select[Any], FromClause]:
    """Each link with the last state that was known at that moment."""
    events, links = tables.link_events, tables.links
    last = select(func.max(events.c.id)).where(events.c.known_at <= known_at).group_by(events.c.link_id)
    columns = [links.c.id, links.c.item_id, links.c.task_id, *(events.c[name] for name in STATE)]
    query = select(*columns).join(events, events.c.link_id == links.c.id).where(events.c.id.in_(last))
    return query, events


def change_link(connection: Connection, link_id: int, change: dict[str, Any]) -> Row[Any]:
    """Change a link and keep the new state in its history."""
    links = tables.links
    connection.execute(update(links).where(links.c.id == link_id).values(change))
    row = connection.execute(select(links).where(links.c.id == link_id)).one()
    state = {name: getattr(row, name) for name in STATE}
    connection.execute(insert(tables.link_events).values(link_id=link_id, **state))
    _touch(connection, [row._asdict()])
    return row


MERGED = "merged"
"""Code of the reason of a link that came with a task merged into another."""


def move_link(connection: Connection, link: Row[Any], target: Row[Any] | None, task_id: int, at: dt.datetime) -> None:
    """A confirmed link goes on with the task into which its own was merged; a person should look at it again."""
    if target is not None and target.present and target.decision in DECIDED:
        return
    reason = {"code": MERGED, "text": "Nhiệm vụ đã gắn được gộp vào nhiệm vụ này", "weight": 0.0}
    kept = {name: getattr(link, name) for name in STATE if name not in ("known_at", "reasons", "suspect")}
    state = {**kept, "reasons": [*link.reasons, reason], "known_at": at, "suspect": True}
    if target is not None:
        change_link(connection, target.id, state)
    else:
        _add(connection, [{"item_id": link.item_id, "task_id": task_id, **state}])


def unmove_links(connection: Connection, links: Sequence[Row[Any]], at: dt.datetime) -> None:
    """The merging is undone: what came with it is a proposal again."""
    for link in links:
        if link.present and link.suspect and any(reason["code"] == MERGED for reason in link.reasons):
            undone = {"decision": "suggested", "decided_by": None, "decided_at": None, "known_at": at}
            change_link(connection, link.id, undone)


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
        "suspect": False,
    }


def _same(kept: Row[Any], state: dict[str, Any]) -> bool:
    """Whether scoring again brought nothing new; then the history gets no entry.

    Sums over sets differ in their last digit from process to process.
    """
    exact = (name for name in STATE if name not in {"probability", "known_at", "decided_by", "decided_at"})
    return isclose(kept.probability, state["probability"], rel_tol=0, abs_tol=1e-9) and all(
        getattr(kept, name) == state[name] for name in exact
    )
