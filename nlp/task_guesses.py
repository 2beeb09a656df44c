"""What the classifier finds without the rules: only for measuring what both are worth (``evaluate --ablation``).

The outline of the text, the bodies and the deadlines are read as ever; which lines and which rows assign work is the
classifier's word alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from corpus.model import Document, Row
from nlp.assign_features import Candidate
from nlp.assign_judge import TAKEN, judge
from nlp.assign_model import model
from nlp.deadlines import read_cell
from nlp.model import Task
from nlp.task_columns import cell_text, is_body, is_time
from nlp.task_partners import coordinators
from nlp.task_prose import Assignment, read_clause
from nlp.task_units import bodies
from nlp.task_walk import Walk

_MIN_WORDS = 4


def take_guess(walk: Walk, index: int) -> None:
    """An element of which no rule speaks, taken where the classifier says so."""
    element, text = walk.outline.elements[index], walk.outline.text
    if len(element.words.split()) < _MIN_WORDS or element.zone == "recipients":
        return
    frame = walk.scope(index)
    span = (element.start, element.end)
    verdict = judge(walk, index, span, "none", frame)
    if not verdict.taken:
        return
    said = read_clause(text, *span)
    if said is None:
        named = coordinators(text[element.start : element.end], 0)
        said = Assignment(*span, frame.lead if frame else (), named, element.start)
    walk.add(index, span, said, "explicit" if said.cue or not frame else frame.source, verdict.confidence)


def guess_in_tables(document: Document, year: int | None) -> list[Task]:
    """Rows whose longest cell reads like assigned work; bodies and deadline from the cells that look like them."""
    return [task for table in document.tables for row in table.rows for task in _guess(document.text, row, year)]


def _guess(text: str, row: Row, year: int | None) -> Iterator[Task]:
    cells = [cell for cell in row.cells if not cell.merged]
    longest = max(cells, key=lambda cell: cell.end - cell.start, default=None)
    if longest is None or len((words := cell_text(text, longest)).split()) < _MIN_WORDS:
        return
    probability = model().bare(Candidate(words, place=longest.start / max(len(text), 1)))
    if probability < TAKEN:
        return
    others = [cell_text(text, cell) for cell in cells if cell is not longest]
    named = islice((bodies(cell) for cell in others if is_body(cell)), 2)
    lead, coordinating = next(named, ()), next(named, ())
    yield Task(
        id="",
        text=words,
        start=longest.start,
        end=longest.end,
        in_table=True,
        lead=lead,
        lead_source="table",
        coordinators=coordinating,
        deadline=next((read_cell(cell, year=year) for cell in others if is_time(cell)), None),
        confidence=round(probability, 3),
    )
