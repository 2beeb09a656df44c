"""A question word by word: the cover of phrases, names, times and symbols that leaves the fewest words unknown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from corpus.text import no_marks
from nlp.question_names import Names, leader_phrases, unit_phrases
from nlp.question_spelling import mended
from nlp.question_templates import Grammar, Lexicon, Phrase, Place, Slot, items_of
from nlp.question_times import LONGEST, TIME_WORDS, read_time
from nlp.question_words import Word, question_data, words_of
from nlp.symbols import find_symbols

_COST: Final = {
    "unknown": 1000,
    "with_directive": 11,
    "about": 11,
    "tasks": 10,
    "gives": 10,
    "filler": 10,
    "remaining": 10,
    "side": 10,
}
_OTHER: Final = 9
_NAME: Final = 5
_UNCLEAR: Final = 12
_LIGHT: Final = 1
_KINDS: Final = (
    "filler",
    "with_directive",
    "at_end",
    "negation",
    "must",
    "due",
    "gives",
    "twice",
    "tasks",
    "remaining",
    "side",
)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the question and what it was taken for."""

    start: int
    end: int
    kind: str
    value: Any


@cache
def _grammar() -> Grammar:
    data = question_data()
    light = tuple(data["words"]["light"])
    return Grammar(data["classes"], {"~": light, "~~": (*light, *data["words"]["joining"])})


@cache
def _phrases() -> Lexicon:
    data = question_data()
    found = [(text, kind, text, "end" if kind == "at_end" else "") for kind in _KINDS for text in data[kind]]
    found += [(text, kind, text, "") for kind, texts in data["before"].items() for text in texts]
    found += [(text, "about", row, "") for row in data["about"] for text in row["words"]]
    for kind, name in (("show", "show"), ("noun", "show"), ("say", "set")):
        for row in data[kind]:
            said = "window" if row.get("window") else kind
            found += [(text, said, row[name], row.get("where", "")) for text in row["words"]]
    return Lexicon(_grammar(), [Phrase(items_of(text), kind, value, where) for text, kind, value, where in found])


@lru_cache(maxsize=8)
def _names(units: tuple[str, ...], leaders: tuple[str, ...]) -> Lexicon:
    data = question_data()
    called = [(name, [name, *data["matter_names"].get(name, ())]) for name in data["matters"]]
    matters = [Phrase(items_of(text), "matter", name) for name, texts in called for text in texts]
    return Lexicon(_grammar(), [*unit_phrases(units), *leader_phrases(leaders), *matters])


@lru_cache(maxsize=8)
def _known(units: tuple[str, ...], leaders: tuple[str, ...]) -> frozenset[str]:
    """The bare letters of every word that a question may have."""
    return frozenset(_phrases().keys() | _names(units, leaders).keys() | set(_short()) | TIME_WORDS)


class _Step(NamedTuple):
    """The cheapest reading from a place on: its cost, what is met here, where it goes on."""

    cost: int
    here: tuple[tuple[int, int, str, Any], ...]
    end: int


