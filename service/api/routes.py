"""The API under ``/api/v1``: the same use cases as the pages and the command line, as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Query, Request, Response, UploadFile
from fastapi.responses import StreamingResponse

from nlp.contract import to_json
from nlp.model import Extraction
from service import __version__, gaps, ingest, linking, references, reread
from service.api import routes_gaps, routes_outputs, routes_print, routes_references, routes_tasks, routes_units
from service.api.schemas import (
    Accepted,
    DecisionIn,
    DocumentOut,
    HealthOut,
    JobOut,
    ProblemOut,
    SearchFilters,
    SessionOut,
    TaskOut,
)
from service.errors import DondocError, NotFound
from service.http.guard import csrf_token, require_csrf
from service.http.state import CurrentApp, now
from service.records import Job, Role, StoredDocument

router = APIRouter(tags=["dondoc"])
router.include_router(routes_references.router)
router.include_router(routes_units.router)
router.include_router(routes_gaps.router)
router.include_router(routes_tasks.router)
router.include_router(routes_outputs.router)
router.include_router(routes_print.router)
Json = dict[str, Any]
Write = Depends(require_csrf)


@router.get("/health")
def health(app: CurrentApp) -> HealthOut:
    """Is the store open, and does the search answer."""
    return HealthOut(
        status="ok",
        version=__version__,
        documents=app.store.count_documents(),
        search="ok" if app.index.available() else "down",
        waiting_for_index=len(app.store.outbox(limit=100)),
    )


@router.get("/session")
def session(request: Request) -> SessionOut:
    """The token for writes."""
    return SessionOut(csrf_token=csrf_token(request))


@router.get("/documents")
def documents(
    app: CurrentApp,
    role: Role | None = None,
    status: str | None = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> list[DocumentOut]:
    """Documents, newest first."""
    found = app.store.documents(role=role, status=status, limit=limit, offset=offset, newest_first=True)
    return [DocumentOut.of(document) for document in found]


@router.post("/documents", dependencies=[Write], status_code=202)
async def upload(
    app: CurrentApp,
    files: Annotated[list[UploadFile], File()],
    arrived: Annotated[dt.date | None, Form()] = None,
) -> Accepted:
    """Take files in; a job reads them."""
    paths, refused = [], []
    for file in files:
        try:
            paths.append(ingest.receive(app, file.file, file.filename or "tep"))
        except DondocError as error:
            refused.append(ProblemOut(code=error.code, message=f"{file.filename}: {error.message}", page=None))
    job = ingest.enqueue(app, paths, arrived=arrived, at=now()) if paths else None
    return Accepted(job=job.id if job else None, files=[path.name for path in paths], refused=refused)


@router.get("/documents/{document_id}")
def document(app: CurrentApp, document_id: int) -> DocumentOut:
    """One document."""
    return DocumentOut.of(_existing(app, document_id))


@router.post("/documents/{document_id}/reread", dependencies=[Write], status_code=202)
def read_again(app: CurrentApp, document_id: int) -> JobOut:
    """Read the kept original again by today's rules; a job does it, decisions carry over."""
    return JobOut.of(reread.enqueue(app, document_id, at=now()))


@router.get("/documents/{document_id}/extraction")
def extraction(app: CurrentApp, document_id: int, *, with_text: bool = False) -> Json:
    """All facts of one document, in the shape of ``dondoc extract``."""
    found = _existing(app, document_id)
    facts = Extraction(
        header=found.header,
        citations=tuple(c.citation for c in app.store.citations(document_id)),
        tasks=tuple(t.task for t in app.store.tasks(document_id=document_id) if t.vanished_at is None),
        report=app.store.report(document_id),
    )
    line = to_json(app.store.layout(document_id), facts, with_text=with_text)
    line["references"] = app.store.references(document_id)
    return line


@router.get("/documents/{document_id}/tasks")
def document_tasks(app: CurrentApp, document_id: int) -> list[TaskOut]:
    """The tasks of one document."""
    _existing(app, document_id)
    return [TaskOut.of(task) for task in app.store.tasks(document_id=document_id)]


