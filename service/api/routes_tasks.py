"""The API of the review of tasks: list, correct, split, merge, add, undo, history, files there and back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Query, UploadFile
from fastapi.responses import Response, StreamingResponse

from nlp.clarity import clarity, labels
from service import duplicates, review, task_list
from service.api.schemas_tasks import (
    ActionIn,
    FieldsIn,
    NewTaskIn,
    OperationOut,
    PairDecisionIn,
    PlanOut,
    ReviewTaskOut,
    SplitIn,
    StepOut,
    TaskFilters,
)
from service.errors import InvalidInput, NotFound
from service.http.guard import require_csrf
from service.http.state import CurrentApp
from service.records import StoredTask

router = APIRouter(tags=["tasks"])
Write = Depends(require_csrf)


@router.get("/tasks")
def tasks(app: CurrentApp, asked: Annotated[TaskFilters, Query()]) -> list[ReviewTaskOut]:
    """Tasks with corrections, trust by field and the 6 rõ check, by document and place."""
    found = task_list.choose(app, asked.choice())
    return [ReviewTaskOut.of(stored) for stored, _ in islice(found, asked.offset, asked.offset + asked.limit)]


@router.post("/tasks", dependencies=[Write], status_code=201)
def add(app: CurrentApp, body: NewTaskIn) -> OperationOut:
    """Enter a task by hand: beside those of a document, or (``kind``, ``issuer``, ``date``) with one of its own."""
    person = app.settings.person
    if body.document_id is not None:
        done = review.add_task(app, body.document_id, body.written(), by=person, note=body.note)
    elif body.date is None:
        raise InvalidInput("Cần document_id, hoặc kind, issuer và date của ý kiến chỉ đạo.")
    else:
        done = review.add_to_new_document(
            app, body.written(), kind=body.kind, issuer=body.issuer, date=body.date, by=person, note=body.note
        )
    return OperationOut.of(done)


@router.post("/tasks/actions", dependencies=[Write])
def act(app: CurrentApp, body: ActionIn) -> OperationOut:
    """Confirm, change class, remove (with a reason), restore or merge tasks: all of them or none."""
    person = app.settings.person
    if body.action in ("confirm", "unconfirm"):
        return OperationOut.of(review.confirm(app, body.ids, by=person, yes=body.action == "confirm"))
    if body.action in ("tracked", "general"):
        return OperationOut.of(review.set_class(app, body.ids, body.action, by=person))
    if body.action == "remove":
        return OperationOut.of(review.remove(app, body.ids, reason=body.reason, by=person))
    if body.action == "restore":
        return OperationOut.of(review.restore(app, body.ids, by=person))
    return OperationOut.of(review.merge(app, body.ids, by=person))


@router.get("/tasks/export")
def export(
    app: CurrentApp,
    form: Annotated[Literal["xlsx", "docx", "annex-csv", "annex-json"], Query(alias="format")] = "xlsx",
    directive: str | None = None,
    document_id: int | None = None,
) -> Response:
    """The list as XLSX (to be edited and given back), DOCX, or under the names of Nghị định 30/2020, Phụ lục VI."""
    chosen = list(task_list.choose(app, task_list.Choice(directive, document_id)))
    name, media = task_list.FORMATS[form]
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(task_list.outgoing(chosen, form), media_type=media, headers=headers)


@router.post("/tasks/import", dependencies=[Write])
async def bring_back(app: CurrentApp, file: Annotated[UploadFile, File()], *, apply: bool = False) -> PlanOut:
    """What an edited list would change; with ``apply=true`` and no problem it is done, in one operation."""
    made = task_list.plan(app, task_list.incoming(await file.read()), file=file.filename or "")
    done = task_list.apply(app, made, by=app.settings.person) if apply and not made.problems else None
    return PlanOut.of(made, done)


@router.get("/tasks/corrections")
def corrections(app: CurrentApp) -> StreamingResponse:
    """What people said, as training data in the gold's form: JSON Lines, one document a line."""

    def lines() -> Iterator[str]:
        for line in task_list.corrections(app):
            yield json.dumps(line, ensure_ascii=False) + "\n"

    return StreamingResponse(lines(), media_type="application/x-ndjson")


