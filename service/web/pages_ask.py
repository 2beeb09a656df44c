"""A question in everyday words: the filter that it stands for, its answer, and saved questions."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from nlp.questions import Filter
from service import gaps
from service.bootstrap import App
from service.errors import DondocError
from service.gaps.asking import NOT_UNDERSTOOD
from service.http.guard import require_csrf
from service.http.state import CurrentApp, now
from service.listings import CellFilter
from service.web.figures import of_one_moment
from service.web.render import page

router = APIRouter()
SHOWN = 50


@router.get("/hoi")
@of_one_moment
def ask_page(
    request: Request, app: CurrentApp, q: str = "", take: Annotated[int | None, Query(ge=1)] = None
) -> HTMLResponse:
    """Hỏi bằng lời; the filter is shown above the answer, and what may be meant where it is not understood.

    ``take`` answers by the suggestion of that number.
    """
    asked, error, found, comparison = None, "", {}, None
    cells: tuple[gaps.GapCell, ...] = ()
    try:
        if q.strip():
            asked = _asked(app, q, take)
        if asked is not None and asked.query is not None:
            found = gaps.answer(app.store, asked, limit=1)
            if asked.compare_to is not None:
                comparison = gaps.compare(app.store, asked.query, asked.compare_to)
            if asked.show == "cells":
                cells = gaps.page(app.store, asked.query, order="due", limit=SHOWN).cells
    except DondocError as problem:
        error = problem.message
    return page(
        request,
        "ask.html",
        asked=asked,
        question=q,
        taken=take,
        error=error,
        said=gaps.describe(asked.filter) if asked and asked.filter is not None else NOT_UNDERSTOOD,
        found=found,
        cells=cells,
        comparison=comparison,
        address=_address(asked.filter) if asked and asked.filter else "",
        narrowed=lambda **more: _address({**(asked.filter or {}), **more} if asked else more),
        examples=gaps.asking.EXAMPLES,
        saved=app.store.searches(app.settings.person),
    )


def _asked(app: App, q: str, take: int | None) -> gaps.Asked:
    asked = gaps.ask(app.store, q, app.settings)
    return gaps.take(app.store, asked, take, app.settings) if take and asked.query is None else asked


def _address(asked: Filter) -> str:
    """The same filter on the board, where it can be edited: nothing of it is left out."""
    return urlencode(CellFilter.of_question(asked).given())


@router.post("/hoi/luu", dependencies=[Depends(require_csrf)])
def save(
    app: CurrentApp,
    q: Annotated[str, Form()],
    name: Annotated[str, Form(min_length=1, max_length=200)],
    take: Annotated[int | None, Form(ge=1)] = None,
    shared: Annotated[bool, Form()] = False,  # noqa: FBT002 - a form's box
) -> RedirectResponse:
    """Keep the question under a name, with the filter that it stood for."""
    asked = _asked(app, q, take)
    if asked.filter is not None:
        app.store.save_search(name, owner=app.settings.person, question=q, query=asked.filter, shared=shared, at=now())
    return RedirectResponse("/hoi?" + urlencode({"q": q} | ({"take": take} if take else {})), status_code=303)


@router.get("/hoi/da-luu/{search_id}")
@of_one_moment
def saved(request: Request, app: CurrentApp, search_id: int) -> Response:  # noqa: ARG001 - the waiting page needs it
    """Open a saved question: it is counted. One that is not understood opens as the filter that was taken for it."""
    found = app.store.use_search(search_id, at=now())
    if gaps.ask(app.store, found.question, app.settings).filter is None:
        return RedirectResponse("/theo-doi?" + _address(found.query), status_code=303)
    return RedirectResponse("/hoi?" + urlencode({"q": found.question}), status_code=303)
