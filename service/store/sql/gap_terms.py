"""Statuses, rules and filters of cells as SQL expressions over days; the same in every database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Integer, Select, and_, case, exists, func, literal, not_, or_, select, union_all
from sqlalchemy.sql.selectable import FromClause

from service.cells import ACTIVE, ENDED, FAR, SUSPENDED, CellQuery
from service.store.sql.gap_tables import CONFIRMED, COUNTED, SAID, gap_cells, gap_fields, gap_flags

Term = ColumnElement[Any]
Condition = ColumnElement[bool]
C: Final = gap_cells.c


class Terms:
    """The conditions under which a cell has each status on the query's day."""

    def __init__(self, query: CellQuery) -> None:
        self.query = query
        self.day = query.day
        self.said = {name: self._own(C[name]) for name in SAID}
        self.confirmed = {name: self._own(C[other]) for name, other in zip(SAID, CONFIRMED, strict=True)}

    def _own(self, column: Term) -> Term:
        """What was reported for a collective is no member's report."""
        stands_in = self.query.collectives
        return case((C.unit_id.in_(stands_in), FAR), else_=column) if stands_in else column

    def status(self, *, official: bool) -> dict[str, Condition]:
        """Each status of both axes."""
        day, days = self.day, self.confirmed if official else self.said
        done, on_time, reported = days["done"], days["on_time"], days["reported"]
        return {
            "done_on_time": and_(C.due < FAR, on_time <= day),
            "done_late": and_(C.due < FAR, done <= day, on_time > day),
            "open_in_time": and_(C.due < FAR, done > day, C.last >= day),
            "open_overdue": and_(done > day, C.last < day),
            "no_deadline": C.due == FAR,
            "not_due": and_(reported > day, C.report_last >= day),
            "reported": and_(reported <= day, reported <= C.report_last),
            "reported_late": and_(reported <= day, reported > C.report_last),
            "missing": and_(reported > day, C.report_last < day),
        }

    def pending(self) -> Condition:
        """Whether the statuses rest on proposals alone."""
        said, sure, day = self.said, self.confirmed, self.day
        done = and_(said["done"] <= day, sure["done"] > day)
        return or_(done, and_(said["done"] > day, said["reported"] <= day, sure["reported"] > day))

    def rule(self, name: str) -> Condition:
        """Whether a rule holds."""
        status = self.status(official=False)
        judged: dict[str, Condition] = {
            "no_report": status["missing"],
            "report_without_task": and_(status["missing"], C.unit_id.in_(self.query.stray_units)),
            "late_report": status["reported_late"],
            "overdue": status["open_overdue"],
            "due_soon": and_(status["open_in_time"], C.last - self.day <= self.query.due_soon_days),
            "needs_review": self.pending(),
        }
        return judged[name] if name in judged else self._flagged(name)

    def _flagged(self, name: str) -> Condition:
        flags = gap_flags.c
        holds = and_(flags.rule == name, flags.since <= self.day, flags.until > self.day)
        found: Condition = C.id.in_(select(flags.cell_id).where(holds))
        if self.query.collectives:  # what a collective reported breaks no rule of a member
            found = and_(found, C.unit_id.not_in(self.query.collectives))
        return found

    def code(self, names: Sequence[str], *, official: bool) -> Term:
        """The status of one axis as its place in ``names``."""
        status = self.status(official=official)
        return case(*((status[name], place) for place, name in enumerate(names)), else_=-1)


def conditions(query: CellQuery, terms: Terms) -> list[Condition]:
    """Everything that a cell must meet."""
    status = terms.status(official=query.official)
    found: list[Condition] = [C.opens <= query.day, C.closes > query.day, *_standing(query)]
    if query.within is not None:
        found.append(C.last.between(*query.within))
    if query.documents is not None:
        found.append(C.document_id.in_(query.documents))
    if query.tasks is not None:
        found.append(C.task_id.in_(query.tasks))
    if query.units is not None:
        found.append(_of_units(query))
    if query.period is not None:
        found.append(_in_period(*query.period))
    axes = (query.task_status, query.report_status)
    found += [or_(*(status[name] for name in wanted)) for wanted in axes if wanted]
    if query.rules:
        found.append(or_(*(terms.rule(name) for name in query.rules)))
    if query.fields:
        found.append(_of_fields(query.fields))
    if query.charged is not None:
        units, fields = query.charged
        found.append(or_(C.unit_id.in_(units), _of_fields(fields)))
    if query.pending is not None:
        found.append(terms.pending() if query.pending else ~terms.pending())
    return found


def _of_fields(names: Sequence[str]) -> Condition:
    return C.task_id.in_(select(gap_fields.c.task_id).where(gap_fields.c.field.in_(names)))


def followed() -> Condition:
    """Under tracking by a person's word, and active."""
    return and_(C.tracked, C.state == ACTIVE)


