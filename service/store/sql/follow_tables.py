"""The tables of follow-up work, in the schema of ``tables``."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from service.store.sql.tables import IsoDate, IsoTime, metadata


def _key() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=True)


# Append only. A task that somebody moved is never removed (see rereading), so its history has no cascade.
task_moves = Table(
    "task_moves",
    metadata,
    _key(),
    Column("task_id", Integer, ForeignKey("tasks.id"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("unit", Text),
    Column("period", Text),
    Column("effective", IsoDate, nullable=False),
    Column("known_at", IsoTime, nullable=False),
    Column("by", Text, nullable=False),
    Column("before", JSON, nullable=False),
    Column("after", JSON, nullable=False),
    Column("basis", Text),
    Column("note", Text),
    Column("answers", Integer, ForeignKey("task_moves.id")),
    Column("batch", String(40), index=True),
    sqlite_autoincrement=True,
)
letters = Table(
    "letters",
    metadata,
    _key(),
    Column("unit", Text, nullable=False, index=True),
    Column("round", Integer, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("as_of", IsoDate, nullable=False),
    Column("listed_at", IsoTime, nullable=False),
    Column("answer_by", IsoDate, nullable=False),
    Column("lines", JSON, nullable=False),
    Column("by", Text, nullable=False),
    Column("symbol", Text),
    Column("issued", IsoDate),
    sqlite_autoincrement=True,
)
letter_events = Table(
    "letter_events",
    metadata,
    _key(),
    Column("letter_id", Integer, ForeignKey("letters.id"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("at", IsoTime, nullable=False),
    Column("by", Text, nullable=False),
    Column("detail", JSON, nullable=False),
    sqlite_autoincrement=True,
)
# Append only: who said of an unread file that it is no report of a unit, and who took that back.
file_passes = Table(
    "file_passes",
    metadata,
    _key(),
    Column("document_id", Integer, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("unit", Text),
    Column("kind", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", IsoTime, nullable=False),
    sqlite_autoincrement=True,
)
# Append only: what is printed on papers (the office's names, its templates) with every content that was in use.
print_changes = Table(
    "print_changes",
    metadata,
    _key(),
    Column("subject", String(40), nullable=False, index=True),
    Column("action", String(16), nullable=False),
    Column("file", Text),
    Column("content", LargeBinary),
    Column("by", Text, nullable=False),
    Column("at", IsoTime, nullable=False),
    sqlite_autoincrement=True,
)
reminders = Table(
    "reminders",
    metadata,
    _key(),
    Column("key", Text, nullable=False),
    Column("rule", String(32), nullable=False),
    Column("day", IsoDate, nullable=False),
    Column("unit", Text, nullable=False),
    Column("task_id", Integer, ForeignKey("tasks.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("period", Text),
    Column("due", IsoDate, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", IsoTime, nullable=False),
    Column("read_at", IsoTime),
    Column("mail_to", Text),
    Column("mail_state", String(16), nullable=False),
    Column("mail_error", Text),
    Column("mail_at", IsoTime),
    Column("tries", Integer, nullable=False),
    UniqueConstraint("key"),
    Index("ix_reminders_read_at", "read_at"),
    Index("ix_reminders_mail_state", "mail_state"),
    sqlite_autoincrement=True,
)
contacts = Table(
    "contacts",
    metadata,
    _key(),
    Column("unit", Text, nullable=False, unique=True),
    Column("email", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", IsoTime, nullable=False),
)
