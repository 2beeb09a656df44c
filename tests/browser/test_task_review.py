"""The review of extracted tasks from start to end, by keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.doing import take_in
from tests.browser.shots import shot

pytestmark = pytest.mark.browser


def open_review(page: Page, symbol: str = "88/KH-UBND") -> None:
    page.goto("/ra-soat")
    link = page.locator("table a", has_text=symbol)
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".task-card.current")).to_have_count(1)


def current(page: Page) -> str:
    return page.locator(".task-card.current").get_attribute("data-task") or ""


def test_a_directive_is_reviewed_by_keyboard_alone(page: Page) -> None:  # noqa: PLR0915 - one sitting of an officer
    open_review(page)
    cards = page.locator(".task-card")
    total = cards.count()
    assert total > 3
    expect(page.locator(".source mark.here").first).to_be_in_viewport()
    expect(page.locator(".task-card.current .trust").first).to_be_visible()
    expect(page.locator(".task-card.current .six li")).to_have_count(6)
    shot(page, "ra-soat-nhiem-vu")

    # confirm: the page goes on to the next one that waits
    first = current(page)
    page.keyboard.press("c")
    expect(page.locator(f"#the-{first}")).to_contain_text("Đang theo dõi")
    expect(page.locator(".task-card.current")).not_to_have_attribute("data-task", first)

    # correct the unit and the deadline; the machine's word stays in sight
    second = current(page)
    page.keyboard.press("2")
    expect(page.locator("input[name=lead]")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("Sở Tư pháp; Sở Tài chính")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("lúc nào rảnh")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("chưa hiểu “lúc nào rảnh”")
    expect(page.locator("input[name=lead]")).to_have_value("Sở Tư pháp; Sở Tài chính")
    page.locator("input[name=deadline]").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("quý II/2023")
    shot(page, "sua-nhiem-vu")
    page.keyboard.press("Control+Enter")
    card = page.locator(f"#the-{second}")
    expect(card).to_contain_text("Sở Tư pháp; Sở Tài chính")
    expect(card).to_contain_text("30/06/2023")
    expect(card.locator(".tag.edited").first).to_be_visible()
    expect(card).to_contain_text("máy đọc:")

    # split, then undo
    page.keyboard.press("s")
    expect(page.locator("textarea[name=parts]")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("Lập danh mục hồ sơ\nSố hóa hồ sơ")
    page.keyboard.press("Control+Enter")
    expect(cards).to_have_count(total + 1)
    page.keyboard.press("u")
    expect(cards).to_have_count(total)

    # mark two and change their class in bulk, then merge them
    page.keyboard.press("j")
    page.keyboard.press("Space")
    page.keyboard.press("j")
    page.keyboard.press("Space")
    expect(page.locator("[data-count]")).to_have_text("2")
    page.keyboard.press("g")
    expect(page.locator(".operations summary")).to_contain_text("Đổi cách theo dõi")

    # take one off the list with a reason, look at it, bring it back
    gone = current(page)
    page.keyboard.press("x")
    expect(page.locator("input[name=reason]")).to_be_focused()
    page.keyboard.type("Trùng với nhiệm vụ khác")
    page.keyboard.press("Enter")
    expect(cards).to_have_count(total - 1)
    page.keyboard.press("u")
    expect(page.locator(f"#the-{gone}")).to_have_count(1)

    # enter one by hand
    page.keyboard.press("a")
    expect(page.locator("#them-text")).to_be_focused()
    page.keyboard.type("Tổ chức hội nghị sơ kết")
    page.keyboard.press("Tab")
    page.keyboard.type("Sở Nội vụ")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".task-card.current")).to_contain_text("Nhập tay")
    expect(cards).to_have_count(total + 1)

    # its history
    page.keyboard.press("i")
    expect(page.locator(".history")).to_contain_text("Nguyễn Văn Thử")


def test_the_history_tells_before_and_after(page: Page) -> None:
    open_review(page)
    page.keyboard.press("2")
    expect(page.locator("input[name=lead]")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("Sở Y tế")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".task-card.current")).to_contain_text("Sở Y tế")
    page.keyboard.press("i")
    expect(page.locator(".history tbody")).to_contain_text("Sở Y tế")
    expect(page.locator(".history tbody")).to_contain_text("Máy bóc tách")
    shot(page, "lich-su-nhiem-vu")


def test_a_spoken_order_becomes_a_task(page: Page) -> None:
    page.goto("/ra-soat/nhap-tay")
    page.get_by_label("Loại ý kiến chỉ đạo").fill("Kết luận giao ban")
    page.get_by_label("Người hoặc cơ quan giao việc").fill("Chủ tịch UBND tỉnh")
    page.get_by_label("Ngày giao").fill("2026-11-02")
    page.get_by_label("Nội dung nhiệm vụ").fill("Kiểm tra việc tiếp công dân")
    page.get_by_label("Đơn vị chủ trì").fill("Thanh tra tỉnh")
    page.get_by_label("Thời hạn hoàn thành").fill("20/11")
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator("h1")).to_contain_text("Kết luận giao ban")
    expect(page.locator(".task-card")).to_contain_text("20/11/2026")
    expect(page.locator(".source mark.here")).to_have_text("Kiểm tra việc tiếp công dân")


def test_the_review_fits_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_review(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    shot(page, "ra-soat-dien-thoai")
    page.goto("/ra-soat")
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


LONG_PLAN = (
    "ỦY BAN NHÂN DÂN TỈNH KIÊN GIANG\nSố: 99/KH-UBND\nKiên Giang, ngày 05 tháng 01 năm 2026\n\nKẾ HOẠCH\n"
    "Rà soát quy trình nội bộ năm 2026\n\nI. NHIỆM VỤ\n\n"
) + "".join(
    f"{number}. Sở Nội vụ chủ trì, phối hợp với Sở Tư pháp rà soát quy trình số {number}, hoàn thành trước ngày 30/6/2026.\n\n"
    + f"Tình hình mục {number} của địa phương thời gian qua có nhiều chuyển biến và đạt được những kết quả nhất định. "
    * 8
    + "\n\n"
    for number in range(1, 121)
)


def test_a_long_text_comes_in_parts_and_stays_quick_to_review_by_keys(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "ke-hoach-dai.txt"
    file.write_text(LONG_PLAN, encoding="utf-8")
    take_in(page, file)
    page.goto("/ra-soat")
    page.locator("table a", has_text="99/KH-UBND").click()
    expect(page.locator(".task-card")).to_have_count(50)
    waiting = page.locator("[data-part]").count()
    assert waiting > 5, "most of the text waits until it is looked at"
    expect(page.locator(".source mark.here").first).to_be_in_viewport()
    # the arrow turns the page of the list; the text follows to where its first task stands
    page.keyboard.press("ArrowRight")
    expect(page.locator(".pager")).to_contain_text("Trang 2/")
    expect(page.locator(".source mark.here").first).to_contain_text("rà soát quy trình số 51")
    expect(page.locator(".source mark.here").first).to_be_in_viewport()
    # a decision comes back to the same page of the list, at the task after it
    page.keyboard.press("j")
    second = current(page)
    page.keyboard.press("c")
    expect(page.locator(f"#the-{second}")).to_contain_text("Đang theo dõi")
    expect(page.locator(".pager")).to_contain_text("Trang 2/")
    expect(page.locator(".task-card.current")).not_to_have_attribute("data-task", second)
    # past the last task of a page stands the first of the next
    for _ in range(60):
        page.keyboard.press("j")
    expect(page.locator(".pager")).to_contain_text("Trang 3/")
