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

from nlp.match_pool import Pool, Said, Signal, own
from nlp.scorer import sigmoid

_FIRM = 0.5
"""First-look probability from which a pair counts as an answer when others are judged by it."""


@dataclass(frozen=True, slots=True)
class FirstLook:
    """The first look's score (logits) of each candidate of one statement, by the candidate's place in the pool."""

    said: Said
    scores: dict[int, float]

    @property
    def best(self) -> int | None:
        """The place of the best candidate, the first of equals."""
        return max(self.scores, key=lambda place: (self.scores[place], -place), default=None)


class Context:
    """The first looks of a whole report."""

    def __init__(self, pool: Pool, looks: Sequence[FirstLook]) -> None:
        self._pool, self._looks = pool, looks
        self._best = [look.best for look in looks]
        by_task: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for number, look in enumerate(looks):
            for place, score in look.scores.items():
                by_task[place].append((score, number))
        self._claims = {place: nlargest(2, claims) for place, claims in by_task.items()}
        self._leaders = [nlargest(2, ((score, place) for place, score in look.scores.items())) for look in looks]
        self._firm = [
            place if place is not None and sigmoid(look.scores[place]) >= _FIRM else None
            for place, look in zip(self._best, looks, strict=True)
        ]
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
        asked = (place for place, key in enumerate(pool.keys) if key in said.answered)
        of = ((place, pool.candidates[place]) for place in asked)
        return frozenset(place for place, one in of if own(pool.fits(unit, one.task.lead, one.context)))

    def signals(self, number: int, place: int) -> Iterator[Signal]:
        """What stands beside the statement ``number`` and the candidate at ``place``."""
        look = self._looks[number]
        score = look.scores[place]
        first = sigmoid(score)
        yield Signal("first_look", first, f"{first:.0%}")
        rival = _first_but(self._leaders[number], place)
        if rival:
            best, where = rival
            yield Signal("rival", sigmoid(best - score))
            yield Signal("own_part", self._own_part(look.said, place, where) * sigmoid(best - score))
        other = _first_but(self._claims[place], number)
        if other:
            yield Signal("taken", sigmoid(other[0] - score))
        yield Signal("in_order", self._in_order(number, place))
        yield Signal("same_directive", self._same_directive(number, place))
        yield Signal("same_section", self._same_section(number, place))
        yield Signal("same_task", self._same_task(number, place))
        yield Signal("left_over", self._left_over(number, place))

    def _own_part(self, said: Said, place: int, rival: int) -> float:
        """Share of what the statement and the task have in common that the rival task does not have."""
        weights = self._pool.vocabulary.weights
        mine = said.wording.terms.keys() & self._pool.wordings[place].terms.keys()
        total = sum(weights[term] for term in mine)
        own = sum(weights[term] for term in mine - self._pool.wordings[rival].terms.keys())
        return own / total if total else 0.0

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

    def _same_directive(self, number: int, place: int) -> float:
        """Share of the other answering statements whose task stands in this one's directive."""
        mine = self._firm[number]
        own = mine is not None and self._pool.keys[mine] == self._pool.keys[place]
        total = self._answering - (mine is not None)
        return (self._directives[self._pool.keys[place]] - own) / total if total > 0 else 0.0

    def _same_section(self, number: int, place: int) -> float:
        """Whether a neighbour's task stands under the same heading of the directive."""
        near = [self._firm[i] for i in (number - 1, number + 1) if 0 <= i < len(self._firm)]
        found = (other for other in near if other is not None and other != place)
        return float(any(self._heading(other) == self._heading(place) for other in found))

    def _same_task(self, number: int, place: int) -> float:
        """How firmly a neighbour under the same heading answers this very task: it is told part by part."""
        headings = self._looks[number].said.statement.headings
        near = [i for i in (number - 1, number + 1) if 0 <= i < len(self._looks) and self._firm[i] == place]
        told = [i for i in near if self._looks[i].said.statement.headings == headings]
        return max((sigmoid(self._looks[i].scores[place]) for i in told), default=0.0)

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


def _first_but(best: Sequence[tuple[float, int]], out: int) -> tuple[float, int] | None:
    """The best, or the second where the best is that of ``out`` itself."""
    return next((one for one in best if one[1] != out), None)
