"""Templates of phrases: words, classes of phrases in braces, and ``~`` where light words or names may stand between.

``{chưa} ~ {gửi} ~ {báo cáo}`` stands for "chưa gửi báo cáo", "vẫn chưa thấy Sở Y tế nộp báo cáo"; ``?`` after a word or
a class makes it optional. At ``~~`` joining words may stand too ("hoàn thành nhưng bị trễ"). Classes hold templates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from nlp.question_words import Word, spelling, words_of

GAPS: Final = ("~", "~~")
_LIGHT: Final = 3
"""Words and names that ``~`` passes over at most."""


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of a template."""

    kind: str
    """``word``, ``class`` or ``gap``."""
    value: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """A template that means something, and what."""

    items: tuple[Item, ...]
    kind: str
    value: Any
    where: str = ""
    """``inside``: it means that only where something stands before it; ``end``: only at the end of the question."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A name, a time or a symbol of the question, by its words."""

    start: int
    end: int
    kind: str
    value: Any


@dataclass(frozen=True, slots=True)
class Met:
    """Where a phrase ends, the slots it passed over, and how many light words."""

    end: int
    slots: tuple[Slot, ...] = ()
    light: int = 0


@dataclass(frozen=True, slots=True)
class Passed:
    """What a gap has passed over so far."""

    slots: tuple[Slot, ...] = ()
    light: int = 0

    @property
    def count(self) -> int:
        """Words and names."""
        return len(self.slots) + self.light


@lru_cache(maxsize=16_384)
def items_of(template: str) -> tuple[Item, ...]:
    """The pieces of a template."""
    found: list[Item] = []
    for piece in _pieces(template):
        if piece in GAPS:
            found.append(Item("gap", piece))
            continue
        optional = piece.endswith("?")
        bare = piece.removesuffix("?")
        if bare.startswith("{"):
            found.append(Item("class", bare[1:-1].removesuffix("?"), optional or bare.endswith("?}")))
        else:
            found += [Item("word", word.low, optional) for word in words_of(bare)]
    return tuple(found)


def _pieces(template: str) -> Iterator[str]:
    rest = template.strip()
    while rest:
        end = rest.index("}") + 1 if rest.startswith("{") else rest.find(" ")
        if rest.startswith("{") and rest[end : end + 1] == "?":
            end += 1
        if end == -1:
            end = len(rest)
        yield rest[:end]
        rest = rest[end:].strip()


@dataclass(frozen=True)
class Grammar:
    """The classes and light words that templates speak of."""

    classes: Mapping[str, Sequence[str]]
    light: Mapping[str, Sequence[str]]
    """By gap."""

    def firsts(self, items: Sequence[Item]) -> set[str]:
        """The keys of the words with which a template may begin."""
        found: set[str] = set()
        for item in items:
            if item.kind == "word":
                found.add(spelling(item.value).key)
            elif item.kind == "class":
                for template in self.classes[item.value]:
                    found |= self.firsts(items_of(template))
            if item.kind != "gap" and not item.optional:
                break
        return found

    def keys(self, items: Sequence[Item]) -> set[str]:
        """The keys of all words of a template."""
        found: set[str] = set()
        for item in items:
            if item.kind == "word":
                found.add(spelling(item.value).key)
            elif item.kind == "class":
                found = found.union(*(self.keys(items_of(template)) for template in self.classes[item.value]))
        return found

    def meet(self, items: Sequence[Item], at: Place) -> Iterator[Met]:
        """Every way in which the pieces stand at a place."""
        if not items:
            yield Met(at.index)
            return
        first, rest = items[0], items[1:]
        if first.optional:
            yield from self.meet(rest, at)
        if first.kind == "gap":
            yield from self._passing(self.light[first.value], rest, at, Passed())
            return
        for met in self._one(first, at):
            for more in self.meet(rest, at.to(met.end)):
                yield Met(more.end, (*met.slots, *more.slots), met.light + more.light)

    def _one(self, item: Item, at: Place) -> Iterator[Met]:
        if item.kind == "word":
            if at.index < len(at.words) and at.words[at.index].says(item.value):
                yield Met(at.index + 1)
            return
        for template in self.classes[item.value]:
            yield from self.meet(items_of(template), at)

    def _passing(self, light: Sequence[str], rest: Sequence[Item], at: Place, passed: Passed) -> Iterator[Met]:
        """The rest of a template behind no, one or some light words and names."""
        for met in self.meet(rest, at):
            yield Met(met.end, (*passed.slots, *met.slots), passed.light + met.light)
        if passed.count == _LIGHT or at.index >= len(at.words):
            return
        for slot in at.slots.get(at.index, ()):
            one = Passed((*passed.slots, slot), passed.light)
            yield from self._passing(light, rest, at.to(slot.end), one)
        for words in light:
            if end := at.says(words):
                yield from self._passing(light, rest, at.to(end), Passed(passed.slots, passed.light + 1))


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a question, with the slots that begin at each place."""

    words: Sequence[Word]
    slots: Mapping[int, Sequence[Slot]]
    index: int = 0

    def says(self, text: str) -> int:
        """Where some plain words that stand here end; 0 where they do not."""
        known = text.split(" ")
        here = self.words[self.index : self.index + len(known)]
        fits = len(here) == len(known) and all(word.says(one) for word, one in zip(here, known, strict=True))
        return self.index + len(known) if fits else 0

    def to(self, index: int) -> Place:
        """Another place of the same question."""
        return Place(self.words, self.slots, index)


class Lexicon:
    """Phrases by the words they may begin with."""

    def __init__(self, grammar: Grammar, phrases: Iterable[Phrase]) -> None:
        self.grammar = grammar
        self._by_first: dict[str, list[Phrase]] = {}
        for one in phrases:
            for first in grammar.firsts(one.items):
                self._by_first.setdefault(first, []).append(one)

    def at(self, place: Place) -> Iterator[tuple[Phrase, Met]]:
        """Every phrase that stands at this place, in each way."""
        for one in self._by_first.get(place.words[place.index].key, ()):
            for met in self.grammar.meet(one.items, place):
                yield one, met

    def keys(self) -> set[str]:
        """The keys of every word in the phrases."""
        found: set[str] = set()
        for group in self._by_first.values():
            for one in group:
                found |= self.grammar.keys(one.items)
        return found
