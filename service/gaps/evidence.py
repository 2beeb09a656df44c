"""What a report's statement says of the work: a claim, a promise, evidence, and the days on which things were done."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from corpus.text import fold
from nlp.claims import claimed_for
from nlp.dates import find_date
from nlp.model import ReportItem, Task
from nlp.symbols import symbol_key


@cache
def gap_data() -> dict[str, Any]:
    """The content of ``rules.toml``."""
    return tomllib.loads((files("service.gaps") / "rules.toml").read_text(encoding="utf-8"))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(gap_data()["evidence"][name])


def has_evidence(item: ReportItem, task: Task, directive: str | None) -> bool:
    """Whether the statement names something that can be looked up and that the task did not already say."""
    given = {_key(symbol) for symbol in (*task.citations, *([directive] if directive else []))}
    if any(symbol_key(symbol) not in given for symbol in item.citations) or done_dates(item.text):
        return True
    asked = fold(task.text)
    said = fold(item.text)
    if any(match[0] not in asked and not _names(match[0], given) for match in _pattern("document").finditer(said)):
        return True
    return any(match[1].rstrip(".,") not in asked for match in _pattern("figure").finditer(said))


@lru_cache(maxsize=4096)
def _key(symbol: str) -> str:
    """One directive's symbol is asked for with every statement about it."""
    return symbol_key(symbol)


def _names(found: str, given: set[str]) -> bool:
    """Whether a piece of text is (part of) a symbol already given."""
    number = re.sub(r"\D.*", "", found.removeprefix("số").strip(" :"))
    return bool(number) and any(key.startswith(number) for key in given)


def claim(item: ReportItem, task: Task) -> str:
    """The unit's claim for this task; done is a promise where the text only says what will come and names no document.

    Real reports say "Hoàn thành" beside "sẽ xem xét, ban hành trước ngày 28/5".
    """
    claimed = claimed_for(item, task)
    if claimed != "done" or item.citations or not _pattern("promise").search(item.text):
        return claimed
    return "done" if done_dates(item.text) else "promise"


@lru_cache(maxsize=4096)
def done_dates(text: str) -> tuple[dt.date, ...]:
    """Days on which something was done, those beside a numbered document alone where there are any; no terms."""
    numbered: list[dt.date] = []
    others: list[dt.date] = []
    pos = 0
    while (found := find_date(text, pos)) is not None:
        before = text[max(0, found.start - 80) : found.start]
        if found.value and not _pattern("term").search(before):
            (numbered if _pattern("numbered").search(before) else others).append(found.value)
        pos = found.end
    return tuple(numbered or others)
