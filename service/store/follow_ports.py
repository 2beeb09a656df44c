"""What follow-up work asks of the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

from service.follow_records import (
    Contact,
    FilePass,
    Letter,
    LetterEvent,
    LetterLine,
    LetterState,
    Move,
    NewMove,
    NewPrintChange,
    NewReminder,
    PrintChange,
    Reminder,
)


class MoveStore(Protocol):
    """The history of followed tasks: append only. ``service.course`` reads the present state out of it."""

    def add_moves(
        self, moves: Sequence[NewMove], *, by: str, at: dt.datetime, batch: str | None = None, mark: int | None = None
    ) -> list[Move]:
        """Write moves, all or none; ``Conflict`` when the history has grown past ``mark`` (what was previewed)."""

    def moves(
        self,
        *,
        task_ids: Sequence[int] | None = None,
        batch: str | None = None,
        ids: Sequence[int] | None = None,
        known_at: dt.datetime | None = None,
        newest: int | None = None,
    ) -> list[Move]:
        """Moves in the order in which they became known; ``newest`` gives the last so many of them."""

    def moves_mark(self) -> int:
        """The number of the newest move, 0 for none."""


class LetterStore(Protocol):
    """Urging letters with their history."""

    def add_letter(
        self,
        unit: str,
        lines: Sequence[LetterLine],
        *,
        round_: int,
        as_of: dt.date,
        listed_at: dt.datetime,
        answer_by: dt.date,
        by: str,
    ) -> Letter:
        """Keep a draft."""

    def letter(self, letter_id: int) -> Letter | None: ...
    def letters(self, *, unit: str | None = None, state: LetterState | None = None, limit: int = 1_000) -> list[Letter]:
        """Letters, newest first."""

    def set_letter(
        self,
        letter_id: int,
        state: LetterState,
        *,
        by: str,
        at: dt.datetime,
        symbol: str | None = None,
        issued: dt.date | None = None,
        detail: dict[str, object] | None = None,
    ) -> Letter:
        """Issue or cancel a draft; ``Conflict`` when it is a draft no more."""

    def note_letter(self, event: LetterEvent) -> None:
        """Add a line to its history."""

    def letter_events(self, letter_id: int) -> list[LetterEvent]: ...
    def note_file(self, line: FilePass) -> None:
        """Add a line to the history of unread files."""

    def file_passes(self, document_id: int | None = None) -> list[FilePass]:
        """That history, oldest first."""


class ReminderStore(Protocol):
    """The notification centre, and where mail goes."""

    def add_reminders(self, new: Sequence[NewReminder], *, at: dt.datetime) -> list[Reminder]:
        """Keep those whose key is new; returns these."""

    def reminders(
        self, *, unit: str | None = None, unread: bool = False, mail_state: str | None = None, limit: int = 500
    ) -> list[Reminder]:
        """Newest first."""

    def count_unread(self) -> int: ...
    def read_reminders(self, ids: Sequence[int] | None, *, at: dt.datetime) -> int:
        """Mark as read (None: all); returns how many were unread."""

    def mail_result(self, ids: Sequence[int], *, at: dt.datetime, error: str | None) -> None:
        """What became of the mail that carried these reminders."""

    def contacts(self) -> list[Contact]: ...
    def put_contact(self, unit: str, email: str | None, *, by: str, at: dt.datetime) -> None:
        """A unit's address; None takes it away."""


class PrintStore(Protocol):
    """What is printed on papers: who changed the office's names and templates, with every content that was in use."""

    def note_print(self, new: NewPrintChange) -> None:
        """Add a line."""

    def print_changes(self, subject: str | None = None, *, limit: int = 100) -> list[PrintChange]:
        """The newest first, without their contents."""

    def print_content(self, change_id: int) -> tuple[PrintChange, bytes]:
        """A line with the content that it brought; NotFound where there is none."""


class FollowStore(MoveStore, LetterStore, ReminderStore, PrintStore, Protocol):
    """Everything that follow-up work keeps."""
