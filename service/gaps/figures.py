"""Totals in the official form and the matrix of units; every total adds up to the number of cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from service.gaps.model import GapCell, ReportStatus, TaskStatus, Verdict
from service.records import StoredDocument, StoredTask


@dataclass(frozen=True, slots=True)
class Summary:
    """Đã hoàn thành (đúng hạn, quá hạn), chưa hoàn thành (trong hạn, quá hạn), không quy định thời hạn; and reports.

    The two axes each add up to ``total``. ``pending`` are the cells among them that wait for review (chờ rà soát): in
    official figures they stand as if nobody had reported, and are named beside.
    """

    total: int = 0
    done_on_time: int = 0
    done_late: int = 0
    open_in_time: int = 0
    open_overdue: int = 0
    no_deadline: int = 0
    not_due: int = 0
    reported: int = 0
    reported_late: int = 0
    missing: int = 0
    pending: int = 0

    def __add__(self, other: Summary) -> Summary:
        """The totals of both, which share no cell."""
        return Summary(**{name: n + getattr(other, name) for name, n in asdict(self).items()})

    @property
    def done(self) -> int:
        """Đã hoàn thành."""
        return self.done_on_time + self.done_late

    @property
    def open(self) -> int:
        """Chưa hoàn thành."""
        return self.open_in_time + self.open_overdue

    @property
    def due(self) -> int:
        """Tasks that are done or past their day: the base of the rate that the central tracker publishes."""
        return self.done + self.open_overdue

    def to_json(self) -> dict[str, Any]:
        """All figures, sums included."""
        return {**asdict(self), "done": self.done, "open": self.open}


def summarise(cells: Iterable[GapCell], *, official: bool = True) -> Summary:
    """Totals over ``cells``: official figures count confirmed links only, the others the machine's proposals too."""
    counts: dict[str, int] = {}
    total = pending = 0
    for cell in cells:
        verdict: Verdict = cell.official if official else cell.verdict
        task: TaskStatus = verdict.task_status
        report: ReportStatus = verdict.report_status
        counts[task] = counts.get(task, 0) + 1
        counts[report] = counts.get(report, 0) + 1
        total += 1
        pending += cell.pending
    return Summary(total=total, pending=pending, **counts)


@dataclass(frozen=True, slots=True)
class Column:
    """A task (or a directive as a whole) as a column of the matrix."""

    directive: StoredDocument
    task: StoredTask | None = None


@dataclass(frozen=True, slots=True)
class Matrix:
    """Units × tasks (or directives): the cells of each crossing, several where a duty recurs."""

    units: tuple[str | None, ...]
    columns: tuple[Column, ...]
    cells: dict[tuple[str | None, tuple[int, int]], tuple[GapCell, ...]]

    def at(self, unit: str | None, column: Column) -> tuple[GapCell, ...]:
        """The cells of a unit under a column."""
        return self.cells.get((unit, _key(column)), ())

    def row(self, unit: str | None) -> Summary:
        """A unit's totals over all columns."""
        return summarise((cell for column in self.columns for cell in self.at(unit, column)), official=False)


def matrix(cells: Iterable[GapCell], *, by: str = "task") -> Matrix:
    """The cells as a grid of units and tasks, or units and directives (``by="directive"``), in their first order."""
    grid: dict[tuple[str | None, tuple[int, int]], tuple[GapCell, ...]] = {}
    units: dict[str | None, None] = {}
    columns: dict[tuple[int, int], Column] = {}
    for cell in cells:
        duty = cell.duty
        column = Column(duty.directive, duty.task if by == "task" else None)
        key = (duty.unit, _key(column))
        grid[key] = (*grid.get(key, ()), cell)
        units.setdefault(duty.unit)
        columns.setdefault(_key(column), column)
    return Matrix(tuple(units), tuple(columns.values()), grid)


def _key(column: Column) -> tuple[int, int]:
    return column.directive.id, column.task.id if column.task else -1
