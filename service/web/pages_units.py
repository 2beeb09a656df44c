"""The page "Đơn vị": the office's units, what names stand for, successors, groups, the list in and out, the history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, Response

from corpus.text import no_marks
from nlp.dates import parse_date
from nlp.registry import Unit
from nlp.registry.succession import now as now_unit
from service.errors import DondocError, InvalidInput, NotFound, TooLarge
from service.http.guard import require_csrf
from service.http.state import CurrentApp, now
from service.units import Directory, directory
from service.units.edit import UnitForm, decide_successors, remove_unit, save_unit, set_members, set_office
from service.units.show import resolve_to_json, unit_line
from service.units.table import MAX_ROWS, export_units, import_units
from service.units.words import LEVELS, TYPES
from service.web.render import done, page, tell, today

router = APIRouter()
Write = Depends(require_csrf)
_HOME = "/don-vi"
MAX_FILE = 20_000_000
MAX_SHOWN = 400
_ACTIONS = {
    "unit": "Khai báo, sửa đơn vị",
    "removed": "Bỏ đơn vị",
    "successors": "Xác định đơn vị kế thừa",
    "members": "Khai báo nhóm",
    "office": "Khai báo cơ quan",
}


@router.get("/don-vi")
def units_page(request: Request, app: CurrentApp, tim: str = "", tat_ca: str = "", ten: str = "") -> HTMLResponse:
    """The list; ``ten`` asks what a name stands for today."""
    return _page(request, app, tim=tim, everything=bool(tat_ca), name=ten)


def _page(
    request: Request,
    app: CurrentApp,
    *,
    tim: str = "",
    everything: bool = False,
    name: str = "",
    problem: str = "",
    told: str = "",
    problems: tuple[str, ...] = (),
) -> HTMLResponse:
    found, day = directory(app.store), today(request)
    chosen = found.registry.units(None, found.office.province) if everything or tim else iter(found.office.units)
    lines = [unit_line(unit, found, day) for unit in chosen if _fits(unit, tim)]
    return page(
        request,
        "units.html",
        found=found,
        day=day,
        lines=lines[:MAX_SHOWN],
        more=max(len(lines) - MAX_SHOWN, 0),
        tim=tim,
        everything=everything,
        office=found.registry.name(found.office.own, day) if found.office.own else "",
        groups=_groups(found, day),
        undecided=[unit_line(unit, found, day) for unit in undecided(found, day)],
        name=name,
        resolved=resolve_to_json(name, found, day) if name else [],
        problem=problem,
        told=told or request.query_params.get("da", ""),
        problems=problems,
        code=400 if problem else 200,
    )


def _fits(unit: Unit, tim: str) -> bool:
    words = no_marks(tim).split()
    return all(any(word in no_marks(name.text) for name in unit.names) for word in words)


def _groups(found: Directory, day: dt.date) -> list[tuple[str, list[str]]]:
    return [
        (found.office.printed[key], list(found.names([member.unit for member in members], day)))
        for key, members in found.office.members.items()
    ]


def undecided(found: Directory, day: dt.date) -> list[Unit]:
    """Units of the office's province and its own that ended and for which nobody stands in yet."""
    province = found.office.province
    ended = [
        unit
        for unit in (*found.office.units, *_provincial(found, province))
        if unit.term.valid_to and unit.term.valid_to < day and now_unit(unit.id, day, found.registry) is None
    ]
    return list({unit.id: unit for unit in ended}.values())


def _provincial(found: Directory, province: str | None) -> list[Unit]:
    listed = found.registry.units(dt.date(2025, 2, 1), province) if province else ()
    return [unit for unit in listed if unit.province == province]


@router.get("/don-vi/sua")
def edit_page(request: Request, app: CurrentApp, ma: str = "") -> HTMLResponse:
    """The form of a unit, empty for a new one."""
    found = directory(app.store)
    unit = found.registry.unit(ma) if ma else None
    if ma and unit is None:
        raise NotFound(f"Không có đơn vị mang mã “{ma}”.")
    return _form(request, app, _written(unit, found) if unit else {"level": "province", "type": "department"}, ma)


def _written(unit: Unit, found: Directory) -> dict[str, str]:
    day = unit.term.valid_to
    names = {kind: "; ".join(n.text for n in unit.names if n.kind == kind) for kind in ("short", "abbr")}
    phase = unit.phase(day)
    return {
        "name": unit.name(day),
        "also": names["short"],
        "abbr": names["abbr"],
        "type": phase.type if phase.type in TYPES else "other",
        "level": unit.level,
        "parent": found.registry.name(phase.parent) if phase.parent else "",
        "valid_from": unit.term.valid_from.isoformat() if unit.term.valid_from else "",
        "valid_to": unit.term.valid_to.isoformat() if unit.term.valid_to else "",
        "code": unit.codes[0].value if unit.codes and unit.codes[0].scheme == "qd20" else "",
    }


def _form(request: Request, app: CurrentApp, written: dict[str, str], ma: str, problem: str = "") -> HTMLResponse:
    found, day = directory(app.store), today(request)
    unit = found.registry.unit(ma) if ma else None
    return page(
        request,
        "unit_edit.html",
        ma=ma,
        written=written,
        types=TYPES,
        levels=LEVELS,
        problem=problem,
        line=unit_line(unit, found, day) if unit else None,
        steps=[
            (found.registry.name(step.unit, day), step.date, step.what, step.basis)
            for step in (found.registry.successors(ma) if ma else ())
        ],
        decided=bool(ma) and ma in found.office.decided,
        names=_known_names(found, day),
        events=app.store.unit_events(ma, limit=30) if ma else [],
        actions=_ACTIONS,
        code=400 if problem else 200,
    )


