"""What every store must do with what people say about tasks, and with tasks as they were known at a moment."""

import datetime as dt
from dataclasses import replace

import pytest

from nlp.model import Deadline, Task
from service.errors import Conflict, NotFound
from service.records import Origin, Rereading, TaskEdit
from service.store.ports import Store
from tests.contract.reread_suite import LATER, Kept, put, with_tasks
from tests.contract.store_suite import AT, MINUTE, directive, link

LAST = LATER + MINUTE
SOON = Deadline("30/6/2026", due=dt.date(2026, 6, 30), precision="day")


def edit(
    store: Store, *edits: TaskEdit, action: str = "correct", at: dt.datetime = LATER, why: str | None = None
) -> int:
    return store.edit_tasks(edits, action=action, by="Lan", at=at, reason=why).id


def test_a_correction_lies_over_the_reading_and_keeps_who_when_and_what_was(kept: Kept) -> None:
    store, plan, _, tasks, _ = kept
    edit(store, TaskEdit(tasks[0], {"lead": ("Sở Tài chính",), "deadline": SOON, "class_": "general"}))
    found = store.tasks(ids=[tasks[0]])[0]
    assert (found.task.lead, found.task.deadline, found.task.class_) == (("Sở Tài chính",), SOON, "general")
    assert found.task.text == directive().tasks[0].text
    assert found.machine == directive().tasks[0]
    told = {one.field: (one.value, one.was, one.by, one.at) for one in found.corrections}
    assert told["lead"] == (["Sở Tài chính"], ["Sở Nội vụ"], "Lan", LATER)
    assert found.corrected == {"lead", "deadline", "class_"}
    assert store.tasks(class_="tracked") == []
    assert store.outbox() == [plan]
    assert [(c.tasks, c.corrected) for c in store.task_counts()] == [(2, 1)]


def test_a_correction_that_says_what_the_machine_says_is_none(kept: Kept) -> None:
    store, _, _, tasks, _ = kept
    edit(store, TaskEdit(tasks[0], {"product": "Kế hoạch"}))
    edit(store, TaskEdit(tasks[0], {"product": None}))
    found = store.tasks(ids=[tasks[0]])[0]
    assert (found.corrections, found.machine, found.task) == ((), None, directive().tasks[0])
    edit(store, TaskEdit(tasks[0], {"product": "Kế hoạch", "lead": ()}), TaskEdit(tasks[1], confirmed=True))
    edit(store, TaskEdit(tasks[0], revert=("lead",)))
    assert store.tasks(ids=[tasks[0]])[0].corrected == {"product"}


def test_corrections_stay_when_the_document_is_read_again(kept: Kept) -> None:
    store, plan, _, tasks, _ = kept
    edit(store, TaskEdit(tasks[0], {"lead": ("Sở Tài chính",)}))
    new = replace(directive().tasks[0], product="Kế hoạch", lead=("Sở Nội vụ; Sở Y tế",), start=3)
    assert store.replace(plan, with_tasks(new, directive().tasks[1]), at=LAST) == Rereading(same=1, changed=1)
    found = store.tasks(ids=[tasks[0]])[0]
    assert (found.task.lead, found.task.product, found.task.start) == (("Sở Tài chính",), "Kế hoạch", 3)
    assert found.machine == new
    assert found.corrections[0].was == ["Sở Nội vụ"]


def test_a_corrected_task_that_vanished_is_shown_and_found_again(kept: Kept) -> None:
    store, plan, _, tasks, _ = kept
    edit(store, TaskEdit(tasks[0], {"text": "Sở Nội vụ tham mưu ban hành đề án"}))
    assert store.replace(plan, with_tasks(), at=LAST) == Rereading(vanished=1, removed=1)
    [gone] = store.tasks()
    assert (gone.id, gone.vanished_at, gone.task.text) == (tasks[0], LAST, "Sở Nội vụ tham mưu ban hành đề án")
    store.replace(plan, directive(), at=LAST)
    back = store.tasks()
    assert [task.id for task in back] == tasks  # the one that nobody spoke about has its number again
    assert (back[0].vanished_at, back[0].task.text) == (None, "Sở Nội vụ tham mưu ban hành đề án")


def test_what_people_added_or_removed_outlives_readings(kept: Kept) -> None:
    store, plan, _, tasks, _ = kept
    own = Task("", "Báo cáo kết quả", 0, 0, lead=("Sở Y tế",))
    edit(store, TaskEdit(new=own, document_id=plan, origin=Origin("manual", note="Bút phê")), action="add")
    edit(store, TaskEdit(tasks[1], removed=True), action="remove", why="Không phải nhiệm vụ")
    for intake in (directive(), with_tasks(directive().tasks[1]), directive()):
        store.replace(plan, intake, at=LAST)
        there = store.tasks(document_id=plan)
        assert [task.task.text for task in there if task.origin] == ["Báo cáo kết quả"]
        assert tasks[1] not in {task.id for task in there}
        assert all(task.vanished_at is None for task in there if task.origin)
    removed = next(task for task in store.tasks(removed=True) if task.id == tasks[1])
    assert removed.removal is not None
    assert (removed.removal.by, removed.removal.reason) == ("Lan", "Không phải nhiệm vụ")
    edit(store, TaskEdit(tasks[1], removed=False), action="restore", at=LAST)
    assert tasks[1] in {task.id for task in store.tasks()}


