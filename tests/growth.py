"""How the processor time of a call grows with its input, in a process that does much else."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def seconds(call: Callable[[], object], *, runs: int = 3) -> float:
    """The least processor time of ``runs`` calls.

    The collector rests meanwhile: in a long test run it walks the objects of all tests before, which says nothing of
    the call, and once made a linear one look like a square.
    """
    gc.collect()
    gc.disable()
    try:
        return min(_once(call) for _ in range(runs))
    finally:
        gc.enable()


def _once(call: Callable[[], object]) -> float:
    began = time.process_time()
    call()
    return time.process_time() - began
