"""What people decided reaches the next report: in the candidates, the reasons and the first choice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from nlp.model import Deadline, Header, Period, Report, ReportItem, Task
from service import linking
from service.bootstrap import App, open_app
from service.indexing import apply_outbox
from service.records import Intake, StoredDocument
from service.settings import Settings

AT = dt.datetime(2025, 1, 1, 8, tzinfo=dt.UTC)
TASKS = (
    "Phát triển hạ tầng thương mại nông thôn",
    "Tổ chức hội chợ du lịch biển đảo",
    "Báo cáo tình hình xuất khẩu thủy sản",
)
KIOSK = "Chợ phiên Tân Hòa: đã lắp 24/60 ki-ốt, đang làm mái che."
PORT = "Thu phí cảng được 2,3 tỷ đồng."


def intake(number: int, date: dt.date, tasks: tuple[Task, ...] = (), said: tuple[tuple[str, str], ...] = ()) -> Intake:
    items = tuple(
        ReportItem(f"m{n}", text, 0, 0, claimed_status=status)  # type: ignore[arg-type]
        for n, (text, status) in enumerate(said)
    )
    period = Period(date - dt.timedelta(days=90), date, "kỳ báo cáo")
    report = Report("Sở Công Thương", period, ("9/KH-UBND",), items) if said else None
    header = Header(symbol=f"{number}/BC-SCT" if said else "9/KH-UBND", issuer="Sở Công Thương", date=date)
    return Intake(
        sha256=f"{number:064x}", file=f"{number}.txt", media_type="text/plain", status="ok", pages=1, problems=(),
        text="", layout={"blocks": [], "tables": [], "furniture": [], "page_marks": []}, header=header,
        role="report" if said else "directive", citations=(), tasks=tasks, report=report, arrived=date,
    )  # fmt: skip


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    tasks = tuple(Task(f"n{n}", text, n, n + 1, lead=("Sở Công Thương",)) for n, text in enumerate(TASKS[:2]))
    monthly = Task(
        "n2", TASKS[2], 2, 3, lead=("Sở Công Thương",), deadline=Deadline("hằng tháng", recurrence="monthly")
    )
    with open_app(Settings(home=tmp_path, processes=0)) as opened:
        opened.store.add(intake(9, dt.date(2024, 12, 1), (*tasks, monthly)), at=AT)
        opened.store.add(
            intake(
                1,
                dt.date(2025, 3, 30),
                said=(
                    (KIOSK, "in_progress"),
                    (PORT, "done"),
                    ("Đã tổ chức hội chợ du lịch biển đảo, 120 gian hàng.", "done"),
                ),
            ),
            at=AT,
        )
        opened.store.add(
            intake(
                2,
                dt.date(2025, 6, 30),
                said=(
                    (KIOSK.replace("24", "60"), "done"),
                    (PORT.replace("2,3", "4,1"), "done"),
                    ("Gửi báo cáo xuất khẩu thủy sản tháng 6.", "done"),
                ),
            ),
            at=AT,
        )
        apply_outbox(opened)
        linking.link_all(opened)
        yield opened


def reports(app: App) -> list[StoredDocument]:
    return sorted(app.store.documents(role="report"), key=lambda one: one.id)


def decide(app: App) -> list[int]:
    tasks = [task.id for task in app.store.tasks()]
    first = [stored.id for stored in app.store.items(reports(app)[0].id)]
    linking.assign(app, first[0], tasks[0], by="Lan")
    linking.answers_nothing(app, first[1], by="Lan")
    linking.assign(app, first[2], tasks[1], by="Lan")
    return tasks


def codes(app: App, item: int, task: int | None) -> dict[str, float]:
    link = next(one for one in app.store.links(item_id=item) if one.task_id == task)
    return {reason.code: reason.weight for reason in link.reasons}


def test_the_next_report_is_linked_by_what_was_confirmed(app: App) -> None:
    later = reports(app)[1]
    kiosk, port, _ = (stored.id for stored in app.store.items(later.id))
    tasks = decide(app)
    before = {one.task_id: one.probability for one in app.store.links(item_id=kiosk)}
    linking.link_report(app, later.id)
    after = {one.task_id: one.probability for one in app.store.links(item_id=kiosk)}
    assert after[tasks[0]] > before.get(tasks[0], 0.0)
    assert codes(app, kiosk, tasks[0])["told_before"] > 0
    assert all("told_otherwise" in codes(app, port, task) for task in tasks)
    assert app.store.links(item_id=port, active=True) == []


def test_a_result_that_was_confirmed_closes_its_task_and_no_recurring_one(app: App) -> None:
    later = reports(app)[1]
    tasks = decide(app)
    third = app.store.items(reports(app)[0].id)[2].id
    linking.assign(app, third, tasks[2], by="Lan")
    linking.link_report(app, later.id)
    seen = {task: set().union(*(codes(app, stored.id, task) for stored in app.store.items(later.id))) for task in tasks}
    assert "closed" in seen[tasks[1]]
    assert "closed" not in seen[tasks[0]]
    assert "closed" not in seen[tasks[2]]


def test_its_own_decisions_are_no_memory_of_a_report(app: App) -> None:
    decide(app)
    first = reports(app)[0]
    scene = linking.scene_of(app, first)
    assert scene is not None
    assert scene.tasks.pool.memory is None
