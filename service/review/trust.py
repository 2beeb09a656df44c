"""How far each field that the machine read may be trusted: measured shares by where a field was read (trust.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from nlp.model import Task

Level = Literal["high", "middle", "low"]
LEVELS: Final[dict[Level, str]] = {"high": "Cao", "middle": "Trung bình", "low": "Thấp"}
JUDGED: Final = ("text", "lead", "coordinators", "deadline", "product", "class_")


@dataclass(frozen=True, slots=True)
class Trust:
    """A share of right ones, and the word for it."""

    value: float
    level: Level

    @property
    def words(self) -> str:
        """Cao · Trung bình · Thấp."""
        return LEVELS[self.level]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("trust.toml").read_text(encoding="utf-8"))


def source(task: Task, name: str) -> str:
    """Where a field was read: the row of the table that judges it."""
    if name == "class_":
        return task.class_
    if not getattr(task, name):
        return "none"
    if name == "lead":
        return task.lead_source or "explicit"
    return "table" if task.in_table else "prose"


def trust(task: Task) -> dict[str, Trust]:
    """The judged fields of a task as the machine read it."""
    return {name: _trust(task.confidence if name == "text" else _share(task, name)) for name in JUDGED}


def weakest(task: Task) -> Trust:
    """The least trusted field: what a person should look at first."""
    return min(trust(task).values(), key=lambda one: one.value)


def _share(task: Task, name: str) -> float:
    return float(_table()[name][source(task, name)])


def _trust(value: float) -> Trust:
    table = _table()
    level: Level = "high" if value >= table["high"] else "middle" if value >= table["middle"] else "low"
    return Trust(value, level)
