"""The API of legal references: force on a day, amendments, lược đồ, drafts, the annotated text, the citation graph."""

from __future__ import annotations

import datetime as dt
from itertools import chain
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, File, Query, UploadFile
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel

from nlp.amendments import find_amendments
from nlp.contract import amendment_json, effect_json
from nlp.effect import find_effects
from service import annotate, office_table
from service.diagram import diagram, svg
from service.draft_check import MAX_CHARS, check_text
from service.errors import NotFound, TooLarge
from service.graph_export import edges, to_csv, to_graphml
from service.http.guard import require_csrf
from service.http.state import CurrentApp, now
from service.records import StoredDocument
from service.validity import on_document, parse_locator, validity

router = APIRouter(tags=["references"])
Json = dict[str, Any]
MAX_TABLE = 20_000_000


class DraftIn(BaseModel):
    """A draft to be checked, and the day on which its bases must be in force (today by default)."""

    text: str
    on: dt.date | None = None


def _today(app: CurrentApp) -> dt.date:
    return dt.datetime.now(app.settings.zone).date()


def _existing(app: CurrentApp, document_id: int) -> StoredDocument:
    found = app.store.document(document_id)
    if found is None:
        raise NotFound(f"Không có văn bản số {document_id} trong kho.")
    return found


@router.get("/validity")
def validity_of(app: CurrentApp, symbol: str, on: dt.date | None = None, locator: str = "") -> Json:
    """Force of a document by its symbol (``[@date]``), also of one that is only cited."""
    return validity(app.store, symbol, on or _today(app), parse_locator(locator)).to_json()


@router.get("/documents/{document_id}/validity")
def document_validity(app: CurrentApp, document_id: int, on: dt.date | None = None, locator: str = "") -> Json:
    """Force of a document of the store, or of a place in it."""
    found = _existing(app, document_id)
    return on_document(app.store, found, on or _today(app), parse_locator(locator)).to_json()


@router.get("/documents/{document_id}/amendments")
def amendments(app: CurrentApp, document_id: int) -> Json:
    """What a document changes in others, and when it says that things begin and end to be in force."""
    found = _existing(app, document_id)
    text = app.store.text(document_id)
    citations = [kept.citation for kept in app.store.citations(document_id)]
    return {
        "amendments": [amendment_json(a) for a in find_amendments(text, citations, found.header)],
        "effects": [effect_json(e) for e in find_effects(text, citations, found.header)],
    }


@router.get("/documents/{document_id}/diagram")
def diagram_of(app: CurrentApp, document_id: int) -> Json:
    """The documents around a document, by relation."""
    return diagram(app.store, document_id).to_json()


@router.get("/documents/{document_id}/diagram.svg")
def diagram_picture(app: CurrentApp, document_id: int) -> Response:
    """The same as a picture."""
    return Response(svg(diagram(app.store, document_id)), media_type="image/svg+xml")


@router.get("/documents/{document_id}/annotated")
def annotated(
    app: CurrentApp, document_id: int, form: Annotated[Literal["html", "akn"], Query(alias="format")] = "html"
) -> Response:
    """The document with its citations marked: a page that stands alone, or Akoma Ntoso."""
    found = _existing(app, document_id)
    layout = app.store.layout(document_id)
    citations = [kept.citation for kept in app.store.citations(document_id)]
    if form == "akn":
        text = annotate.to_akn(layout, found.header, citations, on=_today(app))
        return download(text, f"{annotate.slug(found.header.symbol or 'van-ban')}.akn.xml", "application/akn+xml")
    page = annotate.to_html(layout, found.header, citations)
    return download(page, f"{annotate.slug(found.header.symbol or 'van-ban')}.html", "text/html; charset=utf-8")


def download(text: str, name: str, media_type: str) -> Response:
    """A file that is saved, not shown as a page of ours."""
    headers = {"content-disposition": f'attachment; filename="{name}"', "content-security-policy": "sandbox"}
    return Response(text, media_type=media_type, headers=headers)


@router.get("/graph")
def graph(app: CurrentApp, form: Annotated[Literal["csv", "graphml"], Query(alias="format")] = "csv") -> Response:
    """The citation graph of the whole store."""
    pieces = to_csv(edges(app.store)) if form == "csv" else to_graphml(app.store)
    name = f"vien-dan.{form}"
    media = "text/csv; charset=utf-8" if form == "csv" else "application/xml"
    marked = chain(["\ufeff"] if form == "csv" else [], pieces)  # spreadsheets take it for UTF-8
    return StreamingResponse(
        marked, media_type=media, headers={"content-disposition": f'attachment; filename="{name}"'}
    )


@router.post("/draft-check", dependencies=[Depends(require_csrf)])
def draft_check(app: CurrentApp, body: DraftIn) -> Json:
    """What to look at again in a draft's citations."""
    if len(body.text) > MAX_CHARS:
        raise TooLarge(f"Dự thảo dài quá {MAX_CHARS} ký tự")
    return check_text(app, body.text, body.on or _today(app)).to_json()


@router.get("/office-validity")
def office_rows(app: CurrentApp, limit: Annotated[int, Query(ge=1, le=10_000)] = 1000) -> list[Json]:
    """What the office's table says, the last checked first, with where each row comes from."""
    return [
        {
            "symbol": row.symbol,
            "issued": row.issued,
            "effective": row.effective,
            "expired": row.expired,
            "replaced_by": row.replaced_by,
            "source": row.source,
            "checked_on": row.checked_on,
            "file": row.file,
            "row": row.row,
            "known_at": row.known_at,
        }
        for row in app.store.office_rows(limit=limit)
    ]


@router.post("/office-validity", dependencies=[Depends(require_csrf)])
async def import_office_table(app: CurrentApp, file: Annotated[UploadFile, File()]) -> Json:
    """Import the office's table (CSV); the same file again changes nothing."""
    data = await file.read(MAX_TABLE + 1)
    if len(data) > MAX_TABLE:
        raise TooLarge("Bảng lớn quá 20 MB")
    return office_table.import_table(app.store, data, file.filename or "bang.csv", at=now()).to_json()
