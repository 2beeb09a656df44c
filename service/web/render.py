"""Templates with the officers' words, the CSRF token and the settings at hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates

from service import __version__
from service.errors import DondocError
from service.http.guard import csrf_token
from service.http.state import current_app
from service.units import directory
from service.web import menu, words

HERE = Path(__file__).parent
_templates = Jinja2Templates(directory=HERE / "templates")


def page(request: Request, template: str, *, code: int = 200, **context: object) -> HTMLResponse:
    """A full page; every template gets the words, the token, the time zone and the reviewer's name."""
    settings = current_app(request).settings
    shared = {
        "w": words,
        "csrf": csrf_token(request),
        "menu": menu,
        "here": menu.current(request.url.path),
        "version": __version__,
        "person": settings.person,
        "zone": settings.zone,
        "q": request.query_params.get("q", ""),
        "nay": _as_today(request),
        "weighing": getattr(request.state, "waiting", None),
        "unread_reminders": current_app(request).store.count_unread(),
    }
    if clash := (context.keys() & shared.keys()) - {"q"}:
        raise TypeError(f"{template}: every page has its own {sorted(clash)}")
    return _templates.TemplateResponse(request, template, shared | context, status_code=code)


def _as_today(request: Request) -> Callable[[str], str]:
    """Names of units as they are shown today: "Sở Kế hoạch và Đầu tư (nay là Sở Tài chính …)"."""
    app, day = current_app(request), today(request)
    return lambda name: directory(app.store).label(name, day)


def today(request: Request) -> dt.date:
    """The office's date."""
    return dt.datetime.now(current_app(request).settings.zone).date()


def last_intake(request: Request) -> str:
    """When a document last came in, in words; empty for an empty store."""
    app = current_app(request)
    moment = app.store.last_intake()
    return words.moment(moment, app.settings.zone)


def tell(address: str, words: str) -> Response:
    """Back to a page, which says what was done: a reload of it does nothing twice."""
    return RedirectResponse(f"{address}?{urlencode({'da': words})}", status_code=303)


def done(act: Callable[[], object], address: str, words: str, *, wrong: Callable[[str], Response]) -> Response:
    """Do what a form asks and tell it on the page at ``address``; where it cannot be, ``wrong`` shows the problem."""
    try:
        act()
    except DondocError as error:
        return wrong(error.message)
    return tell(address, words)
