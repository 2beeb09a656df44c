"""The nouns of the gap question: what is asked, the cells of the matrix, what is wrong with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from corpus.text import fold
from service.cells import Standing
from service.course import UNTOUCHED, Course
from service.periods import Regime, Span
from service.records import Link, StoredDocument, StoredItem, StoredTask

TaskStatus = Literal["done_on_time", "done_late", "open_in_time", "open_overdue", "no_deadline"]
ReportStatus = Literal["not_due", "reported", "reported_late", "missing"]
Basis = Literal["confirmed", "suggested", "none"]
DoneBy = Literal["product", "report", "confirmation"]
Severity = Literal["error", "warning", "info"]

HIGH: Final = 0.8
"""Score of a suggested link from which its claim counts in the derived status."""


@dataclass(frozen=True, slots=True)
class GapQuery:
    """What is asked. ``as_of`` looks at document and arrival dates, ``known_at`` at what the store knew by then."""

    directive: str | None = None
    """Symbol of the assigning document, or ``symbol@date``."""
    date: dt.date | None = None
    unit: str | None = None
    period: str | None = None
    as_of: dt.date | None = None
    known_at: dt.datetime | None = None
    tolerant: bool = True
    """Whether the day itself is still in time for "trước ngày D"."""
    due_soon_days: int = 7
    done_by: DoneBy = "product"
    """Which day completes a task: of the product, of the report, of the office's confirmation."""
    regime: Regime = "calendar"
    """Which periods recurring reports of administrative bodies follow (Nghị định 09/2019/NĐ-CP Điều 12)."""
    send_after: int = 1
    high: float = HIGH
    chain: bool = False
    """Also the documents that carry ``directive`` out, and those that carry them out."""
    tree: bool = False
    """Also the units under ``unit``."""
    leader: str | None = None
    """The leader in charge (lãnh đạo phụ trách) of the units or fields."""
    matter: str | None = None
    """Lĩnh vực."""
    task_status: tuple[TaskStatus, ...] = ()
    report_status: tuple[ReportStatus, ...] = ()
    rules: tuple[str, ...] = ()
    """One of these rules is broken."""
    pending: bool | None = None
    """Only what waits for review (chờ rà soát), or only what does not."""
    official: bool = False
    """Whether the statuses asked for and counted rest on confirmed links alone."""
    tracked: bool = False
    """Only tasks that a person put under tracking, and that are neither suspended nor ended: official figures."""
    ended: bool = False
    """Also obligations whose tracking has ended."""
    standing: Standing | None = None
    """Where they stand in the office's hands."""
    tasks: tuple[int, ...] | None = None
    """Only obligations of these tasks (store ids)."""
    alone: bool = False
    """Of ``unit`` only what is its own, not what it owes as a member of a collective."""
    within: tuple[dt.date, dt.date] | None = None
    """The last day in time is one of these, or between them."""
    general: bool = False
    """Also a summary cell for each directive and unit with general tasks (nhiệm vụ chung, báo cáo trong kỳ)."""
    members: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Units that a printed collective stands for, where the office has the list."""
    zone: dt.tzinfo = field(default=dt.timezone(dt.timedelta(hours=7)))


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that wants attention, in the officer's words, with what to do."""

    id: str
    severity: Severity
    text: str
    remedy: str

    def to_json(self) -> dict[str, str]:
        """The rule as a cell shows it."""
        return {"id": self.id, "severity": self.severity, "text": self.text, "remedy": self.remedy}


