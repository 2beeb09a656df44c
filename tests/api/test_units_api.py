"""Units over the API and on the page, on the demo corpus."""

from __future__ import annotations

from fastapi.testclient import TestClient

from tests.api.test_api import client, get, token

__all__ = ["client"]  # the fixture
CSV = "Tên đơn vị,Viết tắt,Thuộc nhóm\nTrung tâm Điều hành số,TTĐHS,các trung tâm\n"


def test_a_name_is_resolved_as_of_a_day(client: TestClient) -> None:
    [before] = get(client, "/units/resolve?name=Bộ TT%26TT&on=2025-02-28")
    [after] = get(client, "/units/resolve?name=Bộ TT%26TT&on=2025-03-01")
    assert (before["unit"], before["ended"], before["successors"]) == ("bo-tttt", None, [])
    assert (after["unit"], after["ended"]) == ("bo-tttt", "2025-02-28")
    assert after["successors"] == ["bo-khcn", "bo-vhttdl", "bo-cong-an"]


def test_an_office_enters_its_units_and_who_did_it_is_kept(client: TestClient) -> None:
    headers = token(client)
    chosen = client.put("/api/v1/units/office", json={"name": "Văn phòng UBND tỉnh An Giang"}, headers=headers)
    assert chosen.json() == {"unit": "vp-ubnd.an-giang", "province": "an-giang"}
    sent = client.post("/api/v1/units/import", files={"file": ("a.csv", CSV.encode())}, headers=headers)
    assert (sent.json()["new"], sent.json()["groups"], sent.json()["problems"]) == (1, 1, [])
    made = client.post("/api/v1/units", json={"name": "Sở Nội vụ", "type": "department"}, headers=headers).json()
    assert (made["id"], made["own"]) == ("so-noi-vu.an-giang", True)
    assert {unit["name"] for unit in get(client, "/units")["units"]} == {"Trung tâm Điều hành số", "Sở Nội vụ"}
    assert get(client, "/units/history")[0]["subject"] == "so-noi-vu.an-giang"
    assert client.get("/api/v1/units.csv").text.startswith("\ufeffMã,Tên đơn vị")
    old = "/api/v1/units/so-tttt.an-giang"
    decided = client.put(f"{old}/successors", json={"successors": ["Sở KH&CN"]}, headers=headers).json()
    assert (decided["decided"], decided["successors"][0]["unit"]) == (True, "so-khcn.an-giang")
    assert client.delete("/api/v1/units/so-noi-vu.an-giang", headers=headers).status_code == 204
    assert client.delete("/api/v1/units/so-noi-vu.an-giang", headers=headers).status_code == 404
    assert client.post("/api/v1/units", json={"name": "A"}).status_code == 403


def test_the_page_shows_edits_and_says_what_is_wrong(client: TestClient) -> None:
    headers = token(client)
    shown = client.get("/don-vi", params={"ten": "Bộ TT&TT"}).text
    assert "Bộ Thông tin và Truyền thông" in shown
    assert "28/02/2025" in shown
    asked = {"ten": "Sao Hỏa"}
    refused = client.post("/don-vi/co-quan", data=asked, headers=headers)
    assert refused.status_code == 400
    assert "Chưa xác định được “Sao Hỏa”" in refused.text
    form = {"name": "Ban Điều hành <script>", "type": "board", "level": "province", "valid_from": "mai"}
    refused = client.post("/don-vi/luu", data=form, headers=headers)
    assert refused.status_code == 400
    assert "<script>" not in refused.text.replace("<script src", "")
    assert "không phải là ngày" in refused.text
    saved = client.post(
        "/don-vi/luu", data=form | {"name": "Ban Điều hành", "valid_from": "2025-07-01"}, headers=headers
    )
    assert "Đã lưu Ban Điều hành" in saved.text
    assert (
        "Ban Điều hành" in client.get("/don-vi/lich-su").text
        or "dv:ban-dieu-hanh" in client.get("/don-vi/lich-su").text
    )
    assert client.get("/don-vi/sua?ma=khong-co").status_code == 404


def test_an_ended_unit_is_shown_with_what_it_is_now(client: TestClient) -> None:
    client.put("/api/v1/units/office", json={"name": "Văn phòng UBND tỉnh An Giang"}, headers=token(client))
    shown = client.get("/don-vi", params={"ten": "Sở Kế hoạch và Đầu tư"}).text
    assert "Sở Kế hoạch và Đầu tư tỉnh An Giang (nay là Sở Tài chính tỉnh An Giang)" in shown
