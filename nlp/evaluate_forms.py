"""How well a report is known for one: every text of the gold with what it is, and precision and recall over them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.model import Document
from nlp.evaluate import Tally
from nlp.header import read_header
from nlp.report_kind import is_report
from nlp.report_opening import find_opening


@dataclass(frozen=True, slots=True)
class Form:
    """A text of the gold: where it comes from ("report_forms", "links", "documents"), and whether it is a report."""

    name: str
    source: str
    document: Document
    meant: bool


def judge(forms: Iterable[Form]) -> dict[str, Tally]:
    """Reports known, by source and over all ("reports"); misses and false ones by name."""
    scores: dict[str, Tally] = {}
    for form in forms:
        found = is_report(form.document, read_header(form.document), find_opening(form.document.text))
        for name in ("reports", form.source):
            tally = scores.setdefault(name, Tally())
            tally.right += found and form.meant
            tally.found += found
            tally.wanted += form.meant
            if form.meant and not found:
                tally.missed.append(form.name)
            if found and not form.meant:
                tally.wrong.append(form.name)
    return scores
