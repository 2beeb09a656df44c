"""The gap question answered: cells of the store as of a day, with the statements behind them and what is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TypeVar, cast

from nlp.dates import parse_date
from service.cells import ENDED, FAR, CellQuery, Order, SeenCell
from service.course import by_task, course
from service.errors import InvalidInput
from service.gaps.cells_of import Weighed, cells_of, general_cells
from service.gaps.duties import wanted
from service.gaps.judge import completes, done_date, latest, seen_on, standing
from service.gaps.keep import refresh
from service.gaps.model import Answer, Basis, Duty, GapCell, GapQuery, ReportStatus, Rule, TaskStatus, Verdict
from service.gaps.moves import concerning
from service.gaps.rules import Rulebook
from service.gaps.scope import as_of as day_of
from service.gaps.scope import cell_query, directives, narrowed, under
from service.gaps.seen import answers_of, facts, links_by_id, scene, tasks_of
from service.periods import Span
from service.records import StoredDocument, StoredTask
from service.references import resolve_document
from service.settings import Settings
from service.store.ports import Store

_PART = 1_000
T = TypeVar("T")


def gaps(store: Store, query: GapQuery) -> list[GapCell]:
    """The cells that the question asks for, in the order of the directives' texts.

    For a page of them see ``service.gaps.board``; this gives all.
    """
    return list(each_cell(store, query))


def each_cell(
    store: Store, query: GapQuery, *, order: Order = "text", limit: int | None = None, offset: int = 0
) -> Iterator[GapCell]:
    """The cells one after the other, read piece by piece."""
    if weighed_afresh(query):
        cells = list(afresh(store, query))[offset:]
        yield from cells if limit is None else cells[:limit]
        return
    refresh(store, query)
    asked, book = cell_query(store, query), Rulebook(scene(store, query, day_of(query)), query)
    for part in pieces(store.gap_cells(asked, order=order, limit=limit, offset=offset), _PART):
        yield from _shown(store, part, asked, query, book)


def weighed_afresh(query: GapQuery) -> bool:
    """Whether the kept cells cannot answer: what the store knew earlier, and what only this question supposes."""
    return query.known_at is not None or bool(query.members) or query.general


def afresh(store: Store, query: GapQuery) -> Iterator[GapCell]:
    """The answer out of the facts themselves, without the kept cells."""
    day = day_of(query)
    book = Rulebook(scene(store, query, day), query)
    for one, seen in weighed(store, query, book):
        yield _cell(one.duty, one.answers, seen, book.of(seen), day, query)


def weighed(store: Store, query: GapQuery, book: Rulebook) -> Iterator[tuple[Weighed, SeenCell]]:
    """The cells that the question asks for, weighed now, as of its day."""
    day = day_of(query)
    found = facts(store, tasks_of(store, directives(store, query), query.known_at), query)
    fits = narrowed(store, query)
    whose = replace(query, unit=None) if query.alone else query
    every = [*cells_of(found, whose, day), *(general_cells(found, query) if query.general else ())]
    for one in every:
        seen = seen_on(one.cell, day.toordinal())
        if seen is None or not _has_status(seen, book, query):
            continue
        if query.tree and query.unit:
            asked = bool(one.duty.unit) and under(store, query.unit, one.duty.unit or "", day)
            asked = asked and wanted(one.duty, replace(query, unit=None))
        else:
            asked = wanted(one.duty, query)
        if asked and fits(one.duty.directive, one.duty.task.task.text, one.duty.unit):
            yield one, seen


def _has_status(seen: SeenCell, book: Rulebook, query: GapQuery) -> bool:
    stands = standing(seen)
    if (query.tracked and stands != "followed") or (seen.state == ENDED and not query.ended and not query.tracked):
        return False
    if query.standing not in (None, stands) or (query.tasks is not None and seen.task_id not in query.tasks):
        return False
    if query.within and not query.within[0].toordinal() <= seen.last <= query.within[1].toordinal():
        return False
    task = seen.official_task_status if query.official else seen.task_status
    report = seen.official_report_status if query.official else seen.report_status
    if query.task_status and task not in query.task_status:
        return False
    if query.report_status and report not in query.report_status:
        return False
    if query.pending is not None and seen.pending != query.pending:
        return False
    return not query.rules or bool({rule.id for rule in book.of(seen)} & set(query.rules))


def pieces(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """The values in order, ``size`` at a time."""
    rest = iter(values)
    while part := list(islice(rest, size)):
        yield part


def _shown(
    store: Store, cells: Sequence[SeenCell], asked: CellQuery, query: GapQuery, book: Rulebook
) -> Iterator[GapCell]:
    """Kept cells with their tasks, documents and statements."""
    day = day_of(query)
    numbers = sorted({seen.task_id for seen in cells})
    tasks = {t.id: t for start in range(0, len(numbers), 400) for t in store.tasks(ids=numbers[start : start + 400])}
    documents = store.documents_by_id({task.document_id for task in tasks.values()})
    links = links_by_id(store, (number for seen in cells for number in seen.links))
    answers = {
        answer.link.id: answer
        for group in answers_of(store, links, tasks, documents, query).values()
        for answer in group
    }
    moves = by_task(store.moves(task_ids=numbers))
    for seen in cells:
        task = tasks.get(seen.task_id)
        if task is None:  # gone since the cells were read
            continue
        duty = _duty(seen, task, documents[task.document_id], asked, query)
        if task.id in moves:
            mine_moved = concerning(duty.origin, seen.label, moves[task.id])
            duty = replace(duty, course=course(mine_moved, as_of=day))
        mine = tuple(answers[number] for number in seen.links if number in answers)
        yield _cell(duty, mine, seen, book.of(seen), day, query)


def _duty(seen: SeenCell, task: StoredTask, directive: StoredDocument, asked: CellQuery, query: GapQuery) -> Duty:
    has_span = seen.label is not None and seen.first is not None and seen.final is not None
    duty = Duty(
        task,
        directive,
        seen.unit or None,
        seen.via,
        span=Span(seen.label or "", _day(seen.first), _day(seen.final)) if has_span else None,
        due=_day(seen.due) if seen.due < FAR else None,
        inclusive=seen.inclusive,
        report_due=_day(seen.report_due) if seen.report_due < FAR else None,
        report_inclusive=seen.report_inclusive,
        collective=seen.collective,
        opens=_day(seen.opens),
        closes=_day(seen.closes),
        origin=seen.origin or seen.unit or None,
    )
    if asked.collectives and seen.collective:  # a member that the question names stands under its collective
        return replace(duty, unit=query.unit, via=seen.unit, collective=False, origin=query.unit)
    return duty


def _day(value: int | None) -> dt.date:
    return dt.date.fromordinal(value or 1)


def _cell(
    duty: Duty, answers: Sequence[Answer], seen: SeenCell, rules: tuple[Rule, ...], day: dt.date, query: GapQuery
) -> GapCell:
    there = tuple(answer for answer in answers if answer.arrived <= day)
    sure = tuple(answer for answer in there if answer.confirmed)
    return GapCell(
        duty=duty,
        verdict=_verdict(duty, there, seen.task_status, seen.report_status, query),
        official=_verdict(duty, sure, seen.official_task_status, seen.official_report_status, query),
        answers=there,
        rules=rules,
    )


def _verdict(duty: Duty, answers: Sequence[Answer], task: str, report: str, query: GapQuery) -> Verdict:
    spoken = latest(answers)
    done = [answer for answer in answers if completes(duty, answer, query)]
    decided = {answer.confirmed for answer in done or answers}
    basis: Basis = "confirmed" if duty.course.done or True in decided else "suggested" if decided else "none"
    day = duty.course.done or min((done_date(duty, answer, query) for answer in done), default=None)
    return Verdict(
        cast("TaskStatus", task), cast("ReportStatus", report), spoken.claimed if spoken else None, day, basis
    )


def parse_query(
    store: Store,
    *,
    settings: Settings,
    directive: str | None = None,
    unit: str | None = None,
    period: str | None = None,
    as_of: dt.date | str | None = None,
    known_at: dt.datetime | str | None = None,
    general: bool = False,
) -> GapQuery:
    """A question in an officer's words, checked: the directive must name one document, dates must be dates."""
    symbol, _, day = (directive or "").strip().partition("@")
    date = _date(day, "ngày của văn bản") if day else None
    if symbol:
        resolve_document(store, _name(symbol, date))
    return GapQuery(
        directive=symbol or None,
        date=date,
        unit=(unit or "").strip() or None,
        period=(period or "").strip() or None,
        as_of=_date(as_of, "ngày tính số liệu") if isinstance(as_of, str) else as_of,
        known_at=_moment(known_at, settings.zone),
        tolerant=settings.tolerant_before,
        due_soon_days=settings.due_soon_days,
        done_by=settings.done_by,
        regime=settings.report_regime,
        send_after=settings.send_after,
        general=general,
        zone=settings.zone,
    )


def _name(symbol: str, date: dt.date | None) -> str:
    return f"{symbol}@{date.isoformat()}" if date and "@" not in symbol else symbol


def _date(text: str, what: str) -> dt.date:
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        found = parse_date(text)  # type: ignore[assignment]  # checked below
    if found is None:
        raise InvalidInput(f"“{text}” không phải là {what} (ví dụ 2026-11-23 hoặc 23/11/2026).")
    return found


def _moment(value: dt.datetime | str | None, zone: dt.tzinfo) -> dt.datetime | None:
    if isinstance(value, str):
        try:
            value = dt.datetime.fromisoformat(value)
        except ValueError:
            raise InvalidInput(f"“{value}” không phải là thời điểm (ví dụ 2026-11-23T08:00).") from None
    return value.replace(tzinfo=zone) if value is not None and value.tzinfo is None else value
