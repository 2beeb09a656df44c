"""The directory of units of one installation, as of its last change: what every use case asks about names of units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from weakref import WeakKeyDictionary

from nlp.assignees import fit
from nlp.model import Header
from nlp.registry import Context, Office, Registry, Resolved, resolve
from nlp.registry.context import context_of
from nlp.registry.succession import Members, Same, compare, label, members, now
from service.records import StoredDocument
from service.store.unit_ports import UnitStore

_KEPT: Final = 100_000
"""Answers that a directory remembers: some hundreds of names, each with each."""


ANY: Final = Context()
"""No day, no place: for names that need neither."""


@dataclass(frozen=True, slots=True)
class Named:
    """A printed name with the context of the document in which it stands."""

    text: str
    context: Context = ANY


@dataclass(frozen=True, slots=True)
class Directory:
    """Answers about names of units. Equal questions are answered once."""

    registry: Registry
    revision: int = 0
    _resolved: dict[Named, tuple[Resolved, ...]] = field(default_factory=dict, repr=False)
    _same: dict[tuple[Named, Named, dt.date | None], Same | None] = field(default_factory=dict, repr=False)
    _contexts: dict[Header, Context] = field(default_factory=dict, repr=False)

    @property
    def office(self) -> Office:
        """What the office has entered."""
        return self.registry.office

    def context(self, document: StoredDocument | None) -> Context:
        """The context of the names in a document; the office's province where the document names none."""
        if document is None:
            return self.at(None)
        header = document.header
        if header not in self._contexts:
            if len(self._contexts) > _KEPT:
                self._contexts.clear()
            self._contexts[header] = self._of_header(header)
        return self._contexts[header]

    def _of_header(self, header: Header) -> Context:
        found = context_of(header, "", self.registry)
        if found.province is None and found.issuer is None and self.office.province:
            return Context(found.date, self.office.province, None, "province")
        return found

    def at(self, date: dt.date | None) -> Context:
        """The context of a name that an officer typed: the office's own province, as of a day."""
        province = self.office.province
        return Context(date, province, self.office.own, "province" if province else None)

    def resolve(self, name: str, date: dt.date | None = None, context: Context | None = None) -> tuple[Resolved, ...]:
        """The units that a printed name stands for, as of a day, in a document's context (the office's by default)."""
        asked = Named(name, context or self.at(date))
        if asked not in self._resolved:
            if len(self._resolved) > _KEPT:
                self._resolved.clear()
            self._resolved[asked] = resolve(asked.text, asked.context, self.registry)
        return self._resolved[asked]

    def same_unit(self, one: str | Named, other: str | Named, as_of: dt.date | None = None) -> Same | None:
        """Whether two names mean one unit on a day.

        ``same``: one body, however written; ``successor``: one stands in for the other by then, and nobody else does;
        ``possible``: it took over a part, a person has to decide. None: two bodies (or a collective and a member).
        """
        here, there = self._named(one, as_of), self._named(other, as_of)
        key = (here, there, as_of)
        if key not in self._same:
            if len(self._same) > _KEPT:
                self._same.clear()
            self._same[key] = self._compare(here, there, as_of)
        return self._same[key]

    def answers(self, unit: str | Named, assignee: str | Named, as_of: dt.date | None = None) -> bool:
        """Whether a report of ``unit`` answers for ``assignee``: itself, or its one successor by the day."""
        return self.same_unit(unit, assignee, as_of) in ("same", "successor")

    def _named(self, name: str | Named, as_of: dt.date | None) -> Named:
        return name if isinstance(name, Named) else Named(name, self.at(as_of))

    def _compare(self, one: Named, other: Named, as_of: dt.date | None) -> Same | None:
        here = [found.unit for found in self.resolve(one.text, context=one.context)]
        there = [found.unit for found in self.resolve(other.text, context=other.context)]
        if len(here) == len(there) == 1 and here[0] and there[0]:
            return compare(here[0], there[0], as_of, self.registry)
        return "same" if fit(one.text, other.text) == "same" else None

    def members(self, name: str | Named, as_of: dt.date | None = None) -> Members:
        """Who a collective stands for on a day: unit ids, and whether these are all that are meant."""
        asked = self._named(name, as_of)
        day = as_of or asked.context.date
        context = Context(day, asked.context.province, asked.context.issuer, asked.context.level)
        found = [members(one, context, self.registry) for one in self.resolve(asked.text, context=context)]
        units = tuple(dict.fromkeys(unit for part in found for unit in part.units))
        return Members(units, complete=bool(units) and all(part.complete for part in found))

    def member_names(self, name: str | Named, as_of: dt.date | None = None) -> tuple[str, ...] | None:
        """The members' names on a day, None where they are not all known: the collective then stays one line."""
        found = self.members(name, as_of)
        return self.names(found.units, as_of) if found.complete else None

    def names(self, units: Iterable[str], on: dt.date | None = None) -> tuple[str, ...]:
        """Official names of units on a day."""
        return tuple(self.registry.name(unit, on) for unit in units)

    def label(self, name: str | Named, on: dt.date | None = None) -> str:
        """A printed name as it is shown on a day: "Bộ Kế hoạch và Đầu tư (nay là Bộ Tài chính)"."""
        asked = self._named(name, on)
        found = self.resolve(asked.text, context=asked.context)
        if len(found) != 1 or not found[0].unit:
            return asked.text
        return label(found[0].unit, on, self.registry, printed=asked.text)

    def ended_without_successor(self, name: str | Named, on: dt.date) -> Resolved | None:
        """The unit behind a name that ended before a day and for which nobody stands in; None where all is well."""
        asked = self._named(name, on)
        found = self.resolve(asked.text, context=asked.context)
        if len(found) != 1 or not found[0].unit:
            return None
        unit = self.registry.unit(found[0].unit)
        last = unit.term.valid_to if unit else None
        if last is None or last >= on or now(found[0].unit, on, self.registry) is not None:
            return None
        return found[0]


_OPEN: WeakKeyDictionary[UnitStore, Directory] = WeakKeyDictionary()


def directory(store: UnitStore) -> Directory:
    """The store's directory as it is now; made again only when a row has changed."""
    revision = store.unit_revision()
    kept = _OPEN.get(store)
    if kept is None or kept.revision != revision:
        kept = _OPEN[store] = Directory(Registry(store.office()), revision)
    return kept
