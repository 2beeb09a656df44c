"""Which statements answer which obligation of a task: by unit, then by period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from nlp.assignees import fit
from nlp.units import unit_key
from service.gaps.model import Answer, Duty
from service.periods import Span
from service.records import StoredDocument
from service.units import Directory, Named

AHEAD: Final = dt.timedelta(days=366)
"""How far ahead of its arrival a statement may name a period: the answer must not change as further periods open."""
_NOBODY: Final = object()

Names = dict[str | None, Sequence[str | None]]
"""An assignee as printed with all units that speak for it: itself, and those that the lead moved to."""


def answering(
    duties: Sequence[Duty], answers: Sequence[Answer], names: Names, units: Directory
) -> list[tuple[Answer, ...]]:
    """For each of a task's ``duties`` the ``answers`` that fall to it; who speaks is found once for each statement."""
    if not answers or not duties:
        return [()] * len(duties)
    said: dict[object, list[Answer]] = {}
    printed = {name: unit for unit, known in reversed(names.items()) for name in known if name}
    for answer in answers:
        said.setdefault(owner(answer, names, printed, duties[0].directive, units), []).append(answer)
    periods: dict[str | None, list[Duty]] = {}
    for duty in duties:
        if duty.span is not None and duty.unit in said:
            periods.setdefault(duty.unit, []).append(duty)
    chosen = {
        (unit, place): _spans(answer, own) for unit, own in periods.items() for place, answer in enumerate(said[unit])
    }
    return [
        tuple(
            answer
            for place, answer in enumerate(said.get(duty.unit, ()))
            if duty.span is None or duty.span in chosen[duty.unit, place]
        )
        for duty in duties
    ]


def owner(
    answer: Answer, names: Names, printed: Mapping[str, str | None], directive: StoredDocument, units: Directory
) -> object:
    """The assignee that the statement speaks for; ``printed`` has the first one to each name as it is printed.

    A unit answers for itself, and for the unit that it has succeeded by the day of its report. A joint report (another
    unit speaks) answers for the unit that it names; where a person confirmed the link, or nobody is named, for the sole
    assignee.
    """
    if answer.unit:
        if answer.unit in printed:
            return printed[answer.unit]
        for unit, known in names.items():
            if any(_same(answer.unit, name) for name in known if name):
                return unit
        place = units.context(directive)
        for unit, known in names.items():
            if any(units.answers(answer.unit, Named(name, place), answer.arrived) for name in known if name):
                return unit
    said = [reason.text for reason in answer.link.reasons if reason.code == "named_unit"]
    named = [unit for unit, known in names.items() if any(name in text for name in known if name for text in said)]
    if named:
        return named[0]
    if len(names) == 1:
        sole = next(iter(names))
        if sole is None or answer.unit is None or answer.confirmed:
            return sole
    return _NOBODY


def _same(speaker: str, name: str) -> bool:
    return unit_key(name) == unit_key(speaker) or fit(speaker, name) == "same"


def _spans(answer: Answer, siblings: Sequence[Duty]) -> list[Span]:
    """The periods that the statement names or dates; else the report's; else the one open when it arrived.

    Under a regime with cut-offs a day counts for the period whose data it belongs to (20/5 for June), and a report from
    15/5 to 14/6 is June's.
    """
    open_by_then = [other for other in siblings if other.span and other.span.first <= answer.arrived + AHEAD]
    spans = [(other.span, other.data or other.span) for other in open_by_then if other.span]
    chosen = [span for span, data in spans if _says(answer, span.label) or any(data.holds(day) for day in answer.dates)]
    if not chosen and (told := answer.span) is not None:
        chosen = [span for span, data in spans if _same_days(told, span) or _same_days(told, data)]
        chosen = chosen or [span for span, data in spans if data.holds(told.last)]
    if not chosen:
        due = [other for other in open_by_then if other.due and other.due >= answer.arrived]
        first = min(due, key=lambda other: other.due or answer.arrived, default=None)
        chosen = [first.span] if first and first.span else []
    return chosen


def _same_days(one: Span, other: Span) -> bool:
    return (one.first, one.last) == (other.first, other.last)


def _says(answer: Answer, label: str) -> bool:
    return label.lower() in answer.stored.item.text.lower()
