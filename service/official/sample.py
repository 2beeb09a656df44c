"""Invented figures to try a template on: an office that changed one learns at once whether it still works."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from service.errors import DondocError
from service.official.columns import FORM, LETTER, OVERDUE, SLIP, SUMMARY, Field
from service.official.office import Office, load_office
from service.official.state import base
from service.official.templates import NAMES, folder, own, render

_PLAN: Final = "Kế hoạch số 10/KH-UBND ngày 05/01/2026 của UBND tỉnh"
_WORK: Final = "Ban hành Quy chế hoạt động của Trung tâm Phục vụ hành chính công"
_SAID: Final = "Đã trình dự thảo Quy chế tại Tờ trình số 12/TTr-SNV ngày 20/3/2026"
_CELLS: Final[dict[str, str]] = {
    "tt": "1", "ma": "DD-000001-R", "don_vi": "Sở Nội vụ", "nhiem_vu": _WORK, "van_ban": _PLAN, "ky": "quý I/2026",
    "thoi_han": "28/02/2026", "so_ngay": "31", "don_doc": "lần 1", "ghi_chu": "", "tinh_trang": "Chưa hoàn thành, quá hạn",
    "phoi_hop": "Sở Tài chính", "san_pham": "Quyết định", "bao_cao": "Chưa báo cáo", "tong_so": "12", "xong_dung_han": "7",
    "xong_qua_han": "1", "dang_trong_han": "2", "dang_qua_han": "1", "khong_han": "1", "ty_le": "66,67%",
    "ty_le_dung_han": "77,78%", "cho_ra_soat": "1", "ket_qua": "", "minh_chung": "", "kien_nghi": "",
}  # fmt: skip
"""What stands in each column of the tables."""
_SITUATION: Final = "Tổng số 12 nhiệm vụ: đã hoàn thành 8, chưa hoàn thành 3, không quy định thời hạn 1."


def _rows(columns: Sequence[Field]) -> list[dict[str, str]]:
    first = {name: _CELLS[name] for name, _ in columns}
    return [first, first | ({"tt": "2"} if "tt" in first else {})]


def _more(name: str) -> dict[str, Any]:
    """The fields that this template has beside those of all."""
    match name:
        case "cong-van-don-doc":
            return {
                "don_vi": "Sở Nội vụ", "lan": 2, "ve_viec": "đôn đốc thực hiện nhiệm vụ được giao (lần 2)",
                "truoc": {"so": "15/VP-TH", "ngay": "05/3/2026"}, "tong_so": "2", "so_qua_han": "2",
                "so_chua_bao_cao": "1", "han_bao_cao": "07/4/2026", "dong": _rows(LETTER),
                "luu_y": "(Số liệu tổng hợp từ các văn bản nhận đến 08 giờ 15 ngày 31/3/2026.)",
            }  # fmt: skip
        case "bang-tong-hop":
            return {"dong": _rows(SUMMARY), "tong": _rows(SUMMARY)[0] | {"tt": "", "don_vi": "Tổng số"}}
        case "phu-luc-qua-han":
            return {"dong": _rows(OVERDUE)}
        case "phieu-theo-doi":
            document = {"ten": _PLAN, "trich_yeu": "Cải cách hành chính năm 2026", "co_quan_ban_hanh": "UBND tỉnh"}
            return {"van_ban": document, "tinh_hinh": _SITUATION, "dong": _rows(SLIP)}
        case "bao-cao-tong-hop":
            result = {"noi_dung": _SAID, "nguon": "Báo cáo số 25/BC-SNV ngày 25/3/2026 của Sở Nội vụ"}
            task = {
                "tt": 1, "ten": _WORK, "don_vi": "Sở Nội vụ", "han": "Thời hạn: 28/02/2026",
                "tinh_trang": "Chưa hoàn thành, quá hạn", "ket_qua": [result], "khong_co": "Chưa có báo cáo.",
            }  # fmt: skip
            silent = task | {"tt": 2, "ket_qua": []}
            return {
                "tinh_hinh": _SITUATION, "nhiem_vu": [task, silent], "dong": _rows(LETTER), "nguon": [result["nguon"]],
            }  # fmt: skip
        case _:
            return {
                "don_vi": "Sở Nội vụ", "ky": " quý I/2026", "can_cu": _PLAN, "dong": _rows(FORM),
                "huong_dan": "Đề nghị giữ nguyên cột mã nhiệm vụ.",
            }  # fmt: skip


def context(office: Office, name: str) -> dict[str, Any]:
    """Every field that this template may print, with invented values."""
    return base(office, dt.date(2026, 3, 31), ["Số liệu trong bản xem thử là số liệu mẫu."]) | _more(name)


def check_templates(home: Path, *, only_own: bool = False) -> Iterator[tuple[str, str | None]]:
    """Each template's name with what is wrong with it; None where it works."""
    try:
        office = load_office(folder(home))
    except DondocError as error:
        yield "co-quan.toml", error.message
        return
    for name in (one for one in NAMES if not only_own or own(home, one)):
        try:
            render(home, name, context(office, name))
        except DondocError as error:
            yield name, error.message
        else:
            yield name, None
