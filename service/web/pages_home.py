"""The first page and the search page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from service.gaps import gaps, parse_query
from service.http.state import CurrentApp
from service.references import SearchHit, search
from service.web.highlight import Mark, mark_up
from service.web.pages_matrix import counts
from service.web.render import last_intake, page, today

router = APIRouter()


@router.get("/")
def home(request: Request, app: CurrentApp) -> HTMLResponse:
    """Tổng quan: what is in the store and how the duties stand today."""
    cells = gaps(app.store, parse_query(app.store, settings=app.settings))
    task_counts, report_counts = counts(cells)
    return page(
        request,
        "home.html",
        as_of=today(request),
        last_intake=last_intake(request),
        documents=app.store.count_documents(),
        directives=app.store.count_documents(role="directive"),
        reports=app.store.count_documents(role="report"),
        unread=app.store.count_documents(status="failed"),
        waiting=len(app.store.links(decision="suggested")),
        total=len(cells),
        task_counts=task_counts,
        report_counts=report_counts,
        confirmed=sum(cell.confirmed for cell in cells),
    )


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A search result for the template."""

    document_id: int
    file: str
    document: dict[str, Any]
    locator: str
    passage: Markup


@router.get("/tra-cuu")
def search_page(request: Request, app: CurrentApp, q: str = "") -> HTMLResponse:
    """Tra cứu văn bản, điều khoản."""
    hits = [_shown(hit) for hit in search(app, q, limit=50)] if q.strip() else []
    return page(request, "search.html", q=q, hits=hits)


def _shown(hit: SearchHit) -> ShownHit:
    line = hit.to_json()
    passage = line["passage"] or ""
    marks = [Mark(start, end, "found") for start, end in line["marks"]]
    locator = line["locator"]
    return ShownHit(
        document_id=hit.document.id,
        file=hit.document.file,
        document=line["document"],
        locator=", ".join(locator) if isinstance(locator, list | tuple) else locator or "",
        passage=mark_up(passage, 0, len(passage), marks),
    )
