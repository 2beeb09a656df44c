"""Cells counted and listed: totals of units, directives and all from daily sums, everything else from the cells."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final, Literal

from sqlalchemy import Connection, Row, Select, Text, and_, bindparam, cast, exists, func, select

from service.cells import REPORT_STATUS, TASK_STATUS, CellQuery, Count, Flag, Group, Order, SeenCell, Stray
from service.store.sql import gap_sums
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
    "unit_period": (C.unit_id, C.label),
    "period": (C.label,),
    "task": (C.task_id,),
}


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

    def gap_counts(self, query: CellQuery, by: Group | None = None) -> list[Count]:
        """How many cells have each status."""
        with self._db.read() as connection:
            if (found := gap_sums.counts(connection, query, by)) is not None:
                return found
            terms = Terms(query)
            keys = _GROUPS[by] if by else ()
            asked = select(*keys, *counted(terms, official=query.official)).where(*conditions(query, terms))
            rows = connection.execute(asked.group_by(*keys) if keys else asked)
            return [_count(tuple(row[: len(keys)]), row) for row in rows if row.total or by is None]

    def gap_totals(self, query: CellQuery, by: Literal["unit", "directive"]) -> dict[int, int]:
        """How many cells each unit or directive has; from daily sums also of some statuses or a rule."""
        with self._db.read() as connection:
            if (found := gap_sums.totals(connection, query, by)) is not None:
                return {key: n for key, n in found.items() if n}
            (key,) = _GROUPS[by]
            asked = select(key, func.count()).where(*conditions(query, Terms(query))).group_by(key)
            return {row[0]: row[1] for row in connection.execute(asked)}

    def gap_total(self, query: CellQuery) -> int:
        """How many cells there are, without weighing them where daily sums tell."""
        with self._db.read() as connection:
            if (found := gap_sums.totals(connection, query)) is not None:
                return found[0]
            asked = select(func.count()).select_from(t.gap_cells).where(*conditions(query, Terms(query)))
            return int(connection.scalar(asked) or 0)

    def gap_rules(self, query: CellQuery) -> dict[str, int]:
        """How many cells break each rule."""
        with self._db.read() as connection:
            found = gap_sums.rules(connection, query)
            if found is None:
                found = _scanned_rules(connection, query)
            else:
                soon = conditions(replace(query, rules=("due_soon",)), Terms(query))
                asked = select(func.count()).select_from(t.gap_cells).where(*soon)
                found["due_soon"] = int(connection.scalar(asked) or 0)
        return {name: n for name, n in found.items() if n}

    def gap_cells(
        self, query: CellQuery, *, order: Order = "text", limit: int | None = None, offset: int = 0
    ) -> Iterator[SeenCell]:
        """The cells as of the query's day."""
        asked = _listed(query, Terms(query), order).limit(limit).offset(offset).execution_options(yield_per=_STREAM)
        with self._db.read() as connection:
            units = {row.id: row.name for row in connection.execute(select(t.gap_units.c.id, t.gap_units.c.name))}
            for part in connection.execute(asked).partitions():
                yield from _seen(self._db, part, query, units)


def _scanned_rules(connection: Connection, query: CellQuery) -> dict[str, int]:
    """The judged rules in one pass over the cells, the flagged ones from their own table."""
    terms = Terms(query)
    chosen = conditions(query, terms)
    judged = ("no_report", "report_without_task", "late_report", "overdue", "due_soon", "needs_review")
    sums = [func.count().filter(terms.rule(name)).label(name) for name in judged]
    flags = t.gap_flags.c
    holds = and_(flags.since <= query.day, flags.until > query.day)
    if query.collectives:
        holds = and_(holds, C.unit_id.not_in(query.collectives))
    flagged = select(flags.rule, func.count()).join(t.gap_cells, C.id == flags.cell_id)
    found = {str(name): int(n) for name, n in connection.execute(select(*sums).where(*chosen)).mappings().one().items()}
    flagging = connection.execute(flagged.where(holds, *chosen).group_by(flags.rule))
    return found | {row[0]: row[1] for row in flagging}


