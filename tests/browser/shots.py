"""Pictures for the docs: ``DONDOC_SCREENSHOTS=docs/images pytest tests/browser`` makes them all anew."""

from __future__ import annotations

import os
import re
from pathlib import Path

from playwright.sync_api import Page

SHOTS = os.environ.get("DONDOC_SCREENSHOTS")
ROOT = Path(__file__).resolve().parents[2]


def shown_in_docs() -> set[str]:
    """Names of the pictures that the README and the docs show."""
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))]
    return {name for text in texts for name in re.findall(r"images/([\w-]+)\.png", text)}


def _wanted(name: str) -> Path | None:
    """Where a picture goes: the folder of the docs holds only what they show."""
    if not SHOTS:
        return None
    folder = Path(SHOTS).resolve()
    return folder / f"{name}.png" if folder != ROOT / "docs" / "images" or name in shown_in_docs() else None


# The browser of the tests has no Vietnamese of its own: a day is shown as a Vietnamese browser would show it.
DAYS = """() => { for (const field of document.querySelectorAll("input[type=date]")) {
  const [year, month, day] = field.value.split("-");
  field.dataset.was = field.value; field.type = "text"; field.value = day ? `${day}/${month}/${year}` : "dd/mm/yyyy"; } }"""
BACK = """() => { for (const field of document.querySelectorAll("input[data-was]")) {
  field.type = "date"; field.value = field.dataset.was; } }"""


def shot(page: Page, name: str) -> None:
    """The window as it stands, only when asked for."""
    path = _wanted(name)
    if path:
        page.wait_for_timeout(300)  # charts end their drawing
        page.evaluate(DAYS)
        page.screenshot(path=path)
        page.evaluate(BACK)


def keep(name: str, picture: bytes) -> None:
    """A picture made elsewhere (a printed page), only when asked for."""
    path = _wanted(name)
    if path:
        path.write_bytes(picture)
