"""Units under documents or periods with their holes, and the chain from a law down to the reports."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel

from service import listings
from service.cells import Order
from service.errors import DondocError, NotFound
from service.http.state import CurrentApp, now
from service.listings import CellFilter, Chosen
from service.overview import board, board_by_period, chain
from service.web import words
from service.web.render import last_intake, page, today

router = APIRouter()


class Asked(BaseModel):
    """The filter of a page as it stands in the address."""

    directive: str = ""
    unit: str = ""
    period: str = ""
    as_of: str = ""
    known_at: str = ""
    task_status: str = ""
    report_status: str = ""
    rule: str = ""
    state: str = ""
    holes: str = ""
    chain: str = ""
    tree: str = ""
    leader: str = ""
    matter: str = ""
    pending: str = ""
    official: str = ""
    due_soon_days: str = ""

    def filter(self) -> CellFilter:
        """As the listings take it."""
        return CellFilter(**self.model_dump())

    def address(self) -> str:
        """What is asked, for a link."""
        return urlencode(self.filter().given())


def choose(
    app: CurrentApp, asked: Asked, *, offset: int = 0, limit: int | None = None, order: Order = "text"
) -> tuple[Chosen | None, str]:
    """The answer, or what is wrong with the question: the page comes either way, with the form filled in."""
    try:
        return listings.choose(app, asked.filter(), at=now(), offset=offset, limit=limit, order=order), ""
    except DondocError as error:
        return None, error.message


@router.get("/theo-doi/don-vi")
def units(request: Request, app: CurrentApp, asked: Annotated[Asked, Query()], by: str = "directive") -> HTMLResponse:
    """Bảng theo dõi: units under documents, or under periods."""
    whole = asked.state in ("draft", "suspended", "ended")  # states that the database does not keep apart
    way = "period" if by == "period" or whole else "directive"
    chosen, problem = choose(app, asked, limit=None if way == "period" else 1)
    shown = None
    if chosen and chosen.total:
        by_period = way == "period"
        shown = board_by_period(chosen.cells, asked.filter()) if by_period else board(app, chosen.query, asked.filter())
    return page(
        request,
        "board.html",
        f=asked,
        by=way,
        board=shown,
        total=chosen.total if chosen else 0,
        problem=problem,
        said=listings.cells.notes(chosen)[0] if chosen and asked.filter().given() else "",
        as_of=chosen.as_of if chosen else today(request),
        directives=[(d.key or d.header.symbol or "", words.document(d)) for d in app.store.documents(role="directive")],
        units=sorted({name for name, _ in app.store.gap_units().values() if name}),
        last_intake=last_intake(request),
        unread=app.store.count_documents(status="failed"),
        address=lambda crossing: urlencode(crossing.asked.given()),
    )


@router.get("/chuoi/{document_id}")
def chain_page(request: Request, app: CurrentApp, document_id: int) -> HTMLResponse:
    """Luật → Nghị định → Kế hoạch → Báo cáo: what a document rests on and who carries it further."""
    document = app.store.document(document_id)
    if document is None:
        raise NotFound(f"Không có văn bản số {document_id} trong kho.")
    chosen, _problem = choose(app, Asked())
    above, tree = chain(app, document, chosen.cells if chosen else ())
    return page(request, "chain.html", d=document, above=above, tree=tree, name=words.document, as_of=today(request))
