"""Web pages: paragraphs, lists with their numbers and tables, without scripts, menus and other chrome."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from corpus.assemble import CellText, Draft
from corpus.encodings import decode
from corpus.labels import BULLETS, read_label
from corpus.layout import is_layout
from corpus.limits import Clock, Limits
from corpus.paragraphs import printed_lines
from corpus.text import fold

_DROPPED: Final = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "iframe",
        "svg",
        "button",
        "select",
        "textarea",
        "object",
        "head",
    )
    + ("canvas", "audio", "video", "menu", "aside", "-comment", "!doctype", "link", "meta", "title", "map", "datalist")
)
_INLINE: Final = frozenset(
    (
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "input",
        "ins",
    )
    + ("kbd", "label", "mark", "o:p", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub")
    + ("sup", "time", "tt", "u", "var", "wbr", "st1:place", "-text")
)
_HEADINGS: Final = frozenset(f"h{level}" for level in range(1, 7))
_BOLD: Final = frozenset({"b", "strong", "th"})
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CENTRED: Final = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_HEAVY: Final = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_TAG: Final = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_CLOSED_BY_ITSELF: Final = frozenset(
    b"br hr img input meta link area base col embed source track wbr p li td tr th dt dd option thead tbody tfoot".split()
)
_DEEPEST_PARSED: Final = 10_000
"""The parser's time grows with the square of the depth."""
_WIDEST_SPAN: Final = 200
_MOST_CELLS: Final = 1_000_000
_PAGE_CELL: Final = 15
"""A cell with more paragraphs than this is a column of the page, not of a table."""


def read_html(data: bytes, name: str, limits: Limits) -> Draft:  # noqa: ARG001 - the readers' common signature
    """A draft of what a reader of the page sees."""
    draft = Draft(limits)
    if _depth(data) > _DEEPEST_PARSED:
        draft.problem("too_deep", "Trang web lồng nhau quá sâu, không đọc được.")
        return draft
    decoded = decode(data)
    for problem in decoded.problems:
        draft.problem(problem.code, problem.message)
    body = LexborHTMLParser(decoded.text).body
    if body is not None:
        reader = _Reader(draft, limits.start(), limits.max_depth)
        reader.block(_main(body), 0, _Look())
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
            if tag in _INLINE:
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
        kind = "heading" if self.look.heading else "list_item" if item else "paragraph"
        self.draft.paragraph(line, label=label or None, kind=kind, bold=bold, centred=self.look.centred)  # type: ignore[arg-type]

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
            elif child.tag not in _DROPPED and not _hidden(child):
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
            text = _SPACE.sub(" ", node.text(deep=False))
            if text:
                self.line.append((text, look.bold))
            return
        look = _inherit(node, look)
        for child in self._children(node, depth):
            tag = child.tag or ""
            if tag in _INLINE:
                self._inline(child, depth + 1, look)
            elif tag == "br":
                self.line.append(("\n", False))
            else:
                self.flush()
                self.block(child, depth + 1, _inherit(child, look))

    def _list(self, node: LexborNode, depth: int, look: _Look) -> None:
        self.flush()
        number = _integer(node.attributes.get("start"), 1)
        for child in self._children(node, depth):
            if child.tag != "li":
                self.block(child, depth + 1, _inherit(child, look))
                continue
            number = _integer(child.attributes.get("value"), number)
            self.block(child, depth + 1, _Look(look.bold, look.centred, look.heading, _marker(node, number)))
            number += 1

    def _table(self, node: LexborNode, depth: int, look: _Look) -> None:
        self.flush()
        rows = list(_rows(node))
        if any(_is_page_cell(cell) for row in rows for cell in _cells(row)):
            for row in rows:
                for cell in _cells(row):
                    self.block(cell, depth + 2, look)
            return
        grid = self._grid(rows)
        if is_layout([_own(row) for row in grid]):
            for row in rows:
                for cell in _cells(row):
                    self._layout_cell(cell)
            return
        self.draft.table(grid)

    def _layout_cell(self, cell: LexborNode) -> None:
        self.look = _Look()
        for line in _cell_text(cell, self.deepest).split("\n"):
            if line.strip():
                self._paragraph(fold(line), bold=False)

    def _grid(self, rows: list[LexborNode]) -> list[list[CellText]]:
        """Rows over the table's columns; a cell that spans several is the same object in each."""
        grid: list[list[CellText]] = []
        hanging: dict[int, tuple[int, CellText]] = {}
        for row in rows:
            line: list[CellText] = []
            for cell in _cells(row):
                _hang(line, hanging)
                text = CellText(_cell_text(cell, self.deepest))
                across = _span(cell, "colspan")
                down = min(_span(cell, "rowspan"), len(rows))
                for _ in range(across):
                    if down > 1:
                        hanging[len(line)] = (down, text)
                    line.append(text)
            _hang(line, hanging)
            hanging = {column: (left - 1, text) for column, (left, text) in hanging.items() if left > 1}
            grid.append(line)
            if len(grid) * max(map(len, grid)) > _MOST_CELLS or self.clock.over():
                self._stop("timeout")
                break
        widest = max(map(len, grid), default=0)
        return [line + [CellText() for _ in range(widest - len(line))] for line in grid]


