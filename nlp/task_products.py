"""What a task is to bring forth: the paper, team, system or building that it says is to be made, by its whole name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from corpus.text import fold
from nlp.model import Task
from nlp.patterns import compiled, rules, spaced

_LONGEST = 160
_TELLING = 4
"""Fewer words ("các chương trình") name nothing to follow a task by; where it is due by a day one word may do."""
_FIRST_WORDS = 110
_MANY = re.compile(r"(?:các|những)\s+$", re.IGNORECASE)
_OTHERS = re.compile(r"(?:[Cc]hỉ\s+đạo\s|(?:[Cc]ác|[Nn]hững)\s+$)")
"""What others are told to make, and what is made many times over."""


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = rules("tasks")["product"]
    name = rf"(?P<product>(?P<noun>{data['nouns']})(?:[^;.:\n()]|\.(?=\d)){{0,200}})"
    named, short = rf"{data['between']}{name}", r"[^,;.:\n()]{0,80}?"
    return {
        "made": compiled(rf"(?<!\w){data['verbs']}{named}"),
        "due": compiled(rf"(?<!\w)(?:{data['verbs']}|{data['due_verbs']}){named}"),
        "put_to_use": compiled(rf"(?<!\w)đưa (?P<product>(?P<noun>{data['nouns']}){short}) {data['to_use']}"),
        "stop": re.compile(spaced(rf"{data['stop']}|{data['after_comma']}")),
        "field": re.compile(spaced(data["field"])),
        "general": compiled(data["general"]),
        "report": compiled(data["report"]),
    }


def find_outputs(text: str) -> tuple[str, ...]:
    """What is to be made: "xây dựng kế hoạch hành động cụ thể phù hợp …" gives "kế hoạch hành động cụ thể"."""
    ways = ("made", "put_to_use") if "đưa " in text else ("made",)
    made = (_name(match, _TELLING) for way in ways for match in _patterns()[way].finditer(text))
    return tuple(dict.fromkeys(name for name in made if name))


def _name(match: re.Match[str], least: int = 1) -> str | None:
    """The name of a thing, up to what is done with it, what it is for, or its date."""
    printed, head = match["product"], match.end("noun") - match.start("product")
    end = head if printed[head : head + 1] == "," else len(printed)
    field = _patterns()["field"].match(printed, head)
    stop = _patterns()["stop"].search(printed, field.end() if field else 0, end)
    found = fold(printed[: stop.start() if stop else end])[:_LONGEST].strip(" ,")
    return found if len(found.split()) >= least else None


def handed_in(task: Task, outputs: Sequence[str], said: str) -> str | None:
    """The product of a task in prose; ``said`` is what it says without its bodies."""
    if task.in_table:
        return None
    if not task.deadline:
        return None if task.modality == "standing" else _undated(task, outputs)
    if task.deadline.due or task.deadline.anchor:
        named = outputs[0] if outputs else _one(task.text)
        if named:
            return named
    return None if outputs or not _patterns()["report"].match(said) else "báo cáo"


def _undated(task: Task, outputs: Sequence[str]) -> str | None:
    """Without a date: one thing with a name of its own that the first words of a task say is to be made."""
    at = task.text.find(outputs[0], 0, _FIRST_WORDS + len(outputs[0])) if outputs else -1
    if at < 0 or _patterns()["general"].match(outputs[0]) or _OTHERS.search(task.text, 0, at):
        return None
    return outputs[0]


def _one(text: str) -> str | None:
    """The first thing to be made that is one: "kế hoạch", not "các chương trình"."""
    for match in _patterns()["due"].finditer(text):
        if not _MANY.search(text, 0, match.start("product")):
            return _name(match)
    return None
