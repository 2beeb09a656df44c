"""Faults on real servers, the quick ones; the whole table is in docs/operations.md (``benchmarks.faults``)."""

import gc
import os
import resource
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from service import ingest as intake
from service import worker
from service.bootstrap import App, open_app
from service.errors import IndexUnavailable
from service.index.ports import Query
from service.indexing import sweep
from service.jobs.lease import LEASE, new_owner, now
from service.references import search
from service.settings import Settings
from tests.integration import corpus, snapshot
from tests.integration.proxy import Proxy

POSTGRES, ELASTIC = os.environ.get("POSTGRES_URL", ""), os.environ.get("ELASTICSEARCH_URL", "")
IN_CI = os.environ.get("CI") == "true"
needs_postgres = pytest.mark.skipif(not POSTGRES and not IN_CI, reason="POSTGRES_URL is not set")
needs_elastic = pytest.mark.skipif(not ELASTIC and not IN_CI, reason="ELASTICSEARCH_URL is not set")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return corpus.write(tmp_path / "van-ban", directives=6)


@pytest.fixture
def calm(tmp_path: Path, files: Path) -> Settings:
    """An installation that took the same files in without a fault."""
    settings = Settings(home=tmp_path / "yen", processes=0)
    with open_app(settings) as app:
        intake.ingest(app, [files])
    return settings


def upload(app: App, folder: Path) -> None:
    paths = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as stream:
            paths.append(intake.receive(app, stream, path.name))
    intake.enqueue(app, paths, at=now())


def entries(settings: Settings) -> list[str]:
    with open_app(settings) as app:
        return snapshot.entries(app)


# a search server that goes away


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    assert ELASTIC, "CI must start Elasticsearch and name it by ELASTICSEARCH_URL"
    made = Proxy(ELASTIC)
    yield made
    made.close()


@pytest.fixture
def elastic(tmp_path: Path, proxy: Proxy) -> Iterator[Settings]:
    """An installation that reaches the real server by a way that can be cut."""
    from service.index.elasticsearch import ElasticIndex, Server

    prefix = f"dondoc-test-{secrets.token_hex(6)}"
    given: dict[str, Any] = {"elasticsearch_url": (proxy.url,), "elasticsearch_prefix": prefix}
    yield Settings(home=tmp_path / "kho", processes=0, elasticsearch_timeout=5, **given)
    server = ElasticIndex(Server((ELASTIC,), prefix=prefix))
    server.drop()
    server.close()


