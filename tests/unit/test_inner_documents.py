"""Reports inside a report or a letter: each has its own unit, opening, period and answers; forms and copies have none."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from docx import Document as Word

from corpus.reader import read_bytes
from corpus.text import fold
from nlp.contract import to_json
from nlp.inner_documents import inner_documents
from nlp.model import Extraction, Report
from nlp.pipeline import extract

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"


def head(*issuer: str, number: str, day: str) -> str:
    return "\n".join(issuer) + f"\n{MOTTO}Số: {number}\n{day}\n\n"


LETTER = (
    head("UBND TỈNH AN GIANG", "SỞ NỘI VỤ", number="1204/SNV-CCHC", day="An Giang, ngày 28 tháng 3 năm 2026")
    + """V/v gửi báo cáo kết quả cải cách hành chính quý I năm 2026 của UBND xã Vĩnh Hậu

Kính gửi: Văn phòng Ủy ban nhân dân tỉnh.

Sở Nội vụ gửi kèm theo Công văn này Báo cáo của Ủy ban nhân dân xã Vĩnh Hậu để Quý Văn phòng tổng hợp./.

Nơi nhận:
- Như trên;
- Lưu: VT.
GIÁM ĐỐC
Lê Thị Thu
"""
)
COMMUNE = (
    head("ỦY BAN NHÂN DÂN", "XÃ VĨNH HẬU", number="87/BC-UBND", day="Vĩnh Hậu, ngày 25 tháng 3 năm 2026")
    + """BÁO CÁO
Kết quả thực hiện nhiệm vụ cải cách hành chính quý I năm 2026

Thực hiện Kế hoạch số 31/KH-UBND ngày 12 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh, Ủy ban nhân dân xã Vĩnh Hậu báo cáo kết quả như sau:

I. KẾT QUẢ THỰC HIỆN
1. Đã niêm yết công khai 214 thủ tục hành chính tại Trung tâm Phục vụ hành chính công xã.
2. Đang lắp đặt hệ thống lấy số tự động, dự kiến xong trong tháng 4/2026.

Nơi nhận:
- Sở Nội vụ;
- Lưu: VT.
CHỦ TỊCH
Phạm Văn Được
"""
)
OTHER = (
    head("UBND XÃ TÂN HỘI", number="112/BC-UBND", day="Tân Hội, ngày 26 tháng 3 năm 2026")
    + """BÁO CÁO
Tình hình thực hiện công tác cải cách hành chính tháng 3 năm 2026

Thực hiện Công văn số 77/SNV-CCHC ngày 02 tháng 02 năm 2026 của Sở Nội vụ, UBND xã Tân Hội báo cáo như sau:

1. Đã số hóa 1.020 hồ sơ đất đai.
2. Chưa tổ chức lớp tập huấn chữ ký số.

CHỦ TỊCH
Võ Thị Bé
"""
)
DISTRICT = (
    head("UBND TỈNH AN GIANG", "SỞ NỘI VỤ", number="95/BC-SNV", day="An Giang, ngày 30 tháng 3 năm 2026")
    + """BÁO CÁO
Kết quả thực hiện Kế hoạch số 31/KH-UBND quý I năm 2026

Thực hiện Kế hoạch số 31/KH-UBND ngày 12 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh, Sở Nội vụ báo cáo kết quả như sau:

1. Đã trình dự thảo Quy chế một cửa tại Tờ trình số 15/TTr-SNV ngày 20/3/2026.

(Báo cáo của các xã kèm theo)

GIÁM ĐỐC
Lê Thị Thu
"""
)
PARTY = """TỈNH ỦY AN GIANG
HUYỆN ỦY CHÂU PHÚ
*
ĐẢNG CỘNG SẢN VIỆT NAM
Số 402-CV/HU
Châu Phú, ngày 15 tháng 6 năm 2025
Chuyển báo cáo của Đảng ủy xã Bình Long

Kính gửi: Văn phòng Tỉnh ủy.

Thường trực Huyện ủy chuyển báo cáo của Đảng ủy xã Bình Long.

T/M BAN THƯỜNG VỤ
Trần Văn Hai

HUYỆN ỦY CHÂU PHÚ
ĐẢNG ỦY XÃ BÌNH LONG
*
ĐẢNG CỘNG SẢN VIỆT NAM
Số 58-BC/ĐU
Bình Long, ngày 12 tháng 6 năm 2025
BÁO CÁO
kết quả thực hiện Nghị quyết số 18-NQ/TU 6 tháng đầu năm 2025

