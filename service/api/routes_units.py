"""The API of units: what a name stands for on a day, the office's own rows, successors, members, history."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Query, UploadFile
from fastapi.responses import Response
from pydantic import BaseModel, Field

from service.errors import NotFound, TooLarge
from service.http.guard import require_csrf
from service.http.state import CurrentApp, now
from service.units import directory
from service.units.edit import UnitForm, decide_successors, remove_unit, save_unit, set_members, set_office
from service.units.roles import assignment_tables
from service.units.show import resolve_to_json, unit_to_json
from service.units.table import export_units, import_units

router = APIRouter(tags=["units"])
Json = dict[str, Any]
MAX_FILE = 20_000_000


class UnitIn(BaseModel):
    """A unit as it is entered."""

    name: str = Field(max_length=1_000)
    also: list[str] = []
    abbr: list[str] = []
    type: str = "other"
    level: str = "province"
    parent: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    code: str = ""


class SuccessorsIn(BaseModel):
    """Who answers for a unit from a day on; an empty list takes the decision back."""

    successors: list[str]
    date: dt.date | None = None
    basis: str = ""


class MembersIn(BaseModel):
    """Who a printed collective stands for; an empty list takes the list back."""

    collective: str
    members: list[str]


class OfficeIn(BaseModel):
    """The body that runs this system."""

    name: str


def _today(app: CurrentApp) -> dt.date:
    return dt.datetime.now(app.settings.zone).date()


@router.get("/units")
def units(
    app: CurrentApp,
    on: dt.date | None = None,
    everything: Annotated[bool, Query(alias="all")] = False,  # noqa: FBT002 - a query flag
) -> Json:
    """The office's units; with ``all`` also the built-in ones of its province and the central bodies."""
    found, day = directory(app.store), on or _today(app)
    listed = found.registry.units(day, found.office.province) if everything else iter(found.office.units)
    office = {"unit": found.office.own, "province": found.office.province}
    return {"office": office, "units": [unit_to_json(unit, found, day) for unit in listed]}


@router.get("/units/resolve")
def resolve_name(app: CurrentApp, name: str, on: dt.date | None = None) -> list[Json]:
    """What a printed name stands for on a day, in the office's context."""
    return resolve_to_json(name, directory(app.store), on or _today(app))


@router.get("/units/role")
def role(app: CurrentApp, name: str, document: int) -> list[Json]:
    """Who may fill a role that names nobody, by tables of the document and of what it cites."""
    return [
        {"symbol": table.document.header.symbol, "document": table.document.sha256, "units": list(table.units)}
        for table in assignment_tables(app.store, document, name)
    ]


@router.get("/units.csv")
def units_csv(app: CurrentApp) -> Response:
    """The office's units as CSV."""
    headers = {"content-disposition": 'attachment; filename="don-vi.csv"'}
    return Response(export_units(app.store), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/units/history")
def history(app: CurrentApp, subject: str | None = None) -> list[Json]:
    """Who changed what, newest first."""
    return [
        {
            "subject": event.subject,
            "action": event.action,
            "before": event.before,
            "after": event.after,
            "by": event.by,
            "at": event.known_at.isoformat(),
        }
        for event in app.store.unit_events(subject)
    ]


@router.post("/units/import", dependencies=[Depends(require_csrf)])
async def bring_in(app: CurrentApp, file: Annotated[UploadFile, File()]) -> Json:
    """Import a CSV file of the office's units."""
    data = await file.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        raise TooLarge(f"{file.filename}: tệp quá lớn")
    result = import_units(app.store, data, file.filename or "don-vi.csv", by=app.settings.person, at=now())
    return result.to_json()


@router.post("/units", status_code=201, dependencies=[Depends(require_csrf)])
def add(app: CurrentApp, unit: UnitIn) -> Json:
    """Enter a unit."""
    return _saved(app, unit, "")


@router.put("/units/office", dependencies=[Depends(require_csrf)])
def office(app: CurrentApp, chosen: OfficeIn) -> Json:
    """Declare the body that runs this system."""
    unit = set_office(app.store, chosen.name, by=app.settings.person, at=now())
    return {"unit": unit.id, "province": unit.province}


@router.put("/units/members", dependencies=[Depends(require_csrf)])
def members(app: CurrentApp, chosen: MembersIn) -> Json:
    """Declare who a collective stands for."""
    set_members(app.store, chosen.collective, chosen.members, by=app.settings.person, at=now())
    found = directory(app.store).members(chosen.collective, _today(app))
    return {"units": list(found.units), "complete": found.complete}


@router.get("/units/{unit_id}")
def unit_of(app: CurrentApp, unit_id: str, on: dt.date | None = None) -> Json:
    """One unit, built in or entered."""
    found = directory(app.store)
    unit = found.registry.unit(unit_id)
    if unit is None:
        raise NotFound(f"Không có đơn vị mang mã “{unit_id}”.")
    return unit_to_json(unit, found, on or _today(app))


@router.put("/units/{unit_id}", dependencies=[Depends(require_csrf)])
def change(app: CurrentApp, unit_id: str, unit: UnitIn) -> Json:
    """Change a unit of the office, or put the office's own row before a built-in one."""
    return _saved(app, unit, unit_id)


@router.delete("/units/{unit_id}", status_code=204, dependencies=[Depends(require_csrf)])
def remove(app: CurrentApp, unit_id: str) -> None:
    """Take the office's row away."""
    remove_unit(app.store, unit_id, by=app.settings.person, at=now())


@router.put("/units/{unit_id}/successors", dependencies=[Depends(require_csrf)])
def successors(app: CurrentApp, unit_id: str, decided: SuccessorsIn) -> Json:
    """Decide who answers for a unit that ended."""
    decide_successors(
        app.store, unit_id, decided.successors, decided.date, basis=decided.basis, by=app.settings.person, at=now()
    )
    return unit_of(app, unit_id)


def _saved(app: CurrentApp, unit: UnitIn, unit_id: str) -> Json:
    form = UnitForm(
        name=unit.name, id=unit_id, also=tuple(unit.also), abbr=tuple(unit.abbr), type=unit.type, level=unit.level,
        parent=unit.parent, valid_from=unit.valid_from, valid_to=unit.valid_to, code=unit.code,
    )  # fmt: skip
    saved = save_unit(app.store, form, by=app.settings.person, at=now())
    return unit_to_json(saved, directory(app.store), _today(app))
