"""The lines of ``dondoc gaps`` without making each cell: what cells share is put into JSON once.

Half a million cells repeat their tasks, rules and days. A line here is what ``GapCell.to_json`` gives, key by key (a
test compares the two); statements are read piece by piece, and only of cells that have some.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from corpus.text import fold
from service.cells import FAR
from service.course import UNTOUCHED, Course
from service.gaps.evidence import claim
from service.gaps.find import each_cell, pieces, weighed_afresh
from service.gaps.lines import Line, lines
from service.gaps.model import GapQuery, Rule
from service.gaps.scope import as_of
from service.gaps.seen import items_by_id
from service.records import StoredDocument, StoredTask
from service.store.ports import Store

_PART = 2_000
_KEPT = 100_000
"""Fragments kept for the lines to come."""
_json = json.JSONEncoder(ensure_ascii=False).encode  # ``json.dumps`` makes an encoder for each value


def json_lines(store: Store, query: GapQuery) -> Iterator[str]:
    """All cells that the question asks for, each as one JSON object."""
    if weighed_afresh(query):
        yield from (_json(cell.to_json()) for cell in each_cell(store, query))
        return
    told, heard = _Told(), _Statements(store, as_of(query))
    for part in pieces(lines(store, query), _PART):
        statements = heard.of(part)
        for line in part:
            yield told.line(line, [statements[number] for number in line.seen.links if number in statements])


class _Reported(NamedTuple):
    """A report that statements stand in: when it arrived, and how each of them tells it."""

    arrived: dt.date
    text: str


class _Statements:
    """The statements behind cells, as ``Answer.to_json`` tells them; their reports are kept for the lines to come."""

    def __init__(self, store: Store, day: dt.date) -> None:
        self._store, self._day = store, day
        self._reports: dict[int, _Reported] = {}

    def of(self, part: Sequence[Line]) -> dict[int, str]:
        """By link, those that had arrived by the day."""
        tasks = {line.task.id: line.task for line in part}
        heads = self._store.link_heads({number for line in part for number in line.seen.links})
        items = items_by_id(self._store, (head.item_id for head in heads))
        self._read({stored.document_id for stored in items.values()})
        found = {}
        for head in heads:
            stored, task = items.get(head.item_id), tasks.get(head.task_id or 0)
            if stored is None or task is None or (report := self._reports.get(stored.document_id)) is None:
                continue
            if report.arrived <= self._day:
                item, said = stored.item, claim(stored.item, task.task)
                page = "null" if item.page is None else item.page
                suspect = "true" if head.suspect else "false"
                found[head.id] = (
                    f'{{"id": {head.id}, "item": {{"id": {_json(item.id)}, "text": {_json(item.text)}, '
                    f'"page": {page}}}, "report": {report.text}, "claimed": "{said}", '
                    f'"probability": {round(head.probability, 4)}, "decision": "{head.decision}", '
                    f'"suspect": {suspect}}}'
                )
        return found

    def _read(self, ids: Collection[int]) -> None:
        new = ids - self._reports.keys()
        documents, reports = self._store.documents_by_id(new), self._store.report_heads(sorted(new))
        for number, document in documents.items():
            report = reports.get(number)
            told = {
                "symbol": document.header.symbol,
                "document": document.sha256,
                "unit": (report.unit if report else None) or document.header.issuer,
                "arrived": document.effective.isoformat(),
            }
            self._reports[number] = _Reported(document.effective, _json(told))


class _Told:
    """Lines put together from fragments."""

    def __init__(self) -> None:
        self._tasks: dict[int, str] = {}
        self._texts: dict[str | None, str] = {None: "null"}
        self._days: dict[int, str] = {FAR: "null"}
        self._rules: dict[Rule, str] = {}
        self._shared: dict[int, str] = {}

    def line(self, line: Line, statements: Sequence[str]) -> str:
        """As ``GapCell.to_json``; what a collective reported for all is told by the flat cell as well."""
        seen, way = line.seen, line.course
        origin = seen.origin or seen.unit or None
        rules = self._all_rules(line.rules, shared=not seen.flags)
        done = self._day(seen.done_on) if seen.done_on is not None else "null"
        # a member that the question names stands under its collective, and took nothing over
        moved = _moved(way, origin if origin != line.unit and line.via != seen.unit else None)
        return (
            f'{{"task": {self._task(line.task, line.directive)}, "unit": {self._text(line.unit)}, '
            f'"via": {self._text(line.via)}, "period": {self._text(seen.label if seen.first is not None else None)}, '
            f'"due": {self._day(seen.due)}, "report_due": {self._day(seen.report_due)}, '
            f'"task_status": "{seen.task_status}", "report_status": "{seen.report_status}", '
            f'"claimed": {self._text(seen.claimed)}, "done_date": {done}, '
            f'"confirmed": {"true" if seen.basis == "confirmed" else "false"}, "basis": "{seen.basis}", '
            f'"official": {{"task_status": "{seen.official_task_status}", '
            f'"report_status": "{seen.official_report_status}"}}, '
            f'"links": [{", ".join(statements)}], "rules": [{rules}], "moved": {moved}}}'
        )

    def _task(self, task: StoredTask, directive: StoredDocument) -> str:
        if task.id not in self._tasks:
            _room(self._tasks)
            header = directive.header
            self._tasks[task.id] = _json(
                {
                    "id": task.task.id,
                    "text": fold(task.task.text),
                    "directive": {
                        "symbol": header.symbol,
                        "date": header.date.isoformat() if header.date else None,
                        "document": directive.sha256,
                    },
                    "row": task.task.row,
                    "class": task.task.class_,
                    "vanished": task.vanished_at is not None,
                }
            )
        return self._tasks[task.id]

    def _text(self, text: str | None) -> str:
        found = self._texts.get(text)
        if found is None:
            _room(self._texts)
            found = self._texts[text] = _json(text)
        return found

    def _day(self, day: int) -> str:
        if day not in self._days:
            self._days[day] = f'"{dt.date.fromordinal(day).isoformat()}"'
        return self._days[day]

    def _all_rules(self, rules: tuple[Rule, ...], *, shared: bool) -> str:
        """Those of cells without flags of their own are one tuple, which the stream of lines keeps."""
        found = self._shared.get(id(rules)) if shared else None
        if found is None:
            found = ", ".join([self._rule(rule) for rule in rules])
            if shared:
                self._shared[id(rules)] = found
        return found

    def _rule(self, rule: Rule) -> str:
        found = self._rules.get(rule)
        if found is None:
            _room(self._rules)
            found = self._rules[rule] = _json(rule.to_json())
        return found


def _moved(way: Course, lead_from: str | None) -> str:
    if way is UNTOUCHED and lead_from is None:
        return _UNMOVED
    days = {"due": way.due, "suspended": way.suspended, "confirmed_done": way.done}
    told = {name: day.isoformat() if day else None for name, day in days.items()}
    order = ("due", "lead_from", "suspended", "confirmed_done", "basis")
    found = {**told, "lead_from": lead_from, "basis": way.basis}
    return _json({name: found[name] for name in order})


_UNMOVED = '{"due": null, "lead_from": null, "suspended": null, "confirmed_done": null, "basis": null}'


def _room(kept: dict[Any, str]) -> None:
    if len(kept) >= _KEPT:
        kept.clear()
