"""Rà soát nhiệm vụ: the tasks of a document as a draft list beside its text.

Everything is a form that works without scripts; dondoc.js adds the keys.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel

from corpus.sniff import PDF
from service import duplicates, review
from service.errors import DondocError, InvalidInput, NotFound
from service.http.guard import require_csrf
from service.http.state import CurrentApp
from service.records import StoredDocument, StoredTask
from service.review.note import KINDS
from service.review.split_points import suggest
from service.web.render import page, today
from service.web.task_cards import FILTERS, Card, card, chosen, counts
from service.web.task_source import one_part, shown_parts

router = APIRouter()
Write = Depends(require_csrf)
PAGE = 50
"""Tasks on one page: what a browser shows at once, on a phone too."""
MOST_PAIRS = 500
DEFAULTS = {"class_": "Theo dõi riêng", "modality": "Giao thực hiện"}
REASONS = ("Không phải nhiệm vụ", "Trùng với nhiệm vụ khác", "Không thuộc phạm vi theo dõi", "Bóc tách sai")


@router.get("/ra-soat")
def overview(request: Request, app: CurrentApp) -> HTMLResponse:
    """Documents with tasks, those with work left first."""
    counts = app.store.task_counts()
    documents = app.store.documents_by_id([one.document_id for one in counts])
    rows = [(documents[one.document_id], one) for one in counts]
    rows.sort(key=lambda row: (row[1].confirmed == row[1].tasks, -row[1].document_id))
    return page(request, "tasks_overview.html", rows=rows)


@router.get("/ra-soat/nhap-tay")
def by_hand(request: Request) -> HTMLResponse:
    """The form for a task that no document assigns."""
    return _hand_form(request, {}, "")


def _hand_form(request: Request, written: dict[str, str], problem: str) -> HTMLResponse:
    names = ("text", "lead", "coordinators", "deadline", "product", "report_to")
    fields = [(review.FIELDS[name], written.get(name, "")) for name in names]
    return page(
        request, "tasks_hand.html", fields=fields, kinds=KINDS, written=written, problem=problem,
        day=today(request).isoformat(),
    )  # fmt: skip


@router.post("/ra-soat/nhap-tay", dependencies=[Write])
async def put_by_hand(request: Request, app: CurrentApp) -> Response:
    """Keep a spoken order as a task with a document of its own."""
    form = await _form(request)
    written = {name: form[name] for name in review.FIELDS if name in form}
    try:
        day = dt.date.fromisoformat(form.get("date", ""))
    except ValueError:
        return _hand_form(request, form, "Cần ghi ngày giao việc.")
    try:
        done = review.add_to_new_document(
            app, written, kind=form.get("kind", ""), issuer=form.get("issuer", ""), date=day,
            by=app.settings.person, note=form.get("note", ""),
        )  # fmt: skip
    except DondocError as error:
        return _hand_form(request, form, error.message)
    return RedirectResponse(f"/ra-soat/{done.document_id}", status_code=303)


class Asked(BaseModel):
    """What the page is asked to show: a filter, a page, the form of a task (at a field) or that of a new one."""

    loc: str = "tat-ca"
    trang: int = 1
    sua: int = 0
    tach: int = 0
    nv: int = 0
    """The task to come back to, after something was done to it or before it."""
    them: int = 0
    muc: int = -1

    @property
    def at(self) -> tuple[int, ...]:
        """The task that is worked on."""
        return tuple(number for number in (self.sua, self.tach, self.nv) if number)

    @property
    def focus(self) -> str:
        """The field that the form opens at."""
        names = list(review.FIELDS)
        return names[self.muc] if 0 <= self.muc < len(names) else "text"


@router.get("/ra-soat/giao-trung")
def doubled(request: Request, app: CurrentApp) -> HTMLResponse:
    """All work that was issued twice, those that differ first."""
    found = sorted(duplicates.everything(app.store), key=lambda one: (not one.conflicts, -one.pair.likeness))
    documents = app.store.documents_by_id({one.task.document_id for one in found})
    return page(request, "tasks_doubled.html", found=found[:MOST_PAIRS], total=len(found), documents=documents)


@router.post("/ra-soat/giao-trung/{pair_id}", dependencies=[Write])
async def decide_pair(request: Request, app: CurrentApp, pair_id: int) -> Response:
    """A person says that two tasks are other work, or the same."""
    form = await _form(request)
    decision = form.get("decision")
    if decision not in ("same", "different"):
        raise InvalidInput(f"Không có lựa chọn “{decision}”.")
    duplicates.decide(app, pair_id, decision, by=app.settings.person)  # type: ignore[arg-type]  # checked above
    if form.get("document", "").isdecimal():
        return _back(int(form["document"]), form, _number(form.get("task", "0")))
    return RedirectResponse("/ra-soat/giao-trung", status_code=303)


@router.get("/ra-soat/{document_id}")
def tasks(request: Request, app: CurrentApp, document_id: int, asked: Annotated[Asked, Query()]) -> HTMLResponse:
    """The draft list of one document."""
    return _list(request, app, document_id, asked)


@router.get("/ra-soat/{document_id}/nguon/{number}")
def source_part(request: Request, app: CurrentApp, document_id: int, number: int) -> HTMLResponse:
    """A part of the text beside the list, fetched as it comes into sight."""
    _existing(app, document_id)
    blocks = one_part(app.store.layout(document_id), app.store.tasks(document_id=document_id), number)
    if blocks is None:
        raise NotFound(f"Văn bản này không có phần {number}.")
    return page(request, "source_part.html", blocks=blocks)


def _list(
    request: Request,
    app: CurrentApp,
    document_id: int,
    asked: Asked,
    written: dict[str, str] | None = None,
    problem: DondocError | None = None,
) -> HTMLResponse:
    found = _existing(app, document_id)
    everything = review.in_order(app.store.tasks(document_id=document_id, removed=True))
    cards = [card(stored) for stored in everything]
    pairs = duplicates.doubles(app.store, [stored for stored in everything if stored.removal is None])
    doubled = frozenset(pairs)
    loc = asked.loc if asked.loc in FILTERS else "tat-ca"
    shown = chosen(cards, loc, doubled)
    number = _page_of(shown, asked)
    operations = [one for one in app.store.operations(document_id, limit=8) if not one.undone and not one.undoes]
    on_page = shown[(number - 1) * PAGE : number * PAGE]
    opens_at = next(iter(asked.at), on_page[0].stored.id if on_page else None)
    return page(
        request,
        "tasks.html",
        d=found,
        cards=on_page,
        size=PAGE,
        counts=counts(cards, doubled),
        filters=FILTERS,
        loc=loc,
        number=number,
        pages=(len(shown) + PAGE - 1) // PAGE,
        editing=asked.sua,
        splitting=asked.tach,
        adding=asked.them,
        focus=asked.focus,
        defaults=DEFAULTS,
        lines=_lines(everything, asked.tach, written),
        written=written or {},
        problem=problem.message if problem else "",
        fields=review.FIELDS,
        shown=review.shown,
        six=_six(cards),
        operations=operations,
        actions=review.ACTIONS,
        reasons=REASONS,
        pairs=pairs,
        parts=shown_parts(app.store.layout(document_id), everything, opens_at),
        has_pages=found.media_type == PDF and bool(found.pages) and app.files.has(found.sha256),
    )


def _page_of(shown: Sequence[Card], asked: Asked) -> int:
    """The page asked for, or the one with the task that is worked on."""
    places = [place for place, one in enumerate(shown) if one.stored.id in asked.at]
    return places[0] // PAGE + 1 if places else max(asked.trang, 1)


def _lines(tasks: Sequence[StoredTask], splitting: int, written: dict[str, str] | None) -> str:
    if written and "parts" in written:
        return written["parts"]
    return next(("\n".join(suggest(stored.task.text)) for stored in tasks if stored.id == splitting), "")


def _six(cards: Sequence[Card]) -> list[tuple[str, int]]:
    """How many tasks on the list leave each of the six open."""
    listed = [one for one in cards if one.stored.removal is None]
    labels = {clear.id: clear.label for one in listed[:1] for clear in one.six}
    return [(label, sum(not c.ok for one in listed for c in one.six if c.id == name)) for name, label in labels.items()]


@router.post("/ra-soat/{document_id}/thao-tac", dependencies=[Write])
async def act(request: Request, app: CurrentApp, document_id: int) -> Response:
    """Do something to the ticked tasks (``ids``), or to one (``one`` is ``action:id``)."""
    form = await request.form()
    action, ids = str(form.get("action", "")), [_number(str(value)) for value in form.getlist("ids")]
    if one := str(form.get("one", "")):
        action, _, task_id = one.partition(":")
        ids = [_number(task_id)]
    loc = str(form.get("loc", "tat-ca"))
    try:
        after = _do(app, document_id, action, ids, str(form.get("reason", "")))
    except DondocError as error:
        return _list(request, app, document_id, Asked(loc=loc), problem=error)
    return _back(document_id, {"loc": loc, "trang": str(form.get("trang", ""))}, after)


def _do(app: CurrentApp, document_id: int, action: str, ids: list[int], reason: str) -> int:
    """Do it; the task on which the page comes back: the next one that waits, else the last one touched."""
    person = app.settings.person
    if action in ("confirm", "unconfirm"):
        review.confirm(app, ids, by=person, yes=action == "confirm")
    elif action in ("tracked", "general"):
        review.set_class(app, ids, action, by=person)
    elif action == "remove":
        review.remove(app, ids, reason=reason, by=person)
    elif action == "restore":
        review.restore(app, ids, by=person)
    elif action == "merge":
        review.merge(app, ids, by=person)
    else:
        raise InvalidInput(f"Không có thao tác “{action}”.")
    listed = review.in_order(app.store.tasks(document_id=document_id))
    if action not in ("confirm", "remove"):
        return next((stored.id for stored in listed if stored.id in ids), 0)
    return _next(listed, review.in_order(app.store.tasks(document_id=document_id, removed=True)), ids)


def _next(listed: Sequence[StoredTask], everything: Sequence[StoredTask], ids: Sequence[int]) -> int:
    order = [stored.id for stored in everything]
    last = max((order.index(number) for number in ids if number in order), default=0)
    waiting = {stored.id for stored in listed if not stored.confirmed}
    after = [number for number in order[last:] if number in waiting]
    return after[0] if after else next((number for number in reversed(ids)), 0)


@router.post("/ra-soat/{document_id}/sua/{task_id}", dependencies=[Write])
async def correct(request: Request, app: CurrentApp, document_id: int, task_id: int) -> Response:
    """Put the fields of a task right; what was written is shown again with what is wrong in it."""
    form = await _form(request)
    written = {name: form[name] for name in review.FIELDS if name in form}
    try:
        if form.get("revert"):
            review.revert(app, task_id, [form["revert"]], by=app.settings.person)
        else:
            version = _number(form["version"]) if form.get("version") else None
            review.correct(app, task_id, written, by=app.settings.person, version=version, reason=form.get("reason"))
    except DondocError as error:
        return _list(request, app, document_id, Asked(loc=form.get("loc", ""), sua=task_id), written, error)
    return _back(document_id, form, task_id)


@router.post("/ra-soat/{document_id}/tach/{task_id}", dependencies=[Write])
async def split(request: Request, app: CurrentApp, document_id: int, task_id: int) -> Response:
    """Split a task into the lines that were written."""
    form = await _form(request)
    try:
        version = _number(form["version"]) if form.get("version") else None
        review.split(app, task_id, form.get("parts", "").split("\n"), by=app.settings.person, version=version)
    except DondocError as error:
        return _list(request, app, document_id, Asked(loc=form.get("loc", ""), tach=task_id), form, error)
    return _back(document_id, form, task_id)


@router.post("/ra-soat/{document_id}/them", dependencies=[Write])
async def add(request: Request, app: CurrentApp, document_id: int) -> Response:
    """Enter a task beside those that were extracted."""
    form = await _form(request)
    written = {name: form[name] for name in review.FIELDS if name in form}
    try:
        review.add_task(app, document_id, written, by=app.settings.person, note=form.get("note", ""))
    except DondocError as error:
        return _list(request, app, document_id, Asked(loc=form.get("loc", ""), them=1), form, error)
    newest = max((stored.id for stored in app.store.tasks(document_id=document_id)), default=0)
    return _back(document_id, {}, newest)


@router.post("/ra-soat/{document_id}/hoan-tac/{operation_id}", dependencies=[Write])
async def undo(request: Request, app: CurrentApp, document_id: int, operation_id: int) -> Response:
    """Take an operation back."""
    form = await _form(request)
    try:
        review.undo(app, operation_id, by=app.settings.person)
    except DondocError as error:
        return _list(request, app, document_id, Asked(loc=form.get("loc", "")), problem=error)
    return _back(document_id, form, 0)


@router.get("/nhiem-vu/{task_id}")
def one_task(request: Request, app: CurrentApp, task_id: int) -> HTMLResponse:
    """One task with everything that happened to it."""
    found = app.store.tasks(ids=[task_id], removed=True)
    if not found:
        raise NotFound(f"Không có nhiệm vụ số {task_id} trong kho.")
    document = _existing(app, found[0].document_id)
    steps = review.history(app, task_id)
    pairs = duplicates.doubles(app.store, found).get(task_id, ())
    return page(request, "task.html", d=document, c=card(found[0]), steps=steps[::-1], pairs=pairs)


def _existing(app: CurrentApp, document_id: int) -> StoredDocument:
    found = app.store.document(document_id)
    if found is None:
        raise NotFound(f"Không có văn bản số {document_id} trong kho.")
    return found


def _back(document_id: int, form: Mapping[str, str], task_id: int) -> Response:
    """Back to the list where it was left: the same filter, the page of the task, else the page it was left on."""
    loc, number = form.get("loc", ""), form.get("trang", "")
    asked = {"loc": loc} if loc in FILTERS and loc != "tat-ca" else {}
    if task_id:
        asked["nv"] = str(task_id)
    elif number.isdecimal() and number != "1":
        asked["trang"] = number
    address = f"/ra-soat/{document_id}?{urlencode(asked)}".rstrip("?")
    return RedirectResponse(address + (f"#the-{task_id}" if task_id else ""), status_code=303)


async def _form(request: Request) -> dict[str, str]:
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


def _number(value: str) -> int:
    if not value.isdecimal():
        raise InvalidInput(f"“{value}” không phải là số của nhiệm vụ.")
    return int(value)
