"""What is asked about force and what is answered (Luật 64/2025/QH15, chương về hiệu lực của văn bản)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final, Literal

from nlp.model import Locator
from service.records import OfficeRow, StoredDocument

Json = dict[str, Any]
Status = Literal["in_force", "not_yet", "partly_ended", "ended", "suspended", "unknown"]
STATUS: Final[dict[Status, str]] = {
    "in_force": "Còn hiệu lực",
    "not_yet": "Chưa có hiệu lực",
    "partly_ended": "Hết hiệu lực một phần",
    "ended": "Hết hiệu lực toàn bộ",
    "suspended": "Ngưng hiệu lực",
    "unknown": "Chưa đủ dữ liệu",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that was read about force: in a text (``document``, span, ``quote``) or in the office's table."""

    code: str
    text: str
    date: dt.date | None = None
    document: StoredDocument | None = None
    start: int | None = None
    end: int | None = None
    quote: str = ""
    locators: tuple[Locator, ...] = ()
    office: OfficeRow | None = None

    def to_json(self) -> Json:
        """For the API and the command line."""
        row, document = self.office, self.document
        source = {"id": document.id, "sha256": document.sha256, "symbol": document.header.symbol} if document else None
        office = {
            "source": row.source, "checked_on": iso(row.checked_on), "file": row.file, "row": row.row,
        } if row else None  # fmt: skip
        return {
            "code": self.code,
            "text": self.text,
            "date": iso(self.date),
            "document": source,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "locators": [list(locator) for locator in self.locators],
            "office": office,
        }


@dataclass(frozen=True, slots=True)
class Act:
    """What happens to the document or to one place of it, from a day on; without ``date`` the day is not known."""

    action: Literal["start", "end", "suspend", "amend", "supplement"]
    date: dt.date | None
    reason: Reason
    locator: Locator = ()
    last: dt.date | None = None
    """The last day of a suspension."""

    def holds(self, on: dt.date) -> bool:
        """Whether it has happened by that day."""
        return self.date is not None and self.date <= on and (self.last is None or on <= self.last)


@dataclass(frozen=True, slots=True)
class Subject:
    """The document that is asked about; ``documents`` are its files in the store, none for one that is only cited."""

    symbol: str | None
    date: dt.date | None
    documents: tuple[StoredDocument, ...] = ()

    @property
    def document(self) -> StoredDocument | None:
        """The file that was read best."""
        return next((d for d in self.documents if d.status == "ok"), self.documents[0] if self.documents else None)


@dataclass(frozen=True, slots=True)
class Validity:
    """The answer: ``missing`` says what would have to be known, ``conflicts`` where two sources disagree."""

    symbol: str | None
    on: dt.date
    status: Status
    locator: Locator = ()
    since: dt.date | None = None
    until: dt.date | None = None
    """The last day in force, where an end is known."""
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    documents: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """The status as it is printed."""
        return STATUS[self.status]

    def to_json(self) -> Json:
        """For the API and the command line."""
        return {
            "symbol": self.symbol,
            "documents": list(self.documents),
            "locator": list(self.locator),
            "on": self.on.isoformat(),
            "status": self.status,
            "words": self.words,
            "since": iso(self.since),
            "until": iso(self.until),
            "reasons": [reason.to_json() for reason in self.reasons],
            "missing": list(self.missing),
            "conflicts": list(self.conflicts),
        }


def iso(day: dt.date | None) -> str | None:
    """A day for JSON."""
    return day.isoformat() if day else None


def day(value: dt.date | None) -> str:
    """A day as offices print it."""
    return f"{value:%d/%m/%Y}" if value else "chưa rõ ngày"
