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
