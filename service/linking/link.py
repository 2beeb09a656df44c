"""Links between report items and tasks: candidates from the index, scored by ``nlp.match``, decided by people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from nlp.match import Scored, none_probability, none_reasons, rank_report
from nlp.model import Report, ReportPart
from nlp.scorer import Scorer
from service.errors import NotFound
from service.linking.candidates import TaskPool, gather
from service.linking.facts import ReportFacts, facts_of, inside, may_answer
from service.linking.scorers import active
from service.ports import Ports, Progress, silent
from service.records import Decision, NewLink, Reason, StoredDocument, StoredItem, TaskChange
from service.store.ports import Store

KEPT: Final = 5
"""Candidates kept for each item, so that a person can choose another than the first."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A report ready to be scored: its items, the candidates of each, and the pool of all."""

    facts: ReportFacts
    items: tuple[StoredItem, ...]
    found: dict[int, list[int]]
    """Store ids of tasks, by the item's store id."""
    tasks: TaskPool

    def rank(self, scorer: Scorer) -> dict[int, tuple[Scored, ...]]:
        """The candidates of each item, best first, by the item's store id."""
        statements = [self.facts.statement(stored) for stored in self.items]
        ranked = rank_report(statements, self.tasks.pool, among=self.among(), scorer=scorer)
        return {stored.id: scored for stored, scored in zip(self.items, ranked, strict=True)}

    def among(self) -> list[list[int]]:
        """For each item the places of its candidates in the pool."""
        return [self.tasks.places(self.found[stored.id]) for stored in self.items]


def scene_of(app: Ports, document: StoredDocument) -> Scene | None:
    """What there is to score in a document, as if one unit spoke in all of it; None when it is no report."""
    report = app.store.report(document.id)
    return _scene(app, document, report, _items(app, document)) if report is not None else None


def scenes_of(app: Ports, document: StoredDocument) -> list[Scene]:
    """The same apart for the document's own statements and for each report inside it; none when it is no report."""
    report = app.store.report(document.id)
    if report is None:
        return []
    said: dict[ReportPart | None, list[StoredItem]] = {}
    for stored in _items(app, document):
        said.setdefault(report.part_at(stored.item.start), []).append(stored)
    if not report.parts or not said:
        return [_scene(app, document, report, tuple(said.get(None, ())))]
    return [_scene(app, inside(document, part), report.heard(part), tuple(items)) for part, items in said.items()]


def _items(app: Ports, document: StoredDocument) -> tuple[StoredItem, ...]:
    return tuple(stored for stored in app.store.items(document.id) if stored.vanished_at is None)


def _scene(app: Ports, document: StoredDocument, report: Report, items: tuple[StoredItem, ...]) -> Scene:
    facts = facts_of(app.store, document, report)
    found, tasks = gather(app, facts, items)
    return Scene(facts, items, found, tasks)


def link_report(app: Ports, document_id: int) -> int:
    """Propose tasks for every item of one report; what people decided stays. Returns the number of items."""
    document = app.store.document(document_id)
    if document is None or app.store.report(document_id) is None:
        raise NotFound(f"Không có báo cáo số {document_id} trong kho.")
    return _link(app, document, None, active(app.store)) or 0


def link_all(app: Ports, *, progress: Progress = silent) -> int:
    """Link the reports that have no links, links of another scorer, or links that new tasks could change.

    Returns how many were scored; for the others the candidates were at most looked up.
    """
    scorer = active(app.store)
    waiting = list(_waiting(app.store, scorer.version))
    linked = 0
    for done, (document, changes) in enumerate(waiting):
        progress(done, len(waiting), document.header.symbol or document.file)
        linked += _link(app, document, changes, scorer) is not None
    progress(len(waiting), len(waiting), "")
    return linked


def _link(app: Ports, document: StoredDocument, changes: Sequence[TaskChange] | None, scorer: Scorer) -> int | None:
    """Score one report's items, or find (None) that none of the ``changes`` since its last linking can matter."""
    store, at = app.store, dt.datetime.now(dt.UTC)
    revision = None if store.outbox(1) else store.revision()  # an index that lags misses candidates: link again
    scenes = scenes_of(app, document)
    if not scenes:
        return None
    if changes is not None and revision is not None and not any(_touched(changes, scene) for scene in scenes):
        store.note_linked(document.id, revision=revision, at=at)
        return None
    new = {
        item_id: _new_links(ranked, scene.tasks, scorer)
        for scene in scenes
        for item_id, ranked in scene.rank(scorer).items()
    }
    store.put_report_links(document.id, new, scorer=scorer.version, revision=revision, at=at)
    return len(new)


def _touched(changes: Sequence[TaskChange], scene: Scene) -> bool:
    """Whether a changed task is a candidate, or stands in a document that the report answers (and weighs its words)."""
    found = {task_id for numbers in scene.found.values() for task_id in numbers}
    answered = {document.id for document in scene.facts.answered}
    return any(change.task_id in found or change.document_id in answered for change in changes)


def _new_links(ranked: tuple[Scored, ...], tasks: TaskPool, scorer: Scorer) -> list[NewLink]:
    """What is kept: the best candidates, or "none" with the best candidates behind it."""
    new = []
    if not ranked or not ranked[0].proposed:
        reasons = tuple(Reason(reason.code, reason.text, reason.weight) for reason in none_reasons(ranked))
        probability = none_probability(ranked)
        new.append(NewLink(None, 1, probability, scorer.calibrated, "none", scorer.version, reasons))
    for place, one in enumerate(ranked[:KEPT], len(new) + 1):
        decision: Decision = "suggested" if one.proposed else "none"
        reasons = tuple(Reason(reason.code, reason.text, reason.weight) for reason in one.reasons)
        kept = (one.probability, scorer.calibrated, decision, scorer.version, reasons)
        new.append(NewLink(tasks.ids[one.place], place, *kept))
    return new


def _waiting(store: Store, version: str) -> Iterator[tuple[StoredDocument, Sequence[TaskChange] | None]]:
    """Reports to link (None), or to look at since these tasks of documents that they may answer have changed."""
    linkings = store.linkings()
    changes = store.task_changes(min((one.revision for one in linkings if one.revision is not None), default=0))
    numbers = {change.document_id for change in changes}
    changed = {document.id: document for number in numbers if (document := store.document(number))}
    for one in linkings:
        current = one.revision if one.scorer == version else None
        since = [change for change in changes if current is not None and change.revision > current]
        if (current is not None and not since) or (report := store.document(one.document_id)) is None:
            continue
        fitting = {number for number, document in changed.items() if may_answer(report, document)}
        mattering = [change for change in since if change.document_id in fitting]
        if current is None or mattering:
            yield report, None if current is None else mattering
