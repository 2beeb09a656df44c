"""What is wrong with a cell, by the rules of ``rules.toml``; documented one by one in docs/gap-rules.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from corpus.text import fold
from nlp.assignees import fit
from service.gaps.evidence import gap_data
from service.gaps.judge import last_day
from service.gaps.model import Answer, Duty, GapQuery, Rule, Verdict
from service.gaps.seen import Seen

_QUOTED = 160
"""Characters of a statement that a rule quotes."""


@cache
def rule_table() -> dict[str, dict[str, str]]:
    """The rules by id, in the order in which they are shown."""
    return {row["id"]: row for row in gap_data()["rules"]}


@dataclass(frozen=True, slots=True)
class Case:
    """A cell before its rules."""

    duty: Duty
    verdict: Verdict
    answers: Sequence[Answer]
    members: int
    """Members of the collective that reported."""


def rules_of(case: Case, seen: Seen, query: GapQuery) -> tuple[Rule, ...]:
    """The rules that the case breaks, in the table's order."""
    found = dict([*_of_report(case, seen), *_of_task(case, seen, query), *_of_claim(case), *_of_duty(case)])
    table = rule_table()
    return tuple(
        Rule(name, row["severity"], row["text"].format(**found[name]), row["remedy"])  # type: ignore[arg-type]
        for name, row in table.items()
        if name in found
    )


Broken = Iterator[tuple[str, dict[str, Any]]]


def _of_report(case: Case, seen: Seen) -> Broken:
    duty = case.duty
    if case.verdict.report_status == "missing":
        yield "no_report", {"report_due": day(duty.report_due), "intake": intake_state(seen)}
        if names := [d.header.symbol or d.file for d in seen.unmatched if _is_of(d.header.issuer, duty.unit)]:
            yield "report_without_task", {"unmatched": ", ".join(names)}
    if case.verdict.report_status == "reported_late":
        first = min(answer.arrived for answer in case.answers)
        yield "late_report", {"arrived": day(first), "report_due": day(duty.report_due)}


def _is_of(issuer: str | None, unit: str | None) -> bool:
    return bool(issuer and unit and fit(issuer, unit))


def intake_state(seen: Seen) -> str:
    """What has to be said beside "chưa báo cáo": how fresh the store is and what is still unread."""
    if seen.last_intake is None:
        return "Chưa nhập văn bản nào."
    unread = f"; còn {seen.unread} tệp chưa đọc được" if seen.unread else ""
    return f"Lần nhập văn bản gần nhất: {seen.last_intake:%H giờ %M ngày %d/%m/%Y}{unread}."


def _of_task(case: Case, seen: Seen, query: GapQuery) -> Broken:
    due = case.duty.due
    if due is None:
        return
    left = (last_day(due, inclusive=case.duty.inclusive, query=query) - seen.as_of).days
    if case.verdict.task_status == "open_overdue":
        yield "overdue", {"days": -left, "due": day(due)}
    elif case.verdict.task_status == "open_in_time" and left <= query.due_soon_days:
        yield "due_soon", {"days": left, "due": day(due)}


def _of_claim(case: Case) -> Broken:
    latest = max(case.answers, key=lambda answer: answer.arrived, default=None)
    if latest is None:
        return
    if case.verdict.claimed == "done" and not any(answer.evidence for answer in case.answers):
        yield "done_without_evidence", {}
    if case.verdict.claimed == "promise":
        yield "evidence_is_promise", {"said": fold(latest.stored.item.text)[:_QUOTED]}
    if case.verdict.claimed == "partial":
        yield "partial_only", {}
    conflicts = [r.text for answer in case.answers for r in answer.link.reasons if r.code == "date_conflict"]
    if conflicts:
        yield "date_conflict", {"conflict": conflicts[0].removeprefix("Ngày ghi không khớp: ")}
    if case.verdict.basis == "suggested":
        yield "needs_review", {}


def _of_duty(case: Case) -> Broken:
    duty, task = case.duty, case.duty.task.task
    recurs = task.deadline is not None and task.deadline.recurrence is not None
    if duty.due is None and not recurs and not task.product and not task.target:
        yield "no_deadline_no_product", {}
    if duty.unit is None:
        yield "no_lead", {}
    if duty.collective:
        yield "members_unknown", {"unit": duty.unit, "count": case.members}


def day(value: dt.date | None) -> str:
    """A date as printed on screen."""
    return f"{value:%d/%m/%Y}" if value else "chưa quy định"
