"""The tables of an office's own units, in the schema of ``tables``. Unit ids are those of ``nlp.registry``."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from service.store.sql.tables import IsoDate, IsoTime, metadata


def _key() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=True)


def _of_unit() -> Column[int]:
    return Column("unit_id", Integer, ForeignKey("units.id", ondelete="CASCADE"), nullable=False, index=True)


def _term() -> list[Column[object]]:
    return [Column("valid_from", IsoDate), Column("valid_to", IsoDate)]


units = Table(
    "units",
    metadata,
    _key(),
    Column("unit", Text, nullable=False, unique=True),
    Column("level", String(16), nullable=False),
    Column("province", Text),
    *_term(),
    Column("by", Text, nullable=False),
    Column("known_at", IsoTime, nullable=False),
    sqlite_autoincrement=True,
)
unit_names = Table(
    "unit_names",
    metadata,
    _key(),
    _of_unit(),
    Column("ordinal", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("key", Text, nullable=False, index=True),
    Column("kind", String(8), nullable=False),
    *_term(),
    UniqueConstraint("unit_id", "ordinal"),
)
unit_codes = Table(
    "unit_codes",
    metadata,
    _key(),
    _of_unit(),
    Column("scheme", Text, nullable=False),
    Column("value", Text, nullable=False),
    *_term(),
)
# Type and parent over time.
unit_parents = Table(
    "unit_parents",
    metadata,
    _key(),
    _of_unit(),
    Column("type", Text, nullable=False),
    Column("parent", Text),
    *_term(),
)
# Also for units of the built-in registry: a person decides which of several successors answers.
unit_successors = Table(
    "unit_successors",
    metadata,
    _key(),
    Column("unit", Text, nullable=False, index=True),
    Column("successor", Text, nullable=False),
    Column("date", IsoDate, nullable=False),
    Column("scope", String(8), nullable=False),
    Column("basis", Text),
    Column("what", Text),
    Column("by", Text, nullable=False),
    Column("known_at", IsoTime, nullable=False),
)
unit_members = Table(
    "unit_members",
    metadata,
    _key(),
    Column("collective", Text, nullable=False),
    Column("key", Text, nullable=False, index=True),
    Column("member", Text, nullable=False),
    *_term(),
)
# One row: which body runs this system.
unit_office = Table(
    "unit_office",
    metadata,
    _key(),
    Column("unit", Text),
    Column("province", Text),
    Column("by", Text, nullable=False),
    Column("known_at", IsoTime, nullable=False),
)
# Append only: who changed what, when, from what to what.
unit_events = Table(
    "unit_events",
    metadata,
    _key(),
    Column("subject", Text, nullable=False, index=True),
    Column("action", String(16), nullable=False),
    Column("before", JSON),
    Column("after", JSON),
    Column("by", Text, nullable=False),
    Column("known_at", IsoTime, nullable=False),
    sqlite_autoincrement=True,
)
