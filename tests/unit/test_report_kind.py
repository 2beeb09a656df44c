"""A report in whatever form units send it, and the letters that only ask for one or speak of one."""

from __future__ import annotations

import pytest

from corpus.reader import read_bytes
from nlp.header import read_header
from nlp.report_evidence import weigh
from nlp.report_kind import is_report
from nlp.report_opening import find_opening

_HEAD = """UBND TỈNH HÀ NAM
SỞ XÂY DỰNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 1422/SXD-QLN
{subject}
Hà Nam, ngày 20 tháng 6 năm 2024

"""


def _letter(subject: str, body: str) -> str:
    return _HEAD.format(subject=subject) + body


REPORTS = {
    "answer": _letter(
        "V/v phúc đáp Công văn số 2210/UBND-NC ngày 03/6/2024",
        """Kính gửi: Ủy ban nhân dân tỉnh

Phúc đáp Công văn số 2210/UBND-NC về việc rà soát nhà ở công vụ, Sở Xây dựng xin gửi kết quả như sau:
1. Đã rà soát 42/42 căn nhà ở công vụ.
2. Việc thu hồi 03 căn đang được Thanh tra Sở thực hiện.""",
    ),
    "account of a delay": _letter(
        "V/v giải trình việc chậm thực hiện nhiệm vụ UBND tỉnh giao",
        """Kính gửi: Văn phòng UBND tỉnh

Liên quan đến Thông báo số 215/TB-UBND, Sở giải trình như sau:
Cầu Ia Pết chưa hoàn thành do mưa kéo dài; đến nay đã thi công được 70% khối lượng.""",
    ),
    "the directive's own subject": _letter(
        "V/v tăng cường quản lý nhà ở công vụ",
        """Kính gửi: Ủy ban nhân dân tỉnh

Thực hiện Công văn số 2210/UBND-NC, Sở Xây dựng báo cáo kết quả:
- Đã thu hồi 03 căn.
- Chưa lập được quy chế quản lý vận hành.""",
    ),
    "message": """Kính gửi anh Hải, Văn phòng UBND huyện
Em gửi anh tình hình làm các việc theo Kế hoạch 45/KH-UBND tính đến ngày 15/9:
1. Lắp camera ở 4 ngã tư: xong 3, còn ngã tư chợ Mới vướng cột điện.
2. Tuyên truyền trên loa: tuần nào cũng phát 3 buổi.""",
    "annex": """BẢNG TỔNG HỢP KẾT QUẢ THỰC HIỆN CHỈ THỊ SỐ 12/CT-UBND

| STT | Nội dung chỉ đạo | Kết quả thực hiện | Ghi chú |
|---|---|---|---|
| 1 | Ra quân dọn vệ sinh | 4 đợt, 620 lượt người tham gia | |
| 2 | Lắp đặt thùng rác | Lắp được 18/30 thùng | Thiếu vốn |""",
    "headings alone": """BAN QUẢN LÝ KHU KINH TẾ
Kết quả công tác tuần 32

Kết quả
Đã cấp 3 giấy chứng nhận đầu tư.
Đã kiểm tra môi trường 5 doanh nghiệp.
Khó khăn
Thiếu cán bộ chuyên môn.""",
}
OTHERS = {
    "asks for a report": _letter(
        "V/v báo cáo kết quả thực hiện Chỉ thị số 15/CT-TTg",
        """Kính gửi:
- Các sở, ban, ngành;
- UBND các huyện.

UBND tỉnh yêu cầu các sở, ban, ngành, UBND các huyện báo cáo kết quả thực hiện Chỉ thị số 15/CT-TTg, cụ thể như sau:
1. Đánh giá kết quả đã đạt được, tồn tại, hạn chế.
2. Báo cáo gửi về Sở Nội vụ trước ngày 20/6/2024.""",
    ),
    "urges, and tells who is late": _letter(
        "V/v đôn đốc thực hiện nhiệm vụ",
        """Kính gửi: UBND các xã, thị trấn

Đến nay mới có 11/24 xã gửi báo cáo kết quả rà soát; còn 13 xã chưa gửi. UBND huyện yêu cầu:
1. Các xã chưa gửi báo cáo khẩn trương hoàn thành trước ngày 12/9/2024.
2. Phòng Lao động tổng hợp kết quả, báo cáo trước ngày 15/9/2024.""",
    ),
    "decides on a report": _letter(
        "V/v báo cáo tình hình giải ngân vốn đầu tư công",
        """Kính gửi: Bộ Tài chính
Xét báo cáo của Bộ Tài chính tại Văn bản số 7700/BTC-ĐT về tình hình giải ngân, Thủ tướng Chính phủ có ý kiến: Bộ Tài chính
theo dõi, đôn đốc, báo cáo Thủ tướng Chính phủ kết quả trước ngày 10 hằng tháng.""",
    ),
    "opinion": _letter(
        "V/v tham gia ý kiến dự thảo Nghị định",
        """Kính gửi: Bộ Công Thương
Phúc đáp Công văn số 5500/BCT-PC, Bộ Tài chính có ý kiến như sau:
1. Về Điều 5: đề nghị bỏ khoản 3 vì trùng quy định của Luật Giá.
2. Về Điều 9: đề nghị đánh giá tác động ngân sách.""",
    ),
    "empty form": """BIỂU TỔNG HỢP KẾT QUẢ THỰC HIỆN NHIỆM VỤ
(Kèm theo Công văn số 100/UBND-VP)

| TT | Nhiệm vụ | Kết quả thực hiện | Ghi chú |
|---|---|---|---|
| 1 | Tuyên truyền pháp luật | | |
| 2 | Kiểm tra an toàn | | |""",
    "who does what": """PHÂN CÔNG NHIỆM VỤ TRIỂN KHAI KẾ HOẠCH SỐ 30/KH-UBND

| TT | Nhiệm vụ | Chủ trì | Kết quả | Tiến độ thực hiện |
|---|---|---|---|---|
| 1 | Ban hành quy chế hoạt động | Sở Nội vụ | Quyết định | Quý I/2025 |
| 2 | Tổng kết mô hình | Sở Công Thương | Báo cáo kết quả | Tháng 6/2025 |""",
    "news": """# Đắk Lắk đẩy nhanh giải ngân

Đến hết tháng 9, tỉnh Đắk Lắk đã giải ngân 52% kế hoạch vốn. Theo báo cáo của Sở Tài chính, toàn tỉnh đã hoàn thành 14/20 dự án.""",
}


def _is_report(text: str) -> bool:
    document = read_bytes(text.encode(), "tep.md" if "\n|" in text or text.startswith("#") else "tep.txt")
    return is_report(document, read_header(document), find_opening(document.text))


@pytest.mark.parametrize("form", REPORTS)
def test_a_report_is_known_in_any_form(form: str) -> None:
    assert _is_report(REPORTS[form])


@pytest.mark.parametrize("form", OTHERS)
def test_what_asks_for_results_or_decides_on_them_is_none(form: str) -> None:
    assert not _is_report(OTHERS[form])


def test_a_kind_that_assigns_is_none_whatever_it_tells() -> None:
    text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 3/KH-UBND\n\nKẾ HOẠCH\nKết quả năm 2024\n\n" + REPORTS["message"]
    document = read_bytes(text.encode(), "tep.txt")
    evidence = weigh(document, read_header(document), find_opening(document.text), None)
    assert evidence.refused
    assert not evidence.is_report
