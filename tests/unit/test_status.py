"""Claimed status by the words of trackers and reports."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.status import claimed_status, row_status

CLAIMS = [
    # one asks, and then, however far on in the sentence, a change of the task
    ("Mặt bằng còn vướng 9 hộ, do đó UBND phường kính mong được gia hạn bàn giao đến hết tháng 3", "change_requested"),
    ("Sở báo cáo UBND tỉnh xem xét, cho thôi thực hiện nội dung này trên địa bàn 03 xã", "change_requested"),
    ("Số hộ tham gia mới đạt 40/90; phòng xin điều chỉnh chỉ tiêu xuống còn 60 hộ", "change_requested"),
    ("Trạm đã gửi báo cáo đúng ngày, đề nghị Văn phòng xem xét tính là hoàn thành đúng hạn", "change_requested"),
    ("Đề nghị tách thành 02 nhiệm vụ, mỗi nhiệm vụ có hạn riêng", "change_requested"),
    ("Đề nghị Công an tỉnh tập huấn nghiệp vụ cho lực lượng cơ sở trong thời gian tới", "unknown"),
    ("Đề nghị Bộ sửa đổi Thông tư về định mức", "unknown"),
    ("Trong 27 kiến nghị sau kiểm toán đã thực hiện 19 kiến nghị, còn 08 kiến nghị chưa thực hiện", "partial"),
    # figures that tell how things are
    ("Tuyến biên giới do đồn phụ trách dài 31,6 km, gồm 9 mốc chính", "unknown"),
    ("Việc này được quy định tại khoản 3 Điều 12 Luật Đất đai", "unknown"),
    ("Nguyên nhân là do công chức chưa được đào tạo về đất đai", "unknown"),
    # a feast is no ratio, an exception is a rest, a target may stand before its figure
    ("Đã ban hành Hướng dẫn số 14-HD/BTG về tuyên truyền kỷ niệm Quốc khánh 2/9", "done"),
    ("Đã lắp camera tại các chốt, trừ chốt Km 12", "partial"),
    ("Được giao trồng 120 ha rừng, đến nay đã trồng khoảng 95 ha", "partial"),
    ("Trong số 18 thôn, đã có 11 thôn sửa đổi hương ước", "partial"),
    ("Trồng 15.000 cây xanh theo Đề án: đến nay trồng được 11.200 cây", "partial"),
    ("Mở 4 lớp kỹ năng số cho cán bộ thôn: đã mở được 4 lớp", "done"),
    ("Giải ngân 2,1 tỷ đồng trên kế hoạch vốn 3,4 tỷ đồng", "partial"),
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
    ("Kiểm tra tại 6/35 cơ quan; các đơn vị còn lại đang tiếp tục kiểm tra theo lịch", "partial"),
    ("Bàn giao 11,2/13,5 ha mặt bằng; còn 18 hộ chưa nhận tiền đền bù", "partial"),
    ("Diễn tập được tổ chức ngày 23/9 với 850 người", "done"),
    ("Trực 24/24 giờ, nhắc nhở 187 lượt tàu", "continuous"),
    ("Mỗi tuần phát 3 phóng sự, 11 tin", "continuous"),
    ("Cấp 3.420 phiếu lý lịch tư pháp", "done"),
    ("Xã cam kết bàn giao toàn bộ mặt bằng trước 30/11/2025", "promise"),
    ("Một số cơ quan còn thiếu biên chế", "unknown"),
    ("", "unknown"),
    ("Báo cáo số 216/BC-STP", "unknown"),
    ("Đã ban hành kế hoạch và đang triển khai tại các xã", "in_progress"),
    ("Đã trình và được Chủ tịch UBND tỉnh phê duyệt tại Quyết định số 1330/QĐ-UBND", "done"),
    ("Sở đã trình tại Tờ trình số 77/TTr-SXD, đang chờ phê duyệt", "in_progress"),
    ("Trước đây chưa có quy chế; đến ngày 02/4/2025 Sở đã ban hành Quy chế tại Quyết định số 77/QĐ-SVHTT", "done"),
    ("Tuy đã có chủ trương nhưng đến nay việc mua sắm chưa được thực hiện", "not_started"),
    ("Đã ban hành kế hoạch, đã tập huấn; riêng việc cấp kinh phí chưa thực hiện được", "partial"),
    ("Đơn vị chưa thành lập trạm kiểm soát do chưa có mặt bằng", "not_started"),
    ("Lắp 240 bộ đèn (kế hoạch 200 bộ)", "done"),
    ("Lắp 140 bộ đèn (kế hoạch 200 bộ)", "partial"),
    ("Tiêm vắc xin sởi cho trẻ đạt 98,7%, vượt mục tiêu 95%", "done"),
    ("Có 9 xã trên tổng số 12 xã hoàn thành việc đánh số nhà", "partial"),
    ("19 hồ sơ đã giải quyết, 11 hồ sơ đang giải quyết", "partial"),
    ("0/6 lớp", "not_started"),
    ("Phấn đấu giải ngân quý I đạt 20%", "promise"),
    ("Tháng tới làm", "promise"),
    ("Dự kiến 20/9 họp Hội đồng", "promise"),
    ("96/96 công an xã duy trì tuần tra trước cổng trường", "continuous"),
    ("Cập nhật đầy đủ, kịp thời dữ liệu hộ tịch", "continuous"),
    ("Tuần tra khép kín địa bàn, không để xảy ra trọng án", "continuous"),
    ("Đề nghị chuyển nhiệm vụ này cho Sở Khoa học và Công nghệ chủ trì", "change_requested"),
    ("Đề nghị Trung ương bổ sung 150 tỷ đồng", "unknown"),
    ("Tỷ lệ che phủ rừng 54,3%", "unknown"),
    ("Huyện có 12 xã, 01 thị trấn", "unknown"),
    ("Đình chỉ lưu hành 09 lô thuốc không đạt chất lượng", "done"),
    ("Việc phối hợp giữa các phòng có lúc chưa chặt chẽ", "unknown"),
]


@pytest.mark.parametrize(("text", "status"), CLAIMS)
def test_words_give_the_claimed_status(text: str, status: str) -> None:
    assert claimed_status(text)[0] == status


@pytest.mark.parametrize(
    ("cells", "asked", "read"),
    [
        (("Kế hoạch 5.000 người", "3.260 người"), "Tập huấn kỹ năng số", ("partial", False)),
        (("Chậm so với quý II", "Quyết định số 2210/QĐ-UBND ngày 15/8/2026"), "Danh mục dữ liệu mở", ("done", True)),
        (("Cấp phép 03 mỏ",), "Cấp phép khai thác 05 mỏ đất", ("partial", False)),
        (("Cấp phép 05 mỏ",), "Cấp phép khai thác 05 mỏ đất", ("done", False)),
        (("Theo báo cáo của Sở Y tế",), "Hoàn thành tuyển 20 bác sĩ", ("unknown", False)),
        (("", "Quá hạn"), "Xây dựng đề án", ("in_progress", True)),
    ],
)
def test_a_row_is_read_by_its_own_cells_against_its_task(
    cells: tuple[str, ...], asked: str, read: tuple[str, bool]
) -> None:
    assert row_status(cells, asked) == read


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
