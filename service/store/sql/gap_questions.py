"""Cells counted and listed: totals of units, directives and all from daily sums, everything else from the cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, and_, func, select

from service.cells import REPORT_STATUS, TASK_STATUS, Cell, CellQuery, Count, Flag, Group, Order, SeenCell, Since, Stray
from service.store.sql import gap_tables as t
from service.store.sql.engine import Database
from service.store.sql.gap_terms import Terms, conditions, counted
from service.store.sql.parts import parts

_STREAM: Final = 2_000
"""Cells read at a time where all are asked for."""
C: Final = t.gap_cells.c
_GROUPS: Final[dict[Group, tuple[Any, ...]]] = {
    "unit": (C.unit_id,),
    "directive": (C.document_id,),
    "unit_directive": (C.unit_id, C.document_id),
    "period": (C.label,),
    "task": (C.task_id,),
}
_STATUSES: Final = (*TASK_STATUS, *REPORT_STATUS)


class GapQuestions:
    """The reading part of ``service.store.gap_port.GapStore``."""

    _db: Database

    def gap_units(self) -> dict[int, tuple[str, bool]]:
        """Every assignee of the cells."""
        with self._db.read() as connection:
            return {row.id: (row.name, row.collective) for row in connection.execute(select(t.gap_units))}

    def gap_strays(self, day: int) -> list[Stray]:
        """Reports that arrived by that day and answer nothing."""
        table = t.gap_strays
        query = select(table).where(table.c.arrived <= day).order_by(table.c.document_id)
        with self._db.read() as connection:
            return [Stray(row.document_id, row.issuer, row.arrived) for row in connection.execute(query)]

    def gap_labels(self) -> list[str]:
        """The names of all periods, in order."""
        query = select(C.label).where(C.label.is_not(None)).group_by(C.label).order_by(func.min(C.first))
        with self._db.read() as connection:
            return list(connection.scalars(query))

    def gap_counts(self, query: CellQuery, by: Group | None = None) -> list[Count]:
        """How many cells have each status."""
        with self._db.read() as connection:
            if (found := _from_days(connection, query, by)) is not None:
                return found
            terms = Terms(query)
            keys = _GROUPS[by] if by else ()
            asked = select(*keys, *counted(terms, official=query.official)).where(*conditions(query, terms))
            rows = connection.execute(asked.group_by(*keys) if keys else asked)
            return [_count(tuple(row[: len(keys)]), row) for row in rows if row.total or by is None]

    def gap_rules(self, query: CellQuery) -> dict[str, int]:
        """How many cells break each rule: the judged ones in one pass, the flagged ones from their own table."""
        terms = Terms(query)
        chosen = conditions(query, terms)
        judged = ("no_report", "report_without_task", "late_report", "overdue", "due_soon", "needs_review")
        sums = [func.count().filter(terms.rule(name)).label(name) for name in judged]
        flags = t.gap_flags.c
        holds = and_(flags.since <= query.day, flags.until > query.day)
        if query.collectives:
            holds = and_(holds, C.unit_id.not_in(query.collectives))
        flagged = select(flags.rule, func.count()).join(t.gap_cells, C.id == flags.cell_id)
        with self._db.read() as connection:
            found = dict(connection.execute(select(*sums).where(*chosen)).mappings().one())
            flagging = connection.execute(flagged.where(holds, *chosen).group_by(flags.rule))
            found |= {row[0]: row[1] for row in flagging}
        return {str(name): n for name, n in found.items() if n}

    def gap_cells(
        self, query: CellQuery, *, order: Order = "text", limit: int | None = None, offset: int = 0
    ) -> Iterator[SeenCell]:
        """The cells as of the query's day."""
        terms = Terms(query)
        asked = _listed(query, terms, order).limit(limit).offset(offset)
        with self._db.read() as connection:
            units = {row.id: (row.name, row.collective) for row in connection.execute(select(t.gap_units))}
            rows = connection.execution_options(yield_per=_STREAM).execute(asked)
            for part in parts(rows, _STREAM):
                yield from _seen(self._db, part, query, units)


def _from_days(connection: Connection, query: CellQuery, by: Group | None) -> list[Count] | None:
    """Totals without a look at the cells; None where the question is narrower than the daily sums are."""
    narrow = (query.tasks, query.period, query.pending, query.charged)
    lists = (query.collectives, query.task_status, query.report_status, query.rules, query.fields)
    if any(value is not None for value in narrow) or any(lists) or query.ended:
        return None
    if query.units is not None and query.documents is not None:
        return None
    scope = "u" if query.units is not None else "d" if query.documents is not None else "a"
    if by is not None:
        scope = {"unit": "u", "directive": "d"}.get(by, "")
        if (scope == "u" and query.documents is not None) or (scope == "d" and query.units is not None) or not scope:
            return None
    if not connection.scalar(select(t.gap_basis.c.counted)):
        return None
    scope = scope.upper() if query.tracked else scope
    days, refs = t.gap_days.c, query.units if scope in "uU" else query.documents
    sums = [func.coalesce(func.sum(days[name]), 0).label(name) for name in t.COUNTED]
    asked = select(*([days.ref] if by else []), *sums).where(days.scope == scope, days.day <= query.day)
    if refs is not None:
        asked = asked.where(days.ref.in_(refs))
    rows = connection.execute(asked.group_by(days.ref) if by else asked)
    return [_summed((row[0],) if by else (), row, query) for row in rows if row.total or by is None]


