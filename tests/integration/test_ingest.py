"""Taking files in: every file ends in a record, none stops the others, nothing is read twice."""

import datetime as dt
import io
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from service import ingest as intake
from service import worker
from service.bootstrap import App, open_app
from service.errors import IndexBusy, InvalidInput, TooLarge
from service.files import Files
from service.index.embedded import EmbeddedIndex
from service.ingest import ingest
from service.jobs.pool import Pool
from service.settings import Settings
from tests.integration import corpus, snapshot


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "kho", processes=0)


@pytest.fixture
def app(settings: Settings) -> Iterator[App]:
    with open_app(settings) as opened:
        yield opened


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return corpus.write(tmp_path / "van-ban")


def states(app: App) -> dict[str, str]:
    return {Path(entry.file).name: entry.state for entry in app.store.job_files(app.store.jobs()[0].id)}


def test_every_file_ends_in_a_record_and_none_stops_the_others(app: App, files: Path) -> None:
    result = ingest(app, [files])
    assert states(app) == {
        "ban-sao.txt": "kept",
        "ke-hoach-01.txt": "unchanged",
        "ke-hoach-02.txt": "kept",
        "nghi-dinh.txt": "kept",
        "bao-cao.txt": "kept",
        "hong.pdf": "failed",
        "mat.txt": "failed",
        "rong.txt": "failed",
    }
    assert (result.files, result.read, result.unchanged, result.failed) == (8, 4, 1, 3)
    job = app.store.jobs()[0]
    assert (job.state, job.done, job.total, job.failed) == ("done", 8, 8, 3)
    for document in app.store.documents(status="failed"):
        assert document.problems, document.file
        assert document.problems[0].message
    assert "\n".join(result.lines()).count("Không nhập được") == 3


def test_facts_of_a_file_are_found_kept_and_searchable(app: App, files: Path) -> None:
    ingest(app, [files], arrived=dt.date(2025, 1, 20))
    plan = next(d for d in app.store.documents() if d.file.endswith("ke-hoach-02.txt"))
    assert (plan.header.symbol, plan.role, plan.arrived) == ("2/KH-UBND", "directive", dt.date(2025, 1, 20))
    assert [c.citation.symbol for c in app.store.citations(plan.id)] == ["45/2020/NĐ-CP", "468/QĐ-TTg"]
    assert len(app.store.citations(plan.id)[0].resolved) == 1  # the decree came in the same run
    text = app.store.text(plan.id)
    assert all(text[t.task.start : t.task.end].split() == t.task.text.split() for t in app.store.tasks())
    assert app.store.tasks(document_id=plan.id)
    report = next(d for d in app.store.documents() if d.file.endswith("bao-cao.txt"))
    assert report.role == "report"
    assert len(app.store.items(report.id)) == 2
    assert app.store.outbox() == []
    assert app.index.count() > 10


