"""The gap question asked: periods, the day of report, two clocks, which directive, totals, the matrix."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp.model import Deadline, Every, Header, Period
from service.errors import Ambiguous, InvalidInput, NotFound
from service.gaps import gaps, matrix, parse_query, rule_table, summarise
from service.settings import Settings
from tests.office import Office, ask, axes, task, the

D = dt.date
ISSUED = D(2026, 1, 5)
DUE = D(2026, 6, 30)
ARRIVED = D(2026, 6, 25)
PLAN = "88/KH-UBND"
WORK = "Ban hành Quy chế hoạt động của Bộ phận Một cửa"
DONE = "Đã ban hành Quyết định số 12/QĐ-UBND ngày 20/6/2026"


# Periods.

QUARTERLY = Deadline("Hằng quý", recurrence="quarterly")


def test_a_recurring_duty_has_a_cell_for_each_period(office: Office) -> None:
    office.directive(PLAN, D(2026, 4, 14), task(WORK, "Sở Nội vụ", deadline=QUARTERLY))
    text = "Đã công khai quý II (Báo cáo số 214/BC-VP ngày 28/6/2026) và quý III (Báo cáo số 352/BC-VP ngày 27/9/2026)"
    [item] = office.report("Sở Nội vụ", D(2026, 12, 13), (text, "done"))
    office.link(item, WORK, confirmed=True)
    found = {cell.duty.span.label: axes(cell) for cell in ask(office) if cell.duty.span}
    assert found == {
        "quý II/2026": ("done_on_time", "reported_late", "done"),
        "quý III/2026": ("done_on_time", "reported_late", "done"),
        "quý IV/2026": ("open_in_time", "not_due", None),
    }


def test_the_period_of_the_report_tells_which_one_it_answers(office: Office) -> None:
    monthly = Deadline("trước ngày 20 hằng tháng", recurrence="monthly", every=Every(20))
    office.directive(PLAN, ISSUED, task(WORK, "Sở Nội vụ", deadline=monthly))
    may = Period(D(2026, 5, 1), D(2026, 5, 31), "tháng 5/2026")
    [item] = office.report("Sở Nội vụ", D(2026, 6, 3), ("Đã kiểm tra", "continuous"), period=may)
    office.link(item, WORK, confirmed=True)
    found = {cell.duty.span.label: cell.verdict.report_status for cell in ask(office, D(2026, 6, 10)) if cell.duty.span}
    assert found["tháng 5/2026"] == "reported_late"
    assert found["tháng 4/2026"] == "missing"
    assert found["tháng 6/2026"] == "not_due"


def test_without_a_period_the_day_of_arrival_tells(office: Office) -> None:
    office.directive(PLAN, ISSUED, task(WORK, "Sở Nội vụ", deadline=QUARTERLY))
    [item] = office.report("Sở Nội vụ", D(2026, 6, 15), ("Đã kiểm tra", "continuous"))
    office.link(item, WORK, confirmed=True)
    found = {cell.duty.span.label: cell.verdict.report_status for cell in ask(office, D(2026, 7, 1)) if cell.duty.span}
    assert found == {"quý I/2026": "missing", "quý II/2026": "reported", "quý III/2026": "not_due"}


@pytest.mark.parametrize(
    ("period", "count"),
    [("quý II/2026", 1), ("6 tháng đầu năm 2026", 2), ("năm 2026", 4), ("quý I/2030", 0), ("lạ", 0)],
)
def test_asking_for_a_period(office: Office, period: str, count: int) -> None:
    office.directive(PLAN, ISSUED, task(WORK, "Sở Nội vụ", deadline=QUARTERLY))
    assert len(ask(office, period=period)) == count


# The directive's own day of report.


def test_the_duty_to_report_gives_the_day_of_the_reports(office: Office) -> None:
    report = task(
        "Báo cáo kết quả thực hiện Kế hoạch về UBND tỉnh trước ngày 15/12/2026",
        "các sở, ban, ngành",
        due=D(2026, 12, 15),
    )
    office.directive(PLAN, ISSUED, task(WORK, "Sở Nội vụ", due=DUE), report)
    [item] = office.report("Sở Nội vụ", D(2026, 12, 10), (DONE, "done"))
    office.link(item, WORK, confirmed=True)
    cells = {cell.duty.task.task.text: cell for cell in ask(office, unit="Sở Nội vụ")}
    assert axes(cells[WORK]) == ("done_on_time", "reported", "done")
    assert cells[WORK].duty.report_due == D(2026, 12, 15)


def test_a_task_may_name_its_own_day_of_report(office: Office) -> None:
    office.directive(PLAN, ISSUED, task(WORK, "Sở Nội vụ", due=DUE, report_due="2026-07-15"))
    assert the(office, D(2026, 7, 10)).verdict.report_status == "not_due"
    assert the(office, D(2026, 7, 16)).verdict.report_status == "missing"


# Two clocks.


def test_as_of_looks_at_arrival_and_known_at_at_the_store(office: Office) -> None:
    office.directive(PLAN, ISSUED, task(WORK, "Sở Nội vụ", due=DUE))
    late_entry = dt.datetime(2026, 8, 1, 9, tzinfo=dt.UTC)
    [item] = office.report("Sở Nội vụ", D(2026, 6, 25), (DONE, "done"), at=late_entry)
    office.link(item, WORK, confirmed=True, at=late_entry)
    before, after = (dt.datetime(2026, month, 15, tzinfo=dt.UTC) for month in (7, 8))
    assert the(office, D(2026, 6, 24)).verdict.report_status == "not_due"  # had not arrived
    assert the(office, D(2026, 7, 10)).verdict.report_status == "reported"
    assert the(office, D(2026, 7, 10), known_at=before).verdict.report_status == "missing"  # nobody had entered it
    assert the(office, D(2026, 7, 10), known_at=after).verdict.report_status == "reported"


def test_a_directive_of_tomorrow_binds_nobody_today(office: Office) -> None:
    office.directive(PLAN, ISSUED, task(WORK, "Sở Nội vụ", due=DUE))
    assert ask(office, D(2026, 1, 4)) == []


# Which directive.


def test_numbers_restart_every_year(office: Office) -> None:
    office.directive(PLAN, ISSUED, task(WORK, "Sở Nội vụ", due=DUE))
    office.directive(PLAN, D(2025, 2, 1), task("Việc cũ", "Sở Nội vụ", due=D(2025, 6, 30)))
    config = Settings()
    with pytest.raises(Ambiguous) as error:
        parse_query(office.store, directive=PLAN, settings=config)
    assert any("2025-02-01" in candidate for candidate in error.value.candidates)
    query = parse_query(office.store, directive=f"{PLAN}@2026-01-05", as_of="31/12/2026", settings=config)
    assert [cell.duty.task.task.text for cell in gaps(office.store, query)] == [WORK]


def test_wrong_questions_are_refused(office: Office) -> None:
    config = Settings()
    with pytest.raises(NotFound):
        parse_query(office.store, directive="1/KH-UBND", settings=config)
    with pytest.raises(InvalidInput):
        parse_query(office.store, as_of="hôm nay", settings=config)
    with pytest.raises(InvalidInput):
        parse_query(office.store, known_at="lúc nãy", settings=config)


# General tasks, totals, matrix, JSON.


def test_general_tasks_make_no_cells_but_one_summary(office: Office) -> None:
    general = [task(f"Nâng cao trách nhiệm người đứng đầu {n}", "Sở Nội vụ", class_="general") for n in range(3)]
    office.directive(PLAN, ISSUED, *general)
    assert ask(office) == []
    cell = the(office, general=True)
    assert "3 nhiệm vụ" in cell.duty.task.task.text
    assert axes(cell) == ("no_deadline", "not_due", None)
    [item] = office.report("Sở Nội vụ", D(2026, 6, 1), ("Đã quán triệt", "continuous"))
    office.link(item, general[1].text)
    assert the(office, general=True).verdict.report_status == "reported"


def test_the_line_of_the_contract(office: Office) -> None:
    office.directive(PLAN, ISSUED, task(WORK, "Sở Nội vụ", due=DUE))
    [item] = office.report("Sở Nội vụ", D(2026, 6, 25), (DONE, "done"))
    office.link(item, WORK)
    line = the(office).to_json()
    assert set(line) >= {
        "task", "unit", "period", "due", "task_status", "report_status", "claimed", "confirmed", "links", "rules",
    }  # fmt: skip
    assert set(line["task"]) >= {"id", "text", "directive"}
    assert (line["due"], line["period"], line["confirmed"]) == ("2026-06-30", None, False)
    assert line["links"][0]["report"]["symbol"] == "1/BC"
    assert set(line["rules"][0]) >= {"id", "severity", "text"}


def test_the_matrix_of_units_and_tasks(office: Office) -> None:
    office.directive(PLAN, ISSUED, task(WORK, "Sở Nội vụ", "Sở Y tế", due=DUE), task("Rà soát", "Sở Y tế", due=DUE))
    grid = matrix(ask(office))
    assert grid.units == ("Sở Nội vụ", "Sở Y tế")
    assert [[len(grid.at(unit, column)) for column in grid.columns] for unit in grid.units] == [[1, 0], [1, 1]]
    assert grid.row("Sở Y tế").total == 2
    assert len(matrix(ask(office), by="directive").columns) == 1


def test_failed_files_are_told_beside_missing_reports(office: Office) -> None:
    office.directive(PLAN, ISSUED, task(WORK, "Sở Nội vụ", due=DUE))
    office.take_in(Header(), status="failed", arrived=D(2026, 6, 1))
    assert "còn 1 tệp chưa đọc được" in next(rule.text for rule in the(office).rules if rule.id == "no_report")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    statements=st.lists(
        st.tuples(
            st.integers(0, 4),
            st.sampled_from(["done", "partial", "promise", "in_progress", "unknown"]),
            st.dates(D(2026, 1, 6), D(2026, 12, 31)),
            st.floats(0.5, 0.99),
            st.booleans(),
        ),
        max_size=6,
    ),
    as_of=st.dates(D(2026, 1, 5), D(2027, 1, 31)),
)
def test_totals_always_add_up(
    tmp_path_factory: pytest.TempPathFactory,
    statements: list[tuple[int, str, D, float, bool]],
    as_of: D,
) -> None:
    office = Office.open(tmp_path_factory.mktemp("office"))
    works = [
        task("Việc 0", "Sở Nội vụ", due=DUE),
        task("Việc 1", "Sở Nội vụ", "các sở, ban, ngành", due=D(2026, 9, 30)),
        task("Việc 2", "Sở Nội vụ", deadline=QUARTERLY),
        task("Việc 3", "Sở Nội vụ", deadline=Deadline("thường xuyên", recurrence="continuous")),
        task("Việc 4", due=DUE),
    ]
    office.directive(PLAN, ISSUED, *works)
    for number, (work, claimed, arrived, probability, confirmed) in enumerate(statements):
        [item] = office.report("Sở Nội vụ", arrived, (f"Đã xong {number} việc", claimed), symbol=f"{number}/BC")
        office.link(item, f"Việc {work}", probability=probability, confirmed=confirmed)
    cells = ask(office, as_of)
    office.store.close()
    for official in (True, False):
        total = summarise(cells, official=official)
        assert total.total == len(cells)
        assert total.done + total.open + total.no_deadline == total.total
        assert total.not_due + total.reported + total.reported_late + total.missing == total.total
        assert 0 <= total.pending <= total.total


def test_each_rule_is_documented_and_complete() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "gap-rules.md").read_text(encoding="utf-8")
    for name, row in rule_table().items():
        assert f"`{name}`" in page
        assert row["title"] in page
        assert row["severity"] in {"error", "warning", "info"}
        assert row["remedy"]
