"""Every key of the contract is there, for a full document and for one that could not be read."""

from __future__ import annotations

import datetime as dt
import json

from corpus.model import Document, Problem
from nlp.contract import to_json
from nlp.model import (
    Citation,
    Deadline,
    Every,
    Extraction,
    Header,
    Period,
    Reference,
    Report,
    ReportItem,
    Task,
)

TOP = (
    "file", "sha256", "media_type", "pages", "status", "problems", "text_chars",
    "header", "citations", "references", "tasks", "report", "amendments", "effects", "deadline_moves",
)  # fmt: skip
HEADER = {
    "symbol", "kind", "issuer", "issuers", "issuer_unit", "date", "title", "signers", "recipients", "system", "urgency",
    "secrecy",
}  # fmt: skip
CITATION = {
    "text", "start", "end", "page", "symbol", "symbol_printed", "name", "kind", "date", "issuer", "locators",
    "relation", "agent", "flags", "resolved",
}  # fmt: skip
TASK = {
    "id", "text", "start", "end", "page", "section", "in_table", "lead", "lead_source", "coordinators", "lead_units",
    "deadline", "product", "target", "modality", "class", "report_due", "report_to", "report_via", "citations",
    "confidence",
}  # fmt: skip
DEADLINE = {"text", "start", "due", "inclusive", "time", "precision", "recurrence", "every", "anchor", "term"}

FULL = Extraction(
    header=Header(symbol="41-KH/TU", kind="Kế hoạch", date=dt.date(2022, 1, 12), system="party"),
    citations=(
        Citation("Nghị định số 45/2020/NĐ-CP", 0, 26, symbol="45/2020/NĐ-CP", locators=(("Điều 5", "khoản 2"),)),
    ),
    references=(Reference("Điều này", 3, 11, "self", (("Điều 5",),)),),
    tasks=(
        Task(
            id="x/1", text="Giao Sở Nội vụ", start=0, end=14, lead=("Sở Nội vụ",), lead_source="explicit",
            deadline=Deadline("hằng tháng", recurrence="monthly", every=Every(day=20)), class_="tracked",
        ),
    ),
    report=Report(
        "Sở Nội vụ", Period(dt.date(2026, 1, 1), None, "năm 2026"), ("41-KH/TU",), (ReportItem("i", "a", 0, 1),)
    ),
)  # fmt: skip


def test_a_failed_file_has_every_key() -> None:
    document = Document("a.pdf", "0" * 64, "application/pdf", "failed", problems=(Problem("damaged", "Tệp hỏng", 2),))
    result = to_json(document, Extraction())
    assert tuple(result) == TOP
    assert set(result["header"]) == HEADER
    assert result["header"]["symbol"] is None
    assert result["header"]["signers"] == []
    assert result["citations"] == result["references"] == result["tasks"] == []
    assert result["report"] is None
    assert result["problems"] == [{"code": "damaged", "message": "Tệp hỏng", "page": 2}]


def test_a_full_document_has_the_contract_names_and_iso_dates() -> None:
    result = json.loads(json.dumps(to_json(Document("a.txt", "0" * 64, "text/plain", "ok", "Giao Sở Nội vụ"), FULL)))
    assert result["header"]["date"] == "2022-01-12"
    citation = result["citations"][0]
    assert set(citation) == CITATION
    assert citation["locators"] == [["Điều 5", "khoản 2"]]
    assert citation["resolved"] is None
    task = result["tasks"][0]
    assert set(task) >= TASK
    assert (task["class"], task["lead"], task["lead_units"]) == ("tracked", ["Sở Nội vụ"], [])
    assert set(task["deadline"]) == DEADLINE
    assert task["deadline"]["every"] == {"day": 20, "month": None}
    assert result["report"]["period"] == {"from": "2026-01-01", "to": None, "label": "năm 2026"}
    item = {"id", "text", "start", "end", "page", "claimed_status", "late", "figures", "citations"}
    assert set(result["report"]["items"][0]) >= item
    assert result["references"][0]["target"] == "self"


def test_the_text_is_written_only_when_asked_for() -> None:
    document = Document("a.txt", "0" * 64, "text/plain", "ok", "Giao Sở Nội vụ")
    assert "text" not in to_json(document, Extraction())
    assert to_json(document, Extraction(), with_text=True)["text"] == "Giao Sở Nội vụ"
    assert to_json(document, Extraction())["text_chars"] == 14
