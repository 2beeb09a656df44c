"""Mẫu báo cáo of a unit, filled in with its open tasks and their codes, so that the answer is matched by code."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from corpus.text import fold
from service.errors import InvalidInput
from service.follow import Followed
from service.gaps import unit_totals
from service.gaps.model import TaskStatus
from service.letters import units_to_urge
from service.official.columns import FORM
from service.official.state import Paper, State, base
from service.official.tables import printed, rows_of
from service.report_form import HEADING, code_of
from service.tabular import Sheet
from service.vietnamese import day
from service.wording import document_name, same_unit

GUIDE = (
    f"Đề nghị giữ nguyên cột “{HEADING}”. Cột “Tình trạng thực hiện” ghi một trong các mức: đã hoàn thành, hoàn thành một "
    "phần, đang thực hiện, chưa thực hiện, đề nghị điều chỉnh. Cột “Tài liệu kiểm chứng” ghi số, ký hiệu, ngày của văn bản."
)


_OPEN: Final[tuple[TaskStatus, ...]] = ("open_in_time", "open_overdue", "no_deadline")


def open_tasks(state: State, unit: str) -> list[Followed]:
    """What the unit has still to report on: followed, not confirmed as done."""
    mine = replace(state.counted, task_status=_OPEN)
    if state.query.unit is None:
        mine = replace(mine, unit=unit, alone=True)
    return [each for each in state.cells(mine) if each.unit == unit or same_unit(each.unit, unit)]


def form(state: State, unit: str) -> Paper:
    """The form; a unit without open tasks needs none."""
    cells = open_tasks(state, unit)
    if not cells:
        raise InvalidInput(f"{unit} không có nhiệm vụ đang theo dõi cần báo cáo tính đến ngày {day(state.as_of)}.")
    rows = [_row(each) for each in cells]
    grounds = "; ".join(dict.fromkeys(document_name(each.duty.directive) for each in cells))
    context = base(state.office, state.as_of, []) | {
        "don_vi": unit,
        "ky": f" {state.query.period}" if state.query.period else "",
        "can_cu": grounds,
        "huong_dan": GUIDE,
        "dong": printed(rows),
    }
    title = f"BÁO CÁO KẾT QUẢ THỰC HIỆN CÁC NHIỆM VỤ ĐƯỢC GIAO CỦA {unit.upper()}"
    columns = tuple(column for _, column in FORM)
    sheet = Sheet("mau-bao-cao", title, columns, rows_of(FORM, rows), f"Thực hiện {grounds}", (GUIDE,))
    return Paper("mau-bao-cao", "mau-bao-cao", context, sheet)


def _row(each: Followed) -> dict[str, Any]:
    blank = dict.fromkeys(("ket_qua", "tinh_trang", "minh_chung", "kien_nghi"), "")
    return {
        "ma": code_of(each.duty.task.id),
        "nhiem_vu": fold(each.duty.task.task.text) + (f" – {each.period}" if each.period else ""),
        "van_ban": document_name(each.duty.directive),
        "thoi_han": day(each.duty.due),
    } | blank


def units_with_tasks(state: State) -> list[str]:
    """Units that a form can be made for, those to be urged first."""
    urged = units_to_urge(state.app.store, state.query)
    others = {unit for unit in unit_totals(state.app.store, state.counted) if unit} - urged.keys()
    return [*urged, *sorted(others)]