def test_the_same_command_again_reads_nothing(app: App, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest(app, [files])
    before = snapshot.database(app.settings), app.index.count()

    def refuse(*_: object) -> None:
        raise AssertionError("a file was read again")

    monkeypatch.setattr("service.jobs.reading.read", refuse)
    result = ingest(app, [files])
    assert (result.read, result.unchanged, result.failed) == (0, 8, 0)
    assert (snapshot.database(app.settings), app.index.count()) == before


def test_originals_are_kept_but_never_a_secret(app: App, files: Path) -> None:
    ingest(app, [files])
    secret = (files / "mat.txt").read_bytes()
    kept = snapshot.originals(app.settings)
    assert secret not in kept.values()
    assert (files / "nghi-dinh.txt").read_bytes() in kept.values()
    document = next(d for d in app.store.documents() if d.file.endswith("mat.txt"))
    assert (document.status, document.text_chars, document.header.symbol) == ("failed", 0, None)
    assert app.store.text(document.id) == ""


def test_a_file_that_changed_is_a_new_document_beside_the_old(app: App, files: Path) -> None:
    ingest(app, [files])
    before = app.store.count_documents()
    plan = files / "chi-dao" / "ke-hoach-02.txt"
    plan.write_text(plan.read_text(encoding="utf-8") + "\nBổ sung.\n", encoding="utf-8")
    result = ingest(app, [files])
    assert (result.read, app.store.count_documents()) == (1, before + 1)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names that are no text")
def test_names_and_texts_that_no_database_takes_stop_nothing(app: App, tmp_path: Path) -> None:
    folder = tmp_path / "la"
    folder.mkdir()
    (folder / os.fsdecode(b"k\xe9 ho\x81ch.txt")).write_bytes(b"a")
    (folder / "nul.txt").write_bytes("Điều 1. Phạm vi\x00 điều chỉnh\n".encode())
    (folder / "nua.html").write_bytes("<p>Kế hoạch &#xD800; số 5</p>".encode())
    result = ingest(app, [folder])
    assert result.read + result.failed == result.files
    assert {d.file.rsplit("/", 1)[-1] for d in app.store.documents()} == {"k� ho�ch.txt", "nul.txt", "nua.html"}
    assert app.store.jobs()[0].state == "done"


def test_the_data_folder_itself_is_never_taken_in(app: App, files: Path) -> None:
    assert ingest(app, [files.parent]).files == ingest(app, [files]).files


def test_a_path_that_is_not_there_is_told_before_anything_is_done(app: App, files: Path) -> None:
    with pytest.raises(InvalidInput, match="khong-co"):
        ingest(app, [files, files / "khong-co"])
    assert app.store.jobs() == []


def test_a_full_disk_fails_the_job_and_the_next_run_goes_on(
    app: App, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = Files.put

    def full(self: Files, data: bytes) -> str:
        if len(snapshot.originals(app.settings)) >= 2:
            raise OSError(28, "No space left on device")
        return put(self, data)

    monkeypatch.setattr(Files, "put", full)
    with pytest.raises(OSError, match="space"):
        ingest(app, [files])
    assert app.store.jobs()[0].state == "failed"
    monkeypatch.setattr(Files, "put", put)
    ingest(app, [files])
    assert app.store.count_documents() == 7


def test_while_another_process_holds_the_index_documents_wait_in_the_outbox(
    app: App, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.intake.PATIENCE", 0.0)
    other = EmbeddedIndex(app.settings.index_folder)
    other.put([])
    with pytest.raises(IndexBusy):
        app.index.put([])
    ingest(app, [files])
    assert app.store.outbox()
    assert app.index.count() == 0
    other.close()
    worker.run_once(app)
    assert app.store.outbox() == []
    assert app.index.count() > 0


def test_a_lost_index_is_filled_again(app: App, files: Path, settings: Settings) -> None:
    ingest(app, [files])
    before = snapshot.entries(app)
    app.index.clear()
    with open_app(settings) as again:
        worker.run_once(again)
        assert snapshot.entries(again) == before
        assert intake.reindex(again) == again.store.count_documents()
        assert snapshot.entries(again) == before


# uploads and the worker


def upload(app: App, *names: str) -> list[Path]:
    return [intake.receive(app, io.BytesIO(corpus.DECREE.encode() + name.encode()), name) for name in names]


def test_an_upload_is_read_by_the_worker_and_leaves_the_inbox(app: App) -> None:
    job = intake.enqueue(app, upload(app, "nghi-dinh.txt"), arrived=dt.date(2025, 2, 3), at=dt.datetime.now(dt.UTC))
    assert worker.run_once(app)
    assert not worker.run_once(app)
    ended = app.store.job(job.id)
    assert ended is not None
    assert (ended.state, ended.done) == ("done", 1)
    document = app.store.documents()[0]
    assert (document.file, document.arrived) == ("nghi-dinh.txt", dt.date(2025, 2, 3))
    assert list(app.settings.inbox_folder.iterdir()) == []


def test_an_upload_over_the_limit_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with open_app(Settings(home=tmp_path / "kho", max_upload_mb=1)) as app:
        with pytest.raises(TooLarge):
            intake.receive(app, io.BytesIO(bytes(1024 * 1024 + 1)), "lon.pdf")
        assert list(app.settings.inbox_folder.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\kế hoạch.pdf", "kế hoạch.pdf"),
        ("a\x00b.txt", "a_b.txt"),
        ("..", "tep"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_an_uploads_name_becomes_no_path(given: str, kept: str) -> None:
    assert intake.safe_name(given) == kept


def test_a_worker_thread_works_until_it_is_stopped(app: App) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=worker.run, args=(app, stop))
    thread.start()
    job = intake.enqueue(app, upload(app, "a.txt", "b.txt"), at=dt.datetime.now(dt.UTC))
    until = time.monotonic() + 30
    while time.monotonic() < until and (now := app.store.job(job.id)) and now.state != "done":
        time.sleep(0.05)
    stop.set()
    thread.join(10)
    assert not thread.is_alive()
    assert app.store.count_documents() == 2


def test_a_cancelled_job_stops_and_what_was_read_stays(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.jobs.lease._BEAT", 0.0)
    job = intake.enqueue(app, upload(app, "a.txt", "b.txt", "c.txt"), at=dt.datetime.now(dt.UTC))
    add = app.store.add

    def add_and_cancel(*args: object, **given: object) -> object:
        app.store.cancel(job.id, at=dt.datetime.now(dt.UTC))
        return add(*args, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(type(app.store), "add", lambda _self, *args, **given: add_and_cancel(*args, **given))
    worker.run_once(app)
    ended = app.store.job(job.id)
    assert ended is not None
    assert ended.state == "cancelled"
    assert app.store.count_documents() == 1


def test_an_unknown_job_fails_with_a_reason(app: App) -> None:
    app.store.enqueue("bay", {}, at=dt.datetime.now(dt.UTC))
    assert worker.run_once(app)
    assert app.store.jobs()[0].state == "failed"


# the pool


def misbehave(request: str) -> str:
    """In a child: what a hostile file may do."""
    if request == "die":
        import os

        os._exit(3)
    if request == "hang":
        time.sleep(60)
    return request.upper()


def test_a_request_that_kills_or_hangs_its_process_costs_itself_alone() -> None:
    pool: Pool[str, str] = Pool(misbehave, processes=2, timeout=3)
    results = list(pool.map(iter(["a", "die", "b", "hang", "c", "die", "d"])))
    assert [(result.value, result.loss) for result in results] == [
        ("A", None),
        (None, "crashed"),
        ("B", None),
        (None, "timeout"),
        ("C", None),
        (None, "crashed"),
        ("D", None),
    ]


def test_children_read_the_same_as_the_main_process(app: App, files: Path, tmp_path: Path) -> None:
    ingest(app, [files])
    with open_app(Settings(home=tmp_path / "kho-2", processes=2)) as second:
        ingest(second, [files])
        assert snapshot.database(second.settings) == snapshot.database(app.settings)
        assert snapshot.entries(second) == snapshot.entries(app)