def test_a_task_added_by_hand_is_the_one_that_better_rules_find_later(kept: Kept) -> None:
    store, plan, *_ = kept
    own = Task("", "Sở Y tế báo cáo kết quả.", 0, 0, lead=("Sở Y tế tỉnh",))
    edit(store, TaskEdit(new=own, document_id=plan, origin=Origin("manual")), action="add")
    read = replace(own, id="12/KH-UBND#3", text="Sở Y tế báo cáo kết quả", lead=("Sở Y tế",), start=5, end=28)
    store.replace(plan, with_tasks(*directive().tasks, read), at=LAST)
    found = store.tasks(document_id=plan)
    assert len(found) == 3
    assert (found[2].task.lead, found[2].task.start, found[2].machine) == (("Sở Y tế tỉnh",), 5, read)


def test_operations_are_whole_and_can_be_undone_once(kept: Kept) -> None:
    store, plan, _, tasks, _ = kept
    before = [task.task for task in store.tasks()]
    with pytest.raises(NotFound):
        edit(store, TaskEdit(tasks[0], {"product": "Kế hoạch"}), TaskEdit(999, confirmed=True))
    assert [task.task for task in store.tasks()] == before
    part = Task("", "Phần sau", 0, 0)
    split = edit(
        store,
        TaskEdit(tasks[0], {"text": "Phần đầu"}, confirmed=True),
        TaskEdit(new=part, document_id=plan, origin=Origin("split", tasks[0])),
        action="split",
    )
    assert [task.task.text for task in store.tasks()] == ["Phần đầu", "Nâng cao trách nhiệm", "Phần sau"]
    undone = store.undo_operation(split, by="Minh", at=LAST)
    assert [task.task for task in store.tasks()] == before
    assert not store.tasks(ids=[tasks[0]])[0].confirmed
    with pytest.raises(Conflict):
        store.undo_operation(split, by="Minh", at=LAST)
    with pytest.raises(NotFound):
        store.undo_operation(999, by="Minh", at=LAST)
    told = store.operations(plan)
    assert [(one.id, one.action, one.by, one.tasks, one.undone) for one in told] == [
        (undone.id, "undo", "Minh", 2, None),
        (split, "split", "Lan", 2, undone.id),
    ]
    store.undo_operation(undone.id, by="Minh", at=LAST)  # done again
    assert [task.task.text for task in store.tasks()] == ["Phần đầu", "Nâng cao trách nhiệm", "Phần sau"]


def test_undoing_keeps_what_a_reading_brought_and_refuses_over_later_work(kept: Kept) -> None:
    store, plan, _, tasks, _ = kept
    first = edit(store, TaskEdit(tasks[0], {"lead": ("Sở Tài chính",)}))
    new = replace(directive().tasks[0], product="Kế hoạch")
    store.replace(plan, with_tasks(new, directive().tasks[1]), at=LAST)
    store.undo_operation(first, by="Lan", at=LAST)
    assert store.tasks(ids=[tasks[0]])[0].task == new
    second = edit(store, TaskEdit(tasks[0], {"lead": ("Sở Tài chính",)}), at=LAST)
    edit(store, TaskEdit(tasks[0], {"product": "Đề án"}), at=LAST)
    with pytest.raises(Conflict):
        store.undo_operation(second, by="Lan", at=LAST)


def test_nobody_writes_over_what_they_have_not_seen(kept: Kept) -> None:
    store, _, _, tasks, _ = kept
    seen = store.tasks(ids=[tasks[0]])[0].version
    edit(store, TaskEdit(tasks[0], {"product": "Kế hoạch"}, version=seen))
    with pytest.raises(Conflict):
        edit(store, TaskEdit(tasks[0], {"product": "Đề án"}, version=seen))
    seen = store.tasks(ids=[tasks[0]])[0].version
    edit(store, TaskEdit(tasks[0], {"product": "Đề án"}, version=seen))


def test_the_history_tells_each_state_and_known_at_shows_it(kept: Kept) -> None:
    store, plan, _, tasks, _ = kept
    edit(store, TaskEdit(tasks[0], {"lead": ("Sở Tài chính",)}), why="Theo văn bản phân công")
    store.replace(plan, with_tasks(), at=LAST)
    told = [(one.action, one.by, one.stored.task.lead, one.reason) for one in store.task_history(tasks[0])]
    assert told == [
        ("found", None, ("Sở Nội vụ",), None),
        ("correct", "Lan", ("Sở Tài chính",), "Theo văn bản phân công"),
        ("vanish", None, ("Sở Tài chính",), None),
    ]

    def then(moment: dt.datetime) -> list[tuple[int, tuple[str, ...], bool]]:
        found = store.tasks(document_id=plan, known_at=moment)
        return [(task.id, task.task.lead, task.vanished_at is not None) for task in found]

    assert then(AT - MINUTE) == []
    assert sorted(then(AT)) == [(tasks[0], ("Sở Nội vụ",), False), (tasks[1], (), False)]
    assert sorted(then(LATER)) == [(tasks[0], ("Sở Tài chính",), False), (tasks[1], (), False)]
    assert then(LAST) == [(tasks[0], ("Sở Tài chính",), True)]
    assert [task.id for task in store.tasks(class_="tracked", known_at=AT)] == [tasks[0]]
    with pytest.raises(NotFound):
        store.task_history(999)


