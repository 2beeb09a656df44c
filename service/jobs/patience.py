"""Background work that waits for a database that is away for a moment (a restart, a fail-over), call by call.

Pages and commands that ask something are told at once instead; nobody watches a job, so it may wait.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final, cast

from nlp.encode import Encoder
from service.errors import StoreUnavailable
from service.files import Files
from service.index.ports import Index
from service.ports import Ports
from service.settings import Settings
from service.store.ports import Store

_SPREAD: Final = random.Random()  # noqa: S311 - spreads tries, no key; of its own, so that nobody else's draws change
WAITS: Final = 120.0
"""Seconds that one call of the store is tried for."""
_FIRST: Final = 0.2
_LONGEST: Final = 5.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PatientApp:
    """An installation (``service.ports.Ports``) whose store is waited for."""

    settings: Settings
    store: Store
    index: Index
    files: Files
    encoder: Encoder | None = None


def patient(app: Ports, stop: threading.Event | None = None, *, waits: float = WAITS) -> PatientApp:
    """The same installation; a call of its store is tried again until it answers, ``stop`` is set or time is over.

    Safe because each call is one transaction, and doing it twice ends as doing it once: a document is known by its
    SHA-256, links are replaced, a job that was queued twice finds nothing left to do.
    """
    store = cast("Store", _Waiting(app.store, stop or threading.Event(), waits))
    return PatientApp(app.settings, store, app.index, app.files, app.encoder)


class _Waiting:
    """Every method of the store, tried again."""

    def __init__(self, store: Store, stop: threading.Event, waits: float) -> None:
        self._store = store
        self._stop = stop
        self._waits = waits

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the store has
        found = getattr(self._store, name)
        return self._tried(found) if callable(found) else found

    def _tried(self, method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def call(*args: Any, **given: Any) -> Any:  # noqa: ANN401 - whatever the method takes and gives
            until, pause = time.monotonic() + self._waits, _FIRST
            while True:
                try:
                    return method(*args, **given)
                except StoreUnavailable as error:
                    if time.monotonic() + pause > until or self._stop.wait(pause * _SPREAD.uniform(0.5, 1.5)):
                        raise
                    _log.warning("the store is away, trying again: %s", error)
                    pause = min(2 * pause, _LONGEST)

        return call
