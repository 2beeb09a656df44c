"""Hashed features as the sparse matrix that scikit-learn learns from. scipy is only needed in training."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any


def matrix(samples: Sequence[Iterable[tuple[int, float]]], width: int) -> Any:  # noqa: ANN401 - scipy has no types
    """One row a sample of (column, value) pairs; shape ``(len(samples), width)``."""
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]  # noqa: PLC0415

    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for sample in samples:
        for column, value in sample:
            columns.append(column)
            values.append(value)
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(samples), width))
