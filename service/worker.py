"""Does queued jobs, in a thread of ``serve`` or in a process of its own (``dondoc worker``)."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

from service import ingest, linking, reread
from service.errors import DondocError
from service.indexing import apply_outbox
from service.jobs.lease import LEASE, new_owner, now
from service.ports import Ports
from service.records import Job

_PAUSE: Final = 1.0
_log = logging.getLogger(__name__)

Handler = Callable[[Ports, Job, str, threading.Event | None], None]


def run(app: Ports, stop: threading.Event) -> None:
    """Work until ``stop`` is set; a job that fails is recorded and the next one follows."""
    owner = new_owner()
    while not stop.is_set():
        try:
            busy = run_once(app, owner=owner, stop=stop)
        except Exception:  # noqa: BLE001 - the thread must live as long as the server
            _log.exception("the worker goes on after an error")
            busy = False
        if not busy:
            stop.wait(_PAUSE)


def run_once(app: Ports, *, owner: str | None = None, stop: threading.Event | None = None) -> bool:
    """Do one job, if there is one, and bring the index up to date; tells whether there was a job."""
    owner = owner or new_owner()
    job = app.store.claim(owner, at=now(), lease=LEASE)
    if job is None:
        apply_outbox(app)
        return False
    handler = HANDLERS.get(job.kind)
    if handler is None:
        app.store.finish(job.id, owner, at=now(), error=f"Không rõ loại tiến trình: {job.kind}")
        return True
    try:
        handler(app, job, owner, stop)
    except (DondocError, OSError) as error:  # the handler recorded it
        _log.warning("job %s failed: %s", job.id, error)
    except Exception as error:  # noqa: BLE001 - recorded on the job, where a person sees it
        app.store.finish(job.id, owner, at=now(), error=f"Lỗi hệ thống ({type(error).__name__})")
        _log.exception("job %s failed", job.id)
    return True


def _ingest(app: Ports, job: Job, owner: str, stop: threading.Event | None) -> None:
    ingest.run_job(app, job, owner, stop=stop)
    linking.link_all(app)  # new tasks may answer old reports, so all that are behind are matched


def _reread(app: Ports, job: Job, owner: str, stop: threading.Event | None) -> None:
    reread.run_job(app, job, owner, stop=stop)
    linking.link_all(app)


HANDLERS: Final[dict[str, Handler]] = {ingest.KIND: _ingest, reread.KIND: _reread}
