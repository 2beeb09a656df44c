"""Whether a unit answers for a printed assignee: as itself, or as a member of "các sở, ban, ngành"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, Literal

from nlp.units import covers, same_unit, unit_key

Fit = Literal["same", "member"]
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
    if unit_key(unit) == unit_key(assignee) or same_unit(unit, assignee):
        return "same"
    return "member" if not is_collective(unit) and covers(assignee, unit) else None


def best_fit(unit: str, assignees: Iterable[str]) -> tuple[Fit, str] | None:
    """The assignee that ``unit`` answers for: its own name before a collective."""
    members: str | None = None
    for name in assignees:
        match fit(unit, name):
            case "same":
                return "same", name
            case "member":
                members = members or name
            case None:
                pass
    return ("member", members) if members else None
