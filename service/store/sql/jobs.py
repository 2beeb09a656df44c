"""Jobs and the outbox in SQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, Select, case, delete, func, insert, or_, select, true, update

from service.errors import NotFound
from service.records import Job, JobFile
from service.store.sql import tables
from service.store.sql.engine import Database

_CHUNK = 500
MAX_ATTEMPTS = 30
"""Attempts without any progress: a machine that restarts all morning must not make a job fail."""
GIVEN_UP = "Đã thử nhiều lần mà không xong"


class Outbox:
    """``service.store.ports.OutboxStore``."""

    _db: Database

    def outbox(self, limit: int = 500) -> list[int]:
        """Documents whose index entries are behind, oldest first."""
        query = select(tables.outbox.c.document_id).order_by(tables.outbox.c.id).limit(limit)
        with self._db.read() as connection:
            return list(connection.scalars(query))

    def outbox_mark(self) -> int:
        """The number of the newest entry; one that is queued later has a higher one."""
        with self._db.read() as connection:
            return connection.scalar(select(func.max(tables.outbox.c.id))) or 0

    def outbox_done(self, document_ids: Iterable[int], *, mark: int | None = None) -> None:
        """These are in the index now, as they were when ``mark`` was taken."""
        ids, table = list(document_ids), tables.outbox
        if ids:
            with self._db.write() as connection:
                for start in range(0, len(ids), _CHUNK):
                    done = delete(table).where(table.c.document_id.in_(ids[start : start + _CHUNK]))
                    connection.execute(done if mark is None else done.where(table.c.id <= mark))

    def outbox_add(self, document_ids: Iterable[int]) -> None:
        """Queue these again."""
        ids, documents = sorted(set(document_ids)), tables.documents
        with self._db.write() as connection:
            for start in range(0, len(ids), _CHUNK):
                some = select(documents.c.id).where(documents.c.id.in_(ids[start : start + _CHUNK]))
                new = self._db.insert_new(tables.outbox).from_select(["document_id"], some.order_by(documents.c.id))
                connection.execute(new.on_conflict_do_nothing())

    def outbox_all(self) -> None:
        """Queue every document again."""
        # SQLite reads "SELECT … ON CONFLICT" as a join condition unless there is a WHERE.
        every = select(tables.documents.c.id).where(true()).order_by(tables.documents.c.id)
        with self._db.write() as connection:
            new = self._db.insert_new(tables.outbox).from_select(["document_id"], every)
            connection.execute(new.on_conflict_do_nothing())


class Jobs:
    """``service.store.ports.JobStore``."""

    _db: Database
    _zone: dt.tzinfo

    def enqueue(
        self,
        kind: str,
        payload: dict[str, object],
        *,
        total: int = 0,
        at: dt.datetime,
        owner: str | None = None,
        lease: dt.timedelta | None = None,
    ) -> Job:
        """A new job, queued, or running at once under ``owner``."""
        values = {
            "kind": kind,
            "state": "running" if owner else "queued",
            "total": total,
            "done": 0,
            "failed": 0,
            "phase": "",
            "payload": payload,
            "attempts": 1 if owner else 0,
            "lease_owner": owner,
            "lease_until": at + (lease or dt.timedelta()) if owner else None,
            "created_at": at,
            "updated_at": at,
        }
        with self._db.write() as connection:
            return self._job(connection.execute(insert(tables.jobs).values(values).returning(tables.jobs)).one())

    def claim(self, owner: str, *, at: dt.datetime, lease: dt.timedelta) -> Job | None:
        """Take the oldest job that nobody works on; one that died too often is given up."""
        with self._db.write() as connection:
            while (row := connection.execute(_claimable(at)).first()) is not None:
                if row.attempts >= MAX_ATTEMPTS:
                    _set(connection, row.id, state="failed", error=GIVEN_UP, lease_owner=None, updated_at=at)
                    continue
                change = {"state": "running", "lease_owner": owner, "lease_until": at + lease, "updated_at": at}
                return self._job(_set(connection, row.id, attempts=row.attempts + 1, **change))
        return None

    def unfinished(self, kind: str) -> list[Job]:
        """Jobs of this kind that are queued or running, oldest first."""
        jobs = tables.jobs
        query = select(jobs).where(jobs.c.kind == kind, jobs.c.state.in_(["queued", "running"])).order_by(jobs.c.id)
        with self._db.read() as connection:
            return [self._job(row) for row in connection.execute(query)]

    def take_over(self, job_id: int, lost: str, owner: str, *, at: dt.datetime, lease: dt.timedelta) -> Job | None:
        """A running job from an owner that is known to be dead; None when somebody else was quicker."""
        jobs = tables.jobs
        theirs = update(jobs).where(jobs.c.id == job_id, jobs.c.lease_owner == lost, jobs.c.state == "running")
        change = {"lease_owner": owner, "lease_until": at + lease, "updated_at": at, "attempts": jobs.c.attempts + 1}
        with self._db.write() as connection:
            row = connection.execute(theirs.values(**change, done=0, failed=0, phase="").returning(jobs)).one_or_none()
        return self._job(row) if row is not None else None

    def heartbeat(
        self, job_id: int, owner: str, *, at: dt.datetime, lease: dt.timedelta, done: int, failed: int, phase: str
    ) -> bool:
        """Record progress and renew the lease; False when the job is no longer the owner's."""
        jobs = tables.jobs
        mine = update(jobs).where(jobs.c.id == job_id, jobs.c.lease_owner == owner, jobs.c.state == "running")
        further = jobs.c.done < done
        change = mine.values(
            done=case((further, done), else_=jobs.c.done),
            attempts=case((further, 1), else_=jobs.c.attempts),
            failed=failed,
            phase=phase,
            lease_until=at + lease,
            updated_at=at,
        )
        with self._db.write() as connection:
            return connection.execute(change).rowcount == 1

    def set_total(self, job_id: int, total: int) -> None:
        """How many files there are, known once the folders are walked."""
        with self._db.write() as connection:
            _set(connection, job_id, total=total)

    def record_files(self, job_id: int, entries: Sequence[JobFile]) -> None:
        """What became of these files; a second word about the same file replaces the first."""
        table = tables.job_files
        rows = [{"job_id": job_id, **asdict(entry)} for entry in {entry.file: entry for entry in entries}.values()]
        if rows:
            with self._db.write() as connection:
                old = [row["file"] for row in rows]
                connection.execute(delete(table).where(table.c.job_id == job_id, table.c.file.in_(old)))
                connection.execute(insert(table), rows)

    def job_files(self, job_id: int) -> list[JobFile]:
        """The files of a job in the order in which they were done."""
        table = tables.job_files
        query = select(table).where(table.c.job_id == job_id).order_by(table.c.id)
        with self._db.read() as connection:
            return [JobFile(row.file, row.state, row.sha256, row.message) for row in connection.execute(query)]

    def finish(self, job_id: int, owner: str, *, at: dt.datetime, error: str | None = None) -> None:
        """The owner is through; nothing happens when the job was cancelled or taken over meanwhile."""
        jobs = tables.jobs
        mine = update(jobs).where(jobs.c.id == job_id, jobs.c.lease_owner == owner, jobs.c.state == "running")
        end = {"state": "failed" if error else "done", "error": error, "lease_owner": None, "lease_until": None}
        with self._db.write() as connection:
            connection.execute(mine.values(updated_at=at, **end))

    def release(self, job_id: int, owner: str, *, at: dt.datetime) -> None:
        """Give a job back to the queue: the worker was asked to stop."""
        jobs = tables.jobs
        mine = update(jobs).where(jobs.c.id == job_id, jobs.c.lease_owner == owner, jobs.c.state == "running")
        back = {"state": "queued", "lease_owner": None, "lease_until": None, "attempts": jobs.c.attempts - 1}
        with self._db.write() as connection:
            connection.execute(mine.values(updated_at=at, **back))

    def retry(self, job_id: int, owner: str, *, at: dt.datetime, after: dt.timedelta, error: str) -> bool:
        """Queue a job again for later; False, and failed, when it was tried often enough."""
        jobs = tables.jobs
        mine = update(jobs).where(jobs.c.id == job_id, jobs.c.lease_owner == owner, jobs.c.state == "running")
        again = mine.where(jobs.c.attempts < MAX_ATTEMPTS)
        change = {"lease_owner": None, "lease_until": None, "error": error, "updated_at": at}
        with self._db.write() as connection:
            if connection.execute(again.values(state="queued", not_before=at + after, **change)).rowcount:
                return True
            connection.execute(mine.values(state="failed", **change))
        return False

    def restart(self, job_id: int, *, at: dt.datetime) -> None:
        """A person wants a failed or cancelled job tried again."""
        jobs = tables.jobs
        ended = update(jobs).where(jobs.c.id == job_id, jobs.c.state.in_(["failed", "cancelled"]))
        fresh = {"state": "queued", "attempts": 0, "error": None, "not_before": None, "updated_at": at}
        with self._db.write() as connection:
            if not connection.execute(ended.values(fresh)).rowcount:
                raise NotFound("Không có tiến trình nào mang số này đã dừng hoặc bị lỗi", job=job_id)

    def cancel(self, job_id: int, *, at: dt.datetime) -> None:
        """Stop a job that has not ended; its worker notices at the next heartbeat."""
        jobs = tables.jobs
        live = update(jobs).where(jobs.c.id == job_id, jobs.c.state.in_(["queued", "running"]))
        with self._db.write() as connection:
            if connection.scalar(select(jobs.c.id).where(jobs.c.id == job_id)) is None:
                raise NotFound("Không có tiến trình này", job=job_id)
            connection.execute(live.values(state="cancelled", lease_owner=None, lease_until=None, updated_at=at))

    def job(self, job_id: int) -> Job | None:
        """One job."""
        with self._db.read() as connection:
            row = connection.execute(select(tables.jobs).where(tables.jobs.c.id == job_id)).one_or_none()
        return self._job(row) if row is not None else None

    def jobs(self, limit: int = 50) -> list[Job]:
        """The newest jobs first."""
        with self._db.read() as connection:
            query = select(tables.jobs).order_by(tables.jobs.c.id.desc()).limit(limit)
            return [self._job(row) for row in connection.execute(query)]

    def _job(self, row: Row[Any]) -> Job:
        return Job(
            id=row.id,
            kind=row.kind,
            state=row.state,
            total=row.total,
            done=row.done,
            failed=row.failed,
            phase=row.phase,
            created_at=row.created_at.astimezone(self._zone),
            updated_at=row.updated_at.astimezone(self._zone),
            payload=dict(row.payload),
            lease_owner=row.lease_owner,
            lease_until=row.lease_until.astimezone(self._zone) if row.lease_until else None,
            error=row.error,
            attempts=row.attempts,
            not_before=row.not_before.astimezone(self._zone) if row.not_before else None,
        )


def _claimable(at: dt.datetime) -> Select[Any]:
    jobs = tables.jobs
    lost = (jobs.c.state == "running") & (jobs.c.lease_until < at)
    due = (jobs.c.state == "queued") & (jobs.c.not_before.is_(None) | (jobs.c.not_before <= at))
    oldest = select(jobs).where(or_(due, lost)).order_by(jobs.c.id).limit(1)
    return oldest.with_for_update(skip_locked=True)  # SQLite has one writer anyway and leaves this out


def _set(connection: Connection, job_id: int, **values: object) -> Row[Any]:
    jobs = tables.jobs
    return connection.execute(update(jobs).where(jobs.c.id == job_id).values(values).returning(jobs)).one()
