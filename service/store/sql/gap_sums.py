"""Answers from daily sums, without a look at the cells: totals, and how many cells break each rule.

Each gives None where the question is narrower than the sums are; then the cells are asked (``gap_questions.py``).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, Table, func, select, union_all

from service.cells import REPORT_STATUS, TASK_STATUS, CellQuery, Count, Group
from service.store.sql import gap_tables as t

STATUSES: Final = (*TASK_STATUS, *REPORT_STATUS)
_JUDGED: Final = {
    "no_report": "missing",
    "late_report": "reported_late",
    "overdue": "open_overdue",
    "needs_review": "pending",
}
"""Rules that hold while a status does, by all statements and not by confirmed ones alone."""


def counts(connection: Connection, query: CellQuery, by: Group | None) -> list[Count] | None:
    """Totals of all, of units or of directives."""
    if _chosen(query) or (scope := _scope(connection, query, by)) is None:
        return None
    return [_summed((row[0],) if by else (), row, query) for row in connection.execute(_sums(query, scope, by))]


def totals(connection: Connection, query: CellQuery, by: Group | None = None) -> dict[int, int] | None:
    """How many cells each unit or directive has (all: under 0), also with some statuses or of one rule alone."""
    whole = replace(query, task_status=(), report_status=(), rules=(), pending=None)
    if (scope := _scope(connection, whole, by)) is None:
        return None
    if query.rules:
        return _of_rule(connection, query, scope, by)
    if query.pending is not None and (query.task_status or query.report_status):
        return None
    found = {}
    for row in connection.execute(_sums(query, scope, by)):
        if (n := _of_statuses(row, query)) is None:
            return None
        found[row[0] if by else 0] = n
    return found


def rules(connection: Connection, query: CellQuery) -> dict[str, int] | None:
    """How many cells break each rule but *due_soon*, whose days ahead are the question's."""
    if _chosen(query) or (scope := _scope(connection, query, None)) is None:
        return None
    [row] = connection.execute(_sums(query, scope, None))
    found = {name: int(getattr(row, status)) for name, status in _JUDGED.items()}
    if (strays := _of_strays(connection, query)) is None:
        return None
    days = _until(t.gap_rule_days, query, scope)
    worded = select(days.rule, func.sum(days.n)).group_by(days.rule)
    return found | {"report_without_task": strays} | {row[0]: int(row[1]) for row in connection.execute(worded)}


def _of_strays(connection: Connection, query: CellQuery) -> int | None:
    units = set(query.stray_units)
    if query.units is not None:
        units &= set(query.units)
    if units and query.documents is not None:
        return None
    mine = replace(query, units=sorted(units))
    scope = _letter(mine, "unit")
    return sum(int(row.missing) for row in connection.execute(_sums(mine, scope, None)))


def _chosen(query: CellQuery) -> bool:
    """Whether only cells with some statuses or rules are asked for."""
    return bool(query.task_status or query.report_status or query.rules) or query.pending is not None


def _scope(connection: Connection, query: CellQuery, by: Group | None) -> str | None:
    """Which sums answer; None where none do."""
    narrow = (query.tasks, query.period, query.charged, query.within)
    if any(value is not None for value in narrow) or query.collectives or query.fields:
        return None
    if query.standing not in (None, "followed"):
        return None
    kind = "unit" if query.units is not None else "directive" if query.documents is not None else "all"
    if query.units is not None and query.documents is not None:
        return None
    if by is not None:
        if by not in ("unit", "directive") or kind not in ("all", by):
            return None
        kind = by
    return _letter(query, kind) if connection.scalar(select(t.gap_basis.c.counted)) else None


def _letter(query: CellQuery, kind: str) -> str:
    followed = query.tracked or query.standing == "followed"
    return (t.TRACKED if followed else t.WHOLE if query.ended else t.OPEN)[kind]


