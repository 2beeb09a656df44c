"""The gap question answered: cells of the store as of a day, with the statements behind them and what is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import cast

from nlp.dates import parse_date
from service.cells import ACTIVE, ENDED, FAR, CellQuery, Order, SeenCell
from service.course import by_task, course
from service.errors import InvalidInput
from service.gaps.cells_of import Weighed, cells_of, general_cells
from service.gaps.duties import wanted
from service.gaps.judge import completes, done_date, latest, seen_on
from service.gaps.keep import refresh
from service.gaps.model import Answer, Basis, Duty, GapCell, GapQuery, ReportStatus, TaskStatus, Verdict
from service.gaps.moves import concerning
from service.gaps.rules import rules_of
from service.gaps.scope import as_of as day_of
from service.gaps.scope import cell_query, directives, narrowed, under
from service.gaps.seen import Scene, answers_of, facts, links_by_id, scene, tasks_of
from service.periods import Span
from service.records import StoredDocument, StoredTask
from service.references import resolve_document
from service.settings import Settings
from service.store.ports import Store

_PART = 1_000


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
    asked, around = cell_query(store, query), scene(store, query, day_of(query))
    for part in _pieces(store.gap_cells(asked, order=order, limit=limit, offset=offset)):
        yield from _shown(store, part, asked, query, around)


def weighed_afresh(query: GapQuery) -> bool:
    """Whether the kept cells cannot answer: what the store knew earlier, and what only this question supposes."""
    return query.known_at is not None or bool(query.members) or query.general


def afresh(store: Store, query: GapQuery) -> Iterator[GapCell]:
    """The answer out of the facts themselves, without the kept cells."""
    day = day_of(query)
    found = facts(store, tasks_of(store, directives(store, query), query.known_at), query)
    around = scene(store, query, day)
    fits = narrowed(store, query)
    every = [*cells_of(found, query, day), *(general_cells(found, query, day) if query.general else ())]
    for one in every:
        seen = seen_on(one.cell, day.toordinal())
        if seen is None or not _has_status(seen, around, query):
            continue
        if query.tree and query.unit:
            asked = bool(one.duty.unit) and under(store, query.unit, one.duty.unit or "", day)
            asked = asked and wanted(one.duty, replace(query, unit=None))
        else:
            asked = wanted(one.duty, query)
        if asked and fits(one.duty.directive, one.duty.task.task.text, one.duty.unit):
            yield _cell(one, seen, around, query)


def _has_status(seen: SeenCell, around: Scene, query: GapQuery) -> bool:
    if (query.tracked and not (seen.cell.tracked and seen.cell.state == ACTIVE)) or (
        seen.cell.state == ENDED and not query.ended
    ):
        return False
    task = seen.official_task_status if query.official else seen.task_status
    report = seen.official_report_status if query.official else seen.report_status
    if query.task_status and task not in query.task_status:
        return False
    if query.report_status and report not in query.report_status:
        return False
    if query.pending is not None and seen.pending != query.pending:
        return False
    return not query.rules or bool({rule.id for rule in rules_of(seen, around, query)} & set(query.rules))


def _pieces(cells: Iterable[SeenCell]) -> Iterator[list[SeenCell]]:
    part: list[SeenCell] = []
    for cell in cells:
        part.append(cell)
        if len(part) == _PART:
            yield part
            part = []
    if part:
        yield part


def _shown(
    store: Store, cells: Sequence[SeenCell], asked: CellQuery, query: GapQuery, around: Scene
) -> Iterator[GapCell]:
    """Kept cells with their tasks, documents and statements."""
    numbers = sorted({seen.cell.task_id for seen in cells})
    tasks = {t.id: t for start in range(0, len(numbers), 400) for t in store.tasks(ids=numbers[start : start + 400])}
    documents = store.documents_by_id({task.document_id for task in tasks.values()})
    links = links_by_id(store, (number for seen in cells for number in seen.cell.links))
    answers = {
        answer.link.id: answer
        for group in answers_of(store, links, tasks, documents, query).values()
        for answer in group
    }
    moves = by_task(store.moves(task_ids=numbers))
    for seen in cells:
        task = tasks.get(seen.cell.task_id)
        if task is None:  # gone since the cells were read
            continue
        duty = _duty(seen, task, documents[task.document_id], asked, query)
        if task.id in moves:
            printed = replace(duty, unit=duty.origin)
            duty = replace(duty, course=course(concerning(printed, moves[task.id]), as_of=around.as_of))
        mine = tuple(answers[number] for number in seen.cell.links if number in answers)
        yield _cell(Weighed(seen.cell, duty, mine), seen, around, query)


def _duty(seen: SeenCell, task: StoredTask, directive: StoredDocument, asked: CellQuery, query: GapQuery) -> Duty:
    cell = seen.cell
    has_span = cell.label is not None and cell.first is not None and cell.final is not None
    duty = Duty(
        task,
        directive,
        cell.unit or None,
        cell.via,
        span=Span(cell.label or "", _day(cell.first), _day(cell.final)) if has_span else None,
        due=_day(cell.due) if cell.due < FAR else None,
        inclusive=cell.inclusive,
        report_due=_day(cell.report_due) if cell.report_due < FAR else None,
        report_inclusive=cell.report_inclusive,
        collective=cell.collective,
        opens=_day(cell.opens),
        closes=_day(cell.closes),
        origin=cell.origin or cell.unit or None,
    )
    if asked.collectives and cell.collective:  # a member that the question names stands under its collective
        return replace(duty, unit=query.unit, via=cell.unit, collective=False, origin=query.unit)
    return duty


def _day(value: int | None) -> dt.date:
    return dt.date.fromordinal(value or 1)


def _cell(one: Weighed, seen: SeenCell, around: Scene, query: GapQuery) -> GapCell:
    there = tuple(answer for answer in one.answers if answer.arrived <= around.as_of)
    sure = tuple(answer for answer in there if answer.confirmed)
    return GapCell(
        duty=one.duty,
        verdict=_verdict(one.duty, there, seen.task_status, seen.report_status, query),
        official=_verdict(one.duty, sure, seen.official_task_status, seen.official_report_status, query),
        answers=there,
        rules=rules_of(seen, around, query),
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
