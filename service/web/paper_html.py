"""A Word paper as HTML for a look at it: its paragraphs and tables in their order, aligned, bold and italic as there.

For a preview of templates; what counts is the file, which can be downloaded beside it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from markupsafe import Markup, escape

_ALIGNED: Final = {WD_ALIGN_PARAGRAPH.CENTER: "center", WD_ALIGN_PARAGRAPH.RIGHT: "right"}


def to_html(data: bytes) -> Markup:
    """The paper, safe to be put into a page."""
    document = Document(io.BytesIO(data))
    return Markup("").join(_block(block) for block in document.iter_inner_content())


def _block(block: Paragraph | Table) -> Markup:
    return _table(block) if isinstance(block, Table) else _paragraph(block)


def _paragraph(paragraph: Paragraph) -> Markup:
    runs = Markup("").join(_runs(paragraph))
    if not runs.strip():
        return Markup("")
    align = _ALIGNED.get(paragraph.alignment) if paragraph.alignment is not None else None
    return Markup('<p class="{}">{}</p>').format(align or "left", runs)


def _runs(paragraph: Paragraph) -> Iterator[Markup]:
    for run in paragraph.runs:
        text = escape(run.text)
        if run.bold:
            text = Markup("<b>{}</b>").format(text)
        yield Markup("<i>{}</i>").format(text) if run.italic else text


def _table(table: Table) -> Markup:
    """Tables with lines are tables; those without put things side by side."""
    ruled = "w:tblBorders" in table._tbl.xml or (table.style is not None and "Grid" in (table.style.name or ""))  # noqa: SLF001 - python-docx tells borders nowhere else
    above: list[object] = []
    rows = Markup("").join(Markup("<tr>{}</tr>").format(_cells(row.cells, above)) for row in table.rows)
    return Markup('<table class="{}">{}</table>').format("ruled" if ruled else "plain", rows)


def _cells(cells: tuple[_Cell, ...], above: list[object]) -> Markup:
    """A cell that covers several columns comes once; one that goes on from the row ``above`` is left empty."""
    shown, here = [], []
    for cell in cells:
        if cell._tc in here:  # noqa: SLF001 - python-docx gives a merged cell once for each place that it covers
            continue
        here.append(cell._tc)  # noqa: SLF001 - the same
        inner = "" if cell._tc in above else Markup("").join(_block(one) for one in cell.iter_inner_content())  # noqa: SLF001 - the same
        shown.append(Markup("<td>{}</td>").format(inner))
    above += here
    return Markup("").join(shown)
