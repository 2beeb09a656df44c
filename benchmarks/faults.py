"""Faults on real servers: killed workers, a database that restarts, a search server that goes away, a full disk.

    ELASTICSEARCH_HOME=/path/to/elasticsearch-9.2.0 python -m benchmarks.faults [--only workers-sqlite,postgres,…]

Each act takes the same folder of documents in while the fault happens and compares all that is kept (rows, originals,
index entries) with an undisturbed run: nothing may be lost or doubled. Prints one JSON line an act.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.servers import Node, Postgres, postgres_programs
from service import ingest as intake
from service.bootstrap import App, open_app
from service.errors import DondocError
from service.indexing import apply_outbox, sweep
from service.jobs.lease import now
from service.linking import link_all
from service.references import search
from service.settings import Settings
from tests.integration import corpus, snapshot

DONDOC = Path(sys.executable).with_name("dondoc")
KILLS = 20


class Run:
    """One run of an act in a folder of its own."""

    def __init__(self, folder: Path, **given: Any) -> None:
        self.settings = Settings(home=folder, processes=1, **given)
        folder.mkdir(parents=True, exist_ok=True)
        self.environment = os.environ | {
            "DONDOC_HOME": str(folder),
            "DONDOC_PROCESSES": "1",
            "DONDOC_DATABASE_URL": self.settings.database_url,
            "DONDOC_ELASTICSEARCH_URL": ",".join(self.settings.elasticsearch_url),
        }

    def start(self, *command: str, **given: Any) -> "subprocess.Popen[bytes]":
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen(
            [str(DONDOC), *command], env=self.environment, start_new_session=True, **(quiet | given)
        )

    def finish(self) -> None:
        with open_app(self.settings) as app:
            sweep(app)
            apply_outbox(app, patience=30)
            link_all(app)


def facts(run: Run) -> dict[str, Any]:
    with open_app(run.settings) as app:
        unfinished = [(job.kind, job.state, job.error) for job in app.store.jobs() if job.state != "done"]
        return {**snapshot.facts(app), "outbox": app.store.outbox(), "jobs_not_done": unfinished}


def compared(name: str, run: Run, calm: dict[str, Any], **told: Any) -> dict[str, Any]:
    run.finish()
    found = facts(run)
    differing = [part for part in calm if calm[part] != found[part]]
    return {"act": name, "documents": len(found["documents"]), "differs": differing, **told}


def upload(run: Run, files: Path, per_job: int = 4) -> None:
    """The files as uploads in the inbox, a few in a job."""
    with open_app(run.settings) as app:
        paths = []
        for path in sorted(path for path in files.rglob("*") if path.is_file()):
            with path.open("rb") as stream:
                paths.append(intake.receive(app, stream, path.name))
        for start in range(0, len(paths), per_job):
            intake.enqueue(app, paths[start : start + per_job], at=now())


def unfinished(app: App) -> int:
    return len(app.store.unfinished(intake.KIND))


def reading(run: Run, documents: int) -> None:
    """Wait until so many documents are in."""
    with open_app(run.settings) as app:
        until = time.monotonic() + 120
        while app.store.count_documents() < documents and time.monotonic() < until:
            time.sleep(0.05)


def at_jobs(app: App, workers: "list[subprocess.Popen[bytes]]") -> list[int]:
    """Which of the workers hold a job."""
    owners = [job.lease_owner or "" for job in app.store.unfinished(intake.KIND) if job.state == "running"]
    return [n for n, worker in enumerate(workers) if any(f":{worker.pid}:" in owner for owner in owners)]


def busy_worker(app: App, workers: "list[subprocess.Popen[bytes]]", chance: random.Random) -> int:
    """One that holds a job, as soon as there is one; any one when nothing is left to do."""
    while unfinished(app):
        if busy := at_jobs(app, workers):
            return chance.choice(busy)
        time.sleep(0.02)
    return chance.randrange(len(workers))


def killed_workers(name: str, run: Run, files: Path, calm: dict[str, Any], seed: int) -> dict[str, Any]:
    """Three worker processes; 20 times one of them is killed with all that it started, and another takes its place."""
    chance = random.Random(seed)  # noqa: S311 - a moment, not a key
    upload(run, files, per_job=6)
    workers = [run.start("worker") for _ in range(3)]
    kills = at_work = 0
    with open_app(run.settings) as app:
        while kills < KILLS:
            place = busy_worker(app, workers, chance)
            time.sleep(chance.uniform(0, 2.5))
            at_work += place in at_jobs(app, workers)
            os.killpg(workers[place].pid, signal.SIGKILL)
            workers[place].wait()
            kills += 1
            workers[place] = run.start("worker")
        until = time.monotonic() + 300
        while unfinished(app) and time.monotonic() < until:
            time.sleep(0.5)
    for worker in workers:
        os.killpg(worker.pid, signal.SIGTERM)
        worker.wait()
    return compared(name, run, calm, kills=kills, killed_while_at_a_job=at_work, seed=seed)


def restarted_database(run: Run, server: Postgres, files: Path, calm: dict[str, Any]) -> dict[str, Any]:
    """``dondoc ingest`` while PostgreSQL is stopped at once three times, two seconds each."""
    process, restarts = run.start("ingest", str(files)), 0
    reading(run, 3)
    while process.poll() is None and restarts < 3:
        time.sleep(1)
        server.stop("immediate")
        time.sleep(2)
        server.start()
        restarts += 1
    code = process.wait()
    return compared(
        "PostgreSQL stopped at once and started again during ingest", run, calm, restarts=restarts, exit=code
    )


def absent_search(run: Run, node: Node, files: Path, calm: dict[str, Any]) -> dict[str, Any]:
    """The search server is killed in the middle of an ingest, and stays away while people work."""
    process = run.start("ingest", str(files), stderr=subprocess.PIPE)
    reading(run, 10)
    node.end(signal.SIGKILL)
    said = process.communicate()[1].decode()
    with open_app(run.settings) as app:
        waiting = len(app.store.outbox())
        by_symbol = [hit.why for hit in search(app, "1/KH-UBND")][:1]
        try:
            search(app, "chuyển đổi số")
            by_words = "answered"
        except DondocError as error:
            by_words = error.message
        healthy = app.index.available()
    worker = run.start("worker")
    node.start()
    node.wait()
    with open_app(run.settings) as app:
        until = time.monotonic() + 120
        while app.store.outbox() and time.monotonic() < until:
            time.sleep(0.5)
        healed = not app.store.outbox()
    time.sleep(2)
    os.killpg(worker.pid, signal.SIGTERM)
    worker.wait()
    told = {"exit": process.returncode, "said": said.strip()[-300:], "waiting_meanwhile": waiting}
    told |= {"by_symbol": by_symbol, "by_words": by_words, "available": healthy, "healed_by_the_worker": healed}
    return compared("Elasticsearch killed during ingest, away, then back", run, calm, **told)


def full_disk(folder: Path, files: Path, calm: dict[str, Any]) -> dict[str, Any]:
    """The data folder's originals on a small file system that is full; then there is room."""
    run = Run(folder / "home")
    disk = run.settings.files_folder
    disk.mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], check=True)
    try:
        process = run.start("ingest", str(files), stderr=subprocess.PIPE)
        said = process.communicate()[1].decode()
        with open_app(run.settings) as app:
            kept, job = app.store.count_documents(), app.store.jobs()[0]
            whole = all(app.files.has(d.sha256) for d in app.store.documents() if d.status != "failed")
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
        again = run.start("ingest", str(files)).wait()
        told = {"exit": process.returncode, "said": said.strip()[-200:], "kept_before": kept, "job": job.state}
        told |= {"every_kept_one_has_its_original": whole, "exit_again": again}
        run.finish()
        found = facts(run)
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    found["jobs_not_done"] = []  # the first command's failed job stays on record
    differing = [part for part in calm if calm[part] != found[part]]
    return {"act": "disk full while writing an original", "differs": differing, **told}


