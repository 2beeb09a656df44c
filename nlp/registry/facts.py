"""The units behind the names of an extraction: its issuer and the leads of its tasks, for the JSON contract."""

from __future__ import annotations

from collections.abc import Iterable

from nlp.model import Header, Task, UnitRef
from nlp.registry.context import context_of
from nlp.registry.model import Context, Resolved
from nlp.registry.registry import Registry
from nlp.registry.resolve import BUILT_IN, resolve


def name_units(
    header: Header, text: str, tasks: Iterable[Task], registry: Registry = BUILT_IN
) -> tuple[UnitRef | None, tuple[tuple[UnitRef, ...], ...]]:
    """The issuer's unit, and for each task the units of its leads, as of the document's date."""
    context = context_of(header, text, registry)
    issuer = units_of([header.issuer] if header.issuer else [], context, registry)
    return next(iter(issuer), None), tuple(units_of(task.lead, context, registry) for task in tasks)


def units_of(names: Iterable[str], context: Context, registry: Registry = BUILT_IN) -> tuple[UnitRef, ...]:
    """What printed names stand for; a list in one name gives several."""
    return tuple(to_ref(one) for name in names for one in resolve(name, context, registry))


def to_ref(one: Resolved) -> UnitRef:
    """A resolution as the contract shows it."""
    return UnitRef(
        text=one.text,
        unit=one.unit,
        name=one.name,
        how=one.how,
        confidence=one.confidence,
        candidates=one.candidates,
        classes=one.classes,
        ended=one.ended,
        successors=tuple(successor.unit for successor in one.successors),
    )
