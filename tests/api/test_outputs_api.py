"""Papers, letters, acts and reminders over the API, on the demo corpus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.asgi import create
from service.settings import Settings
from tests.outputs import AT, docx_table

DAY = "2022-12-31"


@pytest.fixture
def client(demo_copy: Settings) -> Iterator[TestClient]:
    with TestClient(create(demo_copy), base_url="http://localhost") as client:
        client.headers["x-csrf-token"] = client.get("/api/v1/session").json()["csrf_token"]
        store = client.app.state.dondoc.store  # type: ignore[attr-defined]  # Starlette's own
        for task in store.tasks():
            store.confirm_task(task.id, by="A", at=AT)
        yield client


def body(client: TestClient, method: str, path: str, status: int = 200, **given: Any) -> Any:
    answer = client.request(method, f"/api/v1{path}", **given)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_papers_and_tables_come_as_files(client: TestClient) -> None:
    answer = client.get(f"/api/v1/papers/bang-tong-hop.docx?as_of={DAY}")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["content-disposition"]
    total = docx_table(answer.content, 1)[-1]
    assert total[1] == "Tổng số"
    assert int(total[2]) == sum(int(cell) for cell in total[3:8])
    lines = (
        client.get(f"/api/v1/tables/dau-viec.csv?as_of={DAY}&unit=Sở Nội vụ").content.decode("utf-8-sig").splitlines()
    )
    gaps = body(client, "GET", f"/gaps?as_of={DAY}&unit=Sở Nội vụ")
    assert len(lines) == len(gaps) + 1
    assert body(client, "GET", "/papers/khong-co.docx", 400)["error"]["code"] == "invalid_input"
    assert body(client, "GET", "/tables/van-ban.pdf", 400)["error"]["code"] == "invalid_input"


def test_a_letter_is_drafted_checked_and_issued(client: TestClient) -> None:
    made = body(client, "POST", "/letters", 201, json={"unit": "Sở Nội vụ", "as_of": DAY})
    path = f"/letters/{made['id']}"
    found = body(client, "GET", path)
    assert found["ready"] == (found["obstacles"] == [])
    for one in found["obstacles"]:
        body(client, "POST", path, json={"act": "set_aside", "document": one["document_id"], "reason": "đã xem"})
    issued = body(client, "POST", path, json={"act": "issue", "symbol": "15/VP-TH", "issued": DAY})
    assert (issued["state"], issued["symbol"]) == ("issued", "15/VP-TH")
    assert client.get(f"/api/v1{path}/file.docx").status_code == 200
    assert body(client, "POST", path, 409, json={"act": "cancel"})["error"]["code"] == "conflict"
    assert body(client, "GET", "/letters/999", 404)["error"]["code"] == "not_found"


def test_acts_are_kept_undone_and_done_in_bulk(client: TestClient) -> None:
    task = body(client, "GET", f"/gaps?as_of={DAY}&unit=Sở Nội vụ")[0]
    store = client.app.state.dondoc.store  # type: ignore[attr-defined]  # Starlette's own
    number = next(one.id for one in store.tasks() if one.task.id == task["task"]["id"])
    act = {"kind": "extended", "due": "2023-06-30", "basis": "12/TB-UBND", "effective": DAY}
    move = body(client, "POST", f"/tasks/{number}/moves", 201, json=act)
    assert [one["id"] for one in body(client, "GET", f"/tasks/{number}/moves")] == [move["id"]]
    body(client, "POST", f"/moves/{move['id']}/undo")
    assert (
        body(client, "POST", f"/tasks/{number}/moves", 400, json={"kind": "extended"})["error"]["code"]
        == "invalid_input"
    )
    bulk = {"kind": "note", "note": "đã gọi điện", "filter": {"unit": "Sở Nội vụ", "as_of": DAY}}
    seen = body(client, "POST", "/bulk", json=bulk)
    done = body(client, "POST", "/bulk", json=bulk | {"mark": seen["mark"]})
    assert len(done["done"]) == len(seen["would"]) > 0
    assert body(client, "POST", "/bulk", 409, json=bulk | {"mark": seen["mark"]})["error"]["code"] == "conflict"
    assert len(body(client, "POST", f"/batches/{done['batch']}/undo")) == len(done["done"])


def test_reminders_are_tried_and_run(client: TestClient) -> None:
    assert body(client, "POST", "/reminders/run?trial=true")["new"] == 0
    run = body(client, "POST", "/reminders/run")
    assert len(body(client, "GET", "/reminders")) == run["new"]
    assert body(client, "POST", "/reminders/try", 502, json={"email": "a@vd.vn"})["error"]["code"] == "mail_failed"


def test_writes_need_the_token(client: TestClient) -> None:
    del client.headers["x-csrf-token"]
    for path in ("/letters", "/bulk", "/reminders/run", "/tasks/1/moves", "/moves/1/undo"):
        body(client, "POST", path, 403, json={})
