"""What a task list that comes back would change: looked at first, applied whole or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from corpus.text import fold
from nlp.model import Task
from service import review
from service.errors import DondocError, InvalidInput
from service.ports import Ports
from service.records import Operation, Origin, StoredDocument, StoredTask, TaskEdit
from service.references import resolve_document
from service.review.edit import new_task
from service.review.fields import show_value
from service.review.place import locate
from service.task_list.rows import DIRECTIVE, ID, REASON, STATE, STATES, VERSION, Row

_CHUNK: Final = 500
_NUMBERED: Final = "văn bản số "


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a row: nothing is applied while there is one."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"Dòng {self.row}, cột “{self.column}”: {self.message}"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row would do: field, before, after, in words."""

    row: int
    task_id: int | None
    text: str
    action: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a whole list would do."""

    rows: int
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    edits: tuple[TaskEdit, ...] = ()
    reason: str | None = None

    def lines(self) -> list[str]:
        """The plan in words, for the command line."""
        told = [str(problem) for problem in self.problems]
        for entry in self.entries:
            changes = "; ".join(f"{label}: {before or '–'} → {after or '–'}" for label, before, after in entry.changes)
            told.append(f"Dòng {entry.row}: {entry.action} {entry.task_id or ''} {changes}".replace("  ", " "))
        return [*told, f"{self.rows} dòng: {len(self.entries)} thay đổi, {len(self.problems)} chỗ chưa đúng."]


def plan(app: Ports, rows: Sequence[Row], *, file: str = "") -> Plan:
    """Compare every row with the task that it names."""
    planner = _Planner(app, rows)
    for row in rows:
        planner.take(row)
    reason = f"Tệp {file}" if file else None
    return Plan(len(rows), tuple(planner.entries), tuple(planner.problems), tuple(planner.edits), reason)


def apply(app: Ports, made: Plan, *, by: str) -> Operation | None:
    """Do all of the plan in one operation, which can be undone; ``Conflict`` where a task changed meanwhile."""
    if made.problems:
        raise InvalidInput(f"Chưa nhập được: còn {len(made.problems)} chỗ chưa đúng. {made.problems[0]}")
    if not made.edits:
        return None
    return app.store.edit_tasks(made.edits, action="import", by=by, at=dt.datetime.now(dt.UTC), reason=made.reason)


class _Planner:
    """One list under comparison."""

    def __init__(self, app: Ports, rows: Sequence[Row]) -> None:
        self._app = app
        self.entries: list[Entry] = []
        self.problems: list[Problem] = []
        self.edits: list[TaskEdit] = []
        self._tasks = self._named(rows)
        self._seen: dict[int, int] = {}
        self._documents: dict[str, StoredDocument] = {}

    def _named(self, rows: Sequence[Row]) -> dict[int, StoredTask]:
        ids = sorted({int(row.cells[ID]) for row in rows if row.cells.get(ID, "").isdecimal()})
        parts = (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))
        return {task.id: task for part in parts for task in self._app.store.tasks(ids=part, removed=True)}

    def take(self, row: Row) -> None:
        """One row: its changes, or what is wrong with it."""
        name = row.cells.get(ID, "")
        if not name:
            self._take_new(row)
        elif not name.isdecimal() or (stored := self._tasks.get(int(name))) is None:
            self._wrong(row, ID, f"không có nhiệm vụ “{name}” trong kho.")
        elif stored.id in self._seen:
            self._wrong(row, ID, f"nhiệm vụ {stored.id} đã có ở dòng {self._seen[stored.id]}.")
        else:
            self._seen[stored.id] = row.number
            self._take_known(row, stored)

    def _take_known(self, row: Row, stored: StoredTask) -> None:
        if row.cells.get(VERSION) and row.cells[VERSION] != str(stored.version):
            self._wrong(row, VERSION, "nhiệm vụ đã được sửa sau khi xuất bảng; xuất lại bảng rồi sửa.")
            return
        fields = self._fields(row, stored)
        state = self._state(row, stored)
        if fields is None or state is None or not (fields or state):
            return
        if stored.removal is not None and state.get("removed") is not False:
            self._wrong(row, ID, "nhiệm vụ đã được đưa ra khỏi danh sách; khôi phục trước khi sửa.")
            return
        changes = [(review.FIELDS[n].label, review.shown(stored.task, n), show_value(n, v)) for n, v in fields.items()]
        if state:
            changes.append(("Trạng thái", _state_of(stored), row.cells[STATE]))
        self.edits.append(TaskEdit(stored.id, fields, version=stored.version, **state))
        self.entries.append(Entry(row.number, stored.id, fold(stored.task.text), "sửa nhiệm vụ", tuple(changes)))

    def _fields(self, row: Row, stored: StoredTask) -> dict[str, Any] | None:
        found, before = dict[str, Any](), len(self.problems)
        for name in review.FIELDS:
            if name in row.cells and not _same_day(stored, name, row.cells[name]):
                try:
                    found |= review.changes(self._app, stored, {name: row.cells[name]})
                except DondocError as error:
                    self._wrong(row, name, error.message)
        return found if len(self.problems) == before else None

    def _state(self, row: Row, stored: StoredTask) -> dict[str, Any] | None:
        """Confirmed, taken back, removed, restored; empty where the row says nothing new, None where it is wrong."""
        written = fold(row.cells.get(STATE, "")).lower()
        wanted = next((state for state, words in STATES.items() if words.lower() == written), None)
        if written and wanted is None:
            self._wrong(row, STATE, f"“{row.cells[STATE]}” không hợp lệ; chọn: {'; '.join(STATES.values())}.")
            return None
        if wanted is None or STATES[wanted] == _state_of(stored):
            return {}
        if wanted == "removed":
            if not row.cells.get(REASON):
                self._wrong(row, REASON, "cần ghi lý do khi đưa nhiệm vụ ra khỏi danh sách.")
                return None
            return {"removed": True}
        back = {"removed": False} if stored.removal is not None else {}
        return {"confirmed": wanted == "confirmed", **back}

    def _take_new(self, row: Row) -> None:
        document = self._document(row)
        if document is None:
            return
        written = {name: row.cells[name] for name in review.FIELDS if row.cells.get(name)}
        task = self._new(row, written, document)
        if task is None:
            return
        origin = Origin("manual", note=row.cells.get(REASON) or None)
        confirmed = row.cells.get(STATE, "") == STATES["confirmed"]
        self.edits.append(TaskEdit(new=task, document_id=document.id, origin=origin, confirmed=confirmed))
        changes = tuple((review.FIELDS[name].label, "", review.shown(task, name)) for name in written)
        self.entries.append(Entry(row.number, None, fold(task.text), "nhiệm vụ mới", changes))

    def _new(self, row: Row, written: dict[str, str], document: StoredDocument) -> Task | None:
        year, before = document.header.date.year if document.header.date else None, len(self.problems)
        for name, text in written.items():
            try:
                review.parse(name, text, year=year)
            except DondocError as error:
                self._wrong(row, name, error.message)
        if "text" not in written:
            self._wrong(row, "text", "nội dung nhiệm vụ không được để trống.")
        if len(self.problems) > before:
            return None
        return locate(self._app.store.text(document.id), new_task(written, year=year))

    def _document(self, row: Row) -> StoredDocument | None:
        name = row.cells.get(DIRECTIVE, "")
        if name not in self._documents:
            try:
                self._documents[name] = self._resolve(name)
            except DondocError as error:
                self._wrong(row, DIRECTIVE, error.message)
                return None
        return self._documents[name]

    def _resolve(self, name: str) -> StoredDocument:
        if not name:
            raise InvalidInput("dòng mới cần ghi văn bản giao nhiệm vụ.")
        number = name.lower().removeprefix(_NUMBERED)
        if number.isdecimal() and (found := self._app.store.document(int(number))):
            return found
        return resolve_document(self._app.store, name)[0]

    def _wrong(self, row: Row, column: str, message: str) -> None:
        label = review.FIELDS[column].label if column in review.FIELDS else column
        said = message.removeprefix(f"{label}: ")
        self.problems.append(Problem(row.number, row.title(column), said))


def _same_day(stored: StoredTask, name: str, written: str) -> bool:
    """A bare ISO day that says what the deadline means, whatever words it has (Phụ lục VI knows days alone)."""
    deadline = stored.task.deadline
    return name == "deadline" and deadline is not None and deadline.due is not None and written == str(deadline.due)


def _state_of(stored: StoredTask) -> str:
    return STATES["removed" if stored.removal else "confirmed" if stored.confirmed else "draft"]
