"""What is wrong with where a task comes from: expired bases, repealed texts, no plan below it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from nlp.assignees import fit, is_collective
from service.cells import FAR, Flag
from service.errors import DondocError
from service.gaps.evidence import gap_data
from service.gaps.model import Duty
from service.gaps.scope import CARRIED_OUT
from service.records import StoredDocument
from service.store.ports import Store
from service.validity import on_subject
from service.validity.evidence import Reader
from service.validity.judge import find_subject
from service.validity.model import Subject

_EVER = dt.date(2100, 1, 1)
"""A day after everything that texts say about ends."""


@dataclass
class Sources:
    """Answers about directives, each found once for a piece of work."""

    store: Store
    _ends: dict[str, dt.date | None] = field(default_factory=dict)
    _bases: dict[int, list[tuple[str, dt.date]]] = field(default_factory=dict)
    _below: dict[int, list[StoredDocument]] = field(default_factory=dict)
    _reader: Reader | None = None

    def flags(self, duty: Duty) -> Iterator[Flag]:
        """The rules that the duty breaks by where it comes from, each from its day on."""
        opens = duty.opens.toordinal()
        ended = self._expired(duty.directive)
        if ended:
            yield _from("basis_expired", opens, ended)
        cited = [(symbol, day) for symbol in duty.task.task.citations if (day := self._end_of(symbol)) is not None]
        if cited:
            yield _from("cites_repealed", opens, cited)
        yield from self._not_cascaded(duty, opens)

    def _expired(self, directive: StoredDocument) -> list[tuple[str, dt.date]]:
        """Bases of a directive that end, with the first day on which they are out of force."""
        if directive.id not in self._bases:
            kept = [c.citation for c in self.store.citations(directive.id) if c.citation.relation == "basis"]
            names = dict.fromkeys(f"{c.symbol}@{c.date.isoformat()}" if c.date else c.symbol for c in kept if c.symbol)
            found = [(name.partition("@")[0], day) for name in names if (day := self._end_of(name)) is not None]
            self._bases[directive.id] = found
        return self._bases[directive.id]

    def _end_of(self, name: str) -> dt.date | None:
        if name not in self._ends:
            self._ends[name] = self._find_end(name)
        return self._ends[name]

    def _find_end(self, name: str) -> dt.date | None:
        """The first day out of force of a text, as far as the store and the office know one."""
        self._reader = self._reader or Reader(self.store)
        try:
            subject: Subject = find_subject(self.store, name)
            found = on_subject(subject, _EVER, reader=self._reader)
        except DondocError:  # several texts bear the symbol: nothing is said then
            return None
        return found.until + dt.timedelta(days=1) if found.status == "ended" and found.until else None

    def _not_cascaded(self, duty: Duty, opens: int) -> Iterator[Flag]:
        """Until a plan of the locality (any locality's for a collective) carries a central directive out."""
        issuer, unit = _cascade()
        header = duty.directive.header
        if not (header.issuer and issuer.search(header.issuer) and duty.unit and unit.search(duty.unit)):
            return
        below = [d for d in self._carrying(duty.directive) if _theirs(d, duty.unit)]
        until = min((document.effective.toordinal() for document in below), default=FAR)
        if until > opens:
            detail = {"directive": header.symbol or duty.directive.file, "unit": duty.unit}
            yield Flag("not_cascaded", opens, until, detail)

    def _carrying(self, directive: StoredDocument) -> list[StoredDocument]:
        if directive.id not in self._below:
            ids = {c.document_id for c in self.store.citing(directive.id) if c.citation.relation in CARRIED_OUT}
            self._below[directive.id] = [d for d in self.store.documents_by_id(ids).values() if d.role != "report"]
        return self._below[directive.id]


def _from(rule: str, opens: int, ended: list[tuple[str, dt.date]]) -> Flag:
    """One flag for all the texts, from the first end on."""
    first = min(day for _, day in ended)
    what = ", ".join(f"{name} (từ ngày {day:%d/%m/%Y})" for name, day in ended)
    return Flag(rule, max(opens, first.toordinal()), FAR, {"what": what})


@cache
def _cascade() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = gap_data()["cascade"]
    return re.compile(data["issuer"]), re.compile(data["unit"])


def _theirs(document: StoredDocument, unit: str) -> bool:
    issuer = document.header.issuer or ""
    if is_collective(unit):
        return not _cascade()[0].search(issuer)
    return fit(issuer, unit) is not None