@router.get("/documents/{document_id}/cited-by")
def cited_by(app: CurrentApp, document_id: int) -> list[Json]:
    """Who cites this document, where, and how."""
    _existing(app, document_id)
    return [entry.to_json() for entry in references.cited_by(app, document_id)]


def _existing(app: CurrentApp, document_id: int) -> StoredDocument:
    found = app.store.document(document_id)
    if found is None:
        raise NotFound(f"Không có văn bản số {document_id} trong kho.")
    return found


@router.post("/tasks/{task_id}/confirm", dependencies=[Write])
def confirm_task(app: CurrentApp, task_id: int) -> TaskOut:
    """Put a drafted task under tracking."""
    if not app.store.tasks(ids=[task_id]):
        raise NotFound(f"Không có nhiệm vụ số {task_id} trong kho.")
    app.store.confirm_task(task_id, by=app.settings.person, at=now())
    return TaskOut.of(app.store.tasks(ids=[task_id])[0])


@router.get("/search")
def search(
    app: CurrentApp,
    filters: Annotated[SearchFilters, Query()],
    q: str = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> list[Json]:
    """Documents by symbol in any spelling, or by words with or without marks, narrowed by filters."""
    return [hit.to_json() for hit in references.search(app, q, limit=limit, filters=filters.filters())]


@router.get("/gaps")
def find_gaps(
    app: CurrentApp,
    directive: str | None = None,
    unit: str | None = None,
    period: str | None = None,
    as_of: dt.date | None = None,
    known_at: dt.datetime | None = None,
) -> Response:
    """What is answered and what is not: a list with one entry for each task, unit and period, sent as it is read."""
    query = gaps.parse_query(
        app.store, directive=directive, unit=unit, period=period, as_of=as_of, known_at=known_at, settings=app.settings
    )
    gaps.refresh(app.store, query)  # what can fail has failed before the answer begins
    return StreamingResponse(_listed(gaps.json_lines(app.store, query)), media_type="application/json")


def _listed(lines: Iterator[str]) -> Iterator[str]:
    """A list of JSON, a thousand entries a piece."""
    yield "["
    before = ""
    while part := ",\n".join(islice(lines, 1_000)):
        yield before + part
        before = ",\n"
    yield "]"


@router.get("/links")
def links(app: CurrentApp, report: str | None = None, candidates: Annotated[int, Query(ge=1, le=20)] = 1) -> list[Json]:
    """Report items with the tasks they may answer, best first."""
    return list(linking.links(app, candidates=candidates, report=report))


@router.post("/links/{link_id}/decision", dependencies=[Write])
def decide(app: CurrentApp, link_id: int, body: DecisionIn) -> Json:
    """Confirm or reject a proposal, under the name from the settings."""
    if app.store.link(link_id) is None:
        raise NotFound(f"Không có đề xuất số {link_id}.")
    link = linking.decide(app, link_id, body.decision, by=app.settings.person)
    return {"id": link.id, "decision": link.decision, "decided_by": link.decided_by}


@router.get("/jobs")
def jobs(app: CurrentApp) -> list[JobOut]:
    """The latest jobs."""
    return [JobOut.of(job) for job in app.store.jobs()]


@router.get("/jobs/{job_id}")
def job(app: CurrentApp, job_id: int) -> JobOut:
    """One job with its progress and the time left."""
    return JobOut.of(_existing_job(app, job_id))


@router.post("/jobs/{job_id}/cancel", dependencies=[Write])
def cancel(app: CurrentApp, job_id: int) -> JobOut:
    """Stop a job; what it has read stays."""
    _existing_job(app, job_id)
    app.store.cancel(job_id, at=now())
    return JobOut.of(_existing_job(app, job_id))


def _existing_job(app: CurrentApp, job_id: int) -> Job:
    found = app.store.job(job_id)
    if found is None:
        raise NotFound(f"Không có tiến trình số {job_id}.")
    return found
