"""Task tables without borders, as annexes print them: every row whole, in its columns, over the turn of a page."""

from __future__ import annotations

import pytest

from corpus.model import Document
from corpus.pdf_plumber import aligned_edges
from corpus.reader import read_bytes
from nlp.pipeline import extract
from tests.pdf_maker import PageMaker, make_pdf

LEFT = (60, 90, 270, 370, 480)
HEADS = (["TT"], ["Nội dung nhiệm vụ"], ["Cơ quan", "chủ trì"], ["Cơ quan", "phối hợp"], ["Thời hạn"])
TASKS: list[tuple[list[str], list[str], list[str], list[str]]] = [
    (
        ["Xây dựng Đề án phát triển công", "nghiệp văn hóa giai đoạn 2026 -", "2030, trình UBND tỉnh phê duyệt"],
        ["Sở Văn hóa", "và Thể thao"],
        ["Sở Tài chính;", "Sở Nội vụ"],
        ["Quý II/2026"],
    ),
    (["Rà soát quy định về tài sản công"], ["Sở Tài chính"], ["Sở Tư pháp"], ["30/6/2026"]),
    (
        ["Kiểm tra việc chấp hành kỷ luật,", "kỷ cương hành chính tại cơ quan"],
        ["Thanh tra tỉnh"],
        ["Sở Nội vụ"],
        ["Tháng 12/2026"],
    ),
    (["Cập nhật cơ sở dữ liệu dùng chung"], ["Sở Khoa học", "và Công nghệ"], ["Công an tỉnh"], ["Năm 2026"]),
]
EXPECTED = [[" ".join(cell) for cell in task] for task in TASKS]
LEADING = 14


def heading(page: PageMaker, y: float) -> float:
    for x, lines in zip(LEFT, HEADS, strict=True):
        for index, line in enumerate(lines):
            page.text(x, y + index * LEADING, line, size=11, bold=True)
    return y + 2 * LEADING


def row(page: PageMaker, y: float, number: str, cells: tuple[list[str], ...], *, middle: bool = False) -> float:
    height = max(map(len, cells))
    for x, lines in zip(LEFT, ([number], *cells), strict=True):
        down = (height - len(lines)) / 2 if middle else 0
        page.lines(x, y + down * LEADING, lines, size=11, leading=LEADING)
    return y + height * LEADING


def read(*pages: PageMaker) -> Document:
    return read_bytes(make_pdf(pages), "a.pdf")


def cells(document: Document) -> list[list[str]]:
    rows = document.tables[0].rows
    return [[document.text[cell.start : cell.end] for cell in row.cells] for row in rows]


def intro() -> PageMaker:
    return PageMaker().text(
        60, 100, "Các sở, ngành chủ trì, phối hợp thực hiện nhiệm vụ đúng thời hạn dưới đây:", size=12
    )


@pytest.mark.parametrize(("white", "middle"), [(0, False), (6, False), (6, True)])
def test_rows_of_a_table_without_borders(white: float, *, middle: bool) -> None:
    page = intro()
    y = heading(page, 130) + white
    for number, task in enumerate(TASKS, 1):
        y = row(page, y, str(number), task, middle=middle) + white
    page.text(60, y + 30, "Trên đây là danh mục nhiệm vụ, các cơ quan báo cáo kết quả trước ngày 15/12/2026.", size=12)
    document = read(page)
    assert [block.kind == "table" for block in document.blocks] == [False, True, False]
    assert cells(document)[0] == ["TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn"]
    assert cells(document)[1:] == [[str(n), *texts] for n, texts in enumerate(EXPECTED, 1)]


def test_table_runs_over_the_page_with_its_heading_repeated_and_a_row_cut() -> None:
    first, second = intro(), PageMaker()
    y = row(first, heading(first, 130), "1", TASKS[1])
    task, *others = TASKS[0]
    row(first, y, "2", (task[:2], *others))
    second.text(LEFT[1], heading(second, 80), task[2], size=11)
    row(second, 80 + 3 * LEADING, "3", TASKS[2])
    document = read(first, second)
    assert len(document.tables) == 1
    assert [texts[:2] for texts in cells(document)[1:]] == [
        ["1", EXPECTED[1][0]],
        ["2", EXPECTED[0][0]],
        ["3", EXPECTED[2][0]],
    ]
    assert [row.page for row in document.tables[0].rows] == [1, 1, 1, 2]


