"""PDF files as readers of the text see them: no page furniture inside, sentences whole, tables in their cells."""

from __future__ import annotations

import pytest

from corpus.limits import Limits
from corpus.model import Document
from corpus.pdf_boxes import boxes, render
from corpus.reader import read_bytes
from tests.pdf_maker import PageMaker, make_pdf

BODY = [
    "Điều 1. Giao Bộ Tài chính chủ trì, phối hợp với các bộ, ngành, địa phương",
    "rà soát các quy định về quản lý, sử dụng tài sản công tại cơ quan, tổ chức,",
    "đơn vị và doanh nghiệp nhà nước theo Nghị định số 151/2017/NĐ-",
]


def read(*pages: PageMaker, limits: Limits | None = None) -> Document:
    return read_bytes(make_pdf(pages), "a.pdf", limits=limits)


def paragraphs(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.table is None]


def cells(document: Document, table: int = 0) -> list[list[str]]:
    rows = document.tables[table].rows
    return [[document.text[cell.start : cell.end] for cell in row.cells] for row in rows]


def gazette(number: int) -> PageMaker:
    return PageMaker().text(150, 42, "CÔNG BÁO/Số 259/Ngày 30-04-2026").text(520, 42, str(number))


def test_sentence_runs_over_the_page_without_the_running_head() -> None:
    first, second = gazette(24), gazette(25)
    for index, line in enumerate(BODY):
        first.text(100 if index else 127, 700 + 18 * index, line)
    second.lines(100, 90, ["CP của Chính phủ, báo cáo trong tháng 6 năm 2026."], size=14)
    document = read(first, second)
    assert len(paragraphs(document)) == 1
    assert "Nghị định số 151/2017/NĐ-CP của Chính phủ" in document.text
    assert document.page_at(document.text.index("CP của")) == 2
    assert {piece.text for piece in document.furniture if piece.page == 1} == {"CÔNG BÁO/Số 259/Ngày 30-04-2026 24"}


def test_repeated_foot_and_page_numbers_are_furniture() -> None:
    pages = [
        PageMaker().text(290, 40, str(n)).text(100, 400, f"Nội dung trang {n}.").text(80, 815, "Văn thư UBND tỉnh")
        for n in (1, 2, 3)
    ]
    document = read(*pages)
    assert paragraphs(document) == ["Nội dung trang 1.", "Nội dung trang 2.", "Nội dung trang 3."]
    assert sum(piece.kind == "page_number" for piece in document.furniture) == 3


def test_head_of_a_state_document_is_read_by_columns() -> None:
    page = PageMaker()
    page.text(90, 80, "UBND TỈNH KIÊN GIANG", size=12).text(300, 80, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12)
    page.text(120, 96, "SỞ NỘI VỤ", size=12, bold=True).text(340, 96, "Độc lập - Tự do - Hạnh phúc", size=12)
    page.text(110, 120, "Số: 12/BC-SNV", size=12).text(330, 120, "Kiên Giang, ngày 05 tháng 01 năm 2022", size=12)
    page.text(270, 160, "BÁO CÁO", bold=True)
    assert paragraphs(read(page)) == [
        "UBND TỈNH KIÊN GIANG",
        "SỞ NỘI VỤ",
        "Số: 12/BC-SNV",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Kiên Giang, ngày 05 tháng 01 năm 2022",
        "BÁO CÁO",
    ]


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        (["ỦY BAN NHÂN DÂN", "TỈNH HÀ TĨNH"], ["ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH"]),
        (
            ["UBND TỈNH HÀ TĨNH", "SỞ VĂN HÓA,", "THỂ THAO VÀ DU LỊCH"],
            ["UBND TỈNH HÀ TĨNH", "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH"],
        ),
        (
            ["UBND TỈNH HÀ TĨNH", "BAN QUẢN LÝ CÁC", "KHU CÔNG NGHIỆP"],
            ["UBND TỈNH HÀ TĨNH", "BAN QUẢN LÝ CÁC KHU CÔNG NGHIỆP"],
        ),
        (["UBND TỈNH HÀ TĨNH", "SỞ NỘI VỤ"], ["UBND TỈNH HÀ TĨNH", "SỞ NỘI VỤ"]),
        (["ỦY BAN NHÂN DÂN", "SỞ NỘI VỤ"], ["ỦY BAN NHÂN DÂN", "SỞ NỘI VỤ"]),
        (["TỈNH ỦY HÀ TĨNH", "HUYỆN ỦY CAN LỘC"], ["TỈNH ỦY HÀ TĨNH", "HUYỆN ỦY CAN LỘC"]),
        (["ĐOÀN TNCS HỒ CHÍ MINH", "TỈNH ĐOÀN HÀ TĨNH"], ["ĐOÀN TNCS HỒ CHÍ MINH", "TỈNH ĐOÀN HÀ TĨNH"]),
    ],
)
def test_broken_name_of_the_issuer_is_whole_and_its_superior_apart(printed: list[str], names: list[str]) -> None:
    page = PageMaker()
    page.text(330, 80, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=11)
    page.text(370, 96, "Độc lập - Tự do - Hạnh phúc", size=11)
    for index, line in enumerate(printed):
        page.text(60, 80 + 16 * index, line, size=11)
    page.text(60, 80 + 16 * len(printed), "Số: 12/BC-SNV", size=11)
    assert paragraphs(read(page))[: len(names) + 1] == [*names, "Số: 12/BC-SNV"]


