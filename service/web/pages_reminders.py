"""Nhắc việc: the notification centre, the rules in force, the units' addresses, a trial mail."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from service import listings, reminders
from service.errors import DondocError, InvalidInput
from service.gaps import by_unit, parse_query
from service.http.guard import require_csrf
from service.http.state import CurrentApp, now
from service.web.figures import of_one_moment
from service.web.render import page

router = APIRouter()
Write = Depends(require_csrf)
SHOWN = 300


@router.get("/nhac-viec")
@of_one_moment
def centre(request: Request, app: CurrentApp, unit: str = "", unread: str = "", said: str = "") -> HTMLResponse:
    """Reminders, newest first."""
    return _show(request, app, unit, unread, said=said)


def _show(
    request: Request, app: CurrentApp, unit: str, unread: str, *, said: str = "", problem: str = ""
) -> HTMLResponse:
    found = app.store.reminders(unit=unit or None, unread=bool(unread), limit=SHOWN)
    contacts = {each.unit: each.email for each in app.store.contacts()}
    followed = by_unit(app.store, replace(parse_query(app.store, settings=app.settings), tracked=True))
    units = sorted({one.unit for one in followed if one.unit} | contacts.keys())
    return page(
        request,
        "reminders.html",
        found=found,
        sheet=listings.reminder_sheet(found),
        unit=unit,
        unread=unread,
        units=units,
        contacts=contacts,
        s=app.settings,
        said=said,
        problem=problem,
        shown=SHOWN,
    )


@router.post("/nhac-viec", dependencies=[Write])
def act(
    request: Request,
    app: CurrentApp,
    *,
    act: Annotated[str, Form()],
    reminder: Annotated[int, Form()] = 0,
    unit: Annotated[str, Form()] = "",
    email: Annotated[str, Form()] = "",
) -> Response:
    """Mark as read, run the rules now, send a trial, keep an address."""
    try:
        said = _do(app, act, reminder, unit, email)
    except DondocError as error:
        answer = _show(request, app, "", "", problem=error.message)
        answer.status_code = int(error.status)
        return answer
    if not said:
        return RedirectResponse("/nhac-viec", status_code=303)
    return _show(request, app, "", "", said=said)


def _do(app: CurrentApp, act: str, reminder: int, unit: str, email: str) -> str:
    match act:
        case "read":
            app.store.read_reminders([reminder], at=now())
        case "read_all":
            app.store.read_reminders(None, at=now())
        case "run":
            run = reminders.remind(app, at=now())
            failed = f" Chưa gửi được: {'; '.join(run.failed)}" if run.failed else ""
            return f"{len(run.new)} lời nhắc mới, {run.mails} thư đã gửi.{failed}"
        case "try":
            return f"Đã gửi thử đến {email.strip()}: {reminders.try_it(app, email, at=now(), unit=unit or None)}"
        case "contact":
            if not unit.strip():
                raise InvalidInput("Cần chọn đơn vị.")
            address = reminders.check_address(email) if email.strip() else None
            app.store.put_contact(unit.strip(), address, by=app.settings.person, at=now())
        case _:
            raise InvalidInput(f"Không có thao tác “{act}”.")
    return ""
