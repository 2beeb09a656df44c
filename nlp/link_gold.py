"""Gold sets of reports and the tasks that they answer, as tests/gold/links/README.md describes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, get_args

from nlp.model import ClaimedStatus, Precision, Recurrence

SIDES: Final = {"văn bản": "directive", "báo cáo": "report"}
HEAD = re.compile(r"== (?P<side>văn bản|báo cáo) (?P<name>\S+)")
MARK = re.compile(r"\{(?P<what>[^}]*)\} ?")
TASK = re.compile(r"T\d+")
STATUSES: Final = frozenset(get_args(ClaimedStatus))
PARTS: Final = {"chủ trì": "lead", "phối hợp": "coordinators", "hạn": "deadline", "sản phẩm": "product"}
NONE: Final = "-"
_DUE = re.compile(r"(?P<due>\d{4}-\d\d-\d\d|-) (?P<precision>\S+)(?: (?P<recurrence>\S+))?")
Role = Literal["directive", "report"]


class WrongGold(ValueError):
    """A set that does not say what it means; the message names line and reason."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What the gold says of one line of a file; ``line`` is the line as the product reads it."""

    line: str
    tasks: tuple[str, ...] = ()
    statuses: tuple[ClaimedStatus, ...] = ()
    """What a reader says that the unit claims, the better reading first; each is right."""
    late: bool = False
    open: bool = False
    """The right reading is open: the line is not counted."""
    parts: Mapping[str, Any] = field(default_factory=dict)
    """What was read of a task besides its text, with the keys of the JSON contract; absent keys are not checked."""


@dataclass(frozen=True, slots=True)
class GoldFile:
    """A file of a set without its marks, and what they said."""

    name: str
    role: Role
    text: str
    marks: tuple[Mark, ...]


def read_set(source: str) -> list[GoldFile]:
    """The files of a set, directives and reports in the order of writing; raises ``WrongGold``."""
    files = [_file(name, role, lines) for name, role, lines in _parts(source)]
    known = {task for file in files if file.role == "directive" for mark in file.marks for task in mark.tasks}
    for file in files:
        for mark in file.marks:
            if unknown := set(mark.tasks) - known:
                raise WrongGold(f"{file.name}: no task {sorted(unknown)} in this set: {mark.line}")
    return files


def _parts(source: str) -> Iterator[tuple[str, Role, list[str]]]:
    name, role, lines = "", "directive", list[str]()
    for line in source.splitlines():
        if head := HEAD.fullmatch(line):
            if name:
                yield name, role, lines  # type: ignore[misc]  # SIDES holds the two roles
            name, role, lines = head["name"], SIDES[head["side"]], []
        else:
            lines.append(line)
    if name:
        yield name, role, lines  # type: ignore[misc]  # as above


def _file(name: str, role: Role, lines: list[str]) -> GoldFile:
    text, marks = list[str](), list[Mark]()
    for line in lines:
        mark = MARK.match(line)
        text.append(line[mark.end() :] if mark else line)
        if mark:
            marks.append(_task(mark, text[-1]) if role == "directive" else _item(mark, text[-1]))
    return GoldFile(name, role, "\n".join(text).strip() + "\n", tuple(marks))


def _task(mark: re.Match[str], line: str) -> Mark:
    name, *parts = (part.strip() for part in mark["what"].split("|"))
    if name == "?" and not parts:
        return Mark(line, open=True)
    if not TASK.fullmatch(name):
        raise WrongGold(f"not a task mark: {mark[0]}{line}")
    return Mark(line, (name,), parts=dict(_part(part, line) for part in parts))


def _part(part: str, line: str) -> tuple[str, Any]:
    name, colon, value = (piece.strip() for piece in part.partition(":"))
    if name not in PARTS or not colon or not value:
        raise WrongGold(f"not a part of a task: {part} in {line}")
    key = PARTS[name]
    if key in ("lead", "coordinators"):
        return key, [] if value == NONE else [unit.strip() for unit in value.split(";")]
    return key, None if value == NONE else _deadline(value, line) if key == "deadline" else value


def _deadline(value: str, line: str) -> dict[str, Any]:
    read = _DUE.fullmatch(value)
    if not read or read["precision"] not in get_args(Precision):
        raise WrongGold(f"not a deadline: {value} in {line}")
    if read["recurrence"] and read["recurrence"] not in get_args(Recurrence):
        raise WrongGold(f"not a recurrence: {value} in {line}")
    due = None if read["due"] == NONE else read["due"]
    return {"due": due, "precision": read["precision"], "recurrence": read["recurrence"]}


def _item(mark: re.Match[str], line: str) -> Mark:
    if mark["what"] == "?":
        return Mark(line, open=True)
    *tasks, said = mark["what"].split()
    told, plus, late = said.partition("+")
    statuses = tuple(told.split("/"))
    if not STATUSES.issuperset(statuses) or (plus and late != "late") or not tasks:
        raise WrongGold(f"not a report mark: {mark[0]}{line}")
    if tasks != ["-"] and not all(TASK.fullmatch(task) for task in tasks):
        raise WrongGold(f"not tasks: {mark[0]}{line}")
    return Mark(line, () if tasks == ["-"] else tuple(tasks), statuses, late=bool(plus))
