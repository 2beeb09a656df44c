"""What speaks for and against a report's statement answering a task: named values in 0..1, with what the officer sees.

The signals are those of real correspondence: the assigning document is cited, the task's number or code is given, its
wording is repeated or its meaning kept, its product is named, the unit and the period fit. Pure functions; their words
for the officer are in ``match.toml``, their weights in the scorer's file. What the rest of the report says is added by
``nlp.match_context``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import numpy as np

from corpus.text import fold
from nlp.likeness import contained
from nlp.match_data import match_data
from nlp.match_pool import Beside, bare_number, figures
from nlp.match_times import time_columns
from nlp.match_units import unit_columns
from nlp.signals import Column, Values, column, percent
from nlp.symbols import symbol_key
from nlp.task_codes import number_of
from nlp.wording import telling_words, words

_QUOTED: Final = 120
"""Characters of an earlier statement that a reason shows."""


def features(beside: Beside) -> tuple[Column, ...]:
    """All signals between a statement and its candidates; a feature that none of them shows has no column."""
    found = (
        *_directive(beside),
        *_number(beside),
        *_wording(beside),
        *_meaning(beside),
        *_figures(beside),
        *_section(beside),
        *_product(beside),
        *_heading(beside),
        *unit_columns(beside),
        *time_columns(beside),
        *_memory(beside),
    )
    return tuple(one for one in found if one.values.any())


def _wording(beside: Beside) -> Iterator[Column]:
    likeness = beside.likeness
    yield Column("wording", likeness.cosine, percent(likeness.cosine))
    yield Column("contained", likeness.contained, percent(likeness.contained))
    yield Column("told", likeness.told, percent(likeness.told))
    yield Column("repeated", likeness.repeated, lambda row: " ".join(likeness.runs[row]))
    yield Column("rare", likeness.rare, lambda row: ", ".join(likeness.rare_terms(row)[:3]))


def _meaning(beside: Beside) -> Iterator[Column]:
    if (meanings := beside.said.meanings) is not None:
        values: Values = meanings[list(beside.places)].astype(np.float64)
        yield Column("meaning", values, percent(values))


def _directive(beside: Beside) -> Iterator[Column]:
    said, keys, candidates = beside.said, beside.keys, beside.candidates
    known = said.cited | said.answered

    def symbol(row: int) -> str:
        return candidates[row].symbol or ""

    yield column("cites_directive", (key in said.cited for key in keys), symbol)
    yield column("answers_directive", (key in said.answered for key in keys), symbol)
    yield column("other_directive", (said.elsewhere and key is not None and key not in known for key in keys))
    yield from _dates(beside)


def _dates(beside: Beside) -> Iterator[Column]:
    said, keys = beside.said, beside.keys
    given: dict[str, list[str]] = {}
    for symbol, date in sorted(set(said.statement.dates), key=lambda one: one[1]):
        if (key := symbol_key(symbol)) in said.cited | said.answered:
            given.setdefault(key, []).append(f"{date:%d/%m/%Y}")
    own = [f"{one.date:%d/%m/%Y}" if one.date else "" for one in beside.candidates] if given else []
    other = (bool(date) and date not in given.get(key or "", (date,)) for key, date in zip(keys, own, strict=False))

    def told(row: int) -> str:
        return f"ghi {', '.join(given[keys[row] or ''])}, văn bản gốc {own[row]}"

    if given:
        yield column("date_conflict", other, told)


def _number(beside: Beside) -> Iterator[Column]:
    said, candidates = beside.said, beside.candidates
    code, printed = said.statement.item.code, said.statement.item.row
    if code is not None and (number := number_of(code)) is not None:
        yield column("code", (one.number == number for one in candidates), lambda _: code)
    rows = [bare_number(one.task.row) if one.task.row else None for one in candidates]

    def asked(row: int) -> str:
        return candidates[row].task.row or ""

    if said.numbers:
        yield column("number", (row in said.numbers for row in rows), asked)
        others = ", ".join(sorted(said.numbers))
        yield column("other_number", (row is not None and row not in said.numbers for row in rows), lambda _: others)
    elif printed:
        same = np.array([row == bare_number(printed) for row in rows])
        alike = np.maximum(beside.likeness.cosine, beside.likeness.contained)
        yield Column("row", np.where(same, np.minimum(1.0, 2 * alike), 0.0), asked)


def _heading(beside: Beside) -> Iterator[Column]:
    """What the statement stands under may be about the task: "3. Về khu tái định cư: 3.1 …; 3.2 Riêng …"."""
    if beside.said.topic.terms:
        values = contained(beside.said.topic, [beside.pool.wordings[place] for place in beside.places])
        yield Column("heading", values, percent(values))


def _memory(beside: Beside) -> Iterator[Column]:
    said, memory = beside.said, beside.pool.memory
    if memory is None or said.remembered is None:
        return
    spoken = [memory.speaks(said.remembered, said.reminding, place) for place in beside.places]

    def quoted(row: int) -> str:
        text = spoken[row][2]
        return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"

    yield column("told_before", (told for told, _, _ in spoken), quoted)
    yield column("told_otherwise", (other for _, other, _ in spoken), lambda row: f"{spoken[row][1]:.0%}")


def _section(beside: Beside) -> Iterator[Column]:
    """A report often follows the directive's own headings: the best share of common words of two headings."""
    headings, sections = beside.said.statement.headings, [tuple(one.task.section) for one in beside.candidates]
    if headings:
        shares = {section: _best_share(headings, section) for section in set(sections)}
        yield column("section", (shares[section] for section in sections), lambda row: " › ".join(sections[row]))


