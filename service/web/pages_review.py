"""Review pages: report statements beside the tasks they may answer, with reasons; a person confirms or rejects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from nlp.model import Report
from service import linking
from service.errors import InvalidInput, NotFound
from service.http.guard import require_csrf
from service.http.state import CurrentApp
from service.records import Link, Reason, StoredDocument, StoredItem, StoredTask
from service.web import words
from service.web.render import page

router = APIRouter()


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


@dataclass(frozen=True, slots=True)
class Pair:
    """A report statement and its proposals."""

    item: StoredItem
    links: list[Proposal]

    @property
    def shown(self) -> list[Proposal]:
        """What the machine proposes or a person decided."""
        return [each for each in self.links if each.task and each.link.decision != "none"]

    @property
    def others(self) -> list[Proposal]:
        """Candidates below the threshold, for a person who knows better."""
        return [each for each in self.links if each.task and each.link.decision == "none"]

    @property
    def none_reasons(self) -> list[Reason]:
        """Why no task was proposed."""
        return [reason for each in self.links if not each.task for reason in each.link.reasons]


@router.get("/doi-chieu")
def reports(request: Request, app: CurrentApp) -> HTMLResponse:
    """All reports with what waits for review."""
    rows = []
    for document in app.store.documents(role="report"):
        report = app.store.report(document.id)
        if report is not None:
            waiting = app.store.links(document_id=document.id, decision="suggested")
            rows.append(ReportRow(document, report, len(report.items), len(waiting)))
    return page(request, "reports.html", reports=rows)


@router.get("/doi-chieu/{document_id}")
def review(request: Request, app: CurrentApp, document_id: int) -> HTMLResponse:
    """One report, statement by statement."""
    document, report = app.store.document(document_id), app.store.report(document_id)
    if document is None or report is None:
        raise NotFound(f"Không có báo cáo số {document_id} trong kho.")
    return page(request, "review.html", d=document, report=report, rows=_pairs(app, document_id))


def _pairs(app: CurrentApp, document_id: int) -> list[Pair]:
    by_item: dict[int, list[Link]] = {}
    for link in app.store.links(document_id=document_id):
        by_item.setdefault(link.item_id, []).append(link)
    wanted = sorted({link.task_id for links in by_item.values() for link in links if link.task_id is not None})
    tasks = {task.id: task for task in app.store.tasks(ids=wanted)} if wanted else {}
    titles = {task.document_id: _title(app, task.document_id) for task in tasks.values()}
    return [
        Pair(item, [_proposal(link, tasks, titles) for link in by_item.get(item.id, [])])
        for item in app.store.items(document_id)
    ]


def _title(app: CurrentApp, document_id: int) -> str:
    document = app.store.document(document_id)
    if document is None:
        return ""
    header = document.header
    day = f" ngày {words.date(header.date)}" if header.date else ""
    return f"{header.kind or 'Văn bản'} {header.symbol or words.file_name(document.file)}{day}"


def _proposal(link: Link, tasks: dict[int, StoredTask], titles: dict[int, str]) -> Proposal:
    task = tasks.get(link.task_id) if link.task_id is not None else None
    return Proposal(link, task, titles.get(task.document_id, "") if task else "", words.level(link.probability))


@router.post("/doi-chieu/{document_id}/{link_id}", dependencies=[Depends(require_csrf)])
def decide(app: CurrentApp, document_id: int, link_id: int, decision: Annotated[str, Form()]) -> Response:
    """Đúng nhiệm vụ này / Không phải nhiệm vụ này, under the name from the settings."""
    link = app.store.link(link_id)
    if link is None:
        raise NotFound(f"Không có đề xuất số {link_id}.")
    if decision not in ("confirmed", "rejected"):
        raise InvalidInput(f"Quyết định không hợp lệ: {decision}")
    linking.decide(app, link_id, decision, by=app.settings.person)  # type: ignore[arg-type]  # checked above
    return RedirectResponse(f"/doi-chieu/{document_id}#nd-{link.item_id}", status_code=303)
