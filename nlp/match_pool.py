"""The nouns of a comparison: a report's statement, the tasks that it may answer, and both made ready to be compared."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Final

import numpy as np

from corpus.text import canonical_tones, fold
from nlp.assignees import best_fit, is_collective
from nlp.encode import Encoder, Floats, cosines, meant
from nlp.likeness import Likeness
from nlp.match_data import match_data
from nlp.match_memory import Memory, Remembered
from nlp.model import Period, ReportItem, Task
from nlp.registry.answering import Fit
from nlp.registry.model import Context
from nlp.symbols import symbol_key
from nlp.units import find_units
from nlp.wording import Vocabulary, Wording, with_initials

_OPENING = 12
"""Characters before a unit that still opens a statement: "1. ", "- Về phía "."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A report item with what its report says as a whole."""

    item: ReportItem
    unit: str | None = None
    period: Period | None = None
    answers: tuple[str, ...] = ()
    """Symbols of the documents that the report answers, as printed."""
    dates: tuple[tuple[str, dt.date], ...] = ()
    """(symbol, date) of the report's citations, to see a wrong date."""
    headings: tuple[str, ...] = ()
    """Headings that the item stands under, the outermost first: a joint report names its units there."""


ANY: Final = Context()
"""The context of names of which nothing more is known."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A task that a statement may answer, with its document."""

    task: Task
    symbol: str | None = None
    date: dt.date | None = None
    number: int | None = None
    """The task's number in the store, by which a report form's code names it."""
    context: Context = ANY
    """What its document tells about the names in it."""
    closed: str = ""
    """By what it was settled before the report, in the officer's words; empty while it is open."""


Found = tuple[Fit, str] | None
"""How a unit answers for assignees, and for which of them."""
Fits = Callable[[str, tuple[str, ...], Context], Found]
"""How a reporting unit answers for printed assignees (their document's context), and for which of them."""


def by_name(unit: str, assignees: tuple[str, ...], context: Context) -> tuple[Fit, str] | None:
    """Without a registry: by the names alone, whatever the day."""
    del context
    return best_fit(unit, assignees)


@dataclass(frozen=True, slots=True)
class Duty:
    """Who is named by a task, in what context: few differ within a pool, and units are compared once for each."""

    lead: tuple[str, ...]
    coordinators: tuple[str, ...]
    context: Context


@dataclass(frozen=True, slots=True)
class Pool:
    """The candidates of one comparison, with the weights of their words."""

    candidates: tuple[Candidate, ...]
    vocabulary: Vocabulary
    wordings: tuple[Wording, ...]
    keys: tuple[str | None, ...]
    """Symbol keys of the candidates' documents."""
    duties: tuple[Duty, ...]
    duty: tuple[int, ...]
    """Each candidate's, by its place among the ``duties``."""
    fits: Fits = by_name
    encoder: Encoder | None = None
    vectors: Floats | None = None
    """A row for each candidate, of unit length or zero; None without an encoder."""
    memory: Memory | None = None
    """What people decided about earlier statements."""
    _fitting: dict[str, tuple[Found, ...]] = field(default_factory=dict, repr=False)
    _helping: dict[tuple[str, int], Found] = field(default_factory=dict, repr=False)
    _own: dict[str, Counter[str | None]] = field(default_factory=dict, repr=False)

    def fitting(self, unit: str) -> tuple[Found, ...]:
        """How a unit answers for the leads of each duty."""
        if unit not in self._fitting:
            self._fitting[unit] = tuple(self.fits(unit, duty.lead, duty.context) for duty in self.duties)
        return self._fitting[unit]

    def helping(self, unit: str, number: int) -> Found:
        """How a unit answers for the coordinators of a duty."""
        if (unit, number) not in self._helping:
            duty = self.duties[number]
            self._helping[unit, number] = self.fits(unit, duty.coordinators, duty.context)
        return self._helping[unit, number]

    def own_tasks(self, unit: str) -> Counter[str | None]:
        """How many tasks of each document (by symbol key) a unit answers for."""
        if unit not in self._own:
            answering = self.fitting(unit) if unit else ()
            mine = (key for key, duty in zip(self.keys, self.duty, strict=True) if unit and own(answering[duty]))
            self._own[unit] = Counter(mine)
        return self._own[unit]

    @classmethod
    def of(
        cls,
        candidates: Iterable[Candidate],
        encoder: Encoder | None = None,
        fits: Fits = by_name,
        remembered: Sequence[Remembered] = (),
    ) -> Pool:
        """The pool of ``candidates``; their texts and the language at large give the words their weights."""
        all_ = tuple(candidates)
        vocabulary = Vocabulary.of(candidate.task.text for candidate in all_)
        keys = tuple(symbol_key(candidate.symbol) if candidate.symbol else None for candidate in all_)
        duties: dict[Duty, int] = {}
        duty = tuple(duties.setdefault(_duty(candidate), len(duties)) for candidate in all_)
        made = cls(
            candidates=all_,
            vocabulary=vocabulary,
            wordings=tuple(vocabulary.weigh(candidate.task.text) for candidate in all_),
            keys=keys,
            duties=tuple(duties),
            duty=duty,
            fits=fits,
            encoder=encoder,
            vectors=encoder.encode([meant(candidate.task) for candidate in all_]) if encoder and all_ else None,
        )
        return made.recalling(remembered)

    def recalling(self, remembered: Sequence[Remembered]) -> Pool:
        """The pool with what people decided of earlier statements."""
        numbers = {one.number: place for place, one in enumerate(self.candidates) if one.number is not None}
        memory = Memory.of(remembered, numbers, (one.task.text for one in self.candidates))
        return replace(self, memory=memory) if memory else self


