"""The nouns of the registry: units with names, codes and a life, and what a printed name was resolved to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Final, Literal

NameKind = Literal["full", "short", "abbr", "typo"]
Scope = Literal["all", "part"]
Level = Literal["central", "province", "district", "commune"]
How = Literal[
    "office", "exact", "short", "abbreviation", "spelling", "typo", "context", "class", "collective", "role", "unknown"
]
"""By which way a name was resolved: the office's own row; the official name; a short name; an abbreviation; another
spelling; a likely slip; the issuer's place or itself; a kind of body without a place; a collective; a role."""


@dataclass(frozen=True, slots=True)
class Term:
    """A span of days, both ends included; an open end is None."""

    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    def holds(self, day: dt.date | None) -> bool:
        """Whether ``day`` lies in the span; an unknown day lies in every span that has not ended."""
        if day is None:
            return self.valid_to is None
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


EVER: Final = Term()
"""Always."""


@dataclass(frozen=True, slots=True)
class UnitName:
    """A name as it is printed, with the days on which it was the body's."""

    text: str
    kind: NameKind = "full"
    term: Term = EVER


@dataclass(frozen=True, slots=True)
class UnitCode:
    """A code of some scheme (``gso``, ``qd20``, the office's own), with its days: codes are taken over by others."""

    scheme: str
    value: str
    term: Term = EVER


@dataclass(frozen=True, slots=True)
class Phase:
    """What a body was and under whom, over some days."""

    type: str
    parent: str | None = None
    term: Term = EVER


@dataclass(frozen=True, slots=True)
class Successor:
    """Who took over from ``date`` on: everything (``all``) or a part, told in ``what``."""

    unit: str
    date: dt.date
    scope: Scope = "all"
    basis: str | None = None
    what: str | None = None


@dataclass(frozen=True, slots=True)
class Transfer:
    """A function that moved to another body while both live on."""

    what: str
    to: str
    date: dt.date
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A body of the state, the Party or an organisation. ``id`` is our own, never a state code."""

    id: str
    names: tuple[UnitName, ...]
    level: Level = "central"
    province: str | None = None
    """The id of the province that a provincial or local body belongs to."""
    phases: tuple[Phase, ...] = ()
    term: Term = EVER
    codes: tuple[UnitCode, ...] = ()
    successors: tuple[Successor, ...] = ()
    transfers: tuple[Transfer, ...] = ()

    def name(self, on: dt.date | None = None) -> str:
        """The official name on a day, or the last one it had."""
        full = [name for name in self.names if name.kind == "full"] or list(self.names)
        fitting = [name for name in full if name.term.holds(on)]
        return (fitting or full)[0].text

    def phase(self, on: dt.date | None = None) -> Phase:
        """Its type and parent on a day, or the last."""
        fitting = [phase for phase in self.phases if phase.term.holds(on)]
        return (fitting or [*self.phases[-1:], Phase("other")])[0]

    def code(self, scheme: str, on: dt.date | None = None) -> str | None:
        """Its code in a scheme on a day."""
        return next((code.value for code in self.codes if code.scheme == scheme and code.term.holds(on)), None)


@dataclass(frozen=True, slots=True)
class Context:
    """What the document tells about its names: its day, its issuer, and the province whose bodies it means.

    ``issuer`` is a unit id; ``city`` says whether "Thành phố" can mean the province. A text of a central body has no
    province: its "Sở Tư pháp" is every province's.
    """

    date: dt.date | None = None
    province: str | None = None
    issuer: str | None = None
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """What one printed name stands for.

    ``unit`` is set where there is no doubt which body is meant; else ``candidates`` (best first) are what a person may
    choose from. ``classes`` tells the kinds of bodies behind a collective or a name without a place.
    ``ended`` and ``successors`` tell what became of the unit by the day that was asked for.
    """

    text: str
    unit: str | None = None
    name: str | None = None
    how: How = "unknown"
    confidence: float = 0.0
    candidates: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    province: str | None = None
    concerned: bool = False
    """A collective of which only those are meant whom the matter concerns ("các đơn vị liên quan")."""
    ended: dt.date | None = None
    successors: tuple[Successor, ...] = field(default=())

    @property
    def is_class(self) -> bool:
        """Whether the name stands for several bodies."""
        return bool(self.classes)
