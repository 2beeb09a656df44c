"""The facts found in a text, in the shape of the JSON contract (design.md, "The contract that scripts rely on").

Field names are the contract's keys. Offsets are code points into the document's stored text.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

Relation = Literal[
    "basis", "implements", "per", "amends", "supplements", "replaces", "repeals", "details", "guides", "consolidates",
    "corrects", "suspends", "attached_to", "follows_up", "answers", "proposed_by", "history", "refers",
]  # fmt: skip
Precision = Literal["day", "month", "quarter", "half-year", "year", "none"]
Recurrence = Literal["weekly", "monthly", "quarterly", "half-yearly", "yearly", "continuous", "on-request"]
LeadSource = Literal["explicit", "heading", "inherited", "table"]
Modality = Literal["order", "soft", "prohibition", "study", "standing"]
TermUnit = Literal["hour", "day", "week", "month", "year"]
MoveKind = Literal["extended", "moved"]
Comparator = Literal["=", ">", ">=", "<", "<=", "range", "increase", "decrease"]
TaskClass = Literal["tracked", "general"]
Deciding = Literal["rules", "classifier", "both"]
"""What tells assigned work from other sentences; anything but "both" is for measuring."""
ClaimedStatus = Literal[
    "done", "partial", "in_progress", "not_started", "promise", "continuous", "change_requested", "unknown"
]
System = Literal["state", "party"]
AmendmentAction = Literal["amend", "replace", "repeal", "supplement", "suspend"]
EffectKind = Literal["start", "end", "suspend"]
Locator = tuple[str, ...]
"""A path from the largest level to the smallest: ("Điều 5", "khoản 2", "điểm a")."""


@dataclass(frozen=True, slots=True)
class Header:
    """Who issued a text, under which number, when, and about what (NĐ 30/2020 Điều 8; 36-HD/VPTW)."""

    symbol: str | None = None
    kind: str | None = None
    issuer: str | None = None
    issuers: tuple[str, ...] = ()
    date: dt.date | None = None
    title: str | None = None
    signers: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    system: System | None = None
    urgency: str | None = None
    secrecy: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention of another document, by number or by name, with everything printed about it."""

    text: str
    start: int
    end: int
    page: int | None = None
    symbol: str | None = None
    symbol_printed: str | None = None
    name: str | None = None
    kind: str | None = None
    date: dt.date | None = None
    issuer: str | None = None
    locators: tuple[Locator, ...] = ()
    relation: Relation = "refers"
    agent: str | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference inside the text (Điều này, Nghị định này) or by an alias without a symbol."""

    text: str
    start: int
    end: int
    target: str
    locators: tuple[Locator, ...] = ()


@dataclass(frozen=True, slots=True)
class Every:
    """The day (and month) on which a recurring duty falls due."""

    day: int | None = None
    month: int | None = None


@dataclass(frozen=True, slots=True)
class Amendment:
    """One place of one document that a text changes; an empty ``locator`` means the whole document.

    ``start:end`` is the new wording where the text gives one, else the instruction; ``clause`` is the instruction. A
    change of words ("thay thế cụm từ “A” bằng “B”") is an ``amend`` with ``old`` and ``new``.
    """

    locator: Locator
    action: AmendmentAction
    target: str | None
    by: str | None
    start: int
    end: int
    clause: tuple[int, int]
    old: str | None = None
    new: str | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """When a text says that something begins or ends to be in force; ``date`` is None where ``anchor`` tells the event.

    ``target`` None is the text itself. ``last`` of a suspension is its last day. Anchors: ``signing`` (the day of the
    text), ``own_start`` (when the text itself enters into force), ``unknown``; ``days`` count from the anchor.
    """

    kind: EffectKind
    target: str | None
    start: int
    end: int
    locators: tuple[Locator, ...] = ()
    date: dt.date | None = None
    anchor: str | None = None
    days: int = 0
    last: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A term counted from an event: 15 working days from the day of issue; ``event`` None for any other event."""

    amount: int
    unit: TermUnit
    working: bool = False
    event: str | None = None
    """"issued", "received", "effective"."""


@dataclass(frozen=True, slots=True)
class Move:
    """A later document moves a deadline: which document and work it names, from when, to when."""

    start: int
    end: int
    kind: MoveKind
    document: str | None
    task: str | None
    old: Deadline | None
    new: Deadline | None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as printed and as a date; ``inclusive`` is False for "trước ngày D" (domain-vn.md 3.2)."""

    text: str
    start: dt.date | None = None
    due: dt.date | None = None
    inclusive: bool = True
    time: str | None = None
    precision: Precision = "none"
    recurrence: Recurrence | None = None
    every: Every | None = None
    anchor: str | None = None
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """One directive clause inside a task: ``text[start:end]`` of the document."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Target:
    """A figure to reach: what is measured, how it is compared, and with which value ("đạt trên 80%")."""

    indicator: str
    comparator: Comparator
    value: float
    unit: str | None = None
    upper: float | None = None
    """The end of a range ("từ 70% đến 80%")."""


