"""Rows of Markdown tables: with a row a line, or flattened to one cell a line between lone bars."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from corpus import flat_tables
from corpus.markup import plain
from corpus.paragraphs import groups, is_rule
from corpus.text import fold

_RULE: Final = r"\s*(?::?-{2,}:?|:-:?|-:)\s*"
_SEPARATOR: Final = re.compile(rf"\s*\|?(?:{_RULE}\|)*{_RULE}(?:\|\s*)?$")
_CELL_BAR: Final = re.compile(r"(?<!\\)\|")
_GLUED: Final = re.compile(r"(?<=VIỆT NAM)(?=Độc lập)|\s*(?:-{3,}|_{3,})\s*")
_SHORT: Final = 40


def is_pipe_table(lines: Sequence[str], index: int, end: int) -> bool:
    """True when a row of dashes follows one of the first lines."""
    return any(
        _SEPARATOR.match(line) and "|" in line and place > index and "|" in lines[place - 1]
        for place, line in zip(range(index, min(index + 4, end)), lines[index : index + 4], strict=False)
    )


def last_bar(lines: Sequence[str], first: int, end: int) -> int | None:
    """The last line of a run of lines that begins or ends with a bar."""
    for place in range(end - 1, first - 1, -1):
        bare = lines[place].strip()
        if bare.startswith("|") or bare.endswith("|"):
            return place
    return None


def pipe_rows(lines: Sequence[str]) -> list[flat_tables.Cells]:
    """Rows of a table with bars; a row broken over lines is joined, one without its last cells filled up."""
    joined: list[str] = []
    for line in lines:
        if _SEPARATOR.match(line) and "-" in line:
            continue
        if joined and not line.lstrip().startswith("|") and not joined[-1].rstrip().endswith("|"):
            joined[-1] += " " + line.strip()
        else:
            joined.append(line.strip())
    split = [_split_row(line) for line in joined]
    columns = _usual(split)
    return [_fitted(row, columns) for row in split if any(row)]


def _split_row(line: str) -> list[str]:
    body = line.removeprefix("|")
    if body.endswith("|") and not body.endswith("\\|"):
        body = body[:-1]
    return [_cell(cell.split("\n")) for cell in _CELL_BAR.split(body)]


def _usual(split: Sequence[Sequence[str]]) -> int:
    """The number of columns of the head, or of most rows where the head was cut."""
    lengths = [len(row) for row in split] or [1]
    return max(lengths[0], max(set(lengths), key=lengths.count))


def _fitted(row: Sequence[str], columns: int) -> flat_tables.Cells:
    if len(row) > columns:
        return (*row[: columns - 1], fold(" ".join(row[columns - 1 :])))
    return (*row, *[""] * (columns - len(row)))


def bar_rows(lines: Sequence[str]) -> list[flat_tables.Cells]:
    """Rows of a table flattened to lone bars, or of one with a row a line whose first bar was lost."""
    if any(has_inner_bar(line) for line in lines):
        rows = [tuple(_unglued(cell) for cell in _split_row(line.strip())) for line in lines if line.strip(" |")]
        columns = max(map(len, rows), default=0)
        return [_fitted(row, columns) for row in rows]
    rows = flat_tables.without_repeats(flat_tables.rows(_gaps(lines)))
    return [row for row in rows if any(row)]


def _unglued(cell: str) -> str:
    """Lines of a header cell that a crawler wrote without their line ends."""
    return "\n".join(line for line in _GLUED.split(cell) if line)


def _gaps(lines: Sequence[str]) -> list[str]:
    """The texts between the bars of a flattened table."""
    gaps: list[list[str]] = []
    for line in lines:
        bare = line.strip()
        if bare.startswith("|"):
            gaps.append([])
            bare = bare[1:].strip()
        closing = bare.endswith("|")
        body = bare.removesuffix("|").strip()
        if body:
            if not gaps:
                gaps.append([])
            gaps[-1].append(body)
        if closing:
            gaps.append([])
    if gaps and not gaps[-1]:
        gaps.pop()
    return [_cell(gap) for gap in gaps]


def _cell(lines: Sequence[str]) -> str:
    """A cell's paragraphs: its wrapped lines joined; bold lines, items, ``<br>`` and rules part them."""
    pairs = [pair for line in lines for pair in _pieces(line)]
    if len(pairs) < 2:
        return "".join(fold(text) for _, text in pairs if not is_rule(text))
    kept = [(raw, text) for raw, text in pairs if not text or not is_rule(text)]
    paragraphs: list[str] = []
    for first, last in _cell_groups([raw for raw, _ in kept], [text for _, text in kept]):
        paragraphs.append(fold(" ".join(text for _, text in kept[first:last])))
    return "\n".join(line for line in paragraphs if line)


def _pieces(line: str) -> list[tuple[str, str]]:
    """A line with its markup and as printed; ``<br>`` leaves an empty line between."""
    printed = plain(line)
    if "\n" not in printed:
        return [(line, printed.strip())]
    return [pair for piece in printed.split("\n") for pair in ((piece, piece.strip()), ("", ""))]


def _cell_groups(raw: Sequence[str], bare: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Paragraphs of a cell, also parted where bold or italic begins or ends with a line."""
    for first, last in groups(bare, ragged=1):
        begin, depth = first, 0
        for index in range(first, last - 1):
            depth = (depth + raw[index].count("**")) % 2
            ends, starts = raw[index].rstrip().endswith("*"), raw[index + 1].lstrip().startswith("*")
            if not depth and (ends or starts) and len(bare[index]) < _SHORT and not bare[index].endswith(("-", ",")):
                yield begin, index + 1
                begin = index + 1
        yield begin, last


def has_inner_bar(line: str) -> bool:
    """True for a line with cells on both sides of a bar."""
    return bool(_CELL_BAR.search(line.strip().strip("|")))
