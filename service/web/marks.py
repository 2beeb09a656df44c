"""What is marked in a document, on its text and on its original pages."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from service.records import StoredCitation, StoredItem, StoredTask
from service.web.highlight import Mark


def marks_of(
    citations: Iterable[StoredCitation], tasks: Iterable[StoredTask], items: Iterable[StoredItem]
) -> list[Mark]:
    """Tasks, report statements and citations with their places; those of an older text have none any more."""
    marks = [
        Mark(t.task.start, t.task.end, "task", f"nv-{t.id}", title=f"Nhiệm vụ – {'; '.join(t.task.lead)}")
        for t in tasks
        if t.vanished_at is None
    ]
    marks += [Mark(i.item.start, i.item.end, "item", f"nd-{i.id}") for i in items if i.vanished_at is None]
    for c in citations:
        known = f"/van-ban/{c.resolved[0]}" if len(c.resolved) == 1 else ""
        target = known or f"/tra-cuu?q={quote(c.citation.symbol or c.citation.name or c.citation.text)}"
        css = "cite known" if known else "cite"
        marks.append(Mark(c.citation.start, c.citation.end, css, f"vd-{c.id}", href=target))
    return marks
