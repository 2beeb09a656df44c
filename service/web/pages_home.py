"""The first page and the search page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup
from pydantic import BaseModel

from nlp.vocabulary import kinds
from service.errors import Ambiguous, IndexUnavailable, InvalidInput
from service.filters import Filters
from service.gaps import count, parse_query
from service.http.state import CurrentApp
from service.overview import Group, by_directive, by_unit
from service.references import SearchHit, search
from service.web import words
from service.web.figures import of_one_moment
from service.web.highlight import Mark, mark_up
from service.web.render import last_intake, page, today

router = APIRouter()
CHARTED: Final = 12
"""Units in the chart; all are on the board of units."""


@router.get("/")
@of_one_moment
def home(request: Request, app: CurrentApp) -> HTMLResponse:
    """Tổng quan: what is in the store and how the duties stand today."""
    query = parse_query(app.store, settings=app.settings)
    figures = count(app.store, query)
    tracked = count(app.store, replace(query, tracked=True)).total
    task_counts = [(code, getattr(figures, code)) for code in words.TASK_STATUS]
    report_counts = [(code, getattr(figures, code)) for code in words.REPORT_STATUS]
    units, directives = by_unit(app.store, query), by_directive(app.store, query, most=CHARTED)
    return page(
        request,
        "home.html",
        as_of=today(request),
        last_intake=last_intake(request),
        documents=app.store.count_documents(),
        directives=app.store.count_documents(role="directive"),
        reports=app.store.count_documents(role="report"),
        unread=app.store.count_documents(status="failed"),
        waiting=app.store.count_links("suggested"),
        drafts=figures.total - tracked,
        total=figures.total,
        task_counts=task_counts,
        report_counts=report_counts,
        pending=figures.pending,
        units=units[:CHARTED],
        more_units=max(0, len(units) - CHARTED),
        groups=directives,
        charts={"tasks": _doughnut(task_counts), "units": _bars(units[:CHARTED])},
        address=lambda group: urlencode(group.asked.given()),
    )


def _doughnut(task_counts: list[tuple[str, int]]) -> dict[str, object]:
    """The statuses for the chart, each leading to its list."""
    codes = [code for code, count in task_counts if count]
    return {
        "codes": codes,
        "labels": [words.TASK_STATUS[code] for code in codes],
        "values": [count for _, count in task_counts if count],
        "links": [f"/theo-doi?task_status={code}" for code in codes],
    }


def _bars(units: list[Group]) -> dict[str, object]:
    """Units with their statuses stacked, each leading to its list."""
    return {
        "labels": [group.name for group in units],
        "series": [
            {"code": code, "label": label, "values": [getattr(group.figures, code) for group in units]}
            for code, label in words.TASK_STATUS.items()
        ],
        "links": [f"/theo-doi?{urlencode(group.asked.given())}" for group in units],
    }


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A search result for the template."""

    document_id: int
    file: str
    document: dict[str, Any]
    locator: str
    passage: Markup


class FilterForm(BaseModel):
    """The filters as they are typed; an empty field filters nothing."""

    kind: str = ""
    issuer: str = ""
    since: str = ""
    until: str = ""
    in_force_on: str = ""
    cites: str = ""
    cited_by: str = ""

    def filters(self) -> Filters:
        """As the use case takes them."""
        days = (_day(self.since), _day(self.until), _day(self.in_force_on))
        words = self.kind.strip() or None, self.issuer.strip() or None
        return Filters(*words, *days, self.cites.strip() or None, self.cited_by.strip() or None)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise InvalidInput(f"“{text}” không phải là ngày") from None


@router.get("/tra-cuu")
def search_page(request: Request, app: CurrentApp, typed: Annotated[FilterForm, Query()], q: str = "") -> HTMLResponse:
    """Tra cứu văn bản, điều khoản, với điều kiện lọc."""
    problem, filtered = "", False
    found: list[SearchHit] = []
    try:
        filters = typed.filters()
        filtered = bool(filters)
        if q.strip() or filtered:
            found = search(app, q, limit=50, filters=filters)
    except (InvalidInput, Ambiguous, IndexUnavailable) as error:
        problem = error.message
    partial = any(hit.why == "store" for hit in found)
    names = [kind.name for kind in kinds()]
    issuers = app.store.issuers()
    return page(
        request,
        "search.html",
        q=q,
        hits=[_shown(hit) for hit in found],
        partial=partial,
        f=typed,
        filtered=filtered,
        problem=problem,
        kinds=names,
        issuers=issuers,
    )


def _shown(hit: SearchHit) -> ShownHit:
    line = hit.to_json()
    passage = line["passage"] or ""
    marks = [Mark(start, end, "found") for start, end in line["marks"]]
    locator = line["locator"]
    return ShownHit(
        document_id=hit.document.id,
        file=hit.document.file,
        document=line["document"],
        locator=", ".join(locator) if isinstance(locator, list | tuple) else locator or "",
        passage=mark_up(passage, 0, len(passage), marks),
    )
