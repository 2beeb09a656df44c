"""Báo cáo tổng hợp: what the units reported on each task, each statement with the report and page it comes from.

Only statements that a person confirmed are merged; proposals are counted and named as *chờ rà soát*.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from corpus.text import fold
from service.follow import Followed
from service.gaps import Answer
from service.letters import needing
from service.official.state import NOBODY, Paper, State, base
from service.official.tables import REPORT_WORDS, TASK_WORDS, printed, sentence
from service.report_form import code_of
from service.tabular import Column, Sheet
from service.vietnamese import day, number
from service.wording import document_name

COLUMNS = (
    Column("TT", 5, "center"),
    Column("Nhiệm vụ", 40),
    Column("Đơn vị chủ trì", 20),
    Column("Tình trạng", 18),
    Column("Kết quả do đơn vị báo cáo", 50),
    Column("Nguồn", 30),
)


def merged(state: State) -> Paper:
    """The summary, task by task."""
    counted = list(state.cells(state.counted))
    tasks = [_task(place, each) for place, each in enumerate(counted, 1)]
    urge = urging_rows(needing(counted), state)
    what = state.scope()
    notes = state.notes()
    context = base(state.office, state.as_of, notes) | {
        "pham_vi": what,
        "tinh_hinh": sentence(state.figures()),
        "nhiem_vu": tasks,
        "dong": printed(urge),
        "nguon": _sources(counted),
    }
    rows = [
        (task["tt"], task["ten"], task["don_vi"], task["tinh_trang"], result["noi_dung"], result["nguon"])
        for task in tasks
        for result in task["ket_qua"] or [{"noi_dung": task["khong_co"], "nguon": ""}]
    ]
    title = f"TỔNG HỢP KẾT QUẢ THỰC HIỆN NHIỆM VỤ {what.upper()}"
    subtitle = f"(Số liệu tính đến ngày {day(state.as_of)})"
    sheet = Sheet("bao-cao-tong-hop", title, COLUMNS, tuple(rows), subtitle, tuple(notes))
    return Paper("bao-cao-tong-hop", "bao-cao-tong-hop", context, sheet)


def _task(place: int, each: Followed) -> dict[str, Any]:
    confirmed = [answer for answer in each.cell.answers if answer.confirmed]
    waiting = sum(not answer.confirmed for answer in each.cell.answers)
    missing = "Chưa có báo cáo được xác nhận"
    period = f" ({each.period})" if each.period else ""
    return {
        "tt": place,
        "ten": fold(each.duty.task.task.text) + period,
        "don_vi": each.unit or NOBODY,
        "han": f"Thời hạn: {day(each.duty.due) or 'không quy định'}",
        "tinh_trang": f"{TASK_WORDS[each.cell.official.task_status]}; {REPORT_WORDS[each.cell.official.report_status]}",
        "ket_qua": [{"noi_dung": fold(answer.stored.item.text), "nguon": _source(answer)} for answer in confirmed],
        "khong_co": f"{missing}; {number(waiting)} nội dung do máy đề xuất, chờ rà soát." if waiting else f"{missing}.",
    }


def _source(answer: Answer) -> str:
    page = f", trang {answer.stored.item.page}" if answer.stored.item.page else ""
    return f"{document_name(answer.report)} của {answer.unit or 'đơn vị'}{page}"


def _sources(counted: Sequence[Followed]) -> list[str]:
    """Every report that was merged, once, with the day on which it came."""
    found = {
        answer.report.id: f"- {document_name(answer.report)} của {answer.unit or 'đơn vị'}, nhận ngày {day(answer.arrived)}."
        for each in counted
        for answer in each.cell.answers
        if answer.confirmed
    }
    return list(found.values()) or ["Chưa có báo cáo nào được xác nhận."]


def urging_rows(cells: Sequence[Followed], state: State) -> list[dict[str, Any]]:
    """The table of a letter, from cells."""
    return [
        {
            "tt": place,
            "nhiem_vu": f"{each.unit or NOBODY}: {fold(each.duty.task.task.text)} ({code_of(each.duty.task.id)})",
            "van_ban": document_name(each.duty.directive) + (f"; {each.period}" if each.period else ""),
            "thoi_han": day(each.duty.due or each.duty.report_due),
            "so_ngay": each.days_late(state.as_of, state.query) or "",
            "tinh_trang": demand(
                overdue=each.cell.official.task_status == "open_overdue",
                missing=each.cell.official.report_status == "missing",
            ),
        }
        for place, each in enumerate(cells, 1)
    ]


def demand(*, overdue: bool, missing: bool) -> str:
    """What the unit is asked to do about a line."""
    if overdue and missing:
        return "Hoàn thành; báo cáo kết quả (chưa báo cáo)"
    return "Khẩn trương hoàn thành" if overdue else "Báo cáo kết quả (chưa báo cáo)"
