"""Cells as changes of daily sums: on which day how many begin or end to have each status, or to break a rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import CTE, Integer, Select, case, func, literal, select, union_all
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.selectable import FromClause

from service.cells import ENDED, FAR
from service.store.sql.gap_tables import (
    CONFIRMED,
    COUNTED,
    OPEN,
    SAID,
    SPAN,
    SPANS,
    TRACKED,
    WHOLE,
    gap_cells,
    gap_flags,
)
from service.store.sql.gap_terms import Condition, Term, followed

C: Final = gap_cells.c
Columns = ReadOnlyColumnCollection[str, Any]
_DAYS: Final = ("opens", "closes", "last", "report_last", *SAID, *CONFIRMED)
Span = tuple[str, Sequence[Condition], Term, Term]
"""A status, when a cell has it, from which day, and until the day before which."""


def changes(chosen: Sequence[Condition], *, sign: int) -> Select[Any]:
    """On which day how many of the chosen cells begin or end to have each status, as rows of ``gap_days``.

    Cells of one unit (or one directive) with the same days are counted once: sixty units owe the same report.
    """
    sums: list[Select[Any]] = []
    for kind, ref in (("unit", C.unit_id), ("directive", C.document_id)):
        moves = union_all(*_moves(_alike(ref, chosen).cte(f"{kind}_cells"))).cte(f"{kind}_moves")
        counted = [
            func.sum(case((moves.c.kind == place, moves.c.n * sign), else_=0)).label(name)
            for place, name in enumerate(COUNTED)
        ]
        keys = (moves.c.ref, moves.c.followed, moves.c.ended, moves.c.day)
        days = select(*keys, *counted).group_by(*keys).cte(f"{kind}_days")
        added = [func.sum(days.c[name]).label(name) for name in COUNTED]
        sums += _scoped(kind, days, (), added)
        if kind == "directive":
            sums += _scoped("all", days, (), added)
    return _whole(sums)


def rule_changes(chosen: Sequence[Condition], *, sign: int) -> Select[Any]:
    """The same of the rules that rest on wording, as rows of ``gap_rule_days``."""
    flags, sums = gap_flags.c, list[Select[Any]]()
    start, end = _seen(C, flags.since), _seen(C, flags.until)
    for kind, ref in (("unit", C.unit_id), ("directive", C.document_id), ("all", literal(0, Integer))):
        rows = [
            select(ref.label("ref"), *_side(), flags.rule, day.label("day"), literal(n, Integer).label("n"))
            .join_from(gap_cells, gap_flags, flags.cell_id == C.id)
            .where(*chosen, start < end, day < FAR)
            for day, n in ((start, 1), (end, -1))
        ]
        moves = union_all(*rows).cte(f"{kind}_moves")
        sums += _scoped(kind, moves, (moves.c.rule,), [func.sum(moves.c.n * sign).label("n")])
    return _whole(sums)


def _whole(sums: Sequence[Select[Any]]) -> Select[Any]:
    # SQLite wants a WHERE before ON CONFLICT
    return union_all(*sums).subquery().select().where(literal(1) == 1)


def _scoped(kind: str, moves: FromClause, keys: Sequence[Term], sums: Sequence[Term]) -> Iterator[Select[Any]]:
    """The sums of each scope: without ended cells, of those under tracking, of all."""
    ref = literal(0, Integer) if kind == "all" else moves.c.ref
    for names, those in ((OPEN, moves.c.ended == 0), (TRACKED, moves.c.followed == 1), (WHOLE, None)):
        for mark, day in (("", moves.c.day), (SPANS, moves.c.day // SPAN)):
            columns = (literal(names[kind] + mark).label("scope"), day.label("day"), ref.label("ref"), *keys, *sums)
            asked = select(*columns).group_by(*([] if kind == "all" else [ref]), *keys, day)
            yield asked if those is None else asked.where(those)


def _alike(ref: Term, chosen: Sequence[Condition]) -> Select[Any]:
    """How many of the chosen cells have the same days."""
    dated = case((C.due < FAR, 1), else_=0).label("dated")
    asked_for = case((C.report_due < FAR, 1), else_=0).label("asked")
    keys = (ref.label("ref"), *_side(), dated, asked_for, *(C[name] for name in _DAYS))
    return select(*keys, func.count().label("n")).where(*chosen).group_by(*keys)


def _side() -> tuple[Term, ...]:
    """Which scopes a cell belongs to."""
    tracked = case((followed(), 1), else_=0).label("followed")
    return tracked, case((C.state == ENDED, 1), else_=0).label("ended")


def _moves(cells: CTE) -> Iterator[Select[Any]]:
    c = cells.c
    spans: list[Span] = [
        ("total", [], c.opens, c.closes),
        ("no_deadline", [c.dated == 0], c.opens, c.closes),
        *_axes(c, SAID, ""),
        *_axes(c, CONFIRMED, "c_"),
        *_waiting(c),
    ]
    for name, conditions, start, end in spans:
        place = literal(COUNTED.index(name), Integer).label("kind")
        for day, sign in ((start, 1), (end, -1)):
            columns = (c.ref, c.followed, c.ended, place, day.label("day"), (c.n * sign).label("n"))
            yield select(*columns).where(*conditions, start < end, day < FAR)


def _axes(c: Columns, names: Sequence[str], prefix: str) -> list[Span]:
    done, on_time, reported = (_seen(c, c[name]) for name in names)
    dated, asked, came = c.dated == 1, c.asked == 1, c[names[2]]
    late, silent = _seen(c, c.last + 1), _seen(c, c.report_last + 1)
    both = case((late > silent, late), else_=silent), case((done < reported, done), else_=reported)
    return [
        (f"{prefix}done_on_time", [dated], on_time, c.closes),
        (f"{prefix}done_late", [dated], done, on_time),
        (f"{prefix}open_overdue", [dated], late, done),
        (f"{prefix}reported", [came <= c.report_last], reported, c.closes),
        (f"{prefix}reported_late", [came > c.report_last], reported, c.closes),
        (f"{prefix}missing", [asked], silent, reported),
        (f"{prefix}late_missing", [dated, asked], *both),
    ]


def _waiting(c: Columns) -> list[Span]:
    done, _, reported = (_seen(c, c[name]) for name in SAID)
    sure_done, _, sure = (_seen(c, c[name]) for name in CONFIRMED)
    first = case((sure < done, sure), else_=done)
    return [("pending", [], reported, first), ("pending", [], done, sure_done)]


def _seen(c: Columns, day: Term) -> Term:
    """A cell shows a status only while the cell itself is seen."""
    return case((day < c.opens, c.opens), (day > c.closes, c.closes), else_=day)
