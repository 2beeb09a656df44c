"""What the API answers, for its OpenAPI description. Contract shapes are told in docs/api.md."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import BaseModel

from service.filters import Filters
from service.records import Job, StoredDocument, StoredTask


class ProblemOut(BaseModel):
    """Why a file could not be read whole."""

    code: str
    message: str
    page: int | None


class DocumentOut(BaseModel):
    """A document in the store."""

    id: int
    sha256: str
    key: str | None
    file: str
    media_type: str
    status: str
    role: str
    pages: int | None
    text_chars: int
    symbol: str | None
    kind: str | None
    issuer: str | None
    date: dt.date | None
    title: str | None
    arrived: dt.date | None
    known_at: dt.datetime
    rules: str | None
    outdated: bool
    problems: list[ProblemOut]

    @classmethod
    def of(cls, document: StoredDocument) -> DocumentOut:
        """From the store's row."""
        h = document.header
        return cls(
            id=document.id,
            sha256=document.sha256,
            key=document.key,
            file=document.file,
            media_type=document.media_type,
            status=document.status,
            role=document.role,
            pages=document.pages,
            text_chars=document.text_chars,
            symbol=h.symbol,
            kind=h.kind,
            issuer=h.issuer,
            date=h.date,
            title=h.title,
            arrived=document.arrived,
            known_at=document.known_at,
            rules=document.rules,
            outdated=document.outdated,
            problems=[ProblemOut(code=p.code, message=p.message, page=p.page) for p in document.problems],
        )


class TaskOut(BaseModel):
    """A task of a document, in short; the whole of it is in the document's extraction."""

    id: int
    document_id: int
    contract_id: str
    text: str
    lead: list[str]
    coordinators: list[str]
    deadline: str | None
    due: dt.date | None
    product: str | None
    class_: str
    confirmed: bool
    vanished_at: dt.datetime | None
    """When a new reading no longer found it; it is kept for what a person decided about it."""

    @classmethod
    def of(cls, stored: StoredTask) -> TaskOut:
        """From the store's row."""
        task = stored.task
        return cls(
            id=stored.id,
            document_id=stored.document_id,
            contract_id=task.id,
            text=task.text,
            lead=list(task.lead),
            coordinators=list(task.coordinators),
            deadline=task.deadline.text if task.deadline else None,
            due=task.deadline.due if task.deadline else None,
            product=task.product,
            class_=task.class_,
            confirmed=stored.confirmed,
            vanished_at=stored.vanished_at,
        )


class SearchFilters(BaseModel):
    """What a search may be narrowed to; documents as ``symbol[@date]``."""

    kind: str | None = None
    issuer: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    in_force_on: dt.date | None = None
    cites: str | None = None
    cited_by: str | None = None

    def filters(self) -> Filters:
        """As the use case takes them."""
        return Filters(**self.model_dump())


class JobOut(BaseModel):
    """A running or finished piece of background work."""

    id: int
    kind: str
    state: str
    total: int
    done: int
    failed: int
    phase: str
    seconds_left: int | None
    error: str | None
    attempts: int
    retry_at: dt.datetime | None
    """When a job that failed for a passing reason is tried again."""

    @classmethod
    def of(cls, job: Job) -> JobOut:
        """From the store's row, with the time left reckoned from the pace so far."""
        seen = job.done
        spent = (job.updated_at - job.created_at).total_seconds()
        left = round(spent / seen * (job.total - seen)) if seen and job.state == "running" else None
        return cls(
            id=job.id,
            kind=job.kind,
            state=job.state,
            total=job.total,
            done=job.done,
            failed=job.failed,
            phase=job.phase,
            seconds_left=left,
            error=job.error,
            attempts=job.attempts,
            retry_at=job.not_before if job.state == "queued" else None,
        )


class DecisionIn(BaseModel):
    """A person's word on a proposed link."""

    decision: Literal["confirmed", "rejected"]


class SessionOut(BaseModel):
    """The token that every write must carry in the header ``X-CSRF-Token`` (with this answer's cookie)."""

    csrf_token: str


class HealthOut(BaseModel):
    """Whether the service can answer."""

    status: str
    version: str
    documents: int
    search: Literal["ok", "down"]
    waiting_for_index: int
    """Documents that the search does not know yet, a hundred at most."""


class Accepted(BaseModel):
    """Files taken in, the job that reads them, and what was refused."""

    job: int | None
    files: list[str]
    refused: list[ProblemOut]
