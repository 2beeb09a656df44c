"""What speaks for and against a report's statement answering a task: named values in 0..1, with what the officer sees.

The signals are those of real correspondence: the assigning document is cited, the task's number or code is given, its
wording is repeated or its meaning kept, its product is named, the unit and the period fit. Pure functions; their words
for the officer are in ``match.toml``, their weights in the scorer's file. What the rest of the report says is added by
``nlp.match_context``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final

from corpus.text import canonical_tones, fold
from nlp.assignees import best_fit, is_collective
from nlp.encode import Encoder, Floats, cosines, meant
from nlp.match_data import match_data
from nlp.model import Period, ReportItem, Task
from nlp.registry.answering import Fit
from nlp.registry.model import Context
from nlp.symbols import symbol_key
from nlp.task_codes import number_of
from nlp.units import find_units
from nlp.wording import Likeness, Vocabulary, Wording, telling_words, with_initials, words

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


Fits = Callable[[str, tuple[str, ...], Context], tuple[Fit, str] | None]
"""How a reporting unit answers for printed assignees (their document's context), and for which of them."""


def by_name(unit: str, assignees: tuple[str, ...], context: Context) -> tuple[Fit, str] | None:
    """Without a registry: by the names alone, whatever the day."""
    del context
    return best_fit(unit, assignees)


@dataclass(frozen=True, slots=True)
class Signal:
    """One feature's value (0..1) and the detail that its reason shows."""

    code: str
    value: float
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Pool:
    """The candidates of one comparison, with the weights of their words."""

    candidates: tuple[Candidate, ...]
    vocabulary: Vocabulary
    wordings: tuple[Wording, ...]
    keys: tuple[str | None, ...]
    """Symbol keys of the candidates' documents."""
    duties: Counter[tuple[str | None, tuple[str, ...], Context]]
    """How many candidates have this symbol key and these leads: few of either, so units are compared once for each."""
    fits: Fits = by_name
    encoder: Encoder | None = None
    vectors: Floats | None = None
    """A row for each candidate, of unit length or zero; None without an encoder."""
    _own: dict[str, Counter[str | None]] = field(default_factory=dict, repr=False)

    def own_tasks(self, unit: str) -> Counter[str | None]:
        """How many tasks of each document (by symbol key) a unit answers for; looked at once for each unit."""
        if unit not in self._own:
            counts = Counter[str | None]()
            for (key, lead, context), count in self.duties.items() if unit else ():
                if _own(self.fits(unit, lead, context)):
                    counts[key] += count
            self._own[unit] = counts
        return self._own[unit]

    @classmethod
    def of(cls, candidates: Iterable[Candidate], encoder: Encoder | None = None, fits: Fits = by_name) -> Pool:
        """The pool of ``candidates``; their texts and the language at large give the words their weights."""
        all_ = tuple(candidates)
        vocabulary = Vocabulary.of(candidate.task.text for candidate in all_)
        keys = tuple(symbol_key(candidate.symbol) if candidate.symbol else None for candidate in all_)
        return cls(
            candidates=all_,
            vocabulary=vocabulary,
            wordings=tuple(vocabulary.weigh(candidate.task.text) for candidate in all_),
            keys=keys,
            duties=Counter((key, tuple(one.task.lead), one.context) for key, one in zip(keys, all_, strict=True)),
            fits=fits,
            encoder=encoder,
            vectors=encoder.encode([meant(candidate.task) for candidate in all_]) if encoder and all_ else None,
        )


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

    @classmethod
    def of(cls, statement: Statement, pool: Pool) -> Said:
        """``statement`` before ``pool``."""
        text = with_initials(statement.item.text, pool.vocabulary.initials)
        wording = pool.vocabulary.weigh(text)
        vector = pool.encoder.encode([text])[0] if pool.encoder else None
        answered = frozenset(map(symbol_key, statement.answers))
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
        )


