"""Documents read again by other rules: what people decided stays, what vanished is told, a kill loses nothing."""

from __future__ import annotations

import datetime as dt
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from corpus.model import Document
from nlp import pipeline
from nlp.model import Extraction
from nlp.scorer import shipped
from service import ingest as intake
from service import linking, reread, worker
from service.bootstrap import App, open_app
from service.errors import NotFound
from service.gaps import gaps, parse_query
from service.index.ports import Query
from service.ingest import ingest
from service.jobs.lease import LEASE
from service.linking import link
from service.records import RULES, StoredDocument, StoredTask
from service.settings import Settings
from service.store.sql import tables
from tests.integration import corpus, snapshot

Change = Callable[[Extraction], Extraction]


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with open_app(Settings(home=tmp_path / "kho", processes=0)) as opened:
        ingest(opened, [corpus.write(tmp_path / "van-ban")])
        linking.link_all(opened)
        yield opened


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> Callable[[Change], None]:
    """Other rules than today's, as a change of what today's find."""
    extract = pipeline.extract

    def use(change: Change) -> None:
        def changed(document: Document) -> Extraction:
            found = extract(document)
            return change(found) if found.tasks or found.report else found

        monkeypatch.setattr(pipeline, "extract", changed)

    return use


def plan_of(app: App, name: str = "ban-sao.txt") -> StoredDocument:
    return next(d for d in app.store.documents() if d.file.endswith(name))


def task_with(app: App, words: str, name: str = "ban-sao.txt") -> StoredTask:
    return next(t for t in app.store.tasks(document_id=plan_of(app, name).id) if words in t.task.text)


def shift_and_drop(words: str) -> Change:
    """Rules that find one task more at the head, whose ordinals shift, and no longer find another."""

    def change(found: Extraction) -> Extraction:
        if not found.tasks:
            return found
        first = replace(found.tasks[0], id=f"{found.tasks[0].id.partition('/')[0]}/moi", text="Nâng cao chất lượng")
        rest = [task for task in found.tasks if words not in task.text]
        renumbered = [replace(task, id=f"{task.id}#{n + 9}") for n, task in enumerate(rest)]
        return replace(found, tasks=(first, *renumbered))

    return change


def test_the_same_rules_read_the_same(app: App) -> None:
    before = snapshot.database(app.settings)
    result = reread.reread(app, "all")
    assert (result.facts.changed, result.facts.added, result.facts.vanished, result.facts.removed) == (0, 0, 0, 0)
    assert result.read == 4
    assert snapshot.database(app.settings) == before
    assert linking.link_all(app) == 0


def test_what_people_decided_survives_rules_that_shift_and_drop_tasks(
    app: App, rules: Callable[[Change], None]
) -> None:
    digitise, money = task_with(app, "số hóa hồ sơ"), task_with(app, "bố trí kinh phí")
    app.store.confirm_task(money.id, by="Lan", at=dt.datetime.now(dt.UTC))
    [proposal] = [link for link in app.store.links(task_id=digitise.id) if link.rank == 1][:1]
    linking.decide(app, proposal.id, "confirmed", by="Lan")
    rules(shift_and_drop("bố trí kinh phí"))
    result = reread.reread(app, "1/KH-UBND")
    assert result.facts.vanished == 1
    assert "không còn thấy nhưng giữ lại vì đã có quyết định 1" in result.lines()[-1]

    after = {task.id: task for task in app.store.tasks(document_id=plan_of(app).id)}
    assert after[digitise.id].task.text == digitise.task.text
    assert after[digitise.id].task.id != digitise.task.id
    assert after[money.id].confirmed_by == "Lan"
    assert after[money.id].vanished_at is not None
    link = app.store.link(proposal.id)
    assert link is not None
    assert (link.task_id, link.decision, link.suspect) == (digitise.id, "confirmed", False)

    query = parse_query(app.store, directive="1/KH-UBND", settings=app.settings)
    cells = [cell.to_json() for cell in gaps(app.store, query)]
    assert {cell["task"]["vanished"] for cell in cells if "bố trí kinh phí" in cell["task"]["text"]} == {True}
    found = {hit.ref for hit in app.index.search(Query(kind="task", document_ids=[plan_of(app).id]))}
    assert found == set(after) - {money.id}


def test_a_task_nobody_decided_about_goes_and_reports_are_linked_again(
    app: App, rules: Callable[[Change], None]
) -> None:
    gone = task_with(app, "số hóa hồ sơ")
    assert app.store.links(task_id=gone.id)
    rules(shift_and_drop("số hóa hồ sơ"))
    assert reread.reread(app, "1/KH-UBND").facts.removed == 1
    assert app.store.tasks(ids=[gone.id]) == []
    assert linking.link_all(app) == 1
    assert linking.link_all(app) == 0
    items = {stored.id for stored in app.store.items()}
    assert {link.item_id for link in app.store.links()} == items  # every statement has its answer, "none" or a task


