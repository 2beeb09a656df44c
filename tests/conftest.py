"""Fixtures that several kinds of tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from service.settings import Settings

# A loaded machine must not fail a property: speed is measured in benchmarks.
hypothesis_settings.register_profile("dondoc", deadline=None)
hypothesis_settings.load_profile("dondoc")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the settings of the machine it runs on."""
    for name in [name for name in os.environ if name.startswith("DONDOC_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The demo corpus, ingested and linked; read only."""
    from tests import demo_home  # imports the whole service, which unit tests need not

    return demo_home.build(tmp_path_factory.mktemp("demo"))


@pytest.fixture
def demo_copy(demo_store: Settings, tmp_path: Path) -> Settings:
    """The same, to be written to."""
    from tests import demo_home

    return demo_home.copy(demo_store, tmp_path / "home")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests on real documents skip with a message where the documents are absent."""
    if SHARED.is_dir():
        return
    absent = pytest.mark.skip(reason=f"real documents are absent: {SHARED}")
    for item in items:
        if item.get_closest_marker("real"):
            item.add_marker(absent)