def test_other_words_or_another_day_make_links_suspect(kept: Kept) -> None:
    store, _, answer, tasks, items = kept
    put(store, answer, {items[0]: [link(tasks[0])], items[1]: [link(tasks[1])]})
    store.decide(store.links()[0].id, "confirmed", by="Lan", at=AT)
    edit(store, TaskEdit(tasks[0], {"product": "Đề án"}))
    assert [one.suspect for one in store.links()] == [False, False]
    edit(store, TaskEdit(tasks[0], {"deadline": SOON}), TaskEdit(tasks[1], {"text": "Việc khác"}))
    assert [one.suspect for one in store.links()] == [True, True]
    changes = store.task_changes(store.linkings()[0].revision or 0)
    assert [change.task_id for change in changes] == tasks


def test_a_removed_task_loses_its_proposals_and_a_merged_one_hands_on_what_was_confirmed(kept: Kept) -> None:
    store, _, answer, tasks, items = kept
    put(store, answer, {items[0]: [link(tasks[1])], items[1]: [link(tasks[1])]})
    chosen = store.links()[0]
    store.decide(chosen.id, "confirmed", by="Minh", at=AT)
    merged = edit(store, TaskEdit(tasks[1], removed=True, into=tasks[0]), action="merge")
    there = [(one.item_id, one.task_id, one.decision, one.suspect) for one in store.links(task_id=tasks[0])]
    assert there == [(items[0], tasks[0], "confirmed", True)]
    assert [(one.item_id, one.decision) for one in store.links(task_id=tasks[1])] == [(items[0], "confirmed")]
    assert store.linkings()[0].revision is None
    store.undo_operation(merged, by="Lan", at=LAST)
    assert [one.decision for one in store.links(task_id=tasks[1])] == ["confirmed"]
    assert [one.decision for one in store.links(task_id=tasks[0])] == ["confirmed"]


def test_what_people_said_is_listed_for_training(kept: Kept) -> None:
    store, plan, _, tasks, _ = kept
    assert store.corrected_tasks() == []
    edit(store, TaskEdit(tasks[0], {"product": "Kế hoạch"}))
    edit(store, TaskEdit(tasks[1], removed=True), action="remove")
    assert [task.id for task in store.corrected_tasks()] == tasks
    edit(store, TaskEdit(tasks[0], {"product": None}))
    store.replace(plan, with_tasks(directive().tasks[1]), at=LAST)
    assert [task.id for task in store.corrected_tasks()] == [tasks[1]]


# tasks that read alike


def test_pairs_are_kept_each_once_and_sought_again_when_a_task_changed(kept: Kept) -> None:
    store, _, _, tasks, _ = kept
    assert store.unpaired(10) == tasks
    store.put_pairs({tasks[1]: {tasks[0]: 0.9, 999: 0.8}, tasks[0]: {tasks[1]: 0.9}}, revision=store.revision())
    [pair] = store.pairs()
    assert (pair.one, pair.other, pair.likeness, pair.decision) == (*tasks, 0.9, None)
    assert store.pairs([tasks[1]]) == [pair]
    assert store.pairs([999]) == []
    assert store.unpaired(10) == []
    edit(store, TaskEdit(tasks[1], {"product": "Đề án"}))
    assert store.unpaired(10) == [tasks[1]]
    store.put_pairs({tasks[1]: {}}, revision=store.revision())
    assert store.pairs() == []


def test_what_a_person_says_about_a_pair_stays(kept: Kept) -> None:
    store, _, _, tasks, _ = kept
    store.put_pairs({tasks[0]: {tasks[1]: 0.9}}, revision=store.revision())
    decided = store.decide_pair(store.pairs()[0].id, "different", by="Lan", at=LATER)
    assert (decided.decision, decided.by, decided.at) == ("different", "Lan", LATER)
    store.put_pairs({tasks[0]: {}}, revision=store.revision())
    assert store.pairs() == [decided]
    assert store.decide_pair(decided.id, None, by="Lan", at=LATER).by is None
    with pytest.raises(NotFound):
        store.decide_pair(999, "same", by="Lan", at=LATER)


def test_pairs_of_tasks_that_are_gone_are_not_shown(kept: Kept) -> None:
    store, _, _, tasks, _ = kept
    store.put_pairs({tasks[0]: {tasks[1]: 0.9}}, revision=store.revision())
    removed = edit(store, TaskEdit(tasks[1], removed=True), action="remove")
    assert store.pairs() == []
    store.undo_operation(removed, by="Lan", at=LAST)
    assert len(store.pairs()) == 1
