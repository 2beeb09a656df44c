"""Several workers on one machine: processes under one parent, which starts a dead one again and stops them together."""

from __future__ import annotations

import multiprocessing as mp
import signal
import threading
import time
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import Final

from service.cli.output import people
from service.errors import StoreUnavailable

_LOOK: Final = 0.5
_LOOKS_AGAIN: Final = 5.0
_FIRST_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 60.0
_LIVES_LONG: Final = 60.0
_STOPS: Final = 60.0
"""Seconds that a worker gets to bring its file to an end and give its job back."""


def stop_event() -> threading.Event:
    """An event that SIGTERM and Ctrl-C set."""
    stop = threading.Event()

    def halt(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, halt)
    signal.signal(signal.SIGINT, halt)
    return stop


def work_alone() -> None:
    """One worker in this process, until it is told to stop or its parent is gone."""
    from service import worker
    from service.bootstrap import open_app
    from service.settings import load

    stop = stop_event()
    parent = mp.parent_process()
    if parent is not None:
        threading.Thread(target=_stop_with, args=(parent, stop), daemon=True).start()
    settings = load()
    while not stop.is_set():
        try:
            with open_app(settings) as app:
                worker.run(app, stop)
        except StoreUnavailable as error:  # the database starts after us
            people.print(error.message, markup=False)
            stop.wait(_LOOKS_AGAIN)


def work_together(count: int) -> None:
    """So many workers, until this process is told to stop."""
    stop = stop_event()
    slots = [_Slot(number) for number in range(1, count + 1)]
    while not stop.wait(_LOOK):
        for slot in slots:
            slot.keep_alive()
    for slot in slots:
        slot.tell_to_stop()
    for slot in slots:
        slot.wait()


class _Slot:
    """A place for one worker; one that died is followed by another, later each time while they die young."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._pause = _FIRST_PAUSE
        self._process: BaseProcess | None = None
        self._since = self._next = 0.0

    def keep_alive(self) -> None:
        now = time.monotonic()
        if self._process is not None and not self._process.is_alive():
            people.print(f"Tiến trình {self._number} đã dừng (mã {self._process.exitcode}); sẽ mở lại.", markup=False)
            self._pause = _FIRST_PAUSE if now - self._since > _LIVES_LONG else min(_LONGEST_PAUSE, 2 * self._pause)
            self._process, self._next = None, now + self._pause
        if self._process is None and now >= self._next:
            self._process = mp.get_context("spawn").Process(target=work_alone, name=f"dondoc-worker-{self._number}")
            self._process.start()
            self._since = now

    def tell_to_stop(self) -> None:
        if self._process is not None:
            self._process.terminate()

    def wait(self) -> None:
        if self._process is not None:
            self._process.join(_STOPS)
            if self._process.is_alive():
                self._process.kill()
                self._process.join()


def _stop_with(parent: BaseProcess, stop: threading.Event) -> None:
    parent.join()
    stop.set()
