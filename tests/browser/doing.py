"""What several tests do on the pages, by keys as an officer who uses no mouse."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect


def press(page: Page, place: Locator, key: str = "Enter") -> None:
    """Bring the focus to a place, as Tab would, and press a key there."""
    place.focus()
    expect(place).to_be_focused()
    page.keyboard.press(key)


def type_in(page: Page, place: Locator, words: str) -> None:
    """Write into a field by keys, over what stands there; a day (``dd/mm/yyyy``) is typed part by part."""
    place.focus()
    if place.get_attribute("type") == "date":
        place.fill("-".join(reversed(words.split("/"))))  # the order of a day's parts is the browser's own
        return
    page.keyboard.press("Control+A")
    page.keyboard.type(words)


def take_in(page: Page, *files: Path, timeout: int = 60_000) -> None:
    """Upload files and wait until their job is done."""
    page.goto("/nhap")
    jobs = page.locator("[data-job]")
    before = jobs.first.get_attribute("data-job") if jobs.count() else None
    page.set_input_files("#files", files)
    press(page, page.get_by_role("button", name="Tải tệp lên"))
    if before is not None:
        expect(jobs.first).not_to_have_attribute("data-job", before)
    expect(page.locator("[data-job-state]").first).to_have_text("đã xong", timeout=timeout)


def tab_to(page: Page, place: Locator, most: int = 150) -> None:
    """Reach a place by the Tab key alone, from where the focus is."""
    expect(place).to_be_visible()
    for _ in range(most):
        if place.evaluate("place => place === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{most} times Tab do not reach {place}")


def enter(page: Page, place: Locator) -> None:
    """Reach a link or a button by Tab and press it."""
    tab_to(page, place)
    page.keyboard.press("Enter")
