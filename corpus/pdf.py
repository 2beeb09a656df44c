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


def read_pdf(data: bytes, name: str, limits: Limits) -> Draft:
    """Read a PDF file; what is wrong with it becomes problems of the draft."""
    del name
    draft = Draft(limits)
    document = _open(data, draft)
    if document is None:
        return draft
    try:
        draft.pages = len(document)
        if not draft.pages:
            draft.problem("empty", "Tệp PDF không có trang nào.")
        layouts = list(_lay_out_all(document, draft, limits.start()))
    finally:
        document.close()
    write(layouts, draft)
    return draft


def _open(data: bytes, draft: Draft) -> pdfium.PdfDocument | None:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        draft.problem("encrypted" if "password" in str(error).lower() else "damaged")
        return None


def _lay_out_all(document: pdfium.PdfDocument, draft: Draft, clock: Clock) -> Iterator[PageLayout]:
    count = len(document)
    if count > draft.limits.max_pages:
        draft.problem("too_many_pages")
    letters = 0
    for index in range(min(count, draft.limits.max_pages)):
        if clock.over():
            draft.problem("timeout", page=index + 1)
            return
        layout = _lay_out_one(document, index, draft)
        if layout is None:
            continue
        letters += sum(len(word.text) for word in layout.words.words)
        yield layout
        if letters > draft.limits.max_chars:
            return


def _lay_out_one(document: pdfium.PdfDocument, index: int, draft: Draft) -> PageLayout | None:
    try:
        page = document[index]
    except pdfium.PdfiumError:
        draft.problem("damaged", "Trang bị hỏng, không đọc được.", page=index + 1)
        return None
    try:
        return lay_out(page, index + 1)
    finally:
        page.close()
