"""Each page opened in Chromium, and the daily jobs done as an officer does them."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.shots import shot

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/", "Tổng quan"),
        ("/nhap", "Nhập văn bản"),
        ("/van-ban", "Văn bản"),
        ("/doi-chieu", "Đối chiếu báo cáo – nhiệm vụ"),
        ("/theo-doi", "Bảng theo dõi theo đơn vị và kỳ"),
        ("/cham", "Nhiệm vụ chậm, chưa báo cáo"),
        ("/tra-cuu", "Tra cứu"),
    ],
)
def test_each_page_opens(reader: Page, path: str, heading: str) -> None:
    answer = reader.goto(path)
    assert answer is not None
    assert answer.status == 200
    expect(reader.locator("h1")).to_have_text(heading)


def test_an_unknown_page_says_so(reader: Page) -> None:
    answer = reader.request.get("/khong-co", headers={"accept": "text/html"})
    assert answer.status == 404
    assert "Không tìm thấy" in answer.text()


def test_document_page_marks_citations_and_tasks(reader: Page) -> None:
    reader.goto("/tra-cuu?q=88 kh ubnd")
    reader.locator(".hits a").first.click()
    expect(reader.locator("h1")).to_contain_text("88/KH-UBND")
    expect(reader.locator(".cite").first).to_be_visible()
    expect(reader.locator("mark.task").first).to_be_visible()
    assert reader.locator(".doc-table").count() >= 1
    reader.locator("mark.task").first.evaluate("mark => mark.scrollIntoView({block: 'center'})")
    shot(reader, "van-ban")


def test_original_pages_are_turned_by_arrows_and_marks_lead_to_the_text(reader: Page) -> None:
    reader.goto("/tra-cuu?q=88 kh ubnd")
    reader.locator(".hits a").first.click()
    with reader.expect_response("**/trang/2.png*") as picture:
        reader.locator(".page-break a").first.click()
    assert picture.value.headers["content-type"] == "image/png"
    picture.value.finished()
    expect(reader.locator(".meta + .pager")).to_contain_text("Trang 2/")
    expect(reader.locator(".sheet .task rect").first).to_be_visible()
    width = reader.locator(".sheet image").evaluate("image => image.getBBox().width")
    assert width > 500
    shot(reader, "trang-goc")
    reader.keyboard.press("ArrowLeft")
    expect(reader.locator(".meta + .pager")).to_contain_text("Trang 1/")
    reader.keyboard.press("ArrowRight")
    expect(reader.locator(".meta + .pager")).to_contain_text("Trang 2/")
    reader.locator(".sheet .task rect").first.click()
    expect(reader.locator("mark.task:target")).to_be_visible()


def test_review_by_keyboard_alone(page: Page) -> None:
    page.goto("/doi-chieu")
    page.locator("table a", has_text="903/BC-SNV").click()
    expect(page.locator(".pair.current")).to_have_count(1)
    expect(page.locator("summary", has_text="Căn cứ đề xuất").first).to_be_visible()
    shot(page, "doi-chieu")
    page.keyboard.press("c")
    expect(page.locator(".pair.current .proposal.confirmed")).to_have_count(1)
    expect(page.locator(".pair.current .confirmed .state")).to_contain_text("Nguyễn Văn Thử")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator(".proposal.rejected").first).to_be_visible()


def test_matrix_shows_who_is_silent(reader: Page) -> None:
    reader.goto("/theo-doi?directive=88/KH-UBND&as_of=2022-12-31")
    expect(reader.locator(".matrix")).to_be_visible()
    expect(reader.locator(".matrix .report.missing").first).to_have_text("Chưa báo cáo")
    shot(reader, "bang-theo-doi")


def test_upload_is_read_and_a_bad_file_is_named(page: Page, tmp_path: Path) -> None:
    good, bad = tmp_path / "chi-thi.txt", tmp_path / "hong.pdf"
    good.write_text("Giao Sở Tư pháp rà soát văn bản, hoàn thành trước ngày 30/6/2026.", encoding="utf-8")
    bad.write_bytes(b"%PDF-1.7\ntruncated")
    page.goto("/nhap")
    page.set_input_files("#files", [good, bad])
    page.get_by_role("button", name="Tải tệp lên").click()
    expect(page.locator("[data-job-state]").first).to_have_text("đã xong", timeout=30_000)
    expect(page.locator(".tag.failed").first).to_have_text("Chưa đọc được")
