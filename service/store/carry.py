"""Which fact of a new reading is which fact of the old one, so that ids, confirmations and decisions carry over.

The file is the same, only the rules are others: so equal wording in an equal place comes first, then equal wording
elsewhere (ordinals shifted), then an equal place with similar wording (a cell read longer or shorter), then similar
wording elsewhere; last, an equal printed number, whatever its wording (another column was taken for the task).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from corpus.text import canonical_tones
from nlp.model import Deadline, ReportItem, Task

IN_PLACE: Final = 0.5
"""How much of their words two facts in one place must share to be the same one."""
ELSEWHERE: Final = 0.6
"""The same for facts in different places."""
_RARE: Final = 5
"""Words of a fact by which similar ones are looked up, the rarest first."""
_HOLDERS: Final = 200
_COMPARED: Final = 10
"""How many facts a word leads to, and how many of those that share most rare words are compared."""
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True)
class Fact:
    """A task or a report item by its place in the document and its wording."""

    place: str
    text: str
    numbered: bool = False
    """Whether the place is a printed number (a table row), which is worth more than an ordinal."""
    exact: bool = False
    """Only equal wording counts: a person wrote it, or it was dropped before."""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The wording without marks of punctuation, letter case and places of tone marks."""
        return tuple(_WORD.findall(canonical_tones(self.text).lower()))

    @cached_property
    def bag(self) -> frozenset[str]:
        """The words, each once."""
        return frozenset(self.words)


def fact_of(found: Task | ReportItem) -> Fact:
    """A fact's place is its contract id without the document: table row or tree path, and ordinal."""
    return Fact(found.id.partition("/")[2] or found.id, found.text, bool(found.row))


def same_wording(old: Task | ReportItem, new: Task | ReportItem) -> bool:
    """Whether two readings agree on the words; punctuation and letter case may differ."""
    return fact_of(old).words == fact_of(new).words


def moves_links(old: Task, new: Task) -> bool:
    """Whether what was linked to a task must be looked at again: other words, or another day or rhythm."""
    return fact_of(old).words != fact_of(new).words or _when(old.deadline) != _when(new.deadline)


def _when(deadline: Deadline | None) -> tuple[object, object] | None:
    return (deadline.due, deadline.recurrence) if deadline else None


def match(old: Sequence[Fact], new: Sequence[Fact]) -> list[int | None]:
    """For each new fact the place in ``old`` of the same fact; every old fact is taken once at most."""
    pairing = _Pairing(old, new)
    pairing.by_key(lambda fact: (fact.place, fact.words))
    pairing.by_key(lambda fact: fact.words)
    pairing.by_key(
        lambda fact: None if fact.exact else fact.place, lambda one, other: similarity(one, other) >= IN_PLACE
    )
    pairing.by_similarity()
    pairing.by_key(lambda fact: fact.place if fact.numbered and not fact.exact else None)
    return pairing.found


def similarity(one: Fact, other: Fact) -> float:
    """Share of the words that two facts have in common (Dice), from 0 to 1."""
    total = len(one.bag) + len(other.bag)
    return 2 * len(one.bag & other.bag) / total if total else 0.0


class _Pairing:
    """Pairs made so far; each step looks only at what is left."""

    def __init__(self, old: Sequence[Fact], new: Sequence[Fact]) -> None:
        self._old, self._new = old, new
        self.found: list[int | None] = [None] * len(new)
        self._left = dict.fromkeys(range(len(old)))

    def by_key(
        self, key: Callable[[Fact], Hashable | None], agree: Callable[[Fact, Fact], bool] = lambda _one, _other: True
    ) -> None:
        """Facts of equal key, in the order of the text."""
        waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
        for place in reversed(self._left):
            waiting[key(self._old[place])].append(place)
        for number in self._open():
            wanted = key(self._new[number])
            places = waiting.get(wanted) if wanted is not None else None
            if places and agree(self._old[places[-1]], self._new[number]):
                self._pair(number, places.pop())

    def by_similarity(self) -> None:
        """The most similar first; among equals those that keep the order of the text."""
        holders: defaultdict[str, list[int]] = defaultdict(list)
        for place in self._left:
            for word in () if self._old[place].exact else self._old[place].bag:
                holders[word].append(place)
        scored = [
            (-score, abs(number - place), number, place)
            for number in self._open()
            for place in _near(self._new[number], holders)
            if (score := similarity(self._old[place], self._new[number])) >= ELSEWHERE
        ]
        for _, _, number, place in sorted(scored):
            if self.found[number] is None and place in self._left:
                self._pair(number, place)

    def _open(self) -> Iterable[int]:
        return [number for number, place in enumerate(self.found) if place is None]

    def _pair(self, number: int, place: int) -> None:
        self.found[number] = place
        del self._left[place]


def _near(fact: Fact, holders: dict[str, list[int]]) -> list[int]:
    """Old facts that share one of its rarest words; few, so that a long table costs no square of its rows."""
    known = sorted((len(holders[word]), word) for word in fact.bag if word in holders)[:_RARE]
    shared = Counter(place for _, word in known for place in holders[word][:_HOLDERS])
    return [place for place, _ in shared.most_common(_COMPARED)]
