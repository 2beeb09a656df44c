"""The gap question answered: duties, the statements that answer them, the verdict, the rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from nlp.dates import parse_date
from service.errors import InvalidInput
from service.gaps.assign import answering
from service.gaps.duties import duties, general_duties, wanted
from service.gaps.judge import judge
from service.gaps.model import Answer, Duty, GapCell, GapQuery
from service.gaps.rules import Case, rules_of
from service.gaps.seen import Seen, look
from service.references import resolve_document
from service.settings import Settings
from service.store.ports import Store


def gaps(store: Store, query: GapQuery) -> list[GapCell]:
    """The cells that the question asks for, in the order of the directives' texts."""
    directives = resolve_document(store, _name(query.directive, query.date)) if query.directive else None
    seen = look(store, query, directives)
    groups: dict[int, list[Duty]] = {}
    for duty in duties(seen, query):
        groups.setdefault(duty.task.id, []).append(duty)
    cells = [
        cell for number, group in groups.items() for cell in _cells(group, seen.answers.get(number, ()), seen, query)
    ]
    return [*cells, *(_general(seen, query) if query.general else ())]


def _cells(group: Sequence[Duty], answers: Sequence[Answer], seen: Seen, query: GapQuery) -> Iterator[GapCell]:
    found = {id(duty): answering(duty, answers, group) for duty in group}
    for duty in group:
        if wanted(duty, query):
            members = len({d.unit for d in group if d.via == duty.unit and found[id(d)]}) if duty.collective else 0
            yield _cell(duty, found[id(duty)], members, seen, query)


def _general(seen: Seen, query: GapQuery) -> Iterator[GapCell]:
    for duty, tasks in general_duties(seen, query):
        if wanted(duty, query):
            answers = [answer for number in tasks for answer in seen.answers.get(number, ())]
            yield _cell(duty, answering(duty, answers, [duty]), 0, seen, query)


def _cell(duty: Duty, answers: tuple[Answer, ...], members: int, seen: Seen, query: GapQuery) -> GapCell:
    verdict = judge(duty, answers, query, seen.as_of)
    official = judge(duty, [answer for answer in answers if answer.confirmed], query, seen.as_of)
    return GapCell(duty, verdict, official, answers, rules_of(Case(duty, verdict, answers, members), seen, query))


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
