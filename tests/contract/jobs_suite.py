"""Jobs and the outbox: what every store must do; run on each adapter by a module that defines the fixture ``store``."""

import threading

import pytest

from service.errors import NotFound
from service.records import JobFile
from service.store.ports import Store
from tests.contract.store_suite import AT, LEASE, MINUTE, directive

# outbox


def test_the_outbox_holds_what_the_index_does_not_know(store: Store) -> None:
    first, second = store.add(directive("a"), at=AT).id, store.add(directive("b"), at=AT).id
    assert store.outbox() == [first, second]
    store.outbox_done([first])
    assert store.outbox() == [second]
    store.outbox_all()
    assert sorted(store.outbox()) == [first, second]
    assert len(store.outbox(limit=1)) == 1
    mark = store.outbox_mark()
    store.outbox_done([first, second], mark=mark)
    store.outbox_add([second, 999_999, second])
    store.outbox_add([])
    assert store.outbox() == [second]
    store.outbox_done([first, second], mark=mark)
    assert store.outbox() == [second], "queued again since the mark"


# jobs


def test_a_job_is_claimed_by_one_worker_and_ends_done(store: Store) -> None:
    job = store.enqueue("ingest", {"paths": ["a.pdf"]}, total=1, at=AT)
    assert job.state == "queued"
    claimed = store.claim("one", at=AT, lease=LEASE)
    assert claimed is not None
    assert (claimed.id, claimed.state, claimed.payload) == (job.id, "running", {"paths": ["a.pdf"]})
    assert store.claim("two", at=AT, lease=LEASE) is None
    assert store.heartbeat(job.id, "one", at=AT, lease=LEASE, done=1, failed=0, phase="đọc")
    store.finish(job.id, "one", at=AT)
    ended = store.job(job.id)
    assert ended is not None
    assert (ended.state, ended.done, ended.lease_owner) == ("done", 1, None)


def test_a_job_whose_worker_died_goes_to_another(store: Store) -> None:
    job = store.enqueue("ingest", {}, at=AT, owner="one", lease=LEASE)
    assert store.claim("two", at=AT + LEASE, lease=LEASE) is None
    taken = store.claim("two", at=AT + LEASE + MINUTE, lease=LEASE)
    assert taken is not None
    assert taken.id == job.id
    assert not store.heartbeat(job.id, "one", at=AT, lease=LEASE, done=1, failed=0, phase="")
    store.finish(job.id, "one", at=AT)
    assert [kept.state for kept in store.jobs()] == ["running"]


def test_a_job_that_kills_every_worker_is_given_up(store: Store) -> None:
    job = store.enqueue("ingest", {}, at=AT)
    at, claims = AT, 0
    while store.claim("one", at=at, lease=LEASE) is not None:
        at, claims = at + LEASE + MINUTE, claims + 1
        assert claims < 100
    ended = store.job(job.id)
    assert ended is not None
    assert ended.state == "failed"
    assert ended.error


def test_a_job_that_gets_further_each_time_is_never_given_up(store: Store) -> None:
    job, at = store.enqueue("ingest", {}, total=40, at=AT), AT
    for done in range(1, 40):
        claimed = store.claim("one", at=at, lease=LEASE)
        assert claimed is not None
        store.heartbeat(job.id, "one", at=at, lease=LEASE, done=0, failed=0, phase="")  # starts from the beginning
        assert store.jobs()[0].done == done - 1, "progress does not go back"
        store.heartbeat(job.id, "one", at=at, lease=LEASE, done=done, failed=0, phase="")
        at += LEASE + MINUTE
    assert store.jobs()[0].state == "running"


def test_a_cancelled_job_stops_at_the_next_heartbeat(store: Store) -> None:
    job = store.enqueue("ingest", {}, at=AT)
    store.claim("one", at=AT, lease=LEASE)
    store.cancel(job.id, at=AT)
    assert not store.heartbeat(job.id, "one", at=AT, lease=LEASE, done=1, failed=0, phase="")
    store.finish(job.id, "one", at=AT)
    assert [kept.state for kept in store.jobs()] == ["cancelled"]
    assert store.claim("two", at=AT + 2 * LEASE, lease=LEASE) is None


