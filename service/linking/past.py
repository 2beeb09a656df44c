"""What is known of tasks before a report is linked: what people decided of earlier statements, and what is settled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from nlp.match_memory import Remembered
from service.course import course
from service.follow_records import Move
from service.linking.facts import ReportFacts
from service.records import DecidedPair, StoredItem, StoredTask
from service.store.ports import Store
from service.vietnamese import day

REMEMBERED: Final = 300
"""Decisions about the candidates of a report that are looked at, the newest."""


@dataclass(frozen=True, slots=True)
class Past:
    """The past of a report's candidates."""

    remembered: tuple[Remembered, ...] = ()
    closed: Mapping[int, str] = field(default_factory=dict)
    """Tasks (store ids) that were settled before the report, and by what."""


def past_of(store: Store, facts: ReportFacts, tasks: Sequence[StoredTask]) -> Past:
    """What people said about these tasks before the report came."""
    if not tasks:
        return Past()
    pairs = store.decided_pairs([task.id for task in tasks], but=facts.document.id, limit=REMEMBERED)
    items = {stored.id: stored for stored in store.items(ids=sorted({one.item_id for one in pairs}))} if pairs else {}
    once = {task.id for task in tasks if not (task.task.deadline and task.task.deadline.recurrence)}
    done = [one for one in pairs if one.task_id in once and _is_done(one, items)]
    closed = {**_confirmed_results(store, facts, done), **_ended(store, facts, [task.id for task in tasks])}
    return Past(_remembered(pairs, items), closed)


def _is_done(one: DecidedPair, items: Mapping[int, StoredItem]) -> bool:
    return one.confirmed and one.item_id in items and items[one.item_id].item.claimed_status == "done"


def _remembered(pairs: Sequence[DecidedPair], items: Mapping[int, StoredItem]) -> tuple[Remembered, ...]:
    by_item: dict[int, list[DecidedPair]] = {}
    for one in pairs:
        by_item.setdefault(one.item_id, []).append(one)
    return tuple(
        Remembered(
            items[number].item.text,
            frozenset(one.task_id for one in said if one.confirmed and one.task_id is not None),
            frozenset(one.task_id for one in said if not one.confirmed and one.task_id is not None),
            settled=any(one.confirmed for one in said),
        )
        for number, said in sorted(by_item.items())
        if number in items
    )


def _confirmed_results(store: Store, facts: ReportFacts, done: Sequence[DecidedPair]) -> dict[int, str]:
    """Tasks of which a result of this very unit was confirmed in an earlier report; only for those that do not recur.

    A duty that recurs stays open: each period is another occurrence of it.
    """
    ids = sorted({one.document_id for one in done})
    reports, heads = store.documents_by_id(ids), store.report_heads(ids) if ids else {}
    found = {}
    for one in done:
        report, head = reports.get(one.document_id), heads.get(one.document_id)
        when = (report.header.date or report.arrived) if report else None
        if report and one.task_id is not None and _before(facts, when) and facts.speaks_for(report, head):
            found[one.task_id] = f"{report.header.symbol or report.file}, ngày {day(when)}"
    return found


def _ended(store: Store, facts: ReportFacts, ids: Sequence[int]) -> dict[int, str]:
    """Tasks that the office closed: a completion that it confirmed, or an end of following, before the report."""
    by_task: dict[int, list[Move]] = {}
    for move in store.moves(task_ids=ids):
        by_task.setdefault(move.task_id, []).append(move)
    label = facts.report.period.label if facts.report.period else None
    found = {}
    for task, moves in by_task.items():
        state = course(moves, unit=facts.unit, period=label, as_of=facts.day)
        if _before(facts, when := state.done or state.ended):
            found[task] = f"ngày {day(when)}"
    return found


def _before(facts: ReportFacts, when: dt.date | None) -> bool:
    return when is not None and facts.day is not None and when < facts.day
