"""The columns of the official tables: the name that templates use, and the heading. One place for DOCX and XLSX."""

from __future__ import annotations

from typing import Final

from service.report_form import HEADING
from service.tabular import Column

Field = tuple[str, Column]

SUMMARY: Final[tuple[Field, ...]] = (
    ("tt", Column("TT", 6, "center")),
    ("don_vi", Column("Đơn vị", 30)),
    ("tong_so", Column("Tổng số nhiệm vụ", 10, "right")),
    ("xong_dung_han", Column("Đúng hạn", 9, "right", "Đã hoàn thành")),
    ("xong_qua_han", Column("Quá hạn", 9, "right", "Đã hoàn thành")),
    ("dang_trong_han", Column("Trong hạn", 9, "right", "Chưa hoàn thành")),
    ("dang_qua_han", Column("Quá hạn", 9, "right", "Chưa hoàn thành")),
    ("khong_han", Column("Không quy định thời hạn", 10, "right")),
    ("ty_le", Column("Tỷ lệ hoàn thành (trên tổng số)", 13, "right")),
    ("ty_le_dung_han", Column("Tỷ lệ đúng hạn (trên số đến hạn)", 13, "right")),
    ("cho_ra_soat", Column("Chờ rà soát (ngoài số liệu)", 11, "right")),
)
OVERDUE: Final[tuple[Field, ...]] = (
    ("tt", Column("TT", 6, "center")),
    ("don_vi", Column("Đơn vị chủ trì", 20)),
    ("nhiem_vu", Column("Nhiệm vụ", 46)),
    ("van_ban", Column("Văn bản giao nhiệm vụ", 24)),
    ("ky", Column("Kỳ báo cáo", 11)),
    ("thoi_han", Column("Thời hạn hoàn thành", 14, "center")),
    ("so_ngay", Column("Số ngày quá hạn", 9, "right")),
    ("don_doc", Column("Đã đôn đốc", 13)),
    ("ghi_chu", Column("Ghi chú", 22)),
)
LETTER: Final[tuple[Field, ...]] = (
    ("tt", Column("TT", 7, "center")),
    ("nhiem_vu", Column("Nhiệm vụ", 36)),
    ("van_ban", Column("Văn bản giao nhiệm vụ", 20)),
    ("thoi_han", Column("Thời hạn", 16, "center")),
    ("so_ngay", Column("Số ngày quá hạn", 11, "right")),
    ("tinh_trang", Column("Đề nghị", 18)),
)
SLIP: Final[tuple[Field, ...]] = (
    ("tt", Column("TT", 6, "center")),
    ("nhiem_vu", Column("Nhiệm vụ", 40)),
    ("don_vi", Column("Đơn vị chủ trì", 18)),
    ("phoi_hop", Column("Đơn vị phối hợp", 16)),
    ("thoi_han", Column("Thời hạn", 16, "center")),
    ("san_pham", Column("Sản phẩm, kết quả", 16)),
    ("tinh_trang", Column("Tình trạng", 18)),
    ("bao_cao", Column("Báo cáo", 24)),
    ("ghi_chu", Column("Ghi chú", 20)),
)
FORM: Final[tuple[Field, ...]] = (
    ("ma", Column(HEADING, 20)),
    ("nhiem_vu", Column("Nhiệm vụ", 40)),
    ("van_ban", Column("Văn bản giao nhiệm vụ", 20)),
    ("thoi_han", Column("Thời hạn", 15, "center")),
    ("ket_qua", Column("Kết quả thực hiện", 30)),
    ("tinh_trang", Column("Tình trạng thực hiện", 14)),
    ("minh_chung", Column("Tài liệu kiểm chứng", 18)),
    ("kien_nghi", Column("Khó khăn, kiến nghị", 18)),
)
