"""What people decide about links; the store keeps who, when, and which scorer had proposed it."""

from __future__ import annotations

import datetime as dt
from typing import Final

from service.errors import InvalidInput, NotFound
from service.ports import Ports
from service.records import Decision, Link

DECISIONS: Final = ("confirmed", "rejected", "suggested")


def decide(app: Ports, link_id: int, decision: Decision, *, by: str) -> Link:
    """A person confirms or rejects a proposal, or takes the decision back ("suggested")."""
    if decision not in DECISIONS:
        raise InvalidInput(f"Quyết định không hợp lệ: {decision}")
    link = app.store.link(link_id)
    if link is None:
        raise NotFound(f"Không có đề xuất số {link_id}.")
    if link.task_id is None and decision != "suggested":
        raise InvalidInput("Đề xuất này không gắn với nhiệm vụ nào.")
    return app.store.decide(link_id, decision, by=by, at=dt.datetime.now(dt.UTC))
