"""A board while a worker weighs: shown at once with a word on it, and new by itself once all is weighed."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from service import worker
from service.bootstrap import open_app
from service.gaps import waiting, work_on
from tests.browser.conftest import DESK, PHONE, opened, serving
from tests.browser.shots import shot
from tests.browser.test_every_page import AXE_SCRIPT, serious, too_wide
from tests.integration.test_weighing import QUERY, filled, report_all, text

pytestmark = pytest.mark.browser
BOARD = "/theo-doi?as_of=2026-06-30&task_status=done_on_time"


def test_the_board_says_what_is_left_and_comes_anew_by_itself(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, settings = filled(tmp_path, 150)
    report_all(office)
    keep_weighed = worker.keep_weighed
    monkeypatch.setattr(worker, "run", lambda *_: None)  # the worker comes when the page has been looked at
    with serving(settings) as site, opened(browser, site, DESK) as page:
        page.goto(BOARD)
        expect(page.locator("[data-weighing]")).to_contain_text("Số liệu đang được tính lại (còn 150 nhiệm vụ)")
        expect(page.get_by_text(text(1), exact=True)).to_have_count(0)
        page.evaluate(AXE_SCRIPT)
        assert serious(page) == []
        shot(page, "may-tinh")
        page.set_viewport_size(PHONE)
        assert not too_wide(page)
        shot(page, "dien-thoai")
        stop = threading.Event()
        with open_app(settings) as app:
            thread = threading.Thread(target=keep_weighed, args=(app, stop))
            thread.start()
            expect(page.locator("[data-weighing]")).to_have_count(0, timeout=30_000)
            stop.set()
            thread.join()
        expect(page.get_by_text(text(1), exact=True).first).to_be_visible()
        office.store.gap_touch(tasks=list(office.tasks.values()))
        page.goto(BOARD)
        page.get_by_text("Tải lại trang").focus()
        page.keyboard.press("Tab")  # someone is at work on the page
        while waiting(office.store, QUERY):
            work_on(office.store, QUERY)
        expect(page.locator("[data-said]")).to_have_text("Số liệu đã được tính lại xong.", timeout=30_000)
        page.get_by_text("Xem số liệu mới").click()
        expect(page.locator("[data-weighing]")).to_have_count(0)
