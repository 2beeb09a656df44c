"""What every store must do with what people decide about links; run by modules that define the fixture ``store``."""

import pytest

from service.errors import NotFound
from service.store.ports import Store
from tests.contract.store_suite import AT, MINUTE, link, linked

__all__ = [
    "linked",
    "test_a_person_gives_a_statement_another_task_or_none",
    "test_the_last_accepted_scorer_is_at_work",
    "test_what_was_decided_about_tasks_in_other_reports",
]


def test_a_person_gives_a_statement_another_task_or_none(linked: tuple[Store, int, int, int]) -> None:
    store, item, first, second = linked
    store.put_links(item, [link(first)], at=AT)
    given = store.decide_item(item, second, scorer="s-2", by="Lan", at=AT + MINUTE)
    assert (given.task_id, given.decision, given.decided_by, given.scorer) == (second, "confirmed", "Lan", "s-2")
    assert {one.task_id: one.decision for one in store.links(item_id=item)} == {first: "rejected", second: "confirmed"}
    nothing = store.decide_item(item, None, scorer="s-2", by="Hà", at=AT + 2 * MINUTE)
    assert (nothing.task_id, nothing.decision) == (None, "confirmed")
    assert store.links(item_id=item, active=True) == []
    store.put_links(item, [link(first, 1, 0.99)], at=AT + 3 * MINUTE)
    assert store.links(item_id=item, active=True) == []  # the machine proposes nothing against a person's word
    with pytest.raises(NotFound):
        store.decide_item(item, 10**6, scorer="s-2", by="Hà", at=AT)
    store.decide_item(item, first, scorer="s-2", by="Lan", at=AT + 4 * MINUTE)
    assert [one.task_id for one in store.links(item_id=item, active=True)] == [first]


def test_what_was_decided_about_tasks_in_other_reports(linked: tuple[Store, int, int, int]) -> None:
    store, item, first, second = linked
    report = store.items(ids=[item])[0].document_id
    store.put_links(item, [link(first)], at=AT)
    assert store.decided_pairs([first, second], but=0, limit=10) == []  # a proposal is no decision
    store.decide_item(item, second, scorer="s-2", by="Lan", at=AT + MINUTE)
    found = store.decided_pairs([first, second], but=0, limit=10)
    assert {(one.item_id, one.document_id, one.task_id, one.confirmed) for one in found} == {
        (item, report, first, False),
        (item, report, second, True),
    }
    assert store.decided_pairs([first, second], but=report, limit=10) == []
    assert len(store.decided_pairs([first, second], but=0, limit=1)) == 1
    store.decide_item(item, None, scorer="s-2", by="Lan", at=AT + 2 * MINUTE)
    told = {(one.task_id, one.confirmed) for one in store.decided_pairs([first], but=0, limit=10)}
    assert told == {(first, False), (None, True)}


def test_the_last_accepted_scorer_is_at_work(store: Store) -> None:
    assert store.scorer() is None
    store.put_scorer("s-1", {"version": "s-1"}, {"hit1": 0.9}, accepted=True, by="Lan", at=AT)
    store.put_scorer("s-2", {"version": "s-2"}, {"hit1": 0.4}, accepted=False, by="Lan", at=AT)
    kept = store.scorer()
    assert kept is not None
    assert (kept.version, kept.content, kept.by, kept.known_at) == ("s-1", {"version": "s-1"}, "Lan", AT)
    assert [one.version for one in store.scorers()] == ["s-2", "s-1"]
