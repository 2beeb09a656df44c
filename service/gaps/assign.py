"""Which statements answer which obligation of a task: by unit, then by period."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.assignees import fit
from nlp.units import unit_key
from service.gaps.model import Answer, Duty


def answering(duty: Duty, answers: Sequence[Answer], siblings: Sequence[Duty]) -> tuple[Answer, ...]:
    """The task's ``answers`` that fall to ``duty``; ``siblings`` are all duties of the task, this one included."""
    units = list(dict.fromkeys(other.unit for other in siblings))
    spans = [other for other in siblings if other.unit == duty.unit and other.span]
    return tuple(answer for answer in answers if _owner(answer, units) == duty.unit and _in_span(duty, answer, spans))


_NOBODY = object()


def _owner(answer: Answer, units: Sequence[str | None]) -> object:
    """The assignee that the statement speaks for.

    A unit answers for itself. A joint report (another unit speaks) answers for the unit that it names; where a person
    confirmed the link, or nobody is named, for the sole assignee.
    """
    if answer.unit:
        for unit in units:
            if unit and (unit_key(unit) == unit_key(answer.unit) or fit(answer.unit, unit) == "same"):
                return unit
    said = [reason.text for reason in answer.link.reasons if reason.code == "named_unit"]
    named = [unit for unit in units if unit and any(unit in text for text in said)]
    if named:
        return named[0]
    if len(units) == 1 and (units[0] is None or answer.unit is None or answer.confirmed):
        return units[0]
    return _NOBODY


def _in_span(duty: Duty, answer: Answer, siblings: Sequence[Duty]) -> bool:
    """For recurring duties: the periods that the statement names or dates; else the report's; else by arrival."""
    if duty.span is None:
        return True
    spans = [other.span for other in siblings if other.span]
    chosen = [span for span in spans if _says(answer, span.label) or any(span.holds(day) for day in answer.dates)]
    if not chosen and answer.span is not None:
        chosen = [span for span in spans if span == answer.span or span.holds(answer.span.last)]
    if not chosen:
        due = [other for other in siblings if other.due and other.due >= answer.arrived]
        first = min(due, key=lambda other: other.due or answer.arrived, default=None)
        chosen = [first.span] if first and first.span else []
    return duty.span in chosen


def _says(answer: Answer, label: str) -> bool:
    return label.lower() in answer.stored.item.text.lower()
