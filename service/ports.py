"""What every use case sees of an installation; ``service.bootstrap.App`` is one, a test may make another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from nlp.encode import Encoder
from service.files import Files
from service.index.ports import Index
from service.settings import Settings
from service.store.ports import Store

Progress = Callable[[int, int, str], None]
"""Called with done, total and the phase in words."""


class Ports(Protocol):
    """An open installation."""

    @property
    def settings(self) -> Settings: ...
    @property
    def store(self) -> Store: ...
    @property
    def index(self) -> Index: ...
    @property
    def files(self) -> Files: ...
    @property
    def encoder(self) -> Encoder | None:
        """Makes vectors of texts; None where the office switched it off."""


def silent(done: int, total: int, phase: str) -> None:
    """Progress for nobody."""
