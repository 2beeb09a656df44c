"""The timeline of a task: assigned, moved, reported, urged, reminded, due; every entry with its source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.text import fold
from service.course import concerns, course
from service.follow import ACTS, Followed, followed
from service.follow_records import Move
from service.gaps import parse_query
from service.ports import Ports
from service.records import StoredTask
from service.vietnamese import day
from service.wording import document_name

_QUOTED = 220
DECISIONS = {"suggested": "máy đề xuất, chờ rà soát", "confirmed": "đã xác nhận"}


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened, or that is due."""

    on: dt.date
    kind: str
    """assigned, move, report, letter, reminder, due."""
    title: str
    text: str = ""
    href: str = ""
    by: str = ""
    move: Move | None = None
    undone: bool = False
    link: int | None = None
    """The proposal or decision behind a report: its two originals can be seen side by side."""


@dataclass(frozen=True, slots=True)
class Story:
    """A task with its obligations, its history and what may be done."""

    task: StoredTask
    cells: tuple[Followed, ...]
    entries: tuple[Entry, ...]
    moves: tuple[Move, ...]
    undone: frozenset[int]
    asked: tuple[Move, ...] = ()
    """Requests of the unit that wait for a decision."""


def story(app: Ports, task: StoredTask, *, unit: str | None, period: str | None, as_of: dt.date) -> Story:
    """Everything about one task, narrowed to an assignee and a period where the question names them."""
    cells = tuple(each for each in _cells(app, task, unit, as_of) if period in (None, each.period))
    moves = tuple(app.store.moves(task_ids=[task.id]))
    undone = frozenset(move.answers for move in moves if move.kind == "undone" and move.answers)
    entries = [
        *_assigned(app, task),
        *(_moved(move, undone) for move in moves if move.kind != "undone" and concerns(move, unit, period)),
        *_reported(cells),
        *_urged(app, task, unit, period),
        *_reminded(app, task, unit, period),
        *_due(cells),
    ]
    asked = course(moves, unit=unit, period=period).asked
    return Story(task, cells, tuple(sorted(entries, key=lambda entry: entry.on)), moves, undone, asked)


def _cells(app: Ports, task: StoredTask, unit: str | None, as_of: dt.date) -> list[Followed]:
    """Its obligations; a unit that stands under a collective has one of its own once the question names it."""
    document = app.store.document(task.document_id)
    name = document.key if document else None
    query = parse_query(app.store, settings=app.settings, directive=name, unit=unit, as_of=as_of)
    return followed(app.store, replace(query, tasks=(task.id,)))


def _assigned(app: Ports, task: StoredTask) -> Iterator[Entry]:
    document = app.store.document(task.document_id)
    if document is not None:
        on = document.header.date or document.effective
        yield Entry(on, "assigned", "Giao nhiệm vụ", document_name(document), f"/van-ban/{document.id}#nv-{task.id}")
    if task.confirmed_at is not None:
        yield Entry(task.confirmed_at.date(), "move", "Duyệt đưa vào theo dõi", by=task.confirmed_by or "")


def _moved(move: Move, undone: frozenset[int]) -> Entry:
    values = {**move.before, **move.after}
    said = [
        f"{day(_date(move.before.get('due')))} → {day(_date(move.after['due']))}" if "due" in move.after else "",
        f"{move.before.get('lead') or '–'} → {move.after['lead']}" if "lead" in move.after else "",
        f"hoàn thành ngày {day(_date(values['done']))}" if move.after.get("done") else "",
        f"căn cứ: {move.basis}" if move.basis else "",
        move.note or "",
        f"đơn vị: {move.unit}" if move.unit else "",
        f"kỳ: {move.period}" if move.period else "",
    ]
    text = "; ".join(part for part in said if part)
    return Entry(move.effective, "move", ACTS[move.kind].title, text, "", move.by, move, move.id in undone)


def _date(value: object) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) else None


def _reported(cells: tuple[Followed, ...]) -> Iterator[Entry]:
    seen: set[int] = set()
    for each in cells:
        for answer in each.cell.answers:
            if answer.link.id in seen:
                continue
            seen.add(answer.link.id)
            text = fold(answer.stored.item.text)
            short = text if len(text) <= _QUOTED else f"{text[:_QUOTED].rsplit(' ', 1)[0]}…"
            title = f"{document_name(answer.report)} ({DECISIONS.get(answer.link.decision, '')})"
            href = f"/doi-chieu/{answer.report.id}#nd-{answer.stored.id}"
            yield Entry(answer.arrived, "report", title, short, href, answer.unit or "", link=answer.link.id)


def _urged(app: Ports, task: StoredTask, unit: str | None, period: str | None) -> Iterator[Entry]:
    for letter in app.store.letters(state="issued"):
        mine = any(line.task_id == task.id and period in (None, line.period) for line in letter.lines)
        if mine and unit in (None, letter.unit):
            title = f"Công văn đôn đốc lần {letter.round}: số {letter.symbol}"
            text = f"{letter.unit}; báo cáo lại trước ngày {day(letter.answer_by)}"
            yield Entry(letter.issued or letter.as_of, "letter", title, text, f"/cong-van/{letter.id}", letter.by)


def _reminded(app: Ports, task: StoredTask, unit: str | None, period: str | None) -> Iterator[Entry]:
    for one in app.store.reminders(unit=unit, limit=10_000):
        if one.task_id == task.id and period in (None, one.period):
            yield Entry(one.day, "reminder", "Nhắc việc", one.text.rpartition(". Quy tắc")[2], "/nhac-viec", one.unit)


def _due(cells: tuple[Followed, ...]) -> Iterator[Entry]:
    for due in dict.fromkeys(each.duty.due for each in cells if each.duty.due):
        late = any(each.duty.due == due and each.cell.verdict.task_status == "open_overdue" for each in cells)
        yield Entry(
            due, "overdue" if late else "due", "Thời hạn hoàn thành", "quá hạn, chưa hoàn thành" if late else ""
        )
