"""``dondoc jobs``: what is queued, running, waiting for another try, failed; stop one, or try one again."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from service.cli.output import guarded, lines, people
from service.records import Job

_STATES = {
    "queued": "đang chờ", "running": "đang chạy", "done": "đã xong", "failed": "bị lỗi", "cancelled": "đã dừng",
}  # fmt: skip


@guarded
def jobs(
    form: Annotated[str, typer.Option("--format", help="table hoặc jsonl.")] = "table",
    limit: Annotated[int, typer.Option(help="Số tiến trình mới nhất.")] = 20,
    cancel: Annotated[int | None, typer.Option(help="Dừng tiến trình mang số này.")] = None,
    retry: Annotated[int | None, typer.Option(help="Làm lại tiến trình bị lỗi hoặc đã dừng mang số này.")] = None,
) -> None:
    """Các tiến trình xử lý: đang chờ, đang chạy, sẽ thử lại, bị lỗi; dừng hoặc làm lại một tiến trình."""
    from service.bootstrap import open_app
    from service.jobs.lease import now
    from service.settings import load

    with open_app(load()) as app:
        if cancel is not None:
            app.store.cancel(cancel, at=now())
        if retry is not None:
            app.store.restart(retry, at=now())
        found = app.store.jobs(limit=limit)
        waiting = len(app.store.outbox(limit=1_000_000))
    if form == "jsonl":
        lines(_json(job) for job in found)
        return
    for job in found:
        people.print(_line(job), markup=False)
    people.print(f"Chờ đưa vào chỉ mục tìm kiếm: {waiting} văn bản.", markup=False)


def _line(job: Job) -> str:
    parts = [f"{job.id:>6}  {job.kind:<8} {_STATES[job.state]:<10} {job.done}/{job.total}"]
    parts += [f"lần {job.attempts}"] if job.attempts > 1 else []
    parts += [job.phase] if job.phase and job.state == "running" else []
    parts += [f"do {job.lease_owner}"] if job.lease_owner else []
    parts += [f"thử lại từ {job.not_before:%d/%m/%Y %H:%M:%S}"] if job.state == "queued" and job.not_before else []
    parts += [job.error] if job.error else []
    return " · ".join(parts)


def _json(job: Job) -> dict[str, Any]:
    return {
        "id": job.id,
        "kind": job.kind,
        "state": job.state,
        "total": job.total,
        "done": job.done,
        "failed": job.failed,
        "phase": job.phase,
        "attempts": job.attempts,
        "owner": job.lease_owner,
        "not_before": job.not_before.isoformat() if job.not_before else None,
        "error": job.error,
        "created_at": job.created_at.isoformat(),
        "updated_at": job.updated_at.isoformat(),
    }
