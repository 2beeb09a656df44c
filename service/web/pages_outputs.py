"""Biểu mẫu, công văn: official papers, urging letters with what stands in their way, every table as a file."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from service import exports, letters, listings, official, unread
from service.errors import DondocError, InvalidInput, NotFound
from service.follow_records import FilePass
from service.gaps import GapQuery, parse_query
from service.gaps import total as count_of
from service.http.download import download, streamed
from service.http.guard import require_csrf
from service.http.state import CurrentApp, now
from service.records import StoredDocument
from service.web import words
from service.web.figures import of_one_moment
from service.web.render import page, today

router = APIRouter()
Write = Depends(require_csrf)


@router.get("/xuat/{name}.{form}")
def export(request: Request, app: CurrentApp, name: str, form: str) -> Response:
    """A table of the product with the filters of the page it stands on."""
    return streamed(*listings.stream(app, name, request.query_params, form, at=now()))


@router.get("/bieu-mau")
@of_one_moment
def papers(request: Request, app: CurrentApp, as_of: str = "") -> HTMLResponse:
    """What can be printed, which units have to be urged, the letters so far."""
    problem, day, units, drafts = "", today(request), {}, 0
    try:
        query = _query(app, as_of=as_of)
        day = query.as_of or day
        units = letters.units_to_urge(app.store, query)
        drafts = count_of(app.store, replace(query, ended=True, standing="draft"))
    except DondocError as error:
        problem = error.message
    issued = app.store.letters()
    files = unread.unread(app)
    return page(
        request,
        "papers.html",
        kinds=official.KINDS,
        forms=exports.FORMATS,
        units=units,
        drafts=drafts,
        all_units=sorted({name for name, _ in app.store.gap_units().values() if name}),
        directives=[(d.key or d.header.symbol or "", words.document(d)) for d in app.store.documents(role="directive")],
        letters=issued,
        sheet=listings.letter_sheet(issued),
        as_of=day,
        asked=as_of,
        files=files,
        passed=_passes(app, files),
        name=words.document,
        problem=problem,
        declared=bool(official.change.version(app.settings.home)),
        own=[name for name in official.NAMES if official.own(app.settings.home, name)],
        names=official.NAMES,
        office=official.load_office(official.folder(app.settings.home)) if not problem else None,
        default_answer=day + dt.timedelta(days=letters.ANSWER_DAYS),
    )


def _passes(app: CurrentApp, files: list[unread.Unread]) -> list[tuple[FilePass, StoredDocument, bool]]:
    """The history of what was passed over, newest first, with whether a line still stands."""
    lines = app.store.file_passes()[::-1]
    documents = app.store.documents_by_id({line.document_id for line in lines})
    standing = [one for each in files for one in each.passes]
    return [(line, documents[line.document_id], line in standing) for line in lines]


@router.post("/bieu-mau/tep-chua-doc", dependencies=[Write])
def pass_over(
    app: CurrentApp,
    document: Annotated[int, Form()],
    act: Annotated[str, Form()],
    unit: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
    as_of: Annotated[str, Form()] = "",
) -> Response:
    """Say of an unread file that it is no report of a unit (of no unit), or take that back."""
    if act == "passed":
        unread.pass_over(app, document, unit or None, reason, at=now())
    elif act == "recalled":
        unread.recall(app, document, unit or None, reason, at=now())
    else:
        raise NotFound(f"Không có thao tác “{act}”.")
    query = urlencode({"as_of": as_of} if as_of else {})
    return RedirectResponse(f"/bieu-mau?{query}#tep-chua-doc", status_code=303)


def _query(app: CurrentApp, **given: str) -> GapQuery:
    return parse_query(app.store, settings=app.settings, **{name: value or None for name, value in given.items()})  # type: ignore[arg-type]  # names are the function's


@router.get("/bieu-mau/tai")
def paper(
    app: CurrentApp,
    kind: str,
    form: str = "docx",
    directive: str = "",
    unit: str = "",
    period: str = "",
    as_of: str = "",
) -> Response:
    """An official paper as a file."""
    query = _query(app, directive=directive, unit=unit, period=period, as_of=as_of)
    made = official.make(app, kind, query, form, at=now())
    return download(made.name, made.data)


@router.get("/cong-van/{letter_id}")
@of_one_moment
def letter(request: Request, app: CurrentApp, letter_id: int, problem: str = "") -> HTMLResponse:
    """One letter: what it lists, what stands between it and the signature, its history."""
    found = letters.existing(app, letter_id)
    return page(
        request,
        "letter.html",
        letter=found,
        check=letters.check(app, found, letters.question(app, found)),
        before=letters.previous(app, found),
        events=app.store.letter_events(letter_id),
        state=listings.others.LETTER_STATES[found.state],
        today=today(request),
        problem=problem,
        name=words.document,
    )


@router.post("/cong-van", dependencies=[Write])
def draft(
    app: CurrentApp,
    unit: Annotated[str, Form()],
    as_of: Annotated[str, Form()] = "",
    answer_by: Annotated[str, Form()] = "",
) -> Response:
    """A new draft."""
    made = letters.draft(app, unit, _query(app, as_of=as_of), at=now(), answer_by=_day(answer_by, "hạn báo cáo lại"))
    return RedirectResponse(f"/cong-van/{made.id}", status_code=303)


def _day(text: str, what: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise InvalidInput(f"“{text}” không phải là {what}.") from None


@router.get("/cong-van/{letter_id}/tep.{form}")
def letter_file(app: CurrentApp, letter_id: int, form: str) -> Response:
    """The letter as DOCX, its annex as XLSX or CSV."""
    found = letters.existing(app, letter_id)
    made = official.letter_paper(app, letter_id, letters.question(app, found), form)
    return download(made.name, made.data)


@router.post("/cong-van/{letter_id}", dependencies=[Write])
def act(
    app: CurrentApp,
    letter_id: int,
    *,
    act: Annotated[str, Form()],
    document: Annotated[int, Form()] = 0,
    reason: Annotated[str, Form()] = "",
    symbol: Annotated[str, Form()] = "",
    issued: Annotated[str, Form()] = "",
    scope: Annotated[str, Form()] = "",
) -> Response:
    """See a report, set a file aside, list anew, record the issue, give up."""
    found = letters.existing(app, letter_id)
    question = letters.question(app, found)
    match act:
        case "see":
            letters.see(app, letter_id, document, at=now())
        case "aside":
            letters.set_aside(app, letter_id, document, reason, at=now(), every_unit=scope == "every")
        case "issue":
            day = _day(issued, "ngày phát hành") or now().astimezone(app.settings.zone).date()
            letters.issue(app, letter_id, question, symbol=symbol, issued=day, at=now())
        case "cancel":
            letters.cancel(app, letter_id, at=now(), reason=reason)
        case "again":
            made = letters.draft(app, found.unit, question, at=now(), answer_by=found.answer_by)
            letters.cancel(app, letter_id, at=now(), reason=f"lập lại danh sách (số thứ tự {made.id})")
            letter_id = made.id
        case _:
            raise NotFound(f"Không có thao tác “{act}”.")
    return RedirectResponse(f"/cong-van/{letter_id}", status_code=303)
