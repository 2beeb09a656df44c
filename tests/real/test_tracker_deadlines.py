"""All distinct deadline wordings of the public tracker (252 rows), each against what a reader makes of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from nlp.deadlines import read_cell

pytestmark = pytest.mark.real
FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "tracker"

_Q = {"I": "03-31", "II": "06-30", "III": "09-30", "IV": "12-31"}
_ENDS = {1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}

# Wordings that no simple form covers, read one by one: due day (None: none), precision, words of the anchor.
READ_BY_HAND = {
    "Chưa xác định": None,
    "Chưa xác định thời gian xử lý": None,
    "Chưa đề xuất": None,
    "Đề nghị giao Sở Nông nghiệp và Môi trường tham mưu xử lý để đảm bảo phù hợp chức năng, nhiệm vụ": None,
    "Đề xuất giao Sở Xây dựng tham mưu": None,
    "Kỳ họp cuối năm 2026": (None, "none", "Kỳ họp cuối năm 2026"),
    "Quý I/2027, sau khi HĐND thông qua Nghị quyết": ("2027-03-31", "quarter", "sau khi HĐND thông qua"),
    "Sau khi cơ quan Trung ương ban hành văn bản hướng dẫn": (None, "none", "Sau khi cơ quan Trung ương"),
    "Sau khi Chính phủ ban hành Nghị định thay thế Nghị định số 32/2024/NĐ-CP. Thời gian hoàn thành trong 6 tháng sau khi "
    "Chính phủ ban hành Nghị định": (None, "none", "sau khi Chính phủ ban hành Nghị định"),
    "Tháng 9/2026 (sau khi kết thúc kỳ tuyển sinh năm học 2026 – 2027)": ("2026-09-30", "month", "sau khi kết thúc"),
    "Trong năm 2026(Đề nghị Sở Tư pháp tổng hợp xây dựng văn bản bãi bỏ chung)": ("2026-12-31", "year", None),
    "Trong năm 2026Được bãi bỏ một phần bởi Quyết định số 13/2026/QĐ-UBND": ("2026-12-31", "year", None),
    "Trước ngày 01/6/2026": ("2026-06-01", "day", None),
    "Trước tháng 03/2027": ("2027-02-28", "month", None),
    "Trước tháng 3/2027": ("2027-02-28", "month", None),
    "Trước tháng 3/2027 (sau khi Chính phủ ban hành Nghị định thay thế Nghị định số 34/2014/NĐ-CP": (
        "2027-02-28", "month", "sau khi Chính phủ ban hành",
    ),
}  # fmt: skip


def expected(wording: str) -> tuple[str | None, str, str | None] | None:
    """What a reader makes of a wording: a month, a quarter, a year, or one of those read by hand."""
    if wording in READ_BY_HAND:
        return READ_BY_HAND[wording]
    if match := re.fullmatch(r"(?:Trong t|T)h[áa]ng (\d{1,2})/+ ?(20\d\d)", wording):
        month = int(match[1])
        return f"{match[2]}-{month:02d}-{_ENDS[month]}", "month", None
    if match := re.fullmatch(r"(?:Trong q|Q)uý (I{1,3}|IV)/ ?(?:năm )?(20\d\d)", wording):
        return f"{match[2]}-{_Q[match[1]]}", "quarter", None
    match = re.fullmatch(r"(?:Trong n|N)ăm (20\d\d)", wording)
    assert match, f"no expectation was written for {wording!r}"
    return f"{match[1]}-12-31", "year", None


def wordings() -> dict[str, int]:
    found: dict[str, int] = {}
    for path in sorted(FOLDER.glob("*.json")):
        for row in json.loads(path.read_text(encoding="utf-8")):
            for key in ("proposedTime", "deadline"):
                if row.get(key):
                    found[row[key]] = found.get(row[key], 0) + 1
    return found


def test_every_wording_of_the_tracker_is_read() -> None:
    if not FOLDER.exists():
        pytest.skip("../shared/data/tracker is absent")
    found = wordings()
    assert len(found) >= 45
    wrong = {}
    for wording in found:
        deadline = read_cell(wording, year=2026)
        wanted = expected(wording)
        if wanted is None:
            if deadline is not None and deadline.due is not None:
                wrong[wording] = deadline
            continue
        due, precision, anchor = wanted
        said = (str(deadline.due) if deadline.due else None, deadline.precision) if deadline else None
        anchored = not anchor or anchor.lower() in ((deadline and deadline.anchor) or "").lower()
        if said != (due, precision) or not anchored:
            wrong[wording] = deadline
    assert not wrong
