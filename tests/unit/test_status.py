"""Claimed status by the words of trackers and reports."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.status import claimed_status

CLAIMS = [
    ("Hoàn thành", "done"),
    ("Đã hoàn thành", "done"),
    ("Đã ban hành Quyết định số 12/QĐ-UBND ngày 05/3/2025.", "done"),
    ("Đã tham mưu UBND tỉnh ban hành Kế hoạch số 45/KH-UBND ngày 12/02/2025.", "done"),
    ("Đạt 100%", "done"),
    ("Sở đã tổ chức 05 hội nghị tập huấn cho 320 lượt cán bộ.", "done"),
    ("Đã thực hiện xong, sẽ tiếp tục duy trì", "done"),
    ("Đã xử lý; bãi bỏ bởi Quyết định số 63/2026/QĐ-UBND", "done"),
    ("Chưa hoàn thành", "in_progress"),
    ("Không hoàn thành trong quý I", "in_progress"),
    ("Đang triển khai thực hiện", "in_progress"),
    ("Đang lấy ý kiến góp ý đối với Dự thảo Quyết định mới", "in_progress"),
    ("Đã trình UBND tỉnh ban hành Quyết định mới tại Tờ trình số 245/TTr-SXD ngày 12/6/2026", "in_progress"),
    ("Đã lấy ý kiến đối với Dự thảo Quyết định bãi bỏ", "in_progress"),
    (
        "Đã hoàn thiện hồ sơ và trình UBND tỉnh ban hành Quyết định tại Tờ trình số 594/TTr-SNNMT ngày 29/6/2026",
        "in_progress",
    ),
    ("Sở đang hoàn thiện hồ sơ, dự kiến trình UBND tỉnh trong tháng 7/2026", "in_progress"),
    ("Chưa triển khai", "not_started"),
    ("Chưa triển khai (Đang xây dựng định mức kinh tế kỹ thuật)", "not_started"),
    ("Chưa triển khai; chờ Chính phủ ban hành Nghị định mới", "not_started"),
    ("Đến nay nhiệm vụ chưa có kết quả", "not_started"),
    ("Cơ bản hoàn thành", "partial"),
    ("Hoàn thành một phần", "partial"),
    ("Đạt 70%", "partial"),
    ("Đã hoàn thành 8/10 nội dung", "partial"),
    ("Đã giải ngân đạt 62,5% kế hoạch vốn", "partial"),
    ("Sẽ xem xét, ban hành trước ngày 28/5", "promise"),
    ("Dự kiến hoàn thành trong quý III/2025", "promise"),
    ("Quá hạn", "in_progress"),
    ("Thường xuyên", "continuous"),
    ("Duy trì thực hiện nền nếp", "continuous"),
    ("Đề nghị gia hạn đến tháng 12/2026", "change_requested"),
    ("Chưa hoàn thành, đề nghị điều chỉnh thời hạn sang quý IV", "change_requested"),
    ("Nhiệm vụ không còn phù hợp, đề nghị đưa ra khỏi danh mục", "change_requested"),
    ("Phòng họp không giấy đã vận hành tại 9/12 cơ quan", "partial"),
    ("Mở 01 trong 02 lớp bồi dưỡng cho 120 công chức", "partial"),
    ("Kiểm tra tại 6/35 cơ quan; các đơn vị còn lại đang tiếp tục kiểm tra theo lịch", "in_progress"),
    ("Bàn giao 11,2/13,5 ha mặt bằng; còn 18 hộ chưa nhận tiền đền bù", "partial"),
    ("Diễn tập được tổ chức ngày 23/9 với 850 người", "done"),
    ("Trực 24/24 giờ, nhắc nhở 187 lượt tàu", "continuous"),
    ("Mỗi tuần phát 3 phóng sự, 11 tin", "continuous"),
    ("Cấp 3.420 phiếu lý lịch tư pháp", "done"),
    ("Xã cam kết bàn giao toàn bộ mặt bằng trước 30/11/2025", "promise"),
    ("Một số cơ quan còn thiếu biên chế", "unknown"),
    ("", "unknown"),
    ("Báo cáo số 216/BC-STP", "unknown"),
]


@pytest.mark.parametrize(("text", "status"), CLAIMS)
def test_words_give_the_claimed_status(text: str, status: str) -> None:
    assert claimed_status(text)[0] == status


@pytest.mark.parametrize(
    ("text", "late"),
    [
        ("Hoàn thành quá hạn", True),
        ("Đang thực hiện, chậm tiến độ so với kế hoạch", True),
        ("Trễ hạn", True),
        ("Không có nhiệm vụ quá hạn", False),
        ("Hoàn thành trước hạn", False),
        ("Đang thực hiện trong hạn", False),
    ],
)
def test_lateness_is_a_second_answer(text: str, late: bool) -> None:  # noqa: FBT001
    assert claimed_status(text)[1] is late


def test_a_negated_completion_is_never_done() -> None:
    for negation in ("chưa", "không", "vẫn chưa"):
        assert claimed_status(f"Nhiệm vụ {negation} hoàn thành theo yêu cầu")[0] != "done"


@given(st.text(max_size=300))
def test_any_text_has_an_answer(text: str) -> None:
    assert claimed_status(text)[0]
