"""What an everyday question asks stands whole on the board and in its exports: the same question to the store."""

import datetime as dt
from typing import Any

import pytest

from service import gaps, listings
from service.gaps.asking import query_of
from service.listings import CellFilter
from service.listings.cells import notes
from service.tabular import Sheet
from tests.outputs import AS_OF, AT, SNV, Bench, bench

FILTERS: list[dict[str, Any]] = [
    {"unit": SNV},
    {"unit": SNV, "tree": True, "task_status": ["open_overdue"]},
    {"directive": "10/KH-UBND", "chain": True},
    {"task_status": ["open_overdue", "done_late"], "report_status": ["missing", "reported_late"]},
    {"rules": ["overdue", "no_report"]},
    {"leader": "Nguyễn Văn B", "matter": "cải cách hành chính"},
    {"pending": True},
    {"pending": False, "official": True},
    {"due_soon_days": 14, "rules": ["due_soon"]},
    {"tracked": True, "period": "quý I/2026"},
    {"as_of": "2026-03-31", "known_at": "2026-04-01T08:00"},
]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return bench(tmp_path_factory.mktemp("asked"))


@pytest.mark.parametrize("asked", FILTERS, ids=",".join)
def test_the_board_asks_the_store_what_the_question_asks(app: Bench, asked: dict[str, Any]) -> None:
    chosen = listings.choose(app, CellFilter.of_question(asked), at=AT)
    query = query_of(app.store, asked, app.settings)
    assert chosen.query == query
    assert chosen.total == gaps.count(app.store, query).total


def test_the_export_of_a_question_holds_its_rows_and_says_its_filter(app: Bench) -> None:
    asked = {"unit": SNV, "tree": True, "task_status": ["open_overdue", "open_in_time"], "as_of": AS_OF.isoformat()}
    params = CellFilter.of_question(asked).given()
    made: Sheet = listings.sheet(app, "dau-viec", params, at=AT)
    assert len(made.rows) == 2
    [said] = notes(listings.choose(app, CellFilter(**params), at=AT))
    assert "chưa hoàn thành, trong hạn" in said
    assert " hoặc " in said
    assert "cả đơn vị trực thuộc" in said


def test_a_code_that_nobody_knows_asks_nothing(app: Bench) -> None:
    asked = CellFilter(task_status="open_overdue,khong-co", pending="2", due_soon_days="x", as_of=str(AS_OF))
    query = listings.choose(app, asked, at=AT).query
    assert (query.task_status, query.pending, query.due_soon_days) == (("open_overdue",), None, 7)
    assert query.as_of == dt.date(2026, 3, 31)
