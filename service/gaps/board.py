"""The gap question for pages, letters and tables: counts by group, a page of cells, all cells as plain rows.

Everything is computed by the database on the kept cells. Questions that these cannot answer (``known_at``, supposed
members of a collective, general tasks) are answered out of the facts themselves, with the same figures.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from corpus.text import fold
from service.cells import FAR, Count, Group, Order, SeenCell
from service.gaps.figures import Summary, summarise
from service.gaps.find import each_cell, weighed_afresh
from service.gaps.keep import refresh
from service.gaps.model import GapCell, GapQuery
from service.gaps.rules import judged, rule_table
from service.gaps.scope import as_of, cell_query
from service.gaps.seen import Scene, scene
from service.records import StoredDocument, StoredTask
from service.store.ports import Store

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class UnitTotal:
    """A unit (None: nobody named) with its totals."""

    unit: str | None
    figures: Summary
    collective: bool = False


@dataclass(frozen=True, slots=True)
class DirectiveTotal:
    """An assigning document with its totals."""

    directive: StoredDocument
    figures: Summary


@dataclass(frozen=True, slots=True)
class PeriodTotal:
    """A period (None: work without periods) with its totals."""

    period: str | None
    figures: Summary


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the cells, and how many there are."""

    total: int
    cells: tuple[GapCell, ...]
    offset: int = 0


def count(store: Store, query: GapQuery) -> Summary:
    """Totals of all cells that the question asks for; ``query.official`` counts confirmed links alone."""
    if weighed_afresh(query):
        return summarise(each_cell(store, query), official=query.official)
    return _counts(store, query, None)[0][1]


def by_unit(store: Store, query: GapQuery) -> list[UnitTotal]:
    """Totals of each unit, those with most overdue work first."""
    if weighed_afresh(query):
        groups = _grouped(store, query, lambda cell: (cell.duty.unit, cell.duty.collective))
        return _worst(UnitTotal(unit, figures, many) for (unit, many), figures in groups.items())
    names = store.gap_units()
    found = []
    for (number,), figures in _counts(store, query, "unit"):
        name, many = names[int(number or 0)]
        stands_in = bool(query.unit) and many
        found.append(UnitTotal((query.unit if stands_in else name) or None, figures, many and not stands_in))
    return _worst(found)


def _worst(found: Iterable[UnitTotal]) -> list[UnitTotal]:
    return sorted(found, key=lambda one: (-one.figures.open_overdue, -one.figures.missing, one.unit or ""))


def by_directive(store: Store, query: GapQuery) -> list[DirectiveTotal]:
    """Totals of each assigning document, in the order of intake."""
    if weighed_afresh(query):
        groups = _grouped(store, query, lambda cell: cell.duty.directive.id)
        counted = [((number,), figures) for number, figures in groups.items()]
    else:
        counted = [((int(key[0] or 0),), figures) for key, figures in _counts(store, query, "directive")]
    documents = store.documents_by_id([number for (number,), _ in counted])
    return [DirectiveTotal(documents[n], figures) for (n,), figures in sorted(counted) if n in documents]


def by_period(store: Store, query: GapQuery) -> list[PeriodTotal]:
    """Totals of each period, in the order of time; work without periods first."""
    if weighed_afresh(query):
        groups = _grouped(store, query, lambda cell: cell.duty.span.label if cell.duty.span else None)
        return [PeriodTotal(label, figures) for label, figures in groups.items()]
    order = {label: place for place, label in enumerate(store.gap_labels())}
    counted = ((key[0], figures) for key, figures in _counts(store, query, "period"))
    found = [PeriodTotal(str(label) if label is not None else None, figures) for label, figures in counted]
    return sorted(found, key=lambda one: order.get(one.period or "", -1))


def crossings(store: Store, query: GapQuery) -> dict[tuple[str | None, int], Summary]:
    """Totals of each unit under each directive (its store id): the cells of the matrix page."""
    if weighed_afresh(query):
        return _grouped(store, query, lambda cell: (cell.duty.unit, cell.duty.directive.id))
    names = store.gap_units()
    found = _counts(store, query, "unit_directive")
    return {(names[int(unit or 0)][0] or None, int(number or 0)): figures for (unit, number), figures in found}


def rule_counts(store: Store, query: GapQuery) -> dict[str, int]:
    """How many cells break each rule, in the table's order; rules that none breaks are left out."""
    if weighed_afresh(query):
        found: dict[str, int] = {}
        for cell in each_cell(store, query):
            for rule in cell.rules:
                found[rule.id] = found.get(rule.id, 0) + 1
    else:
        refresh(store, query)
        found = store.gap_rules(cell_query(store, query))
    return {name: found[name] for name in rule_table() if found.get(name)}


def page(store: Store, query: GapQuery, *, order: Order = "text", limit: int = 50, offset: int = 0) -> Page:
    """Some of the cells, with their statements and rules."""
    total = count(store, query).total
    return Page(total, tuple(each_cell(store, query, order=order, limit=limit, offset=offset)), offset)


