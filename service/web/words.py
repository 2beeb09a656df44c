"""The officers' words for every status on screen (glossary: printed forms only)."""

from __future__ import annotations

import datetime as dt

from service import annotate, wording
from service.listings import cells
from service.records import StoredDocument

TASK_STATUS = {
    "done_on_time": "Đã hoàn thành đúng hạn",
    "done_late": "Đã hoàn thành quá hạn",
    "open_in_time": "Chưa hoàn thành, trong hạn",
    "open_overdue": "Chưa hoàn thành, quá hạn",
    "no_deadline": "Không quy định thời hạn",
}
REPORT_STATUS = {
    "not_due": "Chưa đến kỳ",
    "reported": "Đã báo cáo đúng hạn",
    "reported_late": "Báo cáo chậm",
    "missing": "Chưa báo cáo",
}
CLAIMED = cells.CLAIMED
ROLE = {"directive": "Văn bản giao nhiệm vụ", "report": "Báo cáo", "other": "Văn bản khác"}
READ_STATUS = {"ok": "Đã đọc", "partial": "Đọc được một phần", "failed": "Chưa đọc được"}
DECISION = {
    "suggested": "Máy đề xuất, chờ rà soát",
    "confirmed": "Đúng nhiệm vụ này",
    "rejected": "Không phải nhiệm vụ này",
    "none": "Chưa gắn với nhiệm vụ nào",
}
TASK_CLASS = {"tracked": "Theo dõi riêng", "general": "Nhiệm vụ chung, báo cáo trong kỳ"}
LEAD_SOURCE = {
    "explicit": "nêu trong câu",
    "heading": "theo đề mục",
    "inherited": "theo câu giao việc ở trên",
    "table": "theo bảng phân công",
}
FLAG = {
    "damaged": "số, ký hiệu in lỗi, đã đọc lại",
    "date_conflict": "ngày ghi không khớp",
    "issuer_conflict": "cơ quan ban hành ghi không khớp",
    "title_conflict": "trích yếu ghi không khớp",
    "ambiguous": "có nhiều văn bản trùng số, ký hiệu",
    "alias": "tên gọi tắt",
}
RELATION = annotate.RELATION
SEVERITY = {"error": "cần sửa", "warning": "cần xem", "info": "lưu ý"}
JOB_KIND = {"ingest": "Nhập văn bản", "reread": "Đọc lại văn bản"}
VANISHED = "không còn thấy trong lần đọc mới"
SUSPECT = "câu chữ đã thay đổi sau khi đọc lại, đề nghị xem lại"
JOB_STATE = {
    "queued": "đang chờ",
    "running": "đang chạy",
    "done": "đã xong",
    "failed": "bị lỗi",
    "cancelled": "đã dừng",
}
LEVELS = ((0.9, "khớp cao", "high"), (0.5, "cần xem", "middle"), (0.0, "thấp", "low"))
"""From which probability a proposal counts as what (nlp.scorer: high, threshold); the bare figure is in the tooltip."""


def level(probability: float) -> tuple[str, str]:
    """(words, css class) for a proposal's score."""
    for floor, words, css in LEVELS:
        if probability >= floor:
            return words, css
    return LEVELS[-1][1], LEVELS[-1][2]


def date(value: dt.date | str | None) -> str:
    """dd/mm/yyyy as offices print it; empty when unknown."""
    if value is None:
        return ""
    if isinstance(value, str):
        value = dt.date.fromisoformat(value[:10])
    return value.strftime("%d/%m/%Y")


def file_name(path: str) -> str:
    """The name of a file without its folders."""
    return path.replace("\\", "/").rsplit("/", 1)[-1]


def number(value: int) -> str:
    """1.234 with the Vietnamese thousands mark."""
    return f"{value:,}".replace(",", ".")


def moment(value: dt.datetime | None, zone: dt.tzinfo) -> str:
    """``08 giờ 15 ngày 23/11/2026``."""
    if value is None:
        return ""
    local = value.astimezone(zone)
    return f"{local:%H} giờ {local:%M} ngày {local:%d/%m/%Y}"


def document(found: StoredDocument) -> str:
    """``Kế hoạch số 88/KH-UBND ngày 14/04/2022``."""
    return wording.document_name(found)
