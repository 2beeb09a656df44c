"""A file with several reports, through the whole product: taken in once, each statement credited to its own unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service import gaps, linking
from service.asgi import create
from service.bootstrap import App, open_app
from service.ingest import ingest
from service.settings import Settings
from tests.unit.test_inner_documents import COMMUNE, DISTRICT, OTHER, head

PLAN = (
    head("ỦY BAN NHÂN DÂN", "TỈNH AN GIANG", number="31/KH-UBND", day="An Giang, ngày 12 tháng 01 năm 2026")
    + """KẾ HOẠCH
Cải cách hành chính năm 2026

I. NHIỆM VỤ
1. Giao Ủy ban nhân dân xã Vĩnh Hậu niêm yết công khai thủ tục hành chính tại Trung tâm Phục vụ hành chính công xã, hoàn thành trước ngày 31 tháng 3 năm 2026.
2. Giao Ủy ban nhân dân xã Tân Hội số hóa hồ sơ đất đai, hoàn thành trước ngày 31 tháng 3 năm 2026.
3. Giao Sở Nội vụ trình dự thảo Quy chế một cửa, hoàn thành trước ngày 31 tháng 3 năm 2026.

CHỦ TỊCH
Hồ Văn Mừng
"""
)
AS_OF = dt.date(2026, 6, 30)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    files = tmp_path / "files"
    files.mkdir()
    (files / "ke-hoach.txt").write_text(PLAN, encoding="utf-8")
    (files / "bao-cao.txt").write_text(DISTRICT + "\n" + COMMUNE + "\n" + OTHER, encoding="utf-8")
    with open_app(Settings(home=tmp_path / "home", processes=0)) as app:
        ingest(app, [files], arrived=dt.date(2026, 3, 31))
        linking.link_all(app)
        yield app


def test_each_unit_is_credited_with_what_it_says_itself(app: App) -> None:
    [report] = app.store.documents(role="report")
    heads = app.store.report_heads([report.id])
    assert heads[report.id].units == ("Sở Nội vụ", "Ủy ban nhân dân xã Vĩnh Hậu", "UBND xã Tân Hội")
    found = {cell.duty.unit: cell for cell in gaps.gaps(app.store, gaps.GapQuery(as_of=AS_OF))}
    assert len(found) == 3
    said = {unit: [answer.stored.item.text for answer in cell.answers] for unit, cell in found.items()}
    for unit, words in (("Vĩnh Hậu", "niêm yết"), ("Tân Hội", "số hóa"), ("Sở Nội vụ", "Quy chế một cửa")):
        [texts] = [texts for name, texts in said.items() if name and unit in name]
        assert any(words in text for text in texts), (unit, texts)
    for cell in found.values():
        for answer in cell.answers:
            assert answer.unit is not None
            assert cell.duty.unit is not None
            assert answer.unit.split()[-1] == cell.duty.unit.split()[-1]


def test_the_review_page_says_whose_statements_these_are(app: App) -> None:
    [report] = app.store.documents(role="report")
    with TestClient(create(app.settings), base_url="http://localhost") as client:
        shown = client.get(f"/doi-chieu/{report.id}").text
        assert "Tệp này có 2 báo cáo kèm theo: 87/BC-UBND (Ủy ban nhân dân xã Vĩnh Hậu)" in shown
        assert shown.count('class="inner"') == 2
        line = client.get(f"/api/v1/documents/{report.id}/extraction").json()
    assert [part["symbol"] for part in line["report"]["parts"]] == ["87/BC-UBND", "112/BC-UBND"]


def test_a_task_of_another_unit_is_not_answered_by_the_sender(app: App) -> None:
    """The sender's name stands over the file; its tasks are not reported by what others say in it."""
    cells = gaps.gaps(app.store, gaps.GapQuery(as_of=AS_OF, unit="Sở Nội vụ"))
    assert all(answer.stored.item.start < DISTRICT.find("(Báo cáo") for cell in cells for answer in cell.answers)
