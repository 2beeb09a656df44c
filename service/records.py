"""The rows that the store hands out: plain frozen values, so that use cases never see SQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from typing import Final, Literal, NamedTuple

from corpus import READER
from corpus.model import Problem
from nlp import EXTRACTOR
from nlp.model import Citation, Header, Report, ReportItem, Task

Role = Literal["directive", "report", "other"]
Decision = Literal["none", "suggested", "confirmed", "rejected"]
JobState = Literal["queued", "running", "done", "failed", "cancelled"]
JobFileState = Literal["kept", "unchanged", "failed"]
RULES: Final = f"{READER}/{EXTRACTOR}"
"""The rules that read a file today; a document that others read is outdated."""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as kept. ``key`` is ``symbol@date`` (design.md 11) or None when the header names no symbol.

    ``arrived`` is the day the office received it (judges in time or late); ``known_at`` when the store learned of it.
    """

    id: int
    sha256: str
    key: str | None
    file: str
    media_type: str
    status: str
    pages: int | None
    text_chars: int
    header: Header
    role: Role
    arrived: dt.date | None
    known_at: dt.datetime
    problems: tuple[Problem, ...] = ()
    rules: str | None = None
    """The rules that read it (``RULES`` then); None for one kept before that was noted."""
    read_at: dt.datetime | None = None

    @property
    def outdated(self) -> bool:
        """Whether other rules than today's read it."""
        return self.rules != RULES

    @property
    def effective(self) -> dt.date:
        """The day on which this document counts as received: arrival, else its own date, else the day of intake."""
        return self.arrived or self.header.date or self.known_at.date()


@dataclass(frozen=True, slots=True)
class Correction:
    """A field of a task as a person put it; ``was`` is what the machine had read there then (codec JSON)."""

    field: str
    value: object
    was: object
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a task comes from that no reading found: entered by hand, or split off another one."""

    kind: Literal["manual", "split"]
    source: int | None = None
    """The task that it was split off."""
    note: str | None = None
    """What it was taken from, in the officer's words (bút phê, kết luận giao ban)."""


@dataclass(frozen=True, slots=True)
class Removal:
    """A task that a person took off the list; ``reason`` in words, ``into`` the task that it was merged into."""

    at: dt.datetime
    by: str | None
    """None: a new reading no longer found it, and nobody had decided anything about it."""
    reason: str | None = None
    into: int | None = None


@dataclass(frozen=True, slots=True)
class StoredTask:
    """A task with its document. ``id`` is the store's key, ``task.id`` the contract's.

    ``task`` is what the last reading found with people's corrections laid over it: what every reader sees.
    """

    id: int
    document_id: int
    task: Task
    confirmed: bool = False
    known_at: dt.datetime | None = None
    confirmed_by: str | None = None
    confirmed_at: dt.datetime | None = None
    vanished_at: dt.datetime | None = None
    """When a new reading no longer found it; it is kept since a person decided something about it."""
    machine: Task | None = None
    """What the machine read, where people corrected it; None otherwise, and for a task that no reading found."""
    corrections: tuple[Correction, ...] = ()
    origin: Origin | None = None
    removal: Removal | None = None
    version: int = 0
    """The number of its last change; who edits names it, so that nobody writes over what they have not seen."""

    @property
    def corrected(self) -> frozenset[str]:
        """Names of the fields that people corrected."""
        return frozenset(one.field for one in self.corrections)


@dataclass(frozen=True, slots=True)
class TaskEdit:
    """What one operation does to one task: correct fields, drop corrections, confirm, remove, restore, or add it.

    ``fields`` are values of ``nlp.model.Task``. ``version`` given: refuse if the task changed since.
    """

    task_id: int | None = None
    fields: Mapping[str, object] = field(default_factory=dict)
    revert: tuple[str, ...] = ()
    confirmed: bool | None = None
    removed: bool | None = None
    into: int | None = None
    """With ``removed``: the task of the same document into which this one goes, decided links with it."""
    new: Task | None = None
    document_id: int | None = None
    origin: Origin | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """What a person did to tasks in one go; ``undoes`` an earlier one, ``undone`` by a later one."""

    id: int
    action: str
    by: str
    at: dt.datetime
    reason: str | None
    document_id: int | None
    tasks: int
    undoes: int | None = None
    undone: int | None = None


@dataclass(frozen=True, slots=True)
class TaskEvent:
    """A state of a task since ``at``, and what brought it about; ``by`` None is the machine."""

    id: int
    task_id: int
    at: dt.datetime
    by: str | None
    action: str
    reason: str | None
    stored: StoredTask


@dataclass(frozen=True, slots=True)
class TaskPair:
    """Two tasks that read alike (``one`` the smaller number), and what a person decided about them."""

    id: int
    one: int
    other: int
    likeness: float
    decision: Literal["same", "different"] | None = None
    by: str | None = None
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class TaskCount:
    """How far the review of a document's tasks is."""

    document_id: int
    tasks: int
    confirmed: int
    corrected: int


