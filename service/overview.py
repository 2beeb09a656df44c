"""Figures for the dashboard, units under documents or periods, and the chain from a law to the reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from service import gaps
from service.gaps import GapQuery, Summary, holes, parse_query
from service.listings import CellFilter
from service.listings.cells import NOBODY
from service.ports import Ports
from service.records import StoredDocument
from service.store.ports import Store
from service.wording import document_name

ROWS: Final = 20
COLUMNS: Final = 30
"""Units and documents on one page of the board: more fit no screen."""
DEEPEST: Final = 6
"""Levels of a chain that are walked; citations may run in circles."""
_CARRIED: Final = ("implements", "basis", "per", "details", "guides", "follows_up", "answers")
"""Relations by which a text carries another further down (domain-vn 2.6)."""


@dataclass(frozen=True, slots=True)
class Group:
    """A row of the dashboard: a unit or a document with its totals."""

    name: str
    figures: Summary
    asked: CellFilter


def by_unit(store: Store, query: GapQuery) -> list[Group]:
    """Units, those with most overdue and unreported work first."""
    return [
        Group(one.unit or NOBODY, one.figures, CellFilter(unit=one.unit or "")) for one in gaps.by_unit(store, query)
    ]


def by_directive(store: Store, query: GapQuery, *, most: int | None = None) -> list[Group]:
    """Assigning documents in the order of intake, the first ``most`` of them."""
    return [
        Group(document_name(one.directive), one.figures, CellFilter(directive=_key(one.directive)))
        for one in gaps.by_directive(store, query, most=most)
    ]


def _key(document: StoredDocument) -> str:
    return document.key or document.header.symbol or ""


@dataclass(frozen=True, slots=True)
class Crossing:
    """A unit under a document or a period."""

    figures: Summary
    holes: int
    asked: CellFilter

    @property
    def look(self) -> str:
        """hole, done or open, for the colour; the words stand in the cell as well."""
        if self.holes:
            return "hole"
        return "done" if self.figures.total == self.figures.done else "open"


@dataclass(frozen=True, slots=True)
class Board:
    """Some of the units × documents (or periods), and where these stand among all."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Crossing | None, ...]], ...]
    row: int
    column: int
    all_rows: int
    all_columns: int
    page_rows: int = ROWS
    page_columns: int = COLUMNS


def board(
    app: Ports, query: GapQuery, asked: CellFilter, *, by: gaps.Columns = "directive", row: int = 0, column: int = 0
) -> Board:
    """Units under documents or periods, counted by the database; with ``asked.holes`` only what misses something.

    ``row`` and ``column`` are the first that are shown.
    """
    parts = holes(query) if asked.holes else [query]
    names = {unit for part in parts for unit in gaps.unit_totals(app.store, part)}
    units = sorted(names, key=lambda unit: (unit or NOBODY).casefold())
    on_page = units[row : row + ROWS]
    if by == "directive":
        ids = sorted({key for part in parts for key in gaps.directive_totals(app.store, part)})
        columns = _documents(app.store, ids[column : column + COLUMNS])
        shown, wide = list(columns), len(ids)
        found = gaps.crossings(app.store, query, units=on_page, documents=[int(key or 0) for key in shown])
    else:
        found = gaps.crossings(app.store, query, by="period", units=on_page)
        columns = _periods(str(label) if label is not None else None for _, label in found)
        shown, wide = list(columns)[column : column + COLUMNS], len(columns)

    def crossing(unit: str | None, key: int | str | None) -> Crossing | None:
        crossed = found.get((unit, key))
        if crossed is None or (asked.holes and not crossed.holes):
            return None
        given = replace(asked, unit=unit or "", tree="", **columns[key].asked)
        return Crossing(crossed.figures, crossed.holes, given)

    rows = tuple((unit or NOBODY, tuple(crossing(unit, key) for key in shown)) for unit in on_page)
    return Board(tuple(columns[key].name for key in shown), rows, row, column, len(units), wide)


@dataclass(frozen=True, slots=True)
class _Head:
    """A column: its name, and what a link to its obligations asks."""

    name: str
    asked: dict[str, str]


def _documents(store: Store, ids: Sequence[int]) -> dict[int | str | None, _Head]:
    found = sorted(store.documents_by_id(ids).items())
    return {key: _Head(document_name(one), {"directive": _key(one), "chain": ""}) for key, one in found}


def _periods(labels: Iterable[str | None]) -> dict[int | str | None, _Head]:
    """The periods of the units that are shown, in the order of time."""
    ordered = sorted(set(labels), key=gaps.in_time)
    return {label: _Head(label or "Không theo kỳ", {"period": label or ""}) for label in ordered}


@dataclass(frozen=True, slots=True)
class Link:
    """A document in a chain, with those that carry it further."""

    document: StoredDocument
    relation: str
    level: str
    total: int
    holes: int
    below: tuple[Link, ...] = ()


def chain(app: Ports, document: StoredDocument) -> tuple[tuple[StoredDocument, ...], Link]:
    """What the document rests on (the store's texts), and the tree of those that carry it further, down to reports."""
    above = [
        found
        for cited in app.store.citations(document.id)
        if cited.citation.relation in _CARRIED and len(cited.resolved) == 1
        for found in [app.store.document(cited.resolved[0])]
        if found is not None and found.id != document.id
    ]
    unique = tuple({one.id: one for one in above}.values())
    seen: dict[int, StoredDocument] = {document.id: document}
    tree = _walk(app, document, "", seen, 0)
    query = replace(parse_query(app.store, settings=app.settings), ended=True)
    counts: dict[int, tuple[int, int]] = {}
    for (_, number), crossed in gaps.crossings(app.store, query, documents=list(seen)).items():
        total, missing = counts.get(int(number or 0), (0, 0))
        counts[int(number or 0)] = total + crossed.figures.total, missing + crossed.holes
    return unique, _counted(tree, counts)


def _counted(link: Link, counts: dict[int, tuple[int, int]]) -> Link:
    total, missing = counts.get(link.document.id, (0, 0))
    return replace(link, total=total, holes=missing, below=tuple(_counted(one, counts) for one in link.below))


def _walk(app: Ports, document: StoredDocument, relation: str, seen: dict[int, StoredDocument], depth: int) -> Link:
    below: tuple[Link, ...] = ()
    if depth < DEEPEST and document.role != "report":
        below = tuple(_below(app, document, seen, depth))
    level = "Báo cáo" if document.role == "report" else document.header.kind or "Văn bản"
    return Link(document, relation, level, 0, 0, below)


def _below(app: Ports, document: StoredDocument, seen: dict[int, StoredDocument], depth: int) -> Iterator[Link]:
    relations: dict[int, str] = {}
    for citing in app.store.citing(document.id):
        if citing.citation.relation in _CARRIED and citing.document_id not in seen:
            relations.setdefault(citing.document_id, citing.citation.relation)
    found = app.store.documents_by_id(relations)
    seen |= found
    for child in sorted(found.values(), key=lambda one: (one.role == "report", one.effective)):
        yield _walk(app, child, relations[child.id], seen, depth + 1)
