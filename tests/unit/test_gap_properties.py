"""As days pass and nothing new becomes known, a cell moves one way only."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp.model import Deadline
from service.cells import FAR, Cell, Since
from service.gaps import GapQuery, compare
from service.gaps.judge import seen_on
from tests.office import Office, ask, task

DAYS = st.one_of(st.integers(100, 400), st.just(FAR))


@st.composite
def cells(draw: st.DrawFn) -> Cell:
    """A cell as the engine weighs them: what is confirmed was said, what was done was reported."""
    last, report_last, reported = draw(DAYS), draw(DAYS), draw(DAYS)
    done = draw(st.one_of(st.just(FAR), st.integers(0, 60).map(lambda n: min(FAR, reported + n))))
    on_time = draw(st.one_of(st.just(FAR), st.integers(0, 30).map(lambda n: min(FAR, done + n))))
    said = Since(done, on_time, reported)
    return Cell(
        1, 1, "Sở Y tế", opens=100, due=last, last=last, report_due=report_last, report_last=report_last, said=said
    )


@given(cells(), st.integers(100, 450), st.integers(0, 100))
def test_done_stays_done_and_overdue_never_turns_to_in_time(cell: Cell, day: int, later: int) -> None:
    before, after = seen_on(cell, day), seen_on(cell, day + later)
    assert before is not None
    assert after is not None
    if before.task_status.startswith("done"):
        assert after.task_status.startswith("done")
    if before.task_status == "open_overdue":
        assert after.task_status != "open_in_time"
    if before.report_status in ("reported", "reported_late"):
        assert after.report_status == before.report_status
    if before.report_status == "missing":
        assert after.report_status in ("missing", "reported_late")


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    statements=st.lists(
        st.tuples(
            st.integers(0, 2), st.sampled_from(["done", "partial", "promise"]), st.integers(0, 300), st.booleans()
        ),
        max_size=5,
    ),
    days=st.lists(st.integers(0, 330), min_size=2, max_size=2),
)
def test_a_store_whose_facts_stand_still_moves_one_way(
    tmp_path_factory: pytest.TempPathFactory, statements: list[tuple[int, str, int, bool]], days: list[int]
) -> None:
    office, start = Office.open(tmp_path_factory.mktemp("office")), dt.date(2026, 1, 5)
    quarterly = Deadline("Hằng quý", recurrence="quarterly")
    works = [task("Việc 0", "Sở A", due=dt.date(2026, 5, 1)), task("Việc 1", "các sở", due=dt.date(2026, 8, 1))]
    office.directive("1/KH", start, *works, task("Việc 2", "Sở A", deadline=quarterly))
    for number, (work, claimed, after, confirmed) in enumerate(statements):
        [item] = office.report(
            "Sở A", start + dt.timedelta(days=after), (f"Xong {number} việc", claimed), symbol=f"{number}/BC"
        )
        office.link(item, f"Việc {work}", confirmed=confirmed)
    first, second = (start + dt.timedelta(days=day) for day in sorted(days))
    then = {_name(cell): cell.verdict for cell in ask(office, first)}
    now = {_name(cell): cell.verdict for cell in ask(office, second)}
    for name, before in then.items():
        assert name in now
        if before.task_status.startswith("done"):
            assert now[name].task_status.startswith("done")
        assert (before.task_status, now[name].task_status) != ("open_overdue", "open_in_time")
    if first < second:
        found = compare(office.store, GapQuery(as_of=second), first)
        assert (found.then.total, found.now.total) == (len(then), len(now))
    office.store.close()


def _name(cell: object) -> tuple[object, ...]:
    duty = cell.duty  # type: ignore[attr-defined]
    return duty.task.id, duty.unit, duty.span.label if duty.span else None
