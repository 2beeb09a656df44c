"""Review pages: report statements beside the tasks they may answer, with reasons; a person decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Request
from fastapi import Query as Given
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from nlp.match_spans import agreement
from nlp.model import Report
from nlp.report_findings import contradictions_of
from service import linking
from service.errors import InvalidInput, NotFound
from service.http.guard import require_csrf
from service.http.state import CurrentApp
from service.index.analysis import fields
from service.index.ports import Query
from service.periods import Span, counted_days, regime_for
from service.records import Link, Reason, ReportCount, StoredDocument, StoredItem, StoredTask
from service.web import words
from service.web.render import page
from service.web.segments import Segment, segments

router = APIRouter()
_BESIDE, _QUOTED = 60, 160
"""Characters shown beside a place of the text, and of a long one."""
_FOUND = 15
"""Tasks shown for another choice."""


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One report in the list."""

    document: StoredDocument
    report: Report
    items: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """One link with its task, ready to show."""

    link: Link
    task: StoredTask | None
    directive: str
    level: tuple[str, str]
    text: list[Segment]
    """The task's words, those that the statement has marked."""
    said: list[Segment]
    """The statement's words, those that the task has marked."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A report statement and its proposals."""

    item: StoredItem
    links: list[Proposal]

    @property
    def shown(self) -> list[Proposal]:
        """What the machine proposes or a person decided; a confirmed one first."""
        found = [each for each in self.links if each.task and each.link.decision != "none"]
        return sorted(found, key=lambda each: each.link.decision != "confirmed")

    @property
    def others(self) -> list[Proposal]:
        """Candidates below the threshold, for a person who knows better."""
        return [each for each in self.links if each.task and each.link.decision == "none"]

    @property
    def text(self) -> list[Segment]:
        """The statement with the words marked that the first task shown has too."""
        best = self.shown or self.others[:1]
        return best[0].said if best else [Segment(self.item.item.text)]

    @property
    def nothing(self) -> Link | None:
        """A person's word that this answers no task."""
        found = (each.link for each in self.links if not each.task and each.link.decision == "confirmed")
        return next(found, None)

    @property
    def none_reasons(self) -> list[Reason]:
        """Why no task was proposed."""
        return [reason for each in self.links if not each.task for reason in each.link.reasons]


PAGE: Final = 200
"""Reports on one page."""


@router.get("/doi-chieu")
def reports(request: Request, app: CurrentApp, offset: Annotated[int, Given(ge=0)] = 0) -> HTMLResponse:
    """Reports with what waits for review, some hundred on a page."""
    documents = app.store.documents(role="report", limit=PAGE, offset=offset)
    ids = [document.id for document in documents]
    heads, counts = app.store.report_heads(ids), app.store.report_counts(ids)
    rows = [
        ReportRow(document, heads[document.id], found.items, found.waiting)
        for document in documents
        if document.id in heads
        for found in (counts.get(document.id, ReportCount()),)
    ]
    total = app.store.count_documents(role="report")
    return page(request, "reports.html", reports=rows, offset=offset, size=PAGE, total=total)