def _best_share(headings: Sequence[str], section: Sequence[str]) -> float:
    return max((_shared(_words(one), _words(two)) for one in headings for two in section), default=0.0)


def _shared(one: Sequence[str], two: Sequence[str]) -> float:
    first, second = telling_words(one), telling_words(two)
    return len(first & second) / len(first | second) if first and second else 0.0


@cache
def _kinds() -> tuple[str, ...]:
    kinds = [f" {' '.join(words(kind))} " for kind in match_data()["products"]["kinds"]]
    return tuple(sorted(kinds, key=lambda kind: -len(kind)))


@dataclass(frozen=True, slots=True)
class _Product:
    kind: str
    """A space at both ends; empty where it is none of the known kinds."""
    words: frozenset[str]
    """Its other words."""


@lru_cache(maxsize=20_000)
def _product_of(text: str) -> _Product:
    asked = words(text)
    line = f" {' '.join(asked)} "
    kind = next((kind for kind in _kinds() if kind in line), "")
    return _Product(kind, frozenset(asked) - frozenset(kind.split()))


def _product(beside: Beside) -> Iterator[Column]:
    """The product's kind is named; the share of its other words counts as much."""
    spoken, said = beside.said.spoken, frozenset(beside.said.wording.words)

    def value(product: _Product) -> float:
        named = bool(product.kind) and product.kind in spoken
        share = len(product.words & said) / len(product.words) if product.words else float(named)
        return (named + share) / 2 if product.kind else share

    asked = [one.task.product for one in beside.candidates]
    values = (value(_product_of(product)) if product else 0.0 for product in asked)
    yield column("product", values, lambda row: fold(asked[row] or ""))


def _figures(beside: Beside) -> Iterator[Column]:
    """A target is met or missed in the same unit of count; the same figure says more than the same unit."""
    said = beside.said.figures
    if not said:
        return
    counted = {word for _, word in said} - {"%"}
    asked = [figures(one.task.text) for one in beside.candidates]

    def value(these: frozenset[tuple[str, str]]) -> float:
        return 0.0 if not these else 1.0 if these & said else 0.5 if {word for _, word in these} & counted else 0.0

    def told(row: int) -> str:
        same = sorted(f"{number} {word}" for number, word in asked[row] & said)
        return ", ".join(same or sorted({word for _, word in asked[row]} & counted))

    yield column("figures", map(value, asked), told)


@lru_cache(maxsize=10_000)
def _words(text: str) -> tuple[str, ...]:
    return words(text)
