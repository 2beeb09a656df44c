"""A store filled with the demo corpus, made once a session; tests that write take their own copy."""

from __future__ import annotations

import shutil
from pathlib import Path

from service.bootstrap import open_app
from service.demo import fill
from service.settings import Settings


def build(home: Path) -> Settings:
    """Ingest and link the demo corpus under ``home``."""
    settings = Settings(home=home, processes=0, person="Nguyễn Văn Thử")
    with open_app(settings) as app:
        fill(app)
    return settings


def copy(settings: Settings, home: Path) -> Settings:
    """The same store in another folder."""
    shutil.copytree(settings.home, home, dirs_exist_ok=True)
    return settings.model_copy(update={"home": home})
