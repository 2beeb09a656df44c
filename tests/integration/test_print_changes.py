"""The office changes its names and templates: checked first, used at once, nothing lost."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from service import letters, official
from service.errors import Conflict, InvalidInput, NotFound, TooLarge
from service.gaps import GapQuery
from service.official import Office, change, sample
from service.official.letter import letter
from service.official.make import _paper
from service.official.state import look
from tests.integration.test_official import made
from tests.outputs import AS_OF, AT, SNV, Bench, bench, paragraphs

NAME = "bang-tong-hop"
QUERY = GapQuery(as_of=AS_OF)


@pytest.fixture
def app(tmp_path: Path) -> Bench:
    return bench(tmp_path)


def with_line(name: str, text: str) -> bytes:
    """The product's template with a line more, as an office writes one in Word."""
    document, out = Document(io.BytesIO(official.templates.built_in(name))), io.BytesIO()
    document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def test_the_names_are_printed_from_the_next_paper_on(app: Bench) -> None:
    office = Office(co_quan_cap_tren="UBND TỈNH AN GIANG", co_quan="VĂN PHÒNG", dia_danh="An Giang", ky_hieu="VP-TH",
                    chuc_vu="CHÁNH VĂN PHÒNG", nguoi_ky='Trần "Văn" \\ B', noi_nhan=("Như trên", "Chủ tịch"))  # fmt: skip
    change.save_office(app, office, at=AT)
    assert official.load_office(official.folder(app.settings.home)) == office
    tables = Document(io.BytesIO(made(app, NAME))).tables
    texts = [cell.text for table in tables for row in table.rows for cell in row.cells]
    assert any('Trần "Văn" \\ B' in text for text in texts)
    assert any("UBND TỈNH AN GIANG" in text for text in texts)
    [line] = app.store.print_changes()
    assert (line.subject, line.action, line.by) == ("co-quan", "changed", "Nguyễn Văn Thử")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"co_quan": " "}, "Cơ quan ban hành"),
        ({"chuc_vu": "A\nB"}, "Chức vụ"),
        ({"dia_danh": "x" * 201}, "Địa danh"),
        ({"he_thong": "khác"}, "Thể thức"),
        ({"noi_nhan": tuple("abc" * 20)}, "Nơi nhận"),
    ],
)
def test_wrong_names_change_nothing(app: Bench, given: dict[str, Any], said: str) -> None:
    whole = Office(co_quan="VĂN PHÒNG", dia_danh="An Giang", ky_hieu="VP", chuc_vu="CHÁNH VĂN PHÒNG")
    with pytest.raises(InvalidInput, match=said):
        change.save_office(app, replace(whole, **given), at=AT)
    assert not (official.folder(app.settings.home) / "co-quan.toml").exists()
    assert app.store.print_changes() == []


def test_names_that_another_changed_meanwhile_are_not_written_over(app: Bench) -> None:
    office = Office(co_quan="VĂN PHÒNG", dia_danh="An Giang", ky_hieu="VP", chuc_vu="CHÁNH VĂN PHÒNG")
    seen = change.version(app.settings.home)
    change.save_office(app, office, seen=seen, at=AT)
    with pytest.raises(Conflict, match="người khác sửa"):
        change.save_office(app, replace(office, nguoi_ky="C"), seen=seen, at=AT)


def test_a_template_is_used_kept_and_brought_back(app: Bench) -> None:
    first, second = with_line(NAME, "Phòng Tổng hợp lập."), with_line(NAME, "Phòng Nội chính lập.")
    change.put_template(app, NAME, first, "mẫu 1.docx", at=AT)
    change.put_template(app, NAME, second, "mẫu 2.docx", at=AT)
    change.put_template(app, NAME, second, "mẫu 2.docx", at=AT)  # the same again is no change
    assert paragraphs(made(app, NAME))[-1] == "Phòng Nội chính lập."
    newest, oldest = app.store.print_changes(NAME)
    assert (oldest.file, newest.file) == ("mẫu 1.docx", "mẫu 2.docx")
    assert change.bring_back(app, oldest.id, at=AT) == NAME
    assert paragraphs(made(app, NAME))[-1] == "Phòng Tổng hợp lập."
    change.back_to_default(app, NAME, at=AT)
    assert "lập." not in paragraphs(made(app, NAME))[-1]
    assert app.store.print_changes(NAME)[0].action == "default"
    assert app.store.print_content(oldest.id)[1] == first


def test_a_template_put_there_by_hand_is_kept_before_it_is_replaced(app: Bench) -> None:
    official.export(app.settings.home)
    path = official.own(app.settings.home, NAME)
    assert path is not None
    path.write_bytes(by_hand := with_line(NAME, "Sửa tay trong thư mục."))
    change.put_template(app, NAME, with_line(NAME, "Qua trang."), "m.docx", at=AT)
    found = app.store.print_changes(NAME)[1]
    assert found.action == "found"
    assert app.store.print_content(found.id)[1] == by_hand


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", b" " * 70_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"not a docx", "không phải tệp Word"),
        (b"", "không phải tệp Word"),
        (official.templates.built_in(NAME)[:3000], "không phải tệp Word"),
        (with_line(NAME, "{{ tong_sos }}"), "tong_sos"),
        (with_line(NAME, "{{ co_quan.dia_dan }}"), "“dia_dan” .có phải là “dia_danh”"),
        (with_line(NAME, "{% if du_thao %}{{ han_bao_cao }}{% endif %}"), "han_bao_cao"),
        (with_line(NAME, "{{ don_vi }"), "don_vi|viết sai"),
        (with_line(NAME, "{{ 'a' * 1000000000 }}"), "không được phép"),
        (with_line(NAME, "{{ ''.__class__.__mro__ }}"), "không được phép|không tồn tại"),
        (with_line(NAME, "{% for i in range(99999999) %}x{% endfor %}"), "range"),
    ],
)  # fmt: skip
def test_a_template_that_cannot_be_filled_in_is_refused(app: Bench, data: bytes, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        change.put_template(app, NAME, data, "mẫu.docx", at=AT)
    assert official.own(app.settings.home, NAME) is None
    assert app.store.print_changes() == []


def test_what_is_too_large_or_for_no_paper_is_refused(app: Bench) -> None:
    with pytest.raises(TooLarge):
        change.put_template(app, NAME, bytes(change.MAX_FILE + 1), "mẫu.docx", at=AT)
    with pytest.raises(TooLarge):
        change.put_template(app, NAME, bomb(), "mẫu.docx", at=AT)
    with pytest.raises(NotFound, match="bang-tong-hop"):
        change.put_template(app, "../x", with_line(NAME, ""), "mẫu.docx", at=AT)


@pytest.mark.parametrize("name", official.NAMES)
def test_a_template_is_tried_with_the_fields_that_its_paper_has(app: Bench, name: str) -> None:
    """A template had passed with the fields of other papers, and failed when the paper was made."""
    state = look(app, replace(QUERY, unit=SNV, directive="10/KH-UBND"), at=AT)
    if name == "cong-van-don-doc":
        found = letters.draft(app, SNV, QUERY, at=AT)
        context = letter(found, Office(), None, ready=True).context
    else:
        context = _paper(state, name).context
    tried = sample.context(Office(), name)
    assert tried.keys() == context.keys()
    for rows in ("dong", "nhiem_vu"):
        if context.get(rows):
            assert tried[rows][0].keys() == context[rows][0].keys()
    assert change.preview(app, name)
