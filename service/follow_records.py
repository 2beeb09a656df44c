"""What follow-up work leaves behind: moves of a task, urging letters, reminders, addresses. Plain frozen values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Literal

MoveKind = Literal[
    "extend_asked", "extended", "extend_refused",
    "lead_asked", "lead_moved", "lead_refused",
    "redo", "suspended", "resumed", "ended", "reopened",
    "confirmed", "note", "undone",
]  # fmt: skip
"""What may happen to a followed task (glossary 56–59). Asking is the unit's act, deciding a person's of the office."""

LetterState = Literal["draft", "issued", "cancelled"]
MailState = Literal["none", "waiting", "sent", "failed"]


@dataclass(frozen=True, slots=True)
class NewMove:
    """A move as a use case hands it to the store."""

    task_id: int
    kind: MoveKind
    effective: dt.date
    """The day from which it counts: the as-of clock."""
    unit: str | None = None
    """The assignee concerned; None: every assignee of the task."""
    period: str | None = None
    """The label of the period concerned; None: every period."""
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    """``due`` (ISO day) of an extension, ``lead`` of a change of unit, ``done`` (ISO day) of a confirmation."""
    basis: str | None = None
    """The document or the ground that it rests on, as the officer wrote it."""
    note: str | None = None
    answers: int | None = None
    """The request that it decides, or the move that it takes back."""


@dataclass(frozen=True, slots=True)
class Move:
    """A line of the history: who did what, when, before and after. Lines are added, never changed."""

    id: int
    task_id: int
    kind: MoveKind
    unit: str | None
    period: str | None
    effective: dt.date
    known_at: dt.datetime
    by: str
    before: dict[str, Any]
    after: dict[str, Any]
    basis: str | None = None
    note: str | None = None
    answers: int | None = None
    batch: str | None = None
    """Moves that one act made together and that one act takes back."""


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A line of an urging letter: an obligation as it stood when the list was made."""

    task_id: int
    text: str
    directive: str
    period: str | None
    due: dt.date | None
    days_late: int
    state: str
    """Why it is urged: ``overdue``, ``missing`` (no report) or both, joined by a comma."""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """An urging letter (công văn đôn đốc): a draft until it is issued with its number and day."""

    id: int
    unit: str
    round: int
    """Lần 1, lần 2 …"""
    state: LetterState
    as_of: dt.date
    listed_at: dt.datetime
    """When the list was made: reports that came later are shown before the letter is issued."""
    answer_by: dt.date
    lines: tuple[LetterLine, ...]
    by: str
    symbol: str | None = None
    issued: dt.date | None = None


@dataclass(frozen=True, slots=True)
class LetterEvent:
    """A line of a letter's history: made, a file set aside, reports seen, issued, cancelled."""

    letter_id: int
    kind: str
    at: dt.datetime
    by: str
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FilePass:
    """A line of the history of unread files: a person says that one is no report of a unit, or takes that back."""

    document_id: int
    unit: str | None
    """The unit of which it is no report; None: of no unit."""
    kind: Literal["passed", "recalled"]
    reason: str
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class NewReminder:
    """A reminder that a rule asks for. ``key`` makes it fire once."""

    key: str
    rule: str
    day: dt.date
    unit: str
    task_id: int
    period: str | None
    due: dt.date
    text: str
    mail_to: str | None = None


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder in the notification centre, with what became of its mail."""

    id: int
    rule: str
    day: dt.date
    unit: str
    task_id: int
    period: str | None
    due: dt.date
    text: str
    at: dt.datetime
    read_at: dt.datetime | None = None
    mail_to: str | None = None
    mail_state: MailState = "none"
    mail_error: str | None = None
    mail_at: dt.datetime | None = None
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Contact:
    """Where a unit's reminders go."""

    unit: str
    email: str
    by: str = ""
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class NewPrintChange:
    """What is printed on papers was changed. ``subject`` is ``co-quan`` or a template's name."""

    subject: str
    action: str
    """``changed`` (on the page), ``found`` (a file that somebody put there), ``default`` (back to the product's)."""
    file: str | None
    content: bytes | None
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class PrintChange:
    """A line of that history; its content is asked for by its number."""

    id: int
    subject: str
    action: str
    file: str | None
    by: str
    at: dt.datetime
