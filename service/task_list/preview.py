"""A list that was looked at and waits to be applied: kept by its SHA-256 for a day."""

from __future__ import annotations

import hashlib
import re
import time
from pathlib import Path
from typing import Final

from service.errors import NotFound
from service.ports import Ports

_DAY: Final = 86_400
_NAME: Final = re.compile(r"[0-9a-f]{64}")


def keep(app: Ports, data: bytes) -> str:
    """Keep the file; returns the name under which it is asked for again. Those of yesterday go."""
    folder = _folder(app)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if time.time() - old.stat().st_mtime > _DAY:
            old.unlink(missing_ok=True)
    name = hashlib.sha256(data).hexdigest()
    (folder / name).write_bytes(data)
    return name


def kept(app: Ports, name: str) -> bytes:
    """The file again."""
    path = _folder(app) / name
    if not _NAME.fullmatch(name) or not path.is_file():
        raise NotFound("Bảng xem trước không còn; chọn lại tệp.")
    return path.read_bytes()


def forget(app: Ports, name: str) -> None:
    """It was applied."""
    if _NAME.fullmatch(name):
        (_folder(app) / name).unlink(missing_ok=True)


def _folder(app: Ports) -> Path:
    return app.settings.home / "previews"
