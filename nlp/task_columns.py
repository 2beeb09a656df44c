"""Which column of a table holds the task, who leads it, until when: told from the heading, else from the cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.model import Cell, Row, Table
from corpus.text import fold
from nlp.deadlines import read_cell
from nlp.patterns import compiled, rules
from nlp.units import find_units

_HEAD_ROWS = 4
_LONG = 160
_SAMPLE = 40
_MOST = 0.6
_NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVXL]{1,6}|[a-zđ]|[A-ZĐ])[.)]?\)?")


@dataclass(frozen=True, slots=True)
class Columns:
    """Column numbers by role; ``first`` is the first row after the heading."""

    task: int
    lead: int | None = None
    number: int | None = None
    coordinators: int | None = None
    product: int | None = None
    begin: int | None = None
    deadline: int | None = None
    targets: tuple[int, ...] = ()
    first: int = 0


@cache
def _roles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((entry["name"], compiled(entry["heading"])) for entry in rules("columns")["role"])


@cache
def _cell_rules() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = rules("columns")
    return compiled(data["status_words"]["cell"]), compiled(data["nothing"]["cell"])


def says_nothing(cell: str) -> bool:
    """Whether a cell is empty or says that there is nothing ("-", "Không", "Chưa xác định")."""
    return bool(_cell_rules()[1].search(cell.strip()))


def cell_text(text: str, cell: Cell) -> str:
    """A cell's words in one line."""
    return fold(text[cell.start : cell.end])


def read_columns(text: str, table: Table) -> Columns | None:
    """The columns of a task table, None for a table that assigns nothing."""
    heading = _heading(text, table.rows)
    if heading:
        first, names = heading
        return _from_heading(text, table, first, names)
    return _from_content(text, table)


def _heading(text: str, rows: Sequence[Row]) -> tuple[int, list[str]] | None:
    """The number of heading rows and the heading of each column (of two levels joined)."""
    for top in range(min(_HEAD_ROWS, len(rows))):
        if not _is_heading(text, rows[top]):
            continue
        names = [cell_text(text, cell) for cell in rows[top].cells]
        below = top + 1
        while below < len(rows) and below <= top + 2 and _continues_heading(text, rows[top], rows[below]):
            for place, cell in enumerate(rows[below].cells[: len(names)]):
                more = cell_text(text, cell)
                names[place] = names[place] if more in names[place] else f"{names[place]} {more}"
            below += 1
        return below, names
    return None


def _is_heading(text: str, row: Row) -> bool:
    cells = [cell_text(text, cell) for cell in row.cells if not cell.merged]
    named = [cell for cell in cells if cell and len(cell) <= _LONG and role(cell)]
    return len(named) >= 2 and not any(len(cell) > _LONG for cell in cells)


def _continues_heading(text: str, head: Row, row: Row) -> bool:
    """A second heading row repeats merged cells of the first, or numbers the columns: (1) (2) (3)."""
    own = [cell_text(text, cell) for cell in row.cells if not cell.merged]
    if own and all(not cell or re.fullmatch(r"\(?(?:\d{1,2}|[A-D])\)?(?:\s*=.*)?", cell) for cell in own):
        return True
    spans = {(cell.start, cell.end) for cell in head.cells}
    repeated = any(cell.merged and (cell.start, cell.end) in spans and cell.end > cell.start for cell in row.cells)
    return repeated and all(len(cell) < 80 for cell in own)


@lru_cache(maxsize=1024)
def role(heading: str) -> str | None:
    """The role that a column heading names."""
    heading = heading.strip(" *_:.").lower()
    return next((name for name, pattern in _roles() if pattern.search(heading)), None)


def _from_heading(text: str, table: Table, first: int, names: Sequence[str]) -> Columns | None:
    roles = [role(name) if name else None for name in names]
    if set(roles) & set(rules("columns")["refused"]["roles"]):
        return None
    at = {name: [place for place, found in enumerate(roles) if found == name] for name in set(roles) if name}
    body = table.rows[first : first + _SAMPLE]
    if "status" in at and any(_reports(text, body, place) for place in at["status"]):
        return None
    deadline = _deadline_column(names, at.get("deadline", []))
    if deadline is not None and _reports(text, body, deadline):
        return None
    task = _task_column(text, body, roles, at)
    if task is None:
        return None
    columns = Columns(
        task=task,
        lead=_first(at, "lead"),
        number=_first(at, "number"),
        coordinators=_first(at, "coordinators"),
        product=_first(at, "product"),
        begin=_first(at, "begin"),
        deadline=deadline,
        targets=tuple(place for place in at.get("target", []) if place != task),
        first=first,
    )
    return columns if _assigns(columns, roles) else None


