"""Long lists in pieces: a statement takes only so many variables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, bindparam

T = TypeVar("T")


def parts(values: Iterable[T], size: int = 500) -> Iterator[list[T]]:
    """The values in order, ``size`` at a time."""
    rest = iter(values)
    while part := list(islice(rest, size)):
        yield part


def among(column: ColumnElement[Any], numbers: Iterable[int]) -> ColumnElement[bool]:
    """Whether a column has one of some hundred numbers.

    They stand in the statement itself, which is read far quicker than one with as many variables.
    """
    values = [int(number) for number in numbers]
    return column.in_(bindparam(None, values, unique=True, expanding=True, literal_execute=True))
