"""Child processes that read files, one at a time each: a file that kills or hangs its process costs that file alone.

``concurrent.futures`` gives up the whole pool when a child dies and cannot stop a hanging one, hence this small pool.
Children are spawned, not forked, so that it works the same on every system and beside threads.
"""

from __future__ import annotations

import multiprocessing as mp
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, Literal, TypeVar

from service.jobs.memory import current_mb, peak_mb

In = TypeVar("In")
Out = TypeVar("Out")
Loss = Literal["crashed", "timeout"]

_RETIRE_MB = 700.0
"""A child that has grown beyond this is replaced; libraries keep what a large file made them take."""
_START = 120.0
"""Seconds that a process may take to start, on a busy machine."""
_TICK = 1.0


@dataclass(frozen=True, slots=True)
class Result(Generic[In, Out]):
    """What became of one request: a value, or the way it was lost."""

    request: In
    value: Out | None
    loss: Loss | None = None


@dataclass(frozen=True, slots=True)
class _Answer(Generic[Out]):
    """What a child sends back; ``retires`` when it has grown too large and ends itself."""

    value: Out
    peak: float
    retires: bool


class _Child(Generic[In, Out]):
    """One process and what it is working on."""

    def __init__(self, function: Callable[[In], Out]) -> None:
        context = mp.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, function), daemon=True)
        self.process.start()
        theirs.close()
        self.place = -1
        self.until = 0.0
        self.peak = 0.0
        self._ready = False

    def give(self, place: int, request: In, timeout: float) -> None:
        """Hand over a request; its time begins when the process has started."""
        self.place, self.until = place, time.monotonic() + timeout + (0 if self._ready else _START)
        with suppress(OSError):  # a dead child is noticed when its answer is awaited
            self.pipe.send(request)

    def answer(self, timeout: float) -> _Answer[Out] | Loss | None:
        """Its answer, "crashed" when it died, None when it only said that it has started."""
        try:
            answer: _Answer[Out] | None = self.pipe.recv()
        except (EOFError, OSError):
            return "crashed"
        if answer is None:
            self._ready, self.until = True, time.monotonic() + timeout
        else:
            self.peak = answer.peak
        return answer

    def end(self) -> None:
        """Stop it, whatever it does."""
        self.pipe.close()
        self.process.join(0.2 if self.place < 0 else 0)
        if self.process.is_alive():
            self.process.kill()
        self.process.join()


class Pool(Generic[In, Out]):
    """Applies a module-level function to requests in ``processes`` children; results come in the requests' order."""

    def __init__(
        self,
        function: Callable[[In], Out],
        *,
        processes: int,
        timeout: float,
        tick: Callable[[], None] = lambda: None,
    ) -> None:
        self._function = function
        self._processes = processes
        self._timeout = timeout
        self._tick = tick
        self._children: list[_Child[In, Out]] = []
        self.peak_mb = 0.0
        """Most memory that the children held together, at most: the sum of their own peaks."""

    def map(self, requests: Iterable[In]) -> Iterator[Result[In, Out]]:
        """Results in order. At most a few requests are taken ahead, so memory stays bounded."""
        if self._processes == 0:
            yield from (Result(request, self._function(request)) for request in requests)
            return
        try:
            yield from self._run(iter(requests))
        finally:
            self.close()

    def close(self) -> None:
        """Stop all children."""
        for child in self._children:
            child.end()
        self._children.clear()

    def _run(self, requests: Iterator[In]) -> Iterator[Result[In, Out]]:
        waiting: deque[In] = deque()
        done: dict[int, Result[In, Out]] = {}
        first = 0
        more = True
        while more or waiting:
            while more and len(waiting) < 2 * self._processes:
                try:
                    waiting.append(next(requests))
                except StopIteration:
                    more = False
                    break
            self._hand_out(waiting, first, done)
            for place, value, loss in self._collect():
                done[place] = Result(waiting[place - first], value, loss)
            while first in done:
                waiting.popleft()
                yield done.pop(first)
                first += 1

    def _hand_out(self, waiting: deque[In], first: int, done: dict[int, Result[In, Out]]) -> None:
        busy = {child.place for child in self._children}
        open_places = [place for place in range(first, first + len(waiting)) if place not in busy and place not in done]
        for place in open_places:
            child = next((child for child in self._children if child.place < 0), None)
            if child is None:
                if len(self._children) >= self._processes:
                    return
                child = _Child(self._function)
                self._children.append(child)
            child.give(place, waiting[place - first], self._timeout)

    def _collect(self) -> Iterator[tuple[int, Out | None, Loss | None]]:
        """Answers that are there, children that died, children whose time is over."""
        busy = [child for child in self._children if child.place >= 0]
        if not busy:
            return
        ready = wait([child.pipe for child in busy], timeout=_TICK)
        self._tick()
        for child in busy:
            place = child.place
            if child.pipe in ready:
                answer = child.answer(self._timeout)
                if isinstance(answer, _Answer):
                    yield place, self._take(child, answer), None
                elif answer == "crashed":
                    self._drop(child)
                    yield place, None, "crashed"
            elif time.monotonic() > child.until:
                self._drop(child)
                yield place, None, "timeout"

    def _take(self, child: _Child[In, Out], answer: _Answer[Out]) -> Out:
        child.place = -1
        self.peak_mb = max(self.peak_mb, sum(child.peak for child in self._children))
        if answer.retires:
            self._drop(child)
        return answer.value

    def _drop(self, child: _Child[In, Out]) -> None:
        self._children.remove(child)
        child.end()


def _serve(pipe: Connection, function: Callable[[Any], Any]) -> None:
    """A child's life: answer requests until the parent closes the pipe or this process has grown too large."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's business
    threading.Thread(target=_die_with_parent, daemon=True).start()
    retires = False
    with suppress(EOFError, OSError):  # the parent closed the pipe
        pipe.send(None)
        while not retires:
            value = function(pipe.recv())
            retires = current_mb() > _RETIRE_MB
            pipe.send(_Answer(value, peak_mb(), retires))


def _die_with_parent() -> None:
    """A child whose parent was killed must not go on reading alone."""
    parent = mp.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
