"""What became of units: who answers for whom on a day, how an ended one is shown, who the members of a class are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from nlp.registry import build
from nlp.registry.keys import name_key
from nlp.registry.model import Context, Resolved, Unit
from nlp.registry.provinces import provinces
from nlp.registry.registry import Registry

Same = Literal["same", "successor", "possible"]
"""One body; the one successor of the other; one of several successors, among which a person must decide."""
_MAX_STEPS: Final = 8


def now(unit_id: str, on: dt.date | None, registry: Registry) -> str | None:
    """The unit that stands in for a unit on a day: itself while it lives, its one successor's successor after.

    None where it ended without a successor, or several took over and nobody decided which.
    """
    at = unit_id
    for _ in range(_MAX_STEPS):
        step = registry.successors(at)
        due = [one for one in step if on is None or one.date <= on]
        if not due:
            unit = registry.unit(at)
            return at if unit is None or lives(unit, on) else None
        whole = [one for one in due if one.scope == "all"]
        if len(whole) != 1 or len(due) > 1:
            return None
        at = whole[0].unit
    return None


def lives(unit: Unit, on: dt.date | None) -> bool:
    """Whether a unit had not ended by a day (one that begins later counts as living: plans name it before)."""
    last = unit.term.valid_to
    return last is None or (on is not None and on <= last)


def heirs(unit_id: str, on: dt.date | None, registry: Registry) -> frozenset[str]:
    """Every unit that took over all or a part by a day, over any number of steps."""
    found: set[str] = set()
    open_ = [unit_id]
    while open_ and len(found) < 64:
        for one in registry.successors(open_.pop()):
            if (on is None or one.date <= on) and one.unit not in found:
                found.add(one.unit)
                open_.append(one.unit)
    return frozenset(found)


def forerunners(unit_id: str, on: dt.date | None, registry: Registry) -> tuple[Unit, ...]:
    """The bodies of which a unit took over all or a part by a day: central ones, and those of its provinces."""
    unit = registry.unit(unit_id)
    home = unit.province if unit else None
    near = (
        [place.id for place in provinces().values() if home in (place.id, *heirs(place.id, on, registry))]
        if home
        else []
    )
    listed = [*registry.office.units, *build.central().values()]
    listed += [found for place in near for name in build.templates() if (found := build.provincial(name, place))]
    return tuple(one for one in listed if one.id != unit_id and unit_id in heirs(one.id, on, registry))


def compare(one: str, other: str, on: dt.date | None, registry: Registry) -> Same | None:
    """Whether two units are one, or one stands in for the other on a day."""
    if one == other:
        return "same"
    here, there = now(one, on, registry), now(other, on, registry)
    if here is not None and here == there:
        return "successor"
    if _may_inherit(one, other, on, registry) or _may_inherit(other, one, on, registry):
        return "possible"
    return None


def _may_inherit(old: str, new: str, on: dt.date | None, registry: Registry) -> bool:
    after = heirs(old, on, registry)
    return new in after or bool(after & heirs(new, on, registry) and now(new, on, registry) in after)


def label(unit_id: str, on: dt.date | None, registry: Registry, *, printed: str | None = None) -> str:
    """A unit as it is shown on a day: "Bộ Kế hoạch và Đầu tư (nay là Bộ Tài chính)", several with "hoặc"."""
    name = printed or registry.name(unit_id)
    unit = registry.unit(unit_id)
    if unit is None or lives(unit, on):
        return name
    current = now(unit_id, on, registry)
    if current is not None:
        return f"{name} (nay là {registry.name(current, on)})"
    after = [one.unit for one in registry.successors(unit_id) if on is None or one.date <= on]
    if not after:
        return f"{name} (đã kết thúc hoạt động)"
    names = ", ".join(registry.name(now(one, on, registry) or one, on) for one in after)
    return f"{name} (chức năng chuyển về {names})"


# --- members of collectives ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Members:
    """The units behind a collective; ``complete`` only where all of them are known and meant."""

    units: tuple[str, ...]
    complete: bool


TYPES: Final = {
    "ministry": ("ministry",), "ministerial": ("ministerial",), "agency": ("agency",), "department": ("department",),
    "board": ("board",), "branch": ("branch",), "mass": ("front", "mass"), "front": ("front",),
    "party-office": ("party-office",), "central": ("ministry", "ministerial", "agency"),
}  # fmt: skip
"""Types of bodies behind a class noun of ``collectives.toml``."""
_CENTRAL: Final = frozenset({"ministry", "ministerial", "agency", "central"})


def members(one: Resolved, context: Context, registry: Registry) -> Members:
    """Who a collective (or a class without a place) stands for on the context's day.

    The office's own list for the printed name comes first; else each class is expanded: central ones by the registry,
    provincial ones by the office's units of that type, or by what every province has (then not complete).
    """
    listed = registry.office.members.get(name_key(one.text))
    if listed is not None:
        alive = tuple(member.unit for member in listed if member.term.holds(context.date))
        return Members(alive, complete=True)
    if not one.classes:
        return Members((one.unit,) if one.unit else (), complete=one.unit is not None)
    parts = [_of_class(class_, one, context, registry) for class_ in one.classes]
    units = tuple(dict.fromkeys(unit for part in parts for unit in part.units))
    complete = bool(units) and not one.concerned and all(part.complete for part in parts)
    return Members(units, complete=complete)


def _of_class(class_: str, one: Resolved, context: Context, registry: Registry) -> Members:
    organ, _, level = class_.partition("/")
    if level == "province":
        return Members(tuple(_of_provinces(organ, context, registry)), complete=organ != "place")
    if level in ("district", "commune"):
        return _local(organ, level, context, registry)
    types = TYPES.get(class_)
    if types is None:
        return Members((), complete=False)
    province = one.province or context.province or registry.office.province
    if class_ in _CENTRAL and (province is None or class_ != "central"):
        return Members(tuple(_typed(build.central().values(), types, context)), complete=True)
    return _of_province(types, province, context, registry) if province else Members((), complete=False)


def _typed(units: Iterable[Unit], types: tuple[str, ...], context: Context) -> Iterator[str]:
    for unit in units:
        if unit.term.holds(context.date) and unit.phase(context.date).type in types:
            yield unit.id


def _of_provinces(organ: str, context: Context, registry: Registry) -> Iterator[str]:
    template = "ubnd" if organ == "place" else organ
    for place in provinces().values():
        if place.term.holds(context.date) and registry.unit(f"{template}.{place.id}"):
            yield f"{template}.{place.id}"


def _local(organ: str, level: str, context: Context, registry: Registry) -> Members:
    """Districts and communes are known where the office has listed them (CSV or the page Đơn vị)."""
    prefix = "ubnd" if organ == "place" else organ
    own = [unit for unit in registry.office.units if unit.level == level and unit.term.holds(context.date)]
    fitting = [unit.id for unit in own if unit.id.startswith(f"{prefix}.") or unit.phase(context.date).type == prefix]
    return Members(tuple(fitting), complete=bool(fitting))


def _of_province(types: tuple[str, ...], province: str, context: Context, registry: Registry) -> Members:
    own = tuple(_typed(registry.office.units, types, context))
    if own:
        return Members(own, complete=True)
    usual = (build.provincial(t.id, province) for t in build.templates().values() if t.everywhere)
    return Members(tuple(_typed((unit for unit in usual if unit), types, context)), complete=False)
