"""The tables by name, for ``dondoc export``, the API and the buttons of the pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from service import exports
from service.errors import InvalidInput
from service.listings.cells import CellFilter, cell_file, problem_file
from service.listings.others import document_sheet, letter_sheet, link_sheet, reminder_sheet, report_sheet
from service.official import Made
from service.ports import Ports
from service.tabular import Sheet

ALL: Final = 1_000_000
Params = Mapping[str, str]


def _cells(app: Ports, params: Params, at: dt.datetime) -> Sheet:
    return cell_file(app, CellFilter.of(params), at=at)


def _problems(app: Ports, params: Params, at: dt.datetime) -> Sheet:
    return problem_file(app, CellFilter.of(params), at=at)


def _documents(app: Ports, params: Params, at: dt.datetime) -> Sheet:  # noqa: ARG001 - one shape for all tables
    found = app.store.documents(
        role=params.get("role") or None,  # type: ignore[arg-type]  # an unknown role finds nothing
        status=params.get("status") or None,
        limit=ALL,
        newest_first=True,
    )
    return document_sheet(found)


TABLES: Final[dict[str, tuple[str, Callable[[Ports, Params, dt.datetime], Sheet]]]] = {
    "dau-viec": ("Bảng theo dõi", _cells),
    "van-de": ("Chậm, chưa báo cáo", _problems),
    "van-ban": ("Văn bản", _documents),
    "bao-cao": ("Báo cáo", lambda app, _params, _at: report_sheet(app)),
    "doi-chieu": ("Đối chiếu", lambda app, params, _at: link_sheet(app, params.get("report") or None)),
    "cong-van": ("Công văn đôn đốc", lambda app, _params, _at: letter_sheet(app.store.letters())),
    "nhac-viec": (
        "Nhắc việc",
        lambda app, params, _at: reminder_sheet(app.store.reminders(unit=params.get("unit") or None, limit=ALL)),
    ),
}


def sheet(app: Ports, name: str, params: Params, *, at: dt.datetime) -> Sheet:
    """The table of this name for these filters; parameters that it does not know are ignored."""
    if name not in TABLES:
        raise InvalidInput(f"Không có bảng “{name}”; các bảng: {', '.join(TABLES)}.")
    return TABLES[name][1](app, params, at)


def stream(app: Ports, name: str, params: Params, form: str, *, at: dt.datetime) -> tuple[str, Iterator[bytes]]:
    """The table as a file that is read while it is sent: its name and its pieces."""
    found = sheet(app, name, params, at=at)
    day = at.astimezone(app.settings.zone).date()
    return exports.file_name(found.name, form, day), exports.pieces(found, form)


def export(app: Ports, name: str, params: Params, form: str, *, at: dt.datetime) -> Made:
    """The table as a file."""
    named, pieces = stream(app, name, params, form, at=at)
    return Made(named, b"".join(pieces))
