"""What the rest of a report says about one statement and one task: rivals, order, the directive that the others answer.

Reports follow their directive: in its order, section by section, one statement a task. So a second look at every pair
uses what the first look said of all of them; no pair is excluded, since a statement may answer several tasks and a task
may be reported in text and annex.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest

import numpy as np

from nlp.match_pool import Beside, Pool, Said, own
from nlp.scorer import sigmoid, sigmoids
from nlp.signals import Column, Values, column, percent

_FIRM = 0.5
"""First-look probability from which a pair counts as an answer when others are judged by it."""


@dataclass(frozen=True, slots=True)
class FirstLook:
    """The first look's score (logits) of each candidate of one statement."""

    beside: Beside
    scores: Values

    @property
    def said(self) -> Said:
        return self.beside.said

    @property
    def leaders(self) -> list[int]:
        """The rows of the best two, of equals the one that stands last in the pool."""
        rows, places = range(len(self.scores)), self.beside.places
        return nlargest(2, rows, key=lambda row: (self.scores[row], places[row]))

    @property
    def firm(self) -> int | None:
        """The place of the best candidate, the first of equals, where it is surely an answer."""
        places = self.beside.places
        best = max(range(len(places)), key=lambda row: (self.scores[row], -places[row]), default=None)
        return places[best] if best is not None and sigmoid(self.scores[best]) >= _FIRM else None


class Context:
    """The first looks of a whole report."""

    def __init__(self, pool: Pool, looks: Sequence[FirstLook]) -> None:
        self._pool, self._looks = pool, looks
        by_task: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for number, look in enumerate(looks):
            for place, score in zip(look.beside.places, look.scores.tolist(), strict=True):
                by_task[place].append((score, number))
        self._claims = {place: nlargest(2, claims) for place, claims in by_task.items()}
        self._firm = [look.firm for look in looks]
        self._directives = Counter(pool.keys[place] for place in self._firm if place is not None)
        self._answering = self._directives.total()
        self._claimants: dict[int, list[int]] = defaultdict(list)
        for number, claimed in enumerate(self._firm):
            if claimed is not None:
                self._claimants[claimed].append(number)
        self._own = self._own_tasks(looks[0].said) if looks else frozenset()
        self._left = Counter(pool.keys[place] for place in self._own if not self._claimants.get(place))

    def _own_tasks(self, said: Said) -> frozenset[int]:
        """The tasks of the reporting unit in the documents that the report answers."""
        pool, unit = self._pool, said.statement.unit
        if not unit:
            return frozenset()
        fitting, asked = pool.fitting(unit), (place for place, key in enumerate(pool.keys) if key in said.answered)
        return frozenset(place for place in asked if own(fitting[pool.duty[place]]))

    def columns(self, number: int) -> tuple[Column, ...]:
        """What stands beside the statement ``number`` and each of its candidates."""
        places = self._looks[number].beside.places
        if not places:
            return ()
        return (
            *self._rivals(number),
            column("in_order", (self._in_order(number, place) for place in places)),
            column("same_directive", self._same_directive(number)),
            column("same_section", self._same_section(number)),
            column("same_task", (self._same_task(number, place) for place in places)),
            column("left_over", (self._left_over(number, place) for place in places)),
        )

    def _rivals(self, number: int) -> Iterator[Column]:
        """How sure the first look was; what another task of this statement, or another statement of this task, has."""
        look = self._looks[number]
        scores, places, first = look.scores, look.beside.places, sigmoids(look.scores)
        yield Column("first_look", first, percent(first))
        if len(places) > 1:
            best, second = look.leaders
            rivals = np.full(len(places), best)
            rivals[best] = second
            ahead = sigmoids(scores[rivals] - scores)
            yield Column("rival", ahead)
            yield Column("own_part", look.beside.likeness.own_part(rivals) * ahead)
        others = [_first_but(self._claims[place], number) for place in places]
        yield column("taken", (sigmoid(one - mine) if one is not None else 0.0
                               for one, mine in zip(others, scores.tolist(), strict=True)))  # fmt: skip

    def _in_order(self, number: int, place: int) -> float:
        """Whether the neighbours' tasks stand just before and after this one in the same directive."""
        before = self._firm[number - 1] if number else None
        after = self._firm[number + 1] if number + 1 < len(self._firm) else None
        return (self._follows(before, place) + self._follows(place, after)) / 2

    def _follows(self, one: int | None, other: int | None) -> bool:
        return (
            one is not None
            and other is not None
            and self._pool.keys[one] == self._pool.keys[other]
            and 0 < other - one <= 2
        )

    def _same_directive(self, number: int) -> Iterator[float]:
        """Share of the other answering statements whose task stands in each candidate's directive."""
        mine, keys = self._firm[number], self._looks[number].beside.keys
        total = self._answering - (mine is not None)
        for key in keys:
            own = mine is not None and self._pool.keys[mine] == key
            yield (self._directives[key] - own) / total if total > 0 else 0.0

    def _same_section(self, number: int) -> Iterator[float]:
        """Whether a neighbour's task, another one, stands under the same heading of the directive."""
        near = [self._firm[i] for i in (number - 1, number + 1) if 0 <= i < len(self._firm)]
        found = [(other, self._heading(other)) for other in near if other is not None]
        for place in self._looks[number].beside.places:
            yield float(any(other != place and self._heading(place) == heading for other, heading in found))

    def _same_task(self, number: int, place: int) -> float:
        """How firmly a neighbour under the same heading answers this very task: it is told part by part."""
        headings = self._looks[number].said.statement.headings
        near = [i for i in (number - 1, number + 1) if 0 <= i < len(self._looks) and self._firm[i] == place]
        told = [self._looks[i] for i in near if self._looks[i].said.statement.headings == headings]
        return max((sigmoid(one.scores[one.beside.places.index(place)]) for one in told), default=0.0)

    def _left_over(self, number: int, place: int) -> float:
        """The task is the unit's own and no other statement firmly answers it: the fewer there are, the likelier."""
        if place not in self._own or any(other != number for other in self._claimants.get(place, ())):
            return 0.0
        mine = self._firm[number]
        keys = self._pool.keys
        freed = mine in self._own and self._claimants[mine] == [number] and keys[mine] == keys[place]
        return 1 / (self._left[keys[place]] + freed)

    def _heading(self, place: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        task = self._pool.candidates[place].task
        return (self._pool.keys[place] or "", *task.section), task.lead


def _first_but(claims: Sequence[tuple[float, int]], out: int) -> float | None:
    """The best score, or the second where the best is that of ``out`` itself."""
    return next((score for score, number in claims if number != out), None)
