"""What stands on one PDF page: its words outside of tables, its tables, and the rule above its footnotes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import pypdfium2 as pdfium

from corpus.assemble import CellText
from corpus.labels import read_label
from corpus.pdf_fallback import rejoined
from corpus.pdf_furniture import PageWords
from corpus.pdf_grid import Grid, find_grids
from corpus.pdf_lines import Line, is_rule, joint_of, lines_of
from corpus.pdf_rules import Rule, Rules, read_rules
from corpus.pdf_words import Frame, Word, frame_of, main_turn, read_words
from corpus.tables import Piece


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table and where it stands on its page."""

    piece: Piece
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PageLayout:
    """One page as found, before running heads are known."""

    words: PageWords
    tables: list[PlacedTable] = field(default_factory=list)
    note_rules: tuple[float, ...] = ()
    """Heights of rules at the left margin: footnotes stand below one."""
    rules: tuple[Rule, ...] = ()
    """Horizontal rules: the only borders that some tables have."""
    images: bool = False


def lay_out(page: pdfium.PdfPage, number: int) -> PageLayout:
    """Find the words and tables of a page."""
    frame = frame_of(page)
    words = rejoined(read_words(page, frame))
    turn = main_turn(words)
    rules = read_rules(page, frame, turn)
    grids = find_grids(rules)
    inside, outside = _part(words, grids, frame, turn)
    tables = [_table(grid, inside[index], turn, number) for index, grid in enumerate(grids)]
    return PageLayout(
        PageWords(number, frame, turn, outside),
        [table for table in tables if table.piece.rows],
        _note_rules(rules, grids, frame.size(turn)),
        rules.across,
        rules.images,
    )


def _part(
    words: Sequence[Word], grids: list[Grid], frame: Frame, turn: int
) -> tuple[dict[int, dict[int, list[Word]]], list[Word]]:
    """Words by grid and cell, and those outside of all grids; in nested grids the smallest has the word."""
    inside: dict[int, dict[int, list[Word]]] = defaultdict(lambda: defaultdict(list))
    if not grids:
        return inside, list(words)
    outside: list[Word] = []
    order = sorted(range(len(grids)), key=lambda index: grids[index].ys[-1] - grids[index].ys[0])
    for word in words:
        x, y = frame.place(word, turn).middle
        for index in order:
            cell = grids[index].cell_at(x, y)
            if cell is not None:
                inside[index][cell].append(word)
                break
        else:
            outside.append(word)
    return inside, outside


def _table(grid: Grid, words: dict[int, list[Word]], turn: int, number: int) -> PlacedTable:
    cells = {cell: CellText(cell_text(words.get(cell, ()), turn)) for row in grid.cells for cell in row}
    rows = [[cells[cell] for cell in row] for row in grid.cells if any(cells[cell].text for cell in row)]
    # Columns that only rows without text tell apart are one.
    own = [0] + [k for k in range(1, grid.columns) if any(row[k] is not row[k - 1] for row in rows)]
    edges = (*(grid.xs[k] for k in own), grid.xs[-1])
    return PlacedTable(Piece([[row[k] for k in own] for row in rows], number, edges), grid.ys[0], grid.ys[-1])


def cell_text(words: Sequence[Word], turn: int) -> str:
    """The text of a cell, one line feed between its paragraphs; words of other turns follow those of ``turn``."""
    turns = sorted({word.turn for word in words}, key=lambda other: other != turn)
    return "\n".join(
        text for own in turns if (text := _cell_paragraphs(lines_of(word for word in words if word.turn == own)))
    )


def _cell_paragraphs(lines: list[Line]) -> str:
    lines = [line for line in lines if not is_rule(line.text)]
    if not lines:
        return ""
    right = max(line.x1 for line in lines)
    parts = [lines[0].text]
    for before, line in pairwise(lines):
        parts += "\n" if _begins_paragraph(before, line, right) else joint_of(before.text, line.text), line.text
    return "".join(parts)


def _begins_paragraph(before: Line, line: Line, right: float) -> bool:
    """In a cell: a numbered or bulleted line after one that ended, or an indented line after a full stop."""
    ended = before.text[-1] in ".;:" or before.x1 + 0.3 * before.size + line.first_width < right - line.size
    if ended and read_label(line.text):
        return True
    return before.text[-1] in ".;" and line.text[0].isupper() and line.x0 > before.x0 + line.size / 2


def _note_rules(rules: Rules, grids: list[Grid], size: tuple[float, float]) -> tuple[float, ...]:
    """Rules that begin at the left margin and belong to no table."""
    width, height = size
    return tuple(
        rule.at
        for rule in rules.across
        if rule.at > 0.1 * height
        and rule.high - rule.low > 0.15 * width
        and rule.low < 0.25 * width
        and not any(grid.ys[0] - 5 <= rule.at <= grid.ys[-1] + 5 for grid in grids)
    )
