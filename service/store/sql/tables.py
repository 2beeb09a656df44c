"""The schema. Facts are JSON in the contract's shape; columns beside them exist to be searched.

Dates and times are ISO text: they sort as text, read the same in every database, and survive without a driver's help.
``service/store/migrations`` builds the same schema; a test compares the two.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)


class IsoDate(TypeDecorator[dt.date]):
    """A day as ``2026-11-23``."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: dt.date | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return value.isoformat() if value else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> dt.date | None:  # noqa: ARG002
        return dt.date.fromisoformat(value) if value else None


class IsoTime(TypeDecorator[dt.datetime]):
    """A moment as UTC text of fixed width, ``2026-11-23T08:15:00.000000+00:00``; naive times are a defect."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without zone cannot be stored")
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002
        return dt.datetime.fromisoformat(value) if value else None


def _key() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=True)


def _document(*, primary_key: bool = False) -> Column[int]:
    place = ForeignKey("documents.id", ondelete="CASCADE")
    return Column("document_id", Integer, place, primary_key=primary_key, nullable=False, autoincrement=False)


documents = Table(
    "documents",
    metadata,
    _key(),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("key", Text),
    Column("symbol_key", Text, index=True),
    Column("meeting_key", Text, index=True),
    Column("name_key", Text, index=True),
    Column("date", IsoDate),
    Column("file", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("status", String(16), nullable=False, index=True),
    Column("pages", Integer),
    Column("text_chars", Integer, nullable=False),
    Column("header", JSON, nullable=False),
    Column("role", String(16), nullable=False, index=True),
    Column("arrived", IsoDate),
    Column("known_at", IsoTime, nullable=False),
    Column("problems", JSON, nullable=False),
    Column("rules", String(64)),
    Column("read_at", IsoTime),
    sqlite_autoincrement=True,
)
# Beside the documents table, not in it: lists of documents must not drag megabytes of text along.
texts = Table(
    "texts",
    metadata,
    _document(primary_key=True),
    Column("body", Text, nullable=False),
    Column("layout", LargeBinary, nullable=False),
)
citations = Table(
    "citations",
    metadata,
    _key(),
    _document(),
    Column("ordinal", Integer, nullable=False),
    Column("symbol_key", Text, index=True),
    Column("meeting_key", Text, index=True),
    Column("name_key", Text, index=True),
    Column("facts", JSON, nullable=False),
    UniqueConstraint("document_id", "ordinal"),
)
# "references" is a reserved word of SQL
doc_references = Table(
    "doc_references",
    metadata,
    _key(),
    _document(),
    Column("ordinal", Integer, nullable=False),
    Column("facts", JSON, nullable=False),
    UniqueConstraint("document_id", "ordinal"),
)


def _task_overlay() -> list[Column[Any]]:
    """What people laid over a reading; ``facts`` is the outcome, ``extracted`` the reading where the two differ."""
    return [
        Column("extracted", JSON(none_as_null=True)),
        Column("correction", JSON(none_as_null=True)),
        Column("removal", JSON(none_as_null=True)),
    ]


tasks = Table(
    "tasks",
    metadata,
    _key(),
    _document(),
    Column("ordinal", Integer, nullable=False),
    Column("task_class", String(16), nullable=False, index=True),
    Column("facts", JSON, nullable=False),
    Column("known_at", IsoTime, nullable=False),
    Column("confirmed_by", Text),
    Column("confirmed_at", IsoTime),
    Column("vanished_at", IsoTime),
    Column("revision", Integer, nullable=False, server_default="0", index=True),
    # The number of the task's last event; 0 for one that nothing has happened to since it was found.
    Column("version", Integer, nullable=False, server_default="0"),
    Column("origin", JSON(none_as_null=True)),
    # The revision up to which tasks like this one were looked for.
    Column("paired", Integer, nullable=False, server_default="-1"),
    *_task_overlay(),
    UniqueConstraint("document_id", "ordinal"),
)
# Tasks that read alike, the smaller number first; a person may say that two are the same or different work.
task_pairs = Table(
    "task_pairs",
    metadata,
    _key(),
    Column("one", Integer, ForeignKey("tasks.id", ondelete="CASCADE"), nullable=False),
    Column("other", Integer, ForeignKey("tasks.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("likeness", Float, nullable=False),
    Column("decision", String(16)),
    Column("person", Text),
    Column("at", IsoTime),
    UniqueConstraint("one", "other"),
    sqlite_autoincrement=True,
)
# What people did to tasks, one row an operation; undoing is an operation too.
task_operations = Table(
    "task_operations",
    metadata,
    _key(),
    Column("action", String(16), nullable=False),
    Column("person", Text, nullable=False),
    Column("at", IsoTime, nullable=False),
    Column("reason", Text),
    Column("document_id", Integer, ForeignKey("documents.id", ondelete="CASCADE"), index=True),
    Column("undoes", Integer, ForeignKey("task_operations.id")),
    sqlite_autoincrement=True,
)
# Every state a task ever had, so that --known-at shows it as it was. One that never changed has none: its row tells.
task_events = Table(
    "task_events",
    metadata,
    _key(),
    Column("task_id", Integer, ForeignKey("tasks.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("operation_id", Integer, ForeignKey("task_operations.id"), index=True),
    Column("action", String(16), nullable=False),
    Column("at", IsoTime, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("confirmed_by", Text),
    Column("confirmed_at", IsoTime),
    Column("vanished_at", IsoTime),
    *_task_overlay(),
    sqlite_autoincrement=True,
)
reports = Table(
    "reports",
    metadata,
    _document(primary_key=True),
    Column("facts", JSON, nullable=False),
    Column("linked_at", IsoTime),
    Column("linked_revision", Integer),
    Column("scorer", Text),
)
# One row, one number: it grows with every commit that adds or changes tasks. Times cannot order commits: a writer takes
# its time before it waits for the lock.
revision = Table("revision", metadata, _key(), Column("value", Integer, nullable=False))
items = Table(
    "items",
    metadata,
    _key(),
    _document(),
    Column("ordinal", Integer, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("vanished_at", IsoTime),
    UniqueConstraint("document_id", "ordinal"),
)


def _link_state() -> list[Column[object]]:
    return [
        Column("rank", Integer, nullable=False),
        Column("probability", Float, nullable=False),
        Column("calibrated", Boolean, nullable=False),
        Column("decision", String(16), nullable=False),
        Column("scorer", Text, nullable=False),
        Column("reasons", JSON, nullable=False),
        Column("decided_by", Text),
        Column("decided_at", IsoTime),
        Column("known_at", IsoTime, nullable=False),
        Column("present", Boolean, nullable=False),
        Column("suspect", Boolean, nullable=False, server_default=false()),
    ]


# One row a (item, task) pair for good, so that a link's id never changes meaning; ``present`` is false while the
# scorer no longer proposes it.
links = Table(
    "links",
    metadata,
    _key(),
    Column("item_id", Integer, ForeignKey("items.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("task_id", Integer, ForeignKey("tasks.id", ondelete="CASCADE"), index=True),
    *_link_state(),
    Index("ix_links_decision", "decision"),
)
# Every state a link ever had, so that --known-at shows the store as it was.
link_events = Table(
    "link_events",
    metadata,
    _key(),
    Column("link_id", Integer, ForeignKey("links.id", ondelete="CASCADE"), nullable=False, index=True),
    *_link_state(),
    sqlite_autoincrement=True,
)
# Scorers that the office's decisions taught: the last accepted one is at work, none means the one in the package.
scorers = Table(
    "scorers",
    metadata,
    _key(),
    Column("version", Text, nullable=False),
    Column("content", JSON, nullable=False),
    Column("check", JSON, nullable=False),
    Column("accepted", Boolean, nullable=False),
    Column("by", Text, nullable=False),
    Column("known_at", IsoTime, nullable=False),
    sqlite_autoincrement=True,
)
# What the office knows about the force of documents: every row it ever imported, with its provenance.
office_rows = Table(
    "office_rows",
    metadata,
    _key(),
    Column("symbol", Text, nullable=False),
    Column("symbol_key", Text, nullable=False, index=True),
    Column("issued", IsoDate),
    Column("effective", IsoDate),
    Column("expired", IsoDate),
    Column("replaced_by", Text),
    Column("source", Text),
    Column("checked_on", IsoDate),
    Column("file", Text, nullable=False),
    Column("row", Integer, nullable=False),
    Column("known_at", IsoTime, nullable=False),
    sqlite_autoincrement=True,
)
outbox = Table(
    "outbox",
    metadata,
    _key(),
    Column("document_id", Integer, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, unique=True),
    sqlite_autoincrement=True,
)
jobs = Table(
    "jobs",
    metadata,
    _key(),
    Column("kind", String(32), nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("total", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("phase", Text, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lease_owner", Text),
    Column("lease_until", IsoTime),
    Column("error", Text),
    Column("created_at", IsoTime, nullable=False),
    Column("updated_at", IsoTime, nullable=False),
    Column("not_before", IsoTime),
    sqlite_autoincrement=True,
)
job_files = Table(
    "job_files",
    metadata,
    _key(),
    Column("job_id", Integer, ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
    Column("file", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("sha256", String(64)),
    Column("message", Text),
    UniqueConstraint("job_id", "file"),
)