@dataclass(frozen=True, slots=True)
class GapRow:
    """A cell as a row of a table, without its statements."""

    directive: StoredDocument
    task: StoredTask
    unit: str | None
    via: str | None
    period: str | None
    due: dt.date | None
    report_due: dt.date | None
    task_status: str
    report_status: str
    official_task_status: str
    official_report_status: str
    pending: bool
    claimed: str | None
    done_on: dt.date | None
    days_late: int
    """Days past the last day in time, 0 for what is not overdue."""
    rules: tuple[str, ...]
    """Ids, in the table's order; ``rule_table`` has their titles."""

    def to_json(self) -> dict[str, Any]:
        """For exports."""
        header = self.directive.header
        return {
            "task": {
                "id": self.task.task.id, "text": fold(self.task.task.text), "row": self.task.task.row,
                "directive": {"symbol": header.symbol, "date": _iso(header.date), "document": self.directive.sha256},
            },
            "unit": self.unit, "via": self.via, "period": self.period,
            "due": _iso(self.due), "report_due": _iso(self.report_due),
            "task_status": self.task_status, "report_status": self.report_status,
            "official": {"task_status": self.official_task_status, "report_status": self.official_report_status},
            "pending": self.pending, "claimed": self.claimed, "done_date": _iso(self.done_on),
            "days_late": self.days_late, "rules": list(self.rules),
        }  # fmt: skip


def rows(store: Store, query: GapQuery, *, order: Order = "text") -> Iterator[GapRow]:
    """All cells that the question asks for, one by one, for exports of any size."""
    if weighed_afresh(query):
        yield from (_of_cell(cell, as_of(query)) for cell in each_cell(store, query))
        return
    refresh(store, query)
    asked, around = cell_query(store, query), scene(store, query, as_of(query))
    cache = _Cache(store)
    tasks, documents = cache.tasks, cache.documents
    stray_units = set(asked.stray_units)
    units = {name: number for number, (name, _) in store.gap_units().items()}
    for seen in store.gap_cells(asked, order=order):
        cell = seen.cell
        if cell.task_id not in tasks and not cache.load(cell.task_id, cell.document_id):
            continue
        stands_in = cell.collective and bool(asked.collectives)
        yield GapRow(
            directive=documents[cell.document_id], task=tasks[cell.task_id],
            unit=(query.unit if stands_in else cell.unit) or None, via=cell.unit if stands_in else cell.via,
            period=cell.label, due=_date(cell.due), report_due=_date(cell.report_due),
            task_status=seen.task_status, report_status=seen.report_status,
            official_task_status=seen.official_task_status, official_report_status=seen.official_report_status,
            pending=seen.pending, claimed=seen.claimed, done_on=_date(seen.done_on or FAR),
            days_late=asked.day - cell.last if seen.task_status == "open_overdue" else 0,
            rules=_rule_ids(seen, around, query, stray=units.get(cell.unit) in stray_units),
        )  # fmt: skip


_PLACES: Final = {name: place for place, name in enumerate(rule_table())}


def _rule_ids(seen: SeenCell, around: Scene, query: GapQuery, *, stray: bool) -> tuple[str, ...]:
    found = {*judged(seen, around.as_of.toordinal(), query.due_soon_days, stray=stray)}
    found |= {flag.rule for flag in seen.flags}
    return tuple(sorted(found, key=lambda name: _PLACES.get(name, len(_PLACES))))


class _Cache:
    """Tasks and documents read so far."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.tasks: dict[int, StoredTask] = {}
        self.documents: dict[int, StoredDocument] = {}

    def load(self, task_id: int, document_id: int) -> bool:
        """Read a whole directive with its tasks; False where the task is gone."""
        if document_id not in self.documents:
            self.documents |= self._store.documents_by_id([document_id])
            self.tasks |= {task.id: task for task in self._store.tasks(document_id=document_id)}
        return task_id in self.tasks


def _of_cell(cell: GapCell, day: dt.date) -> GapRow:
    duty, seen = cell.duty, cell.verdict
    late = (day - duty.due).days if seen.task_status == "open_overdue" and duty.due else 0
    return GapRow(
        directive=duty.directive, task=duty.task, unit=duty.unit, via=duty.via,
        period=duty.span.label if duty.span else None, due=duty.due, report_due=duty.report_due,
        task_status=seen.task_status, report_status=seen.report_status,
        official_task_status=cell.official.task_status, official_report_status=cell.official.report_status,
        pending=cell.pending, claimed=seen.claimed, done_on=seen.done_date, days_late=late,
        rules=tuple(rule.id for rule in cell.rules),
    )  # fmt: skip


def _counts(store: Store, query: GapQuery, by: Group | None) -> list[tuple[tuple[int | str | None, ...], Summary]]:
    refresh(store, query)
    needs_strays = "report_without_task" in query.rules
    asked = cell_query(store, query, strays=needs_strays)
    return [(one.key, _figures(one)) for one in store.gap_counts(asked, by)]


def _figures(counted: Count) -> Summary:
    return Summary(total=counted.total, pending=counted.pending, **counted.statuses)


def _grouped(store: Store, query: GapQuery, key: Callable[[GapCell], K]) -> dict[K, Summary]:
    groups: dict[K, list[GapCell]] = {}
    for cell in each_cell(store, query):
        groups.setdefault(key(cell), []).append(cell)
    return {name: summarise(cells, official=query.official) for name, cells in groups.items()}


def _date(value: int) -> dt.date | None:
    return dt.date.fromordinal(value) if value < FAR else None


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
