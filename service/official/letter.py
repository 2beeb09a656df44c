"""Công văn đôn đốc, as its draft or issued record says; what it lists was fixed when the list was made."""

from __future__ import annotations

from typing import Any

from service.follow_records import Letter, LetterLine
from service.official.columns import LETTER
from service.official.merged import demand
from service.official.office import Office
from service.official.state import Paper, base
from service.official.tables import printed, rows_of
from service.tabular import Sheet
from service.vietnamese import day, long_day, moment, number


def letter(found: Letter, office: Office, before: Letter | None, *, ready: bool) -> Paper:
    """The letter; ``ready`` leaves the mark DỰ THẢO out: nothing stands between it and the signature."""
    rows = [_row(place, line) for place, line in enumerate(found.lines, 1)]
    overdue = sum("overdue" in line.state for line in found.lines)
    missing = sum("missing" in line.state for line in found.lines)
    note = (
        f"Danh mục lập lúc {moment(found.listed_at)}; báo cáo nhận sau thời điểm này được rà soát trước khi phát hành."
    )
    context = base(office, found.as_of, [note], letter=True) | {
        "don_vi": found.unit,
        "lan": found.round,
        "ve_viec": f"đôn đốc thực hiện nhiệm vụ được giao (lần {found.round})",
        "truoc": {"so": before.symbol, "ngay": day(before.issued)} if before else None,
        "tong_so": number(len(found.lines)),
        "so_qua_han": number(overdue),
        "so_chua_bao_cao": number(missing),
        "han_bao_cao": day(found.answer_by),
        "luu_y": f"(Số liệu tổng hợp từ các văn bản nhận đến {moment(found.listed_at)}. Trường hợp đã có báo cáo, "
        f"đề nghị {found.unit} cung cấp số, ngày văn bản.)",
        "du_thao": found.state == "draft" and not ready,
        "dong": printed(rows),
    }
    if found.state == "issued":
        context |= _numbered(found, office)
    subtitle = f"(Kèm theo Công văn {context['so_va_ngay']})"
    title = f"DANH MỤC NHIỆM VỤ ĐÔN ĐỐC {found.unit.upper()} (LẦN {found.round})"
    columns = tuple(column for _, column in LETTER)
    sheet = Sheet("cong-van-don-doc", title, columns, rows_of(LETTER, rows), subtitle, (note,))
    return Paper("cong-van-don-doc", f"cong-van-don-doc-{found.id}", context, sheet)


def _numbered(found: Letter, office: Office) -> dict[str, Any]:
    sign = "Số" if office.party else "Số:"
    return {
        "so_van_ban": f"{sign} {found.symbol}",
        "ngay_van_ban": long_day(found.issued),
        "so_va_ngay": f"số {found.symbol} {long_day(found.issued)}",
    }


def _row(place: int, line: LetterLine) -> dict[str, Any]:
    return {
        "tt": place,
        "nhiem_vu": f"{line.text} ({line.code})" if line.code else line.text,
        "van_ban": line.directive + (f"; {line.period}" if line.period else ""),
        "thoi_han": day(line.due),
        "so_ngay": line.days_late or "",
        "tinh_trang": demand(overdue="overdue" in line.state, missing="missing" in line.state),
    }
