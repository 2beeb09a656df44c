"""Pages about legal references: force and lược đồ beside a document, rà soát dự thảo, exports, the office's table."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import chain
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, Response, StreamingResponse
from markupsafe import Markup

from corpus.reader import read_bytes
from service import annotate, office_table
from service.diagram import Diagram, diagram, svg
from service.draft_check import Checked, check_document, check_text
from service.errors import DondocError, InvalidInput, NotFound, TooLarge
from service.graph_export import edges, to_csv, to_graphml
from service.http.guard import require_csrf
from service.http.state import CurrentApp, now
from service.records import StoredDocument
from service.validity import on_document, parse_locator
from service.web.highlight import Mark, ShownBlock, show
from service.web.render import page, today

router = APIRouter()


def about(request: Request, app: CurrentApp, found: StoredDocument, on: str, place: str) -> dict[str, Any]:
    """What the document page shows about force and the documents around it."""
    day = _day(on) or today(request)
    picture: Diagram = diagram(app.store, found.id)
    problem, judged = "", None
    try:
        judged = on_document(app.store, found, day, parse_locator(place))
    except InvalidInput as error:
        problem = error.message
    return {
        "validity": judged,
        "validity_css": _CSS[judged.status] if judged else "",
        "validity_on": day,
        "validity_place": place,
        "validity_problem": problem,
        "diagram": Markup(svg(picture)) if picture.left or picture.right else "",  # noqa: S704 - escaped by svg()
    }


_CSS = {
    "in_force": "high", "not_yet": "middle", "partly_ended": "middle", "suspended": "low", "ended": "low",
    "unknown": "unknown",
}  # fmt: skip


@router.get("/van-ban/{document_id}/luoc-do.svg")
def diagram_picture(app: CurrentApp, document_id: int) -> Response:
    """Lược đồ as a file."""
    return Response(svg(diagram(app.store, document_id)), media_type="image/svg+xml")


@router.get("/van-ban/{document_id}/danh-dau.html")
def annotated_page(app: CurrentApp, document_id: int) -> Response:
    """The document with its citations marked, as a page to be saved."""
    found, name = _named(app, document_id)
    citations = [kept.citation for kept in app.store.citations(document_id)]
    text = annotate.to_html(app.store.layout(document_id), found.header, citations)
    return _download(text, f"{name}.html", "text/html; charset=utf-8")


@router.get("/van-ban/{document_id}/danh-dau.akn.xml")
def annotated_xml(request: Request, app: CurrentApp, document_id: int) -> Response:
    """The document as Akoma Ntoso."""
    found, name = _named(app, document_id)
    citations = [kept.citation for kept in app.store.citations(document_id)]
    text = annotate.to_akn(app.store.layout(document_id), found.header, citations, on=today(request))
    return _download(text, f"{name}.akn.xml", "application/akn+xml")


def _named(app: CurrentApp, document_id: int) -> tuple[StoredDocument, str]:
    found = app.store.document(document_id)
    if found is None:
        raise NotFound(f"Không có văn bản số {document_id} trong kho.")
    return found, annotate.slug(found.header.symbol or f"van-ban-{document_id}")


def _download(text: str, name: str, media_type: str) -> Response:
    """Nothing that came from outside is shown as a page of ours."""
    headers = {"content-disposition": f'attachment; filename="{name}"', "content-security-policy": "sandbox"}
    return Response(text, media_type=media_type, headers=headers)


@router.get("/vien-dan.csv")
def graph_csv(app: CurrentApp) -> Response:
    """Every citation of the store, for a spreadsheet."""
    headers = {"content-disposition": 'attachment; filename="vien-dan.csv"'}
    pieces = chain(["\ufeff"], to_csv(edges(app.store)))
    return StreamingResponse(pieces, media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/vien-dan.graphml")
def graph_xml(app: CurrentApp) -> Response:
    """The citation graph, for graph tools."""
    headers = {"content-disposition": 'attachment; filename="vien-dan.graphml"'}
    return StreamingResponse(to_graphml(app.store), media_type="application/xml", headers=headers)


# --- rà soát dự thảo


@dataclass(frozen=True, slots=True)
class Result:
    """A checked draft for the template."""

    checked: Checked
    blocks: list[ShownBlock]


@router.get("/du-thao")
def draft_form(request: Request, app: CurrentApp) -> HTMLResponse:
    """The form, and what the office's table knows."""
    return _draft_page(request, app)


@router.post("/du-thao", dependencies=[Depends(require_csrf)])
async def draft(
    request: Request,
    app: CurrentApp,
    noi_dung: Annotated[str, Form()] = "",
    ngay: Annotated[str, Form()] = "",
    tep: Annotated[UploadFile | None, File()] = None,
) -> HTMLResponse:
    """Check a pasted draft or a file; nothing of it is kept."""
    on = _day(ngay) or today(request)
    try:
        if tep is not None and tep.filename:
            data = await tep.read(app.settings.max_upload_mb * 1_000_000 + 1)
            if len(data) > app.settings.max_upload_mb * 1_000_000:
                raise TooLarge(f"Tệp lớn quá {app.settings.max_upload_mb} MB")
            checked = check_document(app, read_bytes(data, tep.filename), on)
        else:
            checked = check_text(app, noi_dung.replace("\r\n", "\n"), on)
    except DondocError as error:
        return _draft_page(request, app, text=noi_dung, on=on, problem=error.message, status=int(error.status))
    result = Result(checked, show(checked.document, _marks(checked)))
    return _draft_page(request, app, text=noi_dung, on=on, result=result)


def _marks(checked: Checked) -> list[Mark]:
    """Every citation, those with a remark in its colour and named by its number."""
    worst: dict[tuple[int, int], tuple[str, str]] = {}
    anchors: dict[tuple[int, int], str] = {}
    for number, finding in enumerate(checked.findings, 1):
        span = finding.citation.start, finding.citation.end
        anchors.setdefault(span, f"vd-{number}")
        if span not in worst or finding.severity == "error":
            worst[span] = finding.severity, finding.text
    marks = []
    for kept in checked.citations:
        span = kept.citation.start, kept.citation.end
        severity, text = worst.get(span, ("ok", ""))
        marks.append(Mark(*span, f"cite {severity}", anchors.get(span, ""), title=text))
    return marks


def _draft_page(
    request: Request,
    app: CurrentApp,
    *,
    text: str = "",
    on: dt.date | None = None,
    result: Result | None = None,
    problem: str = "",
    imported: office_table.Imported | None = None,
    status: int = 200,
) -> HTMLResponse:
    return page(
        request,
        "draft.html",
        code=status,
        text=text,
        on=on or today(request),
        result=result,
        problem=problem,
        imported=imported,
        office_rows=app.store.office_rows(limit=20),
    )


@router.post("/du-thao/bang-hieu-luc", dependencies=[Depends(require_csrf)])
async def import_office_table(request: Request, app: CurrentApp, tep: Annotated[UploadFile, File()]) -> HTMLResponse:
    """Import the office's table of force."""
    try:
        data = await tep.read(app.settings.max_upload_mb * 1_000_000)
        imported = office_table.import_table(app.store, data, tep.filename or "bang.csv", at=now())
    except DondocError as error:
        return _draft_page(request, app, problem=error.message, status=int(error.status))
    return _draft_page(request, app, imported=imported)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None