@dataclass(frozen=True, slots=True)
class Said:
    """A statement made ready to be compared with every candidate of a pool."""

    statement: Statement
    wording: Wording
    spoken: str
    """Its words in one line, with a space at both ends."""
    answered: frozenset[str]
    cited: frozenset[str]
    elsewhere: bool
    """Whether the report answers a document of the pool, so that the tasks of the others are less likely."""
    numbers: frozenset[str]
    subjects: tuple[str, ...]
    """Units named in the headings or at the opening of the statement: in a joint report they speak."""
    unit_known: bool
    """Whether the reporting unit has any task in the pool; else it reports for others and says nothing by its name."""
    own_tasks: Counter[str | None]
    """How many tasks of each document of the pool the reporting unit answers for."""
    figures: frozenset[tuple[str, str]]
    meanings: Floats | None
    """Cosines with the candidates' vectors."""
    topic: Wording
    """The words of the nearest heading."""
    remembered: Floats | None
    """Likeness with each statement that people decided on."""
    reminding: tuple[int, ...]
    """These statements, the likest first."""

    @classmethod
    def of(cls, statement: Statement, pool: Pool) -> Said:
        """``statement`` before ``pool``."""
        text = with_initials(statement.item.text, pool.vocabulary.initials)
        wording = pool.vocabulary.weigh(text)
        vector = pool.encoder.encode([text])[0] if pool.encoder else None
        answered = frozenset(map(symbol_key, statement.answers))
        remembered = pool.memory.likeness(statement.item.text) if pool.memory else None
        own_tasks = pool.own_tasks(statement.unit or "")
        return cls(
            statement=statement,
            wording=wording,
            spoken=f" {' '.join(wording.words)} ",
            answered=answered,
            cited=frozenset(map(symbol_key, statement.item.citations)),
            elsewhere=not answered.isdisjoint(key for key in pool.keys if key),
            numbers=frozenset(named_numbers(statement.item.text)),
            subjects=_subjects(statement),
            unit_known=bool(own_tasks),
            own_tasks=own_tasks,
            figures=figures(statement.item.text),
            meanings=None if vector is None or pool.vectors is None else cosines(vector, pool.vectors),
            topic=pool.vocabulary.weigh(with_initials(" ".join(statement.headings[-1:]), pool.vocabulary.initials)),
            remembered=remembered,
            reminding=() if remembered is None else tuple(map(int, np.argsort(-remembered, kind="stable"))),
        )


def own(fitting: Found) -> bool:
    """Whether the task is the unit's: of "các đơn vị liên quan" one cannot say so."""
    return fitting is not None and fitting[0] != "open"


def _duty(candidate: Candidate) -> Duty:
    return Duty(tuple(candidate.task.lead), tuple(candidate.task.coordinators), candidate.context)


@dataclass(frozen=True, slots=True)
class Beside:
    """A statement beside the tasks that it may answer, whose places in the pool are given."""

    said: Said
    pool: Pool
    places: tuple[int, ...]
    candidates: tuple[Candidate, ...]
    keys: tuple[str | None, ...]
    likeness: Likeness

    @classmethod
    def of(cls, said: Said, pool: Pool, places: Iterable[int]) -> Beside:
        """``said`` and its candidates."""
        chosen = tuple(places)
        wordings = [pool.wordings[place] for place in chosen]
        return cls(
            said=said,
            pool=pool,
            places=chosen,
            candidates=tuple(pool.candidates[place] for place in chosen),
            keys=tuple(pool.keys[place] for place in chosen),
            likeness=Likeness.of(said.wording, wordings, pool.vocabulary),
        )


@cache
def _number_pattern() -> re.Pattern[str]:
    return re.compile(match_data()["numbers"]["pattern"], re.IGNORECASE)


def named_numbers(text: str) -> set[str]:
    """Numbers by which a text names tasks: "nhiệm vụ số 14", "mục II.3"."""
    return {
        bare_number(next(group for group in match.groups() if group))
        for match in _number_pattern().finditer(canonical_tones(text))
    }


def bare_number(row: str) -> str:
    """A printed number without ornament: "14.", "(14)" and "014" are 14."""
    return ".".join(part.lstrip("0") or "0" for part in row.strip(" .()").upper().split("."))


_COUNTED: re.Pattern[str] = re.compile(r"(?<![\w/.,-])(\d[\d.]*(?:,\d+)?)\s*(%|[^\W\d]+)(?![\w/])")


@lru_cache(maxsize=20_000)
def figures(text: str) -> frozenset[tuple[str, str]]:
    """What a text counts: (number, the word or sign behind it); days, months and years are dates, not counts."""
    found = _COUNTED.findall(canonical_tones(text).lower())
    times = match_data()["figures"]["times"]
    return frozenset((number.lstrip("0") or "0", word) for number, word in found if word not in times)


def _subjects(statement: Statement) -> tuple[str, ...]:
    headings = [name for heading in statement.headings for _, _, name in find_units(heading)]
    opening = statement.item.text[:200]
    speaking = [name for start, _, name in find_units(opening) if start <= _OPENING]
    return tuple(fold(name) for name in (*headings, *speaking[:1]) if not is_collective(name))
