"""The gap question for pages, letters and tables: counts in all and by group, a page of cells.

Everything is computed by the database on the kept cells. Questions that these cannot answer (``known_at``, supposed
members of a collective, general tasks) are answered out of the facts themselves, with the same figures.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, TypeVar, cast

from service.cells import REPORT_STATUS, TASK_STATUS, CellQuery, Count, Group, Order
from service.gaps.figures import Summary, summarise
from service.gaps.find import each_cell, weighed_afresh
from service.gaps.keep import refresh
from service.gaps.model import GapCell, GapQuery, ReportStatus, TaskStatus
from service.gaps.rules import rule_table
from service.gaps.scope import cell_query
from service.periods import parse_span
from service.records import StoredDocument
from service.store.ports import Store

K = TypeVar("K", bound=Hashable)
Columns = Literal["directive", "period"]


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
    counted = _counts(store, query, "unit")  # before the names: it may make new ones
    names, found = store.gap_units(), []
    for (number,), figures in counted:
        name, many = names[int(number or 0)]
        stands_in = bool(query.unit) and many
        found.append(UnitTotal((query.unit if stands_in else name) or None, figures, many and not stands_in))
    return _worst(found)


def _worst(found: Iterable[UnitTotal]) -> list[UnitTotal]:
    return sorted(found, key=lambda one: (-one.figures.open_overdue, -one.figures.missing, one.unit or ""))


def by_directive(store: Store, query: GapQuery, *, most: int | None = None) -> list[DirectiveTotal]:
    """Totals of each assigning document, in the order of intake; of the first ``most`` where not all are wanted."""
    if weighed_afresh(query):
        groups = _grouped(store, query, lambda cell: cell.duty.directive.id)
        counted = [((number,), figures) for number, figures in groups.items()]
    else:
        counted = [((int(key[0] or 0),), figures) for key, figures in _counts(store, query, "directive")]
    counted = sorted(counted, key=lambda one: one[0])[:most]
    documents = store.documents_by_id([number for (number,), _ in counted])
    return [DirectiveTotal(documents[n], figures) for (n,), figures in counted if n in documents]


def unit_totals(store: Store, query: GapQuery) -> dict[str | None, int]:
    """How many cells each unit has: cheaper than ``by_unit`` where statuses are asked for."""
    if weighed_afresh(query):
        named = [(one.unit, one.figures.total) for one in by_unit(store, query)]
    else:
        refresh(store, query)
        totals, names = store.gap_totals(_asked(store, query), "unit"), store.gap_units()
        collectives = {key for key, (_, many) in names.items() if many and query.unit}
        named = [((query.unit if key in collectives else names[key][0]) or None, n) for key, n in totals.items()]
    found: dict[str | None, int] = {}
    for unit, n in named:
        found[unit] = found.get(unit, 0) + n
    return found


def directive_totals(store: Store, query: GapQuery) -> dict[int, int]:
    """The same of each assigning document, by its store id."""
    if weighed_afresh(query):
        return {one.directive.id: one.figures.total for one in by_directive(store, query)}
    refresh(store, query)
    return store.gap_totals(_asked(store, query), "directive")


def by_period(store: Store, query: GapQuery) -> list[PeriodTotal]:
    """Totals of each period, in the order of time; work without periods first."""
    if weighed_afresh(query):
        groups = _grouped(store, query, lambda cell: cell.duty.span.label if cell.duty.span else None)
        return [PeriodTotal(label, figures) for label, figures in groups.items()]
    counted = ((key[0], figures) for key, figures in _counts(store, query, "period"))
    found = [PeriodTotal(str(label) if label is not None else None, figures) for label, figures in counted]
    return sorted(found, key=lambda one: in_time(one.period))


def in_time(label: str | None) -> tuple[dt.date, dt.date]:
    """Puts periods in order by their first day, longer ones after shorter; work without periods before all."""
    span = parse_span(label) if label else None
    return (span.first, span.last) if span else (dt.date.min, dt.date.min)


def total(store: Store, query: GapQuery) -> int:
    """How many cells the question asks for: cheaper than ``count`` where a status is asked for."""
    if weighed_afresh(query):
        return sum(1 for _ in each_cell(store, query))
    refresh(store, query)
    return store.gap_total(_asked(store, query))


class Crossed(NamedTuple):
    """A unit under a document or a period: its totals, and in how many obligations something is missing."""

    figures: Summary
    holes: int
    """Overdue, or unreported though a report is due."""


def crossings(
    store: Store,
    query: GapQuery,
    *,
    by: Columns = "directive",
    units: Collection[str | None] | None = None,
    documents: Collection[int] | None = None,
) -> dict[tuple[str | None, int | str | None], Crossed]:
    """Totals of each unit under each directive (its store id) or period: the cells of the board.

    ``units`` and ``documents`` cut a part out of it: the whole of a large office is no page.
    """
    if weighed_afresh(query):
        return _crossed_afresh(store, query, by, units, documents)
    refresh(store, query)
    asked, names = _asked(store, query), store.gap_units()
    if units is not None and asked.units is None:
        asked = replace(asked, units=[number for number, (name, _) in names.items() if (name or None) in units])
    if documents is not None:
        asked = replace(asked, documents=sorted(set(documents).intersection(asked.documents or documents)))
    counted = store.gap_counts(asked, "unit_directive" if by == "directive" else "unit_period")
    found = ((names[int(one.key[0] or 0)][0] or None, one) for one in counted)
    return {(unit, one.key[1]): Crossed(_figures(one), one.holes) for unit, one in found}


def _crossed_afresh(
    store: Store,
    query: GapQuery,
    by: Columns,
    units: Collection[str | None] | None,
    documents: Collection[int] | None,
) -> dict[tuple[str | None, int | str | None], Crossed]:
    groups: dict[tuple[str | None, int | str | None], list[GapCell]] = {}
    for cell in each_cell(store, query):
        duty = cell.duty
        if (units is None or duty.unit in units) and (documents is None or duty.directive.id in documents):
            column = duty.directive.id if by == "directive" else duty.span.label if duty.span else None
            groups.setdefault((duty.unit, column), []).append(cell)
    return {
        key: Crossed(
            summarise(cells, official=query.official), sum(hole(cell, official=query.official) for cell in cells)
        )
        for key, cells in groups.items()
    }


def holes(query: GapQuery) -> list[GapQuery]:
    """What is missing in the answer to a question, in two halves that share nothing: overdue; else unreported."""
    tasks = query.task_status or cast("tuple[TaskStatus, ...]", TASK_STATUS)
    reports = query.report_status or cast("tuple[ReportStatus, ...]", REPORT_STATUS)
    late = [replace(query, task_status=("open_overdue",))] if "open_overdue" in tasks else []
    others = tuple(code for code in tasks if code != "open_overdue")
    silent = [replace(query, task_status=others, report_status=("missing",))] if others and "missing" in reports else []
    return late + silent


def hole(cell: GapCell, *, official: bool = False) -> bool:
    """Whether something is missing: overdue, or no report though one is due; the store counts the same in SQL."""
    verdict = cell.official if official else cell.verdict
    late = verdict.report_status == "missing" or verdict.task_status == "open_overdue"
    return late and cell.duty.course.active


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
    return Page(total(store, query), tuple(each_cell(store, query, order=order, limit=limit, offset=offset)), offset)


def _counts(store: Store, query: GapQuery, by: Group | None) -> list[tuple[tuple[int | str | None, ...], Summary]]:
    refresh(store, query)
    return [(one.key, _figures(one)) for one in store.gap_counts(_asked(store, query), by)]


def _asked(store: Store, query: GapQuery) -> CellQuery:
    """Strays are looked up where a rule that rests on them is asked for."""
    return cell_query(store, query, strays="report_without_task" in query.rules)


def _figures(counted: Count) -> Summary:
    return Summary(total=counted.total, pending=counted.pending, **counted.statuses)


def _grouped(store: Store, query: GapQuery, key: Callable[[GapCell], K]) -> dict[K, Summary]:
    groups: dict[K, list[GapCell]] = {}
    for cell in each_cell(store, query):
        groups.setdefault(key(cell), []).append(cell)
    return {name: summarise(cells, official=query.official) for name, cells in groups.items()}
