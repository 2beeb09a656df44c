"""What a person may do to a followed task, and when. Each act is one line of history; nothing is overwritten.

Three words that must not be mixed (glossary 44, 57, 58): *Không phải nhiệm vụ này* rejects a link
(``service.linking``); *Yêu cầu bổ sung, báo cáo lại* returns a result (``redo``); *Đề nghị chuyển đơn vị chủ trì* is a
unit that declines (``lead_asked``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from service.course import REQUESTS, Course, concerns, course, standing
from service.errors import Conflict, InvalidInput, NotFound
from service.follow_records import Move, MoveKind, NewMove
from service.ports import Ports
from service.records import StoredTask


@dataclass(frozen=True, slots=True)
class Act:
    """A kind of move: its words, and what it needs."""

    kind: MoveKind
    title: str
    needs: tuple[str, ...] = ()
    """Fields that must be given: ``due``, ``lead``, ``done``, ``basis``, ``note``."""
    optional: tuple[str, ...] = ()
    asks: bool = False
    """A request of the unit, which a person then decides."""


ACTS: Final[dict[str, Act]] = {
    act.kind: act
    for act in (
        Act("extend_asked", "Đề nghị gia hạn", ("due", "note"), ("basis",), asks=True),
        Act("extended", "Điều chỉnh thời hạn", ("due", "basis"), ("note",)),
        Act("extend_refused", "Không đồng ý gia hạn", ("note",), ("basis",)),
        Act("lead_asked", "Đề nghị chuyển đơn vị chủ trì", ("note",), ("lead", "basis"), asks=True),
        Act("lead_moved", "Chuyển đơn vị chủ trì", ("lead", "basis"), ("note",)),
        Act("lead_refused", "Giữ nguyên đơn vị chủ trì", ("note",), ("basis",)),
        Act("redo", "Yêu cầu bổ sung, báo cáo lại", ("note",), ("due", "basis")),
        Act("suspended", "Tạm dừng theo dõi", ("basis",), ("note",)),
        Act("resumed", "Tiếp tục theo dõi", (), ("due", "basis", "note")),
        Act("ended", "Kết thúc theo dõi", ("basis",), ("note",)),
        Act("reopened", "Theo dõi lại", ("note",), ("basis",)),
        Act("confirmed", "Xác nhận hoàn thành", ("done",), ("basis", "note")),
        Act("note", "Ghi chú", ("note",)),
    )
}
WORDS: Final = {
    "due": "thời hạn mới",
    "lead": "đơn vị chủ trì mới",
    "done": "ngày hoàn thành",
    "basis": "căn cứ",
    "note": "nội dung, lý do",
}


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asks to be done; fields that the act does not know are refused."""

    kind: str
    unit: str | None = None
    period: str | None = None
    due: dt.date | None = None
    lead: str | None = None
    done: dt.date | None = None
    basis: str | None = None
    note: str | None = None
    effective: dt.date | None = None
    """The day of the decision; None: today."""
    answers: int | None = None
    """The request of the unit that this decides."""


def act(app: Ports, task_id: int, request: Request, *, at: dt.datetime, batch: str | None = None) -> Move:
    """Do one act on one task, under the name from the settings."""
    found = app.store.tasks(ids=[task_id])
    if not found:
        raise NotFound(f"Không có nhiệm vụ số {task_id} trong kho.")
    new = prepare(app, found[0], request, app.store.moves(task_ids=[task_id]), at=at)
    return app.store.add_moves([new], by=app.settings.person, at=at, batch=batch)[0]


def prepare(app: Ports, task: StoredTask, request: Request, moves: Sequence[Move], *, at: dt.datetime) -> NewMove:
    """The move, checked against the task and its history; an error says what is wrong in the officer's words."""
    wanted = checked(request)
    day = request.effective or at.astimezone(app.settings.zone).date()
    now = course(moves, unit=request.unit, period=request.period)
    _allowed(wanted, now, request, moves, task)
    return NewMove(
        task_id=task.id,
        kind=wanted.kind,
        effective=day,
        unit=request.unit,
        period=request.period,
        before=before(task, now, wanted),
        after=_after(request),
        basis=_text(request.basis),
        note=_text(request.note),
        answers=request.answers,
    )


