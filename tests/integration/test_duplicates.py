"""The same duty issued twice: found through the index, judged from the tasks as they are, decided by a person."""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from service import duplicates, review
from service.bootstrap import App, open_app
from service.gaps import gaps, parse_query
from service.indexing import apply_outbox
from service.ingest import ingest
from service.records import StoredTask
from service.settings import Settings

HEAD = "ỦY BAN NHÂN DÂN TỈNH KIÊN GIANG\nSố: {symbol}\nKiên Giang, ngày {day} tháng {month} năm {year}\nKẾ HOẠCH\n{title}\n"
FIRST = HEAD.format(symbol="10/KH-UBND", day="05", month="01", year="2026", title="Về chuyển đổi số") + (
    "1. Sở Nội vụ\n"
    "- Xây dựng Đề án vị trí việc làm trong các cơ quan hành chính của tỉnh, hoàn thành trước ngày 30/6/2026.\n"
    "- Tổ chức thực hiện Kế hoạch này và báo cáo kết quả về Ủy ban nhân dân tỉnh trước ngày 15/12/2026.\n"
    "2. Sở Tài chính\n"
    "- Bố trí kinh phí mua sắm thiết bị cho bộ phận một cửa của các xã, phường trước ngày 31/3/2026.\n"
)
SECOND = HEAD.format(symbol="55/KH-UBND", day="12", month="03", year="2026", title="Về cải cách hành chính") + (
    "1. Sở Nội vụ\n"
    "- Xây dựng Đề án vị trí việc làm trong các cơ quan hành chính của tỉnh, hoàn thành trước ngày 30/9/2026.\n"
    "- Tổ chức thực hiện Kế hoạch này và báo cáo kết quả về Ủy ban nhân dân tỉnh trước ngày 15/12/2026.\n"
    "2. Sở Y tế\n"
    "- Bố trí kinh phí mua sắm thiết bị cho bộ phận một cửa của các xã, phường trước ngày 31/3/2026.\n"
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home, files = tmp_path_factory.mktemp("kho"), tmp_path_factory.mktemp("van-ban")
    for name, text in (("mot.txt", FIRST), ("hai.txt", SECOND)):
        (files / name).write_text(text, encoding="utf-8")
    with open_app(Settings(home=home, processes=0)) as app:
        ingest(app, [files])
        assert duplicates.refresh(app) == len(app.store.tasks())
    return home


@pytest.fixture
def app(filled: Path, tmp_path: Path) -> Iterator[App]:
    shutil.copytree(filled, tmp_path / "kho")
    with open_app(Settings(home=tmp_path / "kho", processes=0)) as opened:
        yield opened


def with_words(app: App, words: str) -> list[StoredTask]:
    return [stored for stored in app.store.tasks() if words in stored.task.text]


def found(app: App) -> dict[str, tuple[str, ...]]:
    return {double.task.task.text[:12]: double.conflicts for double in duplicates.everything(app.store)}


def settle(app: App) -> None:
    apply_outbox(app)
    duplicates.refresh(app)


def rules(app: App) -> dict[str, str]:
    query = parse_query(app.store, directive="10/KH-UBND", as_of="2026-02-01", settings=app.settings)
    return {rule.id: rule.text for cell in gaps(app.store, query) for rule in cell.rules}


def test_the_same_work_is_found_with_its_differences_and_work_on_the_document_itself_is_not(app: App) -> None:
    assert set(found(app).values()) == {("deadline",), ("lead",)}
    told = {double.words: double for double in duplicates.everything(app.store)}
    assert "trước ngày 30/6/2026" in told["Khác nhau về thời hạn"].detail
    lead = told["Khác nhau về đơn vị chủ trì"]
    assert set(lead.sides("lead")) == {"Sở Tài chính", "Sở Y tế"}
    assert lead.detail == "chủ trì: " + " – ".join(lead.sides("lead"))
    assert told["Khác nhau về đơn vị chủ trì"].where.startswith("Kế hoạch ")


def test_a_correction_changes_the_judgement_and_the_matrix_at_once(app: App) -> None:
    assert {"conflicting_deadline", "conflicting_lead"} <= rules(app).keys()
    one, two = with_words(app, "vị trí việc làm")
    review.correct(app, two.id, {"deadline": review.shown(one.task, "deadline")}, by="Lan")
    settle(app)
    assert () in found(app).values()
    told = rules(app)
    assert "conflicting_deadline" not in told
    assert told["duplicate_task"].startswith("Giao trùng với Kế hoạch 55/KH-UBND")


def test_a_person_says_that_two_are_other_work_and_may_take_it_back(app: App) -> None:
    [pair] = [double.pair for double in duplicates.everything(app.store) if "lead" in double.conflicts]
    duplicates.decide(app, pair.id, "different", by="Lan")
    assert set(found(app).values()) == {("deadline",)}
    assert "conflicting_lead" not in rules(app)
    duplicates.decide(app, pair.id, None, by="Lan")
    assert ("lead",) in found(app).values()


def test_a_task_taken_off_the_list_is_no_duplicate(app: App) -> None:
    review.remove(app, [with_words(app, "vị trí việc làm")[1].id], reason="Trùng", by="Lan")
    settle(app)
    assert set(found(app).values()) == {("lead",)}


def test_the_past_is_answered_without_them(app: App) -> None:
    now = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1)
    query = parse_query(app.store, directive="10/KH-UBND", known_at=now, settings=app.settings)
    assert not any(
        rule.id.startswith(("duplicate", "conflicting_")) for c in gaps(app.store, query) for rule in c.rules
    )
