"""Every table of the product as a ``Sheet``: pages show it, files carry it, so that both are the same."""

from __future__ import annotations

from service.listings.cells import CellFilter, Chosen, cell_sheet, choose, every_line, problem_sheet
from service.listings.others import document_sheet, letter_sheet, link_sheet, reminder_sheet, report_sheet
from service.listings.tables import TABLES, export, sheet, stream

__all__ = [
    "TABLES", "CellFilter", "Chosen", "cell_sheet", "choose", "document_sheet", "every_line", "export", "letter_sheet",
    "link_sheet", "problem_sheet", "reminder_sheet", "report_sheet", "sheet", "stream",
]  # fmt: skip
