"""Markdown, above all as crawled from official sites: sentences broken by hard line ends, header cells as lone ``|``
lines, tables with one cell a line, bold and italic marks. The stored text has none of the markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from corpus import flat_tables
from corpus.assemble import CellText, Draft
from corpus.encodings import decode
from corpus.labels import BULLETS, read_label
from corpus.layout import is_layout
from corpus.limits import Limits
from corpus.markup import heading, is_bold, plain, without_chrome
from corpus.paragraphs import groups, is_rule
from corpus.text import fold, nfc

_SEPARATOR: Final = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)*\s*:?-{2,}:?\s*\|?\s*$")
_FENCE: Final = re.compile(r" {0,3}(?:```|~~~)")
_QUOTE: Final = re.compile(r" {0,3}> ?")
_CELL_BAR: Final = re.compile(r"(?<!\\)\|")
_GLUED: Final = re.compile(r"(?<=VIỆT NAM)(?=Độc lập)|\s*(?:-{3,}|_{3,})\s*")
_WORDY: Final = 40
_ALL_LINES: Final = 1_000_000
_OPEN_END: Final = re.compile(r"[^\W\d_]$|,$")

Kind = Literal["text", "heading", "pipes", "bars"]


@dataclass(frozen=True, slots=True)
class _Part:
    """Lines that belong together."""

    kind: Kind
    lines: tuple[str, ...]


@dataclass(slots=True)
class _Paragraph:
    """A paragraph that may still go on after an empty line."""

    text: str
    bold: bool


def read_markdown(data: bytes, name: str, limits: Limits) -> Draft:  # noqa: ARG001 - the readers' common signature
    """A draft of the document's paragraphs, lists and tables in order."""
    decoded = decode(data)
    draft, clock = Draft(limits), limits.start()
    for problem in decoded.problems:
        draft.problem(problem.code, problem.message)
    text = nfc(decoded.text[: limits.max_chars + 1].replace("\r\n", "\n").replace("\r", "\n"))
    writer = _Writer(draft)
    for part in _parts(without_chrome(text).split("\n")):
        writer.write(part)
        if draft.full:
            break
        if clock.over():
            draft.problem("timeout")
            break
    writer.flush()
    return draft


@dataclass(slots=True)
class _Writer:
    """Writes parts to the draft; a table waits, as it may go on after an empty line."""

    draft: Draft
    waiting: list[flat_tables.Cells] = field(default_factory=list)

    def write(self, part: _Part) -> None:
        """Write one part."""
        if part.kind == "pipes":
            self._table(_pipe_rows(part.lines))
        elif part.kind == "bars":
            self._table(_bar_rows(part.lines))
        elif any(line.strip() for line in part.lines):
            self.flush()
            if part.kind == "heading":
                self.draft.paragraph(plain(part.lines[0]), kind="heading", bold=True)
            else:
                _write_text(self.draft, part.lines)

    def flush(self) -> None:
        """Write the waiting table."""
        if self.waiting:
            _write_table(self.draft, self.waiting)
            self.waiting = []

    def _table(self, rows: list[flat_tables.Cells]) -> None:
        if self.waiting and flat_tables.goes_on(self.waiting, rows):
            self.waiting += rows[1:] if rows[0] == self.waiting[0] else rows
            return
        self.flush()
        self.waiting = rows


def _parts(lines: Sequence[str]) -> Iterator[_Part]:
    """The document cut at tables and headings; text parts keep their empty lines."""
    text: list[str] = []
    index = _after_front_matter(lines)
    while index < len(lines):
        end, kind = _special(lines, index)
        if end == index:
            if not _FENCE.match(lines[index]):
                text.append(_QUOTE.sub("", lines[index], count=1))
            index += 1
            continue
        if text:
            yield _Part("text", tuple(text))
            text = []
        yield _Part(kind, (heading(lines[index]) or "",) if kind == "heading" else tuple(lines[index:end]))
        index = end
    if text:
        yield _Part("text", tuple(text))


