"""Names of documents and units in running text, and what must be said of how fresh the figures are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from nlp.assignees import fit
from service.records import StoredDocument
from service.store.ports import Store
from service.vietnamese import day, moment, number


def document_name(document: StoredDocument, *, dated: bool = True) -> str:
    """``Kế hoạch số 88/KH-UBND ngày 12/04/2022``; the file's name where the text names no symbol."""
    header = document.header
    if not header.symbol:
        return document.file.replace("\\", "/").rsplit("/", 1)[-1]
    date = f" ngày {day(header.date)}" if dated and header.date else ""
    return f"{header.kind or 'Văn bản'} số {header.symbol}{date}"


def same_unit(one: str | None, other: str | None) -> bool:
    """Whether two printed names are one unit."""
    return bool(one and other) and fit(one or "", other or "") == "same"


@dataclass(frozen=True, slots=True)
class Freshness:
    """What stands beside every *chưa báo cáo*: the last intake, what is unread, what is not yet matched."""

    last_intake: dt.datetime | None
    unread: int
    """Files that could not be read."""
    unmatched: int
    """Reports of which no statement is linked to a task."""
    waiting: int
    """Proposals that nobody has looked at."""

    def sentence(self) -> str:
        """As printed under tables."""
        if self.last_intake is None:
            return "Chưa nhập văn bản nào."
        return (
            f"Lần nhập văn bản gần nhất: {moment(self.last_intake)}; còn {number(self.unread)} tệp chưa đọc được, "
            f"{number(self.unmatched)} báo cáo chưa gắn được với nhiệm vụ, {number(self.waiting)} đề xuất chờ rà soát."
        )


def freshness(store: Store, zone: dt.tzinfo) -> Freshness:
    """As the store is now."""
    last = store.last_intake()
    linked = store.linked_reports()
    reports = store.documents(role="report")
    return Freshness(
        last_intake=last.astimezone(zone) if last else None,
        unread=store.count_documents(status="failed"),
        unmatched=sum(report.id not in linked for report in reports),
        waiting=len(store.links(decision="suggested", active=True)),
    )