def test_longer_wording_leaves_the_decision_and_marks_it(app: App, rules: Callable[[Change], None]) -> None:
    digitise = task_with(app, "số hóa hồ sơ")
    proposal = app.store.links(task_id=digitise.id)[0]
    linking.decide(app, proposal.id, "confirmed", by="Lan")
    rules(lambda found: replace(found, tasks=tuple(replace(t, text=t.text + " Báo cáo Sở.") for t in found.tasks)))
    reread.reread(app, "1/KH-UBND")
    linking.link_all(app)
    [line] = [line for line in linking.links(app, candidates=9) if line["id"] == proposal.id]
    assert (line["decision"], line["suspect"]) == ("confirmed", True)
    assert line["task"]["text"].endswith("Báo cáo Sở.")
    linking.decide(app, proposal.id, "confirmed", by="Minh")
    assert not app.store.link(proposal.id).suspect  # type: ignore[union-attr]  # it was there


def test_only_what_older_rules_read_is_outdated(app: App) -> None:
    assert reread.reread(app, "outdated").documents == 0
    with app.store._db.write() as connection:  # type: ignore[attr-defined]  # as a release of last year left it
        connection.execute(update(tables.documents).values(rules="2025.1/2025.1"))
    result = reread.reread(app, "outdated")
    assert (result.documents, result.read, result.failed) == (6, 4, 2)  # the secret one's original is not kept
    assert [d.file.rsplit("/", 1)[-1] for d in app.store.documents() if d.outdated] == ["mat.txt"]
    assert reread.reread(app, "outdated").documents == 0


