"""Facts on the picture of a page: at their own words, on each line of them, and nowhere where they are not."""

from __future__ import annotations

from corpus.model import Document
from corpus.pdf_boxes import boxes
from corpus.reader import read_bytes
from service.web.highlight import Mark
from service.web.overlay import Shape, shapes
from tests.pdf_maker import PageMaker, make_pdf


def shown(fact: str, *pages: PageMaker, page: int = 1, nth: int = 0) -> tuple[list[Shape], Document]:
    data = make_pdf(pages)
    document = read_bytes(data, "a.pdf")
    start = -1
    for _ in range(nth + 1):
        start = document.text.index(fact, start + 1)
    mark = Mark(start, start + len(fact), "task", "nv-1")
    return shapes(document, page, boxes(data, page), [mark]), document


def test_fact_over_two_lines_has_two_boxes() -> None:
    page = PageMaker().lines(
        90, 300, ["Giao Bộ Tài chính rà soát các quy định về tài sản", "công theo quy định."], size=12
    )
    found, _ = shown("rà soát các quy định về tài sản công", page)
    first, second = found[0].rects
    assert first.y < 300 < first.y + first.height
    assert second.y < 315 < second.y + second.height
    assert first.x > 90 + 20
    assert second.x < 91


def test_second_of_equal_facts_is_the_second_on_the_page() -> None:
    page = (
        PageMaker()
        .text(90, 300, "Nghị định số 45/2020/NĐ-CP là căn cứ.")
        .text(90, 400, "Theo Nghị định số 45/2020/NĐ-CP.")
    )
    found, _ = shown("45/2020/NĐ-CP", page, nth=1)
    assert 380 < found[0].rects[0].y < 400


def test_fact_over_the_turn_of_a_page_has_its_part_on_each() -> None:
    first = PageMaker().text(90, 780, "Giao Bộ Tài chính chủ trì, phối hợp với các bộ, ngành rà soát")
    second = PageMaker().text(90, 90, "các quy định về quản lý tài sản công.")
    fact = "phối hợp với các bộ, ngành rà soát các quy định về quản lý tài sản công"
    for number, text in ((1, "phối hợp với các bộ, ngành rà soát"), (2, "các quy định về quản lý tài sản công")):
        found, _ = shown(fact, first, second, page=number)
        assert found[0].text == text


def test_cell_over_the_turn_of_a_page_is_marked_on_both() -> None:
    first = PageMaker().grid([60, 100, 500], [700, 730, 800]).text(70, 720, "TT").text(110, 720, "Nhiệm vụ")
    first.text(70, 750, "1").lines(
        110, 750, ["Rà soát các quy định về quản lý,", "sử dụng tài sản công tại các cơ quan,"]
    )
    second = PageMaker().grid([60, 100, 500], [60, 100, 140]).text(110, 80, "đơn vị sự nghiệp và doanh nghiệp nhà nước")
    second.text(70, 120, "2").text(110, 120, "Trình Quốc hội")
    fact = (
        "Rà soát các quy định về quản lý, sử dụng tài sản công tại các cơ quan, "
        "đơn vị sự nghiệp và doanh nghiệp nhà nước"
    )
    found, _ = shown(fact, first, second, page=1)
    assert len(found[0].rects) == 2
    found, _ = shown(fact, first, second, page=2)
    assert [60 < rect.y < 80 for rect in found[0].rects] == [True]


def test_fact_of_another_text_is_left_out() -> None:
    data = make_pdf([PageMaker().text(90, 300, "Giao Bộ Tài chính rà soát.")])
    document = read_bytes(make_pdf([PageMaker().text(90, 300, "Một văn bản khác hẳn, không có gì chung.")]), "a.pdf")
    assert shapes(document, 1, boxes(data, 1), [Mark(0, 20, "task")]) == []
