"""What a person does to tasks, as operations of the store: each is whole, is kept with name and time, can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from corpus.text import fold
from corpus.tree import build_tree, headings
from nlp.model import Task
from service.errors import Conflict, InvalidInput, NotFound
from service.ports import Ports
from service.records import Operation, Origin, StoredDocument, StoredTask, TaskEdit
from service.review.fields import FIELDS, parse, shown
from service.review.note import new_note
from service.review.place import locate

MAX_PARTS: Final = 50
ACTIONS: Final = {
    "found": "Máy bóc tách",
    "reread": "Đọc lại văn bản",
    "vanish": "Không còn thấy trong lần đọc mới",
    "correct": "Sửa",
    "revert": "Lấy lại kết quả của máy",
    "class": "Đổi cách theo dõi",
    "confirm": "Duyệt đưa vào theo dõi",
    "unconfirm": "Thôi duyệt",
    "split": "Tách nhiệm vụ",
    "merge": "Gộp nhiệm vụ",
    "remove": "Đưa ra khỏi danh sách",
    "restore": "Khôi phục",
    "add": "Nhập tay",
    "import": "Nhập từ bảng Excel",
    "undo": "Hoàn tác",
}
"""What happened to a task, in words."""


def correct(
    app: Ports,
    task_id: int,
    written: Mapping[str, str],
    *,
    by: str,
    version: int | None = None,
    reason: str | None = None,
) -> Operation | None:
    """Put fields right, as an officer wrote them; None where that changes nothing."""
    stored = existing(app, task_id)
    fields = changes(app, stored, written)
    if not fields:
        return None
    edit = TaskEdit(task_id, fields, version=version)
    return app.store.edit_tasks([edit], action="correct", by=by, at=_now(), reason=reason)


def changes(app: Ports, stored: StoredTask, written: Mapping[str, str]) -> dict[str, Any]:
    """The fields of what was written that differ from the task; unchanged words keep their value with all its parts."""
    year = _year(app.store.document(stored.document_id))
    if unknown := sorted(set(written) - set(FIELDS)):
        raise InvalidInput(f"Không có trường “{unknown[0]}” trong nhiệm vụ.", field=unknown[0])
    said = {name: text for name, text in written.items() if _words(text) != _words(shown(stored.task, name))}
    values = {name: parse(name, text, year=year) for name, text in said.items()}
    return {name: value for name, value in values.items() if value != getattr(stored.task, name)}


def revert(app: Ports, task_id: int, names: Iterable[str], *, by: str) -> Operation:
    """Take the machine's word again for these fields."""
    stored = existing(app, task_id)
    if stored.machine is None:
        raise InvalidInput("Nhiệm vụ này không có kết quả của máy để lấy lại.")
    edit = TaskEdit(task_id, revert=tuple(names))
    return app.store.edit_tasks([edit], action="revert", by=by, at=_now())


def confirm(app: Ports, ids: Sequence[int], *, by: str, yes: bool = True) -> Operation:
    """Put drafted tasks under tracking, or take that back."""
    edits = [TaskEdit(stored.id, confirmed=yes) for stored in _several(app, ids)]
    return app.store.edit_tasks(edits, action="confirm" if yes else "unconfirm", by=by, at=_now())


def set_class(app: Ports, ids: Sequence[int], class_: str, *, by: str) -> Operation:
    """Theo dõi riêng, or báo cáo trong kỳ, for many at once."""
    value = parse("class_", class_)
    edits = [TaskEdit(stored.id, {"class_": value}) for stored in _several(app, ids)]
    return app.store.edit_tasks(edits, action="class", by=by, at=_now())


def remove(app: Ports, ids: Sequence[int], *, reason: str, by: str) -> Operation:
    """Take tasks off the list; the reason is kept, they can be brought back."""
    why = fold(reason).strip()
    if not why:
        raise InvalidInput("Cần ghi lý do khi đưa nhiệm vụ ra khỏi danh sách.")
    edits = [TaskEdit(stored.id, removed=True) for stored in _several(app, ids)]
    return app.store.edit_tasks(edits, action="remove", by=by, at=_now(), reason=why)


def restore(app: Ports, ids: Sequence[int], *, by: str) -> Operation:
    """Bring removed tasks back."""
    edits = [TaskEdit(stored.id, removed=False) for stored in _several(app, ids, removed=True)]
    return app.store.edit_tasks(edits, action="restore", by=by, at=_now())


def split(app: Ports, task_id: int, parts: Sequence[str], *, by: str, version: int | None = None) -> Operation:
    """One task becomes several of the same unit and deadline: it keeps the first part, the others are new.

    Links stay with the first part and are marked for another look, since its wording changed.
    """
    stored = existing(app, task_id)
    texts = [text for part in parts if (text := part.strip().strip(";"))]
    if not 2 <= len(texts) <= MAX_PARTS:
        raise InvalidInput(f"Tách nhiệm vụ cần từ 2 đến {MAX_PARTS} phần, mỗi phần một dòng.")
    texts = [parse("text", text) for text in texts]
    whole = app.store.text(stored.document_id)
    within = (stored.task.start, stored.task.end)
    edits = [TaskEdit(task_id, {"text": texts[0]}, version=version)]
    for number, text in enumerate(texts[1:], 2):
        part = locate(whole, replace(stored.task, id=f"{stored.task.id}~{number}", text=text, row=None), within)
        edits.append(TaskEdit(new=part, document_id=stored.document_id, origin=Origin("split", task_id)))
    return app.store.edit_tasks(edits, action="split", by=by, at=_now())


