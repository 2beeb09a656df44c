"""The kept cells on every store: weighed again after every change, counted and listed as weighed afresh."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from nlp.model import Deadline
from service.asked_records import Charge
from service.cells import FAR, Basis, Cell, CellQuery
from service.errors import NotFound
from service.follow_records import NewMove
from service.gaps import GapQuery, count, gaps
from service.records import TaskEdit
from service.store.ports import Store
from tests.golden_matrices import cases, expected, played
from tests.office import Office, ask, axes, check_totals, task

D = dt.date
AT = dt.datetime(2026, 7, 1, 8, tzinfo=dt.UTC)
JULY = D(2026, 7, 10)
ISSUED, DUE = D(2026, 1, 5), D(2026, 6, 30)
WORK = "Ban hành Quy chế hoạt động của Bộ phận Một cửa"
OTHER = "Công khai kết quả giải quyết thủ tục hành chính"
DONE = "Đã ban hành Quyết định số 12/QĐ-UBND ngày 20/6/2026"


@pytest.fixture
def filled(store: Store) -> Office:
    """Two tasks, one of which recurs, and a report on the first."""
    office = Office(store)
    office.directive(
        "88/KH-UBND",
        ISSUED,
        task(WORK, "Sở Nội vụ", "các sở, ban, ngành", due=DUE),
        task(OTHER, "Sở Y tế", deadline=Deadline("Hằng quý", recurrence="quarterly")),
    )
    [item] = office.report("Sở Nội vụ", D(2026, 6, 25), (DONE, "done"))
    office.link(item, WORK)
    return office


def found(office: Office, as_of: D = JULY, **query: object) -> dict[tuple[str | None, str | None], Sequence[object]]:
    return {(c.duty.unit, c.duty.span.label if c.duty.span else None): axes(c) for c in ask(office, as_of, **query)}


def test_cells_follow_a_decision(filled: Office) -> None:
    assert found(filled)["Sở Nội vụ", None] == ("done_on_time", "reported", "done")
    [link] = [link for link in filled.store.links() if link.task_id]
    filled.store.decide(link.id, "rejected", by="A", at=AT)
    assert found(filled)["Sở Nội vụ", None] == ("open_overdue", "missing", None)
    filled.store.decide(link.id, "confirmed", by="A", at=AT)
    assert found(filled)["Sở Nội vụ", None] == ("done_on_time", "reported", "done")


def test_cells_follow_a_report_that_comes_later(filled: Office) -> None:
    assert found(filled)["Sở Y tế", "quý II/2026"] == ("open_overdue", "missing", None)
    [item] = filled.report("Sở Y tế", D(2026, 7, 5), ("Đã công khai quý II/2026 tại 12 xã", "done"), symbol="9/BC")
    filled.link(item, OTHER, confirmed=True)
    assert found(filled)["Sở Y tế", "quý II/2026"] == ("done_late", "reported_late", "done")
    assert found(filled)["Sở Y tế", "quý I/2026"] == ("open_overdue", "missing", None)


def test_cells_follow_a_moved_deadline_from_its_day_on(filled: Office) -> None:
    number = filled.tasks[WORK]
    after = {"due": "2026-09-30"}
    filled.store.add_moves(
        [NewMove(number, "extended", D(2026, 7, 8), unit="các sở, ban, ngành", after=after)], by="A", at=AT
    )
    assert found(filled, D(2026, 7, 7))["các sở, ban, ngành", None] == ("open_overdue", "missing", None)
    assert found(filled, D(2026, 7, 8))["các sở, ban, ngành", None] == ("open_in_time", "not_due", None)
    assert found(filled, D(2026, 10, 1))["các sở, ban, ngành", None] == ("open_overdue", "missing", None)


def test_cells_follow_suspension_end_and_another_lead(filled: Office) -> None:
    number = filled.tasks[OTHER]
    moves = [
        NewMove(number, "suspended", D(2026, 4, 10), period="quý I/2026"),
        NewMove(number, "lead_moved", D(2026, 5, 1), period="quý II/2026", after={"lead": "Sở Tư pháp"}),
        NewMove(number, "ended", D(2026, 8, 1)),
    ]
    filled.store.add_moves(moves, by="A", at=AT)
    july = found(filled)
    assert july["Sở Y tế", "quý I/2026"] == ("open_in_time", "not_due", None)
    assert july["Sở Tư pháp", "quý II/2026"] == ("open_overdue", "missing", None)
    assert ("Sở Y tế", "quý II/2026") not in july
    assert {unit for unit, _ in found(filled, D(2026, 8, 1))} == {"Sở Nội vụ", "các sở, ban, ngành"}


def test_cells_follow_a_returned_and_a_confirmed_result(filled: Office) -> None:
    number = filled.tasks[WORK]
    filled.store.add_moves([NewMove(number, "redo", D(2026, 7, 2), unit="Sở Nội vụ")], by="A", at=AT)
    assert found(filled, D(2026, 7, 1))["Sở Nội vụ", None][0] == "done_on_time"
    assert found(filled)["Sở Nội vụ", None][0] == "open_overdue"
    confirmed = NewMove(number, "confirmed", D(2026, 7, 20), unit="Sở Nội vụ", after={"done": "2026-07-15"})
    filled.store.add_moves([confirmed], by="A", at=AT)
    assert found(filled, D(2026, 7, 19))["Sở Nội vụ", None][0] == "open_overdue"
    assert found(filled, D(2026, 7, 20))["Sở Nội vụ", None][0] == "done_late"


def test_cells_follow_a_correction_of_the_task(filled: Office) -> None:
    number = filled.tasks[WORK]
    filled.store.edit_tasks([TaskEdit(number, fields={"lead": ("Sở Tài chính",)})], action="correct", by="A", at=AT)
    assert ("Sở Tài chính", None) in found(filled)
    assert ("các sở, ban, ngành", None) not in found(filled)


def test_a_far_day_lets_periods_reach_further(filled: Office) -> None:
    assert ("Sở Y tế", "quý I/2030") in found(filled, D(2030, 2, 1))
    assert ("Sở Y tế", "quý IV/2026") not in found(filled)


def test_what_another_process_struck_off_is_not_written(store: Store) -> None:
    office = Office(store)
    office.directive("1/KH", ISSUED, task(WORK, "Sở Y tế", due=DUE))
    store.gap_restart(Basis("x", 740_000))
    dirt = [entry.id for entry in store.gap_dirt(10)]
    number = office.tasks[WORK]
    cell = Cell(number, 1, "Sở Y tế", opens=700_000)
    assert store.put_cells(dirt, [number], [cell], fields={})
    assert not store.put_cells(dirt, [number], [replace(cell, unit="Sở khác")], fields={})
    assert [seen.unit for seen in store.gap_cells(CellQuery(day=710_000))] == ["Sở Y tế"]


def test_a_question_is_not_held_by_a_job_that_goes_on_changing_things(
    filled: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A board was not shown until the linking of a thousand reports had ended: each found new changes to weigh."""
    found(filled)
    store, first, weighed = filled.store, filled.tasks[WORK], []
    put = store.put_cells

    def put_while_linking(*given: Any, **named: Any) -> bool:
        assert len(weighed) < 20, "the question never ends"
        weighed.append(given)
        store.gap_touch(tasks=[first])
        return put(*given, **named)

    store.edit_tasks([TaskEdit(first, fields={"lead": ("Sở Tài chính",)})], action="correct", by="A", at=AT)
    monkeypatch.setattr(store, "put_cells", put_while_linking)
    assert ("Sở Tài chính", None) in found(filled)
    left = store.gap_newest()
    assert [entry.task_id for entry in store.gap_dirt(10, until=left)] == [first]
    assert store.gap_dirt(10, until=left - 1) == []


