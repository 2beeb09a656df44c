"""From a cell of the board to the clause and the statement that answers it, side by side, each marked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.doing import press
from tests.browser.shots import shot

pytestmark = pytest.mark.browser
BOARD = "/theo-doi?directive=88/KH-UBND&as_of=2022-12-31"


def test_a_cell_leads_to_both_originals_side_by_side(office: Page) -> None:
    office.goto(BOARD)
    cell = office.locator(".matrix td", has_text="Đơn vị báo cáo: đã hoàn thành").first
    press(office, cell.get_by_role("link", name="Hai bản gốc"))
    expect(office.locator(".kicker")).to_contain_text("Hai bản gốc")
    clause, statement = office.locator(".pane").nth(0), office.locator(".pane").nth(1)
    expect(clause.locator(".sheet g.task rect").first).to_be_in_viewport()
    expect(statement.locator(".item.here").first).to_be_in_viewport()
    left, right = clause.bounding_box(), statement.bounding_box()
    assert left is not None
    assert right is not None
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"]
    shot(office, "hai-ban-goc")
    # a decision by its key comes back to the same two pages
    office.keyboard.press("x")
    expect(office.locator(".state")).to_contain_text("Không phải nhiệm vụ này")
    office.keyboard.press("u")
    expect(office.locator(".state")).to_contain_text("chờ rà soát")
    office.keyboard.press("c")
    expect(office.locator(".state")).to_contain_text("Đúng nhiệm vụ này – Nguyễn Văn Thử")


def test_on_a_phone_they_stand_below_each_other_with_their_words_in_sight(reader: Page) -> None:
    reader.set_viewport_size(PHONE)
    reader.goto(BOARD)
    reader.locator(".matrix td a.two-sides").first.click()
    for pane in reader.locator(".pane").all():
        pane.evaluate("pane => pane.scrollIntoView()")
        expect(pane.locator(".here rect, mark.here").first).to_be_in_viewport()
    boxes = [pane.bounding_box() for pane in reader.locator(".pane").all()]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0]["y"] + boxes[0]["height"] <= boxes[1]["y"]
    assert reader.evaluate("document.documentElement.scrollWidth") <= 390
    shot(reader, "hai-ban-goc-dien-thoai")


def test_the_story_of_a_task_leads_there_too(reader: Page) -> None:
    reader.goto(BOARD)
    reader.locator("table[data-export] tr", has_text="Đã hoàn thành").locator("a").first.click()
    reader.get_by_role("link", name="Xem hai bản gốc cạnh nhau").first.click()
    expect(reader.locator(".pane")).to_have_count(2)


def test_an_unknown_link_is_told(reader: Page) -> None:
    answer = reader.goto("/hai-ben/999999")
    assert answer is not None
    assert answer.status == 404
    expect(reader.locator(".notice")).to_contain_text("Không có đề xuất số 999999")