@dataclass(frozen=True, slots=True)
class ReportCount:
    """How many statements a report has, and how many proposals for them wait for review."""

    items: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class StoredItem:
    """A report item with its report document."""

    id: int
    document_id: int
    item: ReportItem
    vanished_at: dt.datetime | None = None
    """As for a task."""


@dataclass(frozen=True, slots=True)
class StoredCitation:
    """A citation of one document and the documents of the store that it resolves to (none, one, or several)."""

    id: int
    document_id: int
    citation: Citation
    resolved: tuple[int, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """What an office knows about a document's force, as it stood in line ``row`` of the file that it imported."""

    symbol: str
    issued: dt.date | None = None
    effective: dt.date | None = None
    expired: dt.date | None = None
    """The first day out of force."""
    replaced_by: str | None = None
    source: str | None = None
    checked_on: dt.date | None = None
    file: str = ""
    row: int = 0
    id: int = 0
    known_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a link is proposed; ``weight`` is its share of the score. Text is shown to the officer."""

    code: str
    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Link:
    """A report item proposed (or decided) to answer a task. ``task_id`` None: the item answers nothing."""

    id: int
    item_id: int
    task_id: int | None
    rank: int
    probability: float
    calibrated: bool
    decision: Decision
    scorer: str
    reasons: tuple[Reason, ...] = ()
    decided_by: str | None = None
    decided_at: dt.datetime | None = None
    known_at: dt.datetime | None = None
    suspect: bool = False
    """A new reading changed the wording of the task or the statement since this was scored or decided."""


class LinkHead(NamedTuple):
    """What a long list tells of a link."""

    id: int
    item_id: int
    task_id: int | None
    probability: float
    decision: Decision
    suspect: bool


@dataclass(frozen=True, slots=True)
class DecidedPair:
    """What a person said of a statement and a task, or (None) that the statement answers nothing."""

    item_id: int
    document_id: int
    task_id: int | None
    confirmed: bool


@dataclass(frozen=True, slots=True)
class KeptScorer:
    """A scorer that decisions taught (``content``: nlp.scorer's file), with what its check found."""

    id: int
    version: str
    content: dict[str, object]
    check: dict[str, object]
    accepted: bool
    by: str
    known_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Linking:
    """When and by what a report was linked. ``revision`` None: never, or something it rests on has gone since."""

    document_id: int
    linked_at: dt.datetime | None = None
    revision: int | None = None
    scorer: str | None = None


@dataclass(frozen=True, slots=True)
class TaskChange:
    """A task at the revision of the store in which it was added or last changed."""

    task_id: int
    document_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class Rereading:
    """What a new reading brought: numbers of tasks and report items."""

    same: int = 0
    changed: int = 0
    """Found again with other wording or other facts."""
    added: int = 0
    vanished: int = 0
    """No longer found, kept for the decision that a person took about them."""
    removed: int = 0
    """No longer found; nobody had decided anything about them."""

    def __add__(self, other: Rereading) -> Rereading:
        pairs = zip(astuple(self), astuple(other), strict=True)
        return Rereading(*(one + two for one, two in pairs))


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link as the scorer hands it to the store."""

    task_id: int | None
    rank: int
    probability: float
    calibrated: bool
    decision: Decision
    scorer: str
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of background work (tiến trình xử lý) with its progress and lease."""

    id: int
    kind: str
    state: JobState
    total: int
    done: int
    failed: int
    phase: str
    created_at: dt.datetime
    updated_at: dt.datetime
    payload: dict[str, object] = field(default_factory=dict)
    lease_owner: str | None = None
    lease_until: dt.datetime | None = None
    error: str | None = None
    attempts: int = 0
    not_before: dt.datetime | None = None
    """A queued job that failed for a passing reason (``error``) is tried again from then on."""


@dataclass(frozen=True, slots=True)
class JobFile:
    """What became of one file of an intake: every file named to ``ingest`` ends in one of these."""

    file: str
    state: JobFileState
    sha256: str | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """One file's facts, ready to be written in one transaction."""

    sha256: str
    file: str
    media_type: str
    status: str
    pages: int | None
    problems: tuple[Problem, ...]
    text: str
    layout: dict[str, object]
    """Blocks, tables, furniture and page marks as JSON (corpus.model.Document without its text)."""
    header: Header
    role: Role
    citations: tuple[Citation, ...] = ()
    references: tuple[dict[str, object], ...] = ()
    tasks: tuple[Task, ...] = ()
    report: Report | None = None
    arrived: dt.date | None = None
    rules: str | None = RULES
    """None where the rules failed on this text (a defect of ours): it counts as outdated, to be read again."""
