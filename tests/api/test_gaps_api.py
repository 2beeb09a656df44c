"""Totals, pages, everyday questions and saved ones over HTTP; the page that asks."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from service.asgi import create
from service.settings import Settings

BASE = "http://127.0.0.1:8765"


@pytest.fixture
def client(demo_copy: Settings) -> Iterator[TestClient]:
    with TestClient(create(demo_copy), base_url=BASE) as client:
        client.headers["x-csrf-token"] = client.get("/api/v1/session").json()["csrf_token"]
        client.headers["origin"] = BASE
        client.get("/api/v1/gaps/totals")  # weighs all that waits: a page would only say that figures are being counted
        yield client


def test_totals_page_and_comparison_tell_the_same(client: TestClient) -> None:
    asked = {"as_of": "2022-12-31"}
    found = client.get("/api/v1/gaps/totals", params=asked).json()
    whole = client.get("/api/v1/gaps", params=asked).json()
    some = client.get("/api/v1/gaps/page", params={**asked, "limit": 5}).json()
    assert found["totals"]["total"] == some["total"] == len(whole) > 5
    assert some["cells"] == whole[:5]
    two = client.get("/api/v1/gaps/compare", params={**asked, "compare_to": "2022-06-30"}).json()
    assert two["now"] == found["totals"]
    late = client.get("/api/v1/gaps/totals", params={**asked, "task_status": "open_overdue"}).json()
    assert late["totals"]["open_overdue"] == late["totals"]["total"] == found["totals"]["open_overdue"]
    assert client.get("/api/v1/gaps/totals", params={"task_status": "late"}).status_code == 400


def test_a_question_is_answered_or_told_not_to_be_understood(client: TestClient) -> None:
    found = client.get("/api/v1/ask", params={"q": "don vi nao nhieu viec qua han nhat"}).json()
    assert found["filter"] == {"show": "units", "task_status": ["open_overdue"]}
    assert found["answer"]["units"]
    lost = client.get("/api/v1/ask", params={"q": "giá vàng hôm nay"}).json()
    assert (lost["understood"], lost["answer"]) == (False, None)
    assert lost["suggestions"]
    assert "Đang lọc" in client.get("/hoi", params={"q": "việc nào quá hạn so với tuần trước"}).text
    assert "Chưa xác định được nội dung cần tra cứu" in client.get("/hoi", params={"q": "giá vàng"}).text


def test_what_may_be_meant_can_be_taken_and_kept(client: TestClient) -> None:
    question = {"q": "việc quá hạn màu xanh"}
    lost = client.get("/api/v1/ask", params=question).json()
    assert (lost["unknown"], lost["suggestions"][0]["filter"]) == (["màu xanh"], {"task_status": ["open_overdue"]})
    taken = client.get("/api/v1/ask", params={**question, "take": 1}).json()
    assert taken["filter"] == {"task_status": ["open_overdue"]}
    assert client.get("/api/v1/ask", params={**question, "take": 99}).status_code == 400
    page = client.get("/hoi", params=question).text
    assert "<mark>màu xanh</mark>" in page
    taken_page = client.get("/hoi", params={**question, "take": 1}).text
    assert "/hoi?q=vi%E1%BB%87c%20qu%C3%A1%20h%E1%BA%A1n%20m%C3%A0u%20xanh&amp;take=1" in page
    assert "Đang lọc:</strong> Nhiệm vụ: chưa hoàn thành, quá hạn." in taken_page
    token = re.findall(r'name="csrf_token" value="([^"]+)"', taken_page)[0]
    kept = client.post("/hoi/luu", data={**question, "name": "Đỏ", "take": 1, "csrf_token": token})
    assert "Đang lọc" in kept.text
    saved = client.get("/api/v1/searches").json()[0]
    assert saved["query"] == {"task_status": ["open_overdue"]}
    assert client.get(f"/hoi/da-luu/{saved['id']}").url.path == "/theo-doi"
    assert 'role="alert"' in client.get("/hoi", params={**question, "take": 99}).text


def test_questions_are_saved_opened_and_removed(client: TestClient) -> None:
    body = {"name": "Quá hạn", "question": "việc quá hạn", "filter": {"task_status": ["open_overdue"]}}
    kept = client.post("/api/v1/searches", json=body).json()
    assert client.post(f"/api/v1/searches/{kept['id']}/use").json()["used"] == 1
    assert "Quá hạn" in client.get("/hoi").text
    assert client.delete(f"/api/v1/searches/{kept['id']}").status_code == 204
    assert client.get("/api/v1/searches").json() == []
    assert client.post("/api/v1/searches", json={**body, "filter": {"rules": ["x"]}}).status_code == 400
