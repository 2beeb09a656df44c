"""One door: which paper, which format, and its bytes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from corpus.text import no_marks
from service import letters
from service.errors import InvalidInput
from service.exports import write
from service.exports.sheets import Letterhead, to_xlsx
from service.gaps import GapQuery, exact
from service.official.form import form, open_tasks, units_with_tasks
from service.official.letter import letter
from service.official.merged import merged
from service.official.office import Office, load_office
from service.official.state import Paper, State, look
from service.official.tables import overdue, slip, summary
from service.official.templates import folder, render
from service.ports import Ports

KINDS: Final[dict[str, str]] = {
    "bang-tong-hop": "Bảng tổng hợp tình hình thực hiện nhiệm vụ",
    "phu-luc-qua-han": "Phụ lục nhiệm vụ quá hạn",
    "phieu-theo-doi": "Phiếu theo dõi một văn bản",
    "bao-cao-tong-hop": "Báo cáo tổng hợp từ báo cáo của các đơn vị",
    "mau-bao-cao": "Mẫu báo cáo của đơn vị (điền sẵn nhiệm vụ và mã)",
}
_MAKERS: Final[dict[str, Callable[[State], Paper]]] = {
    "bang-tong-hop": summary,
    "phu-luc-qua-han": overdue,
    "phieu-theo-doi": slip,
    "bao-cao-tong-hop": merged,
}


@dataclass(frozen=True, slots=True)
class Made:
    """A file ready to be saved."""

    name: str
    data: bytes


def make(app: Ports, kind: str, query: GapQuery, form_: str, *, at: dt.datetime) -> Made:
    """An official paper of this kind for the question, as ``docx``, ``xlsx`` or ``csv``."""
    if kind not in KINDS:
        raise InvalidInput(f"Không có loại “{kind}”; các loại: {', '.join(KINDS)}.")
    with exact(app.store, query):
        state = look(app, query, at=at)
        paper = _paper(state, kind)
    return _file(app, paper, form_, state.office, state.as_of)


def _paper(state: State, kind: str) -> Paper:
    if kind != "mau-bao-cao":
        return _MAKERS[kind](state)
    if not state.query.unit:
        raise InvalidInput("Mẫu báo cáo lập cho một đơn vị: Anh/Chị chọn đơn vị.")
    return form(state, state.query.unit)


def unit_forms(app: Ports, query: GapQuery, form_: str, *, at: dt.datetime) -> Iterator[Made]:
    """The report form of every unit with open tasks."""
    state = look(app, query, at=at)
    for unit in units_with_tasks(state):
        if open_tasks(state, unit):
            paper = form(state, unit)
            yield _file(app, replace(paper, name=f"mau-bao-cao-{_slug(unit)}"), form_, state.office, state.as_of)


def letter_paper(app: Ports, letter_id: int, query: GapQuery, form_: str) -> Made:
    """A letter as a file: a draft that something stands in the way of carries the mark DỰ THẢO."""
    office = load_office(folder(app.settings.home))
    with exact(app.store, query):
        found = letters.existing(app, letter_id)
        ready = letters.check(app, found, query).ready
        paper = letter(found, office, letters.previous(app, found), ready=ready)
    return _file(app, paper, form_, office, found.issued or found.as_of)


def _file(app: Ports, paper: Paper, form_: str, office: Office, on: dt.date) -> Made:
    name = f"{paper.name}-{on.isoformat()}.{form_}"
    if form_ == "docx":
        return Made(name, render(app.settings.home, paper.template, paper.context))
    assert paper.sheet is not None  # noqa: S101 - every maker above gives one
    if form_ == "xlsx":
        return Made(name, to_xlsx(paper.sheet, _letterhead(office, paper)))
    return Made(name, write(paper.sheet, form_))


def _letterhead(office: Office, paper: Paper) -> Letterhead | None:
    """The form that a unit fills in has the unit's own head; it comes in DOCX alone."""
    if paper.template == "mau-bao-cao":
        return None
    context = paper.context
    place = f"{office.dia_danh}, {context['ngay_van_ban']}"
    state = ("ĐẢNG CỘNG SẢN VIỆT NAM", "", place)
    if not office.party:
        state = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", place)
    return Letterhead(
        left=(office.co_quan_cap_tren, office.co_quan, context["so_van_ban"]),
        right=state,
        sign=(office.quyen_han, office.chuc_vu, "", "", "", office.nguoi_ky),
    )


def _slug(text: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in no_marks(text).lower()).split())
