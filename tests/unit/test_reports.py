"""Reports in the shapes in which units send them: report, letter, party report, annex table; and what is none."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.model import Document
from corpus.reader import read_bytes
from corpus.text import fold
from corpus.tree import build_tree
from nlp import citations
from nlp.header import read_header
from nlp.model import Report
from nlp.report_period import find_period
from nlp.reports import read_report

STATE_HEAD = """UBND TỈNH KIÊN GIANG
SỞ NỘI VỤ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
"""
REPORT = (
    STATE_HEAD
    + """Số: 45/BC-SNV
Kiên Giang, ngày 20 tháng 6 năm 2025

BÁO CÁO
Kết quả thực hiện nhiệm vụ cải cách hành chính 6 tháng đầu năm 2025

Thực hiện Kế hoạch số 12/KH-UBND ngày 10 tháng 01 năm 2025 của Ủy ban nhân dân tỉnh; căn cứ Nghị định số 45/2020/NĐ-CP ngày 08 tháng 4 năm 2020 của Chính phủ, Sở Nội vụ báo cáo kết quả như sau:

I. KẾT QUẢ THỰC HIỆN
1. Công tác tuyên truyền:
- Đã tổ chức 05 hội nghị tập huấn cho 320 lượt cán bộ.
- Đang xây dựng chuyên mục trên Cổng thông tin điện tử.
2. Thực hiện thủ tục hành chính
(1) Nhiệm vụ rà soát danh mục thủ tục hành chính (mục II.3): đã hoàn thành, ban hành Quyết định số 321/QĐ-UBND ngày 05/5/2025.
(2) Nhiệm vụ kiểm tra công vụ: chưa triển khai.
II. TỒN TẠI, HẠN CHẾ
1. Một số đơn vị chưa hoàn thành việc báo cáo đúng hạn.
III. PHƯƠNG HƯỚNG, NHIỆM VỤ 6 THÁNG CUỐI NĂM
1. Sẽ hoàn thành việc kiểm tra công vụ trong quý III/2025.
IV. KIẾN NGHỊ, ĐỀ XUẤT
- Đề nghị Ủy ban nhân dân tỉnh bổ sung kinh phí.
Trên đây là báo cáo kết quả 6 tháng đầu năm 2025 của Sở Nội vụ./.

Nơi nhận:
- UBND tỉnh;
- Lưu: VT.
GIÁM ĐỐC
Nguyễn Văn An
"""
)
LETTER = (
    STATE_HEAD
    + """Số: 812/SNV-CCHC
V/v báo cáo kết quả thực hiện Chỉ thị số 05/CT-UBND
Kiên Giang, ngày 02 tháng 10 năm 2025

Kính gửi: Văn phòng UBND tỉnh

Thực hiện Công văn số 77/UBND-NC ngày 15/9/2025 của UBND tỉnh, Sở Nội vụ báo cáo như sau:
1. Đã hoàn thành việc sắp xếp 12 đơn vị sự nghiệp.
2. Đề nghị gia hạn nhiệm vụ tinh giản biên chế đến tháng 12/2025.
Trên đây là báo cáo của Sở Nội vụ, kính gửi Văn phòng UBND tỉnh tổng hợp./.
"""
)
PARTY = """TỈNH ỦY KIÊN GIANG
HUYỆN ỦY HÒN ĐẤT
*
Số 88-BC/HU
ĐẢNG CỘNG SẢN VIỆT NAM
Hòn Đất, ngày 15 tháng 12 năm 2022

BÁO CÁO
kết quả thực hiện Kế hoạch số 41-KH/TU năm 2022
-----
Thực hiện Kế hoạch số 41-KH/TU, ngày 12-01-2022 của Tỉnh ủy, Ban Thường vụ Huyện ủy báo cáo kết quả thực hiện như sau:
I- KẾT QUẢ
1- Huyện ủy đã ban hành Kế hoạch số 30-KH/HU, ngày 20-02-2022 để triển khai, quán triệt đến 100% chi bộ.
2- Duy trì thường xuyên việc đối thoại với doanh nghiệp.
"""
REQUEST = LETTER.replace(
    "Thực hiện Công văn số 77/UBND-NC ngày 15/9/2025 của UBND tỉnh, Sở Nội vụ báo cáo như sau:",
    "Sở Nội vụ đề nghị các sở, ban, ngành báo cáo kết quả thực hiện theo các nội dung như sau:",
).replace(
    "Trên đây là báo cáo của Sở Nội vụ, kính gửi", "Đề nghị các đơn vị gửi về Sở Nội vụ trước ngày 20/10/2025, gửi"
)
DIRECTIVE = (
    STATE_HEAD.replace("SỞ NỘI VỤ\n", "")
    + """Số: 05/CT-UBND