Thực hiện Nghị quyết số 18-NQ/TU ngày 10 tháng 01 năm 2025 của Tỉnh ủy, Đảng ủy xã Bình Long báo cáo kết quả như sau:

1. Đã kiện toàn 12 chi bộ trực thuộc.
2. Chưa kết nạp đủ chỉ tiêu đảng viên mới.

T/M ĐẢNG ỦY
BÍ THƯ
Ngô Văn Ba
"""
PLAN = (
    head("ỦY BAN NHÂN DÂN", "TỈNH AN GIANG", number="31/KH-UBND", day="An Giang, ngày 12 tháng 01 năm 2026")
    + """KẾ HOẠCH
Cải cách hành chính năm 2026

I. NHIỆM VỤ
1. Giao Sở Nội vụ chủ trì xây dựng Quy chế một cửa, trình Ủy ban nhân dân tỉnh trước ngày 30 tháng 6 năm 2026.
2. Giao Sở Tài chính chủ trì bố trí kinh phí, hoàn thành trong tháng 3 năm 2026.

CHỦ TỊCH
Hồ Văn Mừng
"""
)
FORM = """
PHỤ LỤC
MẪU BÁO CÁO
(Kèm theo Kế hoạch số 31/KH-UBND)

TÊN ĐƠN VỊ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số:     /BC-…
……, ngày … tháng … năm 2026

BÁO CÁO
Kết quả thực hiện nhiệm vụ quý …

Thực hiện Kế hoạch số 31/KH-UBND, đơn vị báo cáo kết quả như sau:
1. Kết quả: …
"""
ORDER = (
    head("UBND TỈNH AN GIANG", "VĂN PHÒNG", number="500/VP-TH", day="An Giang, ngày 02 tháng 4 năm 2026")
    + """V/v khắc phục tồn tại nêu trong báo cáo

Kính gửi: Ủy ban nhân dân xã Vĩnh Hậu.

Chủ tịch Ủy ban nhân dân tỉnh có ý kiến như sau:

1. Giao Ủy ban nhân dân xã Vĩnh Hậu hoàn thành lắp đặt hệ thống lấy số tự động trước ngày 15 tháng 5 năm 2026 (báo cáo kèm theo).
2. Giao Sở Nội vụ hướng dẫn, kiểm tra, báo cáo kết quả trước ngày 30 tháng 5 năm 2026.

CHÁNH VĂN PHÒNG
Đỗ Văn Năm

"""
)
DECISION = (
    "\n"
    + head("ỦY BAN NHÂN DÂN", "TỈNH AN GIANG", number="410/QĐ-UBND", day="An Giang, ngày 18 tháng 3 năm 2026")
    + """QUYẾT ĐỊNH
Ban hành Quy chế một cửa