def _standing(query: CellQuery) -> list[Condition]:
    """Where the cells stand in the office's hands."""
    states = {"followed": ACTIVE, "suspended": SUSPENDED, "ended": ENDED}
    found = [followed()] if query.tracked else [] if query.ended else [C.state < ENDED]
    if query.standing == "draft":
        found.append(not_(C.tracked))
    elif query.standing is not None:
        found += [C.tracked, C.state == states[query.standing]]
    return found


def _of_units(query: CellQuery) -> Condition:
    own = C.unit_id.in_(query.units or ())
    if not query.collectives:
        return own
    other = gap_cells.alias("own")
    theirs = and_(
        other.c.task_id == C.task_id,
        other.c.unit_id.in_(query.units or ()),
        other.c.opens <= query.day,
        other.c.closes > query.day,
    )
    return or_(own, and_(C.unit_id.in_(query.collectives), ~exists().where(theirs)))


def _in_period(label: str, first: int | None, final: int | None) -> Condition:
    if first is None or final is None:
        return C.label == label
    inside = and_(C.first.is_not(None), C.first >= first, C.final <= final)
    return or_(C.label == label, inside, and_(C.first.is_(None), C.due >= first, C.due <= final))


def counted(terms: Terms, *, official: bool) -> list[Term]:
    """How many cells have each status, chờ rà soát among them."""
    status = terms.status(official=official)
    sums = [_times(condition).label(name) for name, condition in status.items()]
    missing = and_(or_(status["open_overdue"], status["missing"]), C.state == ACTIVE)
    beside = [_times(terms.pending()).label("pending"), _times(missing).label("holes")]
    return [func.count().label("total"), *sums, *beside]


def _times(condition: Condition) -> Term:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def changes(chosen: Sequence[Condition], *, sign: int) -> Select[Any]:
    """On which day how many of the chosen cells begin or end to have each status, as rows of ``gap_days``."""
    moves = _moves(chosen).cte("moves")  # used six times, read once
    refs: list[tuple[str, Term]] = [("a", literal(0, Integer)), ("u", moves.c.unit_id), ("d", moves.c.document_id)]
    sums = [_summed(moves, scope, ref, sign) for scope, ref in refs]
    sums += [_summed(moves, scope.upper(), ref, sign).where(moves.c.followed == 1) for scope, ref in refs]
    # SQLite wants a WHERE before ON CONFLICT
    return union_all(*sums).subquery().select().where(literal(1) == 1)


def _summed(moves: FromClause, scope: str, ref: Term, sign: int) -> Select[Any]:
    sums = [
        func.sum(case((moves.c.kind == place, moves.c.n * sign), else_=0)).label(name)
        for place, name in enumerate(COUNTED)
    ]
    grouped = (moves.c.day,) if scope in "aA" else (ref, moves.c.day)
    return select(literal(scope).label("scope"), ref.label("ref"), moves.c.day.label("day"), *sums).group_by(*grouped)


def _moves(chosen: Sequence[Condition]) -> Any:  # noqa: ANN401 - a compound select
    spans: list[tuple[str, Condition, Term, Term]] = [
        ("total", C.opens < FAR, C.opens, C.closes),
        ("no_deadline", C.due == FAR, C.opens, C.closes),
        *_axes(SAID, ""),
        *_axes(CONFIRMED, "c_"),
        *_waiting(),
    ]
    rows = []
    for name, condition, start, end in spans:
        place = COUNTED.index(name)
        base = [*chosen, condition, start < end]
        rows += [_move(place, start, 1, [*base, start < FAR]), _move(place, end, -1, [*base, end < FAR])]
    return union_all(*rows)


def _move(place: int, day: Term, n: int, chosen: Sequence[Condition]) -> Select[Any]:
    columns = (literal(place, Integer).label("kind"), day.label("day"), literal(n, Integer).label("n"))
    tracked = case((followed(), 1), else_=0).label("followed")
    return select(C.unit_id, C.document_id, tracked, *columns).where(C.state < ENDED, *chosen)


def _axes(names: Sequence[str], prefix: str) -> list[tuple[str, Condition, Term, Term]]:
    done, on_time, reported = (_seen(C[name]) for name in names)
    dated, came = C.due < FAR, C[names[2]]
    return [
        (f"{prefix}done_on_time", dated, on_time, C.closes),
        (f"{prefix}done_late", dated, done, on_time),
        (f"{prefix}open_overdue", dated, _seen(C.last + 1), done),
        (f"{prefix}reported", came <= C.report_last, reported, C.closes),
        (f"{prefix}reported_late", came > C.report_last, reported, C.closes),
        (f"{prefix}missing", C.report_due < FAR, _seen(C.report_last + 1), reported),
    ]


def _waiting() -> list[tuple[str, Condition, Term, Term]]:
    done, _, reported = (_seen(C[name]) for name in SAID)
    sure_done, _, sure = (_seen(C[name]) for name in CONFIRMED)
    first = case((sure < done, sure), else_=done)
    return [("pending", C.opens < FAR, reported, first), ("pending", C.opens < FAR, done, sure_done)]


def _seen(day: Term) -> Term:
    """A cell shows a status only while the cell itself is seen."""
    return case((day < C.opens, C.opens), (day > C.closes, C.closes), else_=day)
