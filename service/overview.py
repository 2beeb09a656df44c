"""Figures for the dashboard, units under documents or periods, and the chain from a law to the reports."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from service import gaps
from service.follow import Followed
from service.gaps import GapQuery, Summary, summarise
from service.listings import CellFilter
from service.listings.cells import NOBODY, holes, is_hole
from service.ports import Ports
from service.records import StoredDocument
from service.store.ports import Store
from service.wording import document_name

K = TypeVar("K", bound=Hashable)
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


def by_directive(store: Store, query: GapQuery) -> list[Group]:
    """Assigning documents in the order of intake."""
    return [
        Group(document_name(one.directive), one.figures, CellFilter(directive=_key(one.directive)))
        for one in gaps.by_directive(store, query)
    ]


def _key(document: StoredDocument) -> str:
    return document.key or document.header.symbol or ""


def _groups(cells: Iterable[Followed], key: Callable[[Followed], K]) -> dict[K, list[Followed]]:
    found: dict[K, list[Followed]] = {}
    for each in cells:
        found.setdefault(key(each), []).append(each)
    return found


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
    """Units × documents (or periods)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Crossing | None, ...]], ...]


def board(app: Ports, query: GapQuery, asked: CellFilter) -> Board:
    """Units under documents, counted by the database; with ``asked.holes`` only crossings that miss something."""
    every = gaps.crossings(app.store, query)
    missing: dict[tuple[str | None, int], int] = {}
    for part in holes(query):
        for key, figures in gaps.crossings(app.store, part).items():
            missing[key] = missing.get(key, 0) + figures.total
    wanted = [key for key in every if missing.get(key) or not asked.holes]
    documents = app.store.documents_by_id({number for _, number in wanted})
    columns = sorted(documents)
    units = sorted({unit for unit, _ in wanted}, key=lambda unit: (unit or NOBODY).casefold())
    shown = set(wanted)

    def crossing(unit: str | None, number: int) -> Crossing | None:
        if (unit, number) not in shown:
            return None
        given = asked.given() | {"unit": unit or "", "directive": _key(documents[number]), "chain": "", "tree": ""}
        narrowed = CellFilter(**{name: value for name, value in given.items() if value})
        return Crossing(every[unit, number], missing.get((unit, number), 0), narrowed)

    rows = tuple((unit or NOBODY, tuple(crossing(unit, number) for number in columns)) for unit in units)
    return Board(tuple(document_name(documents[number]) for number in columns), rows)


def board_by_period(cells: Sequence[Followed], asked: CellFilter) -> Board:
    """Units under periods."""
    columns: dict[str, str] = {}
    grid: dict[str, dict[str, list[Followed]]] = {}
    for each in cells:
        key = each.period or ""
        columns.setdefault(key, each.period or "Không theo kỳ")
        grid.setdefault(each.unit or NOBODY, {}).setdefault(key, []).append(each)
    rows = tuple(
        (unit, tuple(_crossing(row.get(key), unit, key, asked) for key in columns))
        for unit, row in sorted(grid.items(), key=lambda pair: pair[0].casefold())
    )
    return Board(tuple(columns.values()), rows)


def _crossing(cells: list[Followed] | None, unit: str, period: str, asked: CellFilter) -> Crossing | None:
    if not cells:
        return None
    given = asked.given() | {"unit": "" if unit == NOBODY else unit, "period": period, "tree": ""}
    narrowed = CellFilter(**{name: value for name, value in given.items() if value})
    return Crossing(summarise((c.cell for c in cells), official=False), sum(map(is_hole, cells)), narrowed)


@dataclass(frozen=True, slots=True)
class Link:
    """A document in a chain, with those that carry it further."""

    document: StoredDocument
    relation: str
    level: str
    total: int
    holes: int
    below: tuple[Link, ...] = ()


def chain(app: Ports, document: StoredDocument, cells: Sequence[Followed]) -> tuple[tuple[StoredDocument, ...], Link]:
    """What the document rests on (the store's texts), and the tree of those that carry it further, down to reports."""
    counts: dict[int, list[Followed]] = _groups(cells, lambda each: each.duty.directive.id)
    above = [
        found
        for cited in app.store.citations(document.id)
        if cited.citation.relation in _CARRIED and len(cited.resolved) == 1
        for found in [app.store.document(cited.resolved[0])]
        if found is not None and found.id != document.id
    ]
    unique = tuple({one.id: one for one in above}.values())
    return unique, _walk(app, document, "", counts, {document.id}, 0)


def _walk(
    app: Ports, document: StoredDocument, relation: str, counts: dict[int, list[Followed]], seen: set[int], depth: int
) -> Link:
    below: tuple[Link, ...] = ()
    if depth < DEEPEST and document.role != "report":
        below = tuple(_below(app, document, counts, seen, depth))
    cells = counts.get(document.id, [])
    level = "Báo cáo" if document.role == "report" else document.header.kind or "Văn bản"
    return Link(document, relation, level, len(cells), sum(map(is_hole, cells)), below)


def _below(
    app: Ports, document: StoredDocument, counts: dict[int, list[Followed]], seen: set[int], depth: int
) -> Iterator[Link]:
    relations: dict[int, str] = {}
    for citing in app.store.citing(document.id):
        if citing.citation.relation in _CARRIED and citing.document_id not in seen:
            relations.setdefault(citing.document_id, citing.citation.relation)
    seen |= relations.keys()
    found = [(app.store.document(number), relation) for number, relation in relations.items()]
    ordered = sorted((one for one in found if one[0]), key=lambda one: (one[0].role == "report", one[0].effective))  # type: ignore[union-attr]  # None is left out
    for child, relation in ordered:
        if child is not None:
            yield _walk(app, child, relation, counts, seen, depth + 1)
