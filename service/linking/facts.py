"""A report as the scorer sees it: who reports, for which period, answering which documents of the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.model import Document, Node
from corpus.tree import build_tree, headings
from nlp.match import Statement
from nlp.model import Report, ReportPart
from nlp.symbols import symbol_key
from service.linking.units import Answering
from service.records import StoredDocument, StoredItem
from service.store.ports import Store


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """A report as the scorer sees it, with the documents that it answers."""

    document: StoredDocument
    report: Report
    unit: str | None
    answered: tuple[StoredDocument, ...]
    dates: tuple[tuple[str, dt.date], ...]
    layout: Document
    nodes: tuple[Node, ...]
    answering: Answering

    @property
    def day(self) -> dt.date | None:
        """The report's date, else the day of its arrival."""
        return self.answering.here.date

    def speaks_for(self, other: StoredDocument, head: Report | None) -> bool:
        """Whether the unit of another report is this one's, or one that it took over."""
        theirs = (head.units if head else ()) or ((other.header.issuer,) if other.header.issuer else ())
        context = self.answering.directory.context(other)
        found = [self.answering.best(self.unit, (name,), context) for name in theirs if self.unit]
        return any(one is not None and one[0] in ("same", "successor") for one in found)

    def statement(self, stored: StoredItem) -> Statement:
        return Statement(
            stored.item,
            self.unit,
            self.report.period,
            self.report.answers,
            self.dates,
            headings(self.layout.text, self.nodes, stored.item.start),
        )


def facts_of(store: Store, document: StoredDocument, report: Report) -> ReportFacts:
    """What the scorer needs to know of a report beside its items."""
    cited = [kept.citation for kept in store.citations(document.id)]
    dates = tuple({(c.symbol, c.date) for c in cited if c.symbol and c.date})
    answered = {found.id: found for symbol in report.answers for found in answered_by(store, document, symbol, dates)}
    layout = store.layout(document.id)
    return ReportFacts(
        document,
        report,
        report.unit or document.header.issuer,
        tuple(answered.values()),
        dates,
        layout,
        tuple(build_tree(layout)),
        Answering.of(store, document),
    )


def inside(document: StoredDocument, part: ReportPart | None) -> StoredDocument:
    """The document as whoever speaks in a part of it wrote it: with that report's own header."""
    if part is None:
        return document
    header = replace(
        document.header,
        symbol=part.symbol,
        kind=part.kind,
        issuer=part.issuer,
        issuers=(part.issuer,) if part.issuer else (),
        date=part.date or document.header.date,
        title=None,
    )
    return replace(document, header=header)


def answered_by(
    store: Store, report: StoredDocument, symbol: str, dates: Iterable[tuple[str, dt.date]]
) -> list[StoredDocument]:
    """The documents that a symbol in a report may mean: those of the date given, or all where that date fits none."""
    key = symbol_key(symbol)
    found = [document for document in store.by_symbol(key) if may_answer(report, document)]
    given = {date for other, date in dates if symbol_key(other) == key}
    return [document for document in found if document.header.date in given] or found


def may_answer(report: StoredDocument, document: StoredDocument | None) -> bool:
    """A report answers another document, which was there before it."""
    if document is None or document.id == report.id:
        return False
    issued, reported = document.header.date, report.header.date or report.arrived
    return issued is None or reported is None or issued <= reported
