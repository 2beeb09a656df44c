"""Golden cases of one cell: each a small office whose answer an officer would know by heart."""

from __future__ import annotations

import datetime as dt

import pytest

from nlp.model import Deadline
from service.gaps import GapCell
from service.records import Reason
from tests.office import Office, ask, axes, rules, task, the

D = dt.date
ISSUED = D(2026, 1, 5)
DUE = D(2026, 6, 30)
ARRIVED = D(2026, 6, 25)
PLAN = "88/KH-UBND"
WORK = "Ban hành Quy chế hoạt động của Bộ phận Một cửa"
DONE = "Đã ban hành Quyết định số 12/QĐ-UBND ngày 20/6/2026"


def answered(office: Office, text: str, claimed: str, arrived: D = ARRIVED, **link: object) -> GapCell:
    """One task of Sở Nội vụ due on 30/6/2026 and one statement on it; the cell at the end of the year."""
    office.directive(PLAN, ISSUED, task(WORK, "Sở Nội vụ", due=DUE))
    [item] = office.report("Sở Nội vụ", arrived, (text, claimed))
    office.link(item, WORK, **link)  # type: ignore[arg-type]
    return the(office)


# Nothing came.


def test_nothing_is_due_yet(office: Office) -> None:
    office.directive(PLAN, ISSUED, task(WORK, "Sở Nội vụ", due=DUE))
    cell = the(office, D(2026, 3, 1))
    assert axes(cell) == ("open_in_time", "not_due", None)
    assert rules(cell) == set()


def test_the_last_day_is_still_in_time(office: Office) -> None:
    office.directive(PLAN, ISSUED, task(WORK, "Sở Nội vụ", due=DUE))
    cell = the(office, DUE)
    assert axes(cell) == ("open_in_time", "not_due", None)
    assert rules(cell) == {"due_soon"}


def test_overdue_and_no_report(office: Office) -> None:
    office.directive(PLAN, ISSUED, task(WORK, "Sở Nội vụ", due=DUE))
    cell = the(office, D(2026, 7, 10))
    assert axes(cell) == ("open_overdue", "missing", None)
    assert rules(cell) == {"overdue", "no_report"}
    texts = " ".join(rule.text for rule in cell.rules)
    assert "quá hạn 10 ngày" in texts
    assert "Lần nhập văn bản gần nhất" in texts  # never "chưa báo cáo" without how fresh the store is


@pytest.mark.parametrize(("tolerant", "status"), [(True, "open_in_time"), (False, "open_overdue")])
def test_before_a_day_is_a_setting(office: Office, status: str, *, tolerant: bool) -> None:
    before = Deadline("trước ngày 30/6/2026", due=DUE, inclusive=False)
    office.directive(PLAN, ISSUED, task(WORK, "Sở Nội vụ", deadline=before))
    assert the(office, DUE, tolerant=tolerant).verdict.task_status == status


def test_no_deadline_is_never_overdue(office: Office) -> None:
    office.directive(PLAN, ISSUED, task(WORK, "Sở Nội vụ", deadline=Deadline("Thường xuyên", recurrence="continuous")))
    assert axes(the(office)) == ("no_deadline", "not_due", None)


def test_neither_deadline_nor_product_cannot_be_measured(office: Office) -> None:
    office.directive(PLAN, ISSUED, task(WORK, "Sở Nội vụ", product=None))
    assert rules(the(office)) == {"no_deadline_no_product"}


def test_nobody_in_charge(office: Office) -> None:
    office.directive(PLAN, ISSUED, task(WORK, due=DUE))
    cell = the(office, D(2026, 3, 1))
    assert cell.duty.unit is None
    assert rules(cell) == {"no_lead"}


# A report came.


def test_done_in_time_as_confirmed(office: Office) -> None:
    cell = answered(office, DONE, "done", confirmed=True)
    assert axes(cell) == ("done_on_time", "reported", "done")
    assert cell.confirmed
    assert cell.verdict.done_date == D(2026, 6, 20)
    assert cell.official == cell.verdict
    assert rules(cell) == set()


def test_done_as_the_machine_sees_it_waits_for_review(office: Office) -> None:
    cell = answered(office, DONE, "done")
    assert axes(cell) == ("done_on_time", "reported", "done")
    assert (cell.confirmed, cell.pending) == (False, True)
    assert cell.official.task_status == "open_overdue"  # official figures count what a person confirmed
    assert rules(cell) == {"needs_review"}


def test_a_middling_score_alone_makes_nothing_done(office: Office) -> None:
    cell = answered(office, DONE, "done", probability=0.6)
    assert axes(cell) == ("open_overdue", "reported", "done")


def test_a_report_may_come_late_for_work_done_in_time(office: Office) -> None:
    cell = answered(office, DONE, "done", D(2026, 7, 3), confirmed=True)
    assert axes(cell) == ("done_on_time", "reported_late", "done")
    assert rules(cell) == {"late_report"}


