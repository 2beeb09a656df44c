"""Opening a PDF: one thread at a time, and pages closed again.

pdfium is not thread-safe, while a worker reads files and the web shows pages in one process; each call of ours into it
holds ``PDFIUM``, for a page at most.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

import pypdfium2 as pdfium

PDFIUM = RLock()


@contextmanager
def opened(data: bytes) -> Iterator[pdfium.PdfDocument]:
    """The document in ``data``; raises ``PdfiumError`` where there is none."""
    with PDFIUM:
        document = pdfium.PdfDocument(data)
    try:
        yield document
    finally:
        with PDFIUM:
            document.close()


@contextmanager
def opened_page(document: pdfium.PdfDocument, number: int) -> Iterator[pdfium.PdfPage]:
    """Page ``number`` (from 1), with the lock held; raises ``PdfiumError`` where it is damaged."""
    with PDFIUM:
        page = document[number - 1]
        try:
            yield page
        finally:
            page.close()
