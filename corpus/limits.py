"""How large, deep and slow a file may be: a hostile or broken file must cost bounded memory and time."""

from __future__ import annotations

import time
from dataclasses import dataclass

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may not pass; beyond it the reader stops, keeps what it has and says so.

    The defaults let the longest real texts through (a 176-page resolution has 0.5 million characters,
    the whole Bộ Pháp điển about 60 million in 200 files).
    """

    max_bytes: int = 100 * _MEGABYTE
    max_pages: int = 2000
    max_chars: int = 30_000_000
    max_seconds: float = 300.0
    max_unzipped: int = 500 * _MEGABYTE
    max_depth: int = 200
    """Nesting of elements (HTML, XML, tables in tables)."""

    def start(self) -> Clock:
        """The clock of one file, running from now."""
        return Clock(time.monotonic() + self.max_seconds)


@dataclass(frozen=True, slots=True)
class Clock:
    """Says when the time of one file is over; readers ask it once a page or element, never in inner loops."""

    until: float

    def over(self) -> bool:
        """True once the file has used its time."""
        return time.monotonic() > self.until
