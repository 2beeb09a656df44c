"""Follow-up work: extensions, changes of unit, redo, suspension, end, confirmation, notes; one or many, undoable."""

from __future__ import annotations

from service.follow.acts import ACTS, Act, Request, act, undo
from service.follow.bulk import Planned, plan, run
from service.follow.cells import Followed, followed

__all__ = ["ACTS", "Act", "Followed", "Planned", "Request", "act", "followed", "plan", "run", "undo"]