@dataclass(frozen=True, slots=True)
class Answer:
    """A report's statement that answers a task, as the two axes see it."""

    link: Link
    stored: StoredItem
    report: StoredDocument
    unit: str | None
    arrived: dt.date
    claimed: str
    """The unit's claim; "promise" where it says done of something still to come."""
    evidence: bool
    dates: tuple[dt.date, ...]
    """Days in the statement on which something was done, those of numbered documents before others."""
    span: Span | None = None
    """The period that the report says it covers."""

    @property
    def confirmed(self) -> bool:
        """Whether a person confirmed that this statement answers the task."""
        return self.link.decision == "confirmed"

    def to_json(self) -> dict[str, Any]:
        """The link beside its cell."""
        item = self.stored.item
        return {
            "id": self.link.id,
            "item": {"id": item.id, "text": item.text, "page": item.page},
            "report": {
                "symbol": self.report.header.symbol,
                "document": self.report.sha256,
                "unit": self.unit,
                "arrived": self.arrived.isoformat(),
            },
            "claimed": self.claimed,
            "probability": round(self.link.probability, 4),
            "decision": self.link.decision,
            "suspect": self.link.suspect,
        }


@dataclass(frozen=True, slots=True)
class Duty:
    """An obligation: task × assignee × period, with the day its work and its report are due."""

    task: StoredTask
    directive: StoredDocument
    unit: str | None
    via: str | None = None
    """The collective as printed, when ``unit`` is one of its members."""
    span: Span | None = None
    data: Span | None = None
    """The days that a report on the period covers, where the regime's cut-off differs from the period."""
    due: dt.date | None = None
    inclusive: bool = True
    report_due: dt.date | None = None
    report_inclusive: bool = True
    collective: bool = False
    opens: dt.date = dt.date.min
    """The first as-of date on which it is seen."""
    closes: dt.date = dt.date.max
    """The as-of date from which it is seen no more."""
    course: Course = UNTOUCHED
    """What people did about it: a moved deadline, a suspension, a confirmed completion."""
    origin: str | None = None
    """The assignee as printed, where the lead has moved to ``unit`` since."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where a duty stands on the two axes, which are never mixed."""

    task_status: TaskStatus
    report_status: ReportStatus
    claimed: str | None = None
    done_date: dt.date | None = None
    basis: Basis = "none"


@dataclass(frozen=True, slots=True)
class GapCell:
    """A cell of the matrix: an obligation, its two statuses, what they rest on, what is wrong."""

    duty: Duty
    verdict: Verdict
    official: Verdict
    """The same with confirmed links only: what official figures count."""
    answers: tuple[Answer, ...] = ()
    rules: tuple[Rule, ...] = ()

    @property
    def confirmed(self) -> bool:
        """Whether a person confirmed what the statuses rest on."""
        return self.verdict.basis == "confirmed"

    @property
    def pending(self) -> bool:
        """Whether the statuses rest on the machine's proposal alone: chờ rà soát."""
        return self.verdict.basis == "suggested"

    def to_json(self) -> dict[str, Any]:
        """The line of ``dondoc gaps``."""
        duty, verdict = self.duty, self.verdict
        header = duty.directive.header
        return {
            "task": {
                "id": duty.task.task.id,
                "text": fold(duty.task.task.text),
                "directive": {
                    "symbol": header.symbol,
                    "date": _iso(header.date),
                    "document": duty.directive.sha256,
                },
                "row": duty.task.task.row,
                "class": duty.task.task.class_,
                "vanished": duty.task.vanished_at is not None,
            },
            "unit": duty.unit,
            "via": duty.via,
            "period": duty.span.label if duty.span else None,
            "due": _iso(duty.due),
            "report_due": _iso(duty.report_due),
            "task_status": verdict.task_status,
            "report_status": verdict.report_status,
            "claimed": verdict.claimed,
            "done_date": _iso(verdict.done_date),
            "confirmed": self.confirmed,
            "basis": verdict.basis,
            "official": {
                "task_status": self.official.task_status,
                "report_status": self.official.report_status,
            },
            "links": [answer.to_json() for answer in self.answers],
            "rules": [rule.to_json() for rule in self.rules],
            "moved": {
                "due": _iso(duty.course.due),
                "lead_from": duty.origin if duty.origin != duty.unit else None,
                "suspended": _iso(duty.course.suspended),
                "confirmed_done": _iso(duty.course.done),
                "basis": duty.course.basis,
            },
        }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
