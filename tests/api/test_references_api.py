"""Legal references over the API, on the demo corpus."""

from __future__ import annotations

import csv
import io

from fastapi.testclient import TestClient

from tests.api.test_api import client, get, token

__all__ = ["client"]  # the fixture
TABLE = "symbol,expired,source,checked_on\n45/2020/NĐ-CP,2022-01-01,Công báo,2026-11-01\nsai,,,\n"


def plan_id(client: TestClient) -> int:
    return int(next(d["id"] for d in get(client, "/documents") if d["symbol"] == "88/KH-UBND"))


def test_force_by_symbol_and_by_document(client: TestClient) -> None:
    by_symbol = get(client, "/validity?symbol=88/KH-UBND&on=2022-12-31")
    by_id = get(client, f"/documents/{plan_id(client)}/validity?on=2022-12-31")
    assert by_symbol == by_id
    assert by_id["words"] == "Chưa đủ dữ liệu"
    assert by_id["missing"]
    assert client.get("/api/v1/validity?symbol=88/KH-UBND&on=2022-12-31&locator=chỗ nào").status_code == 400


def test_the_offices_table_is_imported_and_counts(client: TestClient) -> None:
    headers = token(client)
    sent = client.post("/api/v1/office-validity", files={"file": ("bang.csv", TABLE.encode())}, headers=headers)
    assert sent.json() == {"rows": 1, "new": 1, "problems": ["Dòng 3: “sai” không phải là số, ký hiệu"]}
    [row] = get(client, "/office-validity")
    assert (row["symbol"], row["source"], row["file"], row["row"]) == ("45/2020/NĐ-CP", "Công báo", "bang.csv", 2)
    found = get(client, "/validity?symbol=45/2020/NĐ-CP&on=2022-01-01")
    assert (found["status"], found["reasons"][0]["office"]["source"]) == ("ended", "Công báo")
    assert client.post("/api/v1/office-validity", files={"file": ("b.csv", TABLE.encode())}).status_code == 403


def test_a_draft_is_checked(client: TestClient) -> None:
    body = {"text": "Căn cứ Kế hoạch số 88/KH-UBND ngày 01 tháng 01 năm 2022;", "on": "2022-12-31"}
    answer = client.post("/api/v1/draft-check", json=body, headers=token(client)).json()
    assert answer["citations"] == 1
    assert answer["findings"][0]["code"] == "date_conflict"
    assert answer["findings"][0]["citation"]["symbol"] == "88/KH-UBND"
    assert client.post("/api/v1/draft-check", json={"text": " "}, headers=token(client)).status_code == 400


def test_diagram_amendments_and_annotated_text(client: TestClient) -> None:
    place = f"/documents/{plan_id(client)}"
    around = get(client, f"{place}/diagram")
    assert around["cites"]
    assert around["cited_by"]
    assert client.get(f"/api/v1{place}/diagram.svg").headers["content-type"].startswith("image/svg+xml")
    assert get(client, f"{place}/amendments")["amendments"] == []
    page = client.get(f"/api/v1{place}/annotated")
    assert "attachment" in page.headers["content-disposition"]
    assert 'class="vd"' in page.text
    assert "<akomaNtoso" in client.get(f"/api/v1{place}/annotated?format=akn").text
    assert client.get("/api/v1/documents/99999/diagram").status_code == 404


def test_the_graph_is_exported(client: TestClient) -> None:
    text = client.get("/api/v1/graph").text
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert any(row["to_symbol"] == "88/KH-UBND" for row in rows)
    assert "<graphml" in client.get("/api/v1/graph?format=graphml").text


def symbols(client: TestClient, query: str) -> list[str]:
    return [hit["document"]["symbol"] for hit in get(client, f"/search?{query}&limit=50")]


def test_search_is_narrowed(client: TestClient) -> None:
    citing = symbols(client, "cites=88/KH-UBND")
    assert citing
    assert "88/KH-UBND" not in citing
    assert set(symbols(client, "kind=bao cao")) >= set(citing) & set(symbols(client, "kind=Báo cáo"))
    assert "88/KH-UBND" in symbols(client, "kind=kế hoạch&until=2022-12-31")
    assert "88/KH-UBND" not in symbols(client, "kind=kế hoạch&since=2030-01-01")
    assert symbols(client, "q=88 kh ubnd&issuer=ubnd tinh khong co") == []
    issuer = next(d["issuer"] for d in get(client, "/documents") if d["symbol"] == "88/KH-UBND")
    assert "88/KH-UBND" in symbols(client, f"q=88 kh ubnd&issuer={issuer}")
    report = citing[0]
    assert "88/KH-UBND" in symbols(client, f"cited_by={report}")
    assert "88/KH-UBND" not in symbols(client, "q=88 kh ubnd&in_force_on=2022-12-31")
    assert client.get("/api/v1/search?q=").status_code == 400
