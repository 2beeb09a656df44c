"""What holds on every page, each loaded once: axe on a desk and on a phone, nothing wider than the screen, one menu line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from tests.browser.conftest import DESK, PHONE, opened
from tests.browser.shots import shot

pytestmark = pytest.mark.browser

PAGES = [
    "/", "/nhap", "/van-ban", "/van-ban/1", "/van-ban/2/trang/1", "/ra-soat", "/ra-soat/2", "/ra-soat/2?sua=12", "/ra-soat/nhap-tay",
    "/ra-soat/giao-trung", "/danh-muc/nhap", "/nhiem-vu/12", "/doi-chieu", "/doi-chieu/3", "/hai-ben/1", "/theo-doi?as_of=2022-12-31", "/theo-doi?directive=x",
    "/theo-doi/don-vi?as_of=2022-12-31", "/theo-doi/don-vi?by=period", "/cham?as_of=2022-12-31", "/hoi", "/hoi?q=so+noi+vu+viec+qua+han",
    "/hoi?q=troi+hom+nay", "/bieu-mau?as_of=2022-12-31", "/nhac-viec", "/dau-viec/8", "/hang-loat?loc=unit%3DS&kind=note&note=x", "/chuoi/2",
    "/du-thao", "/tra-cuu?q=45", "/tra-cuu?q=khong+co+tu+nay", "/cong-van/1", "/don-vi?ten=B%E1%BB%99+TT%26TT", "/don-vi?tat_ca=1", "/don-vi/sua",
    "/don-vi/lich-su", "/mau", "/mau/cong-van-don-doc/xem-thu",
]  # fmt: skip

# Rows after these repeat the template of those before; the rest of axe's rules look at all of a page.
REPEATED = ["tr:nth-child(n+8)", "li:nth-child(n+12)", ".pair:nth-of-type(n+4)", ".source p:nth-of-type(n+30)"]
# What the width of a screen changes: colours on their grounds, what scrolls, what is hidden, how large a target is.
BY_WIDTH = [
    "color-contrast",
    "scrollable-region-focusable",
    "aria-hidden-focus",
    "link-in-text-block",
    "label",
    "button-name",
    "link-name",
]


@pytest.fixture(scope="module")
def window(browser: Browser, reading_room: str) -> Iterator[Page]:
    """One window for all pages: its cache stays warm."""
    with opened(browser, reading_room, DESK) as page:
        yield page


def serious(page: Page, rules: list[str] | None = None) -> list[str]:
    options: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
    if rules:
        options["runOnly"] = rules
    found = page.evaluate(
        "([exclude, options]) => axe.run({exclude}, options).then(r => r.violations)",
        [[[one] for one in REPEATED], options],
    )
    return [
        f"{one['id']} {[node['html'][:150] for node in one['nodes'][:3]]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def too_wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_serious_and_the_page_fits_its_screen(window: Page, path: str) -> None:
    answer = window.goto(path)
    assert answer is not None
    assert answer.status == 200
    window.evaluate(AXE_SCRIPT)
    assert serious(window) == []
    assert not too_wide(window)
    assert window.locator("header.top").bounding_box()["height"] < 70, "the menu takes one line"
    window.set_viewport_size(PHONE)
    assert serious(window, BY_WIDTH) == []
    assert not too_wide(window)
    if path.startswith("/bieu-mau"):
        shot(window, "dien-thoai")
    window.set_viewport_size(DESK)


def test_an_error_is_told_in_vietnamese_on_a_page_that_fits(window: Page) -> None:
    window.set_viewport_size(PHONE)
    answer = window.goto("/van-ban/999999")
    assert answer is not None
    assert answer.status == 404
    assert "Không có văn bản số 999999 trong kho." in window.locator("main").inner_text()
    assert not too_wide(window)
