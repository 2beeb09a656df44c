"""The other tables: documents, reports, links, letters, reminders."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.text import fold
from service import linking
from service.follow_records import Letter, Reminder
from service.ports import Ports
from service.records import ReportCount, StoredDocument
from service.tabular import Column, Sheet, numbered
from service.vietnamese import Value
from service.wording import document_name

_ALL = 1_000_000
ROLES = {"directive": "Văn bản giao nhiệm vụ", "report": "Báo cáo", "other": "Văn bản khác"}
READ = {"ok": "Đã đọc", "partial": "Đọc được một phần", "failed": "Chưa đọc được"}
LETTER_STATES = {"draft": "Dự thảo", "issued": "Đã phát hành", "cancelled": "Đã hủy dự thảo"}
MAIL = {"none": "", "waiting": "Chờ gửi thư", "sent": "Đã gửi thư", "failed": "Chưa gửi được thư"}
DECISIONS = {
    "suggested": "Máy đề xuất, chờ rà soát",
    "confirmed": "Đúng nhiệm vụ này",
    "rejected": "Không phải nhiệm vụ này",
}


def document_sheet(found: Iterable[StoredDocument]) -> Sheet:
    """Documents as they are listed."""
    columns = (
        Column("TT", 6, "center"),
        Column("Số, ký hiệu", 20),
        Column("Loại", 14),
        Column("Trích yếu", 48),
        Column("Cơ quan ban hành", 24),
        Column("Ngày ban hành", 13, "center"),
        Column("Ngày đến", 13, "center"),
        Column("Nhóm", 18),
        Column("Tình trạng đọc", 16),
        Column("Tệp", 26),
    )
    rows: list[list[Value]] = [
        [
            each.header.symbol or "",
            each.header.kind or "",
            each.header.title or "",
            each.header.issuer or "",
            each.header.date,
            each.arrived,
            ROLES[each.role],
            READ.get(each.status, each.status),
            each.file.replace("\\", "/").rsplit("/", 1)[-1],
        ]
        for each in found
    ]
    return Sheet("van-ban", "DANH MỤC VĂN BẢN", columns, numbered(rows))


def report_sheet(app: Ports) -> Sheet:
    """Reports with what waits for review."""
    columns = (
        Column("TT", 6, "center"),
        Column("Báo cáo", 34),
        Column("Đơn vị báo cáo", 26),
        Column("Kỳ báo cáo", 14),
        Column("Ngày đến", 13, "center"),
        Column("Số nội dung", 10, "right"),
        Column("Chờ rà soát", 10, "right"),
    )
    rows: list[list[Value]] = []
    documents = app.store.documents(role="report", limit=_ALL)
    ids = [document.id for document in documents]
    heads, counts = app.store.report_heads(ids), app.store.report_counts(ids)
    for document in documents:
        report, found = heads.get(document.id), counts.get(document.id, ReportCount())
        if report is not None:
            period = report.period.label if report.period else ""
            unit = "; ".join(report.units) or document.header.issuer or ""
            rows.append([document_name(document), unit, period, document.arrived, found.items, found.waiting])
    return Sheet("bao-cao", "DANH MỤC BÁO CÁO CỦA CÁC ĐƠN VỊ", columns, numbered(rows))


def link_sheet(app: Ports, report: str | None = None) -> Sheet:
    """Đối chiếu báo cáo – nhiệm vụ: the best task of each statement, with the reasons."""
    columns = (
        Column("TT", 6, "center"),
        Column("Báo cáo", 20),
        Column("Nội dung báo cáo", 46),
        Column("Nhiệm vụ", 46),
        Column("Văn bản giao nhiệm vụ", 18),
        Column("Kết quả đối chiếu", 20),
        Column("Căn cứ đề xuất", 40),
    )
    rows: list[list[Value]] = []
    for row in linking.links(app, candidates=1, report=report):
        task = row["task"]
        reasons = "; ".join(reason["text"] for reason in row["reasons"])
        decision = DECISIONS.get(row["decision"], "Chưa gắn với nhiệm vụ nào")
        directive = (task["directive"]["symbol"] or "") if task else ""
        said = [row["report"]["symbol"] or "", fold(row["item"]["text"]), fold(task["text"]) if task else ""]
        rows.append([*said, directive, decision, reasons])
    return Sheet("doi-chieu", "ĐỐI CHIẾU BÁO CÁO – NHIỆM VỤ", columns, numbered(rows))


def letter_sheet(letters: Iterable[Letter]) -> Sheet:
    """Công văn đôn đốc, newest first."""
    columns = (
        Column("TT", 6, "center"),
        Column("Đơn vị", 30),
        Column("Lần", 6, "right"),
        Column("Số nhiệm vụ", 10, "right"),
        Column("Số liệu đến ngày", 13, "center"),
        Column("Báo cáo lại trước ngày", 13, "center"),
        Column("Tình trạng", 16),
        Column("Số, ký hiệu", 16),
        Column("Ngày phát hành", 13, "center"),
        Column("Người lập", 20),
    )
    rows: list[list[Value]] = [
        [
            each.unit,
            each.round,
            len(each.lines),
            each.as_of,
            each.answer_by,
            LETTER_STATES[each.state],
            each.symbol or "",
            each.issued,
            each.by,
        ]
        for each in letters
    ]
    return Sheet("cong-van-don-doc", "SỔ CÔNG VĂN ĐÔN ĐỐC", columns, numbered(rows))


def reminder_sheet(found: Iterable[Reminder]) -> Sheet:
    """Nhắc việc, newest first."""
    columns = (
        Column("TT", 6, "center"),
        Column("Ngày nhắc", 13, "center"),
        Column("Đơn vị", 26),
        Column("Nội dung nhắc", 60),
        Column("Thời hạn", 13, "center"),
        Column("Thư gửi đến", 24),
        Column("Tình trạng thư", 16),
    )
    rows: list[list[Value]] = [
        [each.day, each.unit, each.text, each.due, each.mail_to or "", MAIL[each.mail_state]] for each in found
    ]
    return Sheet("nhac-viec", "NHẮC VIỆC", columns, numbered(rows))
