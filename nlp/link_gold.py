"""Gold sets of reports and the tasks that they answer, as tests/gold/links/README.md describes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, get_args

from nlp.model import ClaimedStatus

SIDES: Final = {"văn bản": "directive", "báo cáo": "report"}
HEAD = re.compile(r"== (?P<side>văn bản|báo cáo) (?P<name>\S+)")
MARK = re.compile(r"\{(?P<what>[^}]*)\} ?")
TASK = re.compile(r"T\d+")
STATUSES: Final = frozenset(get_args(ClaimedStatus))
Role = Literal["directive", "report"]


class WrongGold(ValueError):
    """A set that does not say what it means; the message names line and reason."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What the gold says of one line of a file; ``line`` is the line as the product reads it."""

    line: str
    tasks: tuple[str, ...] = ()
    status: ClaimedStatus | None = None
    late: bool = False
    open: bool = False
    """The right reading is open: the line is not counted."""


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
    if not TASK.fullmatch(mark["what"]):
        raise WrongGold(f"not a task mark: {mark[0]}{line}")
    return Mark(line, (mark["what"],))


def _item(mark: re.Match[str], line: str) -> Mark:
    if mark["what"] == "?":
        return Mark(line, open=True)
    *tasks, said = mark["what"].split()
    status, plus, late = said.partition("+")
    if status not in STATUSES or (plus and late != "late") or not tasks:
        raise WrongGold(f"not a report mark: {mark[0]}{line}")
    if tasks != ["-"] and not all(TASK.fullmatch(task) for task in tasks):
        raise WrongGold(f"not tasks: {mark[0]}{line}")
    return Mark(line, () if tasks == ["-"] else tuple(tasks), status, late=bool(plus))  # type: ignore[arg-type]  # checked above
