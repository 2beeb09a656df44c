"""The office's names and templates over the API: what official papers are printed with."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, UploadFile
from fastapi.responses import Response
from pydantic import BaseModel

from service import official
from service.http.download import download
from service.http.guard import require_csrf
from service.http.state import CurrentApp, now
from service.official import change
from service.official.office import Office

router = APIRouter()
Json = dict[str, Any]
Write = Depends(require_csrf)


class OfficeIn(BaseModel):
    """The office as it is printed; what is left out stays as it is."""

    he_thong: str | None = None
    co_quan_cap_tren: str | None = None
    co_quan: str | None = None
    ten_day_du: str | None = None
    dia_danh: str | None = None
    ky_hieu: str | None = None
    quyen_han: str | None = None
    chuc_vu: str | None = None
    nguoi_ky: str | None = None
    noi_nhan: tuple[str, ...] | None = None
    luu: str | None = None
    bao_cao_cho: str | None = None


@router.get("/office")
def office(app: CurrentApp) -> Json:
    """What is printed now."""
    return asdict(official.load_office(official.folder(app.settings.home)))


@router.put("/office", dependencies=[Write])
def put_office(app: CurrentApp, body: OfficeIn) -> Json:
    """Change some of it."""
    there = asdict(official.load_office(official.folder(app.settings.home)))
    change.save_office(app, Office(**there | body.model_dump(exclude_none=True)), at=now())
    return office(app)


@router.get("/templates")
def templates(app: CurrentApp) -> list[Json]:
    """Every template: whose it is, what is wrong with it, who changed it last."""
    return [asdict(one) for one in change.listed(app)]


@router.get("/templates/history")
def history(app: CurrentApp, subject: str | None = None) -> list[Json]:
    """Who changed what, newest first."""
    return [asdict(one) for one in app.store.print_changes(subject)]


@router.post("/templates/history/{change_id}", dependencies=[Write])
def bring_back(app: CurrentApp, change_id: int) -> Json:
    """Use an earlier content again."""
    return {"subject": change.bring_back(app, change_id, at=now())}


@router.get("/templates/{name}.docx")
def template(app: CurrentApp, name: str) -> Response:
    """The template in use."""
    return download(f"{name}.docx", official.templates.current(app.settings.home, name))


@router.get("/templates/{name}/sample.docx")
def sample(app: CurrentApp, name: str) -> Response:
    """The template in use, filled in with invented figures."""
    return download(f"xem-thu-{name}.docx", change.preview(app, name))


@router.put("/templates/{name}", dependencies=[Write])
async def put_template(app: CurrentApp, name: str, file: Annotated[UploadFile, File()]) -> Json:
    """Use an office's own DOCX; one that cannot be filled in is refused with the reason."""
    data = await file.read(change.MAX_FILE + 1)
    change.put_template(app, name, data, file.filename or f"{name}.docx", at=now())
    return _one(app, name)


@router.delete("/templates/{name}", dependencies=[Write])
def default(app: CurrentApp, name: str) -> Json:
    """Use the product's template again."""
    change.back_to_default(app, name, at=now())
    return _one(app, name)


def _one(app: CurrentApp, name: str) -> Json:
    return next(asdict(one) for one in change.listed(app) if one.name == name)
