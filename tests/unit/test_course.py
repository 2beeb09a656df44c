"""What the history of a task says of it, as of a date and as known at a time."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from service.course import UNTOUCHED, course
from service.follow_records import Move

D = dt.date(2026, 3, 1)
DUE = {"due": "2026-06-30"}


def at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(8), tzinfo=dt.UTC)


def moves(*steps: tuple[str, dict[str, Any]]) -> list[Move]:
    """One move a day from D on; each may override fields."""
    found = []
    for number, (kind, given) in enumerate(steps, 1):
        day = D + dt.timedelta(days=number - 1)
        move = Move(number, 1, kind, None, None, day, at(day), "A", {}, {})  # type: ignore[arg-type]
        found.append(replace(move, **given))
    return found


def test_a_task_nobody_touched_has_an_empty_course() -> None:
    assert course([]) == UNTOUCHED
    assert UNTOUCHED.active


@pytest.mark.parametrize(
    ("steps", "field", "value"),
    [
        ([("extended", {"after": DUE})], "due", dt.date(2026, 6, 30)),
        ([("extend_asked", {"after": DUE})], "due", None),
        ([("extend_asked", {"after": DUE}), ("extend_refused", {"answers": 1})], "due", None),
        ([("extended", {"after": DUE}), ("undone", {"answers": 1})], "due", None),
        ([("lead_moved", {"after": {"lead": "Sở Y tế"}})], "lead", "Sở Y tế"),
        ([("suspended", {})], "suspended", D),
        ([("suspended", {}), ("resumed", {})], "suspended", None),
        ([("suspended", {}), ("resumed", {"after": DUE})], "due", dt.date(2026, 6, 30)),
        ([("ended", {"basis": "5/QĐ-UBND"})], "ended", D),
        ([("ended", {"basis": "5/QĐ-UBND"})], "basis", "5/QĐ-UBND"),
        ([("ended", {}), ("reopened", {})], "ended", None),
        ([("redo", {"after": DUE})], "returned", D),
        ([("redo", {"after": DUE})], "report_by", dt.date(2026, 6, 30)),
        ([("redo", {}), ("confirmed", {"after": {"done": "2026-02-27"}})], "done", dt.date(2026, 2, 27)),
        ([("confirmed", {"after": {"done": "2026-02-27"}}), ("redo", {})], "done", None),
        ([("note", {"note": "đã gọi điện"})], "basis", None),
    ],
)  # fmt: skip
def test_what_a_history_says(steps: list[tuple[str, dict[str, Any]]], field: str, value: object) -> None:
    assert getattr(course(moves(*steps)), field) == value


def test_requests_wait_until_decided() -> None:
    history = moves(("extend_asked", {"after": DUE}), ("lead_asked", {}), ("extended", {"after": DUE, "answers": 1}))
    assert [move.id for move in course(history).asked] == [2]
    assert [move.id for move in course(history, as_of=D).asked] == [1]


def test_both_clocks_show_the_past() -> None:
    backdated = moves(
        ("extended", {"after": DUE, "known_at": at(D + dt.timedelta(days=9))}), ("undone", {"answers": 1})
    )
    [granted, undone] = backdated[0], replace(backdated[1], known_at=at(D + dt.timedelta(days=20)))
    history = [granted, undone]
    assert course(history, as_of=D - dt.timedelta(days=1)).due is None
    assert course(history, as_of=D, known_at=at(D)).due is None
    assert course(history, as_of=D, known_at=at(D + dt.timedelta(days=10))).due == dt.date(2026, 6, 30)
    assert course(history, as_of=D).due is None


def test_a_move_of_one_unit_and_period_leaves_the_others_alone() -> None:
    history = moves(("extended", {"after": DUE, "unit": "Sở Nội vụ", "period": "quý I/2026"}))
    assert course(history, unit="sở nội vụ", period="quý I/2026").due is not None
    assert course(history, unit="Sở Nội vụ", period="quý II/2026").due is None
    assert course(history, unit="Sở Y tế", period="quý I/2026").due is None
    assert course(history).due is None
