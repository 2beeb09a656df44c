"""A small office whose tasks are under tracking, for tests of papers, letters and reminders; readers of what was written."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from openpyxl import load_workbook

from service.files import Files
from service.index.ports import Index
from service.settings import Settings
from service.store.sql import SqlStore
from tests.office import Office, task

AS_OF = dt.date(2026, 3, 31)
AT = dt.datetime(2026, 3, 31, 9, 0, tzinfo=dt.UTC)
ISSUED = dt.date(2026, 1, 5)
SNV, STC, SYT = "Sở Nội vụ", "Sở Tài chính", "Sở Y tế"
LATE = "Ban hành quy chế một cửa"
DONE = "Công bố danh mục thủ tục"
OPEN = "Trình đề án vị trí việc làm"
OTHER = "Bố trí kinh phí năm 2026"
DRAFT = "Khảo sát mức độ hài lòng"


@dataclass
class Bench:
    """An installation as use cases see it, with the small office inside."""

    office: Office
    settings: Settings

    @property
    def store(self) -> SqlStore:
        return self.office.store

    @property
    def files(self) -> Files:
        return Files(self.settings.files_folder)

    @property
    def index(self) -> Index:
        raise NotImplementedError("these tests search nothing")

    def task_id(self, text: str) -> int:
        return self.office.tasks[text]


def bench(folder: Path) -> Bench:
    """Five tasks of one plan: late, done and confirmed, open, another unit's, and a draft."""
    office = Office.open(folder)
    settings = Settings(home=folder, person="Nguyễn Văn Thử", processes=0)
    office.directive(
        "10/KH-UBND",
        ISSUED,
        task(LATE, SNV, due=dt.date(2026, 2, 28)),
        task(DONE, SNV, due=dt.date(2026, 2, 28)),
        task(OPEN, SNV, due=dt.date(2026, 6, 30)),
        task(OTHER, STC, due=dt.date(2026, 3, 15)),
        task(DRAFT, SYT, due=dt.date(2026, 3, 1)),
    )
    [item] = office.report(SNV, dt.date(2026, 2, 20), (f"{DONE}: đã ban hành Quyết định số 12/QĐ-SNV", "done"))
    office.link(item, DONE, confirmed=True)
    for text in (LATE, DONE, OPEN, OTHER):
        office.store.confirm_task(office.tasks[text], by="Trần B", at=AT)
    return Bench(office, settings)


def paragraphs(data: bytes) -> list[str]:
    """Every paragraph of a DOCX, those in tables too, in the order of the file."""
    body = Document(io.BytesIO(data)).element.body
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return ["".join(t.text or "" for t in p.iter(f"{word}t")) for p in body.iter(f"{word}p")]


def docx_table(data: bytes, which: int = -1) -> list[list[str]]:
    """A table of a DOCX as texts."""
    return [[cell.text for cell in row.cells] for row in Document(io.BytesIO(data)).tables[which].rows]


def xlsx_rows(data: bytes) -> list[list[Any]]:
    """The values of an XLSX."""
    page = load_workbook(io.BytesIO(data)).active
    assert page is not None
    return [list(row) for row in page.iter_rows(values_only=True)]


def below(rows: list[list[Any]], heading: str) -> Iterator[list[Any]]:
    """The rows after the one that holds this heading."""
    at = next(n for n, row in enumerate(rows) if heading in row)
    yield from rows[at + 1 :]
