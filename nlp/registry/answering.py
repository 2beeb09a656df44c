"""How a reporting unit answers for a printed assignee, by the registry as of a day: what linking asks of units.

A name may be one body, a kind of body whose place its text leaves open ("Sở Y tế" in a ministry's plan: every
province's), or a collective. Succession is ``nlp.registry.succession``; classes are ``collectives.toml``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from nlp.registry.model import Resolved, Unit
from nlp.registry.registry import Registry
from nlp.registry.succession import TYPES, compare

Fit = Literal["same", "successor", "member", "possible", "open"]
"""Itself; the one that took over; one of a collective; one of several that took over; one of "các đơn vị liên quan".
In this order the first that holds is told."""
_ANYWHERE: Final = "ha-noi"
"""A province in which templates are compared where the names tell none: what became of a kind of body is everywhere
the same."""
_PARTY: Final = frozenset({"party", "party-committee", "party-office"})
_LOCAL: Final = ("district", "commune")
_OPEN: Final = frozenset({"open", "branch"})


@dataclass(frozen=True, slots=True)
class _Known:
    """What a resolved name is: a unit, or the template and level of one whose place is not told."""

    unit: Unit | None
    template: str
    level: str | None

    def at(self, other: _Known) -> str:
        """Its id, in the other's province where it has none of its own."""
        if self.unit is not None:
            return self.unit.id
        province = other.unit.province if other.unit is not None and other.unit.province else _ANYWHERE
        return f"{self.template}.{province}"


def best_answer(
    unit: Sequence[Resolved], assignee: Sequence[Resolved], on: dt.date | None, registry: Registry
) -> Fit | None:
    """How the unit that a report names answers for what a directive names; None where it does not."""
    if len(unit) != 1 or (mine := _known(unit[0], registry)) is None:
        return "open" if any(map(_is_open, assignee)) and len(unit) == 1 else None
    found = {how for one in assignee for how in _answers(mine, one, on, registry)}
    return next((how for how in get_args(Fit) if how in found), None)


def stands_for(one: Resolved) -> str | None:
    """The unit behind a name, or one of its kind where the name leaves the place open."""
    if one.unit or one.how != "class" or len(one.classes) != 1:
        return one.unit
    return f"{one.classes[0].partition('/')[0]}.{_ANYWHERE}"


def _answers(mine: _Known, one: Resolved, on: dt.date | None, registry: Registry) -> Iterator[Fit]:
    theirs = _known(one, registry)
    if theirs is not None and _same_kind(mine, theirs):
        yield "same"
    elif theirs is not None:
        same = compare(mine.at(theirs), theirs.at(mine), on, registry)
        if same is not None and _one_level(mine, theirs):
            yield same
    elif any(_belongs(mine, class_, on) for class_ in one.classes):
        yield "open" if one.concerned else "member"
    elif _is_open(one):
        yield "open"


def _same_kind(one: _Known, other: _Known) -> bool:
    """A local body and its kind alone: "UBND huyện Hoài Ân" and "UBND huyện" in a text of that district's bodies."""
    alike = one.template == other.template and one.level == other.level
    return alike and one.level in _LOCAL and None in (one.unit, other.unit)


def _one_level(one: _Known, other: _Known) -> bool:
    return one.level is None or other.level is None or one.level == other.level


def _known(one: Resolved, registry: Registry) -> _Known | None:
    if one.unit:
        unit = registry.unit(one.unit)
        return _Known(unit, one.unit.partition(".")[0], unit.level) if unit else None
    if one.how == "class" and len(one.classes) == 1:
        template, _, level = one.classes[0].partition("/")
        return _Known(None, template, level or None)
    return None


def _is_open(one: Resolved) -> bool:
    return not _OPEN.isdisjoint(one.classes)


def _belongs(mine: _Known, class_: str, on: dt.date | None) -> bool:
    """Whether a body is of a class of the registry: ``organ/level``, or a type."""
    organ, _, level = class_.partition("/")
    types = {phase.type for phase in (mine.unit.phase(on),)} if mine.unit is not None else set[str]()
    if organ == "party":
        return mine.template == "cap-uy" or not types.isdisjoint(_PARTY) or mine.template == "dang-uy"
    if level:
        return mine.level == level and mine.template == ("ubnd" if organ == "place" else organ)
    return not types.isdisjoint(TYPES.get(class_, ()))
