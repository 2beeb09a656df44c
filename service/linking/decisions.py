"""What people decide about links; the store keeps who, when, and which scorer had proposed it."""

from __future__ import annotations

import datetime as dt
from typing import Final

from service.errors import InvalidInput, NotFound
from service.linking.scorers import active
from service.ports import Ports
from service.records import Decision, Link

DECISIONS: Final = ("confirmed", "rejected", "suggested")


def decide(app: Ports, link_id: int, decision: Decision, *, by: str) -> Link:
    """A person confirms or rejects a proposal, or takes the decision back ("suggested").

    To confirm a proposal of none is to say that the statement answers nothing.
    """
    if decision not in DECISIONS:
        raise InvalidInput(f"Quyết định không hợp lệ: {decision}")
    link = app.store.link(link_id)
    if link is None:
        raise NotFound(f"Không có đề xuất số {link_id}.")
    if link.task_id is None and decision == "confirmed":
        return answers_nothing(app, link.item_id, by=by)
    if link.task_id is None and link.decision == "none":
        raise InvalidInput("Đề xuất này không gắn với nhiệm vụ nào.")
    taken_back: Decision = "none" if link.task_id is None else decision
    return app.store.decide(link_id, taken_back, by=by, at=dt.datetime.now(dt.UTC))


def answers_nothing(app: Ports, item_id: int, *, by: str) -> Link:
    """A person says that a statement answers no task; what was proposed for it is rejected."""
    return _item(app, item_id, None, by=by)


def assign(app: Ports, item_id: int, task_id: int, *, by: str, instead_of: int | None = None) -> Link:
    """A person gives a statement a task, whether it was proposed or not; ``instead_of`` is the link that was wrong."""
    return _item(app, item_id, task_id, by=by, instead_of=instead_of)


def confirm_sure(app: Ports, document_id: int, *, by: str) -> list[Link]:
    """Confirm all proposals of a report that are *khớp cao* and not suspect; what was decided is not touched."""
    high = active(app.store).high
    sure = [
        link
        for link in app.store.links(document_id=document_id, decision="suggested")
        if link.task_id is not None and link.calibrated and link.probability >= high and not link.suspect
    ]
    at = dt.datetime.now(dt.UTC)
    return [app.store.decide(link.id, "confirmed", by=by, at=at) for link in sure]


def _item(app: Ports, item_id: int, task_id: int | None, *, by: str, instead_of: int | None = None) -> Link:
    at, version = dt.datetime.now(dt.UTC), active(app.store).version
    return app.store.decide_item(item_id, task_id, scorer=version, by=by, at=at, instead_of=instead_of)
