"""The README's way from nothing to a printed công văn đôn đốc, step by step, with a fresh folder and the real command."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from service.demo import HERE
from tests import printed
from tests.browser.conftest import DESK, OFFICE, opened
from tests.browser.doing import press, take_in, type_in
from tests.browser.shots import keep, shot
from tests.outputs import paragraphs

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DONDOC = Path(sys.executable).with_name("dondoc")
SAMPLE = sorted((HERE / "files").iterdir())


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "dondoc"


@pytest.fixture
def fresh(browser: Browser, home: Path) -> Iterator[Page]:
    """``dondoc serve`` over a folder that does not exist yet."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "DONDOC_HOME": str(home), "DONDOC_PERSON": "Nguyễn Văn Thử"}
    server = subprocess.Popen([DONDOC, "serve", "--port", str(port)], env=environment, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    _wait_for(address, server)
    with opened(browser, address, DESK) as page:
        yield page
    server.terminate()
    server.wait(timeout=30)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert server.poll() is None, "dondoc serve ended"
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 - our own loopback address
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("dondoc serve does not answer")


def review_tasks(page: Page) -> None:
    """Every plan opened from the list; all its tasks chosen and put under tracking by two keys."""
    page.goto("/ra-soat")
    for plan in page.locator("td.lead a").all_inner_texts():
        page.goto("/ra-soat")
        press(page, page.locator("td.lead a", has_text=plan.strip()))
        expect(page.locator(".task-card.current")).to_have_count(1)
        page.keyboard.press("*")
        page.keyboard.press("c")
        expect(page.locator(".loc a", has_text="Chờ duyệt")).to_contain_text("0")


def review_reports(page: Page) -> None:
    """Every report opened; what is sure taken at once, the rest looked at one by one: c for the first choice."""
    page.goto("/doi-chieu")
    for report in page.locator("td.lead a").all_inner_texts():
        page.goto("/doi-chieu")
        press(page, page.locator("td.lead a", has_text=report.strip()))
        expect(page.locator("h1")).to_contain_text(report.strip())
        sure = page.get_by_role("button", name="Chấp nhận tất cả đề xuất khớp cao")
        if sure.count():
            press(page, sure)
            expect(sure).to_have_count(0)
        while page.locator(".pair:has(.proposal.suggested)").count():
            left = page.locator(".proposal.suggested").count()
            pair = page.locator(".pair:has(.proposal.suggested)").first
            press(page, pair.locator(".proposal.suggested button[value=confirmed]").first)
            expect(page.locator(".proposal.suggested")).to_have_count(left - 1)


def see_obstacles_through(page: Page) -> None:
    """What stands before the signature is opened or passed over with a reason."""
    while page.get_by_role("button", name="Bỏ qua tệp này").count():
        left = page.get_by_role("button", name="Bỏ qua tệp này").count()
        type_in(
            page, page.get_by_placeholder("Lý do bỏ qua").first, "đã rà soát, không trả lời nhiệm vụ trong danh sách"
        )
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Bỏ qua tệp này")).to_have_count(left - 1)
    expect(page.locator(".gate")).to_contain_text("Sẵn sàng trình ký")


def test_from_nothing_to_a_printed_letter(fresh: Page, home: Path, tmp_path: Path) -> None:
    page = fresh
    # 1 the empty office says what to do
    page.goto("/")
    expect(page.locator(".empty")).to_contain_text("Chưa có văn bản nào")
    press(page, page.locator(".empty a.button"))
    expect(page.locator("h1")).to_have_text("Nhập văn bản")
    # 2 files come in
    take_in(page, *SAMPLE, timeout=180_000)
    expect(page.locator("td.lead a", has_text="88/KH-UBND")).to_be_visible()
    shot(page, "nhap-van-ban")
    # 3, 4 tasks under tracking, reports matched
    review_tasks(page)
    review_reports(page)
    # 5 who is late or silent
    page.goto("/")
    expect(page.locator("canvas")).to_have_count(2)
    shot(page, "tong-quan")
    page.goto("/theo-doi/don-vi?as_of=2022-12-31")
    expect(page.locator(".board tbody tr").first).to_be_visible()
    shot(page, "don-vi-van-ban")
    # 6 the office's name and signature
    environment = {**os.environ, "DONDOC_HOME": str(home)}
    subprocess.run([DONDOC, "templates", "export"], env=environment, check=True, capture_output=True)
    assert (home / "templates" / "co-quan.toml").is_file()
    (home / "templates" / "co-quan.toml").write_text(OFFICE, encoding="utf-8")
    # 7 the letter
    page.goto("/bieu-mau")
    type_in(page, page.get_by_label("Số liệu tính đến ngày").first, "31/12/2022")
    press(page, page.get_by_role("button", name="Xem"))
    press(page, page.get_by_role("button", name="Lập công văn đôn đốc Sở Nội vụ"))
    expect(page.locator("h1")).to_have_text("Sở Nội vụ")
    see_obstacles_through(page)
    shot(page, "cong-van")
    with page.expect_download() as got:
        press(page, page.get_by_role("link", name="Tải công văn (DOCX)"))
    letter = Path(got.value.path()).read_bytes()
    said = paragraphs(letter)
    assert "Kính gửi: Sở Nội vụ." in said
    assert "DỰ THẢO" not in said
    summary = page.request.get("/bieu-mau/tai?kind=bang-tong-hop&as_of=2022-12-31").body()
    # 8 its number is kept; the next one is lần 2
    type_in(page, page.get_by_label("Số, ký hiệu"), "15/VP-TH")
    page.keyboard.press("Enter")
    expect(page.locator(".kicker").first).to_contain_text("Đã phát hành")
    if printed.SOFFICE is None:
        pytest.skip("LibreOffice is not installed: the letter was downloaded, not printed")
    pdfs = printed.to_pdf(tmp_path, {"cong-van.docx": letter, "bang-tong-hop.docx": summary})
    text = printed.letters(printed.pages(pdfs["cong-van.docx"]).text)
    wanted = ["UBND TỈNH KIÊN GIANG", "Kính gửi: Sở Nội vụ", "TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "88/KH-UBND"]
    assert [words for words in wanted if printed.letters(words) not in text] == []
    keep("cong-van-don-doc", printed.picture(pdfs["cong-van.docx"]))
    keep("bang-tong-hop", printed.picture(pdfs["bang-tong-hop.docx"]))
