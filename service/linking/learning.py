"""Decisions become a better scorer: gathered from the store, learned from, checked, kept, and put to work."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Iterator
from typing import Final

import numpy as np

from nlp.learn_links import FEWEST, Learned, learn, shipped_pairs
from nlp.match import looks, pairs
from nlp.scorer import Scorer
from nlp.train_links import LEARNED, Matrix, row_of
from service.errors import InvalidInput
from service.linking.link import Scene, link_all, scenes_of
from service.linking.scorers import active
from service.ports import Ports, Progress, silent
from service.records import Link, StoredDocument

_log = logging.getLogger(__name__)
FRESH: Final = 50
"""Statements reviewed since the last attempt from which a worker tries again by itself."""
MACHINE: Final = "tự động"
_ASK_EVERY: Final = 3600.0
DECIDED: Final = ("confirmed", "rejected")


def learn_links(app: Ports, *, by: str, progress: Progress = silent) -> Learned:
    """Learn from all decisions of the store; the result is kept with its check, also when it is refused.

    Nothing that a person decided changes: only proposals are made anew (``link_all``), by the new scorer if accepted.
    """
    scorer = active(app.store)
    decided = decisions(app, scorer, progress=progress)
    statements = len(np.unique(decided.statement))
    if statements < FEWEST:
        raise InvalidInput(f"Mới có {statements} nội dung đã được rà soát; cần ít nhất {FEWEST} để học.")
    learned = learn(scorer, decided, shipped_pairs())
    content = learned.scorer.to_json() | {"reason": learned.reason}
    app.store.put_scorer(
        learned.scorer.version, content, learned.check, accepted=learned.accepted, by=by, at=dt.datetime.now(dt.UTC)
    )
    return learned


def decisions(app: Ports, scorer: Scorer, *, progress: Progress = silent) -> Matrix:
    """The pairs that people decided, as the scorer sees them today.

    A statement with a confirmed task, or confirmed to answer none, tells about all its candidates; where tasks were
    only rejected, these alone are known to be wrong.
    """
    rows: list[tuple[list[float], bool, int, int]] = []
    number = 0
    documents = list(_decided_reports(app))
    for done, (document, links) in enumerate(documents):
        progress(done, len(documents), document.header.symbol or document.file)
        for found in (one for scene in scenes_of(app, document) for one in _statements(scene, links, scorer)):
            rows += [(values, right, number, document.id) for values, right in found]
            number += 1
    progress(len(documents), len(documents), "")
    values = np.array([row[0] for row in rows], dtype=float).reshape(len(rows), len(LEARNED))
    right, statement, report = ([row[i] for row in rows] for i in (1, 2, 3))
    numbers = (np.array(statement, dtype=np.int64), np.array(report, dtype=np.int64))
    return Matrix(values, np.array(right, dtype=bool), *numbers)


def _decided_reports(app: Ports) -> Iterator[tuple[StoredDocument, dict[int, list[Link]]]]:
    by_item: dict[int, list[Link]] = {}
    for decision in DECIDED:
        for link in app.store.links(decision=decision):
            if not link.suspect:
                by_item.setdefault(link.item_id, []).append(link)
    items = app.store.items(ids=sorted(by_item)) if by_item else []
    by_report: dict[int, dict[int, list[Link]]] = {}
    for stored in items:
        by_report.setdefault(stored.document_id, {})[stored.id] = by_item[stored.id]
    for document_id, links in sorted(by_report.items()):
        document = app.store.document(document_id)
        if document is not None:
            yield document, links


def _statements(scene: Scene, links: dict[int, list[Link]], scorer: Scorer) -> Iterator[list[tuple[list[float], bool]]]:
    statements = [scene.facts.statement(stored) for stored in scene.items]
    seen = pairs(scene.tasks.pool, looks(statements, scene.tasks.pool, scene.among()), scorer)
    for stored, group in zip(scene.items, seen, strict=True):
        mine = links.get(stored.id, [])
        confirmed = {link.task_id for link in mine if link.decision == "confirmed"}
        rejected = {link.task_id for link in mine if link.decision == "rejected"}
        found = []
        for pair in group:
            task = scene.tasks.ids[pair.place]
            if confirmed or task in rejected:
                found.append((row_of(pair), task in confirmed))
        if found:
            yield found


class Habit:
    """Learning on schedule: at most once a day, when enough was decided since the last attempt."""

    def __init__(self) -> None:
        self._next = 0.0

    def tick(self, app: Ports) -> None:
        """Called often by idle workers; asks the store at most once an hour."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _ASK_EVERY
        last = next(iter(app.store.scorers(limit=1)), None)
        now = dt.datetime.now(dt.UTC)
        if last is not None and now - last.known_at < dt.timedelta(days=1):
            return
        decided = [link for decision in DECIDED for link in app.store.links(decision=decision)]
        fresh = [link for link in decided if last is None or (link.decided_at or now) > last.known_at]
        if len({link.item_id for link in fresh}) < FRESH:
            return
        learned = learn_links(app, by=MACHINE)
        outcome = "accepted" if learned.accepted else "refused"
        _log.info("scorer %s %s: %s", learned.scorer.version, outcome, learned.reason)
        if learned.accepted:
            link_all(app)
