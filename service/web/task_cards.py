"""A task as the review page shows it: fields with their trust and corrections, the six, what it is a copy of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from nlp.clarity import Clear, clarity
from service import review
from service.records import StoredTask
from service.review.fields import due_words, show_value
from service.review.trust import Trust, trust, weakest

SHOWN: Final = ("lead", "coordinators", "deadline", "product", "target", "report_due", "report_to", "report_via")
"""Fields on a card besides the text and the two choices; empty ones of the second half are left out."""
ALWAYS: Final = ("lead", "deadline", "product")


@dataclass(frozen=True, slots=True)
class Line:
    """One field of a card."""

    field: review.Field
    words: str
    note: str
    """How a deadline was understood."""
    trust: Trust | None
    corrected: bool
    machine: str
    """What the machine reads there, where a person put something else."""
    stale: bool
    """The machine reads something else there now than when the person corrected it."""


@dataclass(frozen=True, slots=True)
class Card:
    """One task of the list."""

    stored: StoredTask
    lines: tuple[Line, ...]
    text: Line
    six: tuple[Clear, ...]
    least: Trust

    @property
    def state(self) -> str:
        """CSS class of the card."""
        if self.stored.removal:
            return "removed"
        return "confirmed" if self.stored.confirmed else "draft"

    @property
    def open(self) -> int:
        """How many of the six are open."""
        return sum(not one.ok for one in self.six)


def card(stored: StoredTask) -> Card:
    """The card of a task."""
    lines = [_line(stored, name) for name in SHOWN]
    kept = tuple(line for line in lines if line.words or line.corrected or line.field.name in ALWAYS)
    return Card(stored, kept, _line(stored, "text"), clarity(stored.task), weakest(stored.machine or stored.task))


def _line(stored: StoredTask, name: str) -> Line:
    correction = next((one for one in stored.corrections if one.field == name), None)
    judged = trust(stored.task).get(name) if stored.origin is None and correction is None else None
    machine = getattr(stored.machine, name) if stored.machine and correction else None
    read = show_value(name, machine)
    return Line(
        field=review.FIELDS[name],
        words=review.shown(stored.task, name),
        note=_understood(stored) if name == "deadline" else "",
        trust=judged,
        corrected=correction is not None and stored.origin is None,
        machine=read,
        stale=bool(correction and stored.machine and show_value(name, correction.was) != read),
    )


def _understood(stored: StoredTask) -> str:
    deadline = stored.task.deadline
    words = due_words(deadline)
    return words if deadline and words != deadline.text else ""


FILTERS: Final = {
    "tat-ca": "Tất cả",
    "cho-duyet": "Chờ duyệt",
    "can-xem": "Cần xem kỹ",
    "thieu": "Chưa đủ 6 rõ",
    "trung": "Giao trùng, khác nhau",
    "da-sua": "Đã sửa, nhập tay",
    "khong-con": "Không còn thấy",
    "da-dua-ra": "Đã đưa ra",
}


def chosen(cards: Sequence[Card], name: str, doubled: frozenset[int]) -> list[Card]:
    """The cards that a filter leaves."""
    return [one for one in cards if _passes(one, name, doubled)]


def counts(cards: Sequence[Card], doubled: frozenset[int]) -> dict[str, int]:
    """How many cards each filter leaves."""
    return {name: len(chosen(cards, name, doubled)) for name in FILTERS}


def _passes(one: Card, name: str, doubled: frozenset[int]) -> bool:
    stored = one.stored
    if name == "da-dua-ra":
        return stored.removal is not None
    if stored.removal is not None:
        return False
    return {
        "cho-duyet": not stored.confirmed,
        "can-xem": not stored.confirmed and stored.origin is None and one.least.level != "high",
        "thieu": one.open > 0,
        "trung": stored.id in doubled,
        "da-sua": bool(stored.corrections) or stored.origin is not None,
        "khong-con": stored.vanished_at is not None,
    }.get(name, True)