def features(said: Said, pool: Pool, place: int) -> tuple[Signal, ...]:
    """All signals between a statement and the pool's candidate at ``place``."""
    task = pool.candidates[place].task
    likeness = pool.vocabulary.compare(said.wording, pool.wordings[place])
    meaning = float(said.meanings[place]) if said.meanings is not None else 0.0
    found = (
        *_directive(said, pool, place),
        *_number(said, pool.candidates[place], likeness),
        *_wording(likeness),
        Signal("meaning", meaning, f"{meaning:.0%}"),
        *_figures(said, task),
        Signal("section", _section(said.statement.headings, task.section), " › ".join(task.section)),
        *_product(said, task),
        *_unit(said, pool, pool.candidates[place]),
        *_few(said, pool, place),
        *_period(said.statement, task),
    )
    return tuple(signal for signal in found if signal.value > 0)


def _wording(likeness: Likeness) -> Iterator[Signal]:
    yield Signal("wording", likeness.cosine, f"{likeness.cosine:.0%}")
    yield Signal("contained", likeness.contained, f"{likeness.contained:.0%}")
    yield Signal("told", likeness.told, f"{likeness.told:.0%}")
    yield Signal("repeated", likeness.repeated, " ".join(likeness.run))
    yield Signal("rare", likeness.rare, ", ".join(likeness.rare_terms[:3]))


def _directive(said: Said, pool: Pool, place: int) -> Iterator[Signal]:
    key, candidate = pool.keys[place], pool.candidates[place]
    if key is None or candidate.symbol is None:
        return
    if key in said.cited:
        yield Signal("cites_directive", 1.0, candidate.symbol)
    if key in said.answered:
        yield Signal("answers_directive", 1.0, candidate.symbol)
    elif key not in said.cited and said.elsewhere:
        yield Signal("other_directive", 1.0)
    if key in said.cited | said.answered and candidate.date:
        dates = {date for symbol, date in said.statement.dates if symbol_key(symbol) == key}
        if dates and candidate.date not in dates:
            given = ", ".join(f"{date:%d/%m/%Y}" for date in sorted(dates))
            yield Signal("date_conflict", 1.0, f"ghi {given}, văn bản gốc {candidate.date:%d/%m/%Y}")


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


def _number(said: Said, candidate: Candidate, likeness: Likeness) -> Iterator[Signal]:
    task, code = candidate.task, said.statement.item.code
    if code is not None and candidate.number is not None and number_of(code) == candidate.number:
        yield Signal("code", 1.0, code)
    if not task.row:
        return
    row, own = bare_number(task.row), said.statement.item.row
    if row in said.numbers:
        yield Signal("number", 1.0, task.row)
    elif said.numbers:
        yield Signal("other_number", 1.0, ", ".join(sorted(said.numbers)))
    elif own and bare_number(own) == row:
        yield Signal("row", min(1.0, 2 * max(likeness.cosine, likeness.contained)), task.row)


def _section(headings: Sequence[str], section: Sequence[str]) -> float:
    """A report often follows the directive's own headings: the best share of common words of two headings."""
    return max((_shared(_words(one), _words(two)) for one in headings for two in section), default=0.0)


def _shared(one: Sequence[str], two: Sequence[str]) -> float:
    first, second = telling_words(one), telling_words(two)
    return len(first & second) / len(first | second) if first and second else 0.0


@cache
def _kinds() -> tuple[str, ...]:
    kinds = [f" {' '.join(words(kind))} " for kind in match_data()["products"]["kinds"]]
    return tuple(sorted(kinds, key=lambda kind: -len(kind)))


def _product(said: Said, task: Task) -> Iterator[Signal]:
    """The product's kind is named; the share of its other words counts as much."""
    if not task.product:
        return
    asked = _words(task.product)
    line = f" {' '.join(asked)} "
    kind = next((kind for kind in _kinds() if kind in line), "")
    named = bool(kind) and kind in said.spoken
    rest = set(asked) - set(kind.split())
    share = len(rest.intersection(said.wording.words)) / len(rest) if rest else float(named)
    yield Signal("product", (named + share) / 2 if kind else share, fold(task.product))


_COUNTED: re.Pattern[str] = re.compile(r"(?<![\w/.,-])(\d[\d.]*(?:,\d+)?)\s*(%|[^\W\d]+)(?![\w/])")


