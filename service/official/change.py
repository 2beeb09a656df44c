"""The office changes what is printed: its names and its templates, checked before they are used, nothing lost.

Files of the templates folder stay what papers are made from (an office may also put them there by hand); every content
that was in use is kept in the store with who changed it and when, and can be brought back.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

from docxtpl import DocxTemplate
from jinja2 import TemplateError

from service.errors import Conflict, DondocError, InvalidInput, TooLarge
from service.files import write_whole
from service.follow_records import NewPrintChange, PrintChange
from service.official import sample
from service.official.office import FILE, Office, load_office, parse_office, write_office
from service.official.templates import NAMES, current, fill, folder, own
from service.ports import Ports

OFFICE: Final = "co-quan"
"""The subject of a change of the office's names; others are the templates' names."""
MAX_FILE: Final = 5_000_000
_MAX_UNPACKED: Final = 60_000_000


@dataclass(frozen=True, slots=True)
class Template:
    """A template as it stands."""

    name: str
    title: str
    own: bool
    problem: str | None
    """Why papers cannot be made from it."""
    last: PrintChange | None


def listed(app: Ports) -> list[Template]:
    """Every template with whose it is, whether it works, and who changed it last."""
    home = app.settings.home
    wrong = dict(sample.check_templates(home, only_own=True))
    last: dict[str, PrintChange] = {}
    for change in app.store.print_changes(limit=1000):
        last.setdefault(change.subject, change)
    return [
        Template(name, title, own(home, name) is not None, wrong.get(name), last.get(name))
        for name, title in NAMES.items()
    ]


def version(home: Path) -> str:
    """Names the office's file as it is now: whoever changes it tells which one was seen."""
    path = folder(home) / FILE
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def save_office(app: Ports, office: Office, *, seen: str | None = None, at: dt.datetime) -> None:
    """Print these names from now on. Conflict where another changed them since ``seen`` (``version``)."""
    text = write_office(office)
    if seen is not None and seen != version(app.settings.home):
        raise Conflict("Thông tin cơ quan vừa được người khác sửa. Anh/Chị tải lại trang rồi sửa lại.")
    _put(app, OFFICE, folder(app.settings.home) / FILE, text.encode("utf-8"), FILE, at)


def put_template(app: Ports, name: str, data: bytes, file: str, *, at: dt.datetime) -> None:
    """Make papers of this kind from an office's own DOCX; one that cannot be filled in is refused with the reason."""
    current(app.settings.home, name)
    check(app, name, data, file)
    _put(app, name, folder(app.settings.home) / f"{name}.docx", data, file, at)


def check(app: Ports, name: str, data: bytes, file: str) -> bytes:
    """The template filled in with invented figures; InvalidInput says what is wrong with it."""
    if len(data) > MAX_FILE:
        raise TooLarge(f"{file}: tệp mẫu lớn hơn {MAX_FILE // 1_000_000} MB.")
    try:
        with ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > _MAX_UNPACKED:
                raise TooLarge(f"{file}: nội dung tệp mẫu quá lớn khi mở ra.")
    except BadZipFile:
        raise InvalidInput(f"{file}: không phải tệp Word (.docx) hoặc tệp bị hỏng.") from None
    given = sample.context(_office(app), name)
    filled = fill(data, file, given)  # first: it tells damage and wrong marks
    known = set(given)
    try:
        asked = DocxTemplate(io.BytesIO(data)).get_undeclared_template_variables()
    except TemplateError as error:
        raise InvalidInput(f"Mẫu {file}: viết sai dấu hoặc lệnh ({error.message}).") from None
    if unknown := sorted(asked - known):  # also under conditions that the invented figures do not meet
        said = ", ".join(f"“{one}”" for one in unknown)
        raise InvalidInput(
            f"Mẫu {file}: có trường không tồn tại: {said}. Các trường dùng được: {', '.join(sorted(known))}."
        )
    return filled


def preview(app: Ports, name: str) -> bytes:
    """The template in use, filled in with invented figures."""
    return fill(current(app.settings.home, name), f"{name}.docx", sample.context(_office(app), name))


def back_to_default(app: Ports, subject: str, *, at: dt.datetime) -> None:
    """Use the product's own again; the office's is kept in the history."""
    path = _path(app, subject)
    if not path.is_file():
        return
    _keep_found(app, subject, path, at)
    path.unlink()
    app.store.note_print(NewPrintChange(subject, "default", None, None, app.settings.person, at))


def bring_back(app: Ports, change_id: int, *, at: dt.datetime) -> str:
    """Use what a line of the history brought, after it is checked anew; tells its subject."""
    line, data = app.store.print_content(change_id)
    if line.subject == OFFICE:
        parse_office(data, FILE)
        _put(app, OFFICE, _path(app, OFFICE), data, FILE, at)
    else:
        put_template(app, line.subject, data, line.file or f"{line.subject}.docx", at=at)
    subject: str = line.subject
    return subject


def _office(app: Ports) -> Office:
    """The names in use; while their file cannot be read, templates are tried without."""
    try:
        return load_office(folder(app.settings.home))
    except DondocError:
        return Office()


def _path(app: Ports, subject: str) -> Path:
    if subject == OFFICE:
        return folder(app.settings.home) / FILE
    current(app.settings.home, subject)
    return folder(app.settings.home) / f"{subject}.docx"


def _put(app: Ports, subject: str, path: Path, data: bytes, file: str, at: dt.datetime) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_file() and path.read_bytes() == data:
        return
    _keep_found(app, subject, path, at)
    write_whole(path, data, path.parent)
    app.store.note_print(NewPrintChange(subject, "changed", file, data, app.settings.person, at))


def _keep_found(app: Ports, subject: str, path: Path, at: dt.datetime) -> None:
    """A file that somebody put there by hand goes into the history before it is replaced."""
    if not path.is_file():
        return
    there = path.read_bytes()
    newest = next((one for one in app.store.print_changes(subject, limit=1) if one.action != "default"), None)
    if newest is None or app.store.print_content(newest.id)[1] != there:
        app.store.note_print(NewPrintChange(subject, "found", path.name, there, app.settings.person, at))
