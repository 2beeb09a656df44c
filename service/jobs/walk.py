"""Which files a command names, in a fixed order: a second run meets them as the first did."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from service.errors import InvalidInput

_JUNK = ("~$", ".")
"""Word's lock files and hidden files are nobody's documents."""
_JUNK_NAMES = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Source:
    """A file to take in; ``file`` is how it is called in the store."""

    path: Path
    file: str


def walk(paths: Sequence[Path], base: Path) -> list[Source]:
    """The files under ``paths`` (relative ones under ``base``), each once, in the order named and then by name."""
    missing = [str(path) for path in paths if not (base / path).exists()]
    if missing:
        raise InvalidInput(f"Không có tệp hoặc thư mục: {', '.join(missing)}", missing=missing)
    found: dict[Path, Source] = {}
    for path in paths:
        for source in _under(path, base):
            found.setdefault(source.path.resolve(), source)
    return list(found.values())


def _under(path: Path, base: Path) -> Iterator[Source]:
    place = base / path
    if not place.is_dir():
        yield Source(place, _shown(path))
        return
    for folder, folders, names in os.walk(place):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(_JUNK) and name.lower() not in _JUNK_NAMES:
                full = Path(folder) / name
                yield Source(full, _shown(path / full.relative_to(place)))


def _shown(path: Path) -> str:
    """A path as text; bytes that are no UTF-8 (old archives unpacked on Linux) show as �."""
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")
