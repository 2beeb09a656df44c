"""Pages about documents: the list, one document with its facts marked, the original file, intake."""

from __future__ import annotations

import datetime as dt
from pathlib import PurePath
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from corpus.sniff import PDF
from service import ingest, references, reread
from service.errors import DondocError, NotFound
from service.http.guard import require_csrf
from service.http.state import CurrentApp, now
from service.records import Role, StoredDocument
from service.web import pages_references
from service.web.highlight import show
from service.web.marks import marks_of
from service.web.render import page

router = APIRouter()
PAGE_SIZE = 100


@router.get("/van-ban")
def documents(request: Request, app: CurrentApp, role: str = "", status: str = "", offset: int = 0) -> HTMLResponse:
    """The list of documents, newest first."""
    chosen = _role(role)
    rows = app.store.documents(
        role=chosen, status=status or None, limit=PAGE_SIZE, offset=max(offset, 0), newest_first=True
    )
    return page(
        request,
        "documents.html",
        recent=rows,
        count=app.store.count_documents(role=chosen, status=status or None),
        role=role,
        status=status,
        offset=max(offset, 0),
        size=PAGE_SIZE,
    )


def _role(value: str) -> Role | None:
    return value if value in ("directive", "report", "other") else None  # type: ignore[return-value]


@router.get("/van-ban/{document_id}")
def document(request: Request, app: CurrentApp, document_id: int, hieu_luc: str = "", vi_tri: str = "") -> HTMLResponse:
    """One document: its text with citations and tasks marked, and the lists beside it."""
    found = _existing(app, document_id)
    citations = app.store.citations(document_id)
    tasks = app.store.tasks(document_id=document_id)
    items = app.store.items(document_id)
    return page(
        request,
        "document.html",
        d=found,
        blocks=show(app.store.layout(document_id), marks_of(citations, tasks, items)),
        citations=citations,
        tasks=tasks,
        cited_by=references.cited_by(app, document_id),
        has_original=app.files.has(found.sha256),
        has_pages=found.media_type == PDF and bool(found.pages) and app.files.has(found.sha256),
        **pages_references.about(request, app, found, hieu_luc, vi_tri),
    )


def _existing(app: CurrentApp, document_id: int) -> StoredDocument:
    found = app.store.document(document_id)
    if found is None:
        raise NotFound(f"Không có văn bản số {document_id} trong kho.")
    return found


@router.get("/van-ban/{document_id}/goc")
def original(app: CurrentApp, document_id: int) -> Response:
    """The original file, always as a download: nothing that came from outside is shown as a page of ours."""
    found = _existing(app, document_id)
    name = quote(PurePath(found.file).name)
    with app.files.open(found.sha256) as stream:
        data = stream.read()
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{name}", "content-security-policy": "sandbox"}
    return Response(data, media_type="application/octet-stream", headers=headers)


@router.post("/van-ban/{document_id}/doc-lai", dependencies=[Depends(require_csrf)])
def read_again(app: CurrentApp, document_id: int) -> Response:
    """Read the original again by today's rules; the job shows among the others."""
    reread.enqueue(app, document_id, at=now())
    return RedirectResponse("/nhap", status_code=303)


@router.get("/nhap")
def intake(request: Request, app: CurrentApp) -> HTMLResponse:
    """The upload form and the running jobs."""
    return _intake_page(request, app, [])


def _intake_page(request: Request, app: CurrentApp, problems: list[str], *, status: int = 200) -> HTMLResponse:
    return page(
        request,
        "upload.html",
        code=status,
        jobs=app.store.jobs(limit=5),
        recent=app.store.documents(limit=10, newest_first=True),
        problems=problems,
        max_mb=app.settings.max_upload_mb,
    )


@router.post("/nhap", dependencies=[Depends(require_csrf)])
async def upload(
    request: Request,
    app: CurrentApp,
    files: Annotated[list[UploadFile], File()],
    arrived: Annotated[str, Form()] = "",
) -> Response:
    """Take files into the inbox and queue a job; a file that is too large is named and the others go on."""
    problems: list[str] = []
    paths = []
    try:
        day = dt.date.fromisoformat(arrived) if arrived else None
    except ValueError:
        return _intake_page(request, app, [f"Ngày đến “{arrived}” không phải là ngày."], status=422)
    for file in files:
        try:
            paths.append(ingest.receive(app, file.file, file.filename or "tep"))
        except DondocError as error:
            problems.append(f"{file.filename}: {error.message}")
    if paths:
        ingest.enqueue(app, paths, arrived=day, at=now())
    if problems:
        return _intake_page(request, app, problems, status=413)
    return RedirectResponse("/nhap", status_code=303)


@router.post("/nhap/{job_id}/dung", dependencies=[Depends(require_csrf)])
def stop(app: CurrentApp, job_id: int) -> Response:
    """Cancel a running job; files already read stay."""
    app.store.cancel(job_id, at=now())
    return RedirectResponse("/nhap", status_code=303)


@router.post("/nhiem-vu/{task_id}/duyet", dependencies=[Depends(require_csrf)])
def confirm_task(app: CurrentApp, task_id: int) -> Response:
    """Duyệt đưa vào theo dõi."""
    found = app.store.tasks(ids=[task_id])
    if not found:
        raise NotFound(f"Không có nhiệm vụ số {task_id} trong kho.")
    app.store.confirm_task(task_id, by=app.settings.person, at=now())
    return RedirectResponse(f"/van-ban/{found[0].document_id}#nv-{task_id}", status_code=303)
