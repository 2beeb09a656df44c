"""The office's own report form comes back filled in: every row is linked by its code, whatever its words say."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import docx
import openpyxl
import pytest

from service import linking
from service.bootstrap import open_app
from service.gaps import parse_query
from service.indexing import apply_outbox
from service.ingest import ingest
from service.official import make
from service.report_form import parse
from service.settings import Settings

UNIT = "Văn phòng UBND tỉnh"
SAID = ("Đã xong theo yêu cầu.", "Đã hoàn thành")


def fill_xlsx(data: bytes) -> tuple[bytes, list[str]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.active
    head = next(row for row in sheet.iter_rows() if any(cell.value == "Mã nhiệm vụ" for cell in row))
    column = {str(cell.value): cell.column for cell in head if cell.value}
    codes = []
    for row in range(head[0].row + 1, sheet.max_row + 1):
        code = sheet.cell(row, column["Mã nhiệm vụ"]).value
        if code and parse(str(code)) is not None:
            codes.append(str(code))
            sheet.cell(row, column["Nhiệm vụ"]).value = "(như trên)"  # a unit may shorten what it likes
            sheet.cell(row, column["Kết quả thực hiện"]).value = SAID[0]
            sheet.cell(row, column["Tình trạng thực hiện"]).value = SAID[1]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), codes


def fill_docx(data: bytes) -> tuple[bytes, list[str]]:
    made = docx.Document(io.BytesIO(data))
    table = next(t for t in made.tables if any("Mã nhiệm vụ" in cell.text for row in t.rows for cell in row.cells))
    names = [
        cell.text.strip()
        for cell in next(row for row in table.rows if "Mã nhiệm vụ" in row.cells[1].text + row.cells[0].text).cells
    ]
    codes = []
    for row in table.rows:
        code = row.cells[names.index("Mã nhiệm vụ")].text
        if parse(code) is not None:
            codes.append(code)
            row.cells[names.index("Kết quả thực hiện")].text = SAID[0]
            row.cells[names.index("Tình trạng thực hiện")].text = SAID[1]
    out = io.BytesIO()
    made.save(out)
    return out.getvalue(), codes


@pytest.mark.parametrize(("form", "fill"), [("xlsx", fill_xlsx), ("docx", fill_docx)])
def test_a_returned_form_is_linked_by_its_codes(demo_copy: Settings, tmp_path: Path, form: str, fill: object) -> None:
    at = dt.datetime(2022, 12, 31, 8, tzinfo=dt.UTC)
    with open_app(demo_copy) as app:
        for task in app.store.tasks():
            app.store.confirm_task(task.id, by="Nguyễn Văn Thử", at=at)
        query = parse_query(app.store, settings=app.settings, unit=UNIT, as_of=dt.date(2022, 12, 31))
        data, codes = fill(make(app, "mau-bao-cao", query, form, at=at).data)  # type: ignore[operator]
        assert len(codes) > 1
        back = tmp_path / f"bao-cao-so-noi-vu.{form}"
        back.write_bytes(data)
        ingest(app, [back])
        apply_outbox(app)
        document = next(each for each in app.store.documents(role="report") if each.file.endswith(back.name))
        linking.link_report(app, document.id)
        items = app.store.items(document.id)
        assert [stored.item.code for stored in items] == codes
        assert {stored.item.claimed_status for stored in items} == {"done"}
        for stored in items:
            best = next(link for link in app.store.links(item_id=stored.id) if link.decision == "suggested")
            assert best.task_id == parse(stored.item.code or "")
            assert best.probability >= 0.99
            assert "code" in {reason.code for reason in best.reasons}