Kiên Giang, ngày 02 tháng 01 năm 2025
CHỈ THỊ
Về tăng cường cải cách hành chính
Các sở, ban, ngành báo cáo kết quả thực hiện về Sở Nội vụ trước ngày 15/12/2025 theo các nội dung như sau:
1. Đã hoàn thành bao nhiêu nhiệm vụ.
"""
)
HTML = """<html><body><p>UBND TỈNH KIÊN GIANG</p><p>SỞ Y TẾ</p><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>
<p>Số: 7/BC-SYT</p><p>Kiên Giang, ngày 03 tháng 7 năm 2025</p><p>BÁO CÁO</p><p>Tình hình thực hiện nhiệm vụ quý II/2025</p>
<p>Thực hiện Kế hoạch số 12/KH-UBND ngày 10/01/2025 của UBND tỉnh, Sở Y tế báo cáo như sau:</p>
<table><tr><th>TT</th><th>Nhiệm vụ</th><th>Đơn vị</th><th>Kết quả thực hiện</th><th>Tiến độ</th></tr>
<tr><td>I</td><td colspan="4">LĨNH VỰC Y TẾ</td></tr>
<tr><td>14</td><td>Xây dựng bệnh án điện tử</td><td>Phòng Nghiệp vụ Y</td><td>Đã triển khai tại 12/15 bệnh viện</td><td>Đang thực hiện</td></tr>
<tr><td>15</td><td>Ban hành quy chế khám bệnh</td><td>Thanh tra</td><td>Quyết định số 99/QĐ-SYT ngày 01/6/2025</td><td>Hoàn thành quá hạn</td></tr>
<tr><td>16</td><td>Đào tạo bác sĩ xã</td><td>Văn phòng</td><td></td><td>Chưa thực hiện</td></tr></table>
<table><tr><th>TT</th><th>Nội dung</th><th>Kết quả</th></tr><tr><td>1</td><td>Số lượt khám</td><td>12.000</td></tr>
<tr><td>2</td><td>Số giường</td><td>450</td></tr></table></body></html>"""


def _read(text: str, name: str = "bao-cao.txt") -> tuple[Document, Report | None]:
    document = read_bytes(text.encode(), name)
    header = read_header(document)
    tree = build_tree(document)
    return document, read_report(document, tree, header, tuple(citations.find(document.text, tree).citations))


def _report(text: str, name: str = "bao-cao.txt") -> Report:
    document, report = _read(text, name)
    assert report is not None
    for item in report.items:
        assert fold(document.text[item.start : item.end]) == item.text
    return report


def test_a_report_tells_unit_period_and_the_plan_it_answers() -> None:
    report = _report(REPORT)
    assert report.unit == "Sở Nội vụ"
    assert report.answers == ("12/KH-UBND",)
    assert report.period is not None
    assert (report.period.label, report.period.from_, report.period.to) == (
        "6 tháng đầu năm 2025", dt.date(2025, 1, 1), dt.date(2025, 6, 30),
    )  # fmt: skip


def test_results_claim_something_limits_and_requests_nothing_and_plans_promise() -> None:
    items = _report(REPORT).items
    assert [(item.text[:32], item.claimed_status) for item in items] == [
        ("Đã tổ chức 05 hội nghị tập huấn ", "done"),
        ("Đang xây dựng chuyên mục trên Cổ", "in_progress"),
        ("Nhiệm vụ rà soát danh mục thủ tụ", "done"),
        ("Nhiệm vụ kiểm tra công vụ: chưa ", "not_started"),
        ("Một số đơn vị chưa hoàn thành vi", "unknown"),
        ("Sẽ hoàn thành việc kiểm tra công", "promise"),
        ("Đề nghị Ủy ban nhân dân tỉnh bổ ", "unknown"),
    ]
    assert items[0].figures == ("05 hội nghị", "320 lượt")
    assert items[2].citations == ("321/QĐ-UBND",)
    assert items[2].row == "II.3"


def test_a_letter_reports_by_subject_and_opening() -> None:
    report = _report(LETTER)
    assert (report.unit, report.answers) == ("Sở Nội vụ", ("77/UBND-NC", "05/CT-UBND"))
    assert [item.claimed_status for item in report.items] == ["done", "change_requested"]


def test_a_party_report() -> None:
    report = _report(PARTY)
    assert report.unit == "Huyện ủy Hòn Đất"
    assert report.answers == ("41-KH/TU",)
    assert [item.claimed_status for item in report.items] == ["done", "continuous"]
    assert report.items[0].citations == ("30-KH/HU",)


@pytest.mark.parametrize("text", [REQUEST, DIRECTIVE, "Các đơn vị đã hoàn thành nhiệm vụ.", ""])
def test_texts_that_ask_for_reports_or_tell_news_are_none(text: str) -> None:
    assert _read(text)[1] is None


def test_rows_of_a_status_table_are_items_with_their_number_and_a_table_of_figures_is_not() -> None:
    items = _report(HTML, "bao-cao.html").items
    assert [(item.row, item.claimed_status, item.late) for item in items] == [
        ("14", "partial", False),
        ("15", "done", True),
        ("16", "not_started", False),
    ]
    assert items[1].citations == ("99/QĐ-SYT",)


@pytest.mark.parametrize(
    ("text", "label", "start", "end"),
    [
        ("Báo cáo công tác quý III/2025", "quý III/2025", "2025-07-01", "2025-09-30"),
        ("kết quả quý 2 năm 2025", "quý 2 năm 2025", "2025-04-01", "2025-06-30"),
        ("công tác tháng 5/2025", "tháng 5/2025", "2025-05-01", "2025-05-31"),
        ("tháng 02 năm 2024", "tháng 02 năm 2024", "2024-02-01", "2024-02-29"),
        ("6 tháng cuối năm 2025", "6 tháng cuối năm 2025", "2025-07-01", "2025-12-31"),
        ("9 tháng đầu năm 2025", "9 tháng đầu năm 2025", "2025-01-01", "2025-09-30"),
        ("cải cách hành chính năm 2021", "năm 2021", "2021-01-01", "2021-12-31"),
        ("giai đoạn 2021-2025", "giai đoạn 2021-2025", "2021-01-01", "2025-12-31"),
        (
            "số liệu từ ngày 15/12/2024 đến ngày 14/6/2025", "từ ngày 15/12/2024 đến ngày 14/6/2025",
            "2024-12-15", "2025-06-14",
        ),
    ],
)  # fmt: skip
def test_periods(text: str, label: str, start: str, end: str) -> None:
    period = find_period(text)
    assert period is not None
    assert (period.label, str(period.from_), str(period.to)) == (label, start, end)


@pytest.mark.parametrize(
    "text",
    ["Kế hoạch ngày 14 tháng 4 năm 2022 của UBND tỉnh", "ngày 14/4/2022", "từ ngày 31/02/2025 đến ngày 40/13/2025", ""],
)
def test_the_date_of_a_document_is_no_period(text: str) -> None:
    assert find_period(text) is None


def test_a_request_to_move_a_task_is_a_statement_wherever_it_stands() -> None:
    text = (
        "UBND TỈNH X\nSỞ Y TẾ\nSố: 9/BC-SYT\nX, ngày 05 tháng 6 năm 2026\n\nBÁO CÁO\nKết quả công tác y tế\n\n"
        "Thực hiện Nghị quyết số 12/NQ-HĐND ngày 02/01/2026 của HĐND tỉnh, Sở Y tế báo cáo như sau:\n"
        "I. KẾT QUẢ\n1. Đã mở 04 lớp tập huấn cho 120 y sĩ.\n"
        "II. KHÓ KHĂN, KIẾN NGHỊ\n1. Chế độ phụ cấp cho bác sĩ vùng cao còn thấp.\n"
        "2. Đề nghị điều chỉnh chỉ tiêu trạm có bác sĩ năm 2026 xuống còn 80%.\n"
        "III. PHƯƠNG HƯỚNG\n1. Sẽ mở thêm 02 lớp trong quý IV.\n"
    )
    assert [item.claimed_status for item in _report(text).items] == ["done", "unknown", "change_requested", "promise"]


def test_a_village_report_without_number_is_a_report() -> None:
    text = (
        "XÃ A\nTHÔN B\n\nA, ngày 16 tháng 10 năm 2025\n\nBÁO CÁO\nKết quả thu giấy tờ\n\nKính gửi: Tổ công tác xã\n\n"
        "Thực hiện kế hoạch số 125 của xã, thôn báo cáo kết quả như sau:\n"
        "- Toàn thôn có 368 hộ, đã thu giấy của 301 hộ, còn 67 hộ đi làm xa.\n- Danh sách thửa bỏ hoang chưa lập.\n"
    )
    assert [item.claimed_status for item in _report(text).items] == ["partial", "not_started"]


def test_a_weekly_table_tells_results_and_what_comes_next() -> None:
    text = (
        "Số: 40/BC-TTPVHCC\n\nBÁO CÁO\n\nThực hiện Kế hoạch số 125/KH-UBND, Trung tâm báo cáo:\n\n"
        "| Việc | Kết quả tuần | Tuần tới |\n|---|---|---|\n"
        "| Giải quyết hồ sơ | Đã trả 412 hồ sơ, không hồ sơ nào trễ | Tiếp tục |\n"
        "| Lắp ki-ốt tra cứu | Chưa triển khai | Chờ vốn |\n"
        "| Mở điểm tiếp nhận lưu động | | Sẽ mở tại thôn Châu Phong |\n"
        "| Công nhận vùng an toàn dịch bệnh | 02 vùng | Đề nghị giảm từ 04 vùng xuống 02 vùng |\n"
    )
    report = _report(text, "tuan.md")
    assert [item.claimed_status for item in report.items] == ["done", "not_started", "promise", "change_requested"]


def test_a_column_of_requests_asks_by_its_head_and_ticks_below_a_wide_head_count() -> None:
    text = (
        "Số: 41/BC-LMHTX\n\nBÁO CÁO\n\nThực hiện Kế hoạch số 125/KH-UBND, Liên minh báo cáo:\n\n"
        "| TT | Nhiệm vụ | Mức độ thực hiện | | | Đề xuất, kiến nghị |\n|---|---|:-:|:-:|:-:|---|\n"
        "| | | Xong | Đang làm | Chưa làm | |\n"
        "| 1 | Rà soát, phân loại hợp tác xã | x | | | Khen thưởng 06 tập thể |\n"
        "| 2 | Mô hình chuỗi lúa chất lượng cao | | x | | |\n"
        "| 3 | Kiểm tra chuyên đề tại 04 hợp tác xã | | | x | Chuyển sang chương trình năm 2027 |\n"
    )
    report = _report(text, "htx.md")
    assert [item.claimed_status for item in report.items] == ["done", "in_progress", "change_requested"]


def test_heads_in_two_rows_results_before_the_task_and_heads_in_everyday_words() -> None:
    opening = "Số: 42/BC-SNV\n\nBÁO CÁO\n\nThực hiện Kế hoạch số 125/KH-UBND, Sở Nội vụ báo cáo:\n\n"
    wide = (
        "| STT | Nhiệm vụ | Kế hoạch | | Thực hiện | |\n|---|---|---|---|---|---|\n"
        "| | | Thời hạn | Sản phẩm | Trạng thái | Việc tiếp theo |\n"
        "| 1 | Nộp lưu tài liệu | Quý III | Biên bản | Hoàn thành | |\n"
        "| 2 | Số hóa hồ sơ | Quý IV | Dữ liệu | | Sẽ làm trong tháng 12 |\n"
    )
    assert [item.claimed_status for item in _report(opening + wide, "a.md").items] == ["done", "promise"]
    left = (
        "| Sản phẩm đã có | Nhiệm vụ | Vướng mắc |\n|---|---|---|\n"
        "| Đã ban hành Quyết định số 12/QĐ-SNV | Quy chế văn thư | |\n"
        "| | Thu tài liệu của 18 cơ quan | Đang thống nhất lịch giao nhận |\n"
    )
    assert [item.claimed_status for item in _report(opening + left, "b.md").items] == ["done", "in_progress"]
    plain = (
        "| Việc | Ai làm | Làm đến đâu |\n|---|---|---|\n"
        "| Mừng thọ các cụ | Trưởng ấp | Sẽ làm sáng 01/10 tại nhà văn hóa |\n"
        "| Rà soát hộ nghèo | Tổ rà soát | Đang đi từng hộ |\n"
    )
    assert [item.claimed_status for item in _report(opening + plain, "c.md").items] == ["promise", "in_progress"]


def test_a_task_stretched_over_the_next_column_asks_for_nothing() -> None:
    html = (
        "<html><body><p>Số: 44/BC-SNV</p><p>BÁO CÁO</p><p>Thực hiện Kế hoạch số 125/KH-UBND, Sở Nội vụ báo cáo:</p>"
        "<table><tr><th>TT</th><th>Nhiệm vụ</th><th>Đề xuất, kiến nghị</th><th>Kết quả</th></tr>"
        '<tr><td>1</td><td colspan="2">Tổng hợp đề nghị lùi thời hạn của các xã</td><td>Đã hoàn thành</td></tr>'
        "<tr><td>2</td><td>Số hóa hồ sơ</td><td>Cho lùi thời hạn sang quý I năm sau</td><td>Đang thực hiện</td></tr>"
        "</table></body></html>"
    )
    assert [item.claimed_status for item in _report(html, "a.html").items] == ["done", "change_requested"]


def test_a_request_under_its_heading_needs_no_number() -> None:
    text = (
        "Số: 43/BC-UBND\n\nBÁO CÁO\n\nThực hiện Chỉ thị số 35/CT-TTg, UBND tỉnh báo cáo:\n\n"
        "I. KẾT QUẢ\n\n1. Đã ban hành Kế hoạch số 87/KH-UBND ngày 19/3/2024.\n\nII. KIẾN NGHỊ\n\n"
        "Đề nghị Thủ tướng Chính phủ xem xét điều chỉnh chỉ tiêu đưa sản phẩm lên sàn xuống còn 60%.\n"
    )
    assert [item.claimed_status for item in _report(text).items] == ["done", "change_requested"]


def test_lines_that_nothing_numbers_are_statements_without_courtesies_and_hands() -> None:
    text = """Kính gửi: UBND xã Thanh Lương

