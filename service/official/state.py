"""What every official paper is made from: the cells that the question gives, and what must be said about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from service.follow import Followed, followed
from service.gaps import GapQuery
from service.official.office import Office, load_office
from service.official.templates import folder
from service.ports import Ports
from service.tabular import Sheet
from service.vietnamese import day, long_day, number
from service.wording import Freshness, document_name, freshness

NOBODY = "Chưa rõ đơn vị chủ trì"


@dataclass(frozen=True, slots=True)
class State:
    """The answer to the question, with its date and how fresh it is."""

    app: Ports
    query: GapQuery
    as_of: dt.date
    cells: tuple[Followed, ...]
    fresh: Freshness
    office: Office

    @property
    def counted(self) -> list[Followed]:
        """What stands in official figures."""
        return [each for each in self.cells if each.counted]

    def notes(self) -> list[str]:
        """What is printed under every table: what was counted, what stands beside, how fresh it is."""
        drafts = sum(not each.confirmed_task for each in self.cells)
        ended = sum(each.confirmed_task and each.course.ended is not None for each in self.cells)
        paused = sum(
            each.confirmed_task and each.course.ended is None and each.course.suspended is not None
            for each in self.cells
        )
        pending = sum(each.cell.pending for each in self.counted)
        beside = [
            f"{number(count)} {words}"
            for count, words in (
                (drafts, "đầu việc của nhiệm vụ dự kiến, chờ duyệt"),
                (paused, "đầu việc tạm dừng theo dõi"),
                (ended, "đầu việc đã kết thúc theo dõi"),
            )
            if count
        ]
        first = "Chỉ tính nhiệm vụ đã duyệt đưa vào theo dõi và báo cáo đã được văn phòng xác nhận"
        first += f"; {number(pending)} đầu việc có báo cáo do máy đề xuất, chờ rà soát." if pending else "."
        outside = [f"Ngoài số liệu trên: {'; '.join(beside)}."] if beside else []
        return [first, *outside, self.fresh.sentence()]


def look(app: Ports, query: GapQuery, *, at: dt.datetime) -> State:
    """Ask once."""
    as_of = query.as_of or at.astimezone(app.settings.zone).date()
    cells = tuple(followed(app.store, query))
    office = load_office(folder(app.settings.home))
    return State(app, query, as_of, cells, freshness(app.store, app.settings.zone), office)


@dataclass(frozen=True, slots=True)
class Paper:
    """An official paper: what its template gets, and its table for XLSX."""

    template: str
    name: str
    context: dict[str, Any]
    sheet: Sheet | None = None


def base(office: Office, as_of: dt.date, notes: Iterable[str], *, letter: bool = False) -> dict[str, Any]:
    """What every template may print. Number and day are left open for the clerk."""
    party = office.party
    sign = "Số        " if party else "Số:        "
    notation = office.ky_hieu if letter or party else f"BC-{office.ky_hieu}"
    return {
        "co_quan": office,
        "du_thao": False,
        "so_van_ban": f"{sign}{'-' if party else '/'}{notation}",
        "ngay_van_ban": f"ngày      tháng {as_of.month:02d} năm {as_of.year}"
        if as_of.month <= 2
        else f"ngày      tháng {as_of.month} năm {as_of.year}",
        "so_va_ngay": f"số        /{notation} {long_day(None)}",
        "ngay_so_lieu": day(as_of),
        "ghi_chu": list(notes),
        "pham_vi": "",
    }


def scope(query: GapQuery, cells: Iterable[Followed]) -> str:
    """What the question was narrowed to, for the title."""
    parts = []
    if query.directive:
        names = dict.fromkeys(document_name(each.duty.directive) for each in cells)
        parts.append(f"theo {next(iter(names), query.directive)}")
    if query.unit:
        parts.append(f"của {query.unit}")
    if query.period:
        parts.append(query.period)
    return " ".join(parts) or "được giao"
