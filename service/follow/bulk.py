"""One act on all results of a filter: shown first, done in one transaction, taken back in one step."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from service.course import by_task
from service.errors import DondocError, InvalidInput
from service.follow.acts import ACTS, Request, checked, prepare
from service.follow_records import Move, NewMove
from service.gaps import Line
from service.ports import Ports

MOST = 5_000
"""Obligations that one act may touch."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What the act would do to one obligation: the move, or why not."""

    line: Line
    move: NewMove | None
    problem: str = ""


def plan(app: Ports, found: Iterable[Line], request: Request, *, total: int, at: dt.datetime) -> list[Planned]:
    """What the act would do to these ``total`` obligations, nothing written.

    They are read only if they are not too many. A request that is wrong in itself is an error.
    """
    if ACTS.get(request.kind) is not None and (ACTS[request.kind].asks or request.answers is not None):
        raise InvalidInput("Đề nghị của đơn vị được ghi và quyết định từng việc một.")
    checked(request)
    if total > MOST:
        raise InvalidInput(f"Bộ lọc có {total} đầu việc; một lần thao tác tối đa {MOST}. Anh/Chị lọc bớt.")
    lines = list(found)
    history = by_task(app.store.moves(task_ids=sorted({line.task.id for line in lines})))
    return [_one(app, line, request, history.get(line.task.id, []), at) for line in lines]


def _one(app: Ports, line: Line, request: Request, moves: Sequence[Move], at: dt.datetime) -> Planned:
    wanted = replace(request, unit=line.unit, period=line.seen.label)
    try:
        return Planned(line, prepare(app, line.task, wanted, moves, at=at))
    except DondocError as error:
        return Planned(line, None, error.message)


def run(app: Ports, planned: Sequence[Planned], *, mark: int, at: dt.datetime) -> tuple[str, list[Move]]:
    """Do what was planned, all or nothing, if nobody moved a task since the preview (``mark``); the batch's name."""
    moves = [each.move for each in planned if each.move is not None]
    if not moves:
        raise InvalidInput("Không có đầu việc nào thực hiện được thao tác này.")
    batch = f"lo-{at:%Y%m%d%H%M%S}-{secrets.token_hex(3)}"
    return batch, app.store.add_moves(moves, by=app.settings.person, at=at, batch=batch, mark=mark)
