"""While thousands of tasks wait to be weighed: pages come at once with the figures of one moment, answers stay exact."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service import gaps, worker
from service.asgi import create
from service.bootstrap import open_app
from service.gaps import GapQuery, Waiting
from service.gaps.meanwhile import AT_HAND
from service.settings import Settings
from tests.office import Office, task

MANY = 30
DUE = dt.date(2026, 3, 31)
AS_OF = dt.date(2026, 6, 30)
QUERY = GapQuery(as_of=AS_OF)
NOTICE = f"(còn <span data-left>{MANY}</span> nhiệm vụ)"
PAGES = [
    "/", "/theo-doi?as_of=2026-06-30", "/theo-doi/don-vi?as_of=2026-06-30", "/theo-doi/don-vi?by=period", "/cham?as_of=2026-06-30",
    "/hoi?q=viec+nao+qua+han", "/bieu-mau?as_of=2026-06-30", "/nhac-viec", "/dau-viec/1", "/hang-loat?kind=note&note=x",
    "/chuoi/1",
]  # fmt: skip


OTHER_PAGES = [
    "/nhap", "/van-ban", "/van-ban/1", "/ra-soat", "/ra-soat/1", "/ra-soat/giao-trung", "/nhiem-vu/1", "/doi-chieu",
    "/don-vi", "/don-vi/lich-su", "/mau", "/tra-cuu?q=1", "/du-thao", "/hoi/da-luu/1",
]  # fmt: skip
AT = dt.datetime(2026, 6, 30, tzinfo=dt.UTC)


def text(number: int) -> str:
    return f"Ban hành quy chế số {number}"


def filled(folder: Path, many: int = MANY) -> tuple[Office, Settings]:
    """An office whose tasks are all overdue, weighed; nobody has reported."""
    office = Office.open(folder)
    office.directive("1/KH", dt.date(2026, 1, 5), *(task(text(n), f"Sở {n % 7}", due=DUE) for n in range(many)))
    for number in office.tasks.values():
        office.store.confirm_task(number, by="A", at=dt.datetime(2026, 1, 6, tzinfo=dt.UTC))
    gaps.refresh(office.store, QUERY)
    return office, Settings(
        home=folder, database_url=f"sqlite:///{(folder / 'office.sqlite3').as_posix()}", processes=0
    )


def report_all(office: Office) -> None:
    """A worker links a statement to every task: all of them have to be weighed again."""
    for number in range(len(office.tasks)):
        [item] = office.report(f"Sở {number % 7}", dt.date(2026, 3, 1), ("Đã ban hành", "done"), symbol=f"{number}/BC")
        office.link(item, text(number), confirmed=True)


@pytest.fixture
def idle(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[tuple[Office, TestClient]]:
    """Pages over an office where no worker is at work."""
    office, settings = filled(tmp_path)
    monkeypatch.setattr(worker, "run", lambda *_: None)
    with TestClient(create(settings), base_url="http://localhost") as client:
        yield office, client


def test_pages_weigh_nothing_while_much_is_waiting_and_say_so(idle: tuple[Office, TestClient]) -> None:
    """A page had waited until thousands of tasks were weighed."""
    office, client = idle
    office.store.gap_touch(tasks=list(office.tasks.values()))
    for path in PAGES:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert NOTICE in answer.text, path
        assert office.store.gap_pending() == (MANY, 0), path


def test_no_other_page_weighs_either(idle: tuple[Office, TestClient]) -> None:
    office, client = idle
    office.store.save_search("a", owner="A", question="việc nào quá hạn", query={}, shared=True, at=AT)
    office.store.gap_touch(tasks=list(office.tasks.values()))
    for path in OTHER_PAGES:
        assert client.get(path, follow_redirects=False).status_code in {200, 303, 307}, path
        assert office.store.gap_pending() == (MANY, 0), path


def test_a_page_has_what_its_reader_has_just_decided(idle: tuple[Office, TestClient]) -> None:
    office, client = idle
    [item] = office.report("Sở 1", dt.date(2026, 3, 1), ("Đã ban hành", "done"))
    office.link(item, text(1), confirmed=True)
    answer = client.get("/theo-doi?as_of=2026-06-30&task_status=done_on_time")
    assert "data-weighing" not in answer.text
    assert text(1) in answer.text


def test_pages_show_the_figures_they_have_and_the_api_the_exact_ones(idle: tuple[Office, TestClient]) -> None:
    office, client = idle
    report_all(office)
    asked = "as_of=2026-06-30&task_status=done_on_time"
    before = client.get(f"/theo-doi?{asked}").text
    assert "data-weighing" in before
    assert text(1) not in before
    left = client.get("/api/v1/gaps/waiting").json()
    assert (left["tasks"], left["whole"]) == (MANY, False)
    assert client.get("/api/v1/gaps/totals?as_of=2026-06-30").json()["totals"]["done_on_time"] == MANY
    after = client.get(f"/theo-doi?{asked}").text
    assert "data-weighing" not in after
    assert text(1) in after


def test_a_table_as_a_file_waits_for_the_exact_figures(idle: tuple[Office, TestClient]) -> None:
    office, client = idle
    report_all(office)
    rows = client.get("/xuat/dau-viec.csv?as_of=2026-06-30&task_status=done_on_time").content.decode("utf-8-sig")
    assert len(rows.splitlines()) == MANY + 1


def test_a_letter_is_never_drafted_on_figures_that_are_behind(idle: tuple[Office, TestClient]) -> None:
    """A unit would have been urged for what it has reported."""
    office, client = idle
    report_all(office)
    client.headers["x-csrf-token"] = client.get("/api/v1/session").json()["csrf_token"]
    answer = client.post("/cong-van", data={"unit": "Sở 1", "as_of": "2026-06-30"}, follow_redirects=False)
    assert answer.status_code >= 400
    assert office.store.letters() == []
    assert not gaps.waiting(office.store, QUERY)


def test_where_all_is_made_anew_no_figure_is_shown(idle: tuple[Office, TestClient]) -> None:
    office, client = idle
    basis = office.store.gap_basis()
    assert basis is not None
    office.store.gap_restart(type(basis)("cũ", basis.horizon))
    answer = client.get("/theo-doi")
    assert "Bảng theo dõi đang được lập lại" in answer.text
    assert NOTICE in answer.text
    assert office.store.gap_pending() == (MANY, 1)


def test_a_change_of_the_directory_keeps_the_figures_till_new_ones_come(idle: tuple[Office, TestClient]) -> None:
    """An edited unit had emptied the board until all was weighed again."""
    office, client = idle
    client.headers["x-csrf-token"] = client.get("/api/v1/session").json()["csrf_token"]
    assert client.post("/don-vi/co-quan", data={"ten": "UBND tỉnh Kiên Giang"}).status_code < 400
    answer = client.get("/theo-doi?as_of=2026-06-30")
    assert NOTICE in answer.text
    assert text(1) in answer.text
    assert gaps.work_on(office.store, QUERY) == "more"
    assert "data-weighing" not in client.get("/theo-doi?as_of=2026-06-30").text


def test_a_day_beyond_the_kept_periods_is_reached(idle: tuple[Office, TestClient]) -> None:
    _, client = idle
    far = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=400)
    answer = client.get(f"/theo-doi?as_of={far}")
    assert answer.status_code == 200
    assert text(1) in answer.text


@pytest.mark.parametrize("path", ["/theo-doi", "/", "/dau-viec/1", "/api/v1/gaps/totals"])
def test_a_day_too_far_ahead_is_told(idle: tuple[Office, TestClient], path: str) -> None:
    """The last day of the calendar was a defect, and one near it the work of a century of monthly reports."""
    _, client = idle
    for day in ("9999-12-31", "2100-01-01"):
        answer = client.get(f"{path}?as_of={day}")
        assert answer.status_code in {200, 400}
        assert path == "/" or "quá xa" in answer.text


def test_all_that_is_read_within_a_moment_is_of_that_moment(tmp_path: Path) -> None:
    office, _ = filled(tmp_path)
    store = office.store
    report_all(office)
    with store.one_moment():
        left, seen = gaps.waiting(store, QUERY), gaps.count(store, QUERY)
        weighing = threading.Thread(target=gaps.refresh, args=(store, QUERY))
        weighing.start()
        weighing.join()
        assert (gaps.count(store, QUERY), gaps.waiting(store, QUERY)) == (seen, left)
        assert sum(one.figures.open_overdue for one in gaps.by_unit(store, QUERY)) == MANY
    assert gaps.count(store, QUERY).done_on_time == MANY


def test_a_worker_weighs_in_small_pieces_till_nothing_is_left(tmp_path: Path) -> None:
    office, settings = filled(tmp_path, 3 * AT_HAND)
    report_all(office)
    stop = threading.Event()
    with open_app(settings) as app:
        thread = threading.Thread(target=worker.keep_weighed, args=(app, stop))
        thread.start()
        until = time.monotonic() + 30
        while gaps.waiting(app.store, QUERY) and time.monotonic() < until:
            time.sleep(0.05)
        stop.set()
        thread.join()
        assert gaps.waiting(app.store, QUERY) == Waiting()
        with app.store.one_moment():
            assert gaps.count(app.store, QUERY).done_on_time == 3 * AT_HAND


def test_a_command_tells_how_far_the_weighing_is(tmp_path: Path) -> None:
    office, _ = filled(tmp_path)
    report_all(office)
    told: list[tuple[int, int]] = []
    gaps.refresh(office.store, QUERY, progress=lambda done, total, _: told.append((done, total)))
    assert told[-1] == (MANY, MANY)
