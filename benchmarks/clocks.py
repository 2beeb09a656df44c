"""A clock that holds on a busy machine: seconds of the processor, those of the database's own processes among them."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

SERIAL = "options=-c%20max_parallel_workers_per_gather%3D0"
"""For the address of a PostgreSQL database: its workers end before they could be counted, so it works without them."""


def of_processor(engine: Engine) -> Callable[[], float]:
    """Processor seconds of this process; of PostgreSQL on this machine also those that our connections' processes had."""
    if engine.dialect.name != "postgresql":
        return time.process_time
    servers: set[int] = set()

    @event.listens_for(engine, "connect")
    def note(connection: Any, _record: object) -> None:
        servers.add(connection.info.backend_pid)

    engine.dispose()  # connections that were open before are opened anew, and noted
    return lambda: time.process_time() + sum(map(_seconds, servers))


def _seconds(process: int) -> float:
    """Since its start, by the scheduler's own count (Linux), which ticks finer than ``times``."""
    try:
        return int(Path(f"/proc/{process}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9
    except OSError:  # ended since
        return 0.0
