"""The review of tasks as a script does it."""

import io
import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from tests.api.test_api import client, get, token

__all__ = ["client"]


def tasks(client: TestClient) -> list[dict[str, Any]]:
    return get(client, "/tasks?directive=88/KH-UBND")  # type: ignore[no-any-return]


def test_a_task_is_corrected_and_its_history_told(client: TestClient) -> None:
    one = tasks(client)[0]
    assert (one["origin"], one["machine"], len(one["clarity"])) == ("extracted", None, 6)
    assert set(one["trust"]) >= {"text", "lead", "deadline"}
    path = f"/api/v1/tasks/{one['id']}"
    body = {"fields": {"lead": "Sở Y tế", "class": "tracked", "deadline": "quý II/2023"}, "version": one["version"]}
    answer = client.patch(path, json=body, headers=token(client))
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert (found["task"]["lead"], found["task"]["deadline"]["due"]) == (["Sở Y tế"], "2023-06-30")
    assert found["machine"]["lead"] == one["task"]["lead"]
    assert {c["field"] for c in found["corrections"]} >= {"lead", "deadline"}
    assert client.patch(path, json=body, headers=token(client)).status_code == 200  # says nothing new
    other = {"fields": {"product": "Đề án"}, "version": one["version"]}
    stale = client.patch(path, json=other, headers=token(client))
    assert (stale.status_code, stale.json()["error"]["code"]) == (409, "conflict")
    wrong = client.patch(path, json={"fields": {"deadline": "lúc nào rảnh"}}, headers=token(client))
    assert wrong.status_code == 400
    assert "chưa hiểu" in wrong.json()["error"]["message"]
    steps = get(client, f"/tasks/{one['id']}/history")
    assert [step["action"] for step in steps] == ["found", "correct"]
    assert {
        "field": "lead",
        "label": "Đơn vị chủ trì",
        "before": "; ".join(one["task"]["lead"]),
        "after": "Sở Y tế",
    } in (steps[1]["changes"])
    back = client.post(f"{path}/revert", json=["lead"], headers=token(client)).json()
    assert back["task"]["lead"] == one["task"]["lead"]


def test_bulk_actions_are_undone_as_one(client: TestClient) -> None:
    ids = [one["id"] for one in tasks(client)[:3]]
    done = client.post("/api/v1/tasks/actions", json={"action": "confirm", "ids": ids}, headers=token(client)).json()
    assert (done["tasks"], done["words"]) == (3, "Duyệt đưa vào theo dõi")
    assert [one["confirmed"] for one in tasks(client)[:3]] == [True] * 3
    assert get(client, "/task-operations")[0]["id"] == done["id"]
    undone = client.post(f"/api/v1/task-operations/{done['id']}/undo", headers=token(client)).json()
    assert undone["undoes"] == done["id"]
    assert not any(one["confirmed"] for one in tasks(client))
    again = client.post(f"/api/v1/task-operations/{done['id']}/undo", headers=token(client))
    assert again.status_code == 409
    bare = client.post("/api/v1/tasks/actions", json={"action": "remove", "ids": ids}, headers=token(client))
    assert bare.status_code == 400


def test_tasks_are_split_merged_and_added(client: TestClient) -> None:
    one = tasks(client)[0]
    before = len(tasks(client))
    parts = {"parts": ["Lập danh mục", "Số hóa hồ sơ"]}
    assert client.post(f"/api/v1/tasks/{one['id']}/split", json=parts, headers=token(client)).status_code == 200
    own = {"fields": {"text": "Họp sơ kết", "lead": "Sở Nội vụ"}, "document_id": one["document_id"]}
    assert client.post("/api/v1/tasks", json=own, headers=token(client)).status_code == 201
    assert len(tasks(client)) == before + 2
    spoken = {**own, "document_id": None, "kind": "Bút phê", "issuer": "Chủ tịch UBND tỉnh", "date": "2026-11-02"}
    made = client.post("/api/v1/tasks", json=spoken, headers=token(client)).json()
    [alone] = get(client, f"/tasks?document_id={made['document_id']}")
    assert (alone["origin"], alone["confirmed"]) == ("manual", True)
    assert client.post("/api/v1/tasks", json={**spoken, "date": None}, headers=token(client)).status_code == 400


def test_the_list_goes_out_and_comes_back(client: TestClient) -> None:
    data = client.get("/api/v1/tasks/export?directive=88/KH-UBND").content
    book = load_workbook(io.BytesIO(data))
    page = book.active
    head = next(n for n in range(1, 30) if page.cell(n, 1).value == "Mã")
    column = next(cell.column for cell in page[head] if cell.value == "Sản phẩm, kết quả")
    page.cell(head + 1, column).value = "Đề án chuyển đổi số"
    out = io.BytesIO()
    book.save(out)
    files = {"file": ("danh-muc.xlsx", out.getvalue())}
    looked = client.post("/api/v1/tasks/import", files=files, headers=token(client)).json()
    assert (len(looked["entries"]), looked["problems"], looked["applied"]) == (1, [], None)
    applied = client.post("/api/v1/tasks/import?apply=true", files=files, headers=token(client)).json()
    assert applied["applied"]
    assert "Đề án chuyển đổi số" in {one["task"]["product"] for one in tasks(client)}
    annex = client.get("/api/v1/tasks/export?format=annex-json&directive=88/KH-UBND").json()
    assert (annex[0]["CodeNumber"], annex[0]["CodeNotation"]) == ("88", "KH-UBND")
    [line] = [json.loads(row) for row in client.get("/api/v1/tasks/corrections").text.splitlines()]
    assert line["tasks"][0]["product"] == "Đề án chuyển đổi số"


@pytest.mark.parametrize("path", ["/tasks/9999", "/tasks/9999/history", "/tasks?document_id=9999"])
def test_what_is_not_there_is_told(client: TestClient, path: str) -> None:
    assert client.get(f"/api/v1{path}").status_code == 404


def test_writes_need_the_token(client: TestClient) -> None:
    for method, path in (
        ("patch", "/tasks/1"),
        ("post", "/tasks"),
        ("post", "/tasks/actions"),
        ("post", "/tasks/import"),
    ):
        assert getattr(client, method)(f"/api/v1{path}", json={}).status_code == 403


def test_duplicates_and_the_six_are_told(client: TestClient) -> None:
    document = tasks(client)[0]["document_id"]
    six = get(client, f"/documents/{document}/clarity")
    assert six["tasks"] == len(tasks(client))
    assert list(six["labels"]) == list(six["open"]) == [
        "person", "work", "time", "responsibility", "product", "authority",
    ]  # fmt: skip
    assert isinstance(get(client, "/duplicates"), list)
    body = {"decision": "different"}
    assert client.post("/api/v1/duplicates/9999/decision", json=body, headers=token(client)).status_code == 404
