"""The five jobs of a day by keyboard alone, on a desk and on a phone: take in, review tasks and links, ask and export, remind."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from service.settings import Settings
from tests import demo_home
from tests.browser.conftest import DESK, PHONE, opened, serving
from tests.browser.doing import enter, press, tab_to, type_in
from tests.browser.shots import shot

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=[DESK, PHONE], ids=["desk", "phone"])
def day(
    request: pytest.FixtureRequest, browser: Browser, demo_store: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Page]:
    """A working day over one copy of the demo; every job has documents of its own."""
    settings = demo_home.copy(demo_store, tmp_path_factory.mktemp("day") / "home")
    with serving(settings) as site, opened(browser, site, request.param) as page:
        yield page
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]  # it is set


def on_phone(page: Page) -> bool:
    return bool(page.viewport_size and page.viewport_size["width"] < 500)


def open_by_menu(page: Page, label: str) -> None:
    """From the first page by the menu: Tab and Enter."""
    page.goto("/")
    if on_phone(page):
        enter(page, page.locator(".menu.all summary"))
    place = page.locator(".menu.all nav" if on_phone(page) else "nav.daily").get_by_role("link", name=label, exact=True)
    if not place.is_visible():
        enter(page, page.locator("nav.daily .menu summary"))
    enter(page, place)
    expect(page.locator("main h1")).to_be_visible()


def test_take_in(day: Page, tmp_path: Path) -> None:
    good, bad = tmp_path / "chi-thi.txt", tmp_path / "giay-moi.pdf"
    good.write_text("Giao Sở Tư pháp rà soát văn bản, hoàn thành trước ngày 30/6/2026.", encoding="utf-8")
    bad.write_bytes(b"%PDF-1.7\ntruncated")
    open_by_menu(day, "Nhập văn bản")
    tab_to(day, day.locator("#files"))
    day.set_input_files("#files", [good, bad])  # what Enter opens here is the system's own window
    expect(day.locator("[data-chosen]")).to_have_text("chi-thi.txt, giay-moi.pdf")
    newest = day.locator("[data-job]").first.get_attribute("data-job") or ""
    enter(day, day.get_by_role("button", name="Tải tệp lên"))
    expect(day.locator("[data-job]").first).not_to_have_attribute("data-job", newest)
    expect(day.locator("[data-job-state]").first).to_have_text("đã xong", timeout=30_000)
    expect(day.locator("[data-job-count]").first).to_contain_text("1 chưa đọc được")
    expect(day.locator(".tag.failed").first).to_have_text("Chưa đọc được")
    shot(day, "viec-nhap-dien-thoai" if on_phone(day) else "viec-nhap")


def test_review_tasks(day: Page) -> None:
    open_by_menu(day, "Rà soát nhiệm vụ")
    enter(day, day.locator("td.lead a", has_text="52-KH/TU"))
    expect(day.locator(".task-card.current")).to_have_count(1)
    total = day.locator(".task-card").count()
    first = day.locator(".task-card.current").get_attribute("data-task")
    day.keyboard.press("c")
    expect(day.locator(f"#the-{first}")).to_contain_text("Đang theo dõi")
    second = day.locator(".task-card.current").get_attribute("data-task")
    day.keyboard.press("4")
    expect(day.locator("input[name=deadline]")).to_be_focused()
    day.keyboard.press("Control+A")
    day.keyboard.type("30/9/2022")
    day.keyboard.press("Control+Enter")
    expect(day.locator(f"#the-{second}")).to_contain_text("30/9/2022")
    day.keyboard.press("*")
    expect(day.locator("[data-count]")).to_have_text(str(total))
    day.keyboard.press("c")
    expect(day.locator(".loc a", has_text="Chờ duyệt")).to_contain_text("0")
    expect(day.locator(".source mark.here").first).to_be_in_viewport()


def test_review_links(day: Page) -> None:
    open_by_menu(day, "Đối chiếu")
    enter(day, day.locator("td.lead a", has_text="903/BC-SNV"))
    expect(day.locator(".pair.current")).to_have_count(1)
    day.keyboard.press("c")
    expect(day.locator(".pair.current .proposal.confirmed")).to_have_count(1)
    expect(day.locator(".pair.current .confirmed .state")).to_contain_text("Nguyễn Văn Thử")
    day.keyboard.press("j")
    here = day.locator(".pair.current").get_attribute("id")
    day.keyboard.press("x")
    expect(day.locator(f"#{here} .proposal.rejected").first).to_be_visible()
    day.keyboard.press("u")
    expect(day.locator(f"#{here} .proposal.rejected")).to_have_count(0)
    day.keyboard.press("n")
    expect(day.locator(f"#{here}")).to_contain_text("Không trả lời nhiệm vụ nào")
    shot(day, "viec-doi-chieu-dien-thoai" if on_phone(day) else "viec-doi-chieu")


def test_ask_and_export(day: Page, tmp_path: Path) -> None:
    open_by_menu(day, "Hỏi bằng lời")
    tab_to(day, day.get_by_label("Câu hỏi"))
    day.keyboard.type("viec qua han cua so noi vu")
    day.keyboard.press("Enter")
    expect(day.locator("main")).to_contain_text("đơn vị: Sở Nội vụ")
    rows = day.locator("main table tbody tr").count()
    assert rows
    with day.expect_download() as got:
        enter(day, day.locator(".exports a", has_text="XLSX"))
    got.value.save_as(tmp_path / "bang.xlsx")
    sheet = load_workbook(tmp_path / "bang.xlsx").active
    assert sheet is not None
    assert sum(isinstance(row[0], int) for row in sheet.iter_rows(values_only=True)) == rows
    shot(day, "hoi-bang-loi-dien-thoai" if on_phone(day) else "hoi-bang-loi")
    # the same filter on the board, where it is edited, and its export again
    enter(day, day.get_by_role("link", name="Mở trên bảng theo dõi"))
    expect(day.get_by_label("Đơn vị", exact=True)).to_have_value("Sở Nội vụ")
    expect(day.locator("[name=task_status]")).to_have_value("open_overdue")
    expect(day.locator("table[data-export] tbody tr")).to_have_count(rows)
    href = day.locator(".exports a", has_text="CSV").first.get_attribute("href") or ""
    lines = list(csv.reader(io.StringIO(day.request.get(href).body().decode("utf-8-sig"))))
    assert len(lines) == rows + 1


def test_remind(day: Page) -> None:
    # what is reminded of is under tracking: the other plan's tasks, by two keys
    open_by_menu(day, "Rà soát nhiệm vụ")
    enter(day, day.locator("td.lead a", has_text="88/KH-UBND"))
    expect(day.locator(".task-card.current")).to_have_count(1)
    day.keyboard.press("*")
    day.keyboard.press("c")
    expect(day.locator(".loc a", has_text="Chờ duyệt")).to_contain_text("0")
    enter(day, day.locator(".bell"))
    expect(day.locator("h1")).to_have_text("Nhắc việc")
    enter(day, day.get_by_role("button", name="Chạy quy tắc nhắc ngay"))
    expect(day.get_by_role("status")).to_contain_text("lời nhắc mới")
    type_in(day, day.get_by_label("Đơn vị", exact=True).last, "Sở Nội vụ")
    tab_to(day, day.get_by_label("Thư điện tử"))
    day.keyboard.type("snv@vi-du.vn")
    day.keyboard.press("Enter")
    expect(day.locator("#dia-chi ~ ul")).to_contain_text("snv@vi-du.vn")
    if day.locator(".bell b").count():
        press(day, day.get_by_role("button", name="Đánh dấu đã xem tất cả"))
        expect(day.locator(".bell b")).to_have_count(0)
    shot(day, "viec-nhac-dien-thoai" if on_phone(day) else "viec-nhac")


def test_a_file_that_blocks_letters_is_passed_over_with_a_reason(day: Page) -> None:
    day.goto("/bieu-mau?as_of=2022-12-31")
    files = day.locator(".blocker")
    expect(files.first).to_contain_text("giay-moi.pdf")
    expect(files.first).to_contain_text("Đang giữ lại công văn gửi: mọi đơn vị")
    shot(day, "tep-chua-doc-dien-thoai" if on_phone(day) else "tep-chua-doc")
    tab_to(day, files.first.get_by_label("Lý do bỏ qua"))
    day.keyboard.type("giấy mời họp, không phải báo cáo")
    day.keyboard.press("Enter")
    expect(day.locator(".blocker")).to_have_count(0)
    enter(day, day.locator("summary", has_text="Lịch sử bỏ qua tệp"))
    history = day.locator("#tep-chua-doc .timeline li").first
    expect(history).to_contain_text("giấy mời họp, không phải báo cáo")
    expect(history).to_contain_text("Nguyễn Văn Thử")
    enter(day, history.get_by_role("button", name="Thôi bỏ qua"))
    expect(day.locator(".blocker").first).to_contain_text("giay-moi.pdf")
