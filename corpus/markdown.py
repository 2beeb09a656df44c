"""Markdown, above all as crawled from official sites.

Sentences are broken by hard line ends, header cells stand between lone ``|`` lines, tables have one cell a line.
The stored text has none of the markup.
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
from corpus.limits import Clock, Limits
from corpus.markdown_tables import bar_rows, has_inner_bar, is_pipe_table, last_bar, pipe_rows
from corpus.markup import heading, is_bold, plain, without_chrome
from corpus.model import BlockKind
from corpus.paragraphs import groups
from corpus.text import fold, nfc

_FENCE: Final = re.compile(r" {0,3}(?:```|~~~)")
_QUOTE: Final = re.compile(r" {0,3}> ?")
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
    writer = _Writer(draft, clock)
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
    clock: Clock
    waiting: list[flat_tables.Cells] = field(default_factory=list)

    def write(self, part: _Part) -> None:
        """Write one part."""
        if part.kind == "pipes":
            self._table(pipe_rows(part.lines))
        elif part.kind == "bars":
            self._table(bar_rows(part.lines))
        elif any(line.strip() for line in part.lines):
            self.flush()
            if part.kind == "heading":
                self.draft.paragraph(plain(part.lines[0]), kind="heading", bold=True)
            else:
                _write_text(self.draft, part.lines, self.clock)

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
    index, no_table_before = _after_front_matter(lines), 0
    while index < len(lines):
        line = lines[index]
        special: _Part | None = None
        end = index + 1
        if line.lstrip().startswith("#") and (title := heading(line)) is not None:
            special = _Part("heading", (title,))
        elif "|" in line and index >= no_table_before:
            block_end = _block_end(lines, index)
            special = _table_part(lines, index, block_end)
            end = index + len(special.lines) if special else index + 1
            no_table_before = block_end
        if special is None:
            if not _FENCE.match(line):
                text.append(_QUOTE.sub("", line, count=1))
        else:
            if text:
                yield _Part("text", tuple(text))
                text = []
            yield special
        index = end
    if text:
        yield _Part("text", tuple(text))


def _block_end(lines: Sequence[str], index: int) -> int:
    """The next empty line."""
    while index < len(lines) and lines[index].strip():
        index += 1
    return index


def _table_part(lines: Sequence[str], index: int, end: int) -> _Part | None:
    """The table that begins at ``index`` of a block of lines that ends at ``end``."""
    if is_pipe_table(lines, index, end):
        return _Part("pipes", tuple(lines[index:end]))
    last = last_bar(lines, index, end)
    if last is not None and (last > index or has_inner_bar(lines[index])):
        return _Part("bars", tuple(lines[index : last + 1]))
    return None


def _after_front_matter(lines: Sequence[str]) -> int:
    """Index after a YAML head (--- key: value ---)."""
    if not lines or lines[0].strip() != "---":
        return 0
    for index in range(1, min(len(lines), 60)):
        if lines[index].strip() == "---":
            return index + 1 if any(":" in line for line in lines[1:index]) else 0
    return 0


def _write_text(draft: Draft, lines: Sequence[str], clock: Clock) -> None:
    """Paragraphs of a stretch of text; one that was cut by an empty line inside a sentence is joined again."""
    lines = [line for place, raw in enumerate(lines) for line in _with_hard_break(raw, lines[place + 1 : place + 2])]
    bare = [plain(line) for line in lines]
    pending: _Paragraph | None = None
    for first, last in groups(bare, ragged=_ALL_LINES):
        here = _Paragraph(fold(" ".join(bare[first:last])), is_bold(" ".join(map(str.strip, lines[first:last]))))
        if pending and _goes_on(pending, here):
            pending = _Paragraph(f"{pending.text} {here.text}", pending.bold)
            continue
        if pending:
            _add(draft, pending)
        if clock.over():
            return
        pending = here
    if pending:
        _add(draft, pending)


def _with_hard_break(line: str, following: Sequence[str]) -> tuple[str, ...]:
    """Two spaces at a line's end are a line break, unless the sentence plainly goes on."""
    if not line.strip("| \t"):
        return ("",)
    ends = line.endswith("  ") and line.strip() and not "".join(following).lstrip()[:1].islower()
    return (line, "") if ends else (line,)


def _goes_on(before: _Paragraph, after: _Paragraph) -> bool:
    """True when an empty line (a page break in the original) cut a sentence in two."""
    if before.bold or before.text.isupper() or len(before.text) < _WORDY or not _OPEN_END.search(before.text[-2:]):
        return False
    head = after.text[:1]
    return (head.islower() or (head.isdigit() and not before.text.endswith(","))) and read_label(after.text) is None


def _add(draft: Draft, paragraph: _Paragraph) -> None:
    label = read_label(paragraph.text)
    kind: BlockKind = "list_item" if label is not None and label.style in BULLETS else "paragraph"
    draft.paragraph(paragraph.text, kind=kind, label=label.text if label else None, bold=paragraph.bold)


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
