"""Pictures for the docs: ``DONDOC_SCREENSHOTS=docs/images pytest -m "browser or slow" tests`` makes them all anew."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page

SHOTS = os.environ.get("DONDOC_SCREENSHOTS")
# The browser of the tests has no Vietnamese of its own: a day is shown as a Vietnamese browser would show it.
DAYS = """() => { for (const field of document.querySelectorAll("input[type=date]")) {
  const [year, month, day] = field.value.split("-");
  field.dataset.was = field.value; field.type = "text"; field.value = day ? `${day}/${month}/${year}` : "dd/mm/yyyy"; } }"""
BACK = """() => { for (const field of document.querySelectorAll("input[data-was]")) {
  field.type = "date"; field.value = field.dataset.was; } }"""


def shot(page: Page, name: str) -> None:
    """The window as it stands, only when asked for."""
    if SHOTS:
        page.wait_for_timeout(300)  # charts end their drawing
        page.evaluate(DAYS)
        page.screenshot(path=Path(SHOTS) / f"{name}.png")
        page.evaluate(BACK)


def keep(name: str, picture: bytes) -> None:
    """A picture made elsewhere (a printed page), only when asked for."""
    if SHOTS:
        (Path(SHOTS) / f"{name}.png").write_bytes(picture)
