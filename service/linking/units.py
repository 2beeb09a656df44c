"""How a report's unit answers for the assignees of tasks: the directory of units, as of the report's date."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import get_args

from nlp.assignees import fit
from nlp.registry import Context, Resolved
from nlp.registry.answering import Fit, best_answer, stands_for
from nlp.registry.succession import forerunners
from nlp.units import unit_key
from service.records import StoredDocument
from service.store.ports import Store
from service.units import Directory, directory

Found = tuple[Fit, str] | None


@dataclass(frozen=True, slots=True)
class Answering:
    """One report's questions to the directory; equal ones are answered once."""

    directory: Directory
    here: Context
    """The report's own context: its date is the day as of which units are compared."""
    _known: dict[tuple[str, tuple[str, ...], Context], Found] = field(default_factory=dict, repr=False)
    _compared: dict[tuple[str, tuple[Resolved, ...]], tuple[Fit | None, bool]] = field(default_factory=dict, repr=False)
    """By what a name stands for: in a thousand documents it is mostly the same."""
    _resolved: dict[str, tuple[Resolved, ...]] = field(default_factory=dict, repr=False)
    _keys: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, store: Store, report: StoredDocument) -> Answering:
        """For this report; without a date of its own the day of its arrival counts."""
        units = directory(store)
        context = units.context(report)
        day = context.date or report.arrived
        return cls(units, Context(day, context.province, context.issuer, context.level))

    def best(self, unit: str, assignees: tuple[str, ...], there: Context) -> Found:
        """The assignee (of a document with the context ``there``) that the unit answers for, its own name first."""
        key = (unit, assignees, there)
        if key not in self._known:
            found: dict[Fit, str] = {}
            for name in assignees:
                if how := self._one(unit, name, there):
                    found.setdefault(how, name)
            self._known[key] = next(((how, found[how]) for how in get_args(Fit) if how in found), None)
        return self._known[key]

    def _one(self, unit: str, name: str, there: Context) -> Fit | None:
        """By the registry; by the names where it does not know one of them."""
        mine, theirs = self._mine(unit), self.directory.resolve(name, context=there)
        if (unit, theirs) not in self._compared:
            found = best_answer(mine, theirs, self.here.date, self.directory.registry)
            self._compared[unit, theirs] = found, any(one.how == "unknown" for one in (*mine, *theirs))
        found, unknown = self._compared[unit, theirs]
        if found in (None, "open") and unknown and (told := fit(unit, name)) in ("same", "member"):
            return told
        return found

    def _mine(self, unit: str) -> tuple[Resolved, ...]:
        if unit not in self._resolved:
            self._resolved[unit] = self.directory.resolve(unit, context=self.here)
        return self._resolved[unit]

    def keys(self, unit: str) -> tuple[str, ...]:
        """Comparison keys of the unit's names and of the bodies whose duties it took over, for the index."""
        if unit not in self._keys:
            self._keys[unit] = self._keys_of(unit)
        return self._keys[unit]

    def _keys_of(self, unit: str) -> tuple[str, ...]:
        names = [unit]
        for one in self._mine(unit):
            if body := stands_for(one):
                before = forerunners(body, self.here.date, self.directory.registry)
                names += [name.text for old in before for name in old.names if name.kind == "full"]
        return tuple(dict.fromkeys(map(unit_key, names)))