@contextmanager
def postgres(folder: Path) -> Iterator[Postgres]:
    server = Postgres(folder)
    server.create()
    try:
        yield server
    finally:
        server.stop("immediate")


@contextmanager
def elasticsearch(folder: Path) -> Iterator[Node]:
    node = Node(Path(os.environ["ELASTICSEARCH_HOME"]), folder)
    node.start()
    try:
        node.wait()
        yield node
    finally:
        node.end(signal.SIGKILL)


def acts(folder: Path, files: Path, calm: dict[str, Any], seed: int) -> dict[str, Callable[[], dict[str, Any]]]:
    def workers_postgres() -> dict[str, Any]:
        with postgres(folder / "pg1") as server:
            run = Run(folder / "b", database_url=server.url)
            return killed_workers("worker killed 20 times, PostgreSQL", run, files, calm, seed)

    def restarts() -> dict[str, Any]:
        with postgres(folder / "pg2") as server:
            return restarted_database(Run(folder / "c", database_url=server.url), server, files, calm)

    def absent() -> dict[str, Any]:
        with elasticsearch(folder / "es") as node:
            return absent_search(Run(folder / "d", elasticsearch_url=(node.url,)), node, files, calm)

    return {
        "workers-sqlite": lambda: killed_workers(
            "worker killed 20 times, SQLite", Run(folder / "a"), files, calm, seed
        ),
        "workers-postgres": workers_postgres,
        "postgres": restarts,
        "elasticsearch": absent,
        "disk": lambda: full_disk(folder / "disk", files, calm),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="")
    parser.add_argument("--directives", type=int, default=60)
    given = parser.parse_args()
    assert postgres_programs(), "PostgreSQL is not installed"
    seed = time.time_ns() % 10**6
    folder = Path(tempfile.mkdtemp(prefix="dondoc-faults-"))
    folder.chmod(0o755)
    try:
        files = corpus.write(folder / "van-ban", directives=given.directives)
        quiet = Run(folder / "calm")
        assert quiet.start("ingest", str(files)).wait() in {0, 1}  # some of the files are damaged
        quiet.finish()
        calm = facts(quiet)
        chosen = acts(folder, files, calm, seed)
        for name in given.only.split(",") if given.only else chosen:
            print(json.dumps(chosen[name](), ensure_ascii=False), flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
