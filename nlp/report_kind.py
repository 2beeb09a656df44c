"""Whether a text is a report, who reports, and which documents it says it answers.

A báo cáo by kind; or a letter or annex whose opening says "…, <unit> báo cáo kết quả … như sau". A directive that asks
for reports ("đề nghị các đơn vị báo cáo …") is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from corpus.model import Document
from corpus.text import canonical_tones, fold
from nlp.model import Citation, Header
from nlp.report_evidence import weigh
from nlp.report_opening import Opening
from nlp.unit_keys import same_unit
from nlp.unit_mentions import find_units

_OPENING_REACH: Final = 6_000
_DUTY: Final = frozenset({"implements", "answers", "follows_up"})


def is_report(document: Document, header: Header, opening: Opening | None) -> bool:
    """Whether the text presents itself as a report and its body bears it out (``nlp.report_evidence``)."""
    return header.kind == "Báo cáo" or weigh(document, header, opening, _subject(document.text, opening)).is_report


def reporting_unit(document: Document, header: Header, opening: Opening | None) -> str | None:
    """The issuer as printed; the subject of the opening where the header prints the office in parts or not at all."""
    subject = _subject(document.text, opening)
    if not header.issuer or not subject:
        return header.issuer or subject
    printed = canonical_tones(fold(document.text[:1_500])).lower()
    if canonical_tones(header.issuer).lower() in printed:
        return header.issuer
    return subject if same_unit(subject, header.issuer) else header.issuer


_OF_UNIT: Final = re.compile(
    r"^.*(?:nhiệm vụ|kết quả|báo cáo).* của (?P<unit>[^\n]{3,120})$", re.IGNORECASE | re.MULTILINE
)


def form_unit(head: str) -> str | None:
    """Whose form this is, by its title: "BÁO CÁO KẾT QUẢ THỰC HIỆN CÁC NHIỆM VỤ ĐƯỢC GIAO CỦA SỞ NỘI VỤ"."""
    found = _OF_UNIT.search(head[:2_000])
    return fold(found["unit"]).strip(" .:") if found else None


def _subject(text: str, opening: Opening | None) -> str | None:
    if not opening:
        return None
    near = text[max(opening.start, opening.speaks - 160) : opening.speaks]
    units = [unit for unit in find_units(near) if not near[unit[1] :].strip(" ,")]
    return fold(units[-1][2]) if units else None


def answered(header: Header, citations: Sequence[Citation], opening: Opening | None, body: int) -> tuple[str, ...]:
    """Symbols of the duty sentence: what it implements or answers, else everything it rests on but legislation."""
    end = opening.end if opening else min(body, _OPENING_REACH)
    start = opening.start if opening else 0
    inside = [c for c in citations if start <= c.start < end and c.symbol and c.symbol != header.symbol]
    duty = [c for c in inside if c.relation in _DUTY]
    chosen = duty or [c for c in inside if not _is_legislation(c)]
    if not chosen:
        chosen = [c for c in citations if c.start < start and c.symbol and c.symbol != header.symbol]
    return tuple(dict.fromkeys(c.symbol for c in chosen if c.symbol))


def _is_legislation(citation: Citation) -> bool:
    return bool(re.match(r"\d+[a-zđ]?/\d{4}/", citation.symbol or ""))