Điều 1. Ban hành kèm theo Quyết định này Quy chế một cửa.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký.
"""
)


def read(text: str) -> tuple[str, Extraction]:
    document = read_bytes(text.encode(), "x.txt")
    return document.text, extract(document)


def reported(text: str) -> Report:
    stored, found = read(text)
    assert found.report is not None
    for item in found.report.items:
        assert fold(stored[item.start : item.end]) == item.text
    ids = [item.id.rpartition("/")[2] for item in found.report.items]
    assert ids == [f"i{n}" for n in range(1, len(ids) + 1)]
    return found.report


def said_by(report: Report) -> dict[str | None, list[str]]:
    said: dict[str | None, list[str]] = {}
    for item in report.items:
        said.setdefault(report.at(item.start).unit, []).append(item.claimed_status)
    return said


def test_a_letter_sends_on_the_report_of_a_commune() -> None:
    report = reported(LETTER + "\n" + COMMUNE)
    [part] = report.parts
    assert (part.symbol, part.kind, part.date) == ("87/BC-UBND", "Báo cáo", dt.date(2026, 3, 25))
    assert part.unit == part.issuer == "Ủy ban nhân dân xã Vĩnh Hậu"
    assert part.period is not None
    assert part.period.label == "quý I năm 2026"
    assert part.answers == ("31/KH-UBND",)
    assert said_by(report) == {part.unit: ["done", "in_progress"]}
    assert report.unit == part.unit, "the letter says nothing of its own"


def test_a_report_encloses_those_of_two_communes() -> None:
    report = reported(DISTRICT + "\n" + COMMUNE + "\n" + OTHER)
    assert report.unit == "Sở Nội vụ"
    assert [part.answers for part in report.parts] == [("31/KH-UBND",), ("77/SNV-CCHC",)]
    said = said_by(report)
    assert [len(items) for items in said.values()] == [1, 2, 2]
    assert next(iter(said)) == "Sở Nội vụ"
    assert list(said.values())[2] == ["done", "not_started"]
    assert [part.period.label if part.period else None for part in report.parts] == [
        "quý I năm 2026",
        "tháng 3 năm 2026",
    ]


def test_what_is_read_of_an_enclosed_report_is_what_is_read_of_it_alone() -> None:
    alone = reported(COMMUNE)
    inside = reported(DISTRICT + "\n" + COMMUNE)
    assert [item.text for item in inside.items][1:] == [item.text for item in alone.items]
    assert (inside.parts[0].unit, inside.parts[0].period, inside.parts[0].answers) == (
        alone.unit, alone.period, alone.answers,
    )  # fmt: skip


def test_a_party_letter_sends_on_the_report_of_a_party_committee() -> None:
    report = reported(PARTY)
    [part] = report.parts
    assert part.symbol == "58-BC/ĐU"
    assert part.unit is not None
    assert "Bình Long" in part.unit
    assert list(said_by(report).values()) == [["done", "not_started"]]


def word(*texts: str) -> bytes:
    """Each document with its header in a table of two columns, as offices set them."""
    made, out = Word(), io.BytesIO()
    for text in texts:
        above, below = text.split(MOTTO)
        number, day, body = below.split("\n", 2)
        table = made.add_table(rows=2, cols=2)
        table.cell(0, 0).text, table.cell(0, 1).text = above.strip(), MOTTO.strip()
        table.cell(1, 0).text, table.cell(1, 1).text = number, day
        for line in body.split("\n"):
            made.add_paragraph(line)
    made.save(out)
    return out.getvalue()


def test_headers_in_tables_of_two_columns_begin_documents_too() -> None:
    document = read_bytes(word(LETTER, COMMUNE, OTHER), "x.docx")
    report = extract(document).report
    assert report is not None
    assert [part.symbol for part in report.parts] == ["87/BC-UBND", "112/BC-UBND"]
    assert [len(items) for items in said_by(report).values()] == [2, 2]
    assert all(document.text[part.start :].lstrip().startswith(("ỦY BAN", "UBND")) for part in report.parts)
    assert report.unit == "Sở Nội vụ", "several speak: the file is its sender's"


@pytest.mark.parametrize(
    "text", [COMMUNE, DISTRICT, LETTER, PLAN, PLAN + FORM, COMMUNE + FORM], ids=["report", "report2", "letter", "plan", "plan with a form", "report with a form"]
)  # fmt: skip
def test_a_single_document_has_no_parts(text: str) -> None:
    document = read_bytes(text.encode(), "x.txt")
    assert inner_documents(document) == ()
    found = extract(document)
    assert found.report is None or found.report.parts == ()
    assert bool(found.tasks) == text.startswith(PLAN)


def test_an_enclosed_decision_is_no_report_and_changes_nothing() -> None:
    """Evidence is often attached: the report stays one."""
    alone, with_evidence = reported(DISTRICT), reported(DISTRICT + DECISION)
    assert with_evidence.parts == ()
    assert with_evidence.items[: len(alone.items)] == tuple(
        item if item.id == with_evidence.items[n].id else with_evidence.items[n] for n, item in enumerate(alone.items)
    )


def test_a_decision_after_an_enclosed_report_is_nobodys_statement() -> None:
    report = reported(LETTER + "\n" + COMMUNE + DECISION)
    assert [len(items) for items in said_by(report).values()] == [2]


def test_a_letter_that_assigns_work_stays_one_that_assigns_work() -> None:
    """A report is enclosed to be read; the letter's tasks must not be lost for it."""
    _, alone = read(ORDER)
    _, found = read(ORDER + COMMUNE)
    assert found.report is None
    assert {task.text for task in alone.tasks} <= {task.text for task in found.tasks}
    assert len(alone.tasks) == 2


def test_what_units_say_does_not_contradict_one_another() -> None:
    one = COMMUNE.replace("Đã niêm yết công khai 214", "Tổng số 214 thủ tục. Đã niêm yết công khai 214")
    document = read_bytes((DISTRICT + "\n" + one + "\n" + OTHER).encode(), "x.txt")
    line = to_json(document, extract(document))
    assert [part["symbol"] for part in line["report"]["parts"]] == ["87/BC-UBND", "112/BC-UBND"]
    assert line["report"]["findings"] == []


def test_every_report_of_a_long_file_is_read() -> None:
    report = reported(DISTRICT + "\n" + "\n".join([COMMUNE] * 30))
    assert len(report.parts) == 30
    assert len(report.items) == 61
