"""What speaks for and against a report's statement answering a task: named values in 0..1, with what the officer sees.

The signals are those of real correspondence: the assigning document is cited, the task's number or code is given, its
wording is repeated or its meaning kept, its product is named, the unit and the period fit. Pure functions; their words
for the officer are in ``match.toml``, their weights in the scorer's file. What the rest of the report says is added by
``nlp.match_context``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Final

from corpus.text import fold
from nlp.match_data import match_data
from nlp.match_pool import Candidate, Pool, Said, Signal, bare_number, figures
from nlp.match_times import time_signals
from nlp.match_units import unit_signals
from nlp.model import Task
from nlp.symbols import symbol_key
from nlp.task_codes import number_of
from nlp.wording import Likeness, telling_words, words

_QUOTED: Final = 120
"""Characters of an earlier statement that a reason shows."""


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
        *_heading(said, pool, place),
        *unit_signals(said, pool, place),
        *time_signals(said.statement, pool.candidates[place]),
        *_memory(said, pool, place),
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


def _heading(said: Said, pool: Pool, place: int) -> Iterator[Signal]:
    """What the statement stands under may be about the task: "3. Về khu tái định cư: 3.1 …; 3.2 Riêng …"."""
    likeness = pool.vocabulary.compare(said.topic, pool.wordings[place])
    yield Signal("heading", likeness.contained, f"{likeness.contained:.0%}")


def _memory(said: Said, pool: Pool, place: int) -> Iterator[Signal]:
    if pool.memory is None or said.remembered is None:
        return
    told, otherwise, text = pool.memory.speaks(said.remembered, said.reminding, place)
    yield Signal("told_before", told, text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…")
    yield Signal("told_otherwise", otherwise, f"{otherwise:.0%}")


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