def test_cells_that_are_made_anew_are_one_whole(store: Store) -> None:
    Office(store).directive("1/KH", ISSUED, task(WORK, "Sở Y tế", due=DUE))
    store.gap_restart(Basis("x", 740_000))
    assert store.gap_dirt(10, until=0) == store.gap_dirt(10) != []


def test_cells_on_another_directory_of_units_stay_till_new_ones_come(filled: Office) -> None:
    """An edit of one unit had emptied the board of an office until all was weighed again."""
    seen, store = found(filled), filled.store
    basis = store.gap_basis()
    assert basis is not None
    assert basis.counted
    store.gap_renew(basis.signature)
    assert store.gap_pending() == (0, 0)
    store.gap_renew(f"{basis.signature}0")
    assert store.gap_pending() == (2, 2)
    assert store.gap_pending(everything=True) == (2, 2)
    with store.one_moment():
        assert count(store, GapQuery(as_of=JULY)).total == len(seen)
    assert found(filled) == seen
    assert store.gap_pending() == (0, 0)


def test_what_is_made_anew_twice_at_once_is_made_once(filled: Office) -> None:
    """Two workers that started with new settings threw each other's cells away."""
    found(filled)
    basis = filled.store.gap_basis()
    assert basis is not None
    filled.store.gap_restart(basis)
    assert filled.store.gap_pending() == (0, 0)


