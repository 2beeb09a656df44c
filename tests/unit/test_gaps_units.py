"""Golden cases of assignees that ended: one successor answers, several wait for a person."""

from __future__ import annotations

import datetime as dt

from nlp.registry import Successor
from tests.office import Office, rules, task, the

D = dt.date
ISSUED, DUE, LATE = D(2024, 6, 3), D(2026, 6, 30), D(2026, 5, 4)
AT = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)
WORK = "Xây dựng kế hoạch chuyển đổi số của tỉnh"


def test_an_assignee_that_ended_without_one_successor_is_told(office: Office) -> None:
    office.store.set_office("vp-ubnd.an-giang", "an-giang", by="An", at=AT)
    office.directive("88/KH-UBND", ISSUED, task(WORK, "Sở Thông tin và Truyền thông", due=DUE))
    assert "assignee_ended" not in rules(the(office, D(2025, 2, 28)))
    cell = the(office, LATE)
    assert "assignee_ended" in rules(cell)
    text = next(rule.text for rule in cell.rules if rule.id == "assignee_ended")
    assert "28/02/2025" in text
    assert "Sở Khoa học và Công nghệ tỉnh An Giang" in text
    step = Successor("so-khcn.an-giang", D(2025, 3, 1))
    office.store.put_successors("so-tttt.an-giang", [step], by="An", at=AT)
    assert "assignee_ended" not in rules(the(office, LATE))


def test_an_assignee_with_one_successor_is_no_finding(office: Office) -> None:
    office.store.set_office("vp-ubnd.an-giang", "an-giang", by="An", at=AT)
    office.directive("88/KH-UBND", ISSUED, task(WORK, "Sở Kế hoạch và Đầu tư", due=DUE))
    assert "assignee_ended" not in rules(the(office, LATE))


def test_a_district_is_told_until_the_office_names_who_answers(office: Office) -> None:
    office.store.set_office("vp-ubnd.an-giang", "an-giang", by="An", at=AT)
    office.directive("88/KH-UBND", ISSUED, task(WORK, "UBND huyện Châu Phú", due=DUE))
    assert "assignee_ended" not in rules(the(office, D(2025, 6, 30)))
    assert "assignee_ended" in rules(the(office, LATE))
