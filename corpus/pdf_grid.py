"""From ruled lines to the grid of a table: which places belong to one cell.

Rules that cross make a figure; its distinct positions make columns and rows; two neighbouring places are one cell
where no rule stands between them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.pdf_rules import Rule, Rules

_TOUCH = 3.0
_NEAR = 5.0
_MAX_RULES = 3_000
_MAX_PLACES = 40_000


@dataclass(frozen=True, slots=True)
class Grid:
    """Column edges ``xs``, row edges ``ys``, and for each row and column the number of the cell that covers it."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[int, ...], ...]

    @property
    def columns(self) -> int:
        """How many columns."""
        return len(self.xs) - 1

    def cell_at(self, x: float, y: float) -> int | None:
        """The cell that holds a point, or None outside of the grid."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= column < self.columns and 0 <= row < len(self.cells):
            return self.cells[row][column]
        return None


def find_grids(rules: Rules) -> list[Grid]:
    """The tables of a page from top to bottom; figures of fewer than two columns are frames, not tables."""
    if len(rules.across) + len(rules.down) > _MAX_RULES:
        return []
    grids = [grid for across, down in _figures(rules) if (grid := _grid(across, down))]
    return sorted(grids, key=lambda grid: grid.ys[0])


def _figures(rules: Rules) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules grouped by whether they touch."""
    parents = list(range(len(rules.across) + len(rules.down)))

    def root(node: int) -> int:
        while parents[node] != node:
            parents[node] = parents[parents[node]]
            node = parents[node]
        return node

    offset = len(rules.across)
    for j, down in enumerate(rules.down):
        for i, across in enumerate(rules.across):
            if _cross(across, down):
                parents[root(i)] = root(offset + j)
    figures: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for i, across in enumerate(rules.across):
        figures[root(i)][0].append(across)
    for j, down in enumerate(rules.down):
        figures[root(offset + j)][1].append(down)
    return [figure for figure in figures.values() if figure[0] and figure[1]]


def _cross(across: Rule, down: Rule) -> bool:
    return (
        down.low - _TOUCH <= across.at <= down.high + _TOUCH and across.low - _TOUCH <= down.at <= across.high + _TOUCH
    )


def _grid(across: list[Rule], down: list[Rule]) -> Grid | None:
    # An open side (no border at the page's end, no side borders) still ends where the other rules end.
    xs = _positions([r.at for r in down], [r.low for r in across] + [r.high for r in across])
    ys = _positions([r.at for r in across], [r.low for r in down] + [r.high for r in down])
    if len(xs) < 3 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > _MAX_PLACES:
        return None
    return _trim(xs, ys, _number_cells(xs, ys, across, down))


def _positions(own: Iterable[float], ends: Sequence[float]) -> list[float]:
    """Distinct positions; the outermost ends count only where they stand clear of the others."""
    places: list[list[float]] = []
    for value in sorted(own):
        if places and value - places[-1][-1] <= _NEAR:
            places[-1].append(value)
        else:
            places.append([value])
    found = [sum(place) / len(place) for place in places]
    if ends and found and min(ends) < found[0] - 3 * _NEAR:
        found.insert(0, min(ends))
    if ends and found and max(ends) > found[-1] + 3 * _NEAR:
        found.append(max(ends))
    return found


def _number_cells(xs: list[float], ys: list[float], across: list[Rule], down: list[Rule]) -> list[list[int]]:
    columns, rows = len(xs) - 1, len(ys) - 1
    parents = list(range(columns * rows))

    def root(node: int) -> int:
        while parents[node] != node:
            parents[node] = parents[parents[node]]
            node = parents[node]
        return node

    walls_down = _by_position(down, xs)
    walls_across = _by_position(across, ys)
    for row in range(rows):
        for column in range(columns):
            here = row * columns + column
            middle_y, middle_x = (ys[row] + ys[row + 1]) / 2, (xs[column] + xs[column + 1]) / 2
            if column + 1 < columns and not _walled(walls_down[column + 1], middle_y):
                parents[root(here + 1)] = root(here)
            if row + 1 < rows and not _walled(walls_across[row + 1], middle_x):
                parents[root(here + columns)] = root(here)
    return [[root(row * columns + column) for column in range(columns)] for row in range(rows)]


def _by_position(rules: list[Rule], positions: list[float]) -> dict[int, list[Rule]]:
    found: dict[int, list[Rule]] = defaultdict(list)
    for rule in rules:
        nearest = min(range(len(positions)), key=lambda index: abs(positions[index] - rule.at))
        found[nearest].append(rule)
    return found


def _walled(rules: list[Rule], middle: float) -> bool:
    return any(rule.low <= middle <= rule.high for rule in rules)


def _trim(xs: list[float], ys: list[float], cells: list[list[int]]) -> Grid | None:
    """Columns and rows that only repeat their neighbour are one with it."""
    columns = [0] + [k for k in range(1, len(xs) - 1) if any(row[k] != row[k - 1] for row in cells)]
    rows = [0] + [j for j in range(1, len(cells)) if cells[j] != cells[j - 1]]
    if len(columns) < 2:
        return None
    return Grid(
        (*(xs[k] for k in columns), xs[-1]),
        (*(ys[j] for j in rows), ys[-1]),
        tuple(tuple(cells[j][k] for k in columns) for j in rows),
    )
