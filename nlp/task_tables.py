"""Tasks in tables: one row that assigns is one task; group rows give the theme, and sometimes who leads.

The heading of a national annex is: TT | nhiệm vụ | cơ quan chủ trì | cơ quan phối hợp | kết quả | thời gian hoàn thành.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.model import Cell, Document, Row, Table
from corpus.text import fold
from nlp.deadlines import read_cell
from nlp.model import Deadline, Task
from nlp.patterns import compiled
from nlp.task_columns import Columns, cell_text, read_columns, says_nothing
from nlp.task_units import bodies, bodies_only

_ROMAN = re.compile(r"[IVXL]{1,7}(?=[.)\s:-]|$)")
_LETTER = re.compile(r"[A-HĐ](?=[.)\s:-]|$)")
_ARABIC = re.compile(r"\(?\d{1,3}(?:\.\d{1,3}){0,3}\)?(?=[.)\s:-]|$)")
_INSIDE_LABEL = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVXL]{1,7}|[a-zđ])[.)]\s+|[-–+•*]\s+")
_SUMMARY = compiled(r"^(?:tổng(?: số| cộng)?|cộng|cả nước|toàn tỉnh|trong đó)(?: ?:|$)")
_BY_YEAR = compiled(r"(?:đến|trước|trong)(?: hết| cuối)? năm 20\d\d")
_SUB_ROW = re.compile(r"[-–+•*]\s*|trong đó", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Group:
    """A group row: its printed text, how deep it stands, and who leads all rows under it."""

    text: str
    depth: int
    lead: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()


@dataclass(slots=True)
class _Walk:
    """The rows of one table on their way to tasks."""

    text: str
    columns: Columns
    year: int | None
    groups: list[_Group] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)

    def cell(self, row: Row, place: int | None) -> str:
        """The words of one cell, "" where the table has no such column."""
        if place is None or place >= len(row.cells):
            return ""
        return cell_text(self.text, row.cells[place])

    def raw(self, row: Row, place: int | None) -> str:
        """A cell with its line feeds, which part the bodies of a list."""
        if place is None or place >= len(row.cells):
            return ""
        cell = row.cells[place]
        return self.text[cell.start : cell.end]


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
    walk = _Walk(text, columns, year)
    rows = table.rows[columns.first :]
    heading = [cell_text(text, cell) for cell in table.rows[columns.first - 1].cells] if columns.first else []
    for place, row in enumerate(rows):
        if heading and [cell_text(text, cell) for cell in row.cells] == heading:
            continue
        following = rows[place + 1] if place + 1 < len(rows) else None
        _take(walk, row, following)
    return [task for task in walk.tasks if task.lead or columns.lead is not None]


def _take(walk: _Walk, row: Row, following: Row | None) -> None:
    label, words = _label(walk, row), walk.cell(row, walk.columns.task)
    if not any(cell.end > cell.start for cell in row.cells) or _is_numbering(walk, row):
        return
    group = _as_group(walk, row, label, words, following)
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


def _is_numbering(walk: _Walk, row: Row) -> bool:
    cells = [cell_text(walk.text, cell) for cell in row.cells if cell.end > cell.start]
    return len(cells) > 2 and all(re.fullmatch(r"\(?\d{1,2}\)?", cell) for cell in cells)


def _label(walk: _Walk, row: Row) -> str:
    """The printed number of a row, from its own column or from the head of the task cell."""
    label = walk.cell(row, walk.columns.number).strip(" *")
    if label or walk.columns.number is not None:
        return label
    match = _INSIDE_LABEL.match(walk.cell(row, walk.columns.task))
    return match[0].strip() if match else ""


# --- group rows ----------------------------------------------------------------------------------------------------


def _as_group(walk: _Walk, row: Row, label: str, words: str, following: Row | None) -> _Group | None:
    whole = _spanning(walk, row)
    columns = walk.columns
    own = [walk.raw(row, place) for place in (columns.lead, columns.product, columns.deadline)]
    roman = bool(_ROMAN.match(label))
    """A deadline alone beside a Roman number is the tail of a cell above."""
    empty = whole is not None or not any(cell.strip() for cell in own[: 2 if roman and columns.lead is not None else 3])
    text = whole or words or label
    has_target = any(walk.cell(row, place) for place in columns.targets)
    if not _is_theme(
        label or text, text, empty=empty, has_target=has_target, following=_numbered_below(walk, row, following)
    ):
        return None
    if columns.targets and has_target and _ARABIC.match(label):
        return None
    lead = () if whole else bodies(own[0])
    printed = text if not label or text.startswith(label) else f"{label.rstrip('.')}. {text}"
    return _Group(
        printed, _depth(label or text), lead or bodies_only(_unlabelled(text)), _coordinators(walk, row, lead)
    )


def _coordinators(walk: _Walk, row: Row, lead: tuple[str, ...]) -> tuple[str, ...]:
    return bodies(walk.raw(row, walk.columns.coordinators)) if lead else ()


def _spanning(walk: _Walk, row: Row) -> str | None:
    """The text of a row whose only content is one cell over several columns, or one cell besides the number."""
    filled: dict[tuple[int, int], Cell] = {(cell.start, cell.end): cell for cell in row.cells if cell.end > cell.start}
    if walk.columns.number is not None and walk.columns.number < len(row.cells):
        number = row.cells[walk.columns.number]
        if len(filled) > 1 and len(cell_text(walk.text, number)) <= 8:
            filled.pop((number.start, number.end), None)
    if len(filled) != 1:
        return None
    cell = next(iter(filled.values()))
    return cell_text(walk.text, cell)


def _is_theme(label: str, text: str, *, empty: bool, has_target: bool, following: bool) -> bool:
    """Roman and letter rows without a deadline of their own, unnumbered bold lines, and numbers with children."""
    if _SUMMARY.match(text) and empty:
        return True
    if _ROMAN.match(label) or _LETTER.match(label):
        return empty or text.isupper()
    if not empty or has_target:
        return False
    return following if _ARABIC.match(label) else not _SUB_ROW.match(text)


def _numbered_below(walk: _Walk, row: Row, following: Row | None) -> bool:
    """Whether the next row is a child of this one: 1 → 1.1, 1 → a), 1 → -, or a number that starts again."""
    if following is None:
        return False
    here, below = _label(walk, row).rstrip(".) "), _label(walk, following).rstrip(".) ")
    if below.startswith(f"{here}.") or re.fullmatch(r"[a-zđ]", below) or below in {"-", "+", "–"}:
        return True
    return not below and bool(_SUB_ROW.match(walk.cell(following, walk.columns.task)))


def _depth(label: str) -> int:
    if _LETTER.match(label) and not _ROMAN.match(label):
        return 0
    if _ROMAN.match(label):
        return 1
    if match := _ARABIC.match(label):
        return 2 + match[0].count(".")
    return 1


def _unlabelled(text: str) -> str:
    return _INSIDE_LABEL.sub("", text, count=1)


# --- task rows -----------------------------------------------------------------------------------------------------


def _goes_on(walk: _Walk, row: Row, label: str, words: str) -> bool:
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


def _add_to_last(walk: _Walk, row: Row) -> None:
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


def _as_task(walk: _Walk, row: Row, label: str) -> Task | None:
    columns = walk.columns
    start, end = _trimmed(walk.text, row.cells[columns.task], columns.number is None)
    words = fold(walk.text[start:end])
    if not re.search(r"[^\W\d_]{2}", words) or _SUMMARY.fullmatch(words):
        return None
    own = bodies(walk.raw(row, columns.lead))
    group = next((group for group in reversed(walk.groups) if group.lead), None)
    coordinators = bodies(walk.raw(row, columns.coordinators))
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


def _trimmed(text: str, cell: Cell, labelled: bool) -> tuple[int, int]:  # noqa: FBT001
    """The cell without outer white space, and without a number at its head where no column holds the numbers."""
    start, end = cell.start, cell.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    match = _INSIDE_LABEL.match(text, start, end) if labelled else None
    return (match.end() if match else start), end


def _deadline(walk: _Walk, row: Row) -> Deadline | None:
    if walk.columns.deadline is None:
        return _deadline_of_aim(walk, row) if walk.columns.targets else None
    cell = walk.cell(row, walk.columns.deadline)
    if says_nothing(cell):
        return None
    deadline = read_cell(cell, year=walk.year) or Deadline(cell, anchor=cell)
    begin = read_cell(walk.cell(row, walk.columns.begin), year=walk.year)
    if begin and begin.due and deadline.start is None:
        return replace(deadline, start=begin.start or begin.due)
    return deadline


def _deadline_of_aim(walk: _Walk, row: Row) -> Deadline | None:
    """An aim's year stands in its wording: "Tỉ trọng kinh tế số trong GDP đến năm 2030 (%)"."""
    match = _BY_YEAR.search(walk.cell(row, walk.columns.task))
    return read_cell(match[0]) if match else None


def table_spans(document: Document) -> Iterator[tuple[int, int]]:
    """Where tables stand: other finders leave these parts of the text to this module."""
    return ((table.start, table.end) for table in document.tables)


def covered(spans: Sequence[tuple[int, int]], offset: int) -> bool:
    """Whether ``offset`` stands inside one of the spans."""
    return any(start <= offset < end for start, end in spans)
