"""What is wrong with a cell, by the rules of ``rules.toml``; documented one by one in docs/gap-rules.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from corpus.text import fold
from nlp.assignees import fit
from service.cells import FAR, SeenCell
from service.duplicates import Double
from service.gaps.defects import of_links, of_statements
from service.gaps.evidence import gap_data
from service.gaps.judge import latest
from service.gaps.model import Answer, Duty, GapQuery, Rule
from service.gaps.seen import Scene

_QUOTED = 160
"""Characters of a statement that a rule quotes."""


@cache
def rule_table() -> dict[str, dict[str, str]]:
    """The rules by id, in the order in which they are shown."""
    return {row["id"]: row for row in gap_data()["rules"]}


@dataclass(frozen=True, slots=True)
class Case:
    """An obligation with the statements there are by a day."""

    duty: Duty
    answers: Sequence[Answer]
    members: int = 0
    """Members of the collective that reported."""
    doubles: Sequence[Double] = ()
    rivals: Mapping[int, int] = field(default_factory=dict)
    """For a link, how many tasks its statement may answer about equally well."""
    """The same work issued elsewhere."""


Broken = Iterator[tuple[str, dict[str, Any]]]


class Rulebook:
    """The rules that cells break as of the scene's day, in the table's order; equal ones are worded once."""

    def __init__(self, scene: Scene, query: GapQuery) -> None:
        self._scene, self._query, self._today = scene, query, scene.as_of.toordinal()
        self._strays: dict[str, str] = {}
        self._judged: dict[tuple[object, ...], tuple[Rule, ...]] = {}

    def of(self, seen: SeenCell) -> tuple[Rule, ...]:
        """The rules that this cell breaks."""
        strays = self._stray(seen.unit) if seen.report_status == "missing" else ""
        late = seen.reported if seen.report_status == "reported_late" else 0
        statuses = (seen.task_status, seen.report_status, seen.basis)
        key = (*statuses, seen.due, seen.last, seen.report_due, late, strays)
        found = self._judged.get(key)
        if found is None:
            found = self._judged[key] = self._judge(seen, strays)
        if not seen.flags:
            return found
        flagged = (_worded(flag.rule, flag.detail) for flag in seen.flags if flag.rule in rule_table())
        return tuple(sorted((*found, *flagged), key=lambda rule: _places()[rule.id]))

    def _stray(self, unit: str) -> str:
        """Reports of the unit that are linked to no task."""
        if unit not in self._strays:
            names = [name for name, issuer in self._scene.strays if _is_of(issuer, unit)]
            self._strays[unit] = ", ".join(names)
        return self._strays[unit]

    def _judge(self, seen: SeenCell, strays: str) -> tuple[Rule, ...]:
        """Rules that follow from the statuses, with what their texts name."""
        today = self._today
        details: dict[str, dict[str, Any]] = {
            "no_report": {"report_due": day(seen.report_due), "intake": intake_state(self._scene)},
            "report_without_task": {"unmatched": strays},
            "late_report": {"arrived": day(seen.reported), "report_due": day(seen.report_due)},
            "overdue": {"days": today - seen.last, "due": day(seen.due)},
            "due_soon": {"left": _left(seen.last - today), "due": day(seen.due)},
            "needs_review": {},
        }
        found = set(judged(seen, today, self._query.due_soon_days, stray=bool(strays)))
        return tuple(_worded(name, details[name]) for name in rule_table() if name in found)


def _left(days: int) -> str:
    return f"Còn {days} ngày đến" if days > 0 else "Hôm nay là"


@cache
def _places() -> dict[str, int]:
    return {name: place for place, name in enumerate(rule_table())}


def _worded(name: str, detail: Mapping[str, Any]) -> Rule:
    row = rule_table()[name]
    return Rule(name, row["severity"], row["text"].format(**detail), row["remedy"])  # type: ignore[arg-type]


def judged(seen: SeenCell, today: int, due_soon_days: int, *, stray: bool) -> Iterator[str]:
    """Rules that follow from the statuses and the day; the store counts them in SQL (gap_terms.py).

    ``stray``: a report of the unit is linked to no task.
    """
    if seen.report_status == "missing":
        yield "no_report"
        if stray:
            yield "report_without_task"
    if seen.report_status == "reported_late":
        yield "late_report"
    if seen.task_status == "open_overdue":
        yield "overdue"
    if seen.task_status == "open_in_time" and seen.last - today <= due_soon_days:
        yield "due_soon"
    if seen.pending:
        yield "needs_review"


def _is_of(issuer: str, unit: str) -> bool:
    return bool(issuer and unit and fit(issuer, unit))


def intake_state(scene: Scene) -> str:
    """What has to be said beside "chưa báo cáo": how fresh the store is and what is still unread."""
    if scene.last_intake is None:
        return "Chưa nhập văn bản nào."
    unread = f"; còn {scene.unread} tệp chưa đọc được" if scene.unread else ""
    return f"Lần nhập văn bản gần nhất: {scene.last_intake:%H giờ %M ngày %d/%m/%Y}{unread}."


def flagged(case: Case) -> Broken:
    """Rules that hold whatever day is asked about: they rest on the task and on what was said."""
    yield from _of_claim(case)
    yield from _of_duty(case)
    yield from _of_doubles(case)
    if case.answers:
        yield from of_statements(case.duty, case.answers)
        yield from of_links(case.duty, case.answers, dict(case.rivals))


def _of_claim(case: Case) -> Broken:
    spoken = latest(case.answers)
    if spoken is None:
        return
    if spoken.claimed == "done" and not any(answer.evidence for answer in case.answers):
        yield "done_without_evidence", {}
    if spoken.claimed == "promise":
        yield "evidence_is_promise", {"said": fold(spoken.stored.item.text)[:_QUOTED]}
    if spoken.claimed == "partial":
        yield "partial_only", {}
    conflicts = [r.text for answer in case.answers for r in answer.link.reasons if r.code == "date_conflict"]
    if conflicts:
        yield "date_conflict", {"conflict": conflicts[0].removeprefix("Ngày ghi không khớp: ")}


def _of_duty(case: Case) -> Broken:
    duty, task = case.duty, case.duty.task.task
    recurs = task.deadline is not None and task.deadline.recurrence is not None
    if duty.due is None and not recurs and not task.product and not task.target:
        yield "no_deadline_no_product", {}
    if duty.unit is None:
        yield "no_lead", {}
    if duty.collective:
        yield "members_unknown", {"unit": duty.unit, "count": case.members}


def _of_doubles(case: Case) -> Broken:
    """The same work issued twice, or differing in day or unit: then the difference alone is told."""
    plain = [double.where for double in case.doubles if not double.conflicts]
    if plain:
        yield "duplicate_task", {"where": ", ".join(plain)}
    for conflict in ("deadline", "lead"):
        found = [double for double in case.doubles if conflict in double.conflicts]
        if found:
            mine, its = found[0].sides(conflict)
            yield f"conflicting_{conflict}", {"mine": mine, "its": its, "where": ", ".join(d.where for d in found)}


def day(value: int) -> str:
    """A date as printed on screen."""
    return f"{dt.date.fromordinal(value):%d/%m/%Y}" if value < FAR else "chưa quy định"
