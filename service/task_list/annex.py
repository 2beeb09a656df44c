"""The task list under the field names of Nghị định 30/2020/NĐ-CP, Phụ lục VI: what document systems exchange.

One record a task: the fields of its document as the annex names them, the task's words in ``Description``, its units
in ``To`` and ``ToPlaces``, its day in ``DueDate``. ``TaskId`` and ``TaskVersion`` are ours: a list comes back to the
same tasks. Number and notation are two fields; days are ISO.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from typing import Any, Final

from corpus.text import fold, nfc
from service.errors import InvalidInput, TooLarge
from service.exports.values import harmless
from service.records import StoredDocument, StoredTask
from service.task_list.rows import DIRECTIVE, ID, VERSION, Row

ANNEX_FIELDS: Final = (
    "TypeName", "CodeNumber", "CodeNotation", "IssuedDate", "OrganName", "Subject", "SignerInfo.FullName", "Priority",
    "ArrivalDate", "DocOrdinal", "Description", "To", "ToPlaces", "DueDate", "TaskId", "TaskVersion",
)  # fmt: skip
_LONGEST: Final = {"CodeNumber": 11, "CodeNotation": 30, "OrganName": 200, "Subject": 500}
"""Lengths that the annex allows (III.1)."""
_SYMBOL: Final = re.compile(r"(\d+\w?)([-/])(.+)")
_NAMES: Final = {"TaskId": ID, "TaskVersion": VERSION, "Description": "text", "To": "lead", "ToPlaces": "coordinators",
                 "DueDate": "deadline"}  # fmt: skip
MAX_BYTES: Final = 20_000_000


def records(tasks: Iterable[tuple[StoredTask, StoredDocument]]) -> list[dict[str, str]]:
    """One record a task, every field a string, in the order of ``ANNEX_FIELDS``."""
    return [_record(stored, document, number) for number, (stored, document) in enumerate(tasks, 1)]


def _record(stored: StoredTask, document: StoredDocument, number: int) -> dict[str, str]:
    header, task = document.header, stored.task
    code, notation = split_symbol(header.symbol or "")
    due = task.deadline.due.isoformat() if task.deadline and task.deadline.due else ""
    values = (
        header.kind, code, notation, header.date and header.date.isoformat(), header.issuer, header.title,
        "; ".join(header.signers), header.urgency, document.arrived and document.arrived.isoformat(), str(number),
        fold(task.text), "; ".join(task.lead), "; ".join(task.coordinators), due, str(stored.id), str(stored.version),
    )  # fmt: skip
    found = dict(zip(ANNEX_FIELDS, (value or "" for value in values), strict=True))
    return {name: value[: _LONGEST.get(name, len(value))] for name, value in found.items()}


def split_symbol(symbol: str) -> tuple[str, str]:
    """Number and notation: ``88/KH-UBND`` is ``88`` and ``KH-UBND``, ``41-KH/TU`` is ``41`` and ``KH/TU``."""
    match = _SYMBOL.fullmatch(symbol)
    return (match[1], match[3]) if match else ("", symbol)


def to_annex_csv(tasks: Iterable[tuple[StoredTask, StoredDocument]]) -> bytes:
    """CSV with a byte order mark, which Excel needs for Vietnamese."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(ANNEX_FIELDS)
    writer.writerows([harmless(value) for value in record.values()] for record in records(tasks))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def to_annex_json(tasks: Iterable[tuple[StoredTask, StoredDocument]]) -> bytes:
    """A JSON array of records."""
    return (json.dumps(records(tasks), ensure_ascii=False, indent=1) + "\n").encode()


def read_annex(data: bytes) -> list[Row]:
    """Records from CSV or JSON; a ``TaskId`` names a task, a record without one is a new task of its document."""
    if len(data) > MAX_BYTES:
        raise TooLarge(f"Tệp lớn quá {MAX_BYTES // 1_000_000} MB.")
    try:
        text = nfc(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InvalidInput("Tệp không ở mã UTF-8.") from None
    found = _from_json(text) if text.lstrip().startswith(("[", "{")) else _from_csv(text)
    return [_row(number, record) for number, record in found if any(record.values())]


def _from_json(text: str) -> list[tuple[int, dict[str, str]]]:
    try:
        content: Any = json.loads(text)
    except ValueError as error:
        raise InvalidInput(f"Tệp JSON hỏng: {error}.") from None
    if not isinstance(content, list) or not all(isinstance(record, dict) for record in content):
        raise InvalidInput("Tệp JSON phải là một danh sách các bản ghi theo Phụ lục VI.")
    return [(n, {str(k): str(v if v is not None else "") for k, v in one.items()}) for n, one in enumerate(content, 1)]


def _from_csv(text: str) -> list[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(text))
    if "Description" not in (reader.fieldnames or ()):
        raise InvalidInput("Không thấy cột “Description” trong tệp CSV (tên trường theo Phụ lục VI Nghị định 30/2020).")
    return [
        (reader.line_num, {name: (value or "").removeprefix("'") for name, value in record.items() if name})
        for record in reader
    ]


def _row(number: int, record: dict[str, str]) -> Row:
    cells = {ours: record[theirs].strip() for theirs, ours in _NAMES.items() if theirs in record}
    code, notation, day = (record.get(name, "").strip() for name in ("CodeNumber", "CodeNotation", "IssuedDate"))
    if code or notation:
        mark = "-" if "/" in notation and "-" not in notation.partition("/")[0] and not notation[:1].isdigit() else "/"
        symbol = f"{code}{mark}{notation}" if code else notation
        cells[DIRECTIVE] = f"{symbol}@{day}" if day else symbol
    if cells.get(ID) and not cells.get("deadline"):
        cells.pop("deadline", None)  # only days have a place in the annex; a rhythm must not be lost on the way back
    titles = {ours: theirs for theirs, ours in _NAMES.items()} | {DIRECTIVE: "CodeNumber"}
    return Row(number, cells, titles)