@router.get("/tasks/{task_id}")
def one(app: CurrentApp, task_id: int) -> ReviewTaskOut:
    """One task, also one that was taken off the list."""
    return ReviewTaskOut.of(_existing(app, task_id))


@router.patch("/tasks/{task_id}", dependencies=[Write])
def correct(app: CurrentApp, task_id: int, body: FieldsIn) -> ReviewTaskOut:
    """Put fields right; with ``version``, only if nobody changed the task since (409)."""
    review.correct(app, task_id, body.written(), by=app.settings.person, version=body.version, reason=body.reason)
    return ReviewTaskOut.of(_existing(app, task_id))


@router.post("/tasks/{task_id}/revert", dependencies=[Write])
def revert(app: CurrentApp, task_id: int, fields: list[str]) -> ReviewTaskOut:
    """Take the machine's word again for these fields."""
    names = ["class_" if name == "class" else name for name in fields]
    review.revert(app, task_id, names, by=app.settings.person)
    return ReviewTaskOut.of(_existing(app, task_id))


@router.post("/tasks/{task_id}/split", dependencies=[Write])
def split(app: CurrentApp, task_id: int, body: SplitIn) -> OperationOut:
    """One task becomes several."""
    return OperationOut.of(review.split(app, task_id, body.parts, by=app.settings.person, version=body.version))


@router.get("/tasks/{task_id}/history")
def history(app: CurrentApp, task_id: int) -> list[StepOut]:
    """What happened to a task: when, who, before and after."""
    return [StepOut.of(step) for step in review.history(app, task_id)]


@router.get("/task-operations")
def operations(
    app: CurrentApp, document_id: int | None = None, limit: Annotated[int, Query(ge=1, le=500)] = 50
) -> list[OperationOut]:
    """What people did, the latest first."""
    return [OperationOut.of(done) for done in app.store.operations(document_id, limit=limit)]


@router.post("/task-operations/{operation_id}/undo", dependencies=[Write])
def undo(app: CurrentApp, operation_id: int) -> OperationOut:
    """Take an operation back, whole."""
    return OperationOut.of(review.undo(app, operation_id, by=app.settings.person))


@router.get("/duplicates")
def found_twice(app: CurrentApp, document_id: int | None = None) -> list[dict[str, Any]]:
    """The same duty issued twice, with what differs (``deadline``, ``lead``); each pair once, the likest first."""
    return [double.to_json() for double in duplicates.everything(app.store, document_id)]


@router.post("/duplicates/{pair_id}/decision", dependencies=[Write])
def decide_pair(app: CurrentApp, pair_id: int, body: PairDecisionIn) -> dict[str, Any]:
    """A person says that two tasks are the same work or other work; ``null`` takes that back."""
    pair = duplicates.decide(app, pair_id, body.decision, by=app.settings.person)
    return {"pair": pair.id, "decision": pair.decision, "decided_by": pair.by}


@router.get("/documents/{document_id}/clarity")
def clear(app: CurrentApp, document_id: int) -> dict[str, Any]:
    """The "6 rõ" check of a document: how many tasks leave each of the six open."""
    chosen = task_list.choose(app, task_list.Choice(document_id=document_id))
    checks = [clarity(stored.task) for stored, _ in chosen]
    open_ = {name: sum(not one.ok for check in checks for one in check if one.id == name) for name in labels()}
    whole = sum(all(one.ok for one in check) for check in checks)
    return {"tasks": len(checks), "clear": whole, "open": open_, "labels": labels()}


def _existing(app: CurrentApp, task_id: int) -> StoredTask:
    found = app.store.tasks(ids=[task_id], removed=True)
    if not found:
        raise NotFound(f"Không có nhiệm vụ số {task_id} trong kho.")
    return found[0]