def _summed(key: tuple[int, ...], row: Row[Any], query: CellQuery) -> Count:
    prefix = "c_" if query.official else ""
    found = {name: int(getattr(row, prefix + name)) for name in _STATUSES if prefix + name in t.COUNTED}
    found["no_deadline"] = int(row.no_deadline)
    total = int(row.total)
    found["open_in_time"] = total - sum(found.get(name, 0) for name in TASK_STATUS)
    found["not_due"] = total - sum(found.get(name, 0) for name in REPORT_STATUS)
    return Count(key, total, found, int(row.pending))


def _count(key: tuple[Any, ...], row: Row[Any]) -> Count:
    return Count(key, int(row.total), {name: int(getattr(row, name)) for name in _STATUSES}, int(row.pending))


def _listed(query: CellQuery, terms: Terms, order: Order) -> Select[Any]:
    codes = [
        terms.code(names, official=official).label(name)
        for name, names, official in (
            ("task_code", TASK_STATUS, False),
            ("report_code", REPORT_STATUS, False),
            ("c_task_code", TASK_STATUS, True),
            ("c_report_code", REPORT_STATUS, True),
        )
    ]
    asked = select(t.gap_cells, *codes, terms.rule("needs_review").label("is_pending")).where(*conditions(query, terms))
    match order:
        case "due":
            return asked.order_by(C.last, C.id)
        case "unit":
            return asked.join(t.gap_units, t.gap_units.c.id == C.unit_id).order_by(t.gap_units.c.name, C.last, C.id)
        case _:
            return asked.order_by(C.document_id, C.ordinal, C.place)


def _seen(
    database: Database, rows: Sequence[Row[Any]], query: CellQuery, units: dict[int, tuple[str, bool]]
) -> Iterator[SeenCell]:
    own = [row.id for row in rows if row.unit_id not in query.collectives]
    with database.read() as connection:
        claims = _of_cells(connection, t.gap_claims, own, query.day)
        flags = _of_cells(connection, t.gap_flags, own, query.day)
    for row in rows:
        claim = claims.get(row.id, [None])[0]
        stands_in = row.unit_id in query.collectives
        yield SeenCell(
            cell=_cell(row, units, stands_in=stands_in),
            task_status=TASK_STATUS[row.task_code],
            report_status=REPORT_STATUS[row.report_code],
            official_task_status=TASK_STATUS[row.c_task_code],
            official_report_status=REPORT_STATUS[row.c_report_code],
            pending=bool(row.is_pending),
            claimed=claim.claimed if claim else None,
            done_on=claim.done_on if claim else None,
            flags=tuple(Flag(f.rule, f.since, f.until, f.detail) for f in flags.get(row.id, [])),
        )


def _of_cells(connection: Connection, table: Any, ids: Iterable[int], day: int) -> dict[int, list[Row[Any]]]:  # noqa: ANN401 - a table
    found: dict[int, list[Row[Any]]] = {}
    for part in parts(ids):
        holds = (table.c.cell_id.in_(part), table.c.since <= day, table.c.until > day)
        for row in connection.execute(select(table).where(*holds)):
            found.setdefault(row.cell_id, []).append(row)
    return found


def _cell(row: Row[Any], units: dict[int, tuple[str, bool]], *, stands_in: bool) -> Cell:
    never = Since()
    return Cell(
        task_id=row.task_id, document_id=row.document_id, unit=units[row.unit_id][0],
        opens=row.opens, closes=row.closes, state=row.state, tracked=row.tracked, ordinal=row.ordinal, place=row.place,
        via=units[row.via_id][0] if row.via_id is not None else None,
        origin=units[row.origin_id][0] if row.origin_id is not None else None, collective=row.collective,
        label=row.label, first=row.first, final=row.final,
        due=row.due, inclusive=row.inclusive, last=row.last,
        report_due=row.report_due, report_inclusive=row.report_inclusive, report_last=row.report_last,
        said=never if stands_in else Since(row.done, row.on_time, row.reported),
        confirmed=never if stands_in else Since(row.c_done, row.c_on_time, row.c_reported),
        links=() if stands_in else tuple(row.links), id=row.id,
    )  # fmt: skip
