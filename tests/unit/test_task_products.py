"""What is to be made, as far as its name goes."""

from __future__ import annotations

import pytest

from nlp.task_products import find_outputs

MADE = [
    (
        "Xây dựng Kế hoạch phòng, chống hạn, xâm nhập mặn, gửi Sở Nông nghiệp và Môi trường.",
        "Kế hoạch phòng, chống hạn, xâm nhập mặn",
    ),
    (
        "Ban hành Quy chế quản lý, sử dụng nghĩa trang nhân dân trong quý II.",
        "Quy chế quản lý, sử dụng nghĩa trang nhân dân",
    ),
    (
        "Hoàn thiện dự thảo Nghị định về cơ chế mua bán điện, trình Chính phủ.",
        "dự thảo Nghị định về cơ chế mua bán điện",
    ),
    (
        "Đưa vào vận hành phần mềm quản lý hồ sơ dùng chung chậm nhất trong tháng 3.",
        "phần mềm quản lý hồ sơ dùng chung",
    ),
    ("Giao Sở Y tế đưa Trung tâm Ung bướu vào hoạt động trong năm 2026.", "Trung tâm Ung bướu"),
    ("Xây dựng phương án bảo đảm an ninh trật tự khi thi công.", "phương án bảo đảm an ninh trật tự"),
    (
        "Tham mưu UBND tỉnh có Tờ trình về biên chế công chức cấp xã gửi Ban Thường vụ.",
        "Tờ trình về biên chế công chức cấp xã",
    ),
    (
        "Ký kết Biên bản ghi nhớ hợp tác tiêu thụ nông sản chậm nhất 20/4/2026.",
        "Biên bản ghi nhớ hợp tác tiêu thụ nông sản",
    ),
    ("Lập danh sách hộ thiếu nước sinh hoạt, công khai tại trụ sở.", "danh sách hộ thiếu nước sinh hoạt"),
    (
        "Tổng hợp danh mục thiết bị dạy học cần mua sắm, hoàn thành trước ngày 31/5.",
        "danh mục thiết bị dạy học cần mua sắm",
    ),
    ("Xây dựng xong 06 bể ủ phân hữu cơ tập trung.", "06 bể ủ phân hữu cơ tập trung"),
]


@pytest.mark.parametrize(("text", "name"), MADE)
def test_what_is_made(text: str, name: str) -> None:
    assert find_outputs(text) == (name,)


@pytest.mark.parametrize(
    "text",
    [
        "Ban hành kế hoạch, tổ chức hưởng ứng Tháng hành động trên địa bàn.",
        "Tăng cường kiểm tra, xử lý nghiêm các trường hợp vi phạm.",
        "Chỉ đạo các đơn vị đẩy mạnh tuyên truyền pháp luật về đất đai.",
        "Phát triển hạ tầng, ứng dụng công nghệ trong sản xuất.",
    ],
)
def test_nothing_with_a_name_of_its_own_is_made(text: str) -> None:
    assert find_outputs(text) == ()
