"""What speaks for and against a report's statement answering a task: named values in 0..1, with what the officer sees.

The signals are those of real correspondence: the assigning document is cited, the task's number is given, its wording
is repeated, its product is named, the unit and the period fit. Pure functions; the weights are in ``match.toml``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.text import canonical_tones, fold
from nlp.assignees import best_fit, is_collective
from nlp.match_data import match_data
from nlp.model import Period, ReportItem, Task
from nlp.symbols import symbol_key
from nlp.wording import Likeness, Vocabulary, Wording, words


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


@dataclass(frozen=True, slots=True)
class Candidate:
    """A task that a statement may answer, with its document."""

    task: Task
    symbol: str | None = None
    date: dt.date | None = None


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
    symbols: frozenset[str]

    @classmethod
    def of(cls, candidates: Iterable[Candidate]) -> Pool:
        """The pool of ``candidates``; the weights come from their texts alone."""
        all_ = tuple(candidates)
        vocabulary = Vocabulary.of(candidate.task.text for candidate in all_)
        symbols = frozenset(symbol_key(candidate.symbol) for candidate in all_ if candidate.symbol)
        return cls(all_, vocabulary, tuple(vocabulary.weigh(candidate.task.text) for candidate in all_), symbols)


def features(statement: Statement, said: Wording, pool: Pool, place: int) -> tuple[Signal, ...]:
    """All signals between a statement (``said`` is its wording in this pool) and the pool's candidate at ``place``."""
    candidate = pool.candidates[place]
    likeness = pool.vocabulary.compare(said, pool.wordings[place])
    found = (
        *_directive(statement, candidate, pool),
        *_number(statement, candidate, likeness),
        *_wording(likeness),
        *_product(said, candidate.task),
        *_unit(statement, said, candidate.task),
        *_period(statement, candidate.task),
    )
    return tuple(signal for signal in found if signal.value > 0)


def _wording(likeness: Likeness) -> Iterator[Signal]:
    yield Signal("wording", likeness.cosine, f"{likeness.cosine:.0%}")
    yield Signal("contained", likeness.contained, f"{likeness.contained:.0%}")
    yield Signal("repeated", likeness.repeated, " ".join(likeness.run))
    yield Signal("rare", likeness.rare, ", ".join(likeness.rare_terms[:3]))


def _directive(statement: Statement, candidate: Candidate, pool: Pool) -> Iterator[Signal]:
    if not candidate.symbol:
        return
    key = symbol_key(candidate.symbol)
    answered = {symbol_key(symbol) for symbol in statement.answers}
    cited = {symbol_key(symbol) for symbol in statement.item.citations}
    if key in cited:
        yield Signal("cites_directive", 1.0, candidate.symbol)
    if key in answered:
        yield Signal("answers_directive", 1.0, candidate.symbol)
    elif key not in cited and answered & pool.symbols:
        yield Signal("other_directive", 1.0)
    if key in cited | answered and candidate.date:
        dates = {date for symbol, date in statement.dates if symbol_key(symbol) == key}
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


def _number(statement: Statement, candidate: Candidate, likeness: Likeness) -> Iterator[Signal]:
    if not candidate.task.row:
        return
    row = bare_number(candidate.task.row)
    named = named_numbers(statement.item.text)
    if row in named:
        yield Signal("number", 1.0, candidate.task.row)
    elif named:
        yield Signal("other_number", 1.0, ", ".join(sorted(named)))
    elif statement.item.row and bare_number(statement.item.row) == row:
        yield Signal("row", min(1.0, 2 * max(likeness.cosine, likeness.contained)), candidate.task.row)


@cache
def _kinds() -> tuple[tuple[str, ...], ...]:
    kinds = [words(kind) for kind in match_data()["products"]["kinds"]]
    return tuple(sorted(kinds, key=lambda kind: -len(kind)))


def _product(said: Wording, task: Task) -> Iterator[Signal]:
    """The product's kind is named; the share of its other words counts as much."""
    if not task.product:
        return
    asked = words(task.product)
    kind = next((kind for kind in _kinds() if _has_run(asked, kind)), ())
    named = bool(kind) and _has_run(said.words, kind)
    rest = set(asked) - set(kind)
    share = len(rest & set(said.words)) / len(rest) if rest else float(named)
    yield Signal("product", (named + share) / 2 if kind else share, fold(task.product))


def _has_run(text: Sequence[str], run: Sequence[str]) -> bool:
    return f" {' '.join(run)} " in f" {' '.join(text)} "


def _unit(statement: Statement, said: Wording, task: Task) -> Iterator[Signal]:
    if statement.unit:
        yield from _reporting_unit(statement.unit, task)
    for name in task.lead:
        if not is_collective(name) and _has_run(said.words, _name_words(name)):
            yield Signal("named_unit", 1.0, name)
            return


@lru_cache(maxsize=5_000)
def _name_words(name: str) -> tuple[str, ...]:
    return words(name)


def _reporting_unit(unit: str, task: Task) -> Iterator[Signal]:
    if (found := best_fit(unit, task.lead)) is not None:
        yield Signal("lead" if found[0] == "same" else "collective", 1.0, found[1])
    elif (found := best_fit(unit, task.coordinators)) is not None:
        yield Signal("coordinator", 1.0 if found[0] == "same" else 0.5, found[1])
    elif task.lead:
        yield Signal("other_unit", 1.0, "; ".join(task.lead))


def _period(statement: Statement, task: Task) -> Iterator[Signal]:
    period, deadline = statement.period, task.deadline
    if period is None or deadline is None:
        return
    if deadline.recurrence:
        yield Signal("period", 0.5, deadline.text)
    elif deadline.due and period.from_ and period.to and period.from_ <= deadline.due <= period.to:
        yield Signal("period", 1.0, deadline.text)