@dataclass
class Reading:
    """One question being read."""

    text: str
    names: Names
    today: dt.date
    words: list[Word]
    symbols: dict[int, tuple[int, str]]
    slots: dict[int, list[Slot]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        found = list(self._find_slots())
        self.words, moved = _opened(self.words, found)
        for slot in found:
            here = Slot(moved[slot.start], moved[slot.end], slot.kind, slot.value)
            self.slots.setdefault(here.start, []).append(here)
        for index in range(len(self.words)):
            self.slots.setdefault(index, []).extend(self._times(index))

    def parts(self) -> tuple[Part, ...]:
        """What each stretch of the question was taken for; ``unknown`` where for nothing."""
        steps: list[_Step] = [_Step(0, (), len(self.words))]
        for index in range(len(self.words) - 1, -1, -1):
            steps.append(min(self._steps(index, steps), key=lambda step: step.cost))
        steps.reverse()
        found, index = [], 0
        while index < len(self.words):
            found += [self._part(*one) for one in steps[index].here]
            index = steps[index].end
        return tuple(sorted(found, key=lambda part: part.start))

    def _part(self, start: int, end: int, kind: str, value: object) -> Part:
        return Part(self.words[start].start, self.words[end - 1].end, kind, value)

    def _steps(self, index: int, later: list[_Step]) -> Iterator[_Step]:
        """Every way to read on from a word; ``later`` holds the steps behind it, last word first."""

        def cost(end: int) -> int:
            return later[len(self.words) - end].cost

        here = (index, index + 1, "unknown", self.words[index].text)
        yield _Step(_COST["unknown"] + cost(index + 1), (here,), index + 1)
        for slot in self.slots.get(index, ()):
            price = {"unit": _NAME, "unclear": _UNCLEAR}.get(slot.kind, _OTHER)
            yield _Step(price + cost(slot.end), ((index, slot.end, slot.kind, slot.value),), slot.end)
        for one, met in _phrases().at(Place(self.words, self.slots, index)):
            if not self._fits(one, index, met.end):
                continue
            price = _COST.get(one.kind, _OTHER) + met.light * _LIGHT + len(met.slots) * _OTHER
            inner = tuple((slot.start, slot.end, slot.kind, slot.value) for slot in met.slots)
            yield _Step(price + cost(met.end), ((index, met.end, one.kind, one.value), *inner), met.end)

    def _fits(self, one: Phrase, start: int, end: int) -> bool:
        """Whether a phrase says what it says at this place of the question."""
        if one.where == "end":
            return end == len(self.words)
        if one.kind in ("until", "against"):
            return any(slot.kind == "time" for slot in self.slots.get(end, ()))
        return not (one.where == "inside" and start == 0)

    def _find_slots(self) -> Iterator[Slot]:
        names = _names(tuple(self.names.units), tuple(self.names.leaders))
        for index, word in enumerate(self.words):
            if word.start in self.symbols:
                yield from self._symbol(index, self.symbols[word.start][1])
                continue
            for phrase, met in names.at(Place(self.words, {}, index)):
                if phrase.kind != "unit" or not self._is_place(index, met.end):
                    kind = "unclear" if self._is_number(index, met.end) else phrase.kind
                    yield Slot(index, met.end, kind, phrase.value)

    def _is_number(self, start: int, end: int) -> bool:
        """Whether a department's short name may be a number of things: "so nv" is Sở Nội vụ or số nhiệm vụ."""
        return end - start == 2 and self.words[start].low == "so" and self.words[end - 1].low in _short()

    def _is_place(self, start: int, end: int) -> bool:
        """Whether a short name typed in small letters without marks is rather one of these words: "ca tinh"."""
        said = " ".join(word.text for word in self.words[start:end])
        return said.isascii() and said in {no_marks(words) for words in question_data()["whole_place"]}

    def _symbol(self, index: int, symbol: str) -> Iterator[Slot]:
        yield Slot(index, index + 1, "directive", symbol)
        if index and self.words[index - 1].says("số"):
            yield Slot(index - 1, index + 1, "directive", symbol)

    def _times(self, index: int) -> Iterator[Slot]:
        for length in range(min(LONGEST, len(self.words) - index), 0, -1):
            said = " ".join("6" if word.low == "sáu" else word.bare for word in self.words[index : index + length])
            if time := read_time(said, self.today):
                yield Slot(index, index + length, "time", time)
                return


def readings(text: str, names: Names, today: dt.date) -> list[Reading]:
    """The question as typed; in several ways where a slip of the fingers may stand for several words."""
    symbols = _symbols(text)
    typed = [w for w in words_of(text) if not any(at < w.start < end for at, (end, _) in symbols.items())]
    known = _known(tuple(names.units), tuple(names.leaders))
    return [Reading(text, names, today, words, symbols) for words in mended(typed, known)]


def _symbols(text: str) -> dict[int, tuple[int, str]]:
    """Symbols by where they start, those typed in small letters too."""
    upper = text.upper() if len(text.upper()) == len(text) else text
    hits = find_symbols(text) or find_symbols(upper)
    return {hit.start: (hit.end, hit.symbol.canonical) for hit in hits}


def _opened(words: list[Word], slots: Iterable[Slot]) -> tuple[list[Word], dict[int, int]]:
    """The words with everyday abbreviations opened outside names, and where each word has moved to."""
    inside = {index for slot in slots for index in range(slot.start, slot.end)}
    found: list[Word] = []
    moved: dict[int, int] = {}
    for index, word in enumerate(words):
        moved[index] = len(found)
        full = None if index in inside else _short().get(word.low)
        if full is None:
            found.append(word)
        else:
            found += [Word(word.text, word.start, word.end, part.low, part.bare) for part in words_of(full)]
    moved[len(words)] = len(found)
    return found, moved


def _short() -> dict[str, str]:
    return dict(question_data()["short"])
