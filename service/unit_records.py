"""What a directory of units leaves behind: a line of its history. Units themselves are ``nlp.registry`` values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

UnitAction = Literal["unit", "removed", "successors", "members", "office"]


@dataclass(frozen=True, slots=True)
class UnitEvent:
    """Who changed what of the directory, when, before and after (None: there was, or is, nothing)."""

    id: int
    subject: str
    """The unit's id, the collective's printed name, or ``office``."""
    action: UnitAction
    before: Any
    after: Any
    by: str
    known_at: dt.datetime


@dataclass(frozen=True, slots=True)
class UnitsKept:
    """What became of rows handed in together."""

    new: int = 0
    changed: int = 0
    same: int = 0
