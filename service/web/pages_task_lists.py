"""The task list as a file: taken out as XLSX or under the names of Phụ lục VI, looked at before it counts."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from service import task_list
from service.errors import DondocError, InvalidInput
from service.http.guard import require_csrf
from service.http.state import CurrentApp
from service.web.render import page
from service.wording import document_name

router = APIRouter()
Write = Depends(require_csrf)
MAX_SHOWN = 500


@router.get("/danh-muc/xuat")
def export(app: CurrentApp, dang: str = "xlsx", van_ban: int | None = None) -> Response:
    """The list of a document, or of all."""
    tasks = list(task_list.choose(app, task_list.Choice(document_id=van_ban)))
    subtitle = document_name(tasks[0][1]) if van_ban and tasks else ""
    data = task_list.outgoing(tasks, dang, subtitle=subtitle)
    name, media = task_list.FORMATS[dang]
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(data, media_type=media, headers=headers)


@router.get("/danh-muc/nhap")
def form(request: Request) -> HTMLResponse:
    """The form for a list that comes back."""
    return _page(request)


@router.post("/danh-muc/nhap", dependencies=[Write])
async def look(request: Request, app: CurrentApp, tep: Annotated[UploadFile, File()]) -> HTMLResponse:
    """What the file would change, before anything changes."""
    data = await tep.read()
    try:
        made = task_list.plan(app, task_list.incoming(data), file=tep.filename or "")
    except DondocError as error:
        return _page(request, problem=f"{tep.filename}: {error.message}")
    name = task_list.keep(app, data) if made.edits and not made.problems else ""
    return _page(request, made=made, name=name, file=tep.filename or "")


@router.post("/danh-muc/ap-dung", dependencies=[Write])
def apply(request: Request, app: CurrentApp, ten: Annotated[str, Form()], tep: Annotated[str, Form()] = "") -> Response:
    """Do what was shown; a task that changed meanwhile stops all of it."""
    try:
        made = task_list.plan(app, task_list.incoming(task_list.kept(app, ten)), file=tep)
        if made.problems:
            raise InvalidInput(f"Chưa nhập được. {made.problems[0]}")
        done = task_list.apply(app, made, by=app.settings.person)
    except DondocError as error:
        return _page(request, problem=error.message)
    task_list.forget(app, ten)
    if done is not None and done.document_id:
        return RedirectResponse(f"/ra-soat/{done.document_id}", status_code=303)
    return RedirectResponse("/ra-soat", status_code=303)


def _page(
    request: Request, *, made: task_list.Plan | None = None, name: str = "", file: str = "", problem: str = ""
) -> HTMLResponse:
    return page(request, "tasks_import.html", plan=made, name=name, file=file, problem=problem, most=MAX_SHOWN)