@router.get("/doi-chieu/{document_id}")
def review(request: Request, app: CurrentApp, document_id: int) -> HTMLResponse:
    """One report, statement by statement."""
    document, report = app.store.document(document_id), app.store.report(document_id)
    if document is None or report is None:
        raise NotFound(f"Không có báo cáo số {document_id} trong kho.")
    rows, scorer = _pairs(app, document_id), linking.active(app.store)
    sure = sum(_is_sure(each.link, scorer.high) for row in rows for each in row.shown)
    conflicts, days = _conflicts(app, document_id, report, rows), _days(app, document, report)
    return page(
        request, "review.html", d=document, report=report, rows=rows, sure=sure, scorer=scorer, conflicts=conflicts,
        days=days,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two places of the report that cannot both be right."""

    text: str
    places: tuple[list[Segment], ...]
    """Each place in its line, its figures marked; one where both stand in the same line."""
    item: int | None
    """The statement in which the first place stands."""


def _conflicts(app: CurrentApp, document_id: int, report: Report, rows: Sequence[Pair]) -> list[Conflict]:
    items = [row.item for row in rows if row.item.vanished_at is None]
    text = app.store.text(document_id)
    found = contradictions_of(text, report, [stored.item for stored in items])
    at = {stored.id: stored.item for stored in items}
    return [
        Conflict(
            one.text,
            _places(text, (one.start, one.end), one.other),
            next((number for number, item in at.items() if item.start <= one.start < item.end), None),
        )
        for one in found
    ]


def _places(text: str, *spans: tuple[int, int]) -> tuple[list[Segment], ...]:
    lines = [(text.rfind("\n", 0, start) + 1, text.find("\n", start)) for start, _ in spans]
    if lines[0] == lines[1]:
        return (_marked(text, lines[0], sorted(set(spans))),)
    return tuple(_marked(text, line, [span]) for line, span in zip(lines, spans, strict=True))


def _marked(text: str, line: tuple[int, int], spans: Sequence[tuple[int, int]]) -> list[Segment]:
    """A line, or of a long one what stands around the places, with these marked."""
    last = line[1] if line[1] >= 0 else len(text)
    at = max(line[0], spans[0][0] - _BESIDE)
    end = min(last, max(spans[-1][1], spans[-1][0]) + _BESIDE)
    pieces = []
    for start, told in spans:
        stop = min(told, start + _QUOTED, last)
        pieces += [Segment(text[at:start]), Segment(text[start:stop], "run")]
        at = max(stop, at)
    return [*pieces, Segment(text[at : max(at, end)])]


def _days(app: CurrentApp, document: StoredDocument, report: Report) -> Span | None:
    """The days that the report's data cover under the office's reporting regime, where they are not its period's."""
    told = report.period
    if told is None or told.from_ is None or told.to is None:
        return None
    span = Span(told.label, told.from_, told.to)
    days = counted_days(span, regime_for(document.header.system, app.settings.report_regime))
    return days if days != span else None


def _is_sure(link: Link, high: float) -> bool:
    return link.decision == "suggested" and link.calibrated and link.probability >= high and not link.suspect


def _pairs(app: CurrentApp, document_id: int) -> list[Pair]:
    by_item: dict[int, list[Link]] = {}
    for link in app.store.links(document_id=document_id):
        by_item.setdefault(link.item_id, []).append(link)
    wanted = sorted({link.task_id for links in by_item.values() for link in links if link.task_id is not None})
    tasks = {task.id: task for task in app.store.tasks(ids=wanted)} if wanted else {}
    titles = {task.document_id: _title(app, task.document_id) for task in tasks.values()}
    return [
        Pair(item, [_proposal(item, link, tasks, titles) for link in by_item.get(item.id, [])])
        for item in app.store.items(document_id)
    ]


def _title(app: CurrentApp, document_id: int) -> str:
    document = app.store.document(document_id)
    if document is None:
        return ""
    header = document.header
    day = f" ngày {words.date(header.date)}" if header.date else ""
    return f"{header.kind or 'Văn bản'} {header.symbol or words.file_name(document.file)}{day}"


def _proposal(item: StoredItem, link: Link, tasks: dict[int, StoredTask], titles: dict[int, str]) -> Proposal:
    task = tasks.get(link.task_id) if link.task_id is not None else None
    level = words.level(link.probability)
    if task is None:
        return Proposal(link, None, "", level, [], [])
    same = agreement(item.item.text, task.task.text)
    return Proposal(
        link,
        task,
        titles.get(task.document_id, ""),
        level,
        segments(task.task.text, same.asked_run, same.asked),
        segments(item.item.text, same.said_run, same.said),
    )


@router.post("/doi-chieu/{document_id}/khop-cao", dependencies=[Depends(require_csrf)])
def accept_sure(app: CurrentApp, document_id: int) -> Response:
    """Đúng nhiệm vụ này, for every proposal of the report that is khớp cao."""
    linking.confirm_sure(app, document_id, by=app.settings.person)
    return RedirectResponse(f"/doi-chieu/{document_id}", status_code=303)


@router.get("/doi-chieu/{document_id}/noi-dung/{item_id}")
def choose(request: Request, app: CurrentApp, document_id: int, item_id: int, tim: str = "") -> HTMLResponse:
    """Another task for a statement: the tasks found for its words, or for those that a person types."""
    document, stored = app.store.document(document_id), _item(app, document_id, item_id)
    asked = fields(tim or stored.item.text[:500])
    hits = app.index.search(Query(kind="task", text=asked.text, folded=asked.folded, limit=_FOUND))
    ids = [hit.ref for hit in hits]
    found = {task.id: task for task in app.store.tasks(ids=ids)} if ids else {}
    titles = {task.document_id: _title(app, task.document_id) for task in found.values()}
    tasks = [(found[number], titles[found[number].document_id]) for number in ids if number in found]
    return page(request, "review_choose.html", d=document, item=stored, tasks=tasks, tim=tim)


@router.post("/doi-chieu/{document_id}/noi-dung/{item_id}", dependencies=[Depends(require_csrf)])
def decide_item(
    app: CurrentApp, document_id: int, item_id: int, task: Annotated[int | None, Form()] = None
) -> Response:
    """Gắn với nhiệm vụ khác, or (without a task) Không trả lời nhiệm vụ nào."""
    _item(app, document_id, item_id)
    if task is None:
        linking.answers_nothing(app, item_id, by=app.settings.person)
    else:
        linking.assign(app, item_id, task, by=app.settings.person)
    return RedirectResponse(f"/doi-chieu/{document_id}#nd-{item_id}", status_code=303)


def _item(app: CurrentApp, document_id: int, item_id: int) -> StoredItem:
    found = [stored for stored in app.store.items(ids=[item_id]) if stored.document_id == document_id]
    if not found:
        raise NotFound(f"Không có nội dung số {item_id} trong báo cáo này.")
    return found[0]


@router.post("/doi-chieu/{document_id}/{link_id}", dependencies=[Depends(require_csrf)])
def decide(
    app: CurrentApp, document_id: int, link_id: int, decision: Annotated[str, Form()], back: Annotated[str, Form()] = ""
) -> Response:
    """Đúng nhiệm vụ này / Không phải nhiệm vụ này / Bỏ quyết định, under the name from the settings."""
    link = app.store.link(link_id)
    if link is None:
        raise NotFound(f"Không có đề xuất số {link_id}.")
    if decision not in linking.DECISIONS:
        raise InvalidInput(f"Quyết định không hợp lệ: {decision}")
    linking.decide(app, link_id, decision, by=app.settings.person)  # type: ignore[arg-type]  # checked above
    place = f"/hai-ben/{link_id}" if back == "hai-ben" else f"/doi-chieu/{document_id}#nd-{link.item_id}"
    return RedirectResponse(place, status_code=303)
