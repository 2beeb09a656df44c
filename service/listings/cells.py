"""The obligations that a filter gives, as tables: all of them, and those in which something is wrong."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, fields

from corpus.text import fold
from service.follow import Followed, followed
from service.gaps import GapQuery, parse_query
from service.official.tables import REPORT_WORDS, TASK_WORDS, remarks
from service.ports import Ports
from service.tabular import Column, Sheet, numbered
from service.vietnamese import Value, day
from service.wording import document_name

NOBODY = "Chưa rõ đơn vị chủ trì"
CLAIMED = {
    "done": "đã hoàn thành",
    "partial": "hoàn thành một phần",
    "in_progress": "đang thực hiện",
    "not_started": "chưa thực hiện",
    "promise": "mới cam kết, dự kiến",
    "continuous": "thực hiện thường xuyên",
    "change_requested": "đề nghị điều chỉnh",
    "unknown": "chưa nêu rõ",
}
STATES = {
    "followed": "Đang theo dõi",
    "draft": "Nhiệm vụ dự kiến (chờ duyệt)",
    "suspended": "Tạm dừng theo dõi",
    "ended": "Kết thúc theo dõi",
}
_SEVERITY = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class CellFilter:
    """What is asked, as it stands in the address of a page; empty fields ask nothing."""

    directive: str = ""
    unit: str = ""
    period: str = ""
    as_of: str = ""
    known_at: str = ""
    task_status: str = ""
    report_status: str = ""
    rule: str = ""
    state: str = ""
    """followed, draft, suspended or ended."""
    holes: str = ""
    """Anything: only obligations without a report though one is due, or overdue."""

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The parameters of an address."""
        return tuple(field.name for field in fields(cls))

    def given(self) -> dict[str, str]:
        """What is asked, for an address."""
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The answer to a filter."""

    filter: CellFilter
    query: GapQuery
    as_of: dt.date
    cells: tuple[Followed, ...]


def choose(app: Ports, asked: CellFilter, *, at: dt.datetime) -> Chosen:
    """The obligations that the filter asks for; a wrong date or an unknown document is an error."""
    query = parse_query(
        app.store,
        settings=app.settings,
        directive=asked.directive or None,
        unit=asked.unit or None,
        period=asked.period or None,
        as_of=asked.as_of or None,
        known_at=asked.known_at or None,
    )
    as_of = query.as_of or at.astimezone(app.settings.zone).date()
    cells = tuple(each for each in followed(app.store, query) if wanted(each, asked))
    return Chosen(asked, query, as_of, cells)


def wanted(each: Followed, asked: CellFilter) -> bool:
    """Whether an obligation passes the part of the filter that looks at its state."""
    verdict = each.cell.verdict
    return (
        asked.task_status in ("", verdict.task_status)
        and asked.report_status in ("", verdict.report_status)
        and asked.state in ("", state_of(each))
        and (not asked.rule or any(rule.id == asked.rule for rule in each.cell.rules))
        and (not asked.holes or is_hole(each))
    )


def is_hole(each: Followed) -> bool:
    """Whether something is missing here: no report though one is due, or overdue."""
    verdict = each.cell.verdict
    return each.course.active and (verdict.report_status == "missing" or verdict.task_status == "open_overdue")


def state_of(each: Followed) -> str:
    """Where the obligation stands in the office's hands."""
    if not each.confirmed_task:
        return "draft"
    if each.course.ended:
        return "ended"
    return "suspended" if each.course.suspended else "followed"


COLUMNS = (
    Column("TT", 6, "center"),
    Column("Văn bản giao nhiệm vụ", 24),
    Column("Nhiệm vụ", 46),
    Column("Đơn vị chủ trì", 20),
    Column("Kỳ báo cáo", 11),
    Column("Thời hạn", 13, "center"),
    Column("Tình trạng nhiệm vụ", 18),
    Column("Báo cáo", 16),
    Column("Đơn vị báo cáo", 15),
    Column("Xác nhận", 14),
    Column("Theo dõi", 14),
    Column("Vấn đề cần xử lý", 34),
)


