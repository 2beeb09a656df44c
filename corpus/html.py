"""Web pages: paragraphs, lists with their numbers and tables, without scripts, menus and other chrome."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from corpus.assemble import Draft
from corpus.encodings import decode
from corpus.html_nodes import (
    DEEPEST_PARSED,
    DROPPED,
    HEADINGS,
    INLINE,
    SPACE,
    depth,
    hidden,
    integer,
    main_part,
    marker,
)
from corpus.html_tables import cell_text, cells, grid, is_page_cell, own, table_rows
from corpus.labels import BULLETS, read_label
from corpus.layout import is_layout
from corpus.limits import Clock, Limits
from corpus.model import BlockKind
from corpus.paragraphs import printed_lines
from corpus.text import fold

_BOLD: Final = frozenset({"b", "strong", "th"})
_CENTRED: Final = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_HEAVY: Final = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)


def read_html(data: bytes, name: str, limits: Limits) -> Draft:  # noqa: ARG001 - the readers' common signature
    """A draft of what a reader of the page sees."""
    draft = Draft(limits)
    if depth(data) > DEEPEST_PARSED:
        draft.problem("too_deep", "Trang web lồng nhau quá sâu, không đọc được.")
        return draft
    decoded = decode(data)
    for problem in decoded.problems:
        draft.problem(problem.code, problem.message)
    body = LexborHTMLParser(decoded.text).body
    if body is not None:
        reader = _Reader(draft, limits.start(), limits.max_depth)
        reader.block(main_part(body), 0, _Look())
        reader.flush()
    return draft


@dataclass(frozen=True, slots=True)
class _Look:
    """What surrounds a text."""

    bold: bool = False
    centred: bool = False
    heading: bool = False
    label: str = ""


@dataclass(slots=True)
class _Reader:
    """Walks the page and writes paragraphs to the draft."""

    draft: Draft
    clock: Clock
    deepest: int
    stopped: bool = False
    line: list[tuple[str, bool]] = field(default_factory=list)
    """Pieces of the open paragraph, each with its boldness."""
    look: _Look = field(default_factory=_Look)
    _told: set[str] = field(default_factory=set)

    def block(self, node: LexborNode, depth: int, look: _Look) -> None:
        """The content of a block element."""
        self._enter(look)
        for child in self._children(node, depth):
            tag = child.tag or ""
            if tag in INLINE:
                self._inline(child, depth + 1, look)
            elif tag == "br":
                self.line.append(("\n", False))
            elif tag == "table":
                self._table(child, depth + 1, look)
            elif tag in {"ol", "ul"}:
                self._list(child, depth + 1, look)
            else:
                self.flush()
                self.block(child, depth + 1, _inherit(child, look))
                self._enter(look)
        self.flush()

    def flush(self) -> None:
        """End the open paragraph."""
        text = "".join(piece for piece, _ in self.line)
        letters = [(len(piece.strip()), bold) for piece, bold in self.line if piece.strip()]
        self.line = []
        if not text.strip():
            return
        bold = self.look.heading or sum(size for size, heavy in letters if heavy) >= 0.8 * sum(
            size for size, _ in letters
        )
        for line in printed_lines(text, centred=self.look.centred):
            self._paragraph(line, bold=bold)

    def _paragraph(self, line: str, *, bold: bool) -> None:
        label, found = self.look.label, read_label(line)
        if label and found is None:
            found = read_label(f"{label} {line}")
        else:
            label = found.text if found else ""
        self.look = _Look(self.look.bold, self.look.centred, self.look.heading)
        item = found is not None and found.style in BULLETS
        kind: BlockKind = "heading" if self.look.heading else "list_item" if item else "paragraph"
        self.draft.paragraph(line, label=label or None, kind=kind, bold=bold, centred=self.look.centred)

    def _enter(self, look: _Look) -> None:
        """Text that follows belongs to a block that looks so."""
        if not self.line:
            self.look = look

    def _children(self, node: LexborNode, depth: int) -> Iterator[LexborNode]:
        """Children that are shown, while time and depth last."""
        if depth > self.deepest:
            self._stop("too_deep")
            return
        child = node.child
        while child is not None and not self.stopped and not self.draft.full:
            if self.clock.over():
                self._stop("timeout")
            elif child.tag not in DROPPED and not hidden(child):
                yield child
            child = child.next

    def _stop(self, code: str) -> None:
        """Report once; too deep only leaves the branch out, the other limits end the reading."""
        if not self.stopped and code not in self._told:
            self.draft.problem(code)
        self._told.add(code)
        self.stopped = self.stopped or code == "timeout"

    def _inline(self, node: LexborNode, depth: int, look: _Look) -> None:
        if node.tag == "-text":
            text = SPACE.sub(" ", node.text(deep=False))
            if text:
                self.line.append((text, look.bold))
            return
        look = _inherit(node, look)
        for child in self._children(node, depth):
            tag = child.tag or ""
            if tag in INLINE:
                self._inline(child, depth + 1, look)
            elif tag == "br":
                self.line.append(("\n", False))
            else:
                self.flush()
                self.block(child, depth + 1, _inherit(child, look))

    def _list(self, node: LexborNode, depth: int, look: _Look) -> None:
        self.flush()
        number = integer(node.attributes.get("start"), 1)
        for child in self._children(node, depth):
            if child.tag != "li":
                self.block(child, depth + 1, _inherit(child, look))
                continue
            number = integer(child.attributes.get("value"), number)
            self.block(child, depth + 1, _Look(look.bold, look.centred, look.heading, marker(node, number)))
            number += 1

    def _table(self, node: LexborNode, depth: int, look: _Look) -> None:
        self.flush()
        rows = list(table_rows(node))
        if any(is_page_cell(cell) for row in rows for cell in cells(row)):
            for row in rows:
                for cell in cells(row):
                    self.block(cell, depth + 2, look)
            return
        filled, whole = grid(rows, self.deepest, self.clock)
        if not whole:
            self._stop("timeout")
        if is_layout([own(row) for row in filled]):
            for row in rows:
                for cell in cells(row):
                    self._layout_cell(cell)
            return
        self.draft.table(filled)

    def _layout_cell(self, cell: LexborNode) -> None:
        self.look = _Look()
        for line in cell_text(cell, self.deepest).split("\n"):
            if line.strip():
                self._paragraph(fold(line), bold=False)


def _inherit(node: LexborNode, look: _Look) -> _Look:
    attributes = node.attributes
    style = attributes.get("style") or ""
    return _Look(
        bold=look.bold or node.tag in _BOLD or node.tag in HEADINGS or bool(_HEAVY.search(style)),
        centred=look.centred
        or node.tag == "center"
        or attributes.get("align") == "center"
        or bool(_CENTRED.search(style)),
        heading=look.heading or node.tag in HEADINGS,
        label=look.label,
    )
