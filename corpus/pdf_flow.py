"""The reading order of a whole PDF: paragraphs and tables that run over pages, footnotes beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from corpus import tables
from corpus.assemble import Draft
from corpus.pdf_aligned import Aligned, EdgeFinder, Sheet, find_aligned
from corpus.pdf_columns import read_lines
from corpus.pdf_furniture import part_furniture
from corpus.pdf_layout import PageLayout, PlacedTable
from corpus.pdf_lines import Line, glue, lines_of, on_page, word_rows
from corpus.pdf_paragraphs import Margins, Paragraph, ParagraphBuilder, common_margins, margins_of
from corpus.pdf_words import Word

_SCAN = 60
"""Letters below which a page that is mostly an image counts as scanned."""
_BESIDE = 3
"""Column number of lines that are written in another direction than their page."""

Run = list[tables.Piece]


@dataclass(frozen=True, slots=True)
class _Page:
    number: int
    width: int
    lines: list[Line]
    notes: list[Line]
    tables: list[PlacedTable]

    def items(self) -> Iterator[Line | PlacedTable]:
        """Lines and tables as they follow each other."""
        waiting = list(self.tables)
        for line in self.lines:
            while waiting and waiting[0].top < line.base:
                yield waiting.pop(0)
            yield line
        yield from waiting


def write(layouts: Sequence[PageLayout], draft: Draft, edges_of: EdgeFinder = lambda *_: ()) -> None:
    """Put the pages' text, tables and furniture into the draft; ``edges_of`` helps with tables without borders."""
    pages: list[_Page] = []
    parted = part_furniture([layout.words for layout in layouts])
    usual = median(word.size for words, _ in parted for word in words) if any(words for words, _ in parted) else 0.0
    aligned = find_aligned(
        [_sheet(layout, words) for layout, (words, _) in zip(layouts, parted, strict=True)], edges_of
    )
    for layout, (words, asides) in zip(layouts, parted, strict=True):
        number = layout.words.number
        for aside in asides:
            draft.furniture(aside.kind, aside.text, number)
        if layout.images and not layout.tables and sum(len(word.text) for word in words) < _SCAN:
            draft.problem("no_text_layer", page=number)
        pages.append(_page(layout, words, usual, aligned.get(number, [])))
    events = _Flow().read(pages)
    for event in events:
        if isinstance(event, Paragraph):
            text, turns = event.text()
            draft.paragraph(text, page=event.page, kind=event.kind, bold=event.bold, centred=event.centred, turns=turns)
        else:
            joined = tables.join(event, glue)
            draft.table(joined.rows, pages=joined.pages)


def _sheet(layout: PageLayout, words: Iterable[Word]) -> Sheet:
    turn = layout.words.turn
    rows = word_rows(word for word in words if word.turn == turn)
    return Sheet(layout.words.number, turn, rows, layout.rules, bool(layout.tables))


def _page(layout: PageLayout, words: list[Word], usual: float, aligned: list[Aligned]) -> _Page:
    number, turn = layout.words.number, layout.words.turn
    inside = frozenset[int]().union(*(found.words for found in aligned))
    words = [word for word in words if id(word) not in inside]
    own = on_page(read_lines(word for word in words if word.turn == turn), number)
    own, notes = _part_notes(own, layout.note_rules, usual)
    for other in sorted({word.turn for word in words} - {turn}):
        beside = lines_of(word for word in words if word.turn == other)
        own.extend(on_page((replace(line, column=_BESIDE) for line in beside), number))
    width = round(layout.words.frame.size(turn)[0])
    return _Page(number, width, own, notes, layout.tables + [found.table for found in aligned])


def _part_notes(lines: list[Line], rules: Iterable[float], usual: float) -> tuple[list[Line], list[Line]]:
    """Footnotes: all that stands below a rule at the left margin, in smaller letters than the text."""
    for rule in sorted(rules):
        above = [line for line in lines if line.base <= rule]
        below = [line for line in lines if line.base > rule]
        if below and all(line.size < 0.95 * usual and not line.column for line in below if len(line.text) > 3):
            return above, below
    return lines, []


class _Flow:
    """Follows the main text and the footnotes from page to page."""

    def __init__(self) -> None:
        self._main, self._notes = ParagraphBuilder(), ParagraphBuilder()
        self._events: list[Paragraph | Run] = []
        self._run: Run | None = None
        """The table that the last page ended with, or that was just read."""
        self._bottom = 0.0

    def read(self, pages: Sequence[_Page]) -> list[Paragraph | Run]:
        """All paragraphs and tables in reading order."""
        margins = _margins(pages)
        for page, own in zip(pages, margins, strict=True):
            for item in page.items():
                self._take(item, own)
            for line in page.notes:
                if (paragraph := self._notes.add(line, own)) is not None:
                    self._events.append(paragraph)
            self._bottom = float("-inf")
        return _notes_first(self._events)

    def _take(self, item: Line | PlacedTable, margins: Margins) -> None:
        if isinstance(item, Line):
            if (paragraph := self._main.add(item, margins)) is not None:
                self._events.append(paragraph)
            self._run = None
            return
        self._main.close()
        run = self._run
        if run is not None and self._follows(run[-1], item) and tables.same_table(run[-1], item.piece):
            run.append(item.piece)
        else:
            self._run = [item.piece]
            self._events.append(self._run)
        self._bottom = item.bottom

    def _follows(self, piece: tables.Piece, item: PlacedTable) -> bool:
        """True for the first thing on the next page, or what touches the table on the same page."""
        if piece.page == item.piece.page:
            return item.top - self._bottom < 4
        return piece.page is not None and item.piece.page == piece.page + 1


def _margins(pages: Sequence[_Page]) -> list[Margins]:
    """Margins of each page; a page with few lines has those that are usual for its width."""
    by_width: dict[int, list[Margins]] = defaultdict(list)
    for page in pages:
        if (own := margins_of(page.lines)) is not None:
            by_width[page.width].append(own)
    usual = {width: common_margins(margins) for width, margins in by_width.items()}
    return [
        margins_of(page.lines, usual.get(page.width)) or Margins(0.14 * page.width, 0.9 * page.width) for page in pages
    ]


def _notes_first(events: list[Paragraph | Run]) -> list[Paragraph | Run]:
    """Footnotes of a page go before the paragraph that runs over to the next, so that pages follow each other."""
    ordered: list[Paragraph | Run] = []
    for event in events:
        place = len(ordered)
        while isinstance(event, Paragraph) and place and _ends_after(ordered[place - 1], event.page):
            place -= 1
        ordered.insert(place, event)
    return ordered


def _ends_after(event: Paragraph | Run, page: int) -> bool:
    return isinstance(event, Paragraph) and event.lines[-1].page > page
