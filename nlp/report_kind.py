"""Whether a text is a report, and which documents it says it answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from corpus.model import Document
from nlp.model import Citation, Header
from nlp.report_evidence import may_report, weigh
from nlp.report_opening import Opening
from nlp.report_unit import subject_of

_OPENING_REACH: Final = 6_000
_DUTY: Final = frozenset({"implements", "answers", "follows_up"})


def is_report(document: Document, header: Header, opening: Opening | None) -> bool:
    """Whether the text presents itself as a report and its body bears it out (``nlp.report_evidence``)."""
    if header.kind == "Báo cáo" or not may_report(header):
        return header.kind == "Báo cáo"
    return weigh(document, header, opening, subject_of(document.text, opening)).is_report


def answered(header: Header, citations: Sequence[Citation], opening: Opening | None, body: int) -> tuple[str, ...]:
    """Symbols of the duty sentence: what it implements or answers, else everything it rests on but legislation.

    What the title names comes behind: a letter may answer a reminder and name the directive only there. ``body``: where
    the statements begin, for a text that no sentence opens.
    """
    end = opening.end if opening else min(body, _OPENING_REACH)
    start = opening.start if opening else 0
    inside = [c for c in citations if start <= c.start < end and c.symbol and c.symbol != header.symbol]
    duty = [c for c in inside if c.relation in _DUTY]
    chosen = duty or [c for c in inside if not _is_legislation(c)]
    above = [c for c in citations if c.start < start and c.symbol and c.symbol != header.symbol]
    chosen = [*chosen, *(c for c in above if not _is_legislation(c))] or above
    return tuple(dict.fromkeys(c.symbol for c in chosen if c.symbol))


def _is_legislation(citation: Citation) -> bool:
    return bool(re.match(r"\d+[a-zđ]?/\d{4}/", citation.symbol or ""))
