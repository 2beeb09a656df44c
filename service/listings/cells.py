"""The obligations that a filter gives, as tables: all of them, and those in which something is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from corpus.text import fold
from service.cells import Order
from service.follow import Followed
from service.gaps import GapQuery, count, each_cell, parse_query, rule_table
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
    "open": "Chưa kết thúc theo dõi",
    "draft": "Nhiệm vụ dự kiến (chờ duyệt)",
    "suspended": "Tạm dừng theo dõi",
    "ended": "Kết thúc theo dõi",
}


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
    """followed, open (followed, draft or suspended), draft, suspended or ended."""
    holes: str = ""
    """Anything: only obligations without a report though one is due, or overdue."""
    chain: str = ""
    """Anything: also the documents that carry the directive out."""
    tree: str = ""
    """Anything: also the units under the unit."""
    leader: str = ""
    matter: str = ""
    pending: str = ""
    """``1``: only what waits for review; ``0``: only what does not."""
    official: str = ""
    """Anything: statuses rest on confirmed links alone."""
    due_soon_days: str = ""
    """How many days ahead *sắp đến hạn* looks; the setting where it is empty."""

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The parameters of an address."""
        return tuple(field.name for field in fields(cls))

    @classmethod
    def of_question(cls, asked: Mapping[str, Any]) -> CellFilter:
        """The filter that an everyday question stands for (``service.gaps.ask``).

        Nothing of it is left out but the day that it is compared with and how it is shown.
        """
        plain = ("directive", "unit", "period", "as_of", "known_at", "leader", "matter", "due_soon_days")
        found = {name: str(asked[name]) for name in plain if asked.get(name) not in (None, "")}
        several = {"task_status": "task_status", "report_status": "report_status", "rule": "rules"}
        found |= {name: ",".join(asked[key]) for name, key in several.items() if asked.get(key)}
        found |= {name: "1" for name in ("chain", "tree", "official") if asked.get(name)}
        if asked.get("pending") is not None:
            found["pending"] = "1" if asked["pending"] else "0"
        return cls(**found, state="followed" if asked.get("tracked") else "open")

    def narrow(self) -> dict[str, str]:
        """What is asked beside the document, the unit, the period, the day and the status of the task."""
        plain = ("directive", "unit", "period", "as_of", "task_status")
        return {name: value for name, value in self.given().items() if name not in plain}

    def given(self) -> dict[str, str]:
        """What is asked, for an address."""
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The answer to a filter, or a page of it."""

    filter: CellFilter
    query: GapQuery
    as_of: dt.date
    total: int
    cells: tuple[Followed, ...]
    offset: int = 0


def choose(
    app: Ports,
    asked: CellFilter,
    *,
    at: dt.datetime,
    offset: int = 0,
    limit: int | None = None,
    order: Order = "text",
) -> Chosen:
    """The obligations that the filter asks for; a wrong date or an unknown document is an error.

    The database counts and cuts out the page; only states that it does not keep apart are looked for among all.
    """
    query = _question(app, asked)
    as_of = query.as_of or at.astimezone(app.settings.zone).date()
    if asked.state in ("draft", "suspended", "ended"):
        every = [
            each for part in _parts(query, asked) for each in map(Followed, each_cell(app.store, part, order=order))
        ]
        found = [each for each in every if state_of(each) == asked.state]
        cut = found[offset : None if limit is None else offset + limit]
        return Chosen(asked, query, as_of, len(found), tuple(cut), offset)
    parts = [(part, count(app.store, part).total) for part in _parts(query, asked)]
    cells = _cut(app, parts, order, offset, limit)
    return Chosen(asked, query, as_of, sum(total for _, total in parts), tuple(cells), offset)


def _cut(
    app: Ports, parts: Sequence[tuple[GapQuery, int]], order: Order, offset: int, limit: int | None
) -> Iterator[Followed]:
    """A page that may begin in one part and end in the next."""
    left = sum(total for _, total in parts) if limit is None else limit
    for part, total in parts:
        here = max(0, min(left, total - offset))
        if here:
            yield from map(Followed, each_cell(app.store, part, order=order, limit=here, offset=offset))
        left, offset = left - here, max(0, offset - total)


def _question(app: Ports, asked: CellFilter) -> GapQuery:
    query = parse_query(
        app.store,
        settings=app.settings,
        directive=asked.directive or None,
        unit=asked.unit or None,
        period=asked.period or None,
        as_of=asked.as_of or None,
        known_at=asked.known_at or None,
    )
    return replace(
        query,
        task_status=_known(asked.task_status, TASK_WORDS),
        report_status=_known(asked.report_status, REPORT_WORDS),
        rules=_known(asked.rule, rule_table()),
        tracked=asked.state == "followed",
        ended=asked.state not in ("followed", "suspended", "open") and not asked.holes,
        chain=bool(asked.chain),
        tree=bool(asked.tree),
        leader=asked.leader.strip() or None,
        matter=asked.matter.strip() or None,
        pending={"1": True, "0": False}.get(asked.pending),
        official=bool(asked.official),
        due_soon_days=int(asked.due_soon_days) if asked.due_soon_days.isdecimal() else query.due_soon_days,
    )


def _known(codes: str, words: Mapping[str, Any]) -> Any:  # noqa: ANN401 - the engine's own literals
    """One code or several joined by commas; those that nobody knows ask nothing."""
    return tuple(code for code in codes.split(",") if code in words)


def _parts(query: GapQuery, asked: CellFilter) -> list[GapQuery]:
    """The question, or for holes its two halves that share nothing: overdue, and unreported though not overdue."""
    return holes(query) if asked.holes else [query]


def holes(query: GapQuery) -> list[GapQuery]:
    """What is missing in the answer to a question: overdue, and unreported though not overdue."""
    tasks: tuple[Any, ...] = query.task_status or tuple(TASK_WORDS)
    reports: tuple[Any, ...] = query.report_status or tuple(REPORT_WORDS)
    late: list[GapQuery] = [replace(query, task_status=("open_overdue",))] if "open_overdue" in tasks else []
    others: Any = tuple(code for code in tasks if code != "open_overdue")
    silent = [replace(query, task_status=others, report_status=("missing",))] if others and "missing" in reports else []
    return late + silent


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


def cell_sheet(chosen: Chosen) -> Sheet:
    """Bảng theo dõi: an obligation a row, in the order of the texts; a page of them for the screen, all for a file."""
    rows = numbered([_row(each) for each in chosen.cells], chosen.offset)
    title = "BẢNG THEO DÕI NHIỆM VỤ THEO ĐƠN VỊ VÀ KỲ"
    return Sheet("bang-theo-doi", title, COLUMNS, rows, subtitle(chosen), notes(chosen))


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
        "leader": "lãnh đạo phụ trách",
        "matter": "lĩnh vực",
        "due_soon_days": "số ngày tính là sắp đến hạn",
    }
    asked = chosen.filter
    said = [f"{words[name]} {value}" for name, value in asked.given().items() if name in words]
    said += _said(asked.task_status, TASK_WORDS) + _said(asked.report_status, REPORT_WORDS)
    said += _said(asked.rule, {name: str(row["title"]) for name, row in rule_table().items()})
    said += ["cả đơn vị trực thuộc"] if asked.tree else []
    said += ["cả văn bản triển khai"] if asked.chain else []
    said += {"1": ["chờ rà soát"], "0": ["không chờ rà soát"]}.get(asked.pending, [])
    said += ["chỉ tính báo cáo đã xác nhận"] if asked.official else []
    said += [STATES[asked.state].lower()] if asked.state in STATES else []
    said += ["chỉ chỗ còn thiếu"] if asked.holes else []
    return (f"Điều kiện lọc: {'; '.join(said)}." if said else "Tất cả đầu việc theo dõi.",)


def _said(codes: str, words: Mapping[str, str]) -> list[str]:
    """Codes in words, one wish where they are joined."""
    found = [words[code].lower() for code in codes.split(",") if code in words]
    return [" hoặc ".join(found)] if found else []


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


def days_late(each: Followed, chosen: Chosen) -> int:
    """Days since its day, by the proposals too: this is the desk officer's list, not the official one."""
    due = each.duty.due
    late = each.cell.verdict.task_status == "open_overdue" and due is not None
    return (chosen.as_of - due).days if late and due else 0


def problem_sheet(chosen: Chosen) -> Sheet:
    """Nhiệm vụ chậm, chưa báo cáo: the holes, overdue ones first, by their day."""
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
        for each in chosen.cells
    ]
    title = "NHIỆM VỤ CHẬM, CHƯA BÁO CÁO"
    lines = numbered(rows, chosen.offset)
    return Sheet("cham-chua-bao-cao", title, PROBLEM_COLUMNS, lines, subtitle(chosen), notes(chosen))