def _hang(line: list[CellText], hanging: dict[int, tuple[int, CellText]]) -> None:
    """Put the cells that hang down from rows above."""
    while len(line) in hanging:
        line.append(hanging[len(line)][1])


def _depth(data: bytes) -> int:
    """Greatest nesting that the tags announce, those left out that end by themselves."""
    if data.count(b"<") < _DEEPEST_PARSED:
        return 0
    depth = deepest = 0
    for match in _TAG.finditer(data):
        if match[2].lower() not in _CLOSED_BY_ITSELF:
            depth = max(depth - 1, 0) if match[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _main(body: LexborNode) -> LexborNode:
    """The part of the page that holds the document, when the page says so."""
    found = body.css("main") or body.css("article")
    if len(found) == 1 and len(found[0].text()) > 0.5 * len(body.text()):
        return found[0]
    return body


def _inherit(node: LexborNode, look: _Look) -> _Look:
    attributes = node.attributes
    style = attributes.get("style") or ""
    return _Look(
        bold=look.bold or node.tag in _BOLD or node.tag in _HEADINGS or bool(_HEAVY.search(style)),
        centred=look.centred
        or node.tag == "center"
        or attributes.get("align") == "center"
        or bool(_CENTRED.search(style)),
        heading=look.heading or node.tag in _HEADINGS,
        label=look.label,
    )


def _hidden(node: LexborNode) -> bool:
    if node.tag == "-text":
        return False
    attributes = node.attributes
    return (
        "hidden" in attributes
        or attributes.get("role") == "navigation"
        or bool(_HIDDEN.search(attributes.get("style") or ""))
    )


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    """Rows of a table, not those of tables inside it."""
    child = table.child
    while child is not None:
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from _rows(child)
        child = child.next


def _cells(row: LexborNode) -> Iterator[LexborNode]:
    child = row.child
    while child is not None:
        if child.tag in {"td", "th"}:
            yield child
        child = child.next


def _is_page_cell(cell: LexborNode) -> bool:
    """A cell that holds a table, or more paragraphs than cells do, lays out the page."""
    return bool(cell.css_first("table")) or len(cell.css("p")) > _PAGE_CELL


def _cell_text(cell: LexborNode, deepest: int) -> str:
    """A cell's paragraphs as lines."""
    pieces: list[str] = []
    _gather(cell, pieces, deepest)
    lines = (fold(line) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _gather(node: LexborNode, pieces: list[str], depth: int) -> None:
    child = node.child
    while child is not None and depth > 0:
        tag = child.tag or ""
        if tag == "-text":
            pieces.append(_SPACE.sub(" ", child.text(deep=False)))
        elif tag == "br":
            pieces.append("\n")
        elif tag not in _DROPPED and not _hidden(child):
            edge = "" if tag in _INLINE else "\n"
            pieces.append(edge)
            _gather(child, pieces, depth - 1)
            pieces.append(edge)
        child = child.next


def _own(row: list[CellText]) -> list[str]:
    return [cell.text for place, cell in enumerate(row) if place == 0 or row[place - 1] is not cell]


def _marker(node: LexborNode, number: int) -> str:
    """The mark that a browser draws before a list item."""
    if node.tag == "ul":
        return "-"
    kind = node.attributes.get("type") or "1"
    if kind in {"a", "A"} and 0 < number <= 26:
        return chr(ord(kind) + number - 1) + ")"
    if kind in {"i", "I"}:
        roman = _roman(number)
        return f"{roman}." if kind == "I" else f"({roman.lower()})"
    return f"{number}."


def _roman(number: int) -> str:
    digits = ""
    for size, sign in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        count, number = divmod(number, size)
        digits += sign * min(count, 10)
    return digits


def _span(cell: LexborNode, name: str) -> int:
    return min(max(_integer(cell.attributes.get(name), 1), 1), _WIDEST_SPAN)


def _integer(text: str | None, default: int) -> int:
    stripped = (text or "").strip()
    return int(stripped) if stripped.isascii() and stripped.isdigit() and len(stripped) < 8 else default
