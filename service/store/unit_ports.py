"""What use cases ask of the database about an office's own units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

from nlp.registry import Membership, Office, Successor, Unit
from service.unit_records import UnitEvent, UnitsKept


class UnitStore(Protocol):
    """The office's unit directory: its rows come before the built-in ones. Who changed what is kept."""

    def office(self) -> Office:
        """All that the office has entered, as the registry takes it."""

    def unit_revision(self) -> int:
        """Grows with every change of the directory."""

    def put_units(self, units: Sequence[Unit], *, by: str, at: dt.datetime) -> UnitsKept:
        """Add units, or replace those of the same id, all or none; one that says nothing new leaves no trace."""

    def remove_unit(self, unit: str, *, by: str, at: dt.datetime) -> bool:
        """Take an office's row away (entered by mistake; one that ended gets a last day instead). False: not there."""

    def put_successors(self, unit: str, successors: Sequence[Successor], *, by: str, at: dt.datetime) -> None:
        """What a person decided about a unit that ended, in place of earlier decisions; none takes them back."""

    def put_members(self, collective: str, members: Sequence[Membership], *, by: str, at: dt.datetime) -> None:
        """Who a printed collective stands for, in place of an earlier list; none takes the list back."""

    def set_office(self, unit: str | None, province: str | None, *, by: str, at: dt.datetime) -> None:
        """Which body runs this system, and in which province."""

    def unit_events(self, subject: str | None = None, *, limit: int = 200) -> list[UnitEvent]:
        """The history, newest first."""
