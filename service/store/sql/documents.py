"""Documents and their facts in SQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, func, insert, or_, select, true

from corpus.model import Document, Problem
from nlp.model import Header, Report, ReportItem
from service.errors import NotFound
from service.records import Intake, Role, StoredCitation, StoredDocument, StoredItem, StoredTask
from service.store.sql import codec, resolution, tables, task_rows
from service.store.sql.engine import Database
from service.store.sql.gap_upkeep import mark_documents
from service.store.sql.links import ACTIVE
from service.store.sql.parts import among, parts
from service.store.sql.rows import Rows, child_rows, document_row

_CHUNK = 500


class Documents:
    """``service.store.ports.DocumentStore``."""

    _db: Database
    _zone: dt.tzinfo

    def add(self, intake: Intake, *, at: dt.datetime) -> StoredDocument:
        """Keep one file's facts, all or nothing; the same sha256 changes nothing."""
        self.add_all([intake], at=at)
        kept = self.by_sha(intake.sha256)
        if kept is None:  # pragma: no cover - nothing removes documents
            raise NotFound("Văn bản vừa lưu không còn", sha256=intake.sha256)
        return kept

    def add_all(self, intakes: Sequence[Intake], *, at: dt.datetime) -> int:
        """Keep the facts of many files, all of them or nothing; tells how many were new."""
        # encoded before the write lock is taken
        rows = {intake.sha256: (document_row(intake, at), child_rows(intake, at)) for intake in intakes}
        with self._db.write() as connection:
            return _insert_new(self._db, connection, rows)

    def document(self, document_id: int) -> StoredDocument | None:
        """One document by id."""
        return self._one(select(tables.documents).where(tables.documents.c.id == document_id))

    def by_sha(self, sha256: str) -> StoredDocument | None:
        """One document by the SHA-256 of its file."""
        return self._one(select(tables.documents).where(tables.documents.c.sha256 == sha256))

    def known_shas(self) -> set[str]:
        """All sha256 kept, failed files included."""
        with self._db.read() as connection:
            return set(connection.scalars(select(tables.documents.c.sha256)))

    def by_symbol(self, symbol_key: str, *, date: dt.date | None = None) -> list[StoredDocument]:
        """Documents with this symbol, oldest first; several, since numbers restart."""
        table = tables.documents
        query = select(table).where(table.c.symbol_key == symbol_key)
        if date is not None:
            query = query.where(table.c.date == date)
        return self._many(query.order_by(table.c.date, table.c.id))

    def documents(
        self,
        *,
        role: Role | None = None,
        status: str | None = None,
        limit: int = 10_000,
        offset: int = 0,
        newest_first: bool = False,
        not_read_by: str | None = None,
    ) -> list[StoredDocument]:
        """Documents in the order of intake, or the other way round."""
        query = _filtered(select(tables.documents), role, status)
        if not_read_by is not None:
            query = query.where(tables.documents.c.rules.is_distinct_from(not_read_by))
        order = tables.documents.c.id.desc() if newest_first else tables.documents.c.id
        return self._many(query.order_by(order).limit(limit).offset(offset))

    def last_intake(self) -> dt.datetime | None:
        """When the store last took a document in."""
        with self._db.read() as connection:
            moment = connection.scalar(select(func.max(tables.documents.c.known_at)))
        return self._moment(moment)

    def count_documents(self, *, role: Role | None = None, status: str | None = None) -> int:
        """How many there are."""
        with self._db.read() as connection:
            query = _filtered(select(func.count()).select_from(tables.documents), role, status)
            return connection.scalar(query) or 0

    def text(self, document_id: int) -> str:
        """The stored text, into which all offsets point."""
        query = select(tables.texts.c.body).where(tables.texts.c.document_id == document_id)
        with self._db.read() as connection:
            body = connection.scalar(query)
        if body is None:
            raise NotFound("Không có văn bản này", document=document_id)
        return str(body)

    def layout(self, document_id: int) -> Document:
        """The read file again."""
        query = select(tables.texts).where(tables.texts.c.document_id == document_id)
        with self._db.read() as connection:
            kept = connection.execute(query).one_or_none()
        stored = self.document(document_id)
        if kept is None or stored is None:
            raise NotFound("Không có văn bản này", document=document_id)
        return codec.load(
            Document,
            {
                "file": stored.file,
                "sha256": stored.sha256,
                "media_type": stored.media_type,
                "status": stored.status,
                "text": kept.body,
                "pages": stored.pages,
                "problems": codec.dump(stored.problems),
                **codec.unpack(kept.layout),
            },
        )

    def citations(self, document_id: int) -> list[StoredCitation]:
        """A document's citations in text order, resolved against the store as it is now."""
        table = tables.citations
        query = select(table).where(table.c.document_id == document_id).order_by(table.c.ordinal)
        return self._citations(query)

    def cited_by(self, symbol_key: str) -> list[StoredCitation]:
        """Citations of this symbol in documents that bear another one, in the order of intake."""
        table, documents = tables.citations, tables.documents
        query = (
            select(table)
            .join(documents, documents.c.id == table.c.document_id)
            .where(table.c.symbol_key == symbol_key, documents.c.symbol_key.is_distinct_from(symbol_key))
            .order_by(table.c.document_id, table.c.ordinal)
        )
        return self._citations(query)

    def citing(self, document_id: int) -> list[StoredCitation]:
        """Citations that may mean this document, by symbol or by name, in the order of intake."""
        table, documents = tables.citations, tables.documents
        with self._db.read() as connection:
            keys = connection.execute(select(documents).where(documents.c.id == document_id)).one_or_none()
        if keys is None:
            return []
        met = or_(table.c.meeting_key == keys.meeting_key, table.c.name_key == keys.name_key)
        query = (
            select(table)
            .join(documents, documents.c.id == table.c.document_id)
            .where(met, table.c.document_id != document_id)
            .where(documents.c.symbol_key.is_distinct_from(keys.symbol_key) if keys.symbol_key else true())
            .order_by(table.c.document_id, table.c.ordinal)
        )
        return [found for found in self._citations(query) if document_id in found.resolved]

    def references(self, document_id: int) -> list[dict[str, object]]:
        """References inside the text (Điều này), in the contract's shape."""
        table = tables.doc_references
        query = select(table.c.facts).where(table.c.document_id == document_id).order_by(table.c.ordinal)
        with self._db.read() as connection:
            return [dict(facts) for facts in connection.scalars(query)]

    def tasks(
        self,
        *,
        document_id: int | None = None,
        ids: Sequence[int] | None = None,
        class_: str | None = None,
        removed: bool = False,
        known_at: dt.datetime | None = None,
    ) -> list[StoredTask]:
        """Tasks by document and place, as they are or as they were known at a moment."""
        table, rows = tables.tasks, list[Row[Any]]()
        with self._db.read() as connection:
            for query in task_rows.select_tasks(known_at, removed=removed):
                wanted = query
                if document_id is not None:
                    wanted = wanted.where(table.c.document_id == document_id)
                if ids is not None:
                    wanted = wanted.where(among(table.c.id, ids))
                if class_ is not None and known_at is None:
                    wanted = wanted.where(table.c.task_class == class_)
                rows += connection.execute(wanted)
        rows.sort(key=lambda row: (row.document_id, row.ordinal))
        found = [task_rows.read_task(row, self._zone) for row in rows]
        return [task for task in found if class_ in (None, task.task.class_) and _shown(task)]

    def report(self, document_id: int) -> Report | None:
        """What the document reports, its items included; None for a document that is no report."""
        query = select(tables.reports.c.facts).where(tables.reports.c.document_id == document_id)
        with self._db.read() as connection:
            facts = connection.scalar(query)
        if facts is None:
            return None
        items = [codec.dump(kept.item) for kept in self.items(document_id) if kept.vanished_at is None]
        return codec.load(Report, {**facts, "items": items})

    def report_heads(self, document_ids: Sequence[int]) -> dict[int, Report]:
        """What these documents report, without their items."""
        table, found = tables.reports, dict[int, Report]()
        with self._db.read() as connection:
            for start in range(0, len(document_ids), _CHUNK):
                some = table.c.document_id.in_(document_ids[start : start + _CHUNK])
                for row in connection.execute(select(table.c.document_id, table.c.facts).where(some)):
                    found[row.document_id] = codec.load(Report, row.facts)
        return found

    def documents_by_id(self, ids: Collection[int]) -> dict[int, StoredDocument]:
        """These documents, by id."""
        table = tables.documents
        found = (one for part in parts(ids) for one in self._many(select(table).where(among(table.c.id, part))))
        return {document.id: document for document in found}

    def stray_reports(self, ids: Collection[int]) -> list[StoredDocument]:
        """Reports among these of which no statement is proposed or confirmed to answer a task."""
        table, links, items = tables.documents, tables.links, tables.items
        stray = []
        for part in parts(ids):
            # decisions are compared here: in SQL they tempt the planner to start from all links
            told = select(items.c.document_id, links.c.decision).join(links, links.c.item_id == items.c.id)
            told = told.where(items.c.document_id.in_(part), links.c.present, links.c.task_id.is_not(None))
            with self._db.read() as connection:
                linked = {row[0] for row in connection.execute(told) if row[1] in ACTIVE}
            left = [number for number in part if number not in linked]
            stray += self._many(select(table).where(table.c.id.in_(left), table.c.role == "report"))
        return stray

    def items(self, document_id: int | None = None, *, ids: Sequence[int] | None = None) -> list[StoredItem]:
        """Report items by document and place."""
        table = tables.items
        query = select(table).order_by(table.c.document_id, table.c.ordinal)
        if document_id is not None:
            query = query.where(table.c.document_id == document_id)
        if ids is not None:
            query = query.where(among(table.c.id, ids))
        with self._db.read() as connection:
            return [
                StoredItem(row.id, row.document_id, codec.load(ReportItem, row.facts), self._moment(row.vanished_at))
                for row in connection.execute(query).all()
            ]

    def _one(self, query: Select[Any]) -> StoredDocument | None:
        found = self._many(query)
        return found[0] if found else None

    def _many(self, query: Select[Any]) -> list[StoredDocument]:
        with self._db.read() as connection:
            return [self._document(row) for row in connection.execute(query)]

    def _citations(self, query: Select[Any]) -> list[StoredCitation]:
        with self._db.read() as connection:
            return resolution.resolve_rows(connection, connection.execute(query).all())

    def _document(self, row: Row[Any]) -> StoredDocument:
        return StoredDocument(
            id=row.id,
            sha256=row.sha256,
            key=row.key,
            file=row.file,
            media_type=row.media_type,
            status=row.status,
            pages=row.pages,
            text_chars=row.text_chars,
            header=codec.load(Header, row.header),
            role=row.role,
            arrived=row.arrived,
            known_at=row.known_at.astimezone(self._zone),
            problems=codec.load_all(Problem, row.problems),
            rules=row.rules,
            read_at=self._moment(row.read_at),
        )

    def _moment(self, value: dt.datetime | None) -> dt.datetime | None:
        return value.astimezone(self._zone) if value else None