@lru_cache(maxsize=20_000)
def figures(text: str) -> frozenset[tuple[str, str]]:
    """What a text counts: (number, the word or sign behind it); days, months and years are dates, not counts."""
    found = _COUNTED.findall(canonical_tones(text).lower())
    times = match_data()["figures"]["times"]
    return frozenset((number.lstrip("0") or "0", word) for number, word in found if word not in times)


def _figures(said: Said, task: Task) -> Iterator[Signal]:
    """A target is met or missed in the same unit of count; the same figure says more than the same unit."""
    asked = figures(task.text)
    if not asked or not said.figures:
        return
    same = asked & said.figures
    counted = {word for _, word in asked} & {word for _, word in said.figures} - {"%"}
    value = 1.0 if same else 0.5 if counted else 0.0
    yield Signal("figures", value, ", ".join(sorted(f"{n} {w}" for n, w in same)) or ", ".join(sorted(counted)))


@lru_cache(maxsize=10_000)
def _words(text: str) -> tuple[str, ...]:
    return words(text)


def _subjects(statement: Statement) -> tuple[str, ...]:
    headings = [name for heading in statement.headings for _, _, name in find_units(heading)]
    opening = statement.item.text[:200]
    speaking = [name for start, _, name in find_units(opening) if start <= _OPENING]
    return tuple(fold(name) for name in (*headings, *speaking[:1]) if not is_collective(name))


_FITTING: Final[dict[Fit, tuple[str, float]]] = {
    "same": ("lead", 1.0), "successor": ("successor", 1.0), "possible": ("successor", 0.5),
    "member": ("collective", 1.0), "open": ("collective", 0.5),
}  # fmt: skip
"""What each way of answering is called, and how much it says: half where a person would have to decide."""


def _own(fitting: tuple[Fit, str] | None) -> bool:
    """Whether the task is the unit's: of "các đơn vị liên quan" one cannot say so."""
    return fitting is not None and fitting[0] != "open"


def _unit(said: Said, pool: Pool, candidate: Candidate) -> Iterator[Signal]:
    """The reporting unit among the assignees, or a unit that the statement names."""
    unit, task = said.statement.unit, candidate.task
    fitting = pool.fits(unit, task.lead, candidate.context) if unit else None
    named = None if _own(fitting) else _named(said, pool, candidate)
    if fitting and not named:
        code, value = _FITTING[fitting[0]]
        yield Signal(code, value, fitting[1])
    elif named:
        yield Signal("named_unit", 1.0, named)
    elif unit and (helping := pool.fits(unit, task.coordinators, candidate.context)):
        yield Signal("coordinator", 1.0 if helping[0] == "same" else 0.5, helping[1])
    elif task.lead and (said.unit_known or said.subjects):
        yield Signal("other_unit", 1.0, "; ".join(task.lead))


def _few(said: Said, pool: Pool, place: int) -> Iterator[Signal]:
    """The fewer tasks a document gives the unit, the more its name says: one in thirty is not told by it."""
    unit, tasks, candidate = said.statement.unit, said.own_tasks[pool.keys[place]], pool.candidates[place]
    if unit and tasks and _own(pool.fits(unit, candidate.task.lead, candidate.context)):
        yield Signal("few_tasks", 1 / tasks, str(tasks))


def _named(said: Said, pool: Pool, candidate: Candidate) -> str | None:
    """The lead that speaks in a joint report, or that the statement mentions by its printed name."""
    lead = candidate.task.lead
    for subject in said.subjects:
        found = pool.fits(subject, lead, candidate.context)
        if found and _own(found):
            return found[1] if found[0] == "same" else subject
    mentioned = (name for name in lead if not is_collective(name) and f" {' '.join(_words(name))} " in said.spoken)
    return next(mentioned, None)


def _period(statement: Statement, task: Task) -> Iterator[Signal]:
    period, deadline = statement.period, task.deadline
    if period is None or deadline is None:
        return
    if deadline.recurrence:
        yield Signal("period", 0.5, deadline.text)
    elif deadline.due and period.from_ and period.to and period.from_ <= deadline.due <= period.to:
        yield Signal("period", 1.0, deadline.text)