def test_done_late_by_the_day_of_the_evidence(office: Office) -> None:
    text = "Đã ban hành Quyết định số 15/QĐ-UBND ngày 08/7/2026"
    cell = answered(office, text, "done", D(2026, 7, 10), confirmed=True)
    assert axes(cell) == ("done_late", "reported_late", "done")


def test_without_a_day_of_evidence_arrival_counts(office: Office) -> None:
    cell = answered(office, "Đã ban hành Quyết định số 15/QĐ-UBND", "done", D(2026, 7, 10), confirmed=True)
    assert cell.verdict.done_date == D(2026, 7, 10)
    assert cell.verdict.task_status == "done_late"


def test_the_date_of_the_directive_is_no_evidence(office: Office) -> None:
    text = "Thực hiện Kế hoạch số 88/KH-UBND ngày 05/01/2026: đã hoàn thành"
    cell = answered(office, text, "done", confirmed=True)
    assert cell.verdict.done_date == D(2026, 6, 25)


def test_the_term_in_the_repeated_wording_is_no_day_of_completion(office: Office) -> None:
    text = "Ban hành Quy chế (trước ngày 20/5/2026): đã ban hành tại Quyết định số 12/QĐ-UBND ngày 10/6/2026"
    assert answered(office, text, "done", confirmed=True).verdict.done_date == D(2026, 6, 10)


def test_done_without_evidence_is_only_a_claim(office: Office) -> None:
    cell = answered(office, "Nhiệm vụ này đã hoàn thành đúng hạn", "done")
    assert axes(cell) == ("open_overdue", "reported", "done")
    assert "done_without_evidence" in rules(cell)


def test_a_person_may_confirm_what_has_no_evidence(office: Office) -> None:
    cell = answered(office, "Nhiệm vụ này đã hoàn thành đúng hạn", "done", confirmed=True)
    assert axes(cell) == ("done_on_time", "reported", "done")
    assert rules(cell) == {"done_without_evidence"}


def test_figures_of_the_task_prove_nothing(office: Office) -> None:
    work = "Tái cấu trúc 60 thủ tục hành chính"
    office.directive(PLAN, ISSUED, task(work, "Sở Nội vụ", due=DUE))
    bare, counted = office.report(
        "Sở Nội vụ", D(2026, 6, 1), (f"{work}: hoàn thành", "done"), (f"{work}: đã xong, cắt giảm 15 ngày", "done")
    )
    office.link(bare, work)
    assert "done_without_evidence" in rules(the(office))
    office.link(counted, work)
    assert "done_without_evidence" not in rules(the(office))


def test_done_beside_a_promise_is_a_promise(office: Office) -> None:
    """A real report: "Hoàn thành" beside "sẽ xem xét, ban hành trước ngày 28/5"."""
    cell = answered(office, "Hoàn thành; sẽ xem xét, ban hành trước ngày 28/7/2026", "done", confirmed=True)
    assert axes(cell) == ("open_overdue", "reported", "promise")
    assert rules(cell) == {"overdue", "evidence_is_promise"}


def test_done_with_a_document_and_plans_ahead_stays_done(office: Office) -> None:
    cell = answered(office, f"{DONE}; thời gian tới sẽ tiếp tục kiểm tra", "done", confirmed=True)
    assert axes(cell) == ("done_on_time", "reported", "done")


@pytest.mark.parametrize(
    ("claimed", "rule"),
    [("partial", "partial_only"), ("in_progress", None), ("not_started", None), ("promise", "evidence_is_promise")],
)
def test_what_is_not_done_stays_open(office: Office, claimed: str, rule: str | None) -> None:
    cell = answered(office, "Đạt 38/60 quy trình", claimed, confirmed=True)
    assert axes(cell) == ("open_overdue", "reported", claimed)
    assert rules(cell) == {"overdue", rule} - {None}


def test_the_latest_report_speaks_and_what_was_done_stays_done(office: Office) -> None:
    office.directive(PLAN, ISSUED, task(WORK, "Sở Nội vụ", due=DUE))
    [first] = office.report("Sở Nội vụ", D(2026, 3, 31), ("Đang lấy ý kiến", "in_progress"))
    [second] = office.report("Sở Nội vụ", D(2026, 6, 25), (DONE, "done"), symbol="2/BC")
    [third] = office.report("Sở Nội vụ", D(2026, 9, 30), ("Duy trì thường xuyên", "continuous"), symbol="3/BC")
    for item in (first, second, third):
        office.link(item, WORK, confirmed=True)
    assert axes(the(office, D(2026, 4, 30))) == ("open_in_time", "reported", "in_progress")
    assert axes(the(office)) == ("done_on_time", "reported", "continuous")


