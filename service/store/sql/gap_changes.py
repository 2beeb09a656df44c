"""Cells as changes of daily sums: on which day how many begin or end to have each status, or to break a rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Integer, Select, case, func, literal, select, union_all
from sqlalchemy.sql.selectable import FromClause

from service.cells import ENDED, FAR
from service.store.sql.gap_tables import CONFIRMED, COUNTED, OPEN, SAID, TRACKED, WHOLE, gap_cells, gap_flags
from service.store.sql.gap_terms import Condition, Term, followed

C: Final = gap_cells.c
Span = tuple[str, Sequence[Condition], Term, Term]
"""A status, when a cell has it, from which day, and until the day before which."""


def changes(chosen: Sequence[Condition], *, sign: int) -> Select[Any]:
    """On which day how many of the chosen cells begin or end to have each status, as rows of ``gap_days``."""
    moves = union_all(*_moves(chosen)).cte("moves")  # used nine times, read once
    sums = [
        func.sum(case((moves.c.kind == place, moves.c.n * sign), else_=0)).label(name)
        for place, name in enumerate(COUNTED)
    ]
    return _scoped(moves, (), sums)


def rule_changes(chosen: Sequence[Condition], *, sign: int) -> Select[Any]:
    """The same of the rules that rest on wording, as rows of ``gap_rule_days``."""
    flags = gap_flags.c
    start, end = _seen(flags.since), _seen(flags.until)
    rows = [
        select(*_who(), flags.rule, day.label("day"), literal(n, Integer).label("n"))
        .join_from(gap_cells, gap_flags, flags.cell_id == C.id)
        .where(*chosen, start < end, day < FAR)
        for day, n in ((start, 1), (end, -1))
    ]
    moves = union_all(*rows).cte("moves")
    return _scoped(moves, (moves.c.rule,), [func.sum(moves.c.n * sign).label("n")])


def _scoped(moves: FromClause, keys: Sequence[Term], sums: Sequence[Term]) -> Select[Any]:
    """The sums of each scope: without ended cells, of those under tracking, of all."""
    found = []
    for names, those in ((OPEN, moves.c.ended == 0), (TRACKED, moves.c.followed == 1), (WHOLE, None)):
        refs: dict[str, Term] = {"all": literal(0, Integer), "unit": moves.c.unit_id, "directive": moves.c.document_id}
        for kind, ref in refs.items():
            columns = (literal(names[kind]).label("scope"), ref.label("ref"), *keys, moves.c.day.label("day"), *sums)
            grouped = [*keys, moves.c.day] if kind == "all" else [ref, *keys, moves.c.day]
            asked = select(*columns).group_by(*grouped)
            found.append(asked if those is None else asked.where(those))
    # SQLite wants a WHERE before ON CONFLICT
    return union_all(*found).subquery().select().where(literal(1) == 1)


def _moves(chosen: Sequence[Condition]) -> Iterator[Select[Any]]:
    spans: list[Span] = [
        ("total", [], C.opens, C.closes),
        ("no_deadline", [C.due == FAR], C.opens, C.closes),
        *_axes(SAID, ""),
        *_axes(CONFIRMED, "c_"),
        *_waiting(),
    ]
    for name, conditions, start, end in spans:
        place = COUNTED.index(name)
        base = [*chosen, *conditions, start < end]
        yield _move(place, start, 1, [*base, start < FAR])
        yield _move(place, end, -1, [*base, end < FAR])


def _move(place: int, day: Term, n: int, chosen: Sequence[Condition]) -> Select[Any]:
    columns = (literal(place, Integer).label("kind"), day.label("day"), literal(n, Integer).label("n"))
    return select(*_who(), *columns).where(*chosen)


def _who() -> tuple[Term, ...]:
    """Whose sums a cell belongs to."""
    tracked = case((followed(), 1), else_=0).label("followed")
    return C.unit_id, C.document_id, tracked, case((C.state == ENDED, 1), else_=0).label("ended")


def _axes(names: Sequence[str], prefix: str) -> list[Span]:
    done, on_time, reported = (_seen(C[name]) for name in names)
    dated, due, came = C.due < FAR, C.report_due < FAR, C[names[2]]
    late, silent = _seen(C.last + 1), _seen(C.report_last + 1)
    both = case((late > silent, late), else_=silent), case((done < reported, done), else_=reported)
    return [
        (f"{prefix}done_on_time", [dated], on_time, C.closes),
        (f"{prefix}done_late", [dated], done, on_time),
        (f"{prefix}open_overdue", [dated], late, done),
        (f"{prefix}reported", [came <= C.report_last], reported, C.closes),
        (f"{prefix}reported_late", [came > C.report_last], reported, C.closes),
        (f"{prefix}missing", [due], silent, reported),
        (f"{prefix}late_missing", [dated, due], *both),
    ]


def _waiting() -> list[Span]:
    done, _, reported = (_seen(C[name]) for name in SAID)
    sure_done, _, sure = (_seen(C[name]) for name in CONFIRMED)
    first = case((sure < done, sure), else_=done)
    return [("pending", [], reported, first), ("pending", [], done, sure_done)]


def _seen(day: Term) -> Term:
    """A cell shows a status only while the cell itself is seen."""
    return case((day < C.opens, C.opens), (day > C.closes, C.closes), else_=day)
