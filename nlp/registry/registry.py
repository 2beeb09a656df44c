"""The registry as one value: built-in bodies, and before them what the office that runs the system has entered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from nlp.registry import build
from nlp.registry.keys import name_key, slug
from nlp.registry.local import local_unit
from nlp.registry.model import EVER, Successor, Term, Unit, UnitName
from nlp.registry.provinces import province_unit, provinces


@dataclass(frozen=True, slots=True)
class Membership:
    """A unit that belongs to a collective for some days."""

    unit: str
    term: Term = EVER


@dataclass(frozen=True, slots=True)
class Office:
    """What an office has entered: its own body, its units, who its collectives are, successors it has decided."""

    own: str | None = None
    province: str | None = None
    units: tuple[Unit, ...] = ()
    members: Mapping[str, tuple[Membership, ...]] = field(default_factory=dict)
    """By the collective's comparison key (``nlp.registry.keys.name_key``)."""
    printed: Mapping[str, str] = field(default_factory=dict)
    """The collectives as the office wrote them, by the same keys."""
    decided: Mapping[str, tuple[Successor, ...]] = field(default_factory=dict)
    """Successors that a person set for a unit, built-in ones included; they stand in place of the listed ones."""


@dataclass(frozen=True)
class Registry:
    """All units that can be named. Equal offices give equal registries."""

    office: Office = Office()

    @cached_property
    def _own(self) -> dict[str, Unit]:
        return {unit.id: unit for unit in self.office.units}

    @cached_property
    def office_keys(self) -> dict[str, tuple[tuple[str, UnitName], ...]]:
        """Comparison keys of the office's names → (unit id, name)."""
        found: dict[str, list[tuple[str, UnitName]]] = {}
        for unit in self.office.units:
            for name in unit.names:
                found.setdefault(name_key(name.text), []).append((unit.id, name))
        return {key: tuple(pairs) for key, pairs in found.items()}

    def unit(self, unit_id: str) -> Unit | None:
        """A unit by id: the office's row before the built-in one."""
        return self._own.get(unit_id) or built_in(unit_id)

    def name(self, unit_id: str, on: dt.date | None = None) -> str:
        """The official name of a unit on a day; the id itself where nothing is known of it."""
        unit = self.unit(unit_id)
        return unit.name(on) if unit else unit_id

    def successors(self, unit_id: str) -> tuple[Successor, ...]:
        """Who took over: what a person decided, else what the registry lists."""
        decided = self.office.decided.get(unit_id)
        if decided:
            return decided
        unit = self.unit(unit_id)
        return unit.successors if unit else ()

    def units(self, on: dt.date | None = None, province: str | None = None) -> Iterator[Unit]:
        """The office's units, then central bodies, then those of one province, alive on the day."""
        yield from (unit for unit in self.office.units if unit.term.holds(on))
        listed = [*build.central().values()]
        if province:
            listed += [unit for name in build.templates() if (unit := build.provincial(name, province))]
        yield from (unit for unit in listed if unit.id not in self._own and unit.term.holds(on))


@lru_cache(maxsize=16_384)
def built_in(unit_id: str) -> Unit | None:
    """A built-in unit by id (the shapes of ids: ``nlp.registry.build``)."""
    if found := build.central().get(unit_id):
        return found
    if place := provinces().get(unit_id):
        return province_unit(place)
    parts = unit_id.split(".")
    if len(parts) == 2:
        return build.provincial(*parts)
    return local_unit(*parts) if len(parts) == 3 else None


def new_id(name: str, taken: Mapping[str, object]) -> str:
    """A readable id for a unit that an office enters; never one of the built-in shapes."""
    base = f"dv:{slug(name)[:80] or 'don-vi'}"
    number, made = 2, base
    while made in taken:
        made, number = f"{base}-{number}", number + 1
    return made
