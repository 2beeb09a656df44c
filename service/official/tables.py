"""The official tables: bảng tổng hợp, phụ lục quá hạn, phiếu theo dõi. Figures count what a person confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from corpus.text import fold
from service.course import Course
from service.errors import InvalidInput
from service.follow import Followed
from service.gaps import Summary, by_unit, directive_totals
from service.official.columns import OVERDUE, SLIP, SUMMARY, Field
from service.official.state import NOBODY, Paper, State, base
from service.records import StoredTask
from service.report_form import code_of
from service.tabular import Sheet
from service.vietnamese import day, number, percent
from service.wording import document_name

TASK_WORDS = {
    "done_on_time": "Đã hoàn thành đúng hạn",
    "done_late": "Đã hoàn thành quá hạn",
    "open_in_time": "Chưa hoàn thành, trong hạn",
    "open_overdue": "Chưa hoàn thành, quá hạn",
    "no_deadline": "Không quy định thời hạn",
}
REPORT_WORDS = {
    "not_due": "Chưa đến kỳ báo cáo",
    "reported": "Đã báo cáo đúng hạn",
    "reported_late": "Báo cáo chậm",
    "missing": "Chưa báo cáo",
}


def rows_of(fields: Sequence[Field], rows: Iterable[dict[str, Any]]) -> tuple[tuple[Any, ...], ...]:
    """The rows of a template as those of a sheet."""
    return tuple(tuple(row[name] for name, _ in fields) for row in rows)


def printed(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows for a template: whole numbers in Vietnamese form."""
    return [{name: number(v) if isinstance(v, int) else v for name, v in row.items()} for row in rows]


def summary(state: State) -> Paper:
    """Bảng tổng hợp: a row for each unit and the sum of all."""
    groups: dict[str, Summary] = {}
    for one in by_unit(state.app.store, state.counted):  # under a unit also what its collective owes for it
        name = one.unit or NOBODY
        groups[name] = groups[name] + one.figures if name in groups else one.figures
    rows = [
        {"tt": number_} | _figures(unit, groups[unit])
        for number_, unit in enumerate(sorted(groups, key=str.casefold), 1)
    ]
    total = {"tt": ""} | _figures("Tổng số", state.figures())
    rates = (
        "Tỷ lệ hoàn thành = số đã hoàn thành / tổng số. Tỷ lệ đúng hạn = số hoàn thành đúng hạn / số đến hạn "
        "(đã hoàn thành và chưa hoàn thành, quá hạn). Trong ngoặc là số đã tính."
    )
    notes = [rates, *state.notes()]
    context = base(state.office, state.as_of, notes)
    what = state.scope()
    context |= {"pham_vi": what, "dong": printed(rows), "tong": printed([total])[0]}
    sheet = Sheet(
        name="bang-tong-hop",
        title=f"BẢNG TỔNG HỢP TÌNH HÌNH THỰC HIỆN NHIỆM VỤ {what.upper()}",
        subtitle=f"(Số liệu tính đến ngày {day(state.as_of)})",
        columns=tuple(column for _, column in SUMMARY),
        rows=rows_of(SUMMARY, [*rows, total]),
        notes=tuple(notes),
        total=True,
    )
    return Paper("bang-tong-hop", "bang-tong-hop", context, sheet)


def _figures(unit: str, found: Summary) -> dict[str, Any]:
    return {
        "don_vi": unit,
        "tong_so": found.total,
        "xong_dung_han": found.done_on_time,
        "xong_qua_han": found.done_late,
        "dang_trong_han": found.open_in_time,
        "dang_qua_han": found.open_overdue,
        "khong_han": found.no_deadline,
        "ty_le": _rate(found.done, found.total),
        "ty_le_dung_han": _rate(found.done_on_time, found.due),
        "cho_ra_soat": found.pending,
    }


def _rate(part: int, whole: int) -> str:
    """A rate never stands without its base."""
    return f"{percent(part, whole)} ({number(part)}/{number(whole)})" if whole else "–"


def overdue(state: State) -> Paper:
    """Phụ lục danh mục nhiệm vụ quá hạn, the longest overdue first within each unit."""
    overdue = replace(state.counted, task_status=("open_overdue",))
    late = [(each.days_late(state.as_of, state.query), each) for each in state.cells(overdue)]
    late.sort(key=lambda pair: ((pair[1].unit or NOBODY).casefold(), -pair[0]))
    urged = _urged(state)
    rows = [
        {
            "tt": place,
            "don_vi": each.unit or NOBODY,
            "nhiem_vu": _named(each),
            "van_ban": document_name(each.duty.directive),
            "ky": each.period or "",
            "thoi_han": day(each.duty.due),
            "so_ngay": days,
            "don_doc": urged.get((each.duty.task.id, each.period), ""),
            "ghi_chu": remarks(each.course, each.duty.task),
        }
        for place, (days, each) in enumerate(late, 1)
    ]
    what = state.scope()
    notes = state.notes() if rows else [f"Không có nhiệm vụ quá hạn tính đến ngày {day(state.as_of)}.", *state.notes()]
    context = base(state.office, state.as_of, notes) | {"pham_vi": what, "dong": printed(rows)}
    sheet = Sheet(
        "nhiem-vu-qua-han",
        f"DANH MỤC NHIỆM VỤ QUÁ HẠN {what.upper()}",
        tuple(column for _, column in OVERDUE),
        rows_of(OVERDUE, rows),
        f"(Số liệu tính đến ngày {day(state.as_of)})",
        tuple(notes),
    )
    return Paper("phu-luc-qua-han", "nhiem-vu-qua-han", context, sheet)


