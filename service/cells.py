"""Obligations as the database keeps them: every status of a cell follows from the days on which something begins.

A cell is *done from* the day on which the first report of completion arrived, *reported from* the day of its first
report, *overdue* after its last day in time. So one row answers for every as-of date, and SQL judges by comparing days.
Days are proleptic Gregorian ordinals (``date.toordinal``): a comparison of two integers is what the database does
half a million times for a count. See docs/decisions/0008-cells-kept-as-days.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple

FAR: Final = dt.date.max.toordinal()
"""The day of what never happens: no deadline, no report."""

ACTIVE, SUSPENDED, ENDED = 0, 1, 2
"""Whether an obligation is followed: suspended ones are not judged late, ended ones left the figures."""

TASK_STATUS: Final = ("done_on_time", "done_late", "open_in_time", "open_overdue", "no_deadline")
REPORT_STATUS: Final = ("not_due", "reported", "reported_late", "missing")

Order = Literal["text", "due", "unit"]
Standing = Literal["draft", "followed", "suspended", "ended"]
"""Where an obligation stands in the office's hands; what is no more than a draft is nothing else."""
Group = Literal["unit", "directive", "unit_directive", "unit_period", "period", "task"]


@dataclass(frozen=True, slots=True)
class Since:
    """The days from which the two axes change, from some of the statements: all that count, or the confirmed alone."""

    done: int = FAR
    on_time: int = FAR
    """From when a report of completion within the term is known; never before ``done``."""
    reported: int = FAR


@dataclass(frozen=True, slots=True)
class Claim:
    """What the unit's latest statement says from ``since`` until the day before ``until``."""

    since: int
    until: int
    claimed: str | None
    done_on: int | None = None
    """The day on which the work was done, as far as reports tell it by then."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A rule that holds from ``since`` until the day before ``until``, whatever day it is asked on."""

    rule: str
    since: int
    until: int = FAR
    detail: dict[str, Any] = field(default_factory=dict, hash=False)
    """What the rule's text names."""


@dataclass(frozen=True, slots=True)
class Cell:
    """An obligation with the days that decide about it."""

    task_id: int
    document_id: int
    unit: str
    """As printed; empty where the task names nobody."""
    opens: int
    """The first as-of date on which it is seen."""
    closes: int = FAR
    """The as-of date from which it is seen no more: followed to its end, or another version of it from then on."""
    state: int = ACTIVE
    tracked: bool = False
    """Whether a person put the task under tracking."""
    ordinal: int = 0
    place: int = 0
    """Its place among the task's own, whose place in the text is ``ordinal``."""
    via: str | None = None
    """The collective as printed, when ``unit`` is one of its members."""
    origin: str | None = None
    """The assignee as printed, when the lead moved to ``unit``."""
    collective: bool = False
    label: str | None = None
    first: int | None = None
    final: int | None = None
    """First and last day of the period."""
    due: int = FAR
    inclusive: bool = True
    last: int = FAR
    """The last day in time; the day before ``due`` where that day itself is too late."""
    report_due: int = FAR
    report_inclusive: bool = True
    report_last: int = FAR
    said: Since = Since()
    confirmed: Since = Since()
    links: tuple[int, ...] = ()
    claims: tuple[Claim, ...] = ()
    flags: tuple[Flag, ...] = ()
    id: int = 0


@dataclass(frozen=True, slots=True)
class CellQuery:
    """Which cells are asked for; None asks for all, an empty sequence for none."""

    day: int
    official: bool = False
    """Whether statuses rest on confirmed links alone."""
    documents: Sequence[int] | None = None
    tasks: Sequence[int] | None = None
    ended: bool = False
    """Also obligations whose tracking has ended."""
    tracked: bool = False
    """Only tasks that a person put under tracking, and that are neither suspended nor ended: official figures."""
    standing: Standing | None = None
    within: tuple[int, int] | None = None
    """The last day in time is one of these, or between them."""
    units: Sequence[int] | None = None
    collectives: Sequence[int] = ()
    """Collectives of which the asked unit is a member: their cells stand for it where it has none of its own."""
    period: tuple[str, int | None, int | None] | None = None
    """Label, and first and last day where the label is a calendar period."""
    task_status: Sequence[str] = ()
    report_status: Sequence[str] = ()
    rules: Sequence[str] = ()
    """One of them holds."""
    fields: Sequence[str] = ()
    charged: tuple[Sequence[int], Sequence[str]] | None = None
    """Units and fields that a leader is in charge of: one of them fits."""
    pending: bool | None = None
    due_soon_days: int = 7
    stray_units: Sequence[int] = ()
    """Units one of whose reports is linked to no task."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many cells of a group have each status; ``key`` names the group (ids, or a period's label)."""

    key: tuple[int | str | None, ...]
    total: int
    statuses: dict[str, int] = field(default_factory=dict)
    pending: int = 0
    holes: int = field(default=0, compare=False)
    """Overdue or unreported though due; counted where cells are looked at, not in daily sums."""


class SeenCell(NamedTuple):
    """A cell as of a day, flat: what the database gives in one row, and what pages, tables and files are made of."""

    task_id: int
    document_id: int
    unit: str
    via: str | None
    origin: str | None
    collective: bool
    label: str | None
    first: int | None
    final: int | None
    opens: int
    closes: int
    due: int
    inclusive: bool
    last: int
    report_due: int
    report_inclusive: bool
    reported: int
    """The day of the first report."""
    state: int
    tracked: bool
    links: tuple[int, ...]
    task_status: str
    report_status: str
    official_task_status: str
    official_report_status: str
    basis: Literal["none", "suggested", "confirmed"]
    """What the statuses rest on: no statement, the machine's proposals alone, a person's confirmation."""
    claimed: str | None
    done_on: int | None
    flags: tuple[Flag, ...]
    """Rules that do not follow from the statuses."""

    @property
    def pending(self) -> bool:
        """Whether the statuses rest on proposals alone: chờ rà soát."""
        return self.basis == "suggested"


@dataclass(frozen=True, slots=True)
class Stray:
    """A report of which no statement is linked to any task."""

    document_id: int
    issuer: str
    arrived: int


@dataclass(frozen=True, slots=True)
class Basis:
    """What the kept cells rest on: other rules or settings than these, and all are made anew."""

    signature: str
    horizon: int
    """The day up to which periods of recurring duties are kept."""
    counted: bool = False
    """Whether all cells have been made once; till then they are no answer."""
