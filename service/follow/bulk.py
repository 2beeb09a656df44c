"""One act on all results of a filter: shown first, done in one transaction, taken back in one step."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.errors import DondocError, InvalidInput
from service.follow.acts import ACTS, Request, checked, prepare
from service.follow.cells import Followed
from service.follow_records import Move, NewMove
from service.ports import Ports

MOST = 5_000
"""Obligations that one act may touch."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What the act would do to one obligation: the move, or why not."""

    followed: Followed
    move: NewMove | None
    problem: str = ""


def plan(app: Ports, cells: Sequence[Followed], request: Request, *, at: dt.datetime) -> list[Planned]:
    """What the act would do, nothing written. A request that is wrong in itself is an error."""
    if ACTS.get(request.kind) is not None and (ACTS[request.kind].asks or request.answers is not None):
        raise InvalidInput("Đề nghị của đơn vị được ghi và quyết định từng việc một.")
    checked(request)
    if len(cells) > MOST:
        raise InvalidInput(f"Bộ lọc có {len(cells)} đầu việc; một lần thao tác tối đa {MOST}. Anh/Chị lọc bớt.")
    ids = sorted({each.duty.task.id for each in cells})
    history: dict[int, list[Move]] = {}
    for move in app.store.moves(task_ids=ids):
        history.setdefault(move.task_id, []).append(move)
    return [_one(app, each, request, history.get(each.duty.task.id, []), at) for each in cells]


def _one(app: Ports, each: Followed, request: Request, moves: Sequence[Move], at: dt.datetime) -> Planned:
    wanted = replace(request, unit=each.cell.duty.unit, period=each.period)
    try:
        return Planned(each, prepare(app, each.duty.task.id, wanted, moves, at=at))
    except DondocError as error:
        return Planned(each, None, error.message)


def run(app: Ports, planned: Sequence[Planned], *, mark: int, at: dt.datetime) -> tuple[str, list[Move]]:
    """Do what was planned, all or nothing, if nobody moved a task since the preview (``mark``); the batch's name."""
    moves = [each.move for each in planned if each.move is not None]
    if not moves:
        raise InvalidInput("Không có đầu việc nào thực hiện được thao tác này.")
    batch = f"lo-{at:%Y%m%d%H%M%S}-{secrets.token_hex(3)}"
    return batch, app.store.add_moves(moves, by=app.settings.person, at=at, batch=batch, mark=mark)
