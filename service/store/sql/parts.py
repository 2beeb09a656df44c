"""Long lists in pieces: a statement takes only so many variables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def parts(values: Iterable[T], size: int = 500) -> Iterator[list[T]]:
    """The values in order, ``size`` at a time."""
    rest = iter(values)
    while part := list(islice(rest, size)):
        yield part
