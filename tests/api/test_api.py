"""The API as a script uses it, on the demo corpus."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.asgi import create
from service.settings import Settings

BASE = "http://127.0.0.1:8765"


@pytest.fixture
def client(demo_copy: Settings) -> Iterator[TestClient]:
    with TestClient(create(demo_copy), base_url=BASE) as client:
        yield client


def token(client: TestClient) -> dict[str, str]:
    return {"X-CSRF-Token": client.get("/api/v1/session").json()["csrf_token"]}


def get(client: TestClient, path: str) -> Any:
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def wait_for(client: TestClient, job: int) -> dict[str, Any]:
    for _ in range(300):
        state: dict[str, Any] = get(client, f"/jobs/{job}")
        if state["state"] not in ("queued", "running"):
            return state
        time.sleep(0.1)
    raise AssertionError("the job did not end")


def test_documents_search_links_and_gaps_answer(client: TestClient) -> None:
    documents = get(client, "/documents")
    assert {d["role"] for d in documents} >= {"directive", "report"}
    plan = next(d for d in documents if d["symbol"] == "88/KH-UBND")
    facts = get(client, f"/documents/{plan['id']}/extraction?with_text=true")
    assert facts["header"]["symbol"] == "88/KH-UBND"
    first = facts["citations"][0]
    assert facts["text"][first["start"] : first["end"]].split() == first["text"].split()
    assert get(client, "/search?q=88 kh ubnd")[0]["document"]["symbol"] == "88/KH-UBND"
    assert any(row["task"] for row in get(client, "/links"))
    assert get(client, "/gaps?directive=88/KH-UBND&as_of=2022-12-31")
    assert any(entry["document"]["symbol"] for entry in get(client, f"/documents/{plan['id']}/cited-by"))


def test_a_decision_is_kept_with_its_name(client: TestClient) -> None:
    assert any(row["decision"] == "suggested" for row in get(client, "/links"))
    link = next(row for row in get(client, "/links") if row["task"] and row["decision"] == "suggested")
    answer = client.post(f"/api/v1/links/{link['id']}/decision", json={"decision": "confirmed"}, headers=token(client))
    assert answer.status_code == 200
    assert answer.json()["decided_by"] == "Nguyễn Văn Thử"
    again = next(row for row in get(client, "/links") if row["id"] == link["id"])
    assert again["decision"] == "confirmed"


def test_an_upload_becomes_a_document(client: TestClient) -> None:
    text = "Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính hoàn thành kế hoạch trước ngày 30/6/2026."
    files = [
        ("files", ("viec.txt", io.BytesIO(text.encode()), "text/plain")),
        ("files", ("hong.pdf", b"%PDF-1.7 x", "a/b")),
    ]
    answer = client.post("/api/v1/documents", files=files, headers=token(client))
    assert answer.status_code == 202, answer.text
    state = wait_for(client, answer.json()["job"])
    assert (state["state"], state["done"], state["failed"]) == ("done", 2, 1)
    statuses = {d["file"].rsplit("/")[-1]: d["status"] for d in get(client, "/documents")}
    assert any(name.endswith("viec.txt") and status == "ok" for name, status in statuses.items())
    assert any(name.endswith("hong.pdf") and status == "failed" for name, status in statuses.items())


@pytest.mark.parametrize("path", ["/documents", "/links/1/decision", "/tasks/1/confirm", "/jobs/1/cancel"])
def test_no_write_without_a_token(client: TestClient, path: str) -> None:
    answer = client.post(f"/api/v1{path}", json={"decision": "confirmed"})
    assert answer.status_code in (400, 403)
    if answer.status_code == 403:
        assert answer.json()["error"]["code"] == "csrf"


def test_every_writing_route_asks_for_a_token(client: TestClient) -> None:
    from service.http.guard import require_csrf

    app = client.app
    open_routes = [
        route.path
        for route in app.routes  # type: ignore[attr-defined]  # Starlette's type is wider
        if getattr(route, "methods", set()) & {"POST", "PUT", "PATCH", "DELETE"}
        and require_csrf not in {d.call for d in route.dependant.dependencies}
    ]
    assert not open_routes


def test_foreign_host_and_origin_are_refused(client: TestClient) -> None:
    assert client.get("/api/v1/health", headers={"host": "evil.example"}).status_code == 421
    answer = client.post("/api/v1/jobs/1/cancel", headers={"origin": "http://evil.example"} | token(client))
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "origin")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/documents/999999", 404, "not_found"),
        ("/documents/abc", 400, "invalid_input"),
        ("/nothing", 404, "not_found"),
        ("/gaps?as_of=never", 400, "invalid_input"),
        ("/gaps?directive=999/KH-UBND", 404, "not_found"),
        ("/jobs/77", 404, "not_found"),
    ],
)
def test_errors_have_one_shape(client: TestClient, path: str, status: int, code: str) -> None:
    answer = client.get(f"/api/v1{path}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert set(answer.json()["error"]) == {"code", "message", "details"}


def test_openapi_describes_every_route(client: TestClient) -> None:
    described = get(client, "/openapi.json")["paths"]
    assert {"/api/v1/documents", "/api/v1/gaps", "/api/v1/links", "/api/v1/search"} <= set(described)
