"""Rows of a task table that are no tasks: group rows give the theme, and sometimes who leads; the walk over both."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.model import Cell, Row
from nlp.model import Task
from nlp.patterns import compiled
from nlp.task_columns import Columns, cell_text
from nlp.task_units import bodies, bodies_only

_ROMAN = re.compile(r"[IVXL]{1,7}(?=[.)\s:-]|$)")
_LETTER = re.compile(r"[A-HĐ](?=[.)\s:-]|$)")
_ARABIC = re.compile(r"\(?\d{1,3}(?:\.\d{1,3}){0,3}\)?(?=[.)\s:-]|$)")
INSIDE_LABEL = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVXL]{1,7}|[a-zđ])[.)]\s+|[-–+•*]\s+")
SUMMARY = compiled(r"^(?:tổng(?: số| cộng)?|cộng|cả nước|toàn tỉnh|trong đó)(?: ?:|$)")
_SUB_ROW = re.compile(r"[-–+•*]\s*|trong đó", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Group:
    """A group row: its printed text, how deep it stands, and who leads all rows under it."""

    text: str
    depth: int
    lead: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()


@dataclass(slots=True)
class TableWalk:
    """The rows of one table on their way to tasks."""

    text: str
    columns: Columns
    year: int | None
    groups: list[Group] = field(default_factory=list)
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


def label_of(walk: TableWalk, row: Row) -> str:
    """The printed number of a row, from its own column or from the head of the task cell."""
    label = walk.cell(row, walk.columns.number).strip(" *")
    if label or walk.columns.number is not None:
        return label
    match = INSIDE_LABEL.match(walk.cell(row, walk.columns.task))
    return match[0].strip() if match else ""


def as_group(walk: TableWalk, row: Row, label: str, words: str, following: Row | None) -> Group | None:
    """The group that a row opens, None for a task."""
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
    return Group(printed, _depth(label or text), lead or bodies_only(_unlabelled(text)), _coordinators(walk, row, lead))


def _coordinators(walk: TableWalk, row: Row, lead: tuple[str, ...]) -> tuple[str, ...]:
    return bodies(walk.raw(row, walk.columns.coordinators)) if lead else ()


def _spanning(walk: TableWalk, row: Row) -> str | None:
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
    if SUMMARY.match(text) and empty:
        return True
    if _ROMAN.match(label) or _LETTER.match(label):
        return empty or text.isupper()
    if not empty or has_target:
        return False
    return following if _ARABIC.match(label) else not _SUB_ROW.match(text)


def _numbered_below(walk: TableWalk, row: Row, following: Row | None) -> bool:
    """Whether the next row is a child of this one: 1 → 1.1, 1 → a), 1 → -, or a number that starts again."""
    if following is None:
        return False
    here, below = label_of(walk, row).rstrip(".) "), label_of(walk, following).rstrip(".) ")
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
    return INSIDE_LABEL.sub("", text, count=1)