def test_a_released_job_is_queued_again_and_a_failed_one_says_why(store: Store) -> None:
    job = store.enqueue("ingest", {}, at=AT)
    store.claim("one", at=AT, lease=LEASE)
    store.release(job.id, "one", at=AT)
    assert store.claim("two", at=AT, lease=LEASE) is not None
    store.finish(job.id, "two", at=AT, error="Hết chỗ trên đĩa")
    ended = store.job(job.id)
    assert ended is not None
    assert (ended.state, ended.error) == ("failed", "Hết chỗ trên đĩa")


def test_a_job_that_failed_for_a_passing_reason_waits_and_is_tried_again(store: Store) -> None:
    job = store.enqueue("ingest", {}, at=AT)
    store.claim("one", at=AT, lease=LEASE)
    assert store.retry(job.id, "one", at=AT, after=2 * MINUTE, error="Hết chỗ trên đĩa")
    waiting = store.job(job.id)
    assert waiting is not None
    assert (waiting.state, waiting.error, waiting.attempts) == ("queued", "Hết chỗ trên đĩa", 1)
    assert waiting.not_before == AT + 2 * MINUTE
    assert store.claim("two", at=AT + MINUTE, lease=LEASE) is None
    again = store.claim("two", at=AT + 2 * MINUTE, lease=LEASE)
    assert again is not None
    assert (again.id, again.attempts) == (job.id, 2)
    store.retry(job.id, "one", at=AT, after=MINUTE, error="không còn là của mình")
    assert store.jobs()[0].state == "running"
    store.finish(job.id, "two", at=AT + 3 * MINUTE)
    ended = store.job(job.id)
    assert ended is not None
    assert (ended.state, ended.error) == ("done", None)


def test_a_job_is_not_tried_for_ever_but_a_person_may_start_it_again(store: Store) -> None:
    job = store.enqueue("ingest", {}, at=AT)
    at, tries = AT, 0
    while store.claim("one", at=at, lease=LEASE) is not None:
        tries += 1
        more = store.retry(job.id, "one", at=at, after=MINUTE, error="mất kết nối")
        at += 2 * MINUTE
        assert tries < 100
    assert not more
    ended = store.job(job.id)
    assert ended is not None
    assert (ended.state, ended.error) == ("failed", "mất kết nối")
    store.restart(job.id, at=at)
    again = store.claim("two", at=at, lease=LEASE)
    assert again is not None
    assert (again.id, again.attempts) == (job.id, 1)
    with pytest.raises(NotFound):
        store.restart(job.id, at=at)  # it runs
    with pytest.raises(NotFound):
        store.restart(999, at=at)


def test_threads_claim_each_job_once(store: Store) -> None:
    jobs = [store.enqueue("ingest", {}, at=AT).id for _ in range(12)]
    claimed: list[int] = []

    def work(owner: str) -> None:
        while (job := store.claim(owner, at=AT, lease=LEASE)) is not None:
            claimed.append(job.id)

    threads = [threading.Thread(target=work, args=(f"w{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claimed) == jobs


def test_every_file_of_a_job_is_told_once(store: Store) -> None:
    job = store.enqueue("ingest", {}, at=AT)
    store.record_files(job.id, [JobFile("a.pdf", "kept", "a" * 64), JobFile("b.pdf", "failed", None, "Tệp hỏng")])
    store.record_files(job.id, [JobFile("b.pdf", "kept", "b" * 64)])
    store.set_total(job.id, 2)
    assert [(entry.file, entry.state) for entry in store.job_files(job.id)] == [("a.pdf", "kept"), ("b.pdf", "kept")]
    total = store.job(job.id)
    assert total is not None
    assert total.total == 2
