"""A claim, a stretch of text that may state a result, and the report's item that it becomes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.model import Document
from corpus.text import fold
from nlp.model import Citation, ReportItem, ReportSection
from nlp.status_reading import read_claim, read_row
from nlp.vocabulary import load

FIGURE: Final = re.compile(load("report_wording.toml")["figures"]["pattern"])
_NUMBER: Final = re.compile(
    r"(?:số thứ tự|STT|nhiệm vụ(?: số)?|mục|nội dung số|ý số|"
    r"dòng)\s+(?:số\s+)?((?:[IVX]+\.)?\d{1,3}(?:\.\d{1,3})*|[IVX]+\.\d{1,3})(?!\d|\s*%|[/-]\d)(?=[\s),;:]|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch of text that may state a result, with the number under which it names its task."""

    start: int
    end: int
    status_text: str = ""
    cells: tuple[str, ...] = ()
    """What a table row tells, status column first; ``asked`` is its task cell."""
    asked: str = ""
    beside: tuple[str, ...] = ()
    """Cells of what hinders, what comes next and what is asked for."""
    row: str | None = None
    code: str | None = None
    section: ReportSection | None = None
    """Where it stands among what is no result."""


def item_of(document: Document, claim: Claim, citations: Sequence[Citation], number: int) -> ReportItem:
    """A claim as the contract wants it: folded text, status by its words, figures, symbols cited inside."""
    text = fold(document.text[claim.start : claim.end])
    row = read_row(claim.cells, claim.asked, claim.beside) if claim.asked else None
    status, late = row or read_claim(text, section=claim.section)
    cited = [c.symbol for c in citations if claim.start <= c.start < claim.end and c.symbol]
    return ReportItem(
        id=f"{document.sha256[:12]}/i{number}",
        text=text,
        start=claim.start,
        end=claim.end,
        page=document.page_at(claim.start),
        claimed_status=status,
        late=late,
        figures=tuple(fold(match[0]) for match in FIGURE.finditer(text)),
        citations=tuple(dict.fromkeys(cited)),
        row=claim.row or _named_row(text),
        code=claim.code,
        section=claim.section,
    )


def _named_row(text: str) -> str | None:
    match = _NUMBER.search(text)
    return match[1] if match else None
