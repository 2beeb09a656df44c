"""Pictures for the docs: ``DONDOC_SCREENSHOTS=docs/images pytest tests/browser`` makes them all anew."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page

SHOTS = os.environ.get("DONDOC_SCREENSHOTS")


def shot(page: Page, name: str) -> None:
    """The window as it stands, only when asked for."""
    if SHOTS:
        page.wait_for_timeout(200)  # charts end their drawing
        page.screenshot(path=Path(SHOTS) / f"{name}.png")


def keep(name: str, picture: bytes) -> None:
    """A picture made elsewhere (a printed page), only when asked for."""
    if SHOTS:
        (Path(SHOTS) / f"{name}.png").write_bytes(picture)
