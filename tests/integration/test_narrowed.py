"""What the database narrows, counts and streams is what is found by looking at every obligation."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from nlp.model import Deadline
from service import exports, follow, letters, listings
from service.exports import sheets
from service.follow import Followed, Request
from service.gaps import GapQuery, gaps
from service.letters import needing
from service.listings import CellFilter
from service.listings.cells import state_of
from service.overview import board, chain
from service.tabular import Column, Rows, Sheet
from tests.office import Office, ask, task
from tests.outputs import AS_OF, AT, DONE, LATE, OPEN, OTHER, SNV, STC, Bench, bench

D = dt.date
QUERY = GapQuery(as_of=AS_OF)


@pytest.fixture
def app(tmp_path: Path) -> Bench:
    """The small office, one task suspended and one ended."""
    found = bench(tmp_path)
    for text, kind in ((OPEN, "suspended"), (OTHER, "ended")):
        request = Request(kind, basis="Thông báo số 9", effective=D(2026, 3, 10))
        follow.act(found, found.task_id(text), request, at=AT)
    return found


@pytest.mark.parametrize("state", ["draft", "followed", "suspended", "ended"])
def test_states_are_those_of_every_obligation(app: Bench, state: str) -> None:
    every = [Followed(cell) for cell in gaps(app.store, replace(QUERY, ended=True))]
    wanted = [each.duty.task.task.text for each in every if state_of(each) == state]
    chosen = listings.choose(app, CellFilter(as_of=AS_OF.isoformat(), state=state), at=AT)
    assert [each.duty.task.task.text for each in chosen.cells] == wanted != []
    assert chosen.total == len(wanted)


@pytest.mark.parametrize(
    "more",
    [
        {"standing": "suspended", "ended": True},
        {"standing": "draft"},
        {"within": (D(2026, 2, 1), D(2026, 2, 28))},
        {"unit": SNV, "alone": True},
        {"tracked": True, "official": True},
    ],
)
def test_narrowed_in_the_database_and_weighed_afresh_are_the_same(app: Bench, more: dict[str, Any]) -> None:
    assert ask(app.office, AS_OF, **more)


def test_obligations_of_one_task(app: Bench) -> None:
    [cell] = ask(app.office, AS_OF, tasks=(app.task_id(LATE),))
    assert cell.duty.task.task.text == LATE


def test_what_a_question_supposes_of_its_unit_is_kept_for_nobody(tmp_path: Path) -> None:
    office = Office.open(tmp_path)
    office.directive("7/KH-UBND", D(2026, 1, 5), task("Rà soát thủ tục", "các sở, ban, ngành", due=D(2026, 3, 1)))
    assert ask(office, AS_OF, unit="Sở Y tế")  # the first question after the intake weighs
    assert [cell.duty.unit for cell in ask(office, AS_OF)] == ["các sở, ban, ngành"]


def test_a_letter_lists_what_is_the_units_own(tmp_path: Path) -> None:
    app = bench(tmp_path)
    app.office.directive("7/KH-UBND", D(2026, 1, 5), task("Rà soát thủ tục", "các sở, ban, ngành", due=D(2026, 3, 1)))
    app.store.confirm_task(app.task_id("Rà soát thủ tục"), by="Trần B", at=AT)
    letter = letters.draft(app, SNV, QUERY, at=AT)
    assert [line.text for line in letter.lines] == [LATE]
    every = needing(Followed(cell) for cell in gaps(app.store, QUERY))
    assert letters.units_to_urge(app.store, QUERY) == {SNV: 1, STC: 1, "các sở, ban, ngành": 1}
    assert len(every) == 3


@pytest.mark.parametrize("table", ["dau-viec", "van-de"])
def test_a_file_holds_what_the_screen_shows(app: Bench, table: str) -> None:
    asked = CellFilter(as_of=AS_OF.isoformat(), holes="1" if table == "van-de" else "")
    order: Any = "due" if table == "van-de" else "text"
    chosen = listings.choose(app, asked, at=AT, order=order)
    shown = (listings.problem_sheet if table == "van-de" else listings.cell_sheet)(chosen)
    made = listings.export(app, table, asked.given(), "csv", at=AT)
    [_, *rows] = csv.reader(io.StringIO(made.data.decode("utf-8-sig")))
    assert rows == list(shown.texts()) != []
    whole = listings.sheet(app, table, asked.given(), at=AT)
    assert list(whole.rows) == list(shown.rows)


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "STYLED", 5)
    monkeypatch.setattr(sheets, "SHEET", 20)
    columns = (Column("TT"), Column("Nhiệm vụ"), Column("Hạn"))
    rows = Rows(40, lambda: ((f"Việc {n}", D(2026, 1, 1 + n % 28)) for n in range(40)))
    data = exports.write(Sheet("bang", "BẢNG", columns, rows, notes=("Hết.",)), "xlsx")
    found = [[cell.value for cell in row] for page in load_workbook(io.BytesIO(data)) for row in page.iter_rows()]
    assert [row[0] for row in found if isinstance(row[0], int)] == list(range(1, 41))
    assert sum(row[0] == "TT" for row in found) == 3
    assert found[-1][0] == "Hết."


@pytest.mark.parametrize("by", ["directive", "period"])
def test_the_board_adds_up_part_by_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: Any) -> None:
    monkeypatch.setattr("service.overview.ROWS", 2)
    app = bench(tmp_path)
    monthly = Deadline("Hằng tháng", recurrence="monthly")
    app.office.directive("8/KH-UBND", D(2026, 1, 5), task("Báo cáo số liệu", SNV, STC, deadline=monthly))
    asked = CellFilter(as_of=AS_OF.isoformat())
    parts = [board(app, QUERY, asked, by=by, row=row) for row in (0, 2)]
    crossings = [one for part in parts for _, row in part.rows for one in row if one]
    cells = gaps(app.store, QUERY)
    assert parts[0].all_rows == 3
    assert sum(one.figures.total for one in crossings) == len(cells)
    for one in crossings:
        narrowed = listings.choose(app, one.asked, at=AT)
        if by == "directive":
            assert narrowed.total == one.figures.total
        else:  # a period asked for also takes in what falls due in it
            assert narrowed.total >= one.figures.total
    if by == "period":
        assert parts[0].columns == ("Không theo kỳ", "tháng 1/2026", "tháng 2/2026", "tháng 3/2026")


def test_a_chain_counts_its_documents(app: Bench) -> None:
    [document] = app.store.documents(role="directive")
    _, tree = chain(app, document)
    today = replace(QUERY, as_of=None, ended=True)
    assert tree.total == len(gaps(app.store, today))
    assert DONE in {cell.duty.task.task.text for cell in gaps(app.store, today)}
