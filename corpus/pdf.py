"""PDF files: pages to paragraphs, tables and furniture.

pdfium gives characters with their boxes and the ruled lines; all else is found here: words (``pdf_words``), rules and
grids (``pdf_rules``, ``pdf_grid``), lines and columns, running heads, paragraphs over pages (``pdf_flow``). A page is
closed before the next is opened; only its words are kept.
"""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2 as pdfium

from corpus.assemble import Draft
from corpus.limits import Clock, Limits
from corpus.pdf_flow import write
from corpus.pdf_layout import PageLayout, lay_out
from corpus.pdf_open import opened, opened_page

_ASKED = 20
"""Tables without borders for which pdfplumber is asked; for more, the white between the words must do."""


def read_pdf(data: bytes, name: str, limits: Limits) -> Draft:
    """Read a PDF file; what is wrong with it becomes problems of the draft."""
    del name
    draft, clock = Draft(limits), limits.start()
    try:
        with opened(data) as document:
            draft.pages = len(document)
            layouts = list(_pages(document, draft, clock))
    except pdfium.PdfiumError as error:
        draft.problem("encrypted" if "password" in str(error).lower() else "damaged")
        return draft
    write(layouts, draft, _EdgeFinder(data, clock))
    return draft


class _EdgeFinder:
    """Asks pdfplumber about a page, a few times a file and within its time."""

    def __init__(self, data: bytes, clock: Clock) -> None:
        self._data, self._clock, self._left = data, clock, _ASKED

    def __call__(self, number: int, top: float, bottom: float) -> list[float]:
        from corpus.pdf_plumber import aligned_edges  # noqa: PLC0415 - half a second to import, needed by few files

        self._left -= 1
        return [] if self._left < 0 or self._clock.over() else aligned_edges(self._data, number, top, bottom)


def _pages(document: pdfium.PdfDocument, draft: Draft, clock: Clock) -> Iterator[PageLayout]:
    """The pages that can be read, until a limit is reached."""
    count, limits = len(document), draft.limits
    if count > limits.max_pages:
        draft.problem("too_many_pages")
    letters = 0
    for number in range(1, min(count, limits.max_pages) + 1):
        if clock.over():
            draft.problem("timeout", page=number)
            return
        try:
            with opened_page(document, number) as page:
                layout = lay_out(page, number)
        except pdfium.PdfiumError:
            draft.problem("damaged", "Trang bị hỏng, không đọc được.", page=number)
            continue
        yield layout
        letters += sum(len(word.text) for word in layout.words.words)
        if letters > limits.max_chars:
            return
