"""Follow-up acts: what each needs, what it changes in the figures, history, bulk with preview, undo."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from service import follow
from service.errors import Conflict, InvalidInput, NotFound
from service.follow import Followed, Request
from service.gaps import GapQuery, Line, lines
from tests.outputs import AS_OF, AT, DONE, LATE, OPEN, OTHER, SNV, Bench, bench

QUERY = GapQuery(as_of=AS_OF)
JUNE = dt.date(2026, 6, 30)
MARCH = dt.date(2026, 3, 1)


@pytest.fixture
def app(tmp_path: Path) -> Bench:
    return bench(tmp_path)


def cell(app: Bench, text: str, as_of: dt.date = AS_OF) -> Followed:
    return next(e for e in follow.followed(app.store, GapQuery(as_of=as_of)) if e.duty.task.task.text == text)


def do(app: Bench, text: str, kind: str, **given: object) -> int:
    given.setdefault("effective", MARCH)
    return follow.act(app, app.task_id(text), Request(kind, **given), at=AT).id  # type: ignore[arg-type]


def test_an_extension_is_asked_by_the_unit_and_decided_by_a_person(app: Bench) -> None:
    asked = do(app, LATE, "extend_asked", due=JUNE, note="chờ ý kiến Bộ")
    assert cell(app, LATE).cell.official.task_status == "open_overdue"
    assert [move.id for move in cell(app, LATE).course.asked] == [asked]
    do(app, LATE, "extended", due=JUNE, basis="20/UBND-TH", answers=asked)
    now = cell(app, LATE)
    assert (now.cell.official.task_status, now.duty.due, now.course.asked) == ("open_in_time", JUNE, ())
    assert cell(app, LATE, dt.date(2026, 2, 27)).duty.due == dt.date(2026, 2, 28)
    with pytest.raises(Conflict, match="đã được quyết định"):
        do(app, LATE, "extend_refused", note="không", answers=asked)


def test_a_refused_extension_leaves_the_deadline(app: Bench) -> None:
    asked = do(app, LATE, "extend_asked", due=JUNE, note="x")
    do(app, LATE, "extend_refused", note="không có lý do", answers=asked)
    assert cell(app, LATE).course.asked == ()
    assert cell(app, LATE).duty.due == dt.date(2026, 2, 28)


def test_history_keeps_who_when_before_and_after(app: Bench) -> None:
    do(app, LATE, "extended", due=JUNE, basis="20/UBND-TH")
    do(app, LATE, "extended", due=dt.date(2026, 9, 30), basis="31/UBND-TH")
    first, second = app.store.moves(task_ids=[app.task_id(LATE)])
    assert (first.by, first.before, first.after) == ("Nguyễn Văn Thử", {"due": "2026-02-28"}, {"due": "2026-06-30"})
    assert (second.before, second.after, second.basis) == ({"due": "2026-06-30"}, {"due": "2026-09-30"}, "31/UBND-TH")


def test_another_unit_takes_over(app: Bench) -> None:
    do(app, LATE, "lead_moved", lead="Sở Tư pháp", basis="Thông báo số 5")
    now = cell(app, LATE)
    assert (now.unit, now.duty.unit) == ("Sở Tư pháp", "Sở Tư pháp")


def test_a_returned_result_counts_as_not_completed_until_a_new_one_comes(app: Bench) -> None:
    assert cell(app, DONE).cell.official.task_status == "done_on_time"
    do(app, DONE, "redo", note="thiếu phụ lục", due=dt.date(2026, 4, 15))
    now = cell(app, DONE)
    assert now.cell.official.task_status == "open_overdue"
    assert now.duty.report_due == dt.date(2026, 4, 15)
    do(app, DONE, "confirmed", done=dt.date(2026, 2, 20), effective=AS_OF)
    assert cell(app, DONE).cell.official.task_status == "done_on_time"


def test_suspended_and_ended_tasks_leave_the_figures(app: Bench) -> None:
    do(app, LATE, "suspended", basis="Thông báo số 7")
    assert not cell(app, LATE).counted
    do(app, LATE, "resumed", due=JUNE)
    assert (cell(app, LATE).counted, cell(app, LATE).duty.due) == (True, JUNE)
    do(app, LATE, "ended", basis="Quyết định số 8")
    assert not cell(app, LATE).counted
    assert cell(app, LATE, dt.date(2026, 2, 27)).counted
    with pytest.raises(Conflict, match="kết thúc"):
        do(app, LATE, "extended", due=JUNE, basis="x")
    do(app, LATE, "note", note="đã báo đơn vị")
    do(app, LATE, "reopened", note="giao lại")
    assert cell(app, LATE).counted


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        ("extended", {"due": JUNE}, "căn cứ"),
        ("extended", {"basis": "x"}, "thời hạn mới"),
        ("extended", {"due": dt.date(2026, 2, 28), "basis": "x"}, "trùng"),
        ("ended", {}, "căn cứ"),
        ("note", {"note": "  "}, "nội dung"),
        ("note", {"note": "x", "lead": "y"}, "không dùng"),
        ("lead_moved", {"lead": "x"}, "căn cứ"),
        ("fly", {}, "fly"),
        ("extend_refused", {"note": "x"}, "đề nghị tương ứng"),
    ],
)
def test_what_an_act_needs_is_said(app: Bench, kind: str, given: dict[str, object], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        do(app, LATE, kind, **given)
    assert app.store.moves() == []


def test_states_that_exclude_an_act(app: Bench) -> None:
    with pytest.raises(Conflict, match="không ở trạng thái tạm dừng"):
        do(app, LATE, "resumed")
    with pytest.raises(Conflict, match="đang được theo dõi"):
        do(app, LATE, "reopened", note="x")
    with pytest.raises(NotFound):
        follow.act(app, 999, Request("note", note="x"), at=AT)


def test_undo_gives_the_state_back_once(app: Bench) -> None:
    number = do(app, LATE, "extended", due=JUNE, basis="x")
    [move] = app.store.moves(ids=[number])
    follow.undo(app, [move], at=AT)
    assert cell(app, LATE).duty.due == dt.date(2026, 2, 28)
    with pytest.raises(Conflict, match="đã được hoàn tác"):
        follow.undo(app, [move], at=AT)
    assert [m.kind for m in app.store.moves()] == ["extended", "undone"]


def test_a_decided_request_is_not_taken_back_before_its_decision(app: Bench) -> None:
    asked = do(app, LATE, "extend_asked", due=JUNE, note="x")
    granted = do(app, LATE, "extended", due=JUNE, basis="x", answers=asked)
    with pytest.raises(Conflict, match="quyết định trước"):
        follow.undo(app, app.store.moves(ids=[asked]), at=AT)
    follow.undo(app, app.store.moves(ids=[granted]), at=AT)
    assert [move.id for move in cell(app, LATE).course.asked] == [asked]


def test_a_bulk_act_is_previewed_done_at_once_and_taken_back_at_once(app: Bench) -> None:
    cells = list(lines(app.store, QUERY))
    request = Request("extended", due=JUNE, basis="Thông báo số 9")
    mark = app.store.moves_mark()
    planned = follow.plan(app, cells, request, total=len(cells), at=AT)
    assert app.store.moves() == []
    assert [(p.line.task.task.text, bool(p.move)) for p in planned if p.problem] == [(OPEN, False)]
    batch, moves = follow.run(app, planned, mark=mark, at=AT)
    assert len(moves) == len(cells) - 1
    assert {move.batch for move in moves} == {batch}
    assert cell(app, OTHER, dt.date(2026, 4, 1)).duty.due == JUNE
    with pytest.raises(Conflict, match="xem trước"):
        follow.run(app, planned, mark=mark, at=AT)
    follow.undo(app, app.store.moves(batch=batch), at=AT)
    assert cell(app, OTHER, dt.date(2026, 4, 1)).duty.due == dt.date(2026, 3, 15)


def test_requests_of_units_are_not_made_in_bulk(app: Bench) -> None:
    with pytest.raises(InvalidInput, match="từng việc"):
        follow.plan(app, (), Request("extend_asked", due=JUNE, note="x"), total=0, at=AT)


def test_an_act_on_too_many_is_refused_before_they_are_read(app: Bench) -> None:
    def unread() -> Iterator[Line]:
        raise AssertionError("read")
        yield

    with pytest.raises(InvalidInput, match="tối đa 5000"):
        follow.plan(app, unread(), Request("ended", basis="x"), total=5_001, at=AT)


def test_a_move_of_one_period_leaves_the_others(app: Bench) -> None:
    do(app, LATE, "extended", due=JUNE, basis="x", unit="Sở Khác")
    assert cell(app, LATE).duty.due == dt.date(2026, 2, 28)
    do(app, LATE, "extended", due=JUNE, basis="x", unit=SNV)
    assert cell(app, LATE).duty.due == JUNE
