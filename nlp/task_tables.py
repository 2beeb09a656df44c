"""Tasks in tables: one row that assigns is one task; group rows give the theme, and sometimes who leads.

The heading of a national annex is: TT | nhiệm vụ | cơ quan chủ trì | cơ quan phối hợp | kết quả | thời gian hoàn thành.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from corpus.model import Cell, Document, Row, Table
from corpus.text import fold
from nlp.deadlines import read_cell
from nlp.model import Deadline, Task
from nlp.patterns import compiled
from nlp.task_columns import Columns, cell_text, read_columns, says_nothing
from nlp.task_groups import INSIDE_LABEL, SUMMARY, TableWalk, as_group, label_of
from nlp.task_units import bodies

_BY_YEAR = compiled(r"(?:đến|trước|trong)(?: hết| cuối)? năm 20\d\d")


def find_in_tables(document: Document, year: int | None) -> list[Task]:
    """The tasks of every table that assigns; a table without a heading may go on with the columns of the one before."""
    tasks: list[Task] = []
    previous: tuple[Table, Columns] | None = None
    for table in document.tables:
        columns = read_columns(document.text, table) or _continued(document.text, table, previous)
        if columns is None:
            continue
        tasks += _read(document.text, table, columns, year)
        previous = (table, columns)
    return tasks


def _continued(text: str, table: Table, previous: tuple[Table, Columns] | None) -> Columns | None:
    """A table right after a task table with as many columns, only a page break between them."""
    if previous is None or table.columns != previous[0].columns or text[previous[0].end : table.start].strip():
        return None
    return replace(previous[1], first=0)


def _read(text: str, table: Table, columns: Columns, year: int | None) -> list[Task]:
    walk = TableWalk(text, columns, year)
    rows = table.rows[columns.first :]
    heading = [cell_text(text, cell) for cell in table.rows[columns.first - 1].cells] if columns.first else []
    for place, row in enumerate(rows):
        if heading and [cell_text(text, cell) for cell in row.cells] == heading:
            continue
        following = rows[place + 1] if place + 1 < len(rows) else None
        _take(walk, row, following)
    return [task for task in walk.tasks if task.lead or (columns.lead is not None and _has_more(task))]


def _has_more(task: Task) -> bool:
    """Whether a row without a lead says anything besides its words: else it is a form to fill in."""
    return bool(task.deadline or task.product or task.coordinators or task.target)


def _take(walk: TableWalk, row: Row, following: Row | None) -> None:
    label, words = label_of(walk, row), walk.cell(row, walk.columns.task)
    if not any(cell.end > cell.start for cell in row.cells) or _is_numbering(walk, row):
        return
    group = as_group(walk, row, label, words, following)
    if group:
        while walk.groups and walk.groups[-1].depth >= group.depth:
            walk.groups.pop()
        walk.groups.append(group)
    elif _goes_on(walk, row, label, words):
        _add_to_last(walk, row)
    elif words:
        task = _as_task(walk, row, label)
        if task:
            walk.tasks.append(task)


def _is_numbering(walk: TableWalk, row: Row) -> bool:
    cells = [cell_text(walk.text, cell) for cell in row.cells if cell.end > cell.start]
    return len(cells) > 2 and all(re.fullmatch(r"\(?\d{1,2}\)?", cell) for cell in cells)


# --- task rows -----------------------------------------------------------------------------------------------------


def _goes_on(walk: TableWalk, row: Row, label: str, words: str) -> bool:
    """A row without a number that only adds a body or a product to the task above, or repeats its merged cell."""
    if not walk.tasks:
        return False
    cell = row.cells[walk.columns.task] if walk.columns.task < len(row.cells) else None
    if cell and cell.merged and cell.end > cell.start:
        own = any(_says_more(row, place) for place in (walk.columns.product, walk.columns.deadline))
        return not own and walk.tasks[-1].start >= cell.start and walk.tasks[-1].end <= cell.end
    if walk.columns.targets and not label and walk.columns.number is not None:
        return True
    return not words and not label


def _says_more(row: Row, place: int | None) -> bool:
    """Whether a cell beside a merged task cell holds something of its own: that makes a further task."""
    return (
        place is not None
        and place < len(row.cells)
        and not row.cells[place].merged
        and row.cells[place].end > row.cells[place].start
    )


def _add_to_last(walk: TableWalk, row: Row) -> None:
    """Bodies of a further row join the task above; an aim without a lead of its own takes those of its parts."""
    last = walk.tasks[-1]
    lead = bodies(walk.raw(row, walk.columns.lead))
    coordinators = bodies(walk.raw(row, walk.columns.coordinators))
    if last.target is not None and walk.cell(row, walk.columns.task) and last.lead and last.confidence >= _OWN_LEAD:
        return
    product = walk.cell(row, walk.columns.product)
    if last.product and product and product not in last.product:
        product = f"{last.product}; {product}"
    walk.tasks[-1] = replace(
        last,
        lead=_joined(last.lead, lead),
        coordinators=_joined(last.coordinators, coordinators),
        product=product or last.product,
        deadline=last.deadline or _deadline(walk, row),
    )


def _joined(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


_OWN_LEAD = 0.95
"""Confidence of a row that names its lead itself."""


def _as_task(walk: TableWalk, row: Row, label: str) -> Task | None:
    columns = walk.columns
    start, end = _trimmed(walk.text, row.cells[columns.task], columns.number is None)
    words = fold(walk.text[start:end])
    if not re.search(r"[^\W\d_]{2}", words) or SUMMARY.fullmatch(words):
        return None
    own = _bodies_in(walk, row, columns.lead, "lead")
    group = next((group for group in reversed(walk.groups) if group.lead), None)
    coordinators = _bodies_in(walk, row, columns.coordinators, "coordinators")
    product = walk.cell(row, columns.product)
    targets = [value for place in columns.targets if (value := walk.cell(row, place))]
    return Task(
        id="",
        text=words,
        start=start,
        end=end,
        section=tuple(group.text for group in walk.groups),
        in_table=True,
        lead=own or (group.lead if group else ()),
        lead_source="table",
        coordinators=coordinators or (group.coordinators if group and not own else ()),
        deadline=_deadline(walk, row),
        product=None if says_nothing(product) else product,
        target="; ".join(dict.fromkeys(targets)) or None,
        confidence=_OWN_LEAD if own else 0.8,
        row=label.strip("(). ") or None,
    )


_DITTO = re.compile(r"-?\s*(?:nt|như\s+trên|[\"”〃]|-?//-?)\s*-?\.?", re.IGNORECASE)


def _bodies_in(walk: TableWalk, row: Row, place: int | None, role: Literal["lead", "coordinators"]) -> tuple[str, ...]:
    """The bodies of a cell; "nt" (như trên) stands for those of the row above."""
    if walk.tasks and _DITTO.fullmatch(walk.cell(row, place)):
        return walk.tasks[-1].lead if role == "lead" else walk.tasks[-1].coordinators
    return bodies(walk.raw(row, place))


def _trimmed(text: str, cell: Cell, labelled: bool) -> tuple[int, int]:  # noqa: FBT001
    """The cell without outer white space, and without a number at its head where no column holds the numbers."""
    start, end = cell.start, cell.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    match = INSIDE_LABEL.match(text, start, end) if labelled else None
    return (match.end() if match else start), end


def _deadline(walk: TableWalk, row: Row) -> Deadline | None:
    if walk.columns.deadline is None:
        return _deadline_of_aim(walk, row) if walk.columns.targets else None
    cell = walk.cell(row, walk.columns.deadline)
    if says_nothing(cell):
        return None
    if walk.tasks and _DITTO.fullmatch(cell):
        return walk.tasks[-1].deadline
    deadline = read_cell(cell, year=walk.year) or Deadline(cell, anchor=cell)
    begin = read_cell(walk.cell(row, walk.columns.begin), year=walk.year)
    if begin and begin.due and deadline.start is None:
        return replace(deadline, start=begin.start or begin.due)
    return deadline


def _deadline_of_aim(walk: TableWalk, row: Row) -> Deadline | None:
    """An aim's year stands in its wording: "Tỉ trọng kinh tế số trong GDP đến năm 2030 (%)"."""
    match = _BY_YEAR.search(walk.cell(row, walk.columns.task))
    return read_cell(match[0]) if match else None
