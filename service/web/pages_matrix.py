"""Bảng theo dõi: obligations as a list and, where it fits a screen, tasks × units; and what is late or unanswered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from nlp.matters import matters
from service import listings
from service.follow import Followed
from service.gaps import rule_table
from service.http.state import CurrentApp
from service.listings import CellFilter, Chosen
from service.listings.cells import NOBODY, STATES
from service.tabular import Sheet
from service.web import words
from service.web.figures import of_one_moment
from service.web.pages_board import Asked, choose
from service.web.render import last_intake, page, today

router = APIRouter()
PAGE: Final = 100
"""Rows of the list on one page."""
WIDEST: Final = 24
"""Units up to which tasks × units is drawn; more do not fit any screen, the board of units does."""


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A crossing of the matrix."""

    task_status: str
    report_status: str
    claimed: str | None
    confirmed: bool
    links: int
    href: str
    title: str
    both: int | None = None
    """The link whose two originals are shown side by side."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A task (in one period) with a cell under each unit that owes it."""

    first: Followed
    cells: tuple[ShownCell | None, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The matrix as the template walks it."""

    units: tuple[str, ...]
    rows: tuple[ShownRow, ...]


@router.get("/theo-doi")
@of_one_moment
def matrix_page(
    request: Request, app: CurrentApp, asked: Asked, offset: Annotated[int, Query(ge=0)] = 0
) -> HTMLResponse:
    """Bảng theo dõi theo đơn vị và kỳ."""
    chosen, error = choose(app, asked, offset=offset, limit=PAGE)
    sheet = listings.cell_sheet(chosen) if chosen else None
    return _page(request, app, asked, chosen, error, "Bảng theo dõi theo đơn vị và kỳ", sheet, "dau-viec")


@router.get("/cham")
@of_one_moment
def late_page(request: Request, app: CurrentApp, asked: Asked, offset: Annotated[int, Query(ge=0)] = 0) -> HTMLResponse:
    """Nhiệm vụ chậm, chưa báo cáo: only obligations in which something is missing, the gravest first."""
    missing = replace(asked, holes="1")
    chosen, error = choose(app, missing, offset=offset, limit=PAGE, order="due")
    sheet = listings.problem_sheet(chosen) if chosen else None
    return _page(request, app, asked, chosen, error, "Nhiệm vụ chậm, chưa báo cáo", sheet, "van-de")


def _page(
    request: Request,
    app: CurrentApp,
    asked: CellFilter,
    chosen: Chosen | None,
    error: str,
    heading: str,
    sheet: Sheet | None,
    table: str,
) -> HTMLResponse:
    shown = chosen.cells if chosen else ()
    return page(
        request,
        "matrix.html",
        heading=heading,
        f=asked,
        error=error,
        as_of=chosen.as_of if chosen else today(request),
        grid=_grid(shown) if table == "dau-viec" else None,
        rows=list(zip(shown, sheet.texts(), strict=True)) if sheet else [],
        sheet=sheet,
        table=table,
        total=chosen.total if chosen else 0,
        offset=chosen.offset if chosen else 0,
        size=PAGE,
        states=STATES,
        rules={name: row["title"] for name, row in rule_table().items()},
        directives=[(d.key or d.header.symbol or "", words.document(d)) for d in app.store.documents(role="directive")],
        units=sorted({name for name, _ in app.store.gap_units().values() if name}),
        leaders=list(dict.fromkeys(one.leader for one in app.store.charges())),
        matters={name: name for name in matters()},
        soon=app.settings.due_soon_days,
        place=_place,
        last_intake=last_intake(request),
        unread=app.store.count_documents(status="failed"),
        unmatched=len(app.store.gap_strays(today(request).toordinal())),
    )


def _place(each: Followed) -> str:
    """Where an obligation has its page."""
    asked = {"unit": each.cell.duty.unit, "period": each.period}
    return f"/dau-viec/{each.duty.task.id}?{urlencode({name: value for name, value in asked.items() if value})}"


def _grid(cells: Iterable[Followed]) -> Grid | None:
    units: dict[str, int] = {}
    rows: dict[tuple[int, str | None], dict[str, Followed]] = {}
    for each in cells:
        unit = each.unit or NOBODY
        units.setdefault(unit, len(units))
        rows.setdefault((each.duty.task.id, each.period), {})[unit] = each
    if not rows or len(units) > WIDEST:
        return None
    names = tuple(units)
    shown = tuple(
        ShownRow(next(iter(row.values())), tuple(_shown(row[name]) if name in row else None for name in names))
        for row in rows.values()
    )
    return Grid(names, shown)


def _shown(each: Followed) -> ShownCell:
    cell = each.cell
    return ShownCell(
        task_status=cell.verdict.task_status,
        report_status=cell.verdict.report_status,
        claimed=cell.verdict.claimed,
        confirmed=cell.confirmed,
        links=len(cell.answers),
        href=_place(each),
        title="; ".join(rule.text for rule in cell.rules),
        both=cell.answers[-1].link.id if cell.answers else None,
    )
