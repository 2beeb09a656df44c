"""A real server and Debian's Chromium. A missing Chromium skips on a user's machine and fails in CI.

Tests that only read share one server over one prepared office; tests that write have their own copy of the store.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from service import letters, official, reminders
from service.asgi import create
from service.bootstrap import open_app
from service.gaps import parse_query
from service.settings import Settings
from tests import demo_home

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
AT = dt.datetime(2022, 12, 31, 9, tzinfo=dt.UTC)
OFFICE = (
    'co_quan_cap_tren = "UBND TỈNH KIÊN GIANG"\nco_quan = "VĂN PHÒNG"\nten_day_du = "Văn phòng UBND tỉnh"\n'
    'dia_danh = "Kiên Giang"\nky_hieu = "VP-TH"\nquyen_han = "TL. CHỦ TỊCH"\nchuc_vu = "CHÁNH VĂN PHÒNG"\n'
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is missing in CI")
        pytest.skip("Chromium is not installed")
    with sync_playwright() as play:
        # Fields for dates and files speak the browser's own language.
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS, env={**os.environ, "LANGUAGE": "vi"})
        yield browser
        browser.close()


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """The address of a running server over this store."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create(settings), host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=30)


@contextmanager
def opened(browser: Browser, site: str, viewport: dict[str, int]) -> Iterator[Page]:
    """A page of its own; what goes wrong in its scripts fails the test."""
    context = browser.new_context(base_url=site, locale="vi-VN", viewport=viewport)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))

    def complain(message: ConsoleMessage) -> None:
        if message.type == "error" and message.location["url"] != page.url:  # a page that is itself an answer of error
            problems.append(message.text)

    page.on("console", complain)
    yield page
    context.close()
    assert not problems


@pytest.fixture(scope="session")
def office_store(demo_store: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The demo with its tasks under tracking, most links confirmed, reminders written and a letter drafted; read only."""
    settings = demo_home.copy(demo_store, tmp_path_factory.mktemp("office") / "home")
    with open_app(settings) as app:
        for task in app.store.tasks():
            app.store.confirm_task(task.id, by="Nguyễn Văn Thử", at=AT)
        for link in app.store.links(decision="suggested", active=True):
            app.store.decide(link.id, "confirmed" if link.id % 4 else "rejected", by="Nguyễn Văn Thử", at=AT)
        reminders.remind(app, at=AT)
        query = parse_query(app.store, settings=settings, as_of=AT.date())
        letters.draft(app, "Sở Nội vụ", query, at=AT)
    folder = official.folder(settings.home)
    folder.mkdir()
    (folder / "co-quan.toml").write_text(OFFICE, encoding="utf-8")
    return settings


@pytest.fixture
def office_copy(office_store: Settings, tmp_path: Path) -> Settings:
    """The same, to be written to."""
    return demo_home.copy(office_store, tmp_path / "office")


@pytest.fixture(scope="session")
def reading_room(office_store: Settings) -> Iterator[str]:
    """One server for all tests that only read."""
    with serving(office_store) as site:
        yield site


@pytest.fixture
def reader(browser: Browser, reading_room: str) -> Iterator[Page]:
    """A page for reading; nothing may be written there."""
    with opened(browser, reading_room, DESK) as page:
        yield page


@pytest.fixture
def site(demo_copy: Settings) -> Iterator[str]:
    with serving(demo_copy) as site:
        yield site


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A page over a copy of the demo as it was taken in."""
    with opened(browser, site, DESK) as page:
        yield page


@pytest.fixture
def office(browser: Browser, office_copy: Settings) -> Iterator[Page]:
    """A page over a copy of the prepared office."""
    with serving(office_copy) as site, opened(browser, site, DESK) as page:
        yield page
