"""What every official paper is made from: the cells that the question gives, and what must be said about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from service.cells import Standing
from service.follow import Followed
from service.gaps import GapQuery, Summary, count, each_cell, total
from service.official.office import Office, load_office
from service.official.templates import folder
from service.ports import Ports
from service.tabular import Sheet
from service.vietnamese import day, long_day, number
from service.wording import Freshness, document_name, freshness

NOBODY = "Chưa rõ đơn vị chủ trì"


@dataclass(frozen=True, slots=True)
class State:
    """The question of a paper, with its date and how fresh the answer is; each paper reads the cells that it prints."""

    app: Ports
    query: GapQuery
    as_of: dt.date
    fresh: Freshness
    office: Office

    @property
    def counted(self) -> GapQuery:
        """What stands in official figures: under tracking, neither suspended nor ended, by confirmed statements."""
        return replace(self.query, tracked=True, official=True)

    def cells(self, query: GapQuery) -> Iterator[Followed]:
        """The cells of a narrower question, one after the other."""
        return map(Followed, each_cell(self.app.store, query))

    def figures(self) -> Summary:
        """The official totals."""
        return count(self.app.store, self.counted)

    def notes(self) -> list[str]:
        """What is printed under every table: what was counted, what stands beside, how fresh it is."""
        beside = [
            f"{number(found)} {words}"
            for standing, words in _BESIDE.items()
            if (found := total(self.app.store, replace(self.query, ended=True, standing=standing)))
        ]
        pending = self.figures().pending
        first = "Chỉ tính nhiệm vụ đã duyệt đưa vào theo dõi và báo cáo đã được văn phòng xác nhận"
        first += f"; {number(pending)} đầu việc có báo cáo do máy đề xuất, chờ rà soát." if pending else "."
        outside = [f"Ngoài số liệu trên: {'; '.join(beside)}."] if beside else []
        return [first, *outside, self.fresh.sentence()]

    def scope(self) -> str:
        """What the question was narrowed to, for the title."""
        query, parts = self.query, []
        if query.directive:
            first = next(iter(each_cell(self.app.store, self.counted, limit=1)), None)
            parts.append(f"theo {document_name(first.duty.directive) if first else query.directive}")
        if query.unit:
            parts.append(f"của {query.unit}")
        if query.period:
            parts.append(query.period)
        return " ".join(parts) or "được giao"


_BESIDE: Final[dict[Standing, str]] = {
    "draft": "đầu việc của nhiệm vụ dự kiến, chờ duyệt",
    "suspended": "đầu việc tạm dừng theo dõi",
    "ended": "đầu việc đã kết thúc theo dõi",
}


def look(app: Ports, query: GapQuery, *, at: dt.datetime) -> State:
    """The question of a paper on its day."""
    as_of = query.as_of or at.astimezone(app.settings.zone).date()
    office = load_office(folder(app.settings.home))
    return State(app, replace(query, as_of=as_of), as_of, freshness(app.store, app.settings.zone), office)


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
