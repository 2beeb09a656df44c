"""The lines of ``dondoc links``: links with their tasks and documents, as the contract wants them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from nlp.symbols import symbol_key
from service.errors import NotFound
from service.ports import Ports
from service.records import Link, StoredDocument, StoredItem, StoredTask
from service.store.ports import Store


def links(app: Ports, *, candidates: int = 1, report: str | None = None) -> Iterator[dict[str, Any]]:
    """The lines of ``dondoc links``: each item's tasks, best first, or one line without a task where none fits."""
    for document in _reports(app.store, report):
        kept: dict[int, list[Link]] = {}
        for link in app.store.links(document_id=document.id):
            kept.setdefault(link.item_id, []).append(link)
        show = _Shown(app.store, [link.task_id for group in kept.values() for link in group if link.task_id])
        for stored in app.store.items(document.id):
            for place, link in enumerate(_best(kept.get(stored.id, []), candidates), 1):
                yield show.line(document, stored, link, place)


def _best(kept: list[Link], candidates: int) -> list[Link]:
    """An item's links as the officer wants them: decided first, then proposed; none alone unless more are asked for."""
    order = {"confirmed": 0, "suggested": 1, "none": 2, "rejected": 3}
    ranked = sorted(kept, key=lambda link: (order[link.decision], link.rank))
    answered = [link for link in ranked if link.decision in ("confirmed", "suggested")]
    if answered:
        return [link for link in ranked if link.task_id is not None][:candidates]
    nothing = [link for link in ranked if link.task_id is None]
    return [*nothing, *(link for link in ranked if link.task_id is not None)][:candidates]


class _Shown:
    """Tasks and documents named by links, looked up once."""

    def __init__(self, store: Store, task_ids: Iterable[int]) -> None:
        ids = sorted(set(task_ids))
        self.tasks = {task.id: task for task in (store.tasks(ids=ids) if ids else [])}
        self.documents = store.documents_by_id({task.document_id for task in self.tasks.values()})

    def line(self, report: StoredDocument, stored: StoredItem, link: Link, place: int) -> dict[str, Any]:
        task = self.tasks.get(link.task_id) if link.task_id is not None else None
        return {
            "report": {"symbol": report.header.symbol, "document": report.sha256},
            "item": {"id": stored.item.id, "text": stored.item.text, "page": stored.item.page},
            "rank": place,
            "task": self._task(task) if task else None,
            "probability": round(link.probability, 4),
            "calibrated": link.calibrated,
            "reasons": [{"code": r.code, "text": r.text, "weight": r.weight} for r in link.reasons],
            "decision": link.decision,
            "scorer": link.scorer,
            "id": link.id,
            "suspect": link.suspect,
        }

    def _task(self, stored: StoredTask) -> dict[str, Any]:
        document = self.documents[stored.document_id]
        deadline, header = stored.task.deadline, document.header
        return {
            "id": stored.task.id,
            "text": stored.task.text,
            "directive": {
                "symbol": header.symbol,
                "date": header.date.isoformat() if header.date else None,
                "document": document.sha256,
            },
            "lead": list(stored.task.lead),
            "deadline": {"text": deadline.text, "due": deadline.due.isoformat() if deadline.due else None}
            if deadline
            else None,
        }


def _reports(store: Store, symbol: str | None) -> list[StoredDocument]:
    if symbol is None:
        return store.documents(role="report")
    found = [document for document in store.by_symbol(symbol_key(symbol)) if store.report(document.id)]
    if not found:
        raise NotFound(f"Không có báo cáo nào mang số, ký hiệu {symbol}.", symbol=symbol)
    return found
