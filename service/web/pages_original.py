"""The original page of a PDF file as a picture, with what was found on it marked at its place."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Request
from fastapi.responses import HTMLResponse, Response

from corpus.pdf_boxes import boxes, render, size
from corpus.sniff import PDF
from service.errors import NotFound
from service.http.state import CurrentApp
from service.records import StoredDocument
from service.web.marks import marks_of
from service.web.overlay import shapes
from service.web.render import page

router = APIRouter()
_SCALE = 2.0
"""Pixels for a point: sharp on screens of twice the density, at most half a megabyte a page."""


@router.get("/van-ban/{document_id:int}/trang/{number:int}")
def original_page(request: Request, app: CurrentApp, document_id: int, number: int) -> HTMLResponse:
    """One page of the original with its tasks, citations and report statements."""
    found, data = _original(app, document_id, number)
    extent = size(data, number)
    if extent is None:
        raise NotFound(f"Không hiển thị được trang {number} của tệp gốc.")
    store = app.store
    marks = marks_of(store.citations(document_id), store.tasks(document_id=document_id), store.items(document_id))
    return page(
        request,
        "original.html",
        d=found,
        number=number,
        width=round(extent[0], 1),
        height=round(extent[1], 1),
        picture=f"/van-ban/{document_id}/trang/{number}.png?v={found.sha256[:12]}",
        shapes=shapes(store.layout(document_id), number, boxes(data, number), marks),
    )


@router.get("/van-ban/{document_id:int}/trang/{number:int}.png")
def picture(
    app: CurrentApp, document_id: int, number: int, if_none_match: Annotated[str | None, Header()] = None
) -> Response:
    """The page as PNG. A browser keeps it: the bytes of an original never change, and its address names them."""
    found = _kept_pdf(app, document_id, number)
    headers = {"etag": f'"{found.sha256[:32]}-{number}"', "cache-control": "private, max-age=31536000, immutable"}
    if if_none_match == headers["etag"]:
        return Response(status_code=304, headers=headers)
    png = render(_read(app, found), number, _SCALE)
    if not png:
        raise NotFound(f"Không hiển thị được trang {number} của tệp gốc.")
    return Response(png, media_type="image/png", headers=headers)


def _original(app: CurrentApp, document_id: int, number: int) -> tuple[StoredDocument, bytes]:
    found = _kept_pdf(app, document_id, number)
    return found, _read(app, found)


def _kept_pdf(app: CurrentApp, document_id: int, number: int) -> StoredDocument:
    found = app.store.document(document_id)
    if found is None:
        raise NotFound(f"Không có văn bản số {document_id} trong kho.")
    if found.media_type != PDF:
        raise NotFound("Chỉ tệp PDF mới có trang gốc để xem.")
    if not 1 <= number <= (found.pages or 0):
        raise NotFound(f"Văn bản này không có trang {number}.")
    return found


def _read(app: CurrentApp, found: StoredDocument) -> bytes:
    with app.files.open(found.sha256) as stream:
        return stream.read()