def cell_sheet(chosen: Chosen, *, offset: int = 0, limit: int | None = None) -> Sheet:
    """Bảng theo dõi: an obligation a row, in the order of the texts; a page of them for the screen, all for a file."""
    rows = [_row(each) for each in chosen.cells[offset : None if limit is None else offset + limit]]
    title = "BẢNG THEO DÕI NHIỆM VỤ THEO ĐƠN VỊ VÀ KỲ"
    return Sheet("bang-theo-doi", title, COLUMNS, numbered(rows, offset), subtitle(chosen), notes(chosen))


def subtitle(chosen: Chosen) -> str:
    """The date of the figures."""
    return f"(Số liệu tính đến ngày {day(chosen.as_of)})"


def notes(chosen: Chosen) -> tuple[str, ...]:
    """The filter in words: a table that leaves the house says what it is a part of."""
    words = {
        "directive": "văn bản",
        "unit": "đơn vị",
        "period": "kỳ",
        "known_at": "theo dữ liệu có đến",
        "rule": "vấn đề",
    }
    asked = chosen.filter
    said = [f"{words[name]} {value}" for name, value in asked.given().items() if name in words]
    said += [TASK_WORDS[asked.task_status].lower()] if asked.task_status in TASK_WORDS else []
    said += [REPORT_WORDS[asked.report_status].lower()] if asked.report_status in REPORT_WORDS else []
    said += [STATES[asked.state].lower()] if asked.state in STATES else []
    said += ["chỉ chỗ còn thiếu"] if asked.holes else []
    return (f"Điều kiện lọc: {'; '.join(said)}." if said else "Tất cả đầu việc theo dõi.",)


def _row(each: Followed) -> list[Value]:
    duty, verdict = each.duty, each.cell.verdict
    claimed = CLAIMED.get(verdict.claimed or "", "") if verdict.claimed else ""
    confirmed = "Đã xác nhận" if each.cell.confirmed else ("Chờ rà soát" if each.cell.pending else "")
    return [
        document_name(duty.directive),
        fold(duty.task.task.text),
        each.unit or NOBODY,
        each.period or "",
        duty.due,
        TASK_WORDS[verdict.task_status],
        REPORT_WORDS[verdict.report_status],
        claimed[:1].upper() + claimed[1:],
        confirmed,
        STATES[state_of(each)],
        problems(each),
    ]


def problems(each: Followed) -> str:
    """The rules that it breaks and what people decided, one after the other."""
    return " ".join([*(rule.text for rule in each.cell.rules), *([remarks(each) + "."] if remarks(each) else [])])


PROBLEM_COLUMNS = (
    Column("TT", 6, "center"),
    Column("Đơn vị chủ trì", 22),
    Column("Nhiệm vụ", 46),
    Column("Văn bản giao nhiệm vụ", 24),
    Column("Kỳ báo cáo", 11),
    Column("Thời hạn", 13, "center"),
    Column("Số ngày quá hạn", 9, "right"),
    Column("Vấn đề cần xử lý", 50),
)


def with_problems(chosen: Chosen) -> list[Followed]:
    """Holes with their rules, the gravest and longest overdue first."""
    found = [each for each in chosen.cells if is_hole(each)]

    def weight(each: Followed) -> tuple[int, int, str]:
        gravest = min((_SEVERITY[rule.severity] for rule in each.cell.rules), default=3)
        return gravest, -days_late(each, chosen), (each.unit or NOBODY).casefold()

    return sorted(found, key=weight)


def days_late(each: Followed, chosen: Chosen) -> int:
    """Days since its day, by the proposals too: this is the desk officer's list, not the official one."""
    due = each.duty.due
    late = each.cell.verdict.task_status == "open_overdue" and due is not None
    return (chosen.as_of - due).days if late and due else 0


def problem_sheet(chosen: Chosen, *, offset: int = 0, limit: int | None = None) -> Sheet:
    """Nhiệm vụ chậm, chưa báo cáo; a page of them for the screen, all for a file."""
    rows: list[list[Value]] = [
        [
            each.unit or NOBODY,
            fold(each.duty.task.task.text),
            document_name(each.duty.directive),
            each.period or "",
            each.duty.due,
            days_late(each, chosen) or None,
            problems(each),
        ]
        for each in with_problems(chosen)[offset : None if limit is None else offset + limit]
    ]
    title = "NHIỆM VỤ CHẬM, CHƯA BÁO CÁO"
    return Sheet("cham-chua-bao-cao", title, PROBLEM_COLUMNS, numbered(rows, offset), subtitle(chosen), notes(chosen))
