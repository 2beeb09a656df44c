"""The messages behind problem codes, in the words of an office, for all readers alike."""

from __future__ import annotations

MESSAGES = {
    "empty": "Tệp rỗng, không có nội dung để đọc.",
    "damaged": "Tệp bị hỏng hoặc không đầy đủ, không đọc được.",
    "encrypted": "Tệp được đặt mật khẩu. Hãy bỏ mật khẩu rồi nạp lại.",
    "too_large": "Tệp vượt quá dung lượng cho phép.",
    "too_many_pages": "Tệp có quá nhiều trang; phần vượt quá giới hạn không được đọc.",
    "unsupported": "Định dạng tệp chưa được hỗ trợ.",
    "no_text_layer": "Trang là ảnh quét, không có lớp chữ. Hãy nhận dạng chữ (OCR) rồi nạp lại.",
    "encoding": "Không xác định được bảng mã của văn bản; một số chữ có thể sai.",
    "secret": "Văn bản có dấu chỉ độ mật; hệ thống không tiếp nhận.",
    "timeout": "Đọc tệp quá thời gian cho phép; phần còn lại không được đọc.",
    "zip_bomb": "Tệp nén bung ra lớn bất thường nên bị từ chối.",
    "too_deep": "Cấu trúc tệp lồng nhau quá sâu; phần vượt quá giới hạn không được đọc.",
}
"""Problem code → what to tell the officer, and what can be done about it."""