@needs_elastic
def test_elasticsearch_away_during_an_ingest_the_app_works_says_so_and_heals(
    elastic: Settings, proxy: Proxy, files: Path, calm: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.intake._INDEX_EVERY", 2)
    with open_app(elastic) as app:
        cut = threading.Timer(0.3, proxy.cut)
        cut.start()
        result = intake.ingest(app, [files])
        cut.join()
        assert result.read > 0, "nothing of the intake depends on the search server"
        assert not app.index.available()
        app.store.outbox_all()
        with pytest.raises(IndexUnavailable, match="tạm dừng"):
            search(app, "chuyển đổi số")
        assert [hit.why for hit in search(app, "1/KH-UBND")] == ["store"]
        upkeep = worker.Upkeep()
        assert not worker.run_once(app, upkeep=upkeep)  # nothing fails, the queue stays
        assert app.store.outbox()
        proxy.mend()
        worker.run_once(app, upkeep=upkeep)
        assert app.store.outbox() == []
        assert app.index.available()
        assert [one for one in app.store.linkings() if one.revision is None] == [], "reports were matched afterwards"
        assert search(app, "1/KH-UBND")[0].why == "symbol"
        assert sweep(app).behind == 0
        assert snapshot.entries(app) == entries(calm)


@needs_elastic
def test_an_app_opens_without_its_search_server(elastic: Settings, proxy: Proxy, files: Path) -> None:
    proxy.cut()
    with open_app(elastic) as app:
        intake.ingest(app, [files])
        assert app.store.count_documents() > 0
    proxy.mend()
    with open_app(elastic) as app:
        worker.run_once(app)
        assert app.index.search(Query(kind="task"))


# a database that restarts


@needs_postgres
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the driver on connections that ended
def test_postgres_ends_every_connection_again_and_again_during_an_ingest(
    tmp_path: Path, files: Path, calm: Settings
) -> None:
    assert POSTGRES, "CI must start PostgreSQL and name it by POSTGRES_URL"
    schema = f"faults_{secrets.token_hex(6)}"
    admin = create_engine(POSTGRES)
    with admin.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    address = f"{POSTGRES}?options=-csearch_path%3D{schema}&application_name={schema}"
    settings = Settings(home=tmp_path / "kho", database_url=address, processes=0)
    ended, done = 0, threading.Event()

    def end_connections() -> None:
        nonlocal ended
        kill = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = :name")
        while not done.wait(0.4 if ended else 0.02):  # at once the first time: the intake may be quick
            with admin.begin() as connection:
                ended += len(connection.execute(kill, {"name": schema}).all())

    with open_app(settings) as app:
        thread = threading.Thread(target=end_connections)
        thread.start()
        try:
            intake.ingest(app, [files])
        finally:
            done.set()
            thread.join()
    assert ended > 0, "no connection was ended: nothing was tried"
    with open_app(settings) as app, open_app(calm) as other:
        assert snapshot.facts(app) == snapshot.facts(other)
        assert {job.state for job in app.store.jobs()} == {"done"}
    with admin.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    admin.dispose()
    gc.collect()  # the ended connections warn here, not in the next test


# workers that die or are stopped


def test_a_stopped_worker_gives_an_upload_back_unread_and_whole(tmp_path: Path, files: Path, calm: Settings) -> None:
    settings = Settings(home=tmp_path / "kho", processes=0)
    with open_app(settings) as app:
        upload(app, files)
        stop = threading.Event()
        stop.set()
        worker.run_once(app, stop=stop)
        assert app.store.jobs()[0].state == "queued"
        worker.run_once(app)
        assert app.store.jobs()[0].state == "done"
        assert app.store.known_shas() == open_shas(calm)
        assert not any(path.is_file() for path in settings.inbox_folder.rglob("*"))


def open_shas(settings: Settings) -> set[str]:
    with open_app(settings) as app:
        return app.store.known_shas()


def test_the_job_of_a_killed_worker_on_this_machine_goes_on_at_once(tmp_path: Path, files: Path) -> None:
    with open_app(Settings(home=tmp_path / "kho", processes=0)) as app:
        upload(app, files)
        gone = subprocess.Popen([sys.executable, "-c", ""])
        gone.wait()
        host, _, token = new_owner().split(":")
        assert app.store.claim(f"{host}:{gone.pid}:{token}", at=now(), lease=LEASE)
        assert worker.run_once(app)
        assert app.store.jobs()[0].state == "done"


@pytest.mark.slow
def test_several_workers_share_the_jobs_and_end_together(tmp_path: Path, calm: Settings) -> None:
    settings = Settings(home=tmp_path / "kho", processes=0)
    with open_app(settings) as app:
        for number in range(2):
            upload(app, corpus.write(tmp_path / f"dot-{number}", directives=6))
        command = [str(Path(sys.executable).with_name("dondoc")), "worker", "--concurrency", "2"]
        given = os.environ | {"DONDOC_HOME": str(settings.home), "DONDOC_PROCESSES": "0"}
        process = subprocess.Popen(command, env=given, start_new_session=True, stderr=subprocess.DEVNULL)
        try:
            until = time.monotonic() + 120
            while app.store.unfinished(intake.KIND) and time.monotonic() < until:
                time.sleep(0.2)
        finally:
            process.terminate()
            code = process.wait(60)
        assert code == 0
        assert {job.state for job in app.store.jobs()} == {"done"}
        assert app.store.known_shas() == open_shas(calm)
    until = time.monotonic() + 20
    while any_left(process.pid) and time.monotonic() < until:
        time.sleep(0.2)
    assert not any_left(process.pid)


def any_left(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


# a disk that is full


def test_a_full_disk_while_writing_an_original_loses_and_doubles_nothing(tmp_path: Path, files: Path) -> None:
    (files / "lon.pdf").write_bytes(b"%PDF-1.7\n" + bytes(2_000_000))  # an original that is kept though it is damaged
    home = tmp_path / "kho"
    code, said = ingest_with_room_for(home, files, 1_200_000)
    assert code == 1
    assert "storage_full" in said, said
    assert "Hết chỗ trên đĩa" in said
    with open_app(Settings(home=home, processes=0)) as app:
        assert all(app.files.has(d.sha256) for d in app.store.documents() if d.status != "failed")
        assert app.store.jobs()[0].state == "failed"
        assert app.store.jobs()[0].error
        assert not list((app.files.folder / "unfinished").iterdir()), "half a file was left behind"
    assert ingest_with_room_for(home, files, resource.RLIM_INFINITY)[0] in (0, 1)
    with open_app(Settings(home=tmp_path / "yen", processes=0)) as other, open_app(Settings(home=home)) as app:
        intake.ingest(other, [files])
        assert app.store.known_shas() == other.store.known_shas()
        assert snapshot.entries(app) == snapshot.entries(other)


def ingest_with_room_for(home: Path, files: Path, largest: int) -> tuple[int, str]:
    """``dondoc ingest`` by a process that may write no file larger than this."""
    script = (
        "import resource, sys\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({largest}, resource.RLIM_INFINITY))\n"
        "from service.cli.main import app\n"
        f"app(['ingest', {str(files)!r}])\n"
    )
    given = os.environ | {"DONDOC_HOME": str(home), "DONDOC_PROCESSES": "0"}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=given, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr
