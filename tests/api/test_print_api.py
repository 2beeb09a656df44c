"""Names and templates over the API."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.asgi import create
from service.settings import Settings
from tests.integration.test_print_changes import NAME, with_line


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(create(Settings(home=tmp_path, person="Nguyễn Văn Thử")), base_url="http://localhost") as client:
        client.headers["x-csrf-token"] = client.get("/api/v1/session").json()["csrf_token"]
        yield client


def test_an_office_says_who_it_is_and_brings_its_template(client: TestClient) -> None:
    given = {"co_quan": "VĂN PHÒNG", "dia_danh": "An Giang", "ky_hieu": "VP-TH", "chuc_vu": "CHÁNH VĂN PHÒNG"}
    assert client.put("/api/v1/office", json=given).json()["dia_danh"] == "An Giang"
    assert client.put("/api/v1/office", json={"nguoi_ky": "B"}).json()["co_quan"] == "VĂN PHÒNG"
    answer = client.put(f"/api/v1/templates/{NAME}", files={"file": ("m.docx", with_line(NAME, "Phòng Tổng hợp lập."))})
    assert answer.json()["own"] is True
    assert client.get(f"/api/v1/templates/{NAME}.docx").content[:2] == b"PK"
    assert client.get(f"/api/v1/templates/{NAME}/sample.docx").status_code == 200
    wrong = client.put(f"/api/v1/templates/{NAME}", files={"file": ("m.docx", with_line(NAME, "{{ don_vii }}"))})
    assert wrong.status_code == 400
    assert "don_vii" in wrong.json()["error"]["message"]
    lines = client.get("/api/v1/templates/history").json()
    assert (lines[0]["subject"], lines[0]["by"]) == (NAME, "Nguyễn Văn Thử")
    assert client.delete(f"/api/v1/templates/{NAME}").json()["own"] is False
    assert client.post(f"/api/v1/templates/history/{lines[0]['id']}").json() == {"subject": NAME}
    assert client.get("/api/v1/templates").json()[1]["own"] is True


def test_nothing_is_changed_without_the_token(client: TestClient) -> None:
    del client.headers["x-csrf-token"]
    assert client.put("/api/v1/office", json={"co_quan": "X"}).status_code == 403
    assert client.post(f"/mau/{NAME}", files={"tep": ("m.docx", b"x")}).status_code == 403