def _sums(query: CellQuery, scope: str, by: Group | None) -> Select[Any]:
    days = _until(t.gap_days, query, scope)
    sums = [func.coalesce(func.sum(days[name]), 0).label(name) for name in t.COUNTED]
    asked = select(*([days.ref] if by else []), *sums)
    return asked.group_by(days.ref).having(func.sum(days.total) > 0) if by else asked


def _until(table: Table, query: CellQuery, scope: str, rule: str | None = None) -> Any:  # noqa: ANN401 - columns
    """The changes up to the query's day: those of whole spans, then those of the last one's days."""
    c, span = table.c, query.day // t.SPAN
    refs: Collection[int] | None = query.units if query.units is not None else query.documents
    parts = [
        select(table).where(c.scope == scope + t.SPANS, c.day < span),
        select(table).where(c.scope == scope, c.day.between(span * t.SPAN, query.day)),
    ]
    if refs is not None:
        parts = [part.where(c.ref.in_(refs)) for part in parts]
    if rule is not None:
        parts = [part.where(c.rule == rule) for part in parts]
    return union_all(*parts).subquery("until").c


def _summed(key: tuple[int, ...], row: Row[Any], query: CellQuery) -> Count:
    return Count(key, int(row.total), _statuses(row, query), int(row.pending))


def _statuses(row: Row[Any], query: CellQuery) -> dict[str, int]:
    prefix = "c_" if query.official else ""
    found = {name: int(getattr(row, prefix + name)) for name in STATUSES if prefix + name in t.COUNTED}
    found["no_deadline"] = int(row.no_deadline)
    total = int(row.total)
    found["open_in_time"] = total - sum(found.get(name, 0) for name in TASK_STATUS)
    found["not_due"] = total - sum(found.get(name, 0) for name in REPORT_STATUS)
    return found


def _of_statuses(row: Row[Any], query: CellQuery) -> int | None:
    """The cells with the statuses that are asked for; None where the two axes cross otherwise than the sums do."""
    total = int(row.total)
    if query.pending is not None:
        return int(row.pending) if query.pending else total - int(row.pending)
    found = _statuses(row, query)
    if not (query.task_status and query.report_status):
        wanted = set(query.task_status or query.report_status)
        return sum(found[name] for name in wanted) if wanted else total
    late = _sides(query.task_status, "open_overdue", TASK_STATUS)
    silent = _sides(query.report_status, "missing", REPORT_STATUS)
    if late is None or silent is None:
        return None
    both = int(row.c_late_missing if query.official else row.late_missing)
    overdue, missing = found["open_overdue"], found["missing"]
    crossed = {
        (True, True): both,
        (True, False): overdue - both,
        (False, True): missing - both,
        (False, False): total - overdue - missing + both,
    }
    return sum(n for (one, other), n in crossed.items() if one in late and other in silent)


def _sides(wanted: Sequence[str], status: str, names: Sequence[str]) -> set[bool] | None:
    """Whether what is asked for is this status (True), all others of its axis (False), or both."""
    others = set(names) - {status}
    if rest := others & set(wanted):
        if rest != others:
            return None
        return {False} | ({True} & {status in wanted})
    return {True}


def _of_rule(connection: Connection, query: CellQuery, scope: str, by: Group | None) -> dict[int, int] | None:
    """The same of one rule alone."""
    if len(set(query.rules)) > 1 or query.task_status or query.report_status or query.pending is not None:
        return None
    [rule] = set(query.rules)
    if (status := _JUDGED.get(rule)) is not None:
        rows = connection.execute(_sums(query, scope, by))
        return {row[0] if by else 0: n for row in rows if (n := int(getattr(row, status))) or not by}
    if rule in ("due_soon", "report_without_task"):
        return None
    days = _until(t.gap_rule_days, query, scope, rule)
    asked = select(*([days.ref] if by else []), func.coalesce(func.sum(days.n), 0))
    told = connection.execute(asked.group_by(days.ref) if by else asked)
    return {row[0] if by else 0: int(row[-1]) for row in told}
