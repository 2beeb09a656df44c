"""How a unit answers for a printed assignee: as itself, as its successor, as a member of "các sở, ban, ngành"."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final, Literal, get_args

from nlp.unit_names import province_heirs, successions
from nlp.units import covers, same_unit, unit_key, unit_place

Fit = Literal["same", "successor", "member"]
_EACH: Final = re.compile(r"\b(?:các|những|từng|mọi|mỗi|toàn thể)\b", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def is_collective(name: str) -> bool:
    """Whether the printed assignee stands for several units: it says "các …", or is no proper name ("địa phương")."""
    return bool(_EACH.search(name)) or name[:1].islower()


@lru_cache(maxsize=50_000)
def fit(unit: str, assignee: str) -> Fit | None:
    """How ``unit`` answers for the printed ``assignee``, if it does."""
    if not unit or not assignee:
        return None
    here, there = unit_place(unit), unit_place(assignee)
    if here and there and here != there:
        return _over_provinces(unit, assignee) if province_heirs().get(there) == here else None
    if unit_key(unit) == unit_key(assignee) or same_unit(unit, assignee):
        return "same"
    if any(same_unit(old, assignee) for old in predecessors(unit)):
        return "successor"
    return "member" if not is_collective(unit) and covers(assignee, unit) else None


def _over_provinces(unit: str, assignee: str) -> Fit | None:
    """How a body of the province that took another one over answers for a body of the one that ended."""
    key, keys = unit_key(assignee), {unit_key(unit), *map(unit_key, predecessors(unit))}
    return "successor" if unit_key(unit).startswith("sở ") and key in keys else None


@lru_cache(maxsize=50_000)
def best_fit(unit: str, assignees: tuple[str, ...]) -> tuple[Fit, str] | None:
    """The assignee that ``unit`` answers for: its own name before a collective."""
    found: dict[Fit, str] = {}
    for name in assignees:
        if how := fit(unit, name):
            found.setdefault(how, name)
    return next(((how, found[how]) for how in get_args(Fit) if how in found), None)


@cache
def _ended() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(body that ended, its successors), the ministries' and the departments that followed them in each province."""
    found = [(each.old, each.new) for each in successions()]
    below = [
        (old.replace("Bộ ", "Sở ", 1), tuple(name.replace("Bộ ", "Sở ", 1) for name in new if name.startswith("Bộ ")))
        for old, new in found
        if old.startswith("Bộ ")
    ]
    return (*found, *below)


@lru_cache(maxsize=8192)
def predecessors(unit: str) -> tuple[str, ...]:
    """Bodies whose duties the unit took over (NQ 176/2025/QH15; the provinces' departments follow the ministries)."""
    key = unit_key(unit)
    return tuple(old for old, new in _ended() if any(unit_key(name) == key or same_unit(name, unit) for name in new))