def checked(request: Request) -> Act:
    """The act that is asked for, its fields complete."""
    wanted = ACTS.get(request.kind)
    if wanted is None:
        raise InvalidInput(f"Không có thao tác “{request.kind}”.")
    given = {name for name in WORDS if _text(getattr(request, name))}
    if missing := [WORDS[name] for name in wanted.needs if name not in given]:
        raise InvalidInput(f"{wanted.title}: cần ghi {', '.join(missing)}.")
    if surplus := given - set(wanted.needs) - set(wanted.optional):
        raise InvalidInput(f"{wanted.title}: không dùng {', '.join(WORDS[name] for name in sorted(surplus))}.")
    return wanted


def undo(app: Ports, moves: Sequence[Move], *, at: dt.datetime) -> list[Move]:
    """Take moves back: the history keeps them and the taking back. One that was taken back already is a conflict."""
    if not moves:
        raise NotFound("Không có thao tác nào để hoàn tác.")
    history = app.store.moves(task_ids=[move.task_id for move in moves])
    gone = {move.answers for move in history if move.kind == "undone"}
    if any(move.id in gone or move.kind == "undone" for move in moves):
        raise Conflict("Thao tác này đã được hoàn tác.")
    decided = {move.answers for move in standing(history)}
    if any(move.id in decided and move.kind in REQUESTS for move in moves):
        raise Conflict("Đề nghị này đã được quyết định; hoàn tác quyết định trước.")
    back = [
        NewMove(
            move.task_id, "undone", move.effective, move.unit, move.period, move.after, move.before, answers=move.id
        )
        for move in moves
    ]
    return app.store.add_moves(back, by=app.settings.person, at=at)


def before(task: StoredTask, now: Course, wanted: Act) -> dict[str, Any]:
    """What the act changes, as it was."""
    deadline = task.task.deadline
    due = now.due or (deadline.due if deadline else None)
    match wanted.kind:
        case "extended" | "extend_asked" | "resumed":
            return {"due": due.isoformat() if due else None}
        case "lead_moved" | "lead_asked":
            return {"lead": now.lead or "; ".join(task.task.lead) or None}
        case "confirmed" | "redo":
            return {"done": now.done.isoformat() if now.done else None}
        case _:
            return {}


def _after(request: Request) -> dict[str, Any]:
    days = {name: getattr(request, name) for name in ("due", "done")}
    found = {name: day.isoformat() for name, day in days.items() if day}
    return found | ({"lead": _text(request.lead)} if _text(request.lead) else {})


def _allowed(wanted: Act, now: Course, request: Request, moves: Sequence[Move], task: StoredTask) -> None:
    """States that exclude an act; one sentence each."""
    kind = wanted.kind
    wrong = {
        "resumed": now.suspended is None and "Nhiệm vụ không ở trạng thái tạm dừng.",
        "suspended": (now.suspended is not None and "Nhiệm vụ đã tạm dừng theo dõi.")
        or (now.ended is not None and "Nhiệm vụ đã kết thúc theo dõi."),
        "ended": now.ended is not None and "Nhiệm vụ đã kết thúc theo dõi.",
        "reopened": now.ended is None and now.done is None and "Nhiệm vụ đang được theo dõi.",
    }.get(kind, kind != "note" and now.ended is not None and "Nhiệm vụ đã kết thúc theo dõi.")
    if wrong:
        raise Conflict(str(wrong))
    if kind in ("extended", "extend_asked"):
        _later(task, now, request)
    if kind in ("extend_refused", "lead_refused") or request.answers is not None:
        _answering(kind, request, moves)


def _later(task: StoredTask, now: Course, request: Request) -> None:
    deadline = task.task.deadline
    due = now.due or (deadline.due if deadline else None)
    if due is not None and request.due == due:
        raise InvalidInput(f"Thời hạn mới trùng thời hạn hiện tại ({due:%d/%m/%Y}).")


def _answering(kind: str, request: Request, moves: Sequence[Move]) -> None:
    asked = next((move for move in moves if move.id == request.answers), None)
    if asked is None or kind not in REQUESTS.get(asked.kind, ()):
        raise InvalidInput("Quyết định này cần nêu đề nghị tương ứng của đơn vị.")
    counted = standing(moves)
    if asked not in counted:
        raise Conflict("Đề nghị này đã được hoàn tác.")
    if any(move.answers == asked.id for move in counted if concerns(move, asked.unit, asked.period)):
        raise Conflict("Đề nghị này đã được quyết định.")


def _text(value: object) -> Any:  # noqa: ANN401 - dates pass through
    return value.strip() or None if isinstance(value, str) else value