def test_table_stands_between_its_paragraphs_cell_by_cell() -> None:
    page = PageMaker().text(80, 100, "Danh mục nhiệm vụ:").grid([60, 100, 320, 500], [150, 180, 240, 270])
    page.text(70, 170, "TT").text(110, 170, "Nhiệm vụ").text(330, 170, "Chủ trì")
    page.text(70, 210, "1").lines(110, 200, ["Xây dựng Đề án phát triển", "công nghiệp văn hóa"]).text(
        330, 210, "Bộ VHTTDL"
    )
    page.text(70, 260, "2").text(110, 260, "Trình Quốc hội").text(330, 260, "Bộ Tư pháp")
    page.text(80, 320, "Các bộ báo cáo định kỳ.")
    document = read(page)
    assert [block.kind == "table" for block in document.blocks] == [False, True, False]
    assert cells(document) == [
        ["TT", "Nhiệm vụ", "Chủ trì"],
        ["1", "Xây dựng Đề án phát triển công nghiệp văn hóa", "Bộ VHTTDL"],
        ["2", "Trình Quốc hội", "Bộ Tư pháp"],
    ]


def test_cells_without_a_wall_are_one() -> None:
    page = PageMaker().grid([60, 100, 320], [150, 180, 240]).rule(320, 150, 500, 150).rule(500, 150, 500, 240)
    page.rule(320, 240, 500, 240)
    page.text(70, 170, "I").text(110, 170, "Thể chế").text(330, 200, "Bộ Tư pháp").text(70, 210, "1").text(
        110, 210, "Luật"
    )
    rows = read(page).tables[0].rows
    assert rows[0].cells[2].start == rows[1].cells[2].start
    assert (rows[0].cells[2].merged, rows[1].cells[2].merged) == (False, True)


def test_page_drawn_sideways_reads_like_any_other() -> None:
    page = PageMaker(sideways=True).grid([60, 100, 420, 700], [100, 130, 170])
    page.text(70, 120, "TT").text(110, 120, "Tên văn bản").text(430, 120, "Ghi chú")
    page.text(70, 155, "1").text(110, 155, "Nghị định số 40/2020/NĐ-CP").text(430, 155, "Hết hiệu lực một phần")
    assert cells(read(page))[1] == ["1", "Nghị định số 40/2020/NĐ-CP", "Hết hiệu lực một phần"]


def test_mark_of_a_footnote_does_not_stick_to_the_symbol() -> None:
    page = PageMaker().text(100, 300, "theo Thông tư số 12/2024/TT-BTC").text(303, 295, "3", size=8)
    assert "TT-BTC3" not in read(page).text


def test_rule_under_a_heading_is_not_text() -> None:
    page = PageMaker().text(250, 100, "QUYẾT ĐỊNH", bold=True).text(265, 110, "__________", size=9)
    assert read(page).text == "QUYẾT ĐỊNH"


def test_scanned_page_is_said() -> None:
    document = read(
        PageMaker().text(100, 100, "Trang có chữ, đọc được, và đủ dài để là một trang văn bản."), PageMaker(image=True)
    )
    assert document.status == "partial"
    assert [(problem.code, problem.page) for problem in document.problems] == [("no_text_layer", 2)]


def test_only_scans_is_a_failure_with_advice() -> None:
    document = read(PageMaker(image=True))
    assert document.status == "failed"
    assert "OCR" in document.problems[0].message


@pytest.mark.parametrize("size", [8, 60, 400])
def test_cut_off_file_is_damaged(size: int) -> None:
    document = read_bytes(make_pdf([PageMaker().text(90, 90, "Điều 1")])[:size], "a.pdf")
    assert (document.status, document.problems[0].code) == ("failed", "damaged")


def test_file_with_a_password_says_so() -> None:
    lock = (
        "/Encrypt << /Filter /Standard /V 1 /R 2 /O <" + "41" * 32 + "> /U <" + "42" * 32 + "> /P -4 >> /ID [<01><02>]"
    )
    document = read_bytes(make_pdf([PageMaker().text(90, 90, "x")], lock), "a.pdf")
    assert (document.status, document.problems[0].code) == ("failed", "encrypted")


def test_limits_keep_what_was_read() -> None:
    pages = [PageMaker().text(90, 300, f"Nội dung của trang thứ {n}.") for n in range(5)]
    document = read(*pages, limits=Limits(max_pages=2))
    assert (document.status, document.pages, len(paragraphs(document))) == ("partial", 5, 2)
    assert read(*pages, limits=Limits(max_seconds=-1)).problems[0].code == "timeout"


def test_boxes_are_where_the_words_are_shown() -> None:
    data = make_pdf(
        [PageMaker().text(100, 300, "Bộ trưởng"), PageMaker(sideways=True, rotate=90).text(100, 300, "Bộ trưởng")]
    )
    for page in (1, 2):
        first = boxes(data, page)[0]
        assert (first.text, round(first.x0)) == ("Bộ", pytest.approx(101, abs=2))
        assert first.y0 < 300 < first.y1
    assert boxes(data, 3) == []


def test_page_as_picture() -> None:
    data = make_pdf([PageMaker().text(100, 300, "Bộ trưởng")])
    assert render(data, 1).startswith(b"\x89PNG")
    assert render(b"%PDF-1.7 broken", 1) == b""


def test_text_in_an_old_eight_bit_font_becomes_unicode() -> None:
    page = PageMaker().lines(
        90,
        300,
        ["Uû ban nh©n d©n tØnh Kiªn Giang ®Ò nghÞ c¸c së, ban, ngµnh vµ c¸c", "huyÖn thùc hiÖn chØ ®¹o cña ChÝnh phñ."],
    )
    assert "đề nghị các sở, ban, ngành và các huyện thực hiện chỉ đạo của Chính phủ." in read(page).text