def test_a_reading_that_fails_never_replaces_one_that_did_not(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    before = snapshot.database(app.settings)
    monkeypatch.setattr("corpus.reader._refusal", lambda *_: ("damaged", "Tệp hỏng"))
    result = reread.reread(app, "1/KH-UBND")
    assert (result.read, result.failed) == (0, 1)
    assert "giữ kết quả của lần đọc trước" in result.lines()[0]
    assert snapshot.database(app.settings) == before


def test_rules_that_break_on_a_text_cost_it_nothing_and_it_stays_outdated(
    app: App, rules: Callable[[Change], None], tmp_path: Path
) -> None:
    before = snapshot.database(app.settings)

    def broken(found: Extraction) -> Extraction:
        raise ValueError(found.header.symbol)

    rules(broken)
    assert reread.reread(app, "1/KH-UBND").failed == 1
    assert snapshot.database(app.settings) == before
    new = tmp_path / "moi.txt"
    new.write_text(corpus.DIRECTIVE.format(number=9), encoding="utf-8")
    ingest(app, [new])
    assert [d.file.rsplit("/", 1)[-1] for d in app.store.documents(not_read_by=RULES)] == ["moi.txt"]


def test_a_document_is_queued_once_read_by_the_worker_and_refused_without_original(app: App) -> None:
    plan, at = plan_of(app), dt.datetime.now(dt.UTC)
    job = reread.enqueue(app, plan.id, at=at)
    assert reread.enqueue(app, plan.id, at=at).id == job.id
    assert worker.run_once(app)
    ended = app.store.job(job.id)
    assert ended is not None
    assert (ended.state, ended.done, ended.total) == ("done", 1, 1)
    assert [entry.state for entry in app.store.job_files(job.id)] == ["kept"]
    for missing in (plan_of(app, "mat.txt").id, 999):
        with pytest.raises(NotFound):
            reread.enqueue(app, missing, at=at)
    with pytest.raises(NotFound):
        reread.reread(app, "999/KH-UBND")


def test_a_cancelled_job_stops(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.jobs.lease._BEAT", 0.0)
    replaced = type(app.store).replace

    def replace_and_cancel(self: object, *args: object, **given: object) -> object:
        app.store.cancel(app.store.jobs()[0].id, at=dt.datetime.now(dt.UTC))
        return replaced(self, *args, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(type(app.store), "replace", replace_and_cancel)
    result = reread.reread(app, "all")
    assert result.read == 1
    assert app.store.jobs()[0].state == "cancelled"


# jobs of dead processes


def a_dead_pid() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.mark.parametrize(
    ("owner", "left", "taken"),
    [
        ("{host}:{dead}:ab", dt.timedelta(minutes=1), True),
        ("{host}:{alive}:ab", dt.timedelta(minutes=1), False),
        ("{host}:{alive}:ab", dt.timedelta(minutes=-1), True),
        ("elsewhere:{dead}:ab", dt.timedelta(minutes=1), False),
        ("elsewhere:{dead}:ab", dt.timedelta(minutes=-1), True),
    ],
)
def test_the_same_command_takes_over_its_own_dead_job_alone(
    app: App, tmp_path: Path, owner: str, left: dt.timedelta, *, taken: bool
) -> None:
    files = tmp_path / "van-ban"
    payload = app.store.jobs()[0].payload
    name = owner.format(host=socket.gethostname(), dead=a_dead_pid(), alive=os.getpid())
    at = dt.datetime.now(dt.UTC) + left - LEASE
    job = app.store.enqueue(intake.KIND, payload, at=at, owner=name, lease=LEASE)
    other = app.store.enqueue(intake.KIND, {**payload, "arrived": "2025-01-01"}, at=at, owner=name, lease=LEASE)
    result = ingest(app, [files])
    assert (result.job_id == job.id) is taken
    ended = app.store.job(result.job_id)
    assert ended is not None
    assert (ended.state, ended.done, ended.total) == ("done", 8, 8)
    assert app.store.job(other.id).state == "running"  # type: ignore[union-attr]  # another command's


# what linking costs


def test_new_tasks_touch_only_the_reports_that_they_can_matter_to(
    app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scored: list[str] = []
    rank = link.rank_report

    def counted(*args: object, **given: object) -> object:
        scored.append("item")
        return rank(*args, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(link, "rank_report", counted)
    assert linking.link_all(app) == 0
    later = tmp_path / "sau.txt"
    later.write_text(corpus.DIRECTIVE.format(number=7).replace("01 năm 2025", "9 năm 2026"), encoding="utf-8")
    ingest(app, [later])  # issued after the report: no report can answer it
    assert linking.link_all(app) == 0
    assert scored == []
    other = tmp_path / "khac.txt"
    other.write_text(corpus.DIRECTIVE.format(number=8), encoding="utf-8")
    ingest(app, [other])
    assert linking.link_all(app) == 1
    assert linking.link_all(app) == 0
    monkeypatch.setattr(link, "active", lambda _store: replace(shipped(), version="linear-9"))
    assert linking.link_all(app) == 1
    assert linking.link_all(app) == 0


def test_a_report_linked_while_the_index_lags_is_linked_again(app: App) -> None:
    report = next(iter(app.store.documents(role="report")))
    app.store.outbox_all()
    linking.link_report(app, report.id)
    assert app.store.linkings()[0].revision is None
    intake.reindex(app)
    assert linking.link_all(app) == 1
    assert linking.link_all(app) == 0


# a kill in the middle

SCRIPT = """
import sys
from dataclasses import replace
from pathlib import Path

from nlp import pipeline
from service import reread
from service.bootstrap import open_app
from service.settings import Settings

extract = pipeline.extract


def other(document):
    found = extract(document)
    tasks = [replace(t, id=t.id + "#9", text=t.text + " Báo cáo Sở.") for t in found.tasks if "kinh phí" not in t.text]
    return replace(found, tasks=tuple(tasks))


pipeline.extract = other
if __name__ == "__main__":
    with open_app(Settings(home=Path(sys.argv[1]), processes=0)) as app:
        reread.reread(app, "all")
"""


def start(script: Path, home: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, str(script), str(home)], cwd=Path(__file__).resolve().parents[2])


@pytest.mark.slow
def test_killed_at_three_moments_and_run_again_equals_an_undisturbed_run(tmp_path: Path) -> None:
    files = corpus.write(tmp_path / "van-ban", directives=12)
    script = tmp_path / "doc_lai.py"
    script.write_text(SCRIPT, encoding="utf-8")
    for name in ("yen", "giet"):
        with open_app(Settings(home=tmp_path / name, processes=0)) as app:
            ingest(app, [files])
            linking.link_all(app)
            for task in app.store.tasks()[:12]:
                app.store.confirm_task(task.id, by="Lan", at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    began = time.monotonic()
    assert start(script, tmp_path / "yen").wait(120) == 0
    duration = time.monotonic() - began

    seed = time.time_ns() % 10**6
    chance = random.Random(seed)  # noqa: S311 - a moment, not a key
    for _ in range(3):
        process = start(script, tmp_path / "giet")
        time.sleep(chance.uniform(0.3, 0.95) * duration)
        process.kill()
        process.wait()
    assert start(script, tmp_path / "giet").wait(120) == 0

    calm, killed = Settings(home=tmp_path / "yen"), Settings(home=tmp_path / "giet")
    print("seed", seed, "duration", duration)
    assert snapshot.database(killed) == snapshot.database(calm), f"seed {seed}"
    with open_app(calm) as one, open_app(killed) as other:
        assert snapshot.entries(other) == snapshot.entries(one), f"seed {seed}"
        assert any(task.vanished_at for task in other.store.tasks())
        jobs = [job for job in other.store.jobs() if job.kind == reread.KIND]
        # A command may have ended before its kill, and the next one then began a job of its own: what counts is that none is left open.
        assert {job.state for job in jobs} == {"done"}, "a killed command's job is taken over"
