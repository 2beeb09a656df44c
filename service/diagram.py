"""Lược đồ: a document with the documents around it, by relation, as data and as a picture (SVG, no script).

Left stand the documents that it cites, right those that cite it. One that is not in the store is told by its colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from corpus.text import xml_safe
from nlp.model import Relation
from service.errors import NotFound
from service.records import StoredCitation, StoredDocument
from service.store.ports import Store

Json = dict[str, Any]
_SAID: Final[tuple[tuple[str, tuple[Relation, ...], str, str], ...]] = (
    ("replaces", ("replaces",), "Văn bản bị thay thế", "Văn bản thay thế"),
    ("repeals", ("repeals",), "Văn bản bị bãi bỏ", "Văn bản bãi bỏ"),
    ("amends", ("amends", "supplements", "corrects"), "Văn bản được sửa đổi, bổ sung", "Văn bản sửa đổi, bổ sung"),
    ("suspends", ("suspends",), "Văn bản bị ngưng hiệu lực", "Văn bản ngưng hiệu lực"),
    ("details", ("details", "guides"), "Văn bản được quy định chi tiết, hướng dẫn", "Văn bản chi tiết, hướng dẫn"),
    ("consolidates", ("consolidates",), "Văn bản được hợp nhất", "Văn bản hợp nhất"),
    ("basis", ("basis",), "Căn cứ", "Văn bản lấy làm căn cứ"),
    ("implements", ("implements",), "Triển khai thực hiện văn bản", "Văn bản triển khai thực hiện"),
    ("answers", ("answers", "follows_up", "proposed_by"), "Trả lời, tiếp theo", "Văn bản trả lời, tiếp theo"),
    ("refers", ("per", "refers", "attached_to", "history"), "Viện dẫn", "Được viện dẫn tại"),
)  # fmt: skip
"""Groups in the order in which they are shown: relations, words on the left, words on the right."""
_RANK: Final = {relation: i for i, (_, relations, _, _) in enumerate(_SAID) for relation in relations}


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A document beside the one in the middle; ``id`` None: it is not in the store."""

    label: str
    title: str
    id: int | None
    count: int
    """How many citations tie the two."""


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbours in one relation."""

    relation: str
    words: str
    neighbours: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class Diagram:
    """The whole picture."""

    document: StoredDocument
    left: tuple[Group, ...]
    right: tuple[Group, ...]

    def to_json(self) -> Json:
        """For the API."""
        return {
            "document": {"id": self.document.id, "symbol": self.document.header.symbol},
            "cites": [_group_json(group) for group in self.left],
            "cited_by": [_group_json(group) for group in self.right],
        }


def _group_json(group: Group) -> Json:
    neighbours = [{"label": n.label, "title": n.title, "id": n.id, "count": n.count} for n in group.neighbours]
    return {"relation": group.relation, "words": group.words, "documents": neighbours}


def diagram(store: Store, document_id: int) -> Diagram:
    """What the store knows around a document; of several relations to one neighbour the weightiest is shown."""
    document = store.document(document_id)
    if document is None:
        raise NotFound(f"Không có văn bản số {document_id} trong kho.", document=document_id)
    cited = [c for c in store.citations(document_id) if not c.citation.agent and not _is_self(c, document)]
    citing = [c for c in store.citing(document_id) if not c.citation.agent]
    known = _documents(store, {i for c in cited for i in c.resolved[:1]} | {c.document_id for c in citing})
    left = [(_cited_key(c), c, known.get(c.resolved[0]) if c.resolved else None) for c in cited]
    right = [(f"#{c.document_id}", c, known.get(c.document_id)) for c in citing]
    return Diagram(document, tuple(_groups(left, 2)), tuple(_groups(right, 3)))


def _is_self(citation: StoredCitation, document: StoredDocument) -> bool:
    symbol = citation.citation.symbol
    return document.id in citation.resolved or (symbol is not None and symbol == document.header.symbol)


def _documents(store: Store, ids: Iterable[int]) -> dict[int, StoredDocument]:
    return {i: found for i in ids if (found := store.document(i))}


def _cited_key(citation: StoredCitation) -> str:
    if citation.resolved:
        return f"#{citation.resolved[0]}"
    return citation.citation.symbol or (citation.citation.name or citation.citation.text).casefold()


def _groups(ties: list[tuple[str, StoredCitation, StoredDocument | None]], words: int) -> Iterator[Group]:
    by_key: dict[str, list[tuple[StoredCitation, StoredDocument | None]]] = {}
    for key, citation, document in ties:
        by_key.setdefault(key, []).append((citation, document))
    ranked: dict[int, list[Neighbour]] = {}
    for tied in by_key.values():
        rank = min(_RANK[c.citation.relation] for c, _ in tied)
        ranked.setdefault(rank, []).append(_neighbour(*tied[0], len(tied)))
    for rank in sorted(ranked):
        yield Group(_SAID[rank][0], str(_SAID[rank][words]), tuple(ranked[rank]))


def _neighbour(citation: StoredCitation, document: StoredDocument | None, count: int) -> Neighbour:
    if document is not None:
        h = document.header
        return Neighbour(f"{h.kind or ''} {h.symbol or document.file}".strip(), h.title or "", document.id, count)
    c = citation.citation
    return Neighbour(f"{c.kind or ''} {c.symbol}".strip() if c.symbol else c.name or c.text, "", None, count)


# --- the picture: colours meet WCAG AA on white and on the blue

_WIDTH: Final = 1080
_BOX: Final = 330
_LINE: Final = 26
_HEAD: Final = 30
_GAP: Final = 14
_SHOWN: Final = 6
"""Neighbours drawn in a group; the others are counted."""
_CHARS: Final = 38


def svg(found: Diagram) -> str:
    """The picture, readable aloud: a title, a description, and every document that is in the store as a link."""
    left, right = _column(found.left), _column(found.right)
    height = max(left[1], right[1], 120)
    label = f"{found.document.header.kind or ''} {found.document.header.symbol or found.document.file}".strip()
    size = f'viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}"'
    named = 'role="group" aria-labelledby="luoc-do-ten luoc-do-mo-ta"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="diagram" {size} {named}>',
        f'<title id="luoc-do-ten">Lược đồ {escape(xml_safe(label))}</title>',
        f'<desc id="luoc-do-mo-ta">{escape(xml_safe(_description(found)))}</desc>',
        *_side(left[0], 0, height), *_side(right[0], _WIDTH - _BOX, height),
        *_middle(label, height), "</svg>",
    ]  # fmt: skip
    return "\n".join(parts)


def _column(groups: tuple[Group, ...]) -> tuple[list[tuple[int, int, Group]], int]:
    """Groups with their places from top to bottom, and the height that they need."""
    placed, y = [], 0
    for group in groups:
        rows = min(len(group.neighbours), _SHOWN) + (len(group.neighbours) > _SHOWN)
        size = _HEAD + rows * _LINE + 8
        placed.append((y, size, group))
        y += size + _GAP
    return placed, max(0, y - _GAP)


def _side(placed: list[tuple[int, int, Group]], x: int, height: int) -> Iterator[str]:
    used = placed[-1][0] + placed[-1][1] if placed else 0
    top = (height - used) / 2
    outward = x == 0
    for y, size, group in placed:
        begin = top + y
        middle = begin + size / 2
        a = x + _BOX if outward else x
        b = (_WIDTH - 300) / 2 if outward else (_WIDTH + 300) / 2
        bend = (a + b) / 2
        yield (
            f'<path d="M {a} {middle:.0f} C {bend:.0f} {middle:.0f}, {bend:.0f} {height / 2:.0f}, '
            f'{b:.0f} {height / 2:.0f}" fill="none" stroke="#9aa3ab" stroke-width="1.5"/>'
        )
        yield f'<g><rect x="{x}" y="{begin:.0f}" width="{_BOX}" height="{size}" rx="8" fill="#fff" stroke="#d8d5cc"/>'
        yield _text(x + 12, begin + 20, group.words, "13", "#8a5a00", weight="600")
        yield from _rows(group, x + 12, begin + _HEAD)
        yield "</g>"


def _rows(group: Group, x: float, y: float) -> Iterator[str]:
    for i, neighbour in enumerate(group.neighbours[:_SHOWN]):
        at = y + i * _LINE + 16
        label = neighbour.label if len(neighbour.label) <= _CHARS else f"{neighbour.label[: _CHARS - 1]}…"
        told = f"<title>{escape(xml_safe(neighbour.title or neighbour.label))}</title>"
        target = f"/van-ban/{neighbour.id}" if neighbour.id else f"/tra-cuu?q={quote(neighbour.label)}"
        colour = "#1a4f86" if neighbour.id else "#56616c"
        yield f"<a href={quoteattr(target)}>{told}{_text(x, at, label, '14', colour)}</a>"
    if len(group.neighbours) > _SHOWN:
        yield _text(x, y + _SHOWN * _LINE + 16, f"và {len(group.neighbours) - _SHOWN} văn bản khác", "13", "#56616c")


def _middle(label: str, height: int) -> Iterator[str]:
    x, y = (_WIDTH - 300) / 2, height / 2 - 32
    yield f'<rect x="{x:.0f}" y="{y:.0f}" width="300" height="64" rx="10" fill="#1f3d5a"/>'
    shown = label if len(label) <= _CHARS else f"{label[: _CHARS - 1]}…"
    yield _text(_WIDTH / 2, height / 2 + 6, shown, "16", "#ffffff", weight="700", anchor="middle")


def _text(x: float, y: float, words: str, size: str, colour: str, *, weight: str = "400", anchor: str = "start") -> str:
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}" '
        f'fill="{colour}" font-family="Segoe UI, Noto Sans, sans-serif">{escape(xml_safe(words))}</text>'
    )


def _description(found: Diagram) -> str:
    """The picture in words, for those who hear it."""
    groups = [
        f"{group.words}: {', '.join(n.label for n in group.neighbours[:_SHOWN])}"
        for group in (*found.left, *found.right)
    ]
    return ". ".join(groups) or "Chưa thấy văn bản liên quan."
