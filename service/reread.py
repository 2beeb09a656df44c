"""Reads kept originals again, so that better rules reach old documents; what people decided carries over.

Killed at any moment and run again, it goes on: each document is one transaction, and one that was read since the job
began is not read again. A new reading that fails never replaces an old one that did not.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from service.errors import DondocError, NotFound
from service.indexing import apply_outbox
from service.intake import LOST, PATIENCE
from service.jobs.lease import Cancelled, Lease, now
from service.jobs.patience import patient
from service.jobs.pool import Pool, Result
from service.jobs.reading import Request, lost, read_kept
from service.ports import Ports, Progress, silent
from service.records import RULES, Intake, Job, JobFile, Rereading, StoredDocument
from service.references import resolve_document

KIND: Final = "reread"
READING: Final = "đọc lại văn bản"
INDEXING: Final = "lập chỉ mục"
_INDEX_EVERY: Final = 50
_PAGE: Final = 1_000


@dataclass(frozen=True, slots=True)
class RereadResult:
    """What reading again did."""

    documents: int
    read: int
    failed: int
    facts: Rereading
    seconds: float
    problems: tuple[JobFile, ...] = ()
    job_id: int = 0

    def lines(self) -> list[str]:
        """The result in words, for the command line."""
        facts = self.facts
        count = f"{self.documents} văn bản: đã đọc lại {self.read}, không đọc lại được {self.failed}"
        found = f"giữ nguyên {facts.same}, thay đổi {facts.changed}, mới {facts.added}"
        gone = f"không còn thấy nhưng giữ lại vì đã có quyết định {facts.vanished}, bỏ {facts.removed}"
        return [
            *(f"Không đọc lại được: {problem.file}: {problem.message}" for problem in self.problems),
            f"{count}; {self.seconds:.1f} giây.",
            f"Nhiệm vụ và nội dung báo cáo: {found}, {gone}.",
        ]


def reread(app: Ports, asked: str, *, progress: Progress | None = None) -> RereadResult:
    """Read again, here and now: "all", "outdated" (read by older rules), or a document (``468/QĐ-TTg@2021-03-27``).

    A job shows it; the same command after a kill takes its own job over.
    """
    app = patient(app)
    documents = _choose(app, asked)
    lease = Lease.start(app, KIND, {"asked": asked}, total=len(documents))
    return _run(app, lease, documents, progress or silent)


def enqueue(app: Ports, document_id: int, *, at: dt.datetime) -> Job:
    """Queue one document for the worker; asked twice while the first waits, it is one job."""
    found = app.store.document(document_id)
    if found is None:
        raise NotFound(f"Không có văn bản số {document_id} trong kho.")
    if not app.files.has(found.sha256):
        raise NotFound("Kho không lưu tệp gốc của văn bản này nên không đọc lại được", document=document_id)
    payload: dict[str, object] = {"documents": [document_id]}
    waiting = [job for job in app.store.unfinished(KIND) if job.state == "queued" and job.payload == payload]
    return waiting[0] if waiting else app.store.enqueue(KIND, payload, total=1, at=at)


def run_job(app: Ports, job: Job, owner: str, *, stop: threading.Event | None = None) -> RereadResult:
    """Do a claimed job: a document asked for on its page, or a ``reread`` command whose process was killed."""
    named = job.payload.get("documents")
    documents = named if isinstance(named, list) else _choose(app, str(job.payload["asked"]))
    return _run(app, Lease(app, job, owner, stop), documents, silent)


def _choose(app: Ports, asked: str) -> list[int]:
    if asked in ("all", "outdated"):
        not_read_by = RULES if asked == "outdated" else None
        return [found.id for found in _documents(app, not_read_by) if app.files.has(found.sha256)]
    chosen = [found.id for found in resolve_document(app.store, asked) if app.files.has(found.sha256)]
    if not chosen:
        raise NotFound("Kho không lưu tệp gốc của văn bản này nên không đọc lại được", symbol=asked)
    return chosen


def _documents(app: Ports, not_read_by: str | None) -> Iterator[StoredDocument]:
    offset = 0
    while page := app.store.documents(limit=_PAGE, offset=offset, not_read_by=not_read_by):
        yield from page
        offset += len(page)


def _run(app: Ports, lease: Lease, documents: Sequence[int], progress: Progress) -> RereadResult:
    reader = _Rereader(app, lease, len(documents), progress)
    try:
        reader.run(documents)
    except Cancelled:
        return reader.result()
    except (DondocError, OSError) as error:
        with suppress(DondocError):
            lease.fail(error)
        raise
    lease.finish()
    return reader.result()


class _Rereader:
    """The work of one job, document by document."""

    def __init__(self, app: Ports, lease: Lease, total: int, progress: Progress) -> None:
        self._app = app
        self._lease = lease
        self._total = total
        self._progress = progress
        self._began = time.monotonic()
        self._done = self._read = 0
        self._facts = Rereading()
        self._problems: list[JobFile] = []
        self._waiting: dict[str, StoredDocument] = {}
        settings = app.settings
        self._pool: Pool[Request, Intake] = Pool(
            read_kept, processes=settings.processes, timeout=settings.file_timeout, tick=lease.beat
        )

    def run(self, documents: Sequence[int]) -> None:
        """Read them, then bring the index up to date."""
        self._app.store.set_total(self._lease.job.id, self._total)
        for result in self._pool.map(self._requests(documents)):
            self._finish(result)
            if self._read % _INDEX_EVERY == _INDEX_EVERY - 1:
                apply_outbox(self._app)
        self._tell(INDEXING)
        apply_outbox(self._app, patience=PATIENCE)

    def result(self) -> RereadResult:
        """What was done so far."""
        return RereadResult(
            documents=self._total,
            read=self._read,
            failed=len(self._problems),
            facts=self._facts,
            seconds=time.monotonic() - self._began,
            problems=tuple(self._problems),
            job_id=self._lease.job.id,
        )

    def _requests(self, documents: Sequence[int]) -> Iterator[Request]:
        """What is left to read; the others are done with here."""
        settings = self._app.settings
        for number in documents:
            found = self._app.store.document(number)
            if found is None:
                self._fail(f"số {number}", None, "Không có văn bản này trong kho")
            elif found.read_at is not None and found.read_at >= self._lease.job.created_at and found.rules == RULES:
                self._record(JobFile(_name(found), "unchanged", found.sha256))  # read before this job was interrupted
            elif not self._app.files.has(found.sha256):
                self._fail(_name(found), found.sha256, "Không lưu tệp gốc nên không đọc lại được")
            else:
                self._waiting[found.sha256] = found
                path = str(self._app.files.path(found.sha256))
                yield Request(path, found.file, found.sha256, settings.max_upload_bytes, settings.file_timeout / 2)

    def _finish(self, result: Result[Request, Intake]) -> None:
        request = result.request
        document = self._waiting.pop(request.sha256)
        intake = result.value or lost(request, *LOST[result.loss or "crashed"])
        why = "; ".join(problem.message for problem in intake.problems)
        if (intake.status == "failed" or intake.rules is None) and document.status != "failed":
            self._fail(_name(document), request.sha256, f"{why} (giữ kết quả của lần đọc trước)")
            return
        self._facts += self._app.store.replace(document.id, replace(intake, sha256=request.sha256), at=now())
        if intake.status == "failed":
            self._fail(_name(document), request.sha256, why)
        else:
            self._read += 1
            self._record(JobFile(_name(document), "kept", request.sha256))

    def _fail(self, name: str, sha256: str | None, message: str) -> None:
        entry = JobFile(name, "failed", sha256, message)
        self._problems.append(entry)
        self._record(entry)

    def _record(self, entry: JobFile) -> None:
        self._done += 1
        self._tell(READING, entry)

    def _tell(self, phase: str, entry: JobFile | None = None) -> None:
        self._lease.report(self._done, len(self._problems), phase, entry)
        self._progress(self._done, self._total, phase)


def _name(document: StoredDocument) -> str:
    """Several documents may have come under one file name; a job tells each of them."""
    return f"{document.file} (văn bản số {document.id})"
