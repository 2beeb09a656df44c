"""Units under documents or periods with their holes, and the chain from a law down to the reports."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from service import listings
from service.cells import Order
from service.errors import DondocError, NotFound
from service.gaps import Columns
from service.http.state import CurrentApp, now
from service.listings import CellFilter, Chosen
from service.overview import board, chain
from service.web import words
from service.web.figures import of_one_moment
from service.web.render import last_intake, page, today

router = APIRouter()


def _filter(request: Request) -> CellFilter:
    return CellFilter.of(request.query_params)


Asked = Annotated[CellFilter, Depends(_filter)]
"""The filter of a page as it stands in the address."""


def choose(
    app: CurrentApp, asked: CellFilter, *, offset: int = 0, limit: int | None = None, order: Order = "text"
) -> tuple[Chosen | None, str]:
    """The answer, or what is wrong with the question: the page comes either way, with the form filled in."""
    try:
        return listings.choose(app, asked, at=now(), offset=offset, limit=limit, order=order), ""
    except DondocError as error:
        return None, error.message


@router.get("/theo-doi/don-vi")
@of_one_moment
def units(
    request: Request,
    app: CurrentApp,
    asked: Asked,
    by: str = "directive",
    hang: Annotated[int, Query(ge=0)] = 0,
    cot: Annotated[int, Query(ge=0)] = 0,
) -> HTMLResponse:
    """Bảng theo dõi: units under documents, or under periods; of a large one the part from ``hang`` and ``cot`` on."""
    way: Columns = "period" if by == "period" else "directive"
    chosen, problem = choose(app, asked, limit=0)
    shown = board(app, chosen.query, asked, by=way, row=hang, column=cot) if chosen and chosen.total else None
    return page(
        request,
        "board.html",
        f=asked,
        by=way,
        board=shown if shown and shown.rows else None,
        total=chosen.total if chosen else 0,
        problem=problem,
        said=listings.cells.notes(chosen)[0] if chosen and asked.narrow() else "",
        as_of=chosen.as_of if chosen else today(request),
        directives=[(d.key or d.header.symbol or "", words.document(d)) for d in app.store.documents(role="directive")],
        units=sorted({name for name, _ in app.store.gap_units().values() if name}),
        last_intake=last_intake(request),
        unread=app.store.count_documents(status="failed"),
        address=lambda crossing: crossing.asked.address(),
    )


@router.get("/chuoi/{document_id}")
@of_one_moment
def chain_page(request: Request, app: CurrentApp, document_id: int) -> HTMLResponse:
    """Luật → Nghị định → Kế hoạch → Báo cáo: what a document rests on and who carries it further."""
    document = app.store.document(document_id)
    if document is None:
        raise NotFound(f"Không có văn bản số {document_id} trong kho.")
    above, tree = chain(app, document)
    return page(request, "chain.html", d=document, above=above, tree=tree, name=words.document, as_of=today(request))