def _special(lines: Sequence[str], index: int) -> tuple[int, Kind]:
    """Where the heading or table that begins at ``index`` ends; ``index`` itself when there is none."""
    line = lines[index]
    if line.lstrip().startswith("#") and heading(line) is not None:
        return index + 1, "heading"
    if "|" not in line:
        return index, "text"
    end = index
    while end < len(lines) and lines[end].strip():
        end += 1
    if _is_pipe_table(lines, index, end):
        return end, "pipes"
    last = _last_bar(lines, index, end)
    if last is not None and (last > index or _CELL_BAR.search(line.strip().strip("|"))):
        return last + 1, "bars"
    return index, "text"


def _is_pipe_table(lines: Sequence[str], index: int, end: int) -> bool:
    return any(
        _SEPARATOR.match(line) and "|" in line and place > index and "|" in lines[place - 1]
        for place, line in zip(range(index, min(index + 4, end)), lines[index : index + 4], strict=False)
    )


def _last_bar(lines: Sequence[str], first: int, end: int) -> int | None:
    """The last line of a run of lines that begins or ends with a bar."""
    for place in range(end - 1, first - 1, -1):
        bare = lines[place].strip()
        if bare.startswith("|") or bare.endswith("|"):
            return place
    return None


def _after_front_matter(lines: Sequence[str]) -> int:
    """Index after a YAML head (--- key: value ---)."""
    if not lines or lines[0].strip() != "---":
        return 0
    for index in range(1, min(len(lines), 60)):
        if lines[index].strip() == "---":
            return index + 1 if any(":" in line for line in lines[1:index]) else 0
    return 0


def _write_text(draft: Draft, lines: Sequence[str]) -> None:
    """Paragraphs of a stretch of text; one that was cut by an empty line inside a sentence is joined again."""
    bare = [plain(line) for line in lines]
    pending: _Paragraph | None = None
    for first, last in groups(bare, ragged=_ALL_LINES):
        here = _Paragraph(fold(" ".join(bare[first:last])), is_bold(" ".join(map(str.strip, lines[first:last]))))
        if pending and _goes_on(pending, here):
            pending = _Paragraph(f"{pending.text} {here.text}", pending.bold)
            continue
        if pending:
            _add(draft, pending)
        pending = here
    if pending:
        _add(draft, pending)


def _goes_on(before: _Paragraph, after: _Paragraph) -> bool:
    """True when an empty line (a page break in the original) cut a sentence in two."""
    if before.bold or before.text.isupper() or len(before.text) < _WORDY or not _OPEN_END.search(before.text):
        return False
    head = after.text[:1]
    return (head.islower() or (head.isdigit() and not before.text.endswith(","))) and read_label(after.text) is None


def _add(draft: Draft, paragraph: _Paragraph) -> None:
    label = read_label(paragraph.text)
    kind = "list_item" if label is not None and label.style in BULLETS else "paragraph"
    draft.paragraph(paragraph.text, kind=kind, label=label.text if label else None, bold=paragraph.bold)


def _pipe_rows(lines: Sequence[str]) -> list[flat_tables.Cells]:
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


def _write_table(draft: Draft, rows: Sequence[flat_tables.Cells]) -> None:
    if is_layout(rows):
        _write_layout(draft, rows)
        return
    stored = [[CellText(cell) for cell in row] for row in rows]
    draft.table([[stored[number][cell] for number, cell in row] for row in flat_tables.grid(rows)])


def _write_layout(draft: Draft, rows: Sequence[flat_tables.Cells]) -> None:
    for row in rows:
        for cell in row:
            for line in cell.split("\n"):
                _add(draft, _Paragraph(line, bold=False))


def _bar_rows(lines: Sequence[str]) -> list[flat_tables.Cells]:
    """Rows of a table flattened to lone bars, or of one with a row a line whose first bar was lost."""
    if any(_CELL_BAR.search(line.strip().strip("|")) for line in lines):
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
            if not depth and (ends or starts) and len(bare[index]) < _WORDY and not bare[index].endswith(("-", ",")):
                yield begin, index + 1
                begin = index + 1
        yield begin, last
