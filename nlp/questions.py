"""Everyday questions about tasks and reports as filters, by grammar: understood whole, or not at all.

Every word of a question must belong to a known phrase, a name, a period, a day or a symbol; one that does not may turn
the meaning round ("trừ Sở Y tế", "trên 30 ngày"), so the question is then not understood, and what could be meant is
proposed instead. Words are met with or without marks. Phrases are data: ``data/questions.toml``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from corpus.text import no_marks
from nlp.question_times import LONGEST, Time, read_time
from nlp.question_words import Lexicon, Phrase, Word, phrase, words_of
from nlp.symbols import find_symbols
from nlp.vocabulary import load

Filter = dict[str, Any]
AS_RULE: Final = {"open_overdue": "overdue", "missing": "no_report", "reported_late": "late_report"}
"""Statuses that a rule says too: joined by "và" to another rule they are one of several wishes."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the office knows by name."""

    units: Sequence[str] = ()
    leaders: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the question and what it was taken for."""

    start: int
    end: int
    kind: str
    value: Any


@dataclass(frozen=True, slots=True)
class Understood:
    """What a question asks: ``filter`` is None where it is not understood, with the words that stood in the way."""

    filter: Filter | None
    parts: tuple[Part, ...] = ()
    unknown: tuple[str, ...] = ()
    nearest: Filter | None = None
    """What the question would ask without the unknown words."""


def understand(text: str, names: Names, today: dt.date) -> Understood:
    """The filter that the question asks for. Keys as in ``service.gaps.GapQuery``, and ``show``, ``compare_to``."""
    reading = _Reading(text, _lexicon(names), today)
    parts, unknown = reading.run()
    filter_, clash = _combine(parts, today)
    if unknown or clash or not set(filter_) - {"show"}:
        return Understood(None, parts, unknown, filter_ if set(filter_) - {"show"} and not clash else None)
    return Understood(filter_, parts)


_KINDS: Final = ("filler", "with_directive", "at_end", "until", "against", "negation")


@cache
def question_data() -> dict[str, Any]:
    """The content of ``questions.toml``."""
    return load("questions.toml")


@cache
def _known() -> tuple[Phrase, ...]:
    data = question_data()
    found = [phrase(text, kind, text) for kind in _KINDS for text in data[kind]]
    found += [phrase(text, "show", row["show"]) for row in data["show"] for text in row["words"]]
    weak = {text for row in data["show"] for text in row.get("weak", ())}
    found = [one for one in found if not (one.kind == "show" and one.words in {phrase(w, "", "").words for w in weak})]
    for row in data["say"]:
        found += [phrase(text, "window" if row.get("window") else "say", row["set"]) for text in row["words"]]
    return (*found, *(phrase(name, "matter", name) for name in data["matters"]))


def _lexicon(names: Names) -> Lexicon:
    units = [phrase(name, "unit", name) for name in names.units]
    return Lexicon([*_known(), *units, *_leaders(names.leaders)])


def _leaders(names: Iterable[str]) -> list[Phrase]:
    """By full name, or by title and given name where only one has it."""
    everyone = list(names)
    given = [no_marks(name.split()[-1].casefold()) for name in everyone]
    found = [phrase(name, "leader", name) for name in everyone]
    for name, own in zip(everyone, given, strict=True):
        for title in question_data()["titles"]["words"]:
            found.append(phrase(f"{title} {name}", "leader", name))
            if given.count(own) == 1:
                found.append(phrase(f"{title} {name.split()[-1]}", "leader", name))
    return found


@dataclass
class _Reading:
    """One question, word by word; the longest reading at each place wins."""

    text: str
    lexicon: Lexicon
    today: dt.date
    parts: list[Part] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def run(self) -> tuple[tuple[Part, ...], tuple[str, ...]]:
        words = self._without_symbols()
        place = 0
        while place < len(words):
            length = self._symbol(words, place) or self._time(words, place)
            found = next(iter(self.lexicon.at(words, place)), None)
            if found is not None and len(found.words) > length and self._allowed(found, words, place):
                length = len(found.words)
                self._keep(words, place, length, found.kind, found.value)
            elif length:
                self._keep_timed(words, place, length)
            else:
                self.unknown.append(words[place].text)
            place += max(length, 1)
        return tuple(self.parts), tuple(self.unknown)

    def _without_symbols(self) -> list[Word]:
        """The words, each symbol being one."""
        self._symbols = {hit.start: (hit.end, hit.symbol) for hit in find_symbols(self.text)}
        spans = [(start, end) for start, (end, _) in self._symbols.items()]
        return [w for w in words_of(self.text) if not any(start < w.start < end for start, end in spans)]

    def _symbol(self, words: list[Word], place: int) -> int:
        return int(words[place].start in self._symbols)

    def _time(self, words: list[Word], place: int) -> int:
        """How many words from here on are a time."""
        for length in range(min(LONGEST, len(words) - place), 0, -1):
            if read_time(_bare(words[place : place + length]), self.today):
                return length
        return 0

    def _allowed(self, found: Phrase, words: list[Word], place: int) -> bool:
        if found.kind == "at_end":
            return place + len(found.words) == len(words)
        return True

    def _keep(self, words: list[Word], place: int, length: int, kind: str, value: object) -> None:
        self.parts.append(Part(words[place].start, words[place + length - 1].end, kind, value))
        if kind == "negation":
            self.unknown.append(str(value))
        if kind == "with_directive" and not self._symbols:
            self.unknown.append(str(value))

    def _keep_timed(self, words: list[Word], place: int, length: int) -> None:
        start = words[place].start
        if start in self._symbols:
            end, symbol = self._symbols[start]
            self.parts.append(Part(start, end, "directive", symbol.canonical))
            return
        time = read_time(_bare(words[place : place + length]), self.today)
        self._keep(words, place, length, "time", time)


def _bare(words: Iterable[Word]) -> str:
    return " ".join(word.bare for word in words)


def _combine(parts: Sequence[Part], today: dt.date) -> tuple[Filter, bool]:
    """The parts as one filter; True beside it where they contradict each other."""
    found: Filter = {}
    clash = False
    for place, part in enumerate(parts):
        match part.kind:
            case "say" | "window":
                clash |= _say(found, part.value, joined=_joined(parts, place))
            case "unit" | "leader" | "matter" | "directive":
                clash |= found.get(part.kind, part.value) != part.value
                found[part.kind] = part.value
            case "show":
                _show(found, part.value)
            case "time":
                clash |= _timed(found, parts, place, today)
    if found.get("show") == "most":
        clash = True
    return found, clash


def _joined(parts: Sequence[Part], place: int) -> bool:
    return place > 0 and parts[place - 1].kind == "filler" and parts[place - 1].value in ("và", "hoặc", "hay")


def _say(found: Filter, said: Filter, *, joined: bool) -> bool:
    """Add a status or a rule; a second one on the same axis must be joined to the first."""
    [(name, value)] = said.items()
    if not isinstance(value, list):
        found[name] = value
        return False
    if joined and name == "rules" and (status := [s for s in found.get("task_status", ()) if s in AS_RULE]):
        found["rules"] = [AS_RULE[one] for one in status] + [*found.get("rules", ()), *value]
        del found["task_status"]
        return False
    if joined and name != "rules" and found.get("rules") and all(one in AS_RULE for one in value):
        found["rules"] = [*found["rules"], *(AS_RULE[one] for one in value)]
        return False
    clash = name in found and found[name] != value and not joined
    found[name] = list(dict.fromkeys([*found.get(name, ()), *value]))
    return clash


def _show(found: Filter, value: str) -> None:
    """Units before documents before numbers; "nhiều nhất" only says how they are sorted."""
    rank = ("most", "count", "directives", "units")
    if "show" not in found or rank.index(value) > rank.index(found["show"]):
        found["show"] = value


_WINDOWED: Final = ("tuần", "tháng")


def _timed(found: Filter, parts: Sequence[Part], place: int, today: dt.date) -> bool:
    """A time is a period, an as-of date ("tính đến"), a date to compare with ("so với"), or how soon things are due."""
    time: Time = parts[place].value
    before = parts[place - 1] if place else None
    window = any(part.kind == "window" for part in parts)
    name: str
    value: object
    if before is not None and before.kind == "until":
        name, value = "as_of", time.last.isoformat()
    elif before is not None and before.kind == "against":
        if time.relative is None:
            return True
        name, value = "compare_to", time.relative.isoformat()
    elif before is not None and before.kind == "directive" and time.label is None:
        name, value = "directive", f"{before.value}@{time.last.isoformat()}"
        found.pop("directive", None)
    elif time.ahead:
        if "due_soon" not in found.get("rules", ()) and not window:
            return True
        name, value = "due_soon_days", (time.last - today).days
    elif window and time.last >= today and (time.label is None or time.label.startswith(_WINDOWED)):
        name, value = "due_soon_days", (time.last - today).days
    elif time.label is None:
        return time.last != today
    else:
        name, value = "period", time.label
    clash = name in found and found[name] != value
    found[name] = value
    return clash
