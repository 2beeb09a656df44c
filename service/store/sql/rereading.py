"""A document read again: its facts replaced in one transaction, ids and what people decided carried over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy import Connection, Row, Table, delete, insert, select, update

from nlp.model import ReportItem, Task
from service.errors import Conflict, NotFound
from service.records import Intake, Rereading
from service.store import carry, overlay
from service.store.sql import codec, follow_tables, tables
from service.store.sql.engine import Database
from service.store.sql.gap_upkeep import mark_answered, mark_documents
from service.store.sql.links import change_link
from service.store.sql.rows import Rows, child_rows, document_row
from service.store.sql.task_rows import change_task, dropped, next_revision

_STAYS: Final = frozenset({"sha256", "file", "arrived", "known_at"})
"""What a document keeps from its intake."""
_REPLACED: Final = (tables.texts, tables.citations, tables.doc_references)
_KINDS: Final[dict[str, type[Task | ReportItem]]] = {"tasks": Task, "items": ReportItem}


class Rereadings:
    """The part of ``service.store.ports.DocumentStore`` that replaces facts."""

    _db: Database

    def replace(self, document_id: int, intake: Intake, *, at: dt.datetime) -> Rereading:
        """Put the facts of a new reading in the place of the old ones."""
        row = {name: value for name, value in document_row(intake, at).items() if name not in _STAYS}
        children = dict(child_rows(intake, at))
        with self._db.write() as connection:
            return _Replacement(connection, document_id, at).run(intake.sha256, row, children)

    def revision(self) -> int:
        """The number of the last commit that added or changed tasks."""
        with self._db.read() as connection:
            return int(connection.execute(select(tables.revision.c.value)).scalar_one())


@dataclass
class _Replacement:
    """One replacement under way."""

    connection: Connection
    document_id: int
    at: dt.datetime
    found: Rereading = field(default_factory=Rereading)
    _number: int = 0

    def run(self, sha256: str, row: dict[str, Any], children: dict[Table, Rows]) -> Rereading:
        old = self._document(sha256)
        mark_answered(self.connection, old.id)
        mark_documents(self.connection, [old.id])
        self.connection.execute(update(tables.documents).where(tables.documents.c.id == old.id).values(row))
        renamed = any(getattr(old, name) != row[name] for name in ("symbol_key", "date", "role"))
        differs = renamed
        for table in _REPLACED:
            differs |= self._put(table, children[table])
        self._carry(tables.tasks, children[tables.tasks], all_changed=renamed)
        before = self.found
        self._carry(tables.items, children.get(tables.items, []))
        items_differ = (before.same + len(children.get(tables.items, []))) != self.found.same
        self._put_report(children.get(tables.reports, []), relink=differs or items_differ)
        self.connection.execute(delete(tables.outbox).where(tables.outbox.c.document_id == old.id))
        self._insert(tables.outbox, [{}])  # a new entry, also while another process applies the old one
        return self.found

    def _document(self, sha256: str) -> Row[Any]:
        documents = tables.documents
        row = self.connection.execute(select(documents).where(documents.c.id == self.document_id)).one_or_none()
        if row is None:
            raise NotFound("Không có văn bản này", document=self.document_id)
        if row.sha256 != sha256:
            raise Conflict("Bản đọc lại không phải của tệp này", document=self.document_id)
        return row

    def _put(self, table: Table, rows: Rows) -> bool:
        """New rows for old ones, if they say anything new; tells whether they did."""
        mine = table.c.document_id == self.document_id
        found = self.connection.execute(select(table).where(mine).order_by(*table.primary_key)).mappings()
        old = [{name: value for name, value in row.items() if name not in ("id", "document_id")} for row in found]
        if old == rows:
            return False
        self.connection.execute(delete(table).where(mine))
        self._insert(table, rows)
        return True

    def _insert(self, table: Table, rows: Rows) -> None:
        if rows:
            self.connection.execute(insert(table), [{**row, "document_id": self.document_id} for row in rows])

    def _revision(self) -> int:
        self._number = self._number or next_revision(self.connection)
        return self._number

    def _carry(self, table: Table, rows: Rows, *, all_changed: bool = False) -> None:
        """Match, then renumber: living facts in the order of the text, vanished ones behind them."""
        mine = table.c.document_id == self.document_id
        old = sorted(self.connection.execute(select(table).where(mine).order_by(table.c.ordinal)).all(), key=_rank)
        kind = _KINDS[table.name]
        was = [codec.load(kind, _read(row)) for row in old]
        now = [codec.load(kind, row["facts"]) for row in rows]
        before = [replace(carry.fact_of(fact), exact=_rank(row) > 0) for row, fact in zip(old, was, strict=True)]
        found = carry.match(before, [carry.fact_of(fact) for fact in now])
        self.connection.execute(update(table).where(mine).values(ordinal=-1 - table.c.ordinal))  # out of the way
        for row, fact, place in zip(rows, now, found, strict=True):
            if place is None:
                self._add(table, row)
                continue
            gone = old[place].vanished_at is not None or _rank(old[place]) == _DROPPED
            self._keep(table, old[place], row, changed=all_changed or gone or _bare(was[place]) != _bare(fact))
            if table is tables.items and not carry.same_wording(was[place], fact):
                self._suspect(table, old[place].id)
        taken = set(found)
        self._vanish(table, [row for place, row in enumerate(old) if place not in taken], len(rows))

    def _add(self, table: Table, row: dict[str, Any]) -> None:
        number = {"revision": self._revision()} if table is tables.tasks else {}
        self._insert(table, [{**row, **number}])
        self.found += Rereading(added=1)

    def _keep(self, table: Table, old: Row[Any], row: dict[str, Any], *, changed: bool) -> None:
        values = {name: value for name, value in row.items() if name != "known_at"} | {"vanished_at": None}
        self.found += Rereading(changed=1) if changed else Rereading(same=1)
        if table is tables.items:
            self.connection.execute(update(table).where(table.c.id == old.id).values(values))
        else:
            self._keep_task(old, values, changed=changed)

    def _keep_task(self, old: Row[Any], values: dict[str, Any], *, changed: bool) -> None:
        """The new reading with people's corrections laid over it."""
        below = values["facts"]
        values["facts"] = overlay.apply(below, old.correction)
        values["extracted"] = below if old.correction else None
        values["removal"] = None if _rank(old) == _DROPPED else old.removal
        if changed:
            change_task(self.connection, old, {**values, "revision": self._revision()}, action="reread", at=self.at)
        else:
            values["task_class"] = values["facts"]["class_"]
            self.connection.execute(update(tables.tasks).where(tables.tasks.c.id == old.id).values(values))
        if carry.moves_links(codec.load(Task, old.facts), codec.load(Task, values["facts"])):
            self._suspect(tables.tasks, old.id)

    def _suspect(self, table: Table, fact_id: int) -> None:
        """Links were scored or decided on another wording."""
        for link in self._links(table, [fact_id]):
            if link.present and not link.suspect:
                change_link(self.connection, link.id, {"suspect": True, "known_at": self.at})

    def _vanish(self, table: Table, gone: Sequence[Row[Any]], first: int) -> None:
        """Keep what carries a decision, remove the rest with its proposals; reports that rested on it wait again."""
        links = self._links(table, [row.id for row in gone if _rank(row) == 0])
        self._unlink(link.item_id for link in links)
        decided = {getattr(link, _COLUMN[table.name]) for link in links if link.decided_by is not None}
        if table is tables.tasks:
            decided |= self._followed([row.id for row in gone])
        for link in links:
            if link.present and link.decided_by is None:
                change_link(self.connection, link.id, {"present": False, "known_at": self.at})
        if table is tables.items:
            kept = [row for row in gone if row.id in decided]
            for some in _chunks([row.id for row in gone if row.id not in decided]):
                self.connection.execute(delete(table).where(table.c.id.in_(some)))
        else:
            kept = list(gone)
        for ordinal, row in enumerate(kept, first):
            self.connection.execute(update(table).where(table.c.id == row.id).values(ordinal=ordinal))
            if table is tables.items:
                moment = row.vanished_at or self.at
                self.connection.execute(update(table).where(table.c.id == row.id).values(vanished_at=moment))
                self.found += Rereading(vanished=row.vanished_at is None)
            else:
                self._miss_task(row, said=_said(row) or row.id in decided)
        self.found += Rereading(removed=len(gone) - len(kept))

    def _miss_task(self, row: Row[Any], *, said: bool) -> None:
        """A task that the new reading does not find: shown as vanished where people said something about it.

        One that people added was never there to be found; one that nobody spoke about is dropped, its history kept.
        """
        if row.origin is not None:
            gone = update(tables.tasks).where(tables.tasks.c.id == row.id)
            self.connection.execute(gone.values(extracted=None))
        elif said and row.vanished_at is None:
            change_task(self.connection, row, {"vanished_at": self.at}, action="vanish", at=self.at)
            self.found += Rereading(vanished=1)
        elif not said and row.removal is None:
            change_task(self.connection, row, {"removal": dropped(self.at)}, action="vanish", at=self.at)
            self.found += Rereading(removed=1)

    def _followed(self, ids: Sequence[int]) -> set[int]:
        """Tasks with a history: an extension, a note, an end of tracking."""
        moved = follow_tables.task_moves.c.task_id
        parts = [select(moved).where(moved.in_(some)).distinct() for some in _chunks(ids)]
        return {number for part in parts for number in self.connection.scalars(part)}

    def _links(self, table: Table, ids: Sequence[int]) -> list[Row[Any]]:
        links = tables.links
        column = links.c[_COLUMN[table.name]]
        query = [select(links).where(column.in_(some)).order_by(links.c.id) for some in _chunks(ids)]
        return [row for part in query for row in self.connection.execute(part)]

    def _unlink(self, item_ids: Iterable[int]) -> None:
        reports, items = tables.reports, tables.items
        for some in _chunks(sorted(set(item_ids))):
            theirs = select(items.c.document_id).where(items.c.id.in_(some))
            self.connection.execute(
                update(reports).where(reports.c.document_id.in_(theirs)).values(linked_revision=None)
            )

    def _put_report(self, rows: Rows, *, relink: bool) -> None:
        """The report's own facts; a report that reads as before stays linked."""
        reports = tables.reports
        mine = reports.c.document_id == self.document_id
        old = self.connection.execute(select(reports).where(mine)).one_or_none()
        if not rows or old is None:
            self.connection.execute(delete(reports).where(mine))
            self._insert(reports, rows)
        elif relink or old.facts != rows[0]["facts"]:
            self.connection.execute(update(reports).where(mine).values(**rows[0], linked_revision=None))


_COLUMN: Final = {"tasks": "task_id", "items": "item_id"}


_DROPPED: Final = 2


def _rank(row: Row[Any]) -> int:
    """In which order old facts are matched: read from the text, added by people, dropped by an earlier reading."""
    removal = getattr(row, "removal", None)
    if removal and removal["by"] is None:
        return _DROPPED
    return int(getattr(row, "origin", None) is not None)


def _read(row: Row[Any]) -> dict[str, Any]:
    """What the last reading said, below any correction."""
    below: dict[str, Any] = getattr(row, "extracted", None) or row.facts
    return below


def _said(row: Row[Any]) -> bool:
    """Whether a person said something about a task itself."""
    removed = row.removal is not None and row.removal["by"] is not None
    return removed or row.confirmed_at is not None or row.correction is not None


def _bare(fact: Task | ReportItem) -> Task | ReportItem:
    """A fact without where it stands: what matching and judging rest on."""
    if isinstance(fact, Task):
        return replace(fact, id="", start=0, end=0, page=None, confidence=0.0)
    return replace(fact, id="", start=0, end=0, page=None)


def _chunks(ids: Sequence[int], size: int = 500) -> Iterable[Sequence[int]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))
