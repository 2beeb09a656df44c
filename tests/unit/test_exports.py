"""Tables as files: the same values in every format, text never a formula, official looks."""

import csv
import datetime as dt
import io

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from service.errors import InvalidInput
from service.exports import write
from service.exports.papers import MOST
from service.exports.sheets import STYLED
from service.exports.values import clean, harmless
from service.tabular import Column, Sheet
from service.vietnamese import long_day, number, percent, shown
from tests.outputs import docx_table, xlsx_rows

COLUMNS = (Column("TT", 6), Column("Nhiệm vụ", 40), Column("Hạn", 12), Column("Số", 8, "right"))
ROW = (1, "Ban hành <quy chế> & phụ lục", dt.date(2026, 1, 5), 1234)


def sheet(*rows: tuple[object, ...], **more: object) -> Sheet:
    return Sheet("bang", "BẢNG", COLUMNS, rows, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "printed"),
    [(1234567, "1.234.567"), (1234.5, "1.234,50"), (12.0, "12"), (None, ""), (dt.date(2026, 1, 5), "05/01/2026"), ("a", "a")],
)  # fmt: skip
def test_values_have_the_vietnamese_form(value: object, printed: str) -> None:
    assert shown(value) == printed  # type: ignore[arg-type]


def test_days_in_letters_pad_as_the_decree_says() -> None:
    assert long_day(dt.date(2026, 1, 5)) == "ngày 05 tháng 01 năm 2026"
    assert long_day(dt.date(2026, 3, 15)) == "ngày 15 tháng 3 năm 2026"
    assert percent(8446, 10000) == "84,46%"
    assert percent(0, 0) == "–"
    assert number(0.5, 1) == "0,5"


def test_all_formats_hold_the_same_rows() -> None:
    made = sheet(ROW, (2, "Xong", None, 0))
    texts = list(made.texts())
    read = list(csv.reader(io.StringIO(write(made, "csv").decode("utf-8-sig"))))
    assert read == [["TT", "Nhiệm vụ", "Hạn", "Số"], *texts]
    assert docx_table(write(made, "docx"))[1:] == texts
    rows = xlsx_rows(write(made, "xlsx"))
    assert [row[:4] for row in rows[3:5]] == [
        [1, "Ban hành <quy chế> & phụ lục", dt.datetime(2026, 1, 5), 1234],  # noqa: DTZ001 - Excel has no zones
        [2, "Xong", None, 0],
    ]


@given(
    st.lists(
        st.tuples(st.integers(-5, 10**9), st.text(max_size=60), st.none() | st.dates(), st.integers(0, 99)), max_size=8
    )
)
@settings(max_examples=40, deadline=None)
def test_any_text_survives_in_every_format(rows: list[tuple[object, ...]]) -> None:
    made = sheet(*rows)
    cleaned = [[clean(text) for text in row] for row in made.texts()]
    read = list(csv.reader(io.StringIO(write(made, "csv").decode("utf-8-sig"), newline="")))[1:]
    assert read == [[harmless(text) for text in row] for row in cleaned]
    book = load_workbook(io.BytesIO(write(made, "xlsx")))
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)  # type: ignore[union-attr]
    assert len(docx_table(write(made, "docx"))) == len(rows) + 1


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+cmd", "@SUM(A1)", "-2+3", "\t=1"])
def test_a_cell_is_never_a_formula(text: str) -> None:
    made = sheet((1, text, None, 1))
    assert list(csv.reader(io.StringIO(write(made, "csv").decode("utf-8-sig"))))[1][1] == f"'{text}"
    page = load_workbook(io.BytesIO(write(made, "xlsx"))).active
    assert page is not None
    assert (page["B4"].value, page["B4"].data_type) == (text, "s")


def test_paper_is_a4_with_the_decrees_margins_and_font() -> None:
    paper = Document(io.BytesIO(write(sheet(ROW), "docx")))
    [section] = paper.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)  # type: ignore[union-attr]
    margins = [m.mm for m in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)]  # type: ignore[union-attr]
    assert [20 <= m <= 25 for m in margins[:2]] == [True, True]
    assert 30 <= margins[2] <= 35
    assert 15 <= margins[3] <= 20
    assert paper.styles["Normal"].font.name == "Times New Roman"
    page = load_workbook(io.BytesIO(write(sheet(ROW), "xlsx"))).active
    assert page is not None
    assert (page.page_setup.paperSize, page.page_setup.orientation, page["A4"].font.name) == (
        9,
        "landscape",
        "Times New Roman",
    )


def test_grouped_headings_stand_over_their_columns() -> None:
    columns = (Column("Đơn vị"), Column("Đúng hạn", group="Đã hoàn thành"), Column("Quá hạn", group="Đã hoàn thành"))
    made = Sheet("bang", "BẢNG", columns, (("Sở Nội vụ", 1, 2),), total=True)
    head, below, row = docx_table(write(made, "docx"))
    assert (head, below, row) == (
        ["Đơn vị", "Đã hoàn thành", "Đã hoàn thành"], ["Đơn vị", "Đúng hạn", "Quá hạn"], ["Sở Nội vụ", "1", "2"],
    )  # fmt: skip
    page = load_workbook(io.BytesIO(write(made, "xlsx"))).active
    assert page is not None
    assert {str(one) for one in page.merged_cells.ranges} == {"A1:C1", "B3:C3", "A3:A4"}


def test_long_tables_are_written_plain_and_refused_as_docx() -> None:
    made = sheet(*[(n, "=1", dt.date(2026, 1, 5), n) for n in range(STYLED + 1)])
    rows = xlsx_rows(write(made, "xlsx"))
    assert rows[-1] == [STYLED, "=1", dt.datetime(2026, 1, 5), STYLED]  # noqa: DTZ001 - Excel has no zones
    with pytest.raises(InvalidInput, match="XLSX"):
        write(sheet(*[ROW] * (MOST + 1)), "docx")


def test_an_unknown_format_and_a_crooked_row_are_told() -> None:
    with pytest.raises(InvalidInput, match="pdf"):
        write(sheet(ROW), "pdf")
    with pytest.raises(ValueError, match="2 cells under 4"):
        sheet((1, "x"))