def _insert_new(
    database: Database, connection: Connection, rows: dict[str, tuple[dict[str, Any], list[tuple[Table, Rows]]]]
) -> int:
    """Documents that are not there yet, by SHA-256, with all their rows; tells how many those are."""
    if not rows:
        return 0
    table = tables.documents
    new = database.insert_new(table).on_conflict_do_nothing().returning(table.c.id, table.c.sha256)
    added = sorted(tuple(row) for row in connection.execute(new, [row for row, _ in rows.values()]))
    grouped: dict[Table, Rows] = {}
    for document_id, sha256 in added:
        for child, entries in rows[sha256][1]:
            grouped.setdefault(child, []).extend({**entry, "document_id": document_id} for entry in entries)
    for child, entries in grouped.items():
        if entries and child is tables.tasks:
            revision = task_rows.next_revision(connection)
            entries = [{**entry, "revision": revision} for entry in entries]  # noqa: PLW2901 - the same rows, numbered
        if entries:
            connection.execute(insert(child), entries)
    mark_documents(connection, [document_id for document_id, _ in added])
    return len(added)


def _shown(task: StoredTask) -> bool:
    """What a new reading dropped is only shown to those who look at the past."""
    return task.removal is None or task.removal.by is not None


def _filtered(query: Select[Any], role: Role | None, status: str | None) -> Select[Any]:
    if role is not None:
        query = query.where(tables.documents.c.role == role)
    if status is not None:
        query = query.where(tables.documents.c.status == status)
    return query
