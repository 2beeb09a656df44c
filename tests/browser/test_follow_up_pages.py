"""Follow-up as an officer does it: dashboard, board, timeline, letters, reminders, bulk; by mouse, by keys, on a phone."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.shots import shot

pytestmark = pytest.mark.browser


def test_the_dashboard_draws_what_its_tables_say(reader: Page) -> None:
    reader.goto("/")
    expect(reader.locator("canvas")).to_have_count(2)
    drawn = reader.evaluate(
        "Chart.getChart(document.querySelector('canvas')).data.datasets[0].data.reduce((a, b) => a + b)"
    )
    total = reader.locator("h2 small", has_text="đầu việc").first.inner_text()
    assert str(drawn) in total
    reader.locator("tr", has_text="Sở Nội vụ").get_by_role("link").first.click()
    expect(reader).to_have_url(re.compile("unit=S"))


@pytest.mark.parametrize(
    "path",
    [
        "/theo-doi?directive=88/KH-UBND&as_of=2022-12-31",
        "/theo-doi?unit=Sở+Nội+vụ",
        "/cham?as_of=2022-12-31",
        "/bieu-mau",
        "/nhac-viec",
    ],
)
def test_what_is_exported_is_what_is_seen(reader: Page, path: str) -> None:
    reader.goto(path)
    table = reader.locator("table[data-export]").first
    wide = table.locator("thead th").count()
    columns = [text for text in table.locator("thead th").all_inner_texts() if text and text != "Đã xem"]
    seen = [
        [" ".join(cell.split()) for cell in row.locator("td").all_inner_texts()[: len(columns)]]
        for row in table.locator("tbody tr").all()
    ]
    href = reader.locator(".exports a", has_text="CSV").first.get_attribute("href")
    lines = list(csv.reader(io.StringIO(reader.request.get(href or "").body().decode("utf-8-sig"))))
    assert wide >= len(lines[0])
    assert [" ".join(text.split()) for text in lines[0]] == columns
    assert [[" ".join(text.split()) for text in line] for line in lines[1:]] == seen
    assert seen


def draft(page: Page, unit: str = "Sở Nội vụ") -> None:
    page.goto("/bieu-mau?as_of=2022-12-31")
    page.get_by_role("button", name=f"Lập công văn đôn đốc {unit}").click()
    expect(page.locator("h1")).to_have_text(unit)


def test_a_letter_from_the_list_to_its_number(office: Page, tmp_path: Path) -> None:
    draft(office)
    while office.get_by_role("button", name="Bỏ qua tệp này").count():
        office.get_by_placeholder("Lý do bỏ qua").first.fill("đã rà soát, không trả lời nhiệm vụ này")
        office.get_by_role("button", name="Bỏ qua tệp này").first.click()
    expect(office.locator(".gate")).to_contain_text("Sẵn sàng trình ký")
    with office.expect_download() as got:
        office.get_by_role("link", name="Tải công văn (DOCX)").click()
    got.value.save_as(tmp_path / "cv.docx")
    from tests.outputs import paragraphs

    said = paragraphs((tmp_path / "cv.docx").read_bytes())
    assert "Kính gửi: Sở Nội vụ." in said
    assert "DỰ THẢO" not in said
    office.get_by_label("Số, ký hiệu").fill("15/VP-TH")
    office.get_by_role("button", name="Ghi nhận đã phát hành").click()
    expect(office.locator(".kicker").first).to_contain_text("Đã phát hành")
    draft(office)
    expect(office.locator(".kicker").first).to_contain_text("lần 2")


def test_a_proposal_that_waits_blocks_the_letter(office: Page) -> None:
    draft(office, "Văn phòng UBND tỉnh")
    if office.locator(".gate.blocked").count():
        expect(office.get_by_role("button", name="Ghi nhận đã phát hành")).to_be_disabled()
        expect(office.get_by_role("link", name="Tải bản DỰ THẢO (DOCX)")).to_be_visible()


def test_an_extension_is_asked_granted_and_taken_back_by_keyboard(office: Page) -> None:
    office.goto("/theo-doi?unit=Sở Nội vụ&as_of=2022-12-31")
    office.locator("table[data-export] td a").first.click()
    office.locator("summary", has_text="Đề nghị gia hạn").focus()
    office.keyboard.press("Enter")
    form = office.locator("details[open] form")
    form.locator("[name=due]").fill("2023-06-30")
    form.locator("[name=note]").fill("chờ ý kiến bộ chuyên ngành")
    form.locator("[name=effective]").fill("2022-12-30")
    form.locator("button").focus()
    office.keyboard.press("Enter")
    gate = office.locator(".gate", has_text="chờ quyết định")
    expect(gate).to_contain_text("30/06/2023")
    gate.locator("[name=basis]").fill("Thông báo số 12/TB-UBND")
    gate.get_by_role("button", name="Đồng ý", exact=True).focus()
    office.keyboard.press("Enter")
    expect(office.locator(".timeline")).to_contain_text("Điều chỉnh thời hạn")
    shot(office, "dau-viec")
    office.get_by_role("button", name=re.compile("Hoàn tác: Điều chỉnh thời hạn")).click()
    expect(office.locator(".timeline .undone")).to_contain_text("Điều chỉnh thời hạn")


def test_a_wrong_act_says_what_is_missing(reader: Page) -> None:
    reader.goto("/theo-doi?unit=Sở Nội vụ&as_of=2022-12-31")
    reader.locator("table[data-export] td a").first.click()
    reader.locator("summary", has_text="Tiếp tục theo dõi").click()
    answer = reader.request.post(
        reader.url.split("?")[0],
        form={"kind": "resumed", "csrf_token": reader.locator("meta[name=csrf-token]").get_attribute("content") or ""},
    )
    assert answer.status == 409
    assert "không ở trạng thái tạm dừng" in answer.text()


def test_one_act_on_all_results_is_previewed_and_undone(office: Page) -> None:
    office.goto("/theo-doi?unit=Sở Nội vụ&as_of=2022-12-31")
    office.get_by_role("link", name="Thao tác hàng loạt với kết quả lọc").click()
    office.locator("[name=kind]").select_option("extended")
    office.locator("[name=due]").first.fill("2023-03-31")
    office.locator("[name=basis]").first.fill("Thông báo số 12/TB-UBND")
    office.get_by_role("button", name="Xem trước").click()
    expect(office.locator("#xem-truoc")).to_contain_text("5/5")
    shot(office, "hang-loat")
    office.get_by_role("button", name=re.compile("Thực hiện với 5")).click()
    expect(office.locator("h1")).to_have_text("Điều chỉnh thời hạn: 5 đầu việc")
    office.get_by_role("button", name="Hoàn tác cả lượt").click()
    expect(office.locator(".notice")).to_contain_text("đã được hoàn tác")


def test_holes_are_found_and_followed_to_both_pages(reader: Page) -> None:
    reader.goto("/theo-doi/don-vi?as_of=2022-12-31")
    every = reader.locator(".board tbody td a").count()
    reader.get_by_label("Hiển thị").select_option("1")
    reader.get_by_role("button", name="Xem").click()
    holes = reader.locator(".board td.hole a")
    assert 0 < holes.count() < every
    assert reader.locator(".board td.done").count() == 0
    holes.first.click()
    expect(reader).to_have_url(re.compile("holes=1"))
    reader.locator("table[data-export] td a").first.click()
    expect(reader.locator(".timeline li").first).to_be_visible()


def test_reminders_are_run_and_read(office: Page) -> None:
    office.goto("/nhac-viec")
    expect(office.locator(".bell b")).to_be_visible()
    office.get_by_label("Đơn vị", exact=True).last.fill("Sở Nội vụ")
    office.get_by_label("Thư điện tử").fill("snv@vi-du.vn")
    office.get_by_role("button", name="Lưu").click()
    expect(office.locator("#dia-chi ~ ul")).to_contain_text("snv@vi-du.vn")
    expect(office.get_by_role("button", name="Gửi thử")).to_be_disabled()
    office.get_by_role("button", name="Chạy quy tắc nhắc ngay").click()
    expect(office.get_by_role("status")).to_contain_text("lời nhắc mới")
    shot(office, "nhac-viec")
    office.goto("/nhac-viec?unit=khong-co")
    expect(office.locator(".empty")).to_contain_text("Chạy quy tắc nhắc ngay")


def test_the_chain_runs_from_the_plan_to_the_reports(reader: Page) -> None:
    reader.goto("/tra-cuu?q=88 kh ubnd")
    reader.locator(".hits a").first.click()
    number = re.search(r"/van-ban/(\d+)", reader.url)
    assert number
    reader.goto(f"/chuoi/{number[1]}")
    expect(reader.locator(".chain .here")).to_contain_text("88/KH-UBND")
    expect(reader.locator(".chain ol .node", has_text="BC").first).to_be_visible()
    shot(reader, "chuoi")
