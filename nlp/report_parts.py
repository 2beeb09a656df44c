"""Reports inside a report or a letter: each is read as a document of its own, its statements are its own unit's.

One file stays one document (its identity is its bytes); ``Report.parts`` says which stretch of it is whose report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from corpus.model import Document, Node
from corpus.tree import build_tree
from nlp.inner_documents import Inner, cut, inner_documents
from nlp.model import Citation, Header, Report, ReportItem, ReportPart
from nlp.reports import read_report

_SENDS: Final = re.compile(
    r"\b(?:gửi|chuyển|kính gửi|đính kèm|trình)\b[^.;]{0,80}\b(?:báo cáo|công văn|văn bản|tài liệu)\b|"
    r"\b(?:báo cáo|văn bản)\b[^.;]{0,80}\b(?:kèm theo|gửi kèm|đính kèm)\b",
    re.IGNORECASE,
)


def read_reports(
    document: Document, tree: Sequence[Node], header: Header, citations: Sequence[Citation]
) -> Report | None:
    """As :func:`nlp.reports.read_report`, with the reports that the file encloses read apart."""
    inner = inner_documents(document)
    enclosed = [(one, read) for one in inner if (read := _read(document, one.start, one.end, one.header, citations))]
    if not enclosed:
        return read_report(document, tree, header, citations)
    outer = _without_sending(_read(document, 0, inner[0].start, header, citations))
    parts = tuple(_part(one, read) for one, read in enclosed)
    own = outer or _sent_on(header, parts)
    items = [*own.items, *(_moved(item, one.start, document) for one, read in enclosed for item in read.items)]
    return replace(own, items=tuple(_numbered(items)), parts=parts)


def _read(document: Document, start: int, end: int, header: Header, citations: Sequence[Citation]) -> Report | None:
    mine = cut(document, start, end)
    cited = [replace(c, start=c.start - start, end=c.end - start) for c in citations if start <= c.start < end]
    return read_report(mine, build_tree(mine), header, cited)


def _without_sending(outer: Report | None) -> Report | None:
    """What the enclosing document states itself; "gửi kèm theo báo cáo của …" is no result of anybody."""
    if outer is None:
        return None
    items = tuple(item for item in outer.items if not _SENDS.search(item.text))
    return replace(outer, items=items) if items else None


def _part(one: Inner, read: Report) -> ReportPart:
    header = one.header
    return ReportPart(
        start=one.start,
        end=one.end,
        symbol=header.symbol,
        kind=header.kind,
        issuer=header.issuer,
        date=header.date,
        unit=read.unit or header.issuer,
        period=read.period,
        answers=read.answers,
    )


def _sent_on(header: Header, parts: Sequence[ReportPart]) -> Report:
    """A letter that says nothing of its own: with one report inside it speaks for that unit, else for its sender."""
    if len(parts) == 1:
        return Report(parts[0].unit, parts[0].period, parts[0].answers)
    return Report(header.issuer)


def _moved(item: ReportItem, start: int, document: Document) -> ReportItem:
    return replace(item, start=item.start + start, end=item.end + start, page=document.page_at(item.start + start))


def _numbered(items: Sequence[ReportItem]) -> list[ReportItem]:
    """Numbers that run through the whole file, as those of a single report."""
    return [replace(item, id=f"{item.id.rpartition('/')[0]}/i{n}") for n, item in enumerate(items, start=1)]
