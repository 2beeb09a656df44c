"""Figures for the dashboard, units under documents or periods, and the chain from a law to the reports."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

from service.follow import Followed
from service.gaps import Summary, summarise
from service.listings import CellFilter
from service.listings.cells import NOBODY, is_hole
from service.ports import Ports
from service.records import StoredDocument
from service.wording import document_name

By = Literal["directive", "period"]
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


def by_unit(cells: Iterable[Followed], *, official: bool = True) -> list[Group]:
    """Units, those with most overdue and unreported work first."""
    found = _groups(cells, lambda each: each.unit or NOBODY)
    rows = [
        Group(name, _figures(group, official=official), CellFilter(unit="" if name == NOBODY else name))
        for name, group in found.items()
    ]
    return sorted(rows, key=lambda row: (-row.figures.open_overdue, -row.figures.missing, row.name.casefold()))


def by_directive(cells: Iterable[Followed], *, official: bool = True) -> list[Group]:
    """Assigning documents in the order of their cells."""
    found = _groups(cells, lambda each: each.duty.directive.id)
    rows = []
    for group in found.values():
        document = group[0].duty.directive
        key = document.key or document.header.symbol or ""
        rows.append(Group(document_name(document), _figures(group, official=official), CellFilter(directive=key)))
    return rows


def _figures(group: Iterable[Followed], *, official: bool) -> Summary:
    return summarise((each.cell for each in group), official=official)


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


def board(cells: Sequence[Followed], by: By, asked: CellFilter) -> Board:
    """The grid; with ``asked.holes`` the cells are holes already, and rows and columns without one fall away."""
    columns: dict[str, str] = {}
    grid: dict[str, dict[str, list[Followed]]] = {}
    for each in cells:
        key, title = _column(each, by)
        columns.setdefault(key, title)
        grid.setdefault(each.unit or NOBODY, {}).setdefault(key, []).append(each)
    rows = tuple(
        (unit, tuple(_crossing(row.get(key), unit, key, by, asked) for key in columns))
        for unit, row in sorted(grid.items(), key=lambda pair: pair[0].casefold())
    )
    return Board(tuple(columns.values()), rows)


def _column(each: Followed, by: By) -> tuple[str, str]:
    if by == "period":
        return each.period or "", each.period or "Không theo kỳ"
    document = each.duty.directive
    return document.key or document.header.symbol or "", document_name(document)


def _crossing(cells: list[Followed] | None, unit: str, key: str, by: By, asked: CellFilter) -> Crossing | None:
    if not cells:
        return None
    narrowed = {"unit": "" if unit == NOBODY else unit, ("period" if by == "period" else "directive"): key}
    given = asked.given() | {name: value for name, value in narrowed.items() if value}
    return Crossing(summarise((c.cell for c in cells), official=False), sum(map(is_hole, cells)), CellFilter(**given))


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
