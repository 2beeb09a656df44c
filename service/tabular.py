"""A table that a page shows and a file carries: one value for both, so that what is exported is what is seen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from service.vietnamese import Value, shown

Align = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its share of the width, how its cells stand."""

    title: str
    width: float = 12
    """In characters of the body font; pages and files divide the width by these."""
    align: Align = "left"
    group: str = ""
    """A heading over several neighbouring columns ("Đã hoàn thành")."""


Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Rows(Collection[Row]):
    """The rows of a long table, read anew each time they are walked, TT in front; ``size`` of them."""

    size: int
    read: Callable[[], Iterable[Row]]

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[Row]:
        return ((number, *row) for number, row in enumerate(self.read(), 1))

    def __contains__(self, row: object) -> bool:
        return any(row == one for one in self)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its name and what has to be said under it."""

    name: str
    """For the file: letters without marks, digits, hyphens."""
    title: str
    columns: tuple[Column, ...]
    rows: Collection[Row]
    subtitle: str = ""
    notes: tuple[str, ...] = ()
    total: bool = False
    """Whether the last row is the sum."""

    def __post_init__(self) -> None:
        held = () if isinstance(self.rows, Rows) else self.rows
        wrong = next((row for row in held if len(row) != len(self.columns)), None)
        if wrong is not None:
            raise ValueError(f"a row of {self.name} has {len(wrong)} cells under {len(self.columns)} columns")

    @property
    def grouped(self) -> bool:
        """Whether the heading has two lines."""
        return any(column.group for column in self.columns)

    def texts(self) -> Iterator[list[str]]:
        """The rows as they are read."""
        return ([shown(value) for value in row] for row in self.rows)

    def spans(self) -> list[tuple[str, int]]:
        """Groups of the heading's upper line with their number of columns; an empty group stands alone."""
        found: list[tuple[str, int]] = []
        for column in self.columns:
            if found and column.group and found[-1][0] == column.group:
                found[-1] = (column.group, found[-1][1] + 1)
            else:
                found.append((column.group, 1))
        return found


def numbered(rows: Sequence[Sequence[Value]], offset: int = 0) -> tuple[tuple[Value, ...], ...]:
    """Rows with TT, their number, in front; ``offset`` rows stand before these."""
    return tuple((number, *row) for number, row in enumerate(rows, offset + 1))
