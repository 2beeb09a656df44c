"""Force, lược đồ, filters and the draft checker as an officer uses them."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.shots import shot

pytestmark = pytest.mark.browser
TABLE = "symbol,effective,expired,source,checked_on\n88/KH-UBND,2022-06-15,2025-01-01,Văn phòng UBND tỉnh,2026-11-01\n"


def open_plan(page: Page) -> None:
    page.goto("/tra-cuu?q=88 kh ubnd")
    page.locator(".hits a").first.click()


def test_the_document_page_shows_force_and_the_documents_around(reader: Page) -> None:
    open_plan(reader)
    expect(reader.locator(".validity .tag")).to_have_text("Chưa đủ dữ liệu")
    expect(reader.locator(".validity .reasons")).to_contain_text("ngày có hiệu lực")
    expect(reader.locator("svg.diagram title").first).to_contain_text("Lược đồ")
    assert reader.locator("svg.diagram a").count() >= 2
    reader.locator(".validity").evaluate("place => place.scrollIntoView()")
    shot(reader, "luoc-do")
    reader.locator("svg.diagram a", has_text="Báo cáo").first.click()
    expect(reader.locator("h1")).to_contain_text("BC-")


def test_a_draft_is_checked_and_its_remarks_lead_to_the_text(reader: Page) -> None:
    reader.goto("/du-thao")
    reader.get_by_label("Nội dung dự thảo").fill(
        "KẾ HOẠCH\nVề chuyển đổi số\n\nCăn cứ Kế hoạch số 88/KH-UBND ngày 01 tháng 01 năm 2022 của UBND tỉnh;\n"
        "Theo Nghị định số 999/2019/NĐ-CP của Chính phủ."
    )
    reader.get_by_role("button", name="Rà soát").click()
    expect(reader.locator("#ket-qua")).to_contain_text("điểm đề nghị xem lại")
    expect(reader.locator(".findings")).to_contain_text("Ngày ghi không khớp")
    expect(reader.locator(".findings")).to_contain_text("Chưa xác định được văn bản")
    reader.locator(".findings a").first.click()
    expect(reader.locator(".page-text .cite.error")).to_be_visible()
    shot(reader, "ra-soat-du-thao")


def test_the_offices_table_changes_the_answer(page: Page, tmp_path: Path) -> None:
    table = tmp_path / "bang.csv"
    table.write_text(TABLE, encoding="utf-8")
    page.goto("/du-thao")
    page.locator("form[action='/du-thao/bang-hieu-luc'] input[type=file]").set_input_files(table)
    page.get_by_role("button", name="Nhập bảng").click()
    expect(page.get_by_role("status")).to_contain_text("1 dòng mới")
    expect(page.locator("table.list")).to_contain_text("Văn phòng UBND tỉnh")
    open_plan(page)
    page.get_by_label("Ngày", exact=True).fill("2024-12-31")
    page.locator(".validity button").click()
    expect(page.locator(".validity .tag")).to_have_text("Còn hiệu lực")
    page.get_by_label("Ngày", exact=True).fill("2025-01-01")
    page.locator(".validity button").click()
    expect(page.locator(".validity .tag")).to_have_text("Hết hiệu lực toàn bộ")
    expect(page.locator(".validity .reasons")).to_contain_text("bang.csv, dòng 2")


def test_search_filters_by_what_is_cited(reader: Page) -> None:
    reader.goto("/tra-cuu")
    reader.get_by_label("Có viện dẫn văn bản").fill("88/KH-UBND")
    reader.get_by_role("button", name="Lọc").click()
    assert reader.locator(".hits > li").count() >= 3
    reader.get_by_label("Ban hành từ ngày").fill("2031-01-01")
    reader.get_by_role("button", name="Lọc").click()
    expect(reader.locator(".empty")).to_contain_text("điều kiện lọc")


def test_exports_are_downloads(reader: Page) -> None:
    open_plan(reader)
    for name, ending in (("HTML", ".html"), ("Akoma Ntoso", ".akn.xml")):
        with reader.expect_download() as download:
            reader.locator(".exports a", has_text=name).click()
        assert download.value.suggested_filename.endswith(ending)
        if ending == ".html":
            page = reader.context.new_page()
            page.set_content(download.value.path().read_text(encoding="utf-8"))
            expect(page.locator("a").first).to_be_visible()
            shot(page, "van-ban-danh-dau")
            page.close()
