"""Tables of the kept cells: a cache of what tasks, reports and links say (service/cells.py), made anew at any time.

No foreign keys lead out: a cell outlives its task until it is refreshed, so that the totals can be taken back exactly.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import JSON, BigInteger, Boolean, Column, Index, Integer, String, Table, Text, false

from service.store.sql.tables import IsoTime, metadata

_SINCE: Final = ("done", "on_time", "reported")
SAID: Final = _SINCE
CONFIRMED: Final = tuple(f"c_{name}" for name in _SINCE)


WIDE: Final = BigInteger().with_variant(Integer, "sqlite")
"""The key of a cell: its task's id and its place (``cell_id``), so that it names the same obligation for good."""
PLACES: Final = 1 << 20


def cell_id(task_id: int, place: int) -> int:
    """The key of a task's cell at this place."""
    return task_id * PLACES + place


def _day(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _cell() -> Column[int]:
    return Column("cell_id", WIDE, primary_key=True, autoincrement=False)


_COUNTING: Final = (
    "unit_id", "opens", "closes", "last", "report_last", *SAID, *CONFIRMED, "document_id", "due", "state", "tracked",
    "label", "first", "final",
)  # fmt: skip

gap_units = Table(
    "gap_units",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("name", Text, nullable=False, unique=True),
    Column("collective", Boolean, nullable=False, server_default=false()),
)
gap_cells = Table(
    "gap_cells",
    metadata,
    Column("id", WIDE, primary_key=True, autoincrement=False),
    Column("task_id", Integer, nullable=False, index=True),
    Column("document_id", Integer, nullable=False),
    Column("unit_id", Integer, nullable=False),
    Column("state", Integer, nullable=False),
    Column("tracked", Boolean, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("via_id", Integer),
    Column("origin_id", Integer),
    Column("collective", Boolean, nullable=False),
    Column("label", Text),
    Column("first", Integer),
    Column("final", Integer),
    _day("opens"),
    _day("closes"),
    _day("due"),
    Column("inclusive", Boolean, nullable=False),
    _day("last"),
    _day("report_due"),
    Column("report_inclusive", Boolean, nullable=False),
    _day("report_last"),
    *(_day(name) for name in (*SAID, *CONFIRMED)),
    Column("links", JSON, nullable=False),
    # Counting walks an index alone: all that decides a status stands in it.
    Index("ix_gap_cells_count", *_COUNTING),
    Index("ix_gap_cells_directive", "document_id", "ordinal", "place"),
    # What falls due in some days, in the order of its day, without a look at the cells themselves.
    Index(
        "ix_gap_cells_due", "last", "id", "done", "opens", "closes", "due", "state", "tracked", "unit_id", "document_id"
    ),
    Index("ix_gap_cells_standing", "tracked", "state", "opens", "closes"),
)
gap_claims = Table(
    "gap_claims",
    metadata,
    _cell(),
    Column("since", Integer, primary_key=True, autoincrement=False),
    _day("until"),
    Column("claimed", String(16)),
    Column("done_on", Integer),
)
gap_flags = Table(
    "gap_flags",
    metadata,
    _cell(),
    Column("rule", String(32), primary_key=True),
    Column("since", Integer, primary_key=True, autoincrement=False),
    _day("until"),
    Column("detail", JSON, nullable=False),
    Index("ix_gap_flags_rule", "rule", "cell_id", "since", "until"),
)
gap_fields = Table(
    "gap_fields",
    metadata,
    Column("task_id", Integer, primary_key=True, autoincrement=False),
    Column("field", String(64), primary_key=True),
    Index("ix_gap_fields_field", "field", "task_id"),
)
# Reports that answer no task: what to name beside "chưa báo cáo".
gap_strays = Table(
    "gap_strays",
    metadata,
    Column("document_id", Integer, primary_key=True, autoincrement=False),
    Column("issuer", Text, nullable=False),
    _day("arrived"),
)
# On how many cells of a unit, a directive or all each status begins (+) or ends (-) on a day; the sum up to a day is
# the count. ``late_missing`` are those that are both overdue and unreported. Sums of whole spans of days stand beside
# those of single days (scope ``u*`` beside ``u``, ``day`` being the span's number), so that a year is added up quickly.
COUNTED: Final = (
    "total", "no_deadline",
    "done_on_time", "done_late", "open_overdue", "reported", "reported_late", "missing", "late_missing",
    "c_done_on_time", "c_done_late", "c_open_overdue", "c_reported", "c_reported_late", "c_missing", "c_late_missing",
    "pending",
)  # fmt: skip
OPEN: Final = {"all": "a", "unit": "u", "directive": "d"}
"""Scopes of sums without ended cells."""
TRACKED: Final = {"all": "A", "unit": "U", "directive": "D"}
"""Scopes of what is under tracking and active."""
WHOLE: Final = {"all": "x", "unit": "y", "directive": "z"}
"""Scopes of sums in which ended cells count too."""
SPAN: Final = 32
SPANS: Final = "*"
"""How many days a span has, and what marks its scope."""
gap_days = Table(
    "gap_days",
    metadata,
    Column("scope", String(2), primary_key=True),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("ref", Integer, primary_key=True, autoincrement=False),
    *(Column(name, Integer, nullable=False) for name in COUNTED),
    sqlite_with_rowid=False,
)
# The same of the rules that rest on wording: on how many cells of the scope the rule begins or ends to hold on a day.
gap_rule_days = Table(
    "gap_rule_days",
    metadata,
    Column("scope", String(2), primary_key=True),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("ref", Integer, primary_key=True, autoincrement=False),
    Column("rule", String(32), primary_key=True),
    Column("n", Integer, nullable=False),
    sqlite_with_rowid=False,
)
# What has to be looked at again: a task, or a document with all its tasks and statements. Written in the transaction
# that changes them.
gap_dirty = Table(
    "gap_dirty",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("task_id", Integer),
    Column("document_id", Integer),
    sqlite_autoincrement=True,
)
gap_basis = Table(
    "gap_basis",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("signature", Text, nullable=False),
    _day("horizon"),
    Column("counted", Boolean, nullable=False),
)
# A question that a person keeps, under a name; shared ones are seen by everyone.
saved_searches = Table(
    "saved_searches",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("name", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("query", JSON, nullable=False),
    Column("shared", Boolean, nullable=False),
    Column("created_at", IsoTime, nullable=False),
    Column("used", Integer, nullable=False),
    Column("used_at", IsoTime),
    Index("uq_saved_searches_owner_name", "owner", "name", unique=True),
)
# Which leader is in charge of which units and fields (phân công lãnh đạo phụ trách).
charges = Table(
    "charges",
    metadata,
    Column("leader", Text, primary_key=True),
    Column("kind", String(8), primary_key=True),
    Column("name", Text, primary_key=True),
)
