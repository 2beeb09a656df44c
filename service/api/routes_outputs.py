"""Papers, letters, follow-up and reminders over the API: the use cases of the pages and the command line."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from service import follow, letters, listings, official, reminders, unread
from service.errors import NotFound
from service.follow_records import Letter, Move, Reminder
from service.gaps import GapQuery, parse_query
from service.http.download import download, streamed
from service.http.guard import require_csrf
from service.http.state import CurrentApp, now

router = APIRouter()
Json = dict[str, Any]
Write = Depends(require_csrf)


class Narrow(BaseModel):
    """The question that a paper answers."""

    directive: str | None = None
    unit: str | None = None
    period: str | None = None
    as_of: dt.date | None = None
    known_at: dt.datetime | None = None


def _query(app: CurrentApp, asked: Narrow) -> GapQuery:
    return parse_query(app.store, settings=app.settings, **asked.model_dump())


@router.get("/papers/{kind}.{form}")
def paper(app: CurrentApp, kind: str, form: str, asked: Annotated[Narrow, Query()]) -> Response:
    """An official paper (``bang-tong-hop`` …) as docx, xlsx or csv."""
    made = official.make(app, kind, _query(app, asked), form, at=now())
    return download(made.name, made.data)


@router.get("/tables/{name}.{form}")
def table(request: Request, app: CurrentApp, name: str, form: str) -> Response:
    """A table of the product with any of its filters as xlsx, docx or csv."""
    return streamed(*listings.stream(app, name, request.query_params, form, at=now()))


@router.get("/letters")
def all_letters(app: CurrentApp, unit: str | None = None) -> list[Json]:
    """Urging letters, newest first."""
    return [_letter(one) for one in app.store.letters(unit=unit)]


class LetterIn(BaseModel):
    """A letter to be drafted."""

    unit: str
    as_of: dt.date | None = None
    answer_by: dt.date | None = None


@router.post("/letters", dependencies=[Write], status_code=201)
def draft(app: CurrentApp, body: LetterIn) -> Json:
    """List what a unit owes and keep it as a draft."""
    query = _query(app, Narrow(as_of=body.as_of))
    return _letter(letters.draft(app, body.unit, query, at=now(), answer_by=body.answer_by))


@router.get("/letters/{letter_id}")
def letter(app: CurrentApp, letter_id: int) -> Json:
    """A letter with what stands between it and the signature, and its history."""
    found = letters.existing(app, letter_id)
    check = letters.check(app, found, letters.question(app, found))
    return _letter(found) | {
        "ready": check.ready,
        "arrived": [{"document": one.id, "symbol": one.header.symbol} for one in check.arrived],
        "obstacles": [asdict(one) for one in check.obstacles],
        "settled": [line.code for line in check.settled],
        "events": [asdict(event) for event in app.store.letter_events(letter_id)],
    }


@router.get("/letters/{letter_id}/file.{form}")
def letter_file(app: CurrentApp, letter_id: int, form: str) -> Response:
    """The letter as a file; a blocked draft carries the mark DỰ THẢO."""
    found = letters.existing(app, letter_id)
    made = official.letter_paper(app, letter_id, letters.question(app, found), form)
    return download(made.name, made.data)


class LetterAct(BaseModel):
    """``see`` and ``set_aside`` name a document (an unread file of no unit: ``every_unit``).

    ``issue`` names the number and day, ``cancel`` a reason.
    """

    act: str
    document: int = 0
    reason: str = ""
    every_unit: bool = False
    symbol: str = ""
    issued: dt.date | None = None


@router.post("/letters/{letter_id}", dependencies=[Write])
def letter_act(app: CurrentApp, letter_id: int, body: LetterAct) -> Json:
    """Do one of these; 409 while something stands in the way of an issue."""
    found = letters.existing(app, letter_id)
    if body.act == "see":
        letters.see(app, letter_id, body.document, at=now())
    elif body.act == "set_aside":
        letters.set_aside(app, letter_id, body.document, body.reason, at=now(), every_unit=body.every_unit)
    elif body.act == "issue":
        day = body.issued or now().astimezone(app.settings.zone).date()
        letters.issue(app, letter_id, letters.question(app, found), symbol=body.symbol, issued=day, at=now())
    elif body.act == "cancel":
        letters.cancel(app, letter_id, at=now(), reason=body.reason)
    else:
        raise NotFound(f"Không có thao tác “{body.act}”.")
    return letter(app, letter_id)


@router.get("/unread-files")
def unread_files(app: CurrentApp) -> list[Json]:
    """Files that could not be read, with whom they keep letters from and what people said of them."""
    return [
        {
            "document": one.document.id,
            "file": one.document.file,
            "reason": one.reason,
            "unit": one.unit,
            "passed_over": [{"unit": said.unit, "reason": said.reason, "by": said.by} for said in one.passes],
        }
        for one in unread.unread(app)
    ]


class FileWord(BaseModel):
    """That an unread file is no report of a unit (None: of no unit), or (``recall``) that this is taken back."""

    unit: str | None = None
    reason: str = ""
    recall: bool = False


@router.post("/unread-files/{document_id}", dependencies=[Write])
def pass_over(app: CurrentApp, document_id: int, body: FileWord) -> list[Json]:
    """Say so; the reason is kept in the history."""
    say = unread.recall if body.recall else unread.pass_over
    say(app, document_id, body.unit, body.reason, at=now())
    return unread_files(app)


@router.get("/tasks/{task_id}/moves")
def moves(app: CurrentApp, task_id: int) -> list[Json]:
    """The history of a task."""
    return [_move(one) for one in app.store.moves(task_ids=[task_id])]


class ActIn(BaseModel):
    """An act on a task; which fields it needs depends on ``kind`` (docs/api.md)."""

    kind: str
    unit: str | None = None
    period: str | None = None
    due: dt.date | None = None
    lead: str | None = None
    done: dt.date | None = None
    basis: str | None = None
    note: str | None = None
    effective: dt.date | None = None
    answers: int | None = None


@router.post("/tasks/{task_id}/moves", dependencies=[Write], status_code=201)
def act(app: CurrentApp, task_id: int, body: ActIn) -> Json:
    """Extend, change the unit, return, suspend, end, confirm, note."""
    return _move(follow.act(app, task_id, follow.Request(**body.model_dump()), at=now()))


@router.post("/moves/{move_id}/undo", dependencies=[Write])
def undo(app: CurrentApp, move_id: int) -> list[Json]:
    """Take a move back; the history keeps both."""
    return [_move(one) for one in follow.undo(app, app.store.moves(ids=[move_id]), at=now())]


class BulkIn(ActIn):
    """An act on all results of a filter (the filter's own unit and period narrow, not the act's)."""

    filter: dict[str, str] = {}
    mark: int | None = None
    """The ``mark`` of the preview; without it nothing is done, the preview is the answer."""


@router.post("/bulk", dependencies=[Write])
def bulk(app: CurrentApp, body: BulkIn) -> Json:
    """Preview (no ``mark``) or do; a batch is taken back by ``POST /batches/{batch}/undo``."""
    asked = listings.CellFilter.of(body.filter)
    request = follow.Request(**body.model_dump(exclude={"filter", "mark", "unit", "period"}))
    mark = app.store.moves_mark()
    total = listings.choose(app, asked, at=now(), limit=0).total
    planned = follow.plan(app, listings.every_line(app, asked), request, total=total, at=now())
    refused = [{"task": one.line.task.id, "problem": one.problem} for one in planned if one.problem]
    if body.mark is None:
        able = [asdict(one.move) for one in planned if one.move]
        return {"mark": mark, "would": able, "refused": refused}
    batch, done = follow.run(app, planned, mark=body.mark, at=now())
    return {"batch": batch, "done": [_move(one) for one in done], "refused": refused}


@router.post("/batches/{batch}/undo", dependencies=[Write])
def undo_batch(app: CurrentApp, batch: str) -> list[Json]:
    """Take a whole batch back."""
    return [_move(one) for one in follow.undo(app, app.store.moves(batch=batch), at=now())]


@router.get("/reminders")
def all_reminders(app: CurrentApp, *, unit: str | None = None, unread: bool = False) -> list[Json]:
    """The notification centre."""
    return [_reminder(one) for one in app.store.reminders(unit=unit, unread=unread)]


@router.post("/reminders/run", dependencies=[Write])
def run(app: CurrentApp, *, trial: bool = False) -> Json:
    """Apply the rules now; a trial keeps and sends nothing."""
    found = reminders.remind(app, at=now(), trial=trial)
    asked = [{"rule": one.rule, "unit": one.unit, "due": one.due, "text": one.text} for one in found.asked]
    return {
        "asked": asked,
        "new": len(found.new),
        "withdrawn": found.withdrawn,
        "mails": found.mails,
        "failed": found.failed,
    }


class TryIn(BaseModel):
    """Where a trial mail goes."""

    email: str
    unit: str | None = None


@router.post("/reminders/try", dependencies=[Write])
def try_it(app: CurrentApp, body: TryIn) -> Json:
    """Send today's reminders to one address, keeping nothing."""
    return {"text": reminders.try_it(app, body.email, at=now(), unit=body.unit)}


def _letter(one: Letter) -> Json:
    return asdict(one)


def _move(one: Move) -> Json:
    return asdict(one)


def _reminder(one: Reminder) -> Json:
    return asdict(one)
