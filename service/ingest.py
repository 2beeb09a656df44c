"""Takes files in: hash, read, find facts, keep, index. Killed at any moment and run again, it ends as if undisturbed.

What makes that so: a file's facts are one transaction, its original is written whole before, the index follows from the
outbox, files are kept in the order in which they were named, and a file already kept is recognised by its SHA-256.
"""

from __future__ import annotations

import datetime as dt
import re
import secrets
import shutil
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

from service.errors import DondocError, TooLarge
from service.indexing import reindex
from service.intake import IngestResult, Intaker
from service.jobs.lease import Cancelled, Lease
from service.jobs.patience import patient
from service.jobs.walk import Source, walk
from service.ports import Ports, Progress, silent
from service.records import Job

__all__ = ["IngestResult", "Ports", "enqueue", "ingest", "receive", "reindex", "run_job"]

KIND: Final = "ingest"
_CHUNK: Final = 1 << 20
_UNSAFE: Final = re.compile(r'[\x00-\x1f<>:"/\\|?*]')


def ingest(
    app: Ports,
    paths: Sequence[Path | str],
    *,
    arrived: dt.date | None = None,
    progress: Progress | None = None,
) -> IngestResult:
    """Take in all files under ``paths``. Every file ends in a record; none stops the others."""
    app = patient(app)  # a large folder takes hours: a restart of the database must not end it
    base = Path.cwd()
    given = [Path(path) for path in paths]
    sources = _outside(app, walk(given, base))
    payload = _payload(given, base, arrived)
    lease = Lease.start(app, KIND, payload, total=len(sources))
    return _run(app, lease, sources, arrived, progress or silent)


def receive(app: Ports, stream: BinaryIO, filename: str) -> Path:
    """Take an upload into the inbox, in pieces; TooLarge when it passes the limit, and then nothing stays."""
    folder = app.settings.inbox_folder / secrets.token_hex(8)
    folder.mkdir(parents=True)
    path = folder / safe_name(filename)
    try:
        with path.open("wb") as out:
            _copy(stream, out, app.settings.max_upload_mb)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return path


def enqueue(app: Ports, paths: Sequence[Path], *, arrived: dt.date | None = None, at: dt.datetime) -> Job:
    """Queue received files for the worker."""
    payload = _payload(paths, app.settings.inbox_folder, arrived)
    return app.store.enqueue(KIND, payload, total=len(paths), at=at)


def run_job(app: Ports, job: Job, owner: str, *, stop: threading.Event | None = None) -> IngestResult:
    """Do a claimed job: an upload, or an ``ingest`` command whose process was killed."""
    base = Path(str(job.payload["base"]))
    named = job.payload["paths"]
    assert isinstance(named, list)  # noqa: S101 - written by _payload
    paths = [Path(path) for path in named]
    day = job.payload.get("arrived")
    arrived = dt.date.fromisoformat(str(day)) if day else None
    lease = Lease(app, job, owner, stop)
    inbox = base == app.settings.inbox_folder
    # An upload that is gone was done before the kill; a path of a command may have been removed meanwhile.
    there = [path for path in paths if (base / path).exists()]
    sources = [Source(base / path, path.name) for path in there] if inbox else _outside(app, walk(there, base))
    result = _run(app, lease, sources, arrived, silent)
    ended = app.store.job(job.id)
    if inbox and (ended is None or ended.state in ("done", "cancelled")):  # else another worker goes on with it
        for source in sources:
            shutil.rmtree(source.path.parent, ignore_errors=True)
    return result


def safe_name(filename: str) -> str:
    """A file name from outside as a name and nothing else: no folders, no device names, not too long."""
    name = _UNSAFE.sub("_", filename.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .")
    stem, dot, suffix = name.rpartition(".")
    return f"{stem[:120]}{dot}{suffix[:12]}" if stem else name[:120] or "tep"


def _copy(stream: BinaryIO, out: BinaryIO, limit_mb: int) -> None:
    while chunk := stream.read(_CHUNK):
        if out.tell() + len(chunk) > limit_mb * 1024 * 1024:
            raise TooLarge(f"Tệp lớn hơn {limit_mb} MB", limit_mb=limit_mb)
        out.write(chunk)


def _outside(app: Ports, sources: Sequence[Source]) -> list[Source]:
    """Without the data folder itself, should someone name a folder that holds it."""
    home = app.settings.home.resolve()
    return [source for source in sources if not source.path.resolve().is_relative_to(home)]


def _run(
    app: Ports, lease: Lease, sources: Sequence[Source], arrived: dt.date | None, progress: Progress
) -> IngestResult:
    intaker = Intaker(app, lease, arrived, progress)
    try:
        result = intaker.run(sources)
    except Cancelled:
        return intaker.result()
    except (DondocError, OSError) as error:
        with suppress(DondocError):
            lease.fail(error)
        raise
    lease.finish()
    return result


def _payload(paths: Sequence[Path], base: Path, arrived: dt.date | None) -> dict[str, object]:
    inside = [path.relative_to(base) if path.is_relative_to(base) else path for path in paths]
    return {
        "paths": [path.as_posix() for path in inside],
        "base": str(base),
        "arrived": arrived.isoformat() if arrived else None,
    }
