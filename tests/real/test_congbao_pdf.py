"""The official gazette as printed: every task row, every sentence, no running head (57 issues, 1,450 pages)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from corpus.model import Document, Row
from corpus.reader import read

GAZETTE = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "congbao"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not GAZETTE.is_dir(), reason="../shared/data/congbao is absent"),
]
RESOLUTION_109 = "nghi-quyet-so-109-nq-cp-469403"
SCANS = {
    "nghi-quyet-so-115-nq-cp-469452",
    "nghi-quyet-so-27-2026-nq-cp-469546",
    "nghi-quyet-so-99-nq-cp-469343",
    "quyet-dinh-so-109-qd-btc-468842",
    "thong-tu-so-19-2026-tt-btc-469385",
    "thong-tu-so-29-2022-tt-bldtbxh-39050",
    "thong-tu-so-58-2021-tt-bqp-33814",
}
"""Issues with scanned pages, some of them with a typed signature."""


@cache
def issue(name: str) -> Document:
    return read(GAZETTE / f"{name}.pdf")


def texts(document: Document, row: Row) -> list[str]:
    return [" ".join(document.text[cell.start : cell.end].split()) for cell in row.cells]


def numbered(document: Document, table: int) -> list[list[str]]:
    rows = (texts(document, row) for row in document.tables[table].rows)
    return [row for row in rows if row[0].isdigit()]


def test_all_tasks_and_aims_of_resolution_109() -> None:
    document = issue(RESOLUTION_109)
    found = [numbered(document, table) for table in range(len(document.tables))]
    assert [len(rows) for rows in found] == [69, 38, 135, 91]
    for rows in (found[0], found[2], found[3]):
        assert [int(row[0]) for row in rows] == list(range(1, len(rows) + 1))


def test_tasks_of_resolution_109_have_lead_and_deadline_as_printed() -> None:
    document = issue(RESOLUTION_109)
    third, fourth = numbered(document, 2), numbered(document, 3)
    assert all(task and deadline and lead for _, task, deadline, lead, _ in third)
    # Some cells of coordination and approval are printed empty, the lead never.
    assert all(row[1] and row[2] for row in fourth)
    assert third[36][1:4] == [
        (
            "Xây dựng Đề án phát triển du lịch với các giải pháp đột phá để đạt mục tiêu thu hút 45 - 50 triệu lượt "
            "khách du lịch quốc tế vào năm 2030"
        ),
        "2026",
        "Bộ Văn hóa, Thể thao và Du lịch",
    ]
    assert fourth[8][2:] == [
        "Bộ Xây dựng",
        "Các bộ, ngành, các tỉnh, thành phố",
        "2026 - 2030",
        "Quốc hội, Ủy ban Thường vụ Quốc hội",
    ]


def test_group_rows_stay_and_repeated_heads_go() -> None:
    document = issue(RESOLUTION_109)
    firsts = [texts(document, row)[0] for row in document.tables[2].rows]
    assert firsts.count("TT") == 1
    assert [first for first in firsts if re.fullmatch("[IVX]+", first)] == [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII",
    ]  # fmt: skip


def test_number_over_two_pages_is_shared_by_its_rows() -> None:
    document = issue("nghi-quyet-so-97-nq-cp-469324")
    rows = [texts(document, row) for row in document.tables[0].rows]
    assert len(document.tables) == 1
    assert Counter(row[0] for row in rows)["15"] == 2
    assert {int(row[0]) for row in rows[1:]} == set(range(1, 30))


def test_sideways_table_of_63_pages_is_one_table() -> None:
    document = issue("quyet-dinh-so-1205-qd-bkhdt-41976")
    rows = [texts(document, row) for row in document.tables[0].rows]
    assert len(document.tables) == 1
    assert rows[0][:3] == ["TT", "Tên loại văn bản", "Số, ký hiệu; ngày, tháng, năm ban hành văn bản"]
    assert ["21", "Nghị định", "15/2023/NĐ-CP ngày 25/4/2023"] in [row[:3] for row in rows]


@pytest.mark.parametrize("name", sorted(path.stem for path in GAZETTE.glob("*.pdf")))
def test_every_issue_reads_whole(name: str) -> None:
    document = issue(name)
    assert document.status == ("partial" if name in SCANS else "ok")
    assert "CÔNG BÁO/Số" not in document.text
    assert unicodedata.is_normalized("NFC", document.text)
    assert not re.search("[\x00-\x08\ufffe\u00ad]", document.text)
    starts = [mark.start for mark in document.page_marks]
    assert starts == sorted(starts)
    _has_the_words_of_its_twin(name, document)


def _has_the_words_of_its_twin(name: str, document: Document) -> None:
    """What a plain extraction has and we do not: the signature's annotation, repeated heads, glued footnote marks."""
    kept = document.text + " " + " ".join(piece.text for piece in document.furniture)
    ours, twin = _words(kept), _words((GAZETTE / f"{name}.txt").read_text(encoding="utf-8"))
    missing = [word for word in twin if word not in ours and not any(letter.isdigit() for letter in word)]
    invented = ours - twin
    assert len(missing) <= 0.03 * len(twin) + 30
    assert sum(invented.values()) <= 25


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text)))
