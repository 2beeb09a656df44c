"""Reading a document again, over the API and on its page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from service.asgi import create
from service.settings import Settings
from tests.api.test_api import BASE, get, token, wait_for


@pytest.fixture
def client(demo_copy: Settings) -> Iterator[TestClient]:
    with TestClient(create(demo_copy), base_url=BASE) as client:
        yield client


def test_a_document_is_read_again_and_its_tasks_keep_their_ids(client: TestClient) -> None:
    plan = next(d for d in get(client, "/documents") if d["symbol"] == "88/KH-UBND")
    assert not plan["outdated"]
    before = get(client, f"/documents/{plan['id']}/tasks")
    client.post(f"/api/v1/tasks/{before[0]['id']}/confirm", headers=token(client))
    answer = client.post(f"/api/v1/documents/{plan['id']}/reread", headers=token(client))
    assert answer.status_code == 202
    ended = wait_for(client, answer.json()["id"])
    assert (ended["kind"], ended["state"], ended["done"], ended["failed"]) == ("reread", "done", 1, 0)
    after = get(client, f"/documents/{plan['id']}/tasks")
    assert [(task["id"], task["text"]) for task in after] == [(task["id"], task["text"]) for task in before]
    assert after[0]["confirmed"]
    assert {task["vanished_at"] for task in after} == {None}


def test_reading_again_needs_the_token_and_a_document(client: TestClient) -> None:
    assert client.post("/api/v1/documents/1/reread").status_code == 403
    assert client.post("/api/v1/documents/999/reread", headers=token(client)).status_code == 404


def test_the_page_offers_it_and_the_job_is_shown_by_its_name(client: TestClient) -> None:
    plan = next(d for d in get(client, "/documents") if d["symbol"] == "88/KH-UBND")
    page = client.get(f"/van-ban/{plan['id']}").text
    assert f'action="/van-ban/{plan["id"]}/doc-lai"' in page
    assert "Văn bản này do bộ quy tắc cũ đọc." not in page
    field = page.split('name="csrf_token" value="')[1].split('"')[0]
    answer = client.post(f"/van-ban/{plan['id']}/doc-lai", data={"csrf_token": field})
    assert answer.status_code == 200
    assert "Đọc lại văn bản" in answer.text
