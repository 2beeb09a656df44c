"""Features as columns: a statement beside several tasks, one value a task, and words only where somebody reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Signal:
    """One feature's value (0..1) and the detail that its reason shows."""

    code: str
    value: float
    detail: str = ""


def _untold(row: int) -> str:
    del row
    return ""


@dataclass(frozen=True, slots=True)
class Column:
    """One feature of a statement beside several tasks."""

    code: str
    values: Values
    """0..1, one a task."""
    detail: Callable[[int], str] = _untold
    """What the reason shows of the task in a row."""


def column(code: str, values: Iterable[float], detail: Callable[[int], str] = _untold) -> Column:
    """A column of plain values."""
    return Column(code, np.array(list(values), dtype=np.float64), detail)


def percent(values: Values) -> Callable[[int], str]:
    """A detail that tells the value itself."""
    return lambda row: f"{values[row]:.0%}"


def signals_of(columns: Sequence[Column], row: int) -> tuple[Signal, ...]:
    """What speaks for and against the task in one row."""
    told = ((one, float(one.values[row])) for one in columns)
    return tuple(Signal(one.code, value, one.detail(row)) for one, value in told if value > 0)
