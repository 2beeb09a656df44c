"""The obligations that a filter gives, as tables: all of them, and those in which something is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, NamedTuple
from urllib.parse import urlencode

from corpus.text import fold
from service.cells import FAR, Order
from service.course import UNTOUCHED
from service.follow import Followed
from service.gaps import GapQuery, Line, each_cell, holes, lines, parse_query, rule_table, standing, total
from service.official.tables import REPORT_WORDS, TASK_WORDS, remarks
from service.ports import Ports
from service.tabular import Column, Row, Rows, Sheet, numbered
from service.vietnamese import day
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
    def of(cls, params: Mapping[str, str]) -> CellFilter:
        """The filter in an address; what else stands there is another's."""
        return cls(**{one.name: params.get(one.name, "") for one in fields(cls)})

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

    def address(self) -> str:
        """The same as the query of a link."""
        return urlencode(self.given())


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

    The database counts and cuts out the page; ``limit`` 0 counts alone.
    """
    query = question(app, asked)
    as_of = query.as_of or at.astimezone(app.settings.zone).date()
    parts = [(part, total(app.store, part)) for part in _parts(query, asked)]
    cells = _cut(app, parts, order, offset, limit)
    return Chosen(asked, query, as_of, sum(size for _, size in parts), tuple(cells), offset)


def _cut(
    app: Ports, parts: Sequence[tuple[GapQuery, int]], order: Order, offset: int, limit: int | None
) -> Iterator[Followed]:
    """A page that may begin in one part and end in the next."""
    left = sum(size for _, size in parts) if limit is None else limit
    for part, size in parts:
        here = max(0, min(left, size - offset))
        if here:
            yield from map(Followed, each_cell(app.store, part, order=order, limit=here, offset=offset))
        left, offset = left - here, max(0, offset - size)


def every_line(app: Ports, asked: CellFilter, *, order: Order = "text") -> Iterator[Line]:
    """All obligations that the filter asks for, without their statements: for files."""
    for part in _parts(question(app, asked), asked):
        yield from lines(app.store, part, order=order)


def question(app: Ports, asked: CellFilter) -> GapQuery:
    """The filter as a question; a wrong date or an unknown document is an error."""
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
        standing=asked.state if asked.state in ("draft", "suspended", "ended") else None,  # type: ignore[arg-type]
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
    """Bảng theo dõi: an obligation a row, in the order of the texts; a page of them for the screen."""
    return _cell_sheet(chosen, numbered([_row(_told(each)) for each in chosen.cells], chosen.offset))


def cell_file(app: Ports, asked: CellFilter, *, at: dt.datetime) -> Sheet:
    """The same table with all rows, read from the database while it is written."""
    chosen = choose(app, asked, at=at, limit=0)
    return _cell_sheet(chosen, Rows(chosen.total, lambda: map(_row, _all_told(every_line(app, asked)))))


def _cell_sheet(chosen: Chosen, rows: Collection[Row]) -> Sheet:
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


class Told(NamedTuple):
    """An obligation in the words of the tables, whether it comes from a page or from the stream of a file."""

    directive: str
    task: str
    unit: str
    period: str
    due: dt.date | None
    task_status: str
    report_status: str
    claimed: str | None
    basis: str
    state: str
    problems: str


def _row(told: Told) -> Row:
    return (
        told.directive,
        told.task,
        told.unit,
        told.period,
        told.due,
        TASK_WORDS[told.task_status],
        REPORT_WORDS[told.report_status],
        _CLAIMED.get(told.claimed or "", ""),
        _BASES[told.basis],
        STATES[told.state],
        told.problems,
    )


_CLAIMED = {code: text[:1].upper() + text[1:] for code, text in CLAIMED.items()}
_BASES = {"none": "", "suggested": "Chờ rà soát", "confirmed": "Đã xác nhận"}


def _told(each: Followed) -> Told:
    duty, verdict = each.duty, each.cell.verdict
    return Told(
        document_name(duty.directive),
        fold(duty.task.task.text),
        each.unit or NOBODY,
        each.period or "",
        duty.due,
        verdict.task_status,
        verdict.report_status,
        verdict.claimed,
        verdict.basis,
        state_of(each),
        problems(each),
    )


def _all_told(found: Iterable[Line]) -> Iterator[Told]:
    """The same of lines: what many of them share is worded once."""
    names: dict[int, str] = {}
    texts: dict[int, str] = {}
    days: dict[int, dt.date | None] = {FAR: None}
    said: dict[int, str] = {}  # by the rules' identity: the stream keeps those that cells without flags share
    for seen, task, directive, unit, _, way, rules in found:
        if seen.task_id not in texts:
            texts[seen.task_id] = fold(task.task.text)
        if directive.id not in names:
            names[directive.id] = document_name(directive)
        if seen.due not in days:
            days[seen.due] = dt.date.fromordinal(seen.due)
        told = None if seen.flags else said.get(id(rules))
        if told is None:
            told = " ".join([rule.text for rule in rules])
            if not seen.flags:
                said[id(rules)] = told
        yield Told(
            names[directive.id],
            texts[seen.task_id],
            unit or NOBODY,
            seen.label or "",
            days[seen.due],
            seen.task_status,
            seen.report_status,
            seen.claimed,
            seen.basis,
            standing(seen),
            told if way is UNTOUCHED else _with_remarks(told, remarks(way, task)),
        )


def problems(each: Followed) -> str:
    """The rules that it breaks and what people decided, one after the other."""
    return _with_remarks(" ".join(rule.text for rule in each.cell.rules), remarks(each.course, each.duty.task))


def _with_remarks(told: str, said: str) -> str:
    return " ".join(part for part in (told, f"{said}." if said else "") if part)


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


def problem_sheet(chosen: Chosen) -> Sheet:
    """Nhiệm vụ chậm, chưa báo cáo: the holes, overdue ones first, by their day; a page of them for the screen."""
    rows = [_problem_row(_told(each), chosen) for each in chosen.cells]
    return _problem_sheet(chosen, numbered(rows, chosen.offset))


def problem_file(app: Ports, asked: CellFilter, *, at: dt.datetime) -> Sheet:
    """The same table with all rows, read from the database while it is written."""
    missing = replace(asked, holes="1")
    chosen = choose(app, missing, at=at, limit=0)

    def rows() -> Iterator[Row]:
        return (_problem_row(told, chosen) for told in _all_told(every_line(app, missing, order="due")))

    return _problem_sheet(chosen, Rows(chosen.total, rows))


def _problem_row(told: Told, chosen: Chosen) -> Row:
    """Days since its day count the proposals too: this is the desk officer's list, not the official one."""
    late = (chosen.as_of - told.due).days if told.task_status == "open_overdue" and told.due else 0
    return (told.unit, told.task, told.directive, told.period, told.due, late or None, told.problems)


def _problem_sheet(chosen: Chosen, rows: Collection[Row]) -> Sheet:
    title = "NHIỆM VỤ CHẬM, CHƯA BÁO CÁO"
    return Sheet("cham-chua-bao-cao", title, PROBLEM_COLUMNS, rows, subtitle(chosen), notes(chosen))
