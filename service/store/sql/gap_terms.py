"""Statuses, rules and filters of cells as SQL expressions over days; the same in every database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, exists, func, not_, or_, select

from service.cells import ACTIVE, ENDED, FAR, SUSPENDED, CellQuery
from service.store.sql.gap_tables import CONFIRMED, SAID, gap_cells, gap_fields, gap_flags

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
            "due_soon": and_(status["open_in_time"], C.last <= self.day + self.query.due_soon_days),
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
        # every state is named, so that SQLite walks their index (tracked, state, opens) and not all cells
        found += [not_(C.tracked), C.state.in_((ACTIVE, SUSPENDED, ENDED))]
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