def _assigns(columns: Columns, roles: Sequence[str | None]) -> bool:
    """A lead column assigns; without one a deadline with a product or coordinators (group rows give the lead)."""
    if columns.lead is not None:
        others = (columns.deadline, columns.product, columns.coordinators)
        return any(place is not None for place in others) or bool(columns.targets) or "budget" not in roles
    return columns.deadline is not None and (columns.product is not None or columns.coordinators is not None)


def _first(at: dict[str, list[int]], name: str) -> int | None:
    return at[name][0] if at.get(name) else None


def _deadline_column(names: Sequence[str], places: Sequence[int]) -> int | None:
    """The column of the end, where several speak of time."""
    ends = [place for place in places if re.search(r"hoàn\s+thành|kết\s+thúc|thời\s+hạn", names[place], re.IGNORECASE)]
    return next(iter(ends or places), None)


def _task_column(text: str, body: Sequence[Row], roles: Sequence[str | None], at: dict[str, list[int]]) -> int | None:
    """The column named so, the longest of several; else the longest column without another role."""
    named = at.get("task", [])
    free = [place for place, found in enumerate(roles) if found is None]
    if not named and "target" in at and len(at["target"]) > 1:
        named = at["target"][:1]
    candidates = named or free
    if not candidates:
        return None
    return max(candidates, key=lambda place: (_width(text, body, place), -place))


def _width(text: str, body: Sequence[Row], place: int) -> int:
    return sum(len(cell_text(text, cell)) for cell in _column(body, place))


def _column(body: Sequence[Row], place: int) -> Iterator[Cell]:
    for row in body:
        if place < len(row.cells) and not row.cells[place].merged:
            yield row.cells[place]


def _reports(text: str, body: Sequence[Row], place: int) -> bool:
    """Whether the cells of a column tell results ("Đã ban hành …"), so that the table answers tasks."""
    status = _cell_rules()[0]
    return _share([bool(status.search(cell.lower())) for cell in _filled(text, body, place)]) >= 0.3


def _filled(text: str, body: Sequence[Row], place: int) -> list[str]:
    return [words for cell in _column(body, place) if (words := cell_text(text, cell))]


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0


def _from_content(text: str, table: Table) -> Columns | None:
    """A table without a heading: one column of long texts, one of bodies, one of deadlines."""
    body = table.rows[:_SAMPLE]
    cells = [_filled(text, body, place) for place in range(table.columns)]
    if len(body) < 2 or table.columns < 3:
        return None
    numbers = [
        i for i, column in enumerate(cells) if _share([bool(_NUMBER.fullmatch(cell)) for cell in column]) >= _MOST
    ]
    times = [i for i, column in enumerate(cells) if _share([is_time(cell) for cell in column]) >= _MOST]
    bodies = [i for i, column in enumerate(cells) if _share([is_body(cell) for cell in column]) >= _MOST]
    rest = [i for i in range(table.columns) if i not in {*numbers, *times, *bodies} and cells[i]]
    if not times or not bodies or not rest:
        return None
    task = max(rest, key=lambda place: sum(map(len, cells[place])))
    after = [place for place in rest if place > task]
    return Columns(
        task=task,
        lead=bodies[0],
        number=numbers[0] if numbers else None,
        coordinators=bodies[1] if len(bodies) > 1 else None,
        product=after[0] if after else None,
        deadline=times[0],
    )


def is_time(cell: str) -> bool:
    """Whether a cell holds a deadline and nothing else."""
    deadline = read_cell(cell) if len(cell) < 60 else None
    return deadline is not None and deadline.anchor is None and not _NUMBER.fullmatch(cell)


def is_body(cell: str) -> bool:
    """Whether a cell begins with the name of a body."""
    units = find_units(cell[:_LONG])
    return bool(units) and units[0][0] <= 3
