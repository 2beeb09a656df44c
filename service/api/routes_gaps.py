"""The API of the gap question: totals by any filter, a page of cells, everyday questions, saved ones."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from service import gaps
from service.asked_records import SavedSearch
from service.cells import Order
from service.gaps import GapQuery
from service.http.guard import require_csrf
from service.http.state import CurrentApp, now

router = APIRouter(tags=["gaps"])
Json = dict[str, Any]
Write = Depends(require_csrf)


class GapFilter(BaseModel):
    """The filter of the gap question, as it stands in an address. Lists are repeated parameters."""

    directive: str | None = None
    chain: bool = False
    unit: str | None = None
    tree: bool = False
    leader: str | None = None
    matter: str | None = None
    period: str | None = None
    task_status: list[str] = Field(default_factory=list)
    report_status: list[str] = Field(default_factory=list)
    rules: list[str] = Field(default_factory=list)
    pending: bool | None = None
    official: bool = False
    tracked: bool = False
    due_soon_days: int | None = Field(default=None, ge=0, le=3660)
    as_of: dt.date | None = None
    known_at: dt.datetime | None = None

    def query(self, app: CurrentApp) -> GapQuery:
        """As the use case takes it."""
        return gaps.query_of(app.store, self.model_dump(), app.settings)


Filter = Annotated[GapFilter, Query()]


class GapPage(GapFilter):
    """The filter with a place in the list."""

    limit: int = Field(default=50, ge=1, le=1000)
    offset: int = Field(default=0, ge=0)
    order: Order = "text"


@router.get("/gaps/waiting")
def waiting(app: CurrentApp) -> Json:
    """How much of what has changed is still to be weighed; the other answers here weigh it first."""
    return asdict(gaps.waiting(app.store, gaps.parse_query(app.store, settings=app.settings)))


@router.get("/gaps/totals")
def totals(app: CurrentApp, asked: Filter) -> Json:
    """Totals of the filter, by unit, and how many cells break each rule."""
    query = asked.query(app)
    return {
        "totals": gaps.count(app.store, query).to_json(),
        "units": [{"unit": one.unit, **one.figures.to_json()} for one in gaps.by_unit(app.store, query)],
        "rules": gaps.rule_counts(app.store, query),
    }


@router.get("/gaps/page")
def some(app: CurrentApp, asked: Annotated[GapPage, Query()]) -> Json:
    """Some of the cells, and how many there are."""
    found = gaps.page(app.store, asked.query(app), order=asked.order, limit=asked.limit, offset=asked.offset)
    return {"total": found.total, "offset": found.offset, "cells": [cell.to_json() for cell in found.cells]}


class Comparing(GapFilter):
    """The filter and an earlier day."""

    compare_to: dt.date


@router.get("/gaps/compare")
def compared(app: CurrentApp, asked: Annotated[Comparing, Query()]) -> Json:
    """The totals of the filter on its day and on an earlier one."""
    return gaps.compare(app.store, asked.query(app), asked.compare_to).to_json()


@router.get("/ask")
def ask(
    app: CurrentApp,
    q: str,
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
    offset: Annotated[int, Query(ge=0)] = 0,
    take: Annotated[int | None, Query(ge=1)] = None,
) -> Json:
    """A question in everyday words: its filter and what that finds, or suggestions where it is not understood.

    ``take`` answers by the suggestion of that number, 1 for the first, where the question is not understood.
    """
    asked = gaps.ask(app.store, q, app.settings)
    if take is not None and asked.query is None:
        asked = gaps.take(app.store, asked, take, app.settings)
    found = asked.to_json()
    return found | {"answer": gaps.answer(app.store, asked, limit=limit, offset=offset) if asked.query else None}


class SearchIn(BaseModel):
    """A question to keep."""

    name: str = Field(min_length=1, max_length=200)
    question: str = Field(default="", max_length=1000)
    filter: dict[str, Any]
    shared: bool = False


@router.get("/searches")
def searches(app: CurrentApp) -> list[SavedSearch]:
    """One's own saved questions and the shared ones, the most used first."""
    return app.store.searches(app.settings.person)


@router.post("/searches", dependencies=[Write], status_code=201)
def save(app: CurrentApp, body: SearchIn) -> SavedSearch:
    """Keep a question under a name; its filter is checked first."""
    gaps.query_of(app.store, body.filter, app.settings)
    return app.store.save_search(
        body.name, owner=app.settings.person, question=body.question, query=body.filter, shared=body.shared, at=now()
    )


@router.post("/searches/{search_id}/use", dependencies=[Write])
def use(app: CurrentApp, search_id: int) -> SavedSearch:
    """Open a saved question: it is counted."""
    return app.store.use_search(search_id, at=now())


@router.delete("/searches/{search_id}", dependencies=[Write], status_code=204)
def remove(app: CurrentApp, search_id: int) -> None:
    """Take one's own saved question away."""
    app.store.remove_search(search_id, owner=app.settings.person)