Xóm 6 báo cáo việc phòng đuối nước:
Biển cảnh báo: đã cắm đủ 9 cái ở đập Trạm Bơm.
Hố đất lò gạch chưa rào được, mong xã nhận lấy phần này thay cho xóm.
Xóm có 112 cháu dưới 16 tuổi.
Kính mong xã quan tâm.

Xóm trưởng
Nguyễn Cảnh Lam
"""
    assert [item.claimed_status for item in _report(text).items] == ["done", "change_requested", "unknown"]


def test_a_table_under_heads_of_its_own_tells_figures_against_their_plan() -> None:
    text = """CÔNG TY ĐIỆN LỰC THÁI BÌNH

**SỐ LIỆU KIỂM TRA AN TOÀN ĐIỆN QUÝ III NĂM 2023**

| Khu vực | Kế hoạch (điểm) | Đã kiểm tra | Tồn tại phát hiện |
|---|---|---|---|
| Các chợ hạng I, hạng II | 46 | 46 | 112 điểm đấu nối không đạt |
| Khu nhà trọ quanh khu công nghiệp | 320 | 207 | 58 hộ dùng dây sai tiết diện |
"""
    document = read_bytes(text.encode(), "so-lieu.md")
    report = read_report(document, build_tree(document), read_header(document), ())
    assert report is not None
    assert report.unit == "Công ty Điện lực Thái Bình"
    assert [item.claimed_status for item in report.items] == ["done", "partial"]


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        (
            "Từ: Phòng Lao động - Thương binh và Xã hội\nĐến: Văn phòng UBND quận",
            "Phòng Lao động - Thương binh và Xã hội",
        ),
        ("CÔNG AN THÀNH PHỐ HẢI PHÒNG\nPHÒNG CẢNH SÁT THI HÀNH ÁN HÌNH SỰ", "Công an thành phố Hải Phòng"),
        ("BAN QLDA ĐTXD TỈNH\n", "Ban QLDA ĐTXD tỉnh"),
        ("BÁO CÁO NHANH\n(Phần của Ban An toàn)", "Ban An toàn"),
    ],
)
def test_the_unit_of_a_text_without_header(head: str, unit: str) -> None:
    text = f"{head}\n\nKết quả như sau:\n- Đã kiểm tra 12/15 cơ sở.\n- Đang xử lý 03 cơ sở.\n"
    assert _report(text).unit == unit