def _count(key: tuple[Any, ...], row: Row[Any]) -> Count:
    statuses = {name: int(getattr(row, name)) for name in gap_sums.STATUSES}
    return Count(key, int(row.total), statuses, int(row.pending), int(row.holes))


def _listed(query: CellQuery, terms: Terms, order: Order) -> Select[Any]:
    """The columns in the order of ``_seen``, the claim of the day beside the cell."""
    codes = [
        terms.code(names, official=official) for official in (False, True) for names in (TASK_STATUS, REPORT_STATUS)
    ]
    claims, flags = t.gap_claims.c, t.gap_flags.c
    flagged = exists().where(flags.cell_id == C.id, flags.since <= query.day, flags.until > query.day)
    spoken = and_(claims.cell_id == C.id, claims.since <= query.day, claims.until > query.day)
    asked = (
        select(
            C.id, C.task_id, C.document_id, C.unit_id, C.via_id, C.origin_id, C.collective, C.label, C.first, C.final,
            C.opens, C.closes, C.due, C.inclusive, C.last, C.report_due, C.report_inclusive, terms.said["reported"],
            C.state, C.tracked, cast(C.links, Text), *codes, terms.said["done"], terms.pending(),
            claims.claimed, claims.done_on, flagged.label("flagged"),
        )
        .select_from(t.gap_cells.outerjoin(t.gap_claims, spoken))
        .where(*conditions(query, terms))
    )  # fmt: skip
    match order:
        case "due":
            return asked.order_by(C.last, C.id)
        case "unit":
            names = t.gap_units.c
            return asked.where(names.id == C.unit_id).order_by(names.name, C.last, C.id)
        case _:
            return asked.order_by(C.document_id, C.ordinal, C.place)


def _seen(database: Database, rows: Sequence[Any], query: CellQuery, units: dict[int, str]) -> Iterator[SeenCell]:
    day, collectives, made = query.day, frozenset(query.collectives), SeenCell._make
    with database.read() as connection:
        flags = _flags(connection, [row[0] for row in rows if row[-1] and row[3] not in collectives], day)
    for row in rows:
        (
            key, task, document, unit, via, origin, collective, label, first, final,
            opens, closes, due, inclusive, last, report_due, report_inclusive, reported,
            state, tracked, links, code, report_code, sure_code, sure_report_code, done, pending, claimed, done_on, _,
        ) = row  # fmt: skip
        if unit in collectives:  # what a collective reported is no member's report
            links, claimed, done_on = "[]", None, None
        yield made((
            task, document, units[unit], units.get(via), units.get(origin), collective, label, first, final,
            opens, closes, due, inclusive, last, report_due, report_inclusive, reported, state, tracked,
            () if links == "[]" else tuple(json.loads(links)),  # most cells of a large office have none
            TASK_STATUS[code], REPORT_STATUS[report_code], TASK_STATUS[sure_code], REPORT_STATUS[sure_report_code],
            "suggested" if pending else "confirmed" if done <= day or reported <= day else "none",
            claimed, done_on, flags.get(key, ()),
        ))  # fmt: skip


def _flags(connection: Connection, ids: Sequence[int], day: int) -> dict[int, tuple[Flag, ...]]:
    """The flags of the day, by cell."""
    found: dict[int, tuple[Flag, ...]] = {}
    flags = t.gap_flags.c
    chosen = flags.cell_id.in_(bindparam("ids", expanding=True, literal_execute=True))
    asked = select(flags.cell_id, flags.rule, flags.since, flags.until, flags.detail)
    asked = asked.where(chosen, flags.since <= day, flags.until > day)
    for part in parts(ids, _STREAM):
        for key, *flag in connection.execute(asked, {"ids": part}):
            found[key] = (*found.get(key, ()), Flag(*flag))
    return found