def _urged(state: State) -> dict[tuple[int, str | None], str]:
    """The last letter about each obligation: ``lần 2, số 15/VP-TH``."""
    found: dict[tuple[int, str | None], str] = {}
    for letter in reversed(state.app.store.letters(state="issued")):
        for line in letter.lines:
            found[line.task_id, line.period] = f"Lần {letter.round}: số {letter.symbol} ngày {day(letter.issued)}"
    return found


def _named(each: Followed) -> str:
    task = each.duty.task
    return f"{fold(task.task.text)} ({code_of(task.id)})" if task.id else fold(task.task.text)


def remarks(way: Course, task: StoredTask) -> str:
    """What people decided about an obligation of the task, in the order in which an officer asks."""
    asked = {move.kind for move in way.asked}
    said = [
        way.due and f"điều chỉnh thời hạn đến {day(way.due)}",
        way.lead and f"chuyển từ {'; '.join(task.task.lead)}",
        way.returned and f"đã yêu cầu bổ sung, báo cáo lại ngày {day(way.returned)}",
        way.suspended and f"tạm dừng theo dõi từ {day(way.suspended)}",
        way.ended and f"kết thúc theo dõi từ {day(way.ended)}",
        "extend_asked" in asked and "đơn vị đề nghị gia hạn, chưa quyết định",
        "lead_asked" in asked and "đơn vị đề nghị chuyển đơn vị chủ trì, chưa quyết định",
    ]
    basis = f" (căn cứ: {way.basis})" if way.basis else ""
    words = "; ".join(text for text in said if text)
    return f"{words[:1].upper()}{words[1:]}{basis}" if words else ""


def slip(state: State) -> Paper:
    """Phiếu theo dõi of one directive: every obligation with its state and the reports that answer it."""
    asked = replace(state.query, ended=True)
    directives = directive_totals(state.app.store, asked)
    if len(directives) != 1:
        raise InvalidInput(
            "Phiếu theo dõi lập cho một văn bản: Anh/Chị chọn một văn bản giao nhiệm vụ có nhiệm vụ theo dõi."
        )
    cells = list(state.cells(asked))
    document = cells[0].duty.directive
    tracked = [each for each in cells if each.confirmed_task]
    rows = [_slip_row(place, each) for place, each in enumerate(tracked, 1)]
    found = state.figures()
    said = sentence(found)
    name = document_name(document)
    notes = state.notes()
    header = document.header
    context = base(state.office, state.as_of, notes) | {
        "van_ban": {"ten": name, "trich_yeu": header.title or "", "co_quan_ban_hanh": header.issuer or ""},
        "tinh_hinh": said,
        "dong": printed(rows),
    }
    sheet = Sheet(
        "phieu-theo-doi",
        f"PHIẾU THEO DÕI THỰC HIỆN {name.upper()}",
        tuple(column for _, column in SLIP),
        rows_of(SLIP, rows),
        f"(Số liệu tính đến ngày {day(state.as_of)})",
        (said, *notes),
    )
    return Paper("phieu-theo-doi", "phieu-theo-doi", context, sheet)


def sentence(found: Summary) -> str:
    """The totals as they are published (domain-vn 4.4)."""
    return (
        f"Tổng số {number(found.total)} đầu việc: đã hoàn thành {number(found.done)} "
        f"(đúng hạn {number(found.done_on_time)}, quá hạn {number(found.done_late)}); "
        f"chưa hoàn thành {number(found.open)} (trong hạn {number(found.open_in_time)}, "
        f"quá hạn {number(found.open_overdue)}); không quy định thời hạn {number(found.no_deadline)}. "
        f"Tỷ lệ hoàn thành trên tổng số: {percent(found.done, found.total)}."
    )


def _slip_row(place: int, each: Followed) -> dict[str, Any]:
    task, official = each.duty.task.task, each.cell.official
    confirmed = [answer for answer in each.cell.answers if answer.confirmed]
    reports = "; ".join(dict.fromkeys(document_name(answer.report) for answer in confirmed))
    missing = REPORT_WORDS[official.report_status]
    waiting = " (máy đề xuất, chờ rà soát)" if each.cell.pending else ""
    due = day(each.duty.due) or (task.deadline.text if task.deadline else "")
    return {
        "tt": place,
        "nhiem_vu": _named(each) + (f" – {each.period}" if each.period else ""),
        "don_vi": each.unit or NOBODY,
        "phoi_hop": "; ".join(task.coordinators),
        "thoi_han": due or "Không quy định",
        "san_pham": task.product or task.target or "",
        "tinh_trang": TASK_WORDS[official.task_status],
        "bao_cao": (reports or missing) + waiting,
        "ghi_chu": remarks(each.course, each.duty.task),
    }