def _known_names(found: Directory, day: dt.date) -> list[str]:
    """Suggestions for names of units: the office's and its province's."""
    province = found.office.province
    return [unit.name(day) for unit in found.registry.units(day, province) if unit.province == province or not province]


@router.post("/don-vi/luu", dependencies=[Write])
def save(  # noqa: PLR0913, PLR0917 - the fields of the form
    request: Request,
    app: CurrentApp,
    name: Annotated[str, Form()],
    ma: Annotated[str, Form()] = "",
    also: Annotated[str, Form()] = "",
    abbr: Annotated[str, Form()] = "",
    type_: Annotated[str, Form(alias="type")] = "other",
    level: Annotated[str, Form()] = "province",
    parent: Annotated[str, Form()] = "",
    valid_from: Annotated[str, Form()] = "",
    valid_to: Annotated[str, Form()] = "",
    code: Annotated[str, Form()] = "",
) -> Response:
    """Keep the form; what does not fit is said above it, and nothing typed is lost."""
    written = {
        "name": name, "also": also, "abbr": abbr, "type": type_, "level": level, "parent": parent,
        "valid_from": valid_from, "valid_to": valid_to, "code": code,
    }  # fmt: skip
    try:
        form = UnitForm(
            name, ma, _several(also), _several(abbr), type_, level, parent, _day(valid_from), _day(valid_to), code
        )
        saved = save_unit(app.store, form, by=app.settings.person, at=now())
    except DondocError as error:
        return _form(request, app, written, ma, error.message)
    return tell(_HOME, f"Đã lưu {saved.names[0].text}.")


@router.post("/don-vi/bo", dependencies=[Write])
def remove(request: Request, app: CurrentApp, ma: Annotated[str, Form()]) -> Response:
    """Take the office's row away."""
    return _done(request, app, lambda: remove_unit(app.store, ma, by=app.settings.person, at=now()), "Đã bỏ đơn vị.")


@router.post("/don-vi/ke-thua", dependencies=[Write])
def successors(
    request: Request,
    app: CurrentApp,
    ma: Annotated[str, Form()],
    don_vi: Annotated[str, Form()] = "",
    ngay: Annotated[str, Form()] = "",
    can_cu: Annotated[str, Form()] = "",
) -> Response:
    """Decide who answers for a unit that ended."""

    def act() -> None:
        decide_successors(app.store, ma, _several(don_vi), _day(ngay), basis=can_cu, by=app.settings.person, at=now())

    return _done(request, app, act, "Đã ghi đơn vị kế thừa.")


@router.post("/don-vi/nhom", dependencies=[Write])
def group(
    request: Request, app: CurrentApp, nhom: Annotated[str, Form()] = "", thanh_vien: Annotated[str, Form()] = ""
) -> Response:
    """Declare who a collective stands for."""
    names = tuple(line.strip() for line in thanh_vien.replace(";", "\n").splitlines() if line.strip())
    return _done(
        request, app, lambda: set_members(app.store, nhom, names, by=app.settings.person, at=now()), "Đã lưu nhóm."
    )


@router.post("/don-vi/co-quan", dependencies=[Write])
def office(request: Request, app: CurrentApp, ten: Annotated[str, Form()] = "") -> Response:
    """Declare the body that runs this system."""
    return _done(
        request, app, lambda: set_office(app.store, ten, by=app.settings.person, at=now()), "Đã khai báo cơ quan."
    )


@router.get("/don-vi/xuat")
def export(app: CurrentApp) -> Response:
    """The list as CSV."""
    headers = {"content-disposition": 'attachment; filename="don-vi.csv"'}
    return Response(export_units(app.store), media_type="text/csv; charset=utf-8", headers=headers)


@router.post("/don-vi/nhap", dependencies=[Write])
async def bring_in(request: Request, app: CurrentApp, tep: Annotated[UploadFile, File()]) -> HTMLResponse:
    """Import a CSV file; lines that cannot be read are named, the others are kept."""
    data = await tep.read(MAX_FILE + 1)
    try:
        if len(data) > MAX_FILE:
            raise TooLarge(f"{tep.filename}: tệp quá lớn (tối đa {MAX_ROWS} dòng)")
        made = import_units(app.store, data, tep.filename or "don-vi.csv", by=app.settings.person, at=now())
    except DondocError as error:
        return _page(request, app, problem=error.message)
    told = f"{tep.filename}: {made.rows} dòng, {made.new} đơn vị mới, {made.changed} thay đổi, {made.same} không đổi."
    return _page(request, app, told=told, problems=made.problems)


@router.get("/don-vi/lich-su")
def history(request: Request, app: CurrentApp) -> HTMLResponse:
    """Who changed what, newest first."""
    return page(request, "units_history.html", events=app.store.unit_events(limit=500), actions=_ACTIONS)


def _done(request: Request, app: CurrentApp, act: Callable[[], Any], told: str) -> Response:
    return done(act, _HOME, told, wrong=lambda problem: _page(request, app, problem=problem))


def _several(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _day(text: str) -> dt.date | None:
    if not text.strip():
        return None
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        found = parse_date(text.strip())
    if found is None:
        raise InvalidInput(f"“{text}” không phải là ngày (ví dụ 01/7/2025).")
    return found