def test_a_moment_is_held_whatever_is_written_meanwhile(filled: Office) -> None:
    seen, store = found(filled), filled.store
    with store.one_moment():
        assert store.held
        before = count(store, GapQuery(as_of=JULY))
        [link] = [link for link in store.links() if link.task_id]
        store.decide(link.id, "rejected", by="A", at=AT)
        assert [one.decision for one in store.links() if one.id == link.id] == [link.decision]
        assert store.gap_pending() == (0, 0)
        assert count(store, GapQuery(as_of=JULY)) == before
    assert not store.held
    assert store.gap_pending() != (0, 0)
    assert found(filled)["Sở Nội vụ", None] != seen["Sở Nội vụ", None]


def test_units_and_directives_of_the_cells_are_those_with_totals(filled: Office) -> None:
    found(filled)
    for query in (CellQuery(day=JULY.toordinal(), ended=True), CellQuery(day=(ISSUED - dt.timedelta(1)).toordinal())):
        for by in ("unit", "directive"):
            totals = {one.key[0]: one.total for one in filled.store.gap_counts(query, by)}
            assert filled.store.gap_totals(query, by) == totals


def test_daily_sums_stay_exact_when_cells_are_replaced(store: Store) -> None:
    office = Office(store)
    office.directive("1/KH", ISSUED, task(WORK, "Sở Y tế", due=DUE))
    store.gap_restart(Basis("x", 740_000))
    number = office.tasks[WORK]
    cell = Cell(number, 1, "Sở Y tế", opens=100, due=200, last=200, report_due=200, report_last=200)
    assert store.put_cells([entry.id for entry in store.gap_dirt(10)], [number], [cell], fields={})
    store.gap_counted()
    for closes in (FAR, 300, FAR, 150):
        store.gap_touch(tasks=[number])
        dirt = [entry.id for entry in store.gap_dirt(10)]
        assert store.put_cells(dirt, [number], [replace(cell, closes=closes)], fields={})
        for day in (99, 100, 149, 150, 200, 201, 299, 300, 1000):
            [summed] = store.gap_counts(CellQuery(day=day))
            [looked] = store.gap_counts(CellQuery(day=day, tasks=[number]))
            assert summed == looked


# Questions that people keep, and who is in charge of what.


def test_saved_questions_are_counted_shared_and_ones_own_to_remove(store: Store) -> None:
    kept = store.save_search(
        "Sắp trễ", owner="An", question="việc nào sắp trễ", query={"rules": ["due_soon"]}, shared=False, at=AT
    )
    shared = store.save_search("Nợ báo cáo", owner="Bình", question="", query={}, shared=True, at=AT)
    assert [one.name for one in store.searches("An")] == ["Nợ báo cáo", "Sắp trễ"]
    assert [one.name for one in store.searches("Bình")] == ["Nợ báo cáo"]
    assert store.use_search(kept.id, at=AT).used == 1
    assert (store.searches("An")[0].name, store.searches("An")[0].used_at) == ("Sắp trễ", AT)
    again = store.save_search("Sắp trễ", owner="An", question="việc sắp trễ", query={"rules": []}, shared=True, at=AT)
    assert (again.id, again.used, again.question, again.shared) == (kept.id, 1, "việc sắp trễ", True)
    with pytest.raises(NotFound):
        store.remove_search(shared.id, owner="An")
    store.remove_search(kept.id, owner="An")
    with pytest.raises(NotFound):
        store.use_search(kept.id, at=AT)


def test_a_leader_is_in_charge_of_units_and_fields(filled: Office) -> None:
    filled.store.put_charges(
        [
            Charge("Lan", "unit", "Sở Y tế"),
            Charge("Lan", "matter", "nội vụ"),
            Charge("Hùng", "matter", "cải cách hành chính"),
        ]
    )
    assert {unit for unit, _ in found(filled, leader="Lan")} == {"Sở Y tế"}
    assert {unit for unit, _ in found(filled, leader="Hùng")} == {"Sở Nội vụ", "các sở, ban, ngành", "Sở Y tế"}
    assert found(filled, leader="Đức") == {}
    assert {unit for unit, _ in found(filled, matter="cải cách hành chính")} == {
        "Sở Nội vụ",
        "các sở, ban, ngành",
        "Sở Y tế",
    }
    assert found(filled, matter="y tế") == {}


def test_golden_matrices(store: Store) -> None:
    """Every case written by hand, in one office after the other."""
    wrong = []
    for number, case in enumerate(cases()):
        found = played(store, case, number)
        if found != expected(case):
            wrong.append(f"{case['name']}: {found} but expected {expected(case)}")
    assert len(cases()) >= 60
    assert wrong == [], "\n".join(wrong)
    for asked in ({"as_of": D(2026, 7, 2)}, {"as_of": D(2026, 10, 5), "ended": True}, {"as_of": JULY, "tracked": True}):
        query = GapQuery(**asked)  # type: ignore[arg-type]
        check_totals(store, query, gaps(store, query))