def test_a_rejected_link_counts_for_nothing(office: Office) -> None:
    office.directive(PLAN, ISSUED, task(WORK, "Sở Nội vụ", due=DUE))
    [item] = office.report("Sở Nội vụ", D(2026, 6, 25), (DONE, "done"))
    link = office.link(item, WORK)
    office.store.decide(link.id, "rejected", by="A", at=dt.datetime(2026, 6, 26, tzinfo=dt.UTC))
    cell = the(office)
    assert axes(cell) == ("open_overdue", "missing", None)
    assert "report_without_task" in rules(cell)
    assert "1/BC" in next(rule.text for rule in cell.rules if rule.id == "report_without_task")


def test_a_wrong_date_in_the_citation_is_shown_not_punished(office: Office) -> None:
    reason = Reason("date_conflict", "Ngày ghi không khớp: ghi 15/7/2017, văn bản gốc 17/5/2017", -0.3)
    cell = answered(office, DONE, "done", confirmed=True, reason=reason)
    assert axes(cell) == ("done_on_time", "reported", "done")
    assert rules(cell) == {"date_conflict"}


# Who answers.


def test_each_lead_has_a_cell_of_its_own(office: Office) -> None:
    office.directive(PLAN, ISSUED, task(WORK, "Sở Nội vụ", "Sở Y tế", due=DUE))
    [item] = office.report("Sở Y tế", D(2026, 6, 25), (DONE, "done"))
    office.link(item, WORK, confirmed=True)
    assert {cell.duty.unit: cell.verdict.report_status for cell in ask(office)} == {
        "Sở Nội vụ": "missing",
        "Sở Y tế": "reported",
    }


def test_another_unit_does_not_answer_for_the_lead(office: Office) -> None:
    office.directive(PLAN, ISSUED, task(WORK, "Sở Nội vụ", due=DUE))
    [item] = office.report("Sở Y tế", D(2026, 6, 25), (DONE, "done"))
    link = office.link(item, WORK)
    assert the(office).verdict.report_status == "missing"
    office.store.decide(link.id, "confirmed", by="A", at=dt.datetime(2026, 6, 26, tzinfo=dt.UTC))
    assert the(office).verdict.report_status == "reported"  # a successor, as a person saw


def test_a_joint_report_answers_for_the_unit_it_names(office: Office) -> None:
    office.directive(PLAN, ISSUED, task(WORK, "Bộ Nội vụ", "Bộ Y tế", due=DUE))
    [item] = office.report("Văn phòng Chính phủ", D(2026, 6, 25), (f"Bộ Y tế: {DONE}", "done"))
    office.link(item, WORK, reason=Reason("named_unit", "Nội dung nêu tên đơn vị chủ trì: Bộ Y tế", 1.0))
    assert {cell.duty.unit: cell.verdict.report_status for cell in ask(office)} == {
        "Bộ Nội vụ": "missing",
        "Bộ Y tế": "reported",
    }


def test_a_collective_keeps_its_cell_and_members_that_report_get_theirs(office: Office) -> None:
    office.directive(PLAN, ISSUED, task(WORK, "các sở, ban, ngành", due=DUE))
    [item] = office.report("Sở Y tế", D(2026, 6, 25), (DONE, "done"))
    office.link(item, WORK, confirmed=True)
    whole, member = ask(office)
    assert (whole.duty.unit, whole.verdict.report_status) == ("các sở, ban, ngành", "missing")
    assert (member.duty.unit, member.duty.via, member.verdict.report_status) == (
        "Sở Y tế",
        "các sở, ban, ngành",
        "reported",
    )
    assert "1 đơn vị đã có báo cáo" in next(rule.text for rule in whole.rules if rule.id == "members_unknown")


def test_asking_for_a_member_of_a_collective(office: Office) -> None:
    office.directive(PLAN, ISSUED, task(WORK, "các sở, ban, ngành", due=DUE))
    cell = the(office, unit="Sở Tư pháp")
    assert (cell.duty.unit, cell.verdict.report_status) == ("Sở Tư pháp", "missing")
    assert ask(office, unit="UBND huyện Hòn Đất") == []


def test_a_listed_collective_is_its_members(office: Office) -> None:
    office.directive(PLAN, ISSUED, task(WORK, "các sở, ban, ngành", due=DUE))
    listed = {"các sở, ban, ngành": ["Sở Y tế", "Sở Tư pháp"]}
    assert [cell.duty.unit for cell in ask(office, members=listed)] == ["Sở Y tế", "Sở Tư pháp"]


def test_one_unit_under_another_spelling(office: Office) -> None:
    office.directive(PLAN, ISSUED, task(WORK, "Văn phòng UBND tỉnh", due=DUE))
    assert the(office, unit="Văn phòng Ủy ban nhân dân tỉnh").duty.unit == "Văn phòng UBND tỉnh"
