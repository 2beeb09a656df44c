"""Every DOCX and XLSX that leaves the house, opened by LibreOffice and read back from its PDF: nothing is lost in print."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from corpus.model import Document
from service import letters, listings, official, task_list
from service.gaps import GapQuery
from tests import printed
from tests.browser.shots import keep
from tests.outputs import AS_OF, AT, DONE, LATE, OPEN, OTHER, SNV, Bench, bench, docx_table, paragraphs
from tests.printed import needs_office

pytestmark = [pytest.mark.slow, needs_office]
QUERY = GapQuery(as_of=AS_OF)
WANTED = {
    "bang-tong-hop": [SNV, "Sở Tài chính", "Tổng số", "33,33% (1/3)"],
    "phu-luc-qua-han": [LATE, OTHER, "28/02/2026"],
    "phieu-theo-doi": [LATE, DONE, OPEN, OTHER, "10/KH-UBND"],
    "bao-cao-tong-hop": ["đã ban hành Quyết định số 12/QĐ-SNV", "Chưa có báo cáo được xác nhận"],
    "mau-bao-cao": [LATE, OPEN, "Mã nhiệm vụ"],
    "cong-van": ["Kính gửi: Sở Nội vụ", LATE, "15/VP-TH"],
}
"""What each paper must say in print."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return bench(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def files(app: Bench) -> dict[str, bytes]:
    """All papers and tables by name: ``kind.form``."""
    found = {}
    for kind in official.KINDS:
        query = GapQuery(as_of=AS_OF, unit=SNV if kind == "mau-bao-cao" else None)
        found |= {f"{kind}.{form}": official.make(app, kind, query, form, at=AT).data for form in ("docx", "xlsx")}
    letter = letters.draft(app, SNV, QUERY, at=AT)
    letters.issue(app, letter.id, QUERY, symbol="15/VP-TH", issued=AS_OF, at=AT + dt.timedelta(hours=1))
    found |= {f"cong-van.{form}": official.letter_paper(app, letter.id, QUERY, form).data for form in ("docx", "xlsx")}
    found["nhiem-vu-danh-muc.xlsx"] = task_list.outgoing(list(task_list.choose(app, task_list.Choice())), "xlsx")
    for table in listings.TABLES:
        params = {"as_of": AS_OF.isoformat()}
        found |= {
            f"{table}-bang.{form}": listings.export(app, table, params, form, at=AT).data for form in ("docx", "xlsx")
        }
    return found


@pytest.fixture(scope="module")
def pdfs(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return printed.to_pdf(tmp_path_factory.mktemp("printed"), files)


@pytest.fixture(scope="module")
def read(pdfs: dict[str, Path]) -> dict[str, Document]:
    return {name: printed.pages(path) for name, path in pdfs.items()}


def test_every_file_opens_and_no_column_is_too_narrow(read: dict[str, Document]) -> None:
    assert {name: one.status for name, one in read.items() if one.status != "ok"} == {}
    assert [name for name, one in read.items() if "###" in one.text] == [], "a number that does not fit its column"


@pytest.mark.parametrize("kind", WANTED)
def test_each_paper_says_in_print_what_it_must(read: dict[str, Document], kind: str) -> None:
    for form in ("docx", "xlsx"):
        text = printed.letters(read[f"{kind}.{form}"].text)
        wanted = [words for words in WANTED[kind] if form == "docx" or words not in ("Kính gửi: Sở Nội vụ", "15/VP-TH")]
        assert [words for words in wanted if printed.letters(words) not in text] == [], f"{kind}.{form}"


def test_nothing_of_a_docx_is_cut_off(files: dict[str, bytes], read: dict[str, Document]) -> None:
    for name, data in files.items():
        if name.endswith(".docx"):
            text = printed.letters(read[name].text)
            lost = [words for words in paragraphs(data) if printed.letters(words) not in text]
            assert lost == [], name


def test_nothing_of_a_workbook_is_cut_off(files: dict[str, bytes], read: dict[str, Document]) -> None:
    for name, data in files.items():
        if name.endswith(".xlsx"):
            page = load_workbook(io.BytesIO(data)).active
            assert page is not None
            text = printed.letters(read[name].text)
            cells = [value for row in page.iter_rows(values_only=True) for value in row if isinstance(value, str)]
            assert [value for value in cells if printed.letters(value) not in text] == [], name


def test_tables_stand_on_one_sheet_across(pdfs: dict[str, Path], files: dict[str, bytes]) -> None:
    """A wide table is printed across the sheet: a page for few rows, never a second one for the last columns."""
    for name, path in pdfs.items():
        document = printed.pages(path)
        assert (document.pages or 0) <= 2, f"{name}: {document.pages} pages for a handful of rows"
    assert len(docx_table(files["phu-luc-qua-han.docx"])) == 3


def test_pictures_of_printed_papers(pdfs: dict[str, Path]) -> None:
    for name in ("bang-tong-hop", "phieu-theo-doi", "phu-luc-qua-han", "bao-cao-tong-hop", "mau-bao-cao"):
        png = printed.picture(pdfs[f"{name}.docx"])
        assert png.startswith(b"\x89PNG")
        keep(f"in-{name}", png)


def test_the_task_list_for_excel_prints_its_tasks(read: dict[str, Document]) -> None:
    assert printed.letters(LATE) in printed.letters(read["nhiem-vu-danh-muc.xlsx"].text)
