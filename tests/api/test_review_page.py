"""The review page: what a person can say about a statement, and what is shown beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.asgi import create
from service.bootstrap import open_app
from service.ingest import ingest
from service.settings import Settings
from tests.api.test_api import BASE, get


@pytest.fixture
def client(demo_copy: Settings) -> Iterator[TestClient]:
    with TestClient(create(demo_copy), base_url=BASE) as client:
        yield client


def report_of(client: TestClient, symbol: str) -> int:
    return next(int(d["id"]) for d in get(client, "/documents") if d["symbol"] == symbol)


def post(client: TestClient, path: str, page: str, **data: object) -> str:
    token = page.split('name="csrf_token" value="')[1].split('"', maxsplit=1)[0]
    answer = client.post(path, data={"csrf_token": token, **data})
    assert answer.status_code == 200, answer.text[:300]
    return answer.text


def first_item(page: str) -> str:
    found = re.search(r'id="nd-(\d+)"', page)
    assert found
    return found[1]


def test_both_sides_show_what_they_have_in_common(client: TestClient) -> None:
    page = client.get(f"/doi-chieu/{report_of(client, '903/BC-SNV')}").text
    assert page.count('<mark class="run">') >= 2
    assert re.search(r'<p class="item">[^\n]*<mark', page)
    assert "chưa hiệu chỉnh theo xác suất" not in page


def test_a_statement_answers_nothing_until_the_word_is_taken_back(client: TestClient) -> None:
    report = report_of(client, "903/BC-SNV")
    page = client.get(f"/doi-chieu/{report}").text
    item = first_item(page)
    page = post(client, f"/doi-chieu/{report}/noi-dung/{item}", page)
    assert "Không trả lời nhiệm vụ nào – Nguyễn Văn Thử" in page
    link = re.search(
        rf'action="/doi-chieu/{report}/(\d+)" class="decide"><input[^>]*><button name="decision" value="suggested"',
        page,
    )
    assert link
    page = post(client, f"/doi-chieu/{report}/{link[1]}", page, decision="suggested")
    assert "Không trả lời nhiệm vụ nào – " not in page


def test_a_statement_is_given_another_task(client: TestClient) -> None:
    report = report_of(client, "903/BC-SNV")
    item = first_item(client.get(f"/doi-chieu/{report}").text)
    found = client.get(f"/doi-chieu/{report}/noi-dung/{item}", params={"tim": "so hoa ho tich"}).text
    task = re.search(r'name="task" value="(\d+)"', found)
    assert task
    page = post(client, f"/doi-chieu/{report}/noi-dung/{item}", found, task=task[1])
    section = page.split(f'id="nd-{item}"')[1].split("</section>")[0]
    assert 'class="proposal confirmed"' in section.replace("  ", " ")
    assert client.get(f"/doi-chieu/{report}/noi-dung/999999").status_code == 404


def test_all_that_fit_well_are_accepted_at_once_and_nothing_else(client: TestClient) -> None:
    report = report_of(client, "903/BC-SNV")
    page = client.get(f"/doi-chieu/{report}").text
    count = re.search(r"khớp cao \((\d+)\)", page)
    assert count
    page = post(client, f"/doi-chieu/{report}/khop-cao", page)
    assert page.count('class="proposal confirmed"') == int(count[1])
    assert "Chấp nhận tất cả" not in page


REPORT = """UBND TỈNH X
SỞ Y TẾ
Số: 99/BC-SYT
X, ngày 15 tháng 6 năm 2026

BÁO CÁO
Kết quả công tác tháng 6 năm 2026

Thực hiện Kế hoạch số 41/KH-UBND ngày 05/01/2026 của UBND tỉnh X, Sở Y tế báo cáo như sau:
1. Đã kiểm tra 12/35 cơ sở, đạt 44% kế hoạch.
2. Đang thực hiện 2.414 hồ sơ, trong đó trong hạn 2.065, đã quá hạn 348.
"""


def test_figures_that_contradict_and_the_days_of_the_regime_are_shown(demo_copy: Settings, tmp_path: Path) -> None:
    file = tmp_path / "99-BC-SYT.txt"
    file.write_text(REPORT, encoding="utf-8")
    settings = demo_copy.model_copy(update={"report_regime": "09/2019/NĐ-CP"})
    with open_app(settings) as app:
        ingest(app, [file])
    with TestClient(create(settings), base_url=BASE) as client:
        page = client.get(f"/doi-chieu/{report_of(client, '99/BC-SYT')}").text
    assert "Số liệu không khớp (2)" in page
    assert "12/35 là 34,3%, báo cáo ghi 44%" in page
    assert "2.065 + 348 = 2.413, khác 2.414" in page
    assert re.search(r'href="#nd-\d+">nội dung', page)
    assert '<mark class="run">12/35</mark> cơ sở, đạt <mark class="run">44</mark>% kế hoạch.' in page
    assert "số liệu từ 15/05/2026 đến 14/06/2026 theo Nghị định 09/2019/NĐ-CP" in page
