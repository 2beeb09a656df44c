"""What every store must do with a document that is read again, with links in bulk, and with jobs of dead owners."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from nlp.model import Extraction, ReportItem, Task
from service.errors import Conflict, NotFound
from service.jobs.reading import intake_of
from service.records import Intake, NewLink, Rereading
from service.store.ports import Store
from tests.contract.store_suite import AT, LEASE, MINUTE, directive, document, link, report

LATER = AT + MINUTE


def with_tasks(*tasks: Task, sha: str = "a") -> Intake:
    old = directive(sha)
    return replace(old, tasks=tasks, rules="new")


def with_items(*items: ReportItem) -> Intake:
    old = report()
    assert old.report is not None
    return replace(old, report=replace(old.report, items=items))


@pytest.fixture
def kept(store: Store) -> tuple[Store, int, int, list[int], list[int]]:
    """A directive with two tasks and a report with two items: their ids."""
    plan, answer = store.add(directive(), at=AT), store.add(report(), at=AT)
    tasks, items = [task.id for task in store.tasks()], [item.id for item in store.items()]
    store.outbox_done([plan.id, answer.id])
    return store, plan.id, answer.id, tasks, items


Kept = tuple[Store, int, int, list[int], list[int]]


def tasks_of(store: Store) -> list[tuple[int, str, bool]]:
    return [(stored.id, stored.task.text, stored.vanished_at is not None) for stored in store.tasks()]


def test_reading_the_same_again_changes_no_id_and_no_link(kept: Kept) -> None:
    store, plan, answer, tasks, items = kept
    put(store, answer, {items[0]: [link(tasks[0])]})
    before = store.tasks(), store.items(), store.links(), store.linkings(), store.revision()
    assert store.replace(plan, directive(), at=LATER) == Rereading(same=2)
    assert store.replace(answer, report(), at=LATER) == Rereading(same=2)
    assert (store.tasks(), store.items(), store.links(), store.linkings(), store.revision()) == before
    assert store.outbox() == [plan, answer]


def test_all_facts_are_the_new_ones_and_what_came_with_the_file_stays(kept: Kept) -> None:
    store, plan, *_ = kept
    header = replace(directive().header, symbol="13/KH-UBND", title="Về cải cách hành chính")
    text = "13/KH-UBND"
    new = replace(directive(), header=header, text=text, citations=(), file="khac.txt", rules="new", status="ok")
    store.replace(plan, new, at=LATER)
    found = store.document(plan)
    assert found is not None
    assert (found.header, found.key, found.rules, found.read_at) == (header, "13/KH-UBND@2025-01-09", "new", LATER)
    assert (found.file, found.known_at, found.status, found.text_chars) == ("ke-hoach.txt", AT, "ok", len(text))
    assert (store.text(plan), store.citations(plan)) == (text, [])
    assert [kept.id for kept in store.documents(not_read_by="new")] == [2]


def test_tasks_keep_ids_and_confirmations_when_ordinals_shift(kept: Kept) -> None:
    store, plan, _, tasks, _ = kept
    store.confirm_task(tasks[1], by="Lan", at=AT)
    old = directive().tasks
    first = replace(old[0], id="12/KH-UBND#1", text="Công an tỉnh bảo đảm an ninh trật tự")
    moved = [replace(old[0], id="12/KH-UBND#2", start=40), replace(old[1], id="12/KH-UBND#3")]
    assert store.replace(plan, with_tasks(first, *moved), at=LATER) == Rereading(same=2, added=1)
    after = store.tasks()
    assert [stored.id for stored in after[1:]] == tasks
    assert after[0].id not in tasks
    assert [stored.task for stored in after] == [first, *moved]
    assert (after[2].confirmed_by, after[2].confirmed_at, after[2].known_at) == ("Lan", AT, AT)
    assert after[0].known_at == LATER


def test_a_vanished_task_stays_if_confirmed_and_goes_with_its_proposals_if_not(kept: Kept) -> None:
    store, plan, answer, tasks, items = kept
    put(store, answer, {items[0]: [link(tasks[0]), link(tasks[1], 2)]})
    store.confirm_task(tasks[0], by="Lan", at=AT)
    assert store.replace(plan, with_tasks(), at=LATER) == Rereading(vanished=1, removed=1)
    [stayed] = store.tasks()
    assert (stayed.id, stayed.confirmed, stayed.vanished_at) == (tasks[0], True, LATER)
    assert store.links() == []
    assert store.linkings()[0].revision is None
    again = store.replace(plan, with_tasks(), at=LATER + MINUTE)
    assert again == Rereading()
    assert store.tasks()[0].vanished_at == LATER


def test_a_vanished_task_keeps_the_links_that_were_decided(kept: Kept) -> None:
    store, plan, answer, tasks, items = kept
    put(store, answer, {items[0]: [link(tasks[0])], items[1]: [link(tasks[0])]})
    chosen = store.links()[0]
    store.decide(chosen.id, "rejected", by="Lan", at=AT)
    store.replace(plan, with_tasks(), at=LATER)
    assert [(kept.id, kept.decision) for kept in store.links()] == [(chosen.id, "rejected")]
    assert [kept.decision for kept in store.links(known_at=AT)] == ["rejected", "suggested"]
    assert tasks_of(store) == [(tasks[0], "Sở Nội vụ tham mưu", True)]


def test_a_vanished_task_that_is_found_again_is_there_again(kept: Kept) -> None:
    store, plan, _, tasks, _ = kept
    store.confirm_task(tasks[0], by="Lan", at=AT)
    store.replace(plan, with_tasks(), at=LATER)
    revision = store.revision()
    store.replace(plan, directive(), at=LATER)
    assert tasks_of(store)[0] == (tasks[0], "Sở Nội vụ tham mưu", False)
    assert store.task_changes(revision)[0].task_id == tasks[0]


def test_other_wording_makes_decided_links_suspect_until_somebody_decides_again(kept: Kept) -> None:
    store, plan, answer, tasks, items = kept
    put(store, answer, {items[0]: [link(tasks[0])], items[1]: [link(tasks[1])]})
    chosen = store.links()[0]
    store.decide(chosen.id, "confirmed", by="Lan", at=AT)
    longer = replace(directive().tasks[0], text="Sở Nội vụ tham mưu, trình phê duyệt")
    assert store.replace(plan, with_tasks(longer, directive().tasks[1]), at=LATER) == Rereading(same=1, changed=1)
    assert [kept.suspect for kept in store.links()] == [True, False]
    assert [kept.suspect for kept in store.links(known_at=AT)] == [False, False]
    assert store.links()[0].decision == "confirmed"
    assert not store.decide(chosen.id, "confirmed", by="Lan", at=LATER).suspect


def test_another_day_makes_links_suspect_another_lead_does_not(kept: Kept) -> None:
    store, plan, answer, tasks, items = kept
    put(store, answer, {items[0]: [link(tasks[0])]})
    new = replace(directive().tasks[0], lead=("Sở Tài chính",))
    store.replace(plan, with_tasks(new, directive().tasks[1]), at=LATER)
    assert not store.links()[0].suspect
    store.replace(plan, with_tasks(replace(new, deadline=None), directive().tasks[1]), at=LATER)
    assert store.links()[0].suspect
    assert [change.task_id for change in store.task_changes(store.linkings()[0].revision or 0)] == [tasks[0]]


def test_report_items_carry_their_links_and_the_report_waits_for_linking(kept: Kept) -> None:
    store, _, answer, tasks, items = kept
    put(store, answer, {items[0]: [link(tasks[0])], items[1]: [link(tasks[1])]})
    for each in store.links():
        store.decide(each.id, "confirmed", by="Lan", at=AT)
    first, second = report().report.items  # type: ignore[union-attr]  # it is a report
    new = [ReportItem("i1", "Mở đầu", 0, 2), replace(first, id="i2", text="Đã xong việc")]
    assert store.replace(answer, with_items(*new), at=LATER) == Rereading(changed=1, added=1, vanished=1)
    stored = store.items(answer)
    assert [(kept.id, kept.vanished_at) for kept in stored[1:]] == [(items[0], None), (items[1], LATER)]
    assert stored[2].item == second
    assert [item.text for item in store.report(answer).items] == ["Mở đầu", "Đã xong việc"]  # type: ignore[union-attr]
    assert {kept.item_id: kept.suspect for kept in store.links()} == {items[0]: True, items[1]: False}
    assert store.linkings()[0].revision is None


def test_a_report_that_reads_as_no_report_keeps_what_was_decided(kept: Kept) -> None:
    store, _, answer, tasks, items = kept
    put(store, answer, {items[0]: [link(tasks[0])]})
    store.decide(store.links()[0].id, "confirmed", by="Lan", at=AT)
    store.replace(answer, replace(report(), report=None, role="other"), at=LATER)
    assert store.report(answer) is None
    assert [kept.id for kept in store.items(answer)] == [items[0]]
    assert len(store.links()) == 1
    store.replace(answer, report(), at=LATER)
    assert store.items(answer)[0].vanished_at is None


def test_another_file_or_no_document_replaces_nothing(kept: Kept) -> None:
    store, plan, *_ = kept
    with pytest.raises(NotFound):
        store.replace(99, directive(), at=LATER)
    with pytest.raises(Conflict):
        store.replace(plan, directive("f"), at=LATER)


# linking in bulk


def put(store: Store, document_id: int, links: dict[int, Sequence[NewLink]], scorer: str = "linear-0") -> None:
    store.put_report_links(document_id, links, scorer=scorer, revision=store.revision(), at=AT)


def test_a_reports_links_are_put_at_once_with_what_they_rest_on(kept: Kept) -> None:
    store, _, answer, tasks, items = kept
    assert [(one.document_id, one.revision, one.scorer) for one in store.linkings()] == [(answer, None, None)]
    gone = 999
    put(store, answer, {items[0]: [link(tasks[0]), link(gone, 2)], items[1]: [link(None)], gone: [link(tasks[0])]})
    assert [(kept.item_id, kept.task_id) for kept in store.links()] == [(items[0], tasks[0]), (items[1], None)]
    [one] = store.linkings()
    assert (one.linked_at, one.revision, one.scorer) == (AT, store.revision(), "linear-0")
    put(store, answer, {items[0]: [link(tasks[1])], items[1]: [link(None)]}, "linear-1")
    assert [kept.task_id for kept in store.links(item_id=items[0])] == [tasks[1]]
    assert store.linkings()[0].scorer == "linear-1"


def test_revisions_order_what_was_added_and_note_what_was_looked_at(kept: Kept) -> None:
    store, _, answer, tasks, items = kept
    put(store, answer, {items[0]: [link(tasks[0])]})
    linked = store.linkings()[0].revision or 0
    assert store.task_changes(linked) == []
    new = store.add(directive("c", "14/KH-UBND"), at=AT - MINUTE)  # an earlier time, a later commit
    changes = store.task_changes(linked)
    assert {change.document_id for change in changes} == {new.id}
    assert all(change.revision == store.revision() > linked for change in changes)
    store.note_linked(answer, revision=store.revision(), at=LATER)
    assert store.linkings()[0].linked_at == LATER
    assert store.task_changes(store.linkings()[0].revision or 0) == []
    assert store.add(intake_of(document("d"), Extraction()), at=AT)
    assert store.revision() == changes[0].revision  # a document without tasks changes no task


def test_active_links_are_found_by_directive(kept: Kept) -> None:
    store, plan, answer, tasks, items = kept
    other = store.add(directive("c", "14/KH-UBND"), at=AT)
    third = store.tasks(document_id=other.id)[0].id
    weak = replace(link(tasks[1], 2), decision="none")
    put(
        store, answer, {items[0]: [link(tasks[0]), weak], items[1]: [link(third), replace(link(None), decision="none")]}
    )
    assert [kept.task_id for kept in store.links(directive_ids=[plan])] == [tasks[0], tasks[1]]
    assert [kept.task_id for kept in store.links(directive_ids=[plan], active=True)] == [tasks[0]]
    assert [kept.task_id for kept in store.links(active=True, known_at=AT)] == [tasks[0], third]
    assert store.links(directive_ids=[]) == []
    assert store.linked_reports() == store.linked_reports(known_at=AT) == {answer}
    assert store.linked_reports(known_at=AT - MINUTE) == set()
    for each in store.links(active=True):
        store.decide(each.id, "rejected", by="Lan", at=LATER)
    assert store.linked_reports() == set()


# the outbox and jobs


def test_a_document_queued_again_while_it_is_indexed_stays_queued(kept: Kept) -> None:
    store, plan, *_ = kept
    store.replace(plan, directive(), at=LATER)
    mark = store.outbox_mark()
    queued = store.outbox()
    store.replace(plan, directive(), at=LATER)
    store.outbox_done(queued, mark=mark)
    assert store.outbox() == [plan]
    store.outbox_done(store.outbox(), mark=store.outbox_mark())
    assert store.outbox() == []


def test_a_dead_owners_job_is_taken_over_once(store: Store) -> None:
    job = store.enqueue("ingest", {"paths": ["a"]}, total=3, at=AT, owner="dead", lease=LEASE)
    store.heartbeat(job.id, "dead", at=AT, lease=LEASE, done=2, failed=1, phase="đọc")
    assert [found.id for found in store.unfinished("ingest")] == [job.id]
    assert store.unfinished("reread") == []
    assert store.take_over(job.id, "other", "new", at=AT, lease=LEASE) is None
    taken = store.take_over(job.id, "dead", "new", at=AT, lease=LEASE)
    assert taken is not None
    assert (taken.id, taken.lease_owner, taken.done, taken.failed, taken.attempts) == (job.id, "new", 0, 0, 2)
    assert store.take_over(job.id, "dead", "third", at=AT, lease=LEASE) is None
    assert not store.heartbeat(job.id, "dead", at=AT, lease=LEASE, done=3, failed=0, phase="")
    store.finish(job.id, "new", at=AT)
    assert store.unfinished("ingest") == []
