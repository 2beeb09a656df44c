"""What the office keeps about asking: questions under a name, and which leader is in charge of what."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A question that a person keeps; a shared one is seen by everyone. ``query`` is the filter it stood for."""

    id: int
    name: str
    owner: str
    question: str
    query: dict[str, Any] = field(default_factory=dict)
    shared: bool = False
    created_at: dt.datetime | None = None
    used: int = 0
    """How often it was opened."""
    used_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """A leader in charge (lãnh đạo phụ trách) of a unit or a field."""

    leader: str
    kind: Literal["unit", "matter"]
    name: str
