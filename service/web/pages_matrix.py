"""The matrix page (bảng theo dõi) and the list of what is late or unanswered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from service.errors import DondocError
from service.gaps import GapCell, Rule, gaps, parse_query
from service.http.state import CurrentApp
from service.records import StoredDocument
from service.web import words
from service.web.render import last_intake, page, today

router = APIRouter()
SEVERITY = {"error": 0, "warning": 1, "info": 2}


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


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A task (in one period) with a cell under each unit that owes it."""

    document_id: int
    task_id: int
    text: str
    directive: str
    period: str | None
    due: dt.date | None
    cells: tuple[ShownCell | None, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The matrix as the template walks it."""

    units: tuple[str, ...]
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A cell that wants attention."""

    unit: str
    document_id: int
    task_id: int
    text: str
    directive: str
    period: str | None
    due: dt.date | None
    days_late: int
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """What the form asks; all of it stands in the address."""

    directive: str = ""
    unit: str = ""
    period: str = ""
    as_of: str = ""
    task_status: str = ""
    report_status: str = ""


@router.get("/theo-doi")
def matrix_page(
    request: Request,
    app: CurrentApp,
    directive: str = "",
    unit: str = "",
    period: str = "",
    as_of: str = "",
    task_status: str = "",
    report_status: str = "",
) -> HTMLResponse:
    """Bảng theo dõi theo đơn vị và kỳ."""
    filters = Filters(directive, unit, period, as_of, task_status, report_status)
    cells, error = _ask(app, filters)
    return _page(request, app, filters, cells, error, heading="Bảng theo dõi theo đơn vị và kỳ", grid=_grid(cells))


@router.get("/cham")
def late_page(
    request: Request, app: CurrentApp, directive: str = "", unit: str = "", period: str = "", as_of: str = ""
) -> HTMLResponse:
    """Nhiệm vụ chậm, chưa báo cáo: only cells with something wrong, the gravest first."""
    filters = Filters(directive, unit, period, as_of)
    cells, error = _ask(app, filters)
    wrong = [c for c in cells if c.verdict.task_status == "open_overdue" or c.verdict.report_status == "missing"]
    return _page(request, app, filters, wrong, error, heading="Nhiệm vụ chậm, chưa báo cáo", grid=None)


def _ask(app: CurrentApp, filters: Filters) -> tuple[list[GapCell], str]:
    """The cells, or what is wrong with the question; the page comes either way, with the form filled in."""
    try:
        query = parse_query(
            app.store,
            settings=app.settings,
            directive=filters.directive or None,
            unit=filters.unit or None,
            period=filters.period or None,
            as_of=filters.as_of or None,
        )
        cells = gaps(app.store, query)
    except DondocError as error:
        return [], error.message
    if filters.task_status:
        cells = [cell for cell in cells if cell.verdict.task_status == filters.task_status]
    if filters.report_status:
        cells = [cell for cell in cells if cell.verdict.report_status == filters.report_status]
    return cells, ""


def _page(
    request: Request,
    app: CurrentApp,
    filters: Filters,
    cells: Sequence[GapCell],
    error: str,
    *,
    heading: str,
    grid: Grid | None,
) -> HTMLResponse:
    as_of = dt.date.fromisoformat(filters.as_of) if filters.as_of and not error else today(request)
    return page(
        request,
        "matrix.html",
        heading=heading,
        f=filters,
        error=error,
        cells=cells,
        as_of=as_of,
        grid=grid,
        problems=_problems(cells, as_of),
        directives=[(d.key or d.header.symbol or "", _name(d)) for d in app.store.documents(role="directive")],
        units=sorted({cell.duty.unit for cell in cells if cell.duty.unit}),
        last_intake=last_intake(request),
        unread=app.store.count_documents(status="failed"),
        unmatched=_unmatched(app),
    )


def _unmatched(app: CurrentApp) -> int:
    """Report statements that no task is proposed or confirmed for."""
    answering: dict[int, bool] = {}
    for link in app.store.links():
        matched = link.task_id is not None and link.decision in ("suggested", "confirmed")
        answering[link.item_id] = answering.get(link.item_id, False) or matched
    return sum(not matched for matched in answering.values())


def _name(document: StoredDocument) -> str:
    header = document.header
    return f"{header.kind or ''} {header.symbol or words.file_name(document.file)} {header.title or ''}".strip()[:90]


def _grid(cells: Iterable[GapCell]) -> Grid | None:
    units: dict[str, int] = {}
    rows: dict[tuple[int, str | None], dict[str, GapCell]] = {}
    for cell in cells:
        unit = cell.duty.unit or "Chưa rõ đơn vị"
        units.setdefault(unit, len(units))
        label = cell.duty.span.label if cell.duty.span else None
        rows.setdefault((cell.duty.task.id, label), {})[unit] = cell
    if not rows:
        return None
    shown = tuple(_row(by_unit, tuple(units)) for by_unit in rows.values())
    return Grid(tuple(units), shown)


def _row(by_unit: dict[str, GapCell], units: Sequence[str]) -> ShownRow:
    any_cell = next(iter(by_unit.values()))
    duty = any_cell.duty
    return ShownRow(
        document_id=duty.directive.id,
        task_id=duty.task.id,
        text=duty.task.task.text,
        directive=_name(duty.directive)[:60],
        period=duty.span.label if duty.span else None,
        due=duty.due,
        cells=tuple(_shown(by_unit[unit]) if unit in by_unit else None for unit in units),
    )


def _shown(cell: GapCell) -> ShownCell:
    duty = cell.duty
    answer = cell.answers[0] if cell.answers else None
    place = f"/doi-chieu/{answer.report.id}#nd-{answer.stored.id}" if answer else ""
    return ShownCell(
        task_status=cell.verdict.task_status,
        report_status=cell.verdict.report_status,
        claimed=cell.verdict.claimed,
        confirmed=cell.confirmed,
        links=len(cell.answers),
        href=place or f"/van-ban/{duty.directive.id}#nv-{duty.task.id}",
        title="; ".join(rule.text for rule in cell.rules),
    )


def _problems(cells: Iterable[GapCell], as_of: dt.date) -> list[ProblemRow]:
    rows = [_problem(cell, as_of) for cell in cells if cell.rules]
    return sorted(rows, key=lambda row: (min(SEVERITY[r.severity] for r in row.rules), -row.days_late, row.unit))


def _problem(cell: GapCell, as_of: dt.date) -> ProblemRow:
    duty = cell.duty
    overdue = cell.verdict.task_status == "open_overdue" and duty.due is not None
    return ProblemRow(
        unit=duty.unit or "Chưa rõ đơn vị",
        document_id=duty.directive.id,
        task_id=duty.task.id,
        text=duty.task.task.text,
        directive=_name(duty.directive),
        period=duty.span.label if duty.span else None,
        due=duty.due,
        days_late=(as_of - duty.due).days if overdue and duty.due else 0,
        rules=cell.rules,
    )


def counts(cells: Iterable[GapCell]) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """How many cells have each status, on both axes, in the official order."""
    found = list(cells)
    tasks = [(code, sum(c.verdict.task_status == code for c in found)) for code in words.TASK_STATUS]
    reports = [(code, sum(c.verdict.report_status == code for c in found)) for code in words.REPORT_STATUS]
    return tasks, reports
