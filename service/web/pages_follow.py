"""Đầu việc: the timeline of a task and what may be done about it; one act on all results of a filter."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel

from service import follow, listings
from service.errors import DondocError, InvalidInput, NotFound
from service.follow import ACTS, Planned
from service.follow import Request as Act
from service.http.guard import require_csrf
from service.http.state import CurrentApp, now
from service.listings import CellFilter
from service.official.tables import remarks
from service.timeline import story
from service.web import words
from service.web.figures import of_one_moment
from service.web.render import page, today

router = APIRouter()
Write = Depends(require_csrf)
SINGLE = [kind for kind in ACTS if kind not in ("extend_refused", "lead_refused")]
BULK = [kind for kind, act in ACTS.items() if not act.asks and not kind.endswith("_refused")]


class ActForm(BaseModel):
    """The fields of an act as they are typed."""

    kind: str = ""
    unit: str = ""
    period: str = ""
    due: str = ""
    lead: str = ""
    done: str = ""
    basis: str = ""
    note: str = ""
    effective: str = ""
    answers: str = ""

    def request(self) -> Act:
        """As the use case takes it."""
        return Act(
            kind=self.kind,
            unit=self.unit or None,
            period=self.period or None,
            due=_day(self.due),
            lead=self.lead or None,
            done=_day(self.done),
            basis=self.basis or None,
            note=self.note or None,
            effective=_day(self.effective),
            answers=int(self.answers) if self.answers.isdecimal() else None,
        )


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise InvalidInput(f"“{text}” không phải là ngày.") from None


@router.get("/dau-viec/{task_id}")
@of_one_moment
def task_page(
    request: Request, app: CurrentApp, task_id: int, unit: str = "", period: str = "", as_of: str = ""
) -> HTMLResponse:
    """One task: where it stands, its timeline, what may be done."""
    return _show(request, app, task_id, unit, period, as_of, "")


def _show(
    request: Request, app: CurrentApp, task_id: int, unit: str, period: str, as_of: str, problem: str
) -> HTMLResponse:
    found = app.store.tasks(ids=[task_id])
    if not found:
        raise NotFound(f"Không có nhiệm vụ số {task_id} trong kho.")
    day = _day(as_of) or today(request)
    told = story(app, found[0], unit=unit or None, period=period or None, as_of=day)
    document = app.store.document(found[0].document_id)
    return page(
        request,
        "follow.html",
        story=told,
        document=document,
        acts=[ACTS[kind] for kind in SINGLE],
        act_words=follow.acts.WORDS,
        states=listings.cells.STATES,
        state_of=listings.cells.state_of,
        remarks=lambda each: remarks(each.course, each.duty.task),
        asked=told.asked,
        unit=unit,
        period=period,
        as_of=day,
        today=today(request),
        problem=problem,
        name=words.document,
    )


@router.post("/dau-viec/{task_id}", dependencies=[Write])
def act(request: Request, app: CurrentApp, task_id: int, form: Annotated[ActForm, Form()]) -> Response:
    """Do one act; a wrong one comes back with what is wrong."""
    try:
        follow.act(app, task_id, form.request(), at=now())
    except DondocError as error:
        answer = _show(request, app, task_id, form.unit, form.period, "", error.message)
        answer.status_code = int(error.status)
        return answer
    return RedirectResponse(f"/dau-viec/{task_id}?{_place(form)}#lich-su", status_code=303)


def _place(form: ActForm) -> str:
    return urlencode({name: value for name, value in (("unit", form.unit), ("period", form.period)) if value})


@router.post("/dau-viec/{task_id}/hoan-tac/{move_id}", dependencies=[Write])
def undo(
    app: CurrentApp, task_id: int, move_id: int, unit: Annotated[str, Form()] = "", period: Annotated[str, Form()] = ""
) -> Response:
    """Take a move back."""
    follow.undo(app, [move for move in app.store.moves(ids=[move_id]) if move.task_id == task_id], at=now())
    place = _place(ActForm(unit=unit, period=period))
    return RedirectResponse(f"/dau-viec/{task_id}?{place}#lich-su", status_code=303)


class Bulk(ActForm):
    """An act with the filter whose results it is for (named apart: both have a unit and a period)."""

    loc: str = ""
    """The filter as it stands in an address."""
    mark: int = -1


@router.get("/hang-loat")
@of_one_moment
def bulk_form(request: Request, app: CurrentApp, given: Annotated[Bulk, Query()]) -> HTMLResponse:
    """What an act would do to all results of a filter."""
    return _bulk(request, app, given, "")


def _bulk(request: Request, app: CurrentApp, given: Bulk, problem: str) -> HTMLResponse:
    asked, planned = _asked(given), []
    chosen = listings.choose(app, asked, at=now(), limit=0)
    if given.kind and not problem:
        try:
            planned = _plan(app, given)
        except DondocError as error:
            problem = error.message
    return page(
        request,
        "bulk.html",
        f=given,
        chosen=chosen,
        note=listings.cells.notes(chosen)[0],
        planned=planned,
        able=sum(one.move is not None for one in planned),
        acts=[ACTS[kind] for kind in BULK],
        act_words=follow.acts.WORDS,
        mark=app.store.moves_mark(),
        problem=problem,
        name=words.document,
        batch="",
    )


def _asked(given: Bulk) -> CellFilter:
    return CellFilter.of(dict(parse_qsl(given.loc)))


def _plan(app: CurrentApp, given: Bulk) -> list[Planned]:
    asked = _asked(given)
    total = listings.choose(app, asked, at=now(), limit=0).total
    return follow.plan(app, listings.every_line(app, asked), given.request(), total=total, at=now())


@router.post("/hang-loat", dependencies=[Write])
def bulk(request: Request, app: CurrentApp, given: Annotated[Bulk, Form()]) -> Response:
    """Do what was previewed, if nothing moved since."""
    try:
        planned = _plan(app, given)
        batch, _moves = follow.run(app, planned, mark=given.mark, at=now())
    except DondocError as error:
        answer = _bulk(request, app, given, error.message)
        answer.status_code = int(error.status)
        return answer
    return RedirectResponse(f"/hang-loat/{batch}", status_code=303)


@router.get("/hang-loat/{batch}")
def batch(request: Request, app: CurrentApp, batch: str) -> HTMLResponse:
    """What one act did to many, to be taken back at once."""
    moves = app.store.moves(batch=batch)
    if not moves:
        raise NotFound("Không có lượt thao tác này.")
    later = app.store.moves(task_ids=[move.task_id for move in moves])
    undone = {move.answers for move in later if move.kind == "undone"}
    tasks = {task.id: task for task in app.store.tasks(ids=[move.task_id for move in moves])}
    return page(
        request, "batch.html", batch=batch, moves=moves, tasks=tasks, title=ACTS[moves[0].kind].title,
        undone=all(move.id in undone for move in moves),
    )  # fmt: skip


@router.post("/hang-loat/{batch}/hoan-tac", dependencies=[Write])
def undo_batch(app: CurrentApp, batch: str) -> Response:
    """Take all of it back."""
    follow.undo(app, app.store.moves(batch=batch), at=now())
    return RedirectResponse(f"/hang-loat/{batch}", status_code=303)
