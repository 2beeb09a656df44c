"""What people decided about earlier statements, as evidence for the next ones.

A unit tells of a task in the same words from period to period, and keeps telling of its own work that answers nothing.
So a statement is compared with those that were confirmed for a task, or for none, in earlier reports (a nearest
neighbour by its words; figures and days change, so numbers do not count).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from nlp.encode import Floats
from nlp.wording import Vocabulary, Wording, words

_ALIKE: Final = 0.25
"""Likeness from which a confirmed statement brings its task into question."""
_REMINDED: Final = 5


@dataclass(frozen=True, slots=True)
class Remembered:
    """A decided statement: the tasks (numbers in the store) that it was found to answer, and those that it does not."""

    text: str
    answered: frozenset[int] = frozenset()
    rejected: frozenset[int] = frozenset()
    settled: bool = True
    """Whether all is said of it: what it was not found to answer, it does not answer."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Decided statements ready to be compared with new ones; tasks are places in the pool."""

    texts: tuple[str, ...]
    vocabulary: Vocabulary
    wordings: tuple[Wording, ...]
    told: Mapping[int, tuple[int, ...]]
    """Task → the statements that answer it."""
    denied: Mapping[int, tuple[int, ...]]
    """Task → the statements that were found not to answer it by name."""
    settled: tuple[bool, ...]

    @classmethod
    def of(cls, remembered: Sequence[Remembered], places: Mapping[int, int], tasks: Iterable[str]) -> Memory | None:
        """The memory of a pool whose tasks' numbers are at ``places``; None where there is nothing to remember.

        The tasks' texts tell, beside the statements, which words are common.
        """
        if not remembered:
            return None
        texts = tuple(" ".join(_worded(one.text)) for one in remembered)
        vocabulary = Vocabulary.of((*texts, *tasks))
        return cls(
            texts=tuple(one.text for one in remembered),
            vocabulary=vocabulary,
            wordings=tuple(map(vocabulary.weigh, texts)),
            told=_by_place(((one.answered, number) for number, one in enumerate(remembered)), places),
            denied=_by_place(((one.rejected, number) for number, one in enumerate(remembered)), places),
            settled=tuple(one.settled for one in remembered),
        )

    def likeness(self, text: str) -> Floats:
        """How much of its words a statement shares with each remembered one: shared weight over the greater weight."""
        said = self.vocabulary.weigh(" ".join(_worded(text)))
        return np.array([_shared(said, other) for other in self.wordings], dtype=np.float32)

    def reminds(self, text: str) -> tuple[int, ...]:
        """Tasks (places) of which a confirmed statement is like this one, the likest first: they may share no word."""
        likeness = self.likeness(text)
        best = {place: max(float(likeness[number]) for number in told) for place, told in self.told.items()}
        near = sorted(
            (place for place, value in best.items() if value >= _ALIKE), key=lambda place: (-best[place], place)
        )
        return tuple(near[:_REMINDED])

    def speaks(self, likeness: Floats, order: Sequence[int], place: int) -> tuple[float, float, str]:
        """For a task: the likest statement that answers it, how much liker one is that does not, the first's text.

        ``order`` has the remembered statements by likeness, the likest first.
        """
        mine = self.told.get(place, ())
        best = max(mine, key=lambda number: float(likeness[number]), default=None)
        told = float(likeness[best]) if best is not None else 0.0
        denied = self.denied.get(place, ())
        other = next((n for n in order if n not in mine and (self.settled[n] or n in denied)), None)
        otherwise = float(likeness[other]) if other is not None else 0.0
        return told, max(0.0, otherwise - told), self.texts[best] if best is not None else ""


def _worded(text: str) -> Iterator[str]:
    return (word for word in words(text) if not word[0].isdigit())


def _shared(one: Wording, other: Wording) -> float:
    shared = sum(weight for term, weight in one.terms.items() if term in other.terms)
    return min(1.0, shared / max(one.mass, other.mass, 1e-9))


def _by_place(numbered: Iterable[tuple[frozenset[int], int]], places: Mapping[int, int]) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    for tasks, number in numbered:
        for task in tasks & places.keys():
            found[places[task]] = (*found.get(places[task], ()), number)
    return found
