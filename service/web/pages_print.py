"""Mẫu của cơ quan: the names, the place, the signature and the templates that official papers are printed with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, File, Request, UploadFile
from fastapi.responses import HTMLResponse, Response

from service import official
from service.errors import DondocError
from service.http.download import download
from service.http.guard import require_csrf
from service.http.state import CurrentApp, now
from service.official import change
from service.official.office import LABELS, PARTY, STATE, Office
from service.web.paper_html import to_html
from service.web.render import done, page, tell

router = APIRouter()
Write = Depends(require_csrf)
_HOME = "/mau"
SYSTEMS: Final = {
    STATE: "Cơ quan nhà nước (Nghị định 30/2020/NĐ-CP)",
    PARTY: "Cơ quan Đảng (Hướng dẫn 36-HD/VPTW)",
}
ACTIONS: Final = {
    "changed": "sửa",
    "found": "giữ lại bản đã có trong thư mục mẫu",
    "default": "dùng lại mặc định của chương trình",
}
HINTS: Final = {
    "co_quan_cap_tren": "dòng trên của tên cơ quan, ví dụ UBND TỈNH AN GIANG; để trống nếu không có",
    "co_quan": "in đậm dưới dòng cấp trên, ví dụ VĂN PHÒNG",
    "ten_day_du": "ví dụ Văn phòng UBND tỉnh An Giang",
    "dia_danh": "trước ngày tháng, ví dụ An Giang",
    "ky_hieu": "in sau số: Số: 15/VP-TH thì ghi VP-TH; bên Đảng ghi CV/VPTU",
    "quyen_han": "ví dụ TL. CHỦ TỊCH; để trống nếu không ký thừa lệnh",
    "chuc_vu": "ví dụ CHÁNH VĂN PHÒNG",
    "bao_cao_cho": "ví dụ Chủ tịch UBND tỉnh",
    "luu": "ví dụ VT, TH",
    "noi_nhan": "mỗi nơi một dòng",
}


_BLANK: Final = Office(co_quan_cap_tren="", co_quan="", dia_danh="", ky_hieu="", chuc_vu="")
"""The form of an office that has said nothing yet: what is printed in its place are dots."""


@router.get("/mau")
def papers(request: Request, app: CurrentApp, da: str = "") -> HTMLResponse:
    """What is printed now, and the forms to change it."""
    return _page(request, app, told=da)


def _page(
    request: Request, app: CurrentApp, *, told: str = "", problem: str = "", written: Office | None = None
) -> HTMLResponse:
    home, broken = app.settings.home, ""
    try:
        office = official.load_office(official.folder(home))
    except DondocError as error:
        office, broken = Office(), error.message
    return page(
        request,
        "print.html",
        code=422 if problem else 200,
        office=written or (office if change.version(home) else _BLANK),
        declared=bool(change.version(home)),
        broken=broken,
        seen=change.version(home),
        labels=LABELS,
        hints=HINTS,
        systems=SYSTEMS,
        templates=change.listed(app),
        changes=app.store.print_changes(),
        names={change.OFFICE: "Thông tin cơ quan", **official.NAMES},
        actions=ACTIONS,
        max_mb=change.MAX_FILE // 1_000_000,
        told=told,
        problem=problem,
    )


@router.post("/mau/co-quan", dependencies=[Write])
async def save(request: Request, app: CurrentApp) -> Response:
    """Print other names from now on."""
    form = await request.form()
    given = {name: str(form.get(name, "")).strip() for name in LABELS if name != "noi_nhan"}
    places = tuple(line.strip() for line in str(form.get("noi_nhan", "")).splitlines() if line.strip())
    office = replace(Office(), **given, noi_nhan=places or Office().noi_nhan)
    try:
        change.save_office(app, office, seen=str(form.get("version", "")), at=now())
    except DondocError as error:
        return _page(request, app, problem=error.message, written=office)
    return tell(_HOME, "Đã lưu thông tin cơ quan.")


@router.post("/mau/co-quan/mac-dinh", dependencies=[Write])
def forget(request: Request, app: CurrentApp) -> Response:
    """Print placeholders again, as before the office said who it is."""
    return _done(request, app, lambda: change.back_to_default(app, change.OFFICE, at=now()), "Đã bỏ thông tin cơ quan.")


@router.post("/mau/lich-su/{change_id}", dependencies=[Write])
def bring_back(request: Request, app: CurrentApp, change_id: int) -> Response:
    """Use an earlier content again."""
    return _done(request, app, lambda: change.bring_back(app, change_id, at=now()), "Đã dùng lại bản cũ.")


@router.get("/mau/lich-su/{change_id}/tep")
def kept(app: CurrentApp, change_id: int) -> Response:
    """What a line of the history brought, as it was."""
    line, data = app.store.print_content(change_id)
    form = "toml" if line.subject == change.OFFICE else "docx"
    return download(f"{line.subject}-{line.at:%Y-%m-%d}.{form}", data)


@router.get("/mau/{name}.docx")
def template(app: CurrentApp, name: str) -> Response:
    """The template in use, to be changed in Word."""
    return download(f"{name}.docx", official.templates.current(app.settings.home, name))


@router.get("/mau/{name}/xem-thu.docx")
def sample_file(app: CurrentApp, name: str) -> Response:
    """The template filled in with invented figures."""
    return download(f"xem-thu-{name}.docx", change.preview(app, name))


@router.get("/mau/{name}/xem-thu")
def sample(request: Request, app: CurrentApp, name: str) -> HTMLResponse:
    """The same as a page."""
    shown = to_html(change.preview(app, name))
    own = official.own(app.settings.home, name) is not None
    return page(request, "print_sample.html", name=name, title=official.NAMES[name], shown=shown, own=own)


@router.post("/mau/{name}", dependencies=[Write])
async def upload(request: Request, app: CurrentApp, name: str, tep: Annotated[UploadFile, File()]) -> Response:
    """Use an office's own template, if it can be filled in."""
    data, file = await tep.read(change.MAX_FILE + 1), tep.filename or f"{name}.docx"
    told = f"Đã dùng mẫu {file} cho {official.NAMES.get(name, name)}."
    return _done(request, app, lambda: change.put_template(app, name, data, file, at=now()), told)


@router.post("/mau/{name}/mac-dinh", dependencies=[Write])
def default(request: Request, app: CurrentApp, name: str) -> Response:
    """Use the product's template again."""
    return _done(request, app, lambda: change.back_to_default(app, name, at=now()), "Đã dùng lại mẫu của chương trình.")


def _done(request: Request, app: CurrentApp, act: Callable[[], Any], told: str) -> Response:
    return done(act, _HOME, told, wrong=lambda problem: _page(request, app, problem=problem))