def merge(app: Ports, ids: Sequence[int], *, by: str) -> Operation:
    """Several tasks of a document become one: the first keeps its number and takes the words and units of the others.

    Confirmed links of the others go on with it, to be looked at again.
    """
    tasks = _several(app, ids)
    if len(tasks) < 2:
        raise InvalidInput("Chọn ít nhất hai nhiệm vụ để gộp.")
    if len({stored.document_id for stored in tasks}) > 1:
        raise InvalidInput("Chỉ gộp được các nhiệm vụ trong cùng một văn bản.")
    days = {_due(stored.task) for stored in tasks if stored.task.deadline}
    if len(days) > 1:
        raise InvalidInput("Các nhiệm vụ có thời hạn khác nhau; sửa cho thống nhất trước khi gộp.")
    first, others = tasks[0], tasks[1:]
    edits = [TaskEdit(first.id, _merged([stored.task for stored in tasks]))]
    edits += [TaskEdit(stored.id, removed=True, into=first.id) for stored in others]
    reason = f"Gộp {len(tasks)} nhiệm vụ"
    return app.store.edit_tasks(edits, action="merge", by=by, at=_now(), reason=reason)


def _merged(tasks: Sequence[Task]) -> dict[str, Any]:
    def joined(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part for task in tasks for part in getattr(task, name)))

    lead = joined("lead")
    products = dict.fromkeys(task.product for task in tasks if task.product)
    return {
        "text": "\n".join(task.text for task in tasks),
        "lead": lead,
        "coordinators": tuple(name for name in joined("coordinators") if name not in lead),
        "deadline": next((task.deadline for task in tasks if task.deadline), None),
        "product": "; ".join(products) or None,
        "citations": joined("citations"),
        "class_": "tracked" if any(task.class_ == "tracked" for task in tasks) else "general",
    }


def _due(task: Task) -> tuple[object, object]:
    assert task.deadline is not None  # noqa: S101 - asked for by the caller
    return task.deadline.due, task.deadline.recurrence


def add_task(app: Ports, document_id: int, written: Mapping[str, str], *, by: str, note: str = "") -> Operation:
    """Enter a task by hand beside those of a document; its words are looked up in the text, to be highlighted.

    The headings over that place become its section, as if it had been read.
    """
    document = app.store.document(document_id)
    if document is None:
        raise NotFound(f"Không có văn bản số {document_id} trong kho.")
    layout = app.store.layout(document_id)
    task = locate(layout.text, new_task(written, year=_year(document)))
    section = headings(layout.text, build_tree(layout), task.start) if task.end > task.start else ()
    return _put(app, document_id, replace(task, section=section), by, note)


def add_to_new_document(
    app: Ports,
    written: Mapping[str, str],
    *,
    kind: str,
    issuer: str,
    date: dt.date,
    by: str,
    note: str = "",
) -> Operation:
    """A task that stands alone (bút phê, kết luận giao ban): a small document of its own keeps who said it and when."""
    task = new_task(written, year=date.year)
    document_id = new_note(app, task.text, kind=kind, issuer=issuer, date=date, note=note)
    return _put(app, document_id, locate(app.store.text(document_id), task), by, note or kind)


def new_task(written: Mapping[str, str], *, year: int | None) -> Task:
    """A task made of what was written; what was not stays unknown."""
    values = {name: parse(name, text, year=year) for name, text in written.items() if text.strip()}
    if not values.get("text"):
        raise InvalidInput("Nội dung nhiệm vụ không được để trống.", field="text")
    if "class_" not in values and any(values.get(name) for name in ("deadline", "product", "target")):
        values["class_"] = "tracked"
    return Task(id="", start=0, end=0, confidence=1.0, **values)


def _put(app: Ports, document_id: int, task: Task, by: str, note: str) -> Operation:
    edit = TaskEdit(new=task, document_id=document_id, origin=Origin("manual", note=note or None), confirmed=True)
    return app.store.edit_tasks([edit], action="add", by=by, at=_now(), reason=note or None)


def undo(app: Ports, operation_id: int, *, by: str) -> Operation:
    """Take an operation back; an undone one can be done again by undoing the undoing."""
    return app.store.undo_operation(operation_id, by=by, at=_now())


def existing(app: Ports, task_id: int) -> StoredTask:
    """A task that is on the list."""
    found = app.store.tasks(ids=[task_id], removed=True)
    if not found:
        raise NotFound(f"Không có nhiệm vụ số {task_id} trong kho.")
    if found[0].removal is not None:
        raise Conflict("Nhiệm vụ này đã được đưa ra khỏi danh sách.", task=task_id)
    return found[0]


def _several(app: Ports, ids: Sequence[int], *, removed: bool = False) -> list[StoredTask]:
    """The tasks in the order of the text; every one of them must be there."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        raise InvalidInput("Chưa chọn nhiệm vụ nào.")
    found = in_order(app.store.tasks(ids=wanted, removed=removed))
    if missing := set(wanted) - {stored.id for stored in found}:
        raise NotFound(f"Không có nhiệm vụ số {', '.join(map(str, sorted(missing)))} trong danh sách.")
    return found


def in_order(tasks: Iterable[StoredTask]) -> list[StoredTask]:
    """Tasks in the order of the text; those that stand nowhere in it last, as they were entered."""

    def place(stored: StoredTask) -> tuple[object, ...]:
        task = stored.task
        nowhere = task.end <= task.start
        return stored.document_id, stored.vanished_at is not None, nowhere, task.start if not nowhere else 0

    return sorted(tasks, key=place)


def _words(text: str) -> str:
    return fold(text).strip()


def _year(document: StoredDocument | None) -> int | None:
    return document.header.date.year if document and document.header.date else None


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
