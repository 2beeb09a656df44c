"""Units and resolutions as JSON and as lines of a page."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from nlp.contract import unit_json
from nlp.registry import Unit
from nlp.registry.facts import to_ref
from nlp.registry.succession import label, lives
from service.units.directory import Directory
from service.units.words import LEVELS, TYPES


def unit_to_json(unit: Unit, found: Directory, on: dt.date | None = None) -> dict[str, Any]:
    """A unit with all it is known by, as of a day."""
    phase = unit.phase(on)
    return {
        "id": unit.id,
        "name": unit.name(on),
        "label": label(unit.id, on, found.registry),
        "names": [asdict(name) for name in unit.names],
        "codes": [asdict(code) for code in unit.codes],
        "type": phase.type,
        "level": unit.level,
        "province": unit.province,
        "parent": phase.parent,
        "valid_from": unit.term.valid_from,
        "valid_to": unit.term.valid_to,
        "successors": [asdict(step) for step in found.registry.successors(unit.id)],
        "decided": unit.id in found.office.decided,
        "own": any(unit.id == one.id for one in found.office.units),
    }


def resolve_to_json(name: str, found: Directory, on: dt.date | None) -> list[dict[str, Any]]:
    """What a name stands for on a day in the office's context, with the members of a collective."""
    lines = []
    for one in found.resolve(name, on):
        members = found.members(one.text, on) if one.is_class else None
        lines.append({
            **unit_json(to_ref(one)),
            "members": list(found.names(members.units, on)) if members else [],
            "complete": members.complete if members else one.unit is not None,
        })  # fmt: skip
    return lines


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit as a line of the page."""

    id: str
    label: str
    type: str
    level: str
    term: str
    parent: str
    alive: bool
    own: bool
    decided: bool


def unit_line(unit: Unit, found: Directory, on: dt.date) -> UnitLine:
    """The line of one unit on a day."""
    phase, term = unit.phase(on), unit.term
    since, until = term.valid_from, term.valid_to
    days = [f"từ {since:%d/%m/%Y}" if since else "", f"đến {until:%d/%m/%Y}" if until else ""]
    return UnitLine(
        unit.id,
        label(unit.id, on, found.registry),
        TYPES.get(phase.type, TYPES["other"]),
        LEVELS[unit.level],
        " ".join(day for day in days if day),
        found.registry.name(phase.parent, on) if phase.parent else "",
        lives(unit, on),
        any(unit.id == one.id for one in found.office.units),
        unit.id in found.office.decided,
    )
