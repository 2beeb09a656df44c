"""The citation graph of the store as CSV (one line a citation) and as GraphML (for graph tools)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from corpus.text import xml_safe
from service.records import StoredCitation, StoredDocument
from service.store.ports import Store
from service.validity import show_locator

COLUMNS: Final = (
    "from_id", "from_symbol", "from_date", "relation", "to_id", "to_symbol", "to_name", "to_date", "resolution",
    "locators", "agent", "flags", "start", "end", "page", "text",
)  # fmt: skip
_FORMULA: Final = re.compile(r"^[\s]*[=+\-@\t\r]")
_PAGE: Final = 500


@dataclass(frozen=True, slots=True)
class Edge:
    """One citation between two documents; ``cited`` None where the store has none or cannot tell which."""

    citing: StoredDocument
    citation: StoredCitation
    cited: StoredDocument | None

    @property
    def resolution(self) -> str:
        """resolved, ambiguous or unresolved."""
        return "resolved" if self.cited else "ambiguous" if self.citation.resolved else "unresolved"


def edges(store: Store) -> Iterator[Edge]:
    """Every citation of the store, document by document; a text that names itself (in its annexes) is no edge."""
    for document in _documents(store):
        for kept in store.citations(document.id):
            if document.id in kept.resolved or (
                kept.citation.symbol and kept.citation.symbol == document.header.symbol
            ):
                continue
            sure = kept.resolved and "ambiguous" not in kept.flags
            yield Edge(document, kept, store.document(kept.resolved[0]) if sure else None)


def _documents(store: Store) -> Iterator[StoredDocument]:
    offset = 0
    while page := store.documents(limit=_PAGE, offset=offset):
        yield from page
        offset += len(page)


def to_csv(found: Iterable[Edge]) -> Iterator[str]:
    """Lines of CSV. A cell that a spreadsheet would take for a formula gets an apostrophe."""
    yield _line(COLUMNS)
    for edge in found:
        cited, c = edge.cited, edge.citation.citation
        yield _line((
            edge.citing.id, edge.citing.header.symbol, edge.citing.header.date, c.relation,
            cited.id if cited else None, cited.header.symbol if cited else c.symbol, c.name,
            cited.header.date if cited else c.date, edge.resolution, "; ".join(map(show_locator, c.locators)),
            c.agent, " ".join((*c.flags, *edge.citation.flags)), c.start, c.end, c.page, c.text,
        ))  # fmt: skip


def _line(cells: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([_cell(cell) for cell in cells])
    return out.getvalue()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if _FORMULA.match(text) else text


_KEYS: Final = (
    ("node", "symbol"), ("node", "kind"), ("node", "issuer"), ("node", "date"), ("node", "title"), ("node", "kept"),
    ("edge", "relation"), ("edge", "locators"), ("edge", "text"), ("edge", "resolution"),
)  # fmt: skip


def to_graphml(store: Store) -> Iterator[str]:
    """Lines of GraphML: every kept document and every document that is only cited is a node."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for domain, name in _KEYS:
        yield f'<key id="{domain}_{name}" for="{domain}" attr.name="{name}" attr.type="string"/>\n'
    yield '<graph id="vien-dan" edgedefault="directed">\n'
    for document in _documents(store):
        h = document.header
        facts = {
            "symbol": h.symbol,
            "kind": h.kind,
            "issuer": h.issuer,
            "date": h.date,
            "title": h.title,
            "kept": "yes",
        }
        yield _element("node", f'id="d{document.id}"', facts)
    outside: dict[str, str] = {}
    for number, edge in enumerate(edges(store)):
        c = edge.citation.citation
        target = f"d{edge.cited.id}" if edge.cited else outside.get(name := c.symbol or c.name or c.text)
        if target is None:
            target = outside[name] = f"x{len(outside)}"
            yield _element(
                "node", f'id="{target}"', {"symbol": c.symbol or c.name, "kind": c.kind, "date": c.date, "kept": "no"}
            )
        places = "; ".join(map(show_locator, c.locators))
        facts = {"relation": c.relation, "locators": places, "text": c.text, "resolution": edge.resolution}
        yield _element("edge", f'id="e{number}" source="d{edge.citing.id}" target="{target}"', facts)
    yield "</graph>\n</graphml>\n"


def _element(tag: str, attributes: str, facts: Mapping[str, object]) -> str:
    data = "".join(
        f"<data key={quoteattr(f'{tag}_{name}')}>{escape(xml_safe(str(value)))}</data>"
        for name, value in facts.items()
        if value
    )
    return f"<{tag} {attributes}>{data}</{tag}>\n"
