"""A running job seen from the process that does it: progress goes out, loss and cancellation come in."""

from __future__ import annotations

import datetime as dt
import os
import random
import secrets
import socket
import threading
import time
from typing import Final, Protocol

from service.errors import IndexUnavailable, StorageFull, StoreUnavailable
from service.records import Job, JobFile
from service.store.ports import JobStore

_SPREAD: Final = random.Random()  # noqa: S311 - spreads tries, no key; of its own, so that nobody else's draws change
LEASE: Final = dt.timedelta(seconds=60)
PASSING: Final = (IndexUnavailable, StorageFull, StoreUnavailable, OSError)
"""Failures that pass by themselves: a server that is away, a disk that is full. The job is tried again."""
_FIRST: Final = 2.0
_LONGEST: Final = 300.0
_BEAT: Final = 1.0


class Cancelled(Exception):
    """The job was cancelled, taken over, or its worker is asked to stop."""


class HasJobs(Protocol):
    """What a lease needs of an installation."""

    @property
    def store(self) -> JobStore: ...


def new_owner() -> str:
    """A name for this process (and thread) that no other has."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def is_lost(job: Job) -> bool:
    """Whether nobody works on a running job: its lease ran out, or its process on this machine has ended."""
    if job.lease_until is None or job.lease_until < now():
        return True
    host, _, rest = (job.lease_owner or "").rpartition(":")[0].rpartition(":")
    return host == socket.gethostname() and rest.isdigit() and not _runs(int(rest))


def _runs(pid: int) -> bool:
    if os.name != "posix":  # on Windows, signal 0 would end the process: only the lease tells
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def back_off(attempts: int) -> dt.timedelta:
    """How long to wait after so many attempts: doubled each time up to five minutes, and spread by half of that."""
    seconds: float = min(_LONGEST, _FIRST * 2.0 ** max(0, attempts - 1))
    return dt.timedelta(seconds=seconds * _SPREAD.uniform(0.5, 1.5))


def now() -> dt.datetime:
    """The present moment, in UTC."""
    return dt.datetime.now(dt.UTC)


class Lease:
    """Keeps a job ours while we work on it, and its row up to date about once a second."""

    def __init__(
        self, app: HasJobs, job: Job, owner: str, stop: threading.Event | None = None, *, tries: bool = True
    ) -> None:
        self.job = job
        self._tries = tries
        self._jobs = app.store
        self._owner = owner
        self._stop = stop
        self._done = self._failed = 0
        self._phase = ""
        self._files: list[JobFile] = []
        self._next = 0.0

    @classmethod
    def start(cls, app: HasJobs, kind: str, payload: dict[str, object], *, total: int) -> Lease:
        """A job that this process does itself: its own one of before, whose process died, or a new one."""
        owner = new_owner()
        for job in app.store.unfinished(kind):
            if job.payload == payload and job.lease_owner and is_lost(job):
                taken = app.store.take_over(job.id, job.lease_owner, owner, at=now(), lease=LEASE)
                if taken is not None:
                    return cls(app, taken, owner, tries=False)
        job = app.store.enqueue(kind, payload, total=total, at=now(), owner=owner, lease=LEASE)
        return cls(app, job, owner, tries=False)  # a person sees the error and gives the command again

    def report(self, done: int, failed: int, phase: str, entry: JobFile | None = None) -> None:
        """Tell progress; Cancelled when the job is no longer ours."""
        self._done, self._failed, self._phase = done, failed, phase
        if entry is not None:
            self._files.append(entry)
        self.beat()

    def beat(self) -> None:
        """Called often; writes about once a second."""
        if self._stop is not None and self._stop.is_set():
            self._write()
            self._jobs.release(self.job.id, self._owner, at=now())
            raise Cancelled
        if time.monotonic() >= self._next:
            self._write()
            self._next = time.monotonic() + _BEAT

    def fail(self, error: Exception) -> None:
        """The work failed: tried again later where the reason passes and a worker does it, else failed for good."""
        if not self._tries or not isinstance(error, PASSING):
            self.finish(error=str(error))
            return
        self._write()
        after = back_off(self.job.attempts)
        self._jobs.retry(self.job.id, self._owner, at=now(), after=after, error=str(error))

    def finish(self, *, error: str | None = None) -> None:
        """The job is done, or failed with this reason."""
        self._write()
        self._jobs.finish(self.job.id, self._owner, at=now(), error=error)

    def _write(self) -> None:
        self._jobs.record_files(self.job.id, self._files)
        self._files.clear()
        job_id, owner, done, failed = self.job.id, self._owner, self._done, self._failed
        ours = self._jobs.heartbeat(job_id, owner, at=now(), lease=LEASE, done=done, failed=failed, phase=self._phase)
        if not ours:
            raise Cancelled
