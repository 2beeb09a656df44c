"""What a unit says it did: who, for which period, answering which documents, statement by statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from corpus.model import Document, Node
from nlp.model import Citation, Header, Report
from nlp.report_evidence import assigns
from nlp.report_items import Claim, item_of
from nlp.report_kind import answered, is_report
from nlp.report_opening import Opening, find_opening
from nlp.report_period import find_period
from nlp.report_prose import prose_claims
from nlp.report_tables import form_claims, table_claims
from nlp.report_unit import form_unit, reporting_unit

__all__ = ["read_report"]


def read_report(
    document: Document, tree: Sequence[Node], header: Header, citations: Sequence[Citation]
) -> Report | None:
    """The report that a document is, or None for every other document.

    A table with the codes of the office's own form and filled-in results is a report, whatever stands around it.
    """
    returned = [claim for table in document.tables for claim in form_claims(document, table)]
    if assigns(header) and not returned:
        return None
    opening = find_opening(document.text)
    if not is_report(document, header, opening) and not returned:
        return None
    start = min([_body_start(document, tree, opening), *(claim.start for claim in returned)])
    spoken = document.text[opening.start : opening.end] if opening else document.text[:start][-1_500:]
    # round the form's table stands its guide, no result
    claims = returned or _claims(document, tree, start, spoken=opening is not None)
    items = [item_of(document, claim, citations, n) for n, claim in enumerate(claims, start=1)]
    return Report(
        unit=reporting_unit(document, header, opening) or (form_unit(document.text[:start]) if returned else None),
        period=find_period(header.title, spoken, None if header.title else document.text[:_HEAD]),
        answers=answered(header, citations, opening, claims[0].start if claims else start),
        items=tuple(items),
    )


_HEAD: Final = 800
"""Characters among which a text without header names its period."""


def _body_start(document: Document, tree: Sequence[Node], opening: Opening | None) -> int:
    """Results begin after the duty sentence, else at the first heading or table."""
    if opening:
        return opening.end
    return min([*(node.start for node in tree[:1]), *(table.start for table in document.tables[:1])], default=0)


def _claims(document: Document, tree: Sequence[Node], start: int, *, spoken: bool) -> list[Claim]:
    found = [*prose_claims(document, tree, start, spoken=spoken)]
    for table in document.tables:
        if table.start >= start:
            found += table_claims(document, table)
    return sorted(found, key=lambda claim: (claim.start, claim.end))
