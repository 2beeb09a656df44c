"""The work of one ingest, file by file."""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from service.files import hash_file
from service.indexing import apply_outbox
from service.jobs.lease import Lease, now
from service.jobs.memory import peak_mb
from service.jobs.pool import Pool, Result
from service.jobs.reading import Request, lost, read_file
from service.jobs.walk import Source
from service.ports import Ports, Progress
from service.records import Intake, JobFile, JobFileState

READING: Final = "đọc văn bản"
_INDEX_EVERY: Final = 50
PATIENCE: Final = 10.0
"""Seconds to wait for another process that holds the index, before leaving the outbox to it."""
_NOT_KEPT: Final = frozenset({"secret", "too_large"})
"""Problems with which the original is not kept: secrets never, and no file over the limit."""
LOST: Final = {
    "timeout": ("timeout", "Đọc quá lâu nên đã dừng; các tệp khác không bị ảnh hưởng"),
    "crashed": ("damaged", "Tệp làm hỏng tiến trình đọc; các tệp khác không bị ảnh hưởng"),
}
"""Problem code and words for a file that was lost on the way."""


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What an ingest did, and how fast."""

    files: int
    read: int
    unchanged: int
    failed: int
    pages: int
    seconds: float
    peak_mb: float
    problems: tuple[JobFile, ...] = ()
    job_id: int = 0

    def lines(self) -> list[str]:
        """The result in words, for the command line."""
        speed = max(self.seconds, 1e-9)
        lines = [f"Không nhập được: {problem.file}: {problem.message}" for problem in self.problems]
        lines.append(
            f"{self.files} tệp: đã đọc {self.read}, không đổi {self.unchanged}, không nhập được {self.failed}; "
            f"{self.pages} trang, {self.seconds:.1f} giây."
        )
        if self.read:
            lines.append(
                f"{self.read / speed:.1f} tệp/giây, {self.pages / speed:.1f} trang/giây, "
                f"bộ nhớ cao nhất {self.peak_mb:.0f} MB."
            )
        return lines


class Intaker:
    """Reads files in child processes and keeps their facts in order."""

    def __init__(self, app: Ports, lease: Lease, arrived: dt.date | None, progress: Progress) -> None:
        self._app = app
        self._lease = lease
        self._arrived = arrived
        self._progress = progress
        self._known = app.store.known_shas()
        self._count: dict[JobFileState, int] = {"kept": 0, "unchanged": 0, "failed": 0}
        self._problems: list[JobFile] = []
        self._total = self._pages = 0
        self._began = time.monotonic()
        settings = app.settings
        self._pool: Pool[Request, Intake] = Pool(
            read_file, processes=settings.processes, timeout=settings.file_timeout, tick=lease.beat
        )

    def run(self, sources: Sequence[Source]) -> IngestResult:
        """Take in all of them, then bring the index up to date."""
        self._total = len(sources)
        self._app.store.set_total(self._lease.job.id, self._total)
        self._app.files.sweep()
        for result in self._pool.map(self._unknown(sources)):
            self._finish(result)
            if self._count["kept"] % _INDEX_EVERY == _INDEX_EVERY - 1:
                apply_outbox(self._app)
        self._tell("lập chỉ mục")
        apply_outbox(self._app, patience=PATIENCE)
        return self.result()

    def result(self) -> IngestResult:
        """What was done so far."""
        return IngestResult(
            files=self._total,
            read=self._count["kept"],
            unchanged=self._count["unchanged"],
            failed=self._count["failed"],
            pages=self._pages,
            seconds=time.monotonic() - self._began,
            peak_mb=peak_mb() + self._pool.peak_mb,
            problems=tuple(self._problems),
            job_id=self._lease.job.id,
        )

    def _unknown(self, sources: Sequence[Source]) -> Iterator[Request]:
        """The files that must be read; the others are done with here."""
        settings = self._app.settings
        for source in sources:
            try:
                sha256 = hash_file(source.path)
            except OSError as error:
                self._record(source.file, "failed", None, f"Không mở được tệp ({error.strerror})")
                continue
            if sha256 in self._known:
                self._record(source.file, "unchanged", sha256)
                continue
            self._known.add(sha256)
            # Half of the time for reading, after which the reader stops by itself; half for finding the facts.
            yield Request(str(source.path), source.file, sha256, settings.max_upload_bytes, settings.file_timeout / 2)

    def _finish(self, result: Result[Request, Intake]) -> None:
        request, intake = result.request, result.value
        if intake is None:
            intake = lost(request, *LOST[result.loss or "crashed"])
        try:
            data = _original(request, intake)
        except OSError as error:
            self._record(request.file, "failed", request.sha256, f"Không mở được tệp ({error.strerror})")
            return
        if data is not None and hashlib.sha256(data).hexdigest() != intake.sha256:
            self._record(request.file, "failed", None, "Tệp thay đổi trong khi đang đọc; hãy nhập lại")
            return
        if data is not None:
            self._app.files.put(data)
        self._app.store.add(replace(intake, arrived=self._arrived), at=now())
        self._pages += intake.pages or 0
        if intake.status == "failed":
            self._record(request.file, "failed", intake.sha256, "; ".join(p.message for p in intake.problems))
        else:
            self._record(request.file, "kept", intake.sha256)

    def _record(self, file: str, state: JobFileState, sha256: str | None, message: str | None = None) -> None:
        entry = JobFile(file, state, sha256, message)
        self._count[state] += 1
        if state == "failed":
            self._problems.append(entry)
        self._tell(READING, entry)

    def _tell(self, phase: str, entry: JobFile | None = None) -> None:
        done = sum(self._count.values())
        self._lease.report(done, self._count["failed"], phase, entry)
        self._progress(done, self._total, phase)


def _original(request: Request, intake: Intake) -> bytes | None:
    """The bytes to keep, or None where they must not be kept."""
    if any(problem.code in _NOT_KEPT for problem in intake.problems):
        return None
    return Path(request.path).read_bytes()
