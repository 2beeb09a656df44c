"""Follow-up as an officer does it: dashboard, board, timeline, letters, reminders, bulk; by mouse, by keys, on a phone."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from service import official, reminders
from service.bootstrap import open_app
from service.settings import Settings
from tests.browser.test_pages import shot

pytestmark = pytest.mark.browser
AT = dt.datetime(2022, 12, 31, 9, tzinfo=dt.UTC)
OFFICE = (
    'co_quan_cap_tren = "UBND TỈNH KIÊN GIANG"\nco_quan = "VĂN PHÒNG"\nten_day_du = "Văn phòng UBND tỉnh"\n'
    'dia_danh = "Kiên Giang"\nky_hieu = "VP-TH"\nquyen_han = "TL. CHỦ TỊCH"\nchuc_vu = "CHÁNH VĂN PHÒNG"\n'
)


@pytest.fixture
def demo_copy(demo_copy: Settings) -> Settings:
    """The demo with its tasks under tracking and the links of one report confirmed."""
    with open_app(demo_copy) as app:
        for task in app.store.tasks():
            app.store.confirm_task(task.id, by="Nguyễn Văn Thử", at=AT)
        for link in app.store.links(decision="suggested", active=True):
            app.store.decide(link.id, "confirmed" if link.id % 4 else "rejected", by="Nguyễn Văn Thử", at=AT)
        reminders.remind(app, at=AT)
    folder = official.folder(demo_copy.home)
    folder.mkdir()
    (folder / "co-quan.toml").write_text(OFFICE, encoding="utf-8")
    return demo_copy


def test_the_dashboard_draws_what_its_tables_say(page: Page) -> None:
    page.goto("/")
    expect(page.locator("canvas")).to_have_count(2)
    drawn = page.evaluate(
        "Chart.getChart(document.querySelector('canvas')).data.datasets[0].data.reduce((a, b) => a + b)"
    )
    total = page.locator("h2 small", has_text="đầu việc").first.inner_text()
    assert str(drawn) in total
    page.wait_for_timeout(200)
    shot(page, "tong-quan")
    page.locator("tr", has_text="Sở Nội vụ").get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("unit=S"))


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
def test_what_is_exported_is_what_is_seen(page: Page, path: str) -> None:
    if path == "/bieu-mau":
        draft(page)
    page.goto(path)
    table = page.locator("table[data-export]").first
    wide = table.locator("thead th").count()
    columns = [text for text in table.locator("thead th").all_inner_texts() if text and text != "Đã xem"]
    seen = [
        [" ".join(cell.split()) for cell in row.locator("td").all_inner_texts()[: len(columns)]]
        for row in table.locator("tbody tr").all()
    ]
    href = page.locator(".exports a", has_text="CSV").first.get_attribute("href")
    lines = list(csv.reader(io.StringIO(page.request.get(href or "").body().decode("utf-8-sig"))))
    assert wide >= len(lines[0])
    assert [" ".join(text.split()) for text in lines[0]] == columns
    assert [[" ".join(text.split()) for text in line] for line in lines[1:]] == seen
    assert seen


def draft(page: Page, unit: str = "Sở Nội vụ") -> None:
    page.goto("/bieu-mau?as_of=2022-12-31")
    page.get_by_role("button", name=f"Lập công văn đôn đốc {unit}").click()
    expect(page.locator("h1")).to_have_text(unit)


def test_a_letter_from_the_list_to_its_number(page: Page, tmp_path: Path) -> None:
    draft(page)
    while page.get_by_role("button", name="Bỏ qua tệp này").count():
        page.get_by_placeholder("Lý do bỏ qua").first.fill("đã rà soát, không trả lời nhiệm vụ này")
        page.get_by_role("button", name="Bỏ qua tệp này").first.click()
    expect(page.locator(".gate")).to_contain_text("Sẵn sàng trình ký")
    shot(page, "cong-van")
    with page.expect_download() as got:
        page.get_by_role("link", name="Tải công văn (DOCX)").click()
    got.value.save_as(tmp_path / "cv.docx")
    from tests.outputs import paragraphs

    said = paragraphs((tmp_path / "cv.docx").read_bytes())
    assert "Kính gửi: Sở Nội vụ." in said
    assert "DỰ THẢO" not in said
    page.get_by_label("Số, ký hiệu").fill("15/VP-TH")
    page.get_by_role("button", name="Ghi nhận đã phát hành").click()
    expect(page.locator(".kicker").first).to_contain_text("Đã phát hành")
    draft(page)
    expect(page.locator(".kicker").first).to_contain_text("lần 2")


def test_a_proposal_that_waits_blocks_the_letter(page: Page) -> None:
    draft(page, "Văn phòng UBND tỉnh")
    if page.locator(".gate.blocked").count():
        expect(page.get_by_role("button", name="Ghi nhận đã phát hành")).to_be_disabled()
        expect(page.get_by_role("link", name="Tải bản DỰ THẢO (DOCX)")).to_be_visible()


def test_an_extension_is_asked_granted_and_taken_back_by_keyboard(page: Page) -> None:
    page.goto("/theo-doi?unit=Sở Nội vụ&as_of=2022-12-31")
    page.locator("table[data-export] td a").first.click()
    page.locator("summary", has_text="Đề nghị gia hạn").focus()
    page.keyboard.press("Enter")
    form = page.locator("details[open] form")
    form.locator("[name=due]").fill("2023-06-30")
    form.locator("[name=note]").fill("chờ ý kiến bộ chuyên ngành")
    form.locator("[name=effective]").fill("2022-12-30")
    form.locator("button").focus()
    page.keyboard.press("Enter")
    gate = page.locator(".gate", has_text="chờ quyết định")
    expect(gate).to_contain_text("30/06/2023")
    gate.locator("[name=basis]").fill("Thông báo số 12/TB-UBND")
    gate.get_by_role("button", name="Đồng ý", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".timeline")).to_contain_text("Điều chỉnh thời hạn")
    shot(page, "dau-viec")
    page.get_by_role("button", name=re.compile("Hoàn tác: Điều chỉnh thời hạn")).click()
    expect(page.locator(".timeline .undone")).to_contain_text("Điều chỉnh thời hạn")


def test_a_wrong_act_says_what_is_missing(page: Page) -> None:
    page.goto("/theo-doi?unit=Sở Nội vụ&as_of=2022-12-31")
    page.locator("table[data-export] td a").first.click()
    page.locator("summary", has_text="Tiếp tục theo dõi").click()
    answer = page.request.post(
        page.url.split("?")[0],
        form={"kind": "resumed", "csrf_token": page.locator("meta[name=csrf-token]").get_attribute("content") or ""},
    )
    assert answer.status == 409
    assert "không ở trạng thái tạm dừng" in answer.text()


def test_one_act_on_all_results_is_previewed_and_undone(page: Page) -> None:
    page.goto("/theo-doi?unit=Sở Nội vụ&as_of=2022-12-31")
    page.get_by_role("link", name="Thao tác hàng loạt với kết quả lọc").click()
    page.locator("[name=kind]").select_option("extended")
    page.locator("[name=due]").first.fill("2023-03-31")
    page.locator("[name=basis]").first.fill("Thông báo số 12/TB-UBND")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.locator("#xem-truoc")).to_contain_text("5/5")
    shot(page, "hang-loat")
    page.get_by_role("button", name=re.compile("Thực hiện với 5")).click()
    expect(page.locator("h1")).to_have_text("Điều chỉnh thời hạn: 5 đầu việc")
    page.get_by_role("button", name="Hoàn tác cả lượt").click()
    expect(page.locator(".notice")).to_contain_text("đã được hoàn tác")


def test_holes_are_found_and_followed_to_both_pages(page: Page) -> None:
    page.goto("/theo-doi/don-vi?as_of=2022-12-31")
    every = page.locator(".board tbody td a").count()
    shot(page, "don-vi-van-ban")
    page.get_by_label("Hiển thị").select_option("1")
    page.get_by_role("button", name="Xem").click()
    holes = page.locator(".board td.hole a")
    assert 0 < holes.count() < every
    assert page.locator(".board td.done").count() == 0
    holes.first.click()
    expect(page).to_have_url(re.compile("holes=1"))
    page.locator("table[data-export] td a").first.click()
    expect(page.locator(".timeline li").first).to_be_visible()


def test_reminders_are_run_and_read(page: Page) -> None:
    page.goto("/nhac-viec")
    expect(page.locator(".bell b")).to_be_visible()
    page.get_by_label("Đơn vị", exact=True).last.fill("Sở Nội vụ")
    page.get_by_label("Thư điện tử").fill("snv@vi-du.vn")
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator("#dia-chi ~ ul")).to_contain_text("snv@vi-du.vn")
    expect(page.get_by_role("button", name="Gửi thử")).to_be_disabled()
    page.get_by_role("button", name="Chạy quy tắc nhắc ngay").click()
    expect(page.get_by_role("status")).to_contain_text("lời nhắc mới")
    shot(page, "nhac-viec")
    page.goto("/nhac-viec?unit=khong-co")
    expect(page.locator(".empty")).to_contain_text("Chạy quy tắc nhắc ngay")


def test_the_chain_runs_from_the_plan_to_the_reports(page: Page) -> None:
    page.goto("/tra-cuu?q=88 kh ubnd")
    page.locator(".hits a").first.click()
    number = re.search(r"/van-ban/(\d+)", page.url)
    assert number
    page.goto(f"/chuoi/{number[1]}")
    expect(page.locator(".chain .here")).to_contain_text("88/KH-UBND")
    expect(page.locator(".chain ol .node", has_text="BC").first).to_be_visible()
    shot(page, "chuoi")


PAGES = [
    "/", "/nhap", "/van-ban", "/van-ban/1", "/ra-soat", "/doi-chieu", "/doi-chieu/3", "/theo-doi?as_of=2022-12-31",
    "/theo-doi/don-vi?as_of=2022-12-31", "/theo-doi/don-vi?by=period", "/cham?as_of=2022-12-31", "/bieu-mau?as_of=2022-12-31",
    "/nhac-viec", "/dau-viec/8", "/hang-loat?loc=unit%3DS&kind=note&note=x", "/chuoi/2", "/du-thao", "/tra-cuu?q=45", "/cong-van/1",
    "/don-vi?ten=B%E1%BB%99+TT%26TT", "/don-vi?tat_ca=1", "/don-vi/sua", "/don-vi/lich-su",
]  # fmt: skip


def test_axe_finds_no_serious_issue_on_any_page(page: Page) -> None:
    from axe_playwright_python.sync_playwright import Axe

    draft(page)
    axe, wrong = Axe(), []
    for width in (1360, 390):
        page.set_viewport_size({"width": width, "height": 844})
        for path in PAGES:
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == 200, path
            for found in axe.run(page).response["violations"]:
                if found["impact"] in ("serious", "critical"):
                    nodes = [node["html"][:150] for node in found["nodes"][:3]]
                    wrong.append(f"{path} at {width}: {found['id']} {nodes}")
    assert wrong == []


def test_follow_up_pages_fit_a_phone(page: Page) -> None:
    draft(page)
    page.set_viewport_size({"width": 390, "height": 844})
    for path in PAGES:
        page.goto(path)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 400, f"{path} is {width} px wide"
    page.goto("/bieu-mau?as_of=2022-12-31")
    shot(page, "dien-thoai")
