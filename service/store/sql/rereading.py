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
from service.store import carry
from service.store.sql import codec, follow_tables, tables
from service.store.sql.engine import Database
from service.store.sql.links import change_link
from service.store.sql.rows import Rows, child_rows, document_row

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


def next_revision(connection: Connection) -> int:
    """A new number for this commit. The row stays locked until then, so numbers follow each other as commits do."""
    counted = update(tables.revision).values(value=tables.revision.c.value + 1).returning(tables.revision.c.value)
    return int(connection.execute(counted).scalar_one())


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
        old = self.connection.execute(select(table).where(mine).order_by(table.c.ordinal)).all()
        kind = _KINDS[table.name]
        was = [codec.load(kind, row.facts) for row in old]
        now = [codec.load(kind, row["facts"]) for row in rows]
        found = carry.match([carry.fact_of(fact) for fact in was], [carry.fact_of(fact) for fact in now])
        self.connection.execute(update(table).where(mine).values(ordinal=-1 - table.c.ordinal))  # out of the way
        for row, fact, place in zip(rows, now, found, strict=True):
            if place is None:
                self._add(table, row)
            else:
                changed = all_changed or old[place].vanished_at is not None or _bare(was[place]) != _bare(fact)
                self._keep(table, old[place].id, row, changed=changed)
                if not carry.same_wording(was[place], fact):
                    self._suspect(table, old[place].id)
        taken = set(found)
        self._vanish(table, [row for place, row in enumerate(old) if place not in taken], len(rows))

    def _add(self, table: Table, row: dict[str, Any]) -> None:
        number = {"revision": self._revision()} if table is tables.tasks else {}
        self._insert(table, [{**row, **number}])
        self.found += Rereading(added=1)

    def _keep(self, table: Table, fact_id: int, row: dict[str, Any], *, changed: bool) -> None:
        values = {name: value for name, value in row.items() if name != "known_at"}
        number = {"revision": self._revision()} if changed and table is tables.tasks else {}
        new = update(table).where(table.c.id == fact_id)
        self.connection.execute(new.values(**values, **number, vanished_at=None))
        self.found += Rereading(changed=1) if changed else Rereading(same=1)

    def _suspect(self, table: Table, fact_id: int) -> None:
        """Links were scored or decided on another wording."""
        for link in self._links(table, [fact_id]):
            if link.present and not link.suspect:
                change_link(self.connection, link.id, {"suspect": True, "known_at": self.at})

    def _vanish(self, table: Table, gone: Sequence[Row[Any]], first: int) -> None:
        """Keep what carries a decision, remove the rest with its proposals; reports that rested on it wait again."""
        links = self._links(table, [row.id for row in gone])
        self._unlink(link.item_id for link in links)
        decided = {getattr(link, _COLUMN[table.name]) for link in links if link.decided_by is not None}
        if table is tables.tasks:
            decided |= self._followed([row.id for row in gone])
        kept = [row for row in gone if row.id in decided or getattr(row, "confirmed_at", None) is not None]
        for ordinal, row in enumerate(kept, first):
            values = {"ordinal": ordinal, "vanished_at": row.vanished_at or self.at}
            self.connection.execute(update(table).where(table.c.id == row.id).values(values))
        stay = {row.id for row in kept}
        for link in links:
            if getattr(link, _COLUMN[table.name]) in stay and link.present and link.decided_by is None:
                change_link(self.connection, link.id, {"present": False, "known_at": self.at})
        for some in _chunks([row.id for row in gone if row.id not in stay]):
            self.connection.execute(delete(table).where(table.c.id.in_(some)))
        newly = sum(row.vanished_at is None for row in kept)
        self.found += Rereading(vanished=newly, removed=len(gone) - len(kept))

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


def _bare(fact: Task | ReportItem) -> Task | ReportItem:
    """A fact without where it stands: what matching and judging rest on."""
    if isinstance(fact, Task):
        return replace(fact, id="", start=0, end=0, page=None, confidence=0.0)
    return replace(fact, id="", start=0, end=0, page=None)


def _chunks(ids: Sequence[int], size: int = 500) -> Iterable[Sequence[int]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))