def plain_heading(page: PageMaker, y: float) -> float:
    for x, text in zip(LEFT, ("TT", "Nội dung nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn"), strict=True):
        page.text(x, y, text, size=11)
    return y + LEADING


def test_a_heading_that_is_not_bold_does_not_swallow_the_rest_of_a_cut_row() -> None:
    first, second = intro(), PageMaker()
    task, *others = TASKS[0]
    row(first, row(first, plain_heading(first, 130), "1", TASKS[1]), "2", (task[:1], *others))
    second.lines(LEFT[1], plain_heading(second, 80), task[1:], size=11, leading=LEADING)
    row(second, 80 + 3 * LEADING, "3", TASKS[2])
    assert [texts[:2] for texts in cells(read(first, second))[1:]] == [
        ["1", EXPECTED[1][0]],
        ["2", EXPECTED[0][0]],
        ["3", EXPECTED[2][0]],
    ]


def test_words_of_group_rows_do_not_move_the_borders() -> None:
    page = intro()
    y = heading(page, 130)
    for number, task in enumerate(TASKS, 1):
        for group in (
            "I. Nhóm nhiệm vụ về hoàn thiện thể chế và tổ chức bộ máy",
            "II. Nhóm việc về cải cách tài chính công",
        ):
            page.text(60, y, group, size=11)
            y += LEADING
        y = row(page, y, str(number), task)
    assert [texts for texts in cells(read(page)) if texts[0].isdigit()] == [
        [str(number), *texts] for number, texts in enumerate(EXPECTED, 1)
    ]


def test_horizontal_rules_part_rows_without_numbers() -> None:
    page = intro()
    y = 130.0
    for x, lines in zip(LEFT[1:], HEADS[1:], strict=True):
        page.lines(x, y, lines, size=11, leading=LEADING)
    y += 2 * LEADING
    for task in TASKS:
        page.rule(60, y - 10, 560, y - 10)
        for x, lines in zip(LEFT[1:], task, strict=True):
            page.lines(x, y, lines, size=11, leading=LEADING)
        y += max(map(len, task)) * LEADING
    assert cells(read(page))[1:] == EXPECTED


def test_group_row_over_the_columns_is_one_cell() -> None:
    page = intro()
    y = heading(page, 130)
    page.text(60, y, "I. NHIỆM VỤ VỀ HOÀN THIỆN THỂ CHẾ VÀ TỔ CHỨC BỘ MÁY", size=11, bold=True)
    row(page, row(page, y + LEADING, "1", TASKS[0]), "2", TASKS[1])
    document = read(page)
    group = document.tables[0].rows[1].cells
    assert len({cell.start for cell in group}) == 1
    assert document.text[group[0].start : group[0].end].startswith("I. NHIỆM VỤ")
    assert [texts[0] for texts in cells(document)[2:]] == ["1", "2"]


def test_tasks_are_found_in_it() -> None:
    page = intro()
    y = heading(page, 130)
    for number, task in enumerate(TASKS, 1):
        y = row(page, y, str(number), task) + 4
    tasks = extract(read(page)).tasks
    assert [task.text for task in tasks] == [texts[0] for texts in EXPECTED]
    assert [task.lead for task in tasks] == [(texts[1],) for texts in EXPECTED]


def test_place_of_signature_after_the_table_is_no_row() -> None:
    page = intro()
    y = row(page, row(page, heading(page, 130), "1", TASKS[0]), "2", TASKS[1])
    page.text(60, y + 12, "Nơi nhận:", size=11, bold=True).text(370, y + 12, "KT. CHỦ TỊCH", size=11, bold=True)
    assert [texts[0] for texts in cells(read(page))] == ["TT", "1", "2"]


def test_running_text_with_the_same_words_is_no_table() -> None:
    page = PageMaker().lines(
        60,
        100,
        [
            "TT nhiệm vụ được giao cho cơ quan chủ trì, phối hợp trong thời gian quy định; sản phẩm",
            "nội dung nhiệm vụ, cơ quan chủ trì, cơ quan phối hợp, thời hạn hoàn thành, sản phẩm",
            "thực hiện theo kế hoạch của Ủy ban nhân dân tỉnh trong năm 2026 và các năm tiếp theo.",
        ],
    )
    assert not read(page).tables


def test_a_page_that_the_finder_cannot_read_gives_no_edges() -> None:
    assert aligned_edges(b"%PDF-1.7 broken", 1, 0, 800) == []
    assert aligned_edges(make_pdf([PageMaker(rotate=90).text(90, 90, "x")]), 1, 0, 800) == []