@dataclass(frozen=True, slots=True)
class Task:
    """Work that the text assigns to a unit; the smallest separately numbered or bulleted item is one task."""

    id: str
    text: str
    start: int
    end: int
    page: int | None = None
    section: tuple[str, ...] = ()
    in_table: bool = False
    lead: tuple[str, ...] = ()
    lead_source: LeadSource | None = None
    coordinators: tuple[str, ...] = ()
    deadline: Deadline | None = None
    product: str | None = None
    """What is to be handed in: a table's column, an attribute, or in prose what must be there by a date."""
    outputs: tuple[str, ...] = ()
    """All that the words name to be made ("kế hoạch hành động cụ thể"), dated or not."""
    target: str | None = None
    modality: Modality = "order"
    class_: TaskClass = "general"
    report_due: str | None = None
    report_to: str | None = None
    report_via: str | None = None
    citations: tuple[str, ...] = ()
    confidence: float = 0.0
    row: str | None = None
    """The printed number of the table row or list item ("12", "II.3"), for reports that answer by number."""
    actions: tuple[Action, ...] = ()
    targets: tuple[Target, ...] = ()
    receivers: tuple[str, ...] = ()
    """To whom the product goes ("trình UBND tỉnh ban hành")."""
    basis: tuple[str, ...] = ()
    """The cited documents by which the work is to be done ("theo Nghị định 45/2020/NĐ-CP")."""
    period: Period | None = None
    """The span of years or months that the work is for ("giai đoạn 2026 - 2030")."""
    watch: bool = False
    """True where the body follows up what others do ("theo dõi, đôn đốc việc thực hiện …")."""
    feeds: str | None = None
    """The id of the task of this text that uses this one's result (units report to a Sở, the Sở sums up)."""


@dataclass(frozen=True, slots=True)
class Period:
    """The span that a report covers."""

    from_: dt.date | None
    to: dt.date | None
    label: str


ReportSection = Literal["plans", "limits"]
"""Sections of a report that hold no results: what comes next; limits, causes and requests."""


@dataclass(frozen=True, slots=True)
class ReportItem:
    """One statement of a report about one piece of work, with the status that the unit claims."""

    id: str
    text: str
    start: int
    end: int
    page: int | None = None
    claimed_status: ClaimedStatus = "unknown"
    late: bool = False
    figures: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    row: str | None = None
    code: str | None = None
    """The task's code on the office's own report form ("DD-000123-P"), as printed."""
    section: ReportSection | None = None
    """Where it stands among what is no result."""


@dataclass(frozen=True, slots=True)
class ReportPart:
    """A report of another unit inside the file, with its own header; its items are those between start and end."""

    start: int
    end: int
    symbol: str | None = None
    kind: str | None = None
    issuer: str | None = None
    date: dt.date | None = None
    unit: str | None = None
    period: Period | None = None
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a unit says it did: who, for which period, answering which documents."""

    unit: str | None = None
    period: Period | None = None
    answers: tuple[str, ...] = ()
    items: tuple[ReportItem, ...] = ()
    parts: tuple[ReportPart, ...] = ()
    """Reports inside the file, in its order; what stands in none of them is the document's own."""

    def part_at(self, start: int) -> ReportPart | None:
        """The report inside in which this place stands; None where it is the document's own."""
        return next((part for part in self.parts if part.start <= start < part.end), None)

    def at(self, start: int) -> Report:
        """Who speaks at this place, for which period, answering what: without items."""
        return self.heard(self.part_at(start))

    def heard(self, part: ReportPart | None) -> Report:
        """Who speaks in this part (None: in the document's own), for which period, answering what: without items."""
        if part is None:
            return Report(self.unit, self.period, self.answers)
        return Report(part.unit, part.period or self.period, part.answers or self.answers)

    @property
    def units(self) -> tuple[str, ...]:
        """Every unit that speaks in the file."""
        names = (self.unit, *(part.unit for part in self.parts))
        return tuple(dict.fromkeys(name for name in names if name))


@dataclass(frozen=True, slots=True)
class UnitRef:
    """A printed name and the unit of the registry that it stands for (``nlp.registry``), as of the document's date.

    ``unit`` is None where nothing or several come into question (``candidates``), or where ``classes`` of bodies are
    meant. ``ended`` is the unit's last day where that lies before the document, with its ``successors``.
    """

    text: str
    unit: str | None = None
    name: str | None = None
    how: str = "unknown"
    confidence: float = 0.0
    candidates: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    ended: dt.date | None = None
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """All facts of one document."""

    header: Header = field(default_factory=Header)
    citations: tuple[Citation, ...] = ()
    references: tuple[Reference, ...] = ()
    tasks: tuple[Task, ...] = ()
    report: Report | None = None
    amendments: tuple[Amendment, ...] = ()
    effects: tuple[Effect, ...] = ()
    moves: tuple[Move, ...] = ()
    issuer_unit: UnitRef | None = None
    lead_units: tuple[tuple[UnitRef, ...], ...] = ()
    """For each task the units of its leads; never stored: an office may know its units better by the next day."""
