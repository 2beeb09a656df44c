"""The original pages of a PDF: picture and marks, kept by the browser, refused where there is none."""

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
        yield client


def id_of(client: TestClient, file: str) -> int:
    documents = client.get("/api/v1/documents").json()
    return next(int(d["id"]) for d in documents if d["file"].endswith(file))


def test_every_task_and_citation_is_marked_on_some_page(client: TestClient) -> None:
    plan = id_of(client, "88-kh-ubnd.pdf")
    facts = client.get(f"/api/v1/documents/{plan}/extraction").json()
    marked: set[str] = set()
    for number in range(1, facts["pages"] + 1):
        answer = client.get(f"/van-ban/{plan}/trang/{number}", headers={"accept": "text/html"})
        assert answer.status_code == 200
        assert "<rect " in answer.text
        marked |= set(re.findall(r'<a id="((?:nv|vd)-\d+)"', answer.text))
    assert len(marked) == len(facts["tasks"]) + len(facts["citations"])


def test_picture_is_kept_by_the_browser(client: TestClient) -> None:
    plan = id_of(client, "88-kh-ubnd.pdf")
    answer = client.get(f"/van-ban/{plan}/trang/1.png")
    assert answer.content.startswith(b"\x89PNG")
    assert "immutable" in answer.headers["cache-control"]
    again = client.get(f"/van-ban/{plan}/trang/1.png", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(("file", "page"), [("88-kh-ubnd.pdf", 0), ("88-kh-ubnd.pdf", 99), ("52-kh-tu.docx", 1)])
def test_a_page_that_is_not_there_is_said(client: TestClient, file: str, page: int) -> None:
    document = id_of(client, file)
    for address in (f"/van-ban/{document}/trang/{page}", f"/van-ban/{document}/trang/{page}.png"):
        assert client.get(address).status_code == 404


def test_document_and_review_lead_to_the_original_page(client: TestClient) -> None:
    plan, report = id_of(client, "88-kh-ubnd.pdf"), id_of(client, "458-bc-stc.pdf")
    assert f'href="/van-ban/{plan}/trang/2"' in client.get(f"/van-ban/{plan}").text
    assert f'href="/van-ban/{report}/trang/1#nd-' in client.get(f"/doi-chieu/{report}").text
    html = id_of(client, "903-bc-snv.html")
    assert "/trang/" not in client.get(f"/van-ban/{html}").text
