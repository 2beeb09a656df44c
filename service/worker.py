"""Does queued jobs: in a thread of ``serve``, or in processes of its own (``dondoc worker``) on any number of hosts.

Workers know nothing of each other and none leads: the jobs table says who does what (claim, lease, heartbeat). One that
dies loses its lease, and another goes on. Between jobs a worker keeps the index and the links up to date.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable
from typing import Final

from service import duplicates, gaps, ingest, linking, reminders, reread
from service.errors import DondocError, IndexUnavailable
from service.indexing import apply_outbox, sweep
from service.jobs.lease import LEASE, PASSING, back_off, is_lost, new_owner, now
from service.jobs.patience import patient
from service.ports import Ports
from service.records import Job

_SPREAD: Final = random.Random()  # noqa: S311 - spreads tries, no key; of its own, so that nobody else's draws change
_PAUSE: Final = 1.0
_SWEEP_EVERY: Final = 3600.0
_BREATH: Final = 0.1
"""Seconds between two pieces of the board, in which others come to write."""
_STEPS_BACK: Final = 15.0
_log = logging.getLogger(__name__)

Handler = Callable[[Ports, Job, str, threading.Event | None], None]


def run(app: Ports, stop: threading.Event) -> None:
    """Work until ``stop`` is set; a job that fails is recorded and the next one follows."""
    owner, upkeep = new_owner(), Upkeep()
    waiting = patient(app, stop)
    weigher = threading.Thread(target=keep_weighed, args=(waiting, stop), name="dondoc-board", daemon=True)
    weigher.start()
    while not stop.is_set():
        try:
            busy = run_once(waiting, owner=owner, stop=stop, upkeep=upkeep)
        except Exception:  # noqa: BLE001 - the thread must live as long as the server
            _log.exception("the worker goes on after an error")
            busy = False
        if not busy:
            stop.wait(_PAUSE * _SPREAD.uniform(0.5, 1.5))
    weigher.join(timeout=30)


def keep_weighed(app: Ports, stop: threading.Event) -> None:
    """Keep the board up to date, a small piece at a time, while jobs and people change tasks and links.

    Of two workers that weigh the same piece one has worked for nothing; it then leaves the field to the other.
    """
    pauses = {"more": _BREATH, "done": _PAUSE, "beaten": _STEPS_BACK}
    while not stop.is_set():
        try:
            came = gaps.work_on(app.store, gaps.parse_query(app.store, settings=app.settings))
        except Exception:  # noqa: BLE001 - the thread must live as long as the worker
            _log.exception("the board is brought up to date later")
            came = "beaten"
        stop.wait(pauses[came] * _SPREAD.uniform(0.5, 1.5))


def run_once(
    app: Ports, *, owner: str | None = None, stop: threading.Event | None = None, upkeep: Upkeep | None = None
) -> bool:
    """Do one job, if there is one, and bring index and links up to date; tells whether there was a job."""
    owner = owner or new_owner()
    upkeep = upkeep or Upkeep()
    job = _claim(app, owner)
    if job is None:
        upkeep.idle(app)
        return False
    handler = HANDLERS.get(job.kind)
    if handler is None:
        app.store.finish(job.id, owner, at=now(), error=f"Không rõ loại tiến trình: {job.kind}")
        return True
    try:
        handler(app, job, owner, stop)
        upkeep.link(app)  # new tasks may answer old reports, so all that are behind are matched
    except PASSING as error:
        app.store.retry(job.id, owner, at=now(), after=back_off(job.attempts), error=str(error))
        _log.warning("job %s will be tried again: %s", job.id, error)
    except DondocError as error:  # the handler recorded it
        _log.warning("job %s failed: %s", job.id, error)
    except Exception as error:  # noqa: BLE001 - recorded on the job, where a person sees it
        app.store.finish(job.id, owner, at=now(), error=f"Lỗi hệ thống ({type(error).__name__})")
        _log.exception("job %s failed", job.id)
    return True


def _claim(app: Ports, owner: str) -> Job | None:
    """The next job; one whose worker was killed on this machine a moment ago need not wait for the end of its lease."""
    for kind in HANDLERS:
        for job in app.store.unfinished(kind):
            if job.state == "running" and job.lease_owner and is_lost(job):
                _end_lease(app, job, job.lease_owner)
    return app.store.claim(owner, at=now(), lease=LEASE)


def _end_lease(app: Ports, job: Job, dead: str) -> None:
    app.store.heartbeat(job.id, dead, at=now(), lease=-LEASE, done=job.done, failed=job.failed, phase=job.phase)


class Upkeep:
    """What a worker does beside jobs: the outbox, reports whose links are behind, and now and then a sweep."""

    def __init__(self) -> None:
        self._links_behind = True  # whoever filled the store before may have been killed, or worked without search
        self._next_sweep = 0.0
        self._daily = reminders.Daily()
        self._learning = linking.Habit()

    def idle(self, app: Ports) -> None:
        """Nothing is queued: look whether something is left to do."""
        indexed = apply_outbox(app)
        if time.monotonic() >= self._next_sweep:
            self._next_sweep = time.monotonic() + _SWEEP_EVERY * _SPREAD.uniform(0.8, 1.2)
            self._sweep(app)
        if indexed or (self._links_behind and not app.store.outbox(1)):
            self.link(app)
        self._daily.tick(app, at=now())
        self._learning.tick(app)

    def link(self, app: Ports) -> None:
        """Match the reports that are behind, look for tasks issued twice; where the search server is down, later."""
        try:
            linking.link_all(app)
            duplicates.refresh(app)
        except IndexUnavailable as error:
            self._links_behind = True
            _log.warning("reports are matched later: %s", error)
        else:
            self._links_behind = bool(app.store.outbox(1))

    def _sweep(self, app: Ports) -> None:
        try:
            found = sweep(app)
        except DondocError as error:
            self._next_sweep = 0.0
            _log.warning("the index is compared with the store later: %s", error)
            return
        if found.behind or found.unknown:
            _log.warning("the index differed from the store: %s behind, %s unknown", found.behind, found.unknown)
            apply_outbox(app)


def _ingest(app: Ports, job: Job, owner: str, stop: threading.Event | None) -> None:
    ingest.run_job(app, job, owner, stop=stop)


def _reread(app: Ports, job: Job, owner: str, stop: threading.Event | None) -> None:
    reread.run_job(app, job, owner, stop=stop)


HANDLERS: Final[dict[str, Handler]] = {ingest.KIND: _ingest, reread.KIND: _reread}
