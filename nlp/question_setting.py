"""Why and when a question is asked, set aside: "sáng mai giao ban rồi, …", "… để em đưa vào tài liệu họp".

What is set aside is covered word by word as the question itself is, by words that say nothing of tasks and reports
(``data/question_setting.toml``); a unit or leader named in it must be named in the question too, else it may narrow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from nlp.question_reading import Reading
from nlp.question_templates import Grammar, Lexicon, Phrase, Place, items_of
from nlp.question_words import question_data

_MOST: Final = 16
"""Ways to set words aside that are tried."""
_STOPS: Final = frozenset(",.;:!?\n–—-")

Named = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Core:
    """A question without its setting (blanks in its place), and who is named in the setting."""

    text: str
    named: Named
    lost: int
    """Words set aside."""


@cache
def _lexicon() -> Lexicon:
    data = question_data()
    own = data["setting"]
    grammar = Grammar({**data["classes"], **own["classes"]}, {"~": data["words"]["light"]})
    return Lexicon(
        grammar, [Phrase(items_of(text), kind, text) for kind in ("core", "clause", "light") for text in own[kind]]
    )


@cache
def _openers() -> tuple[str, ...]:
    return tuple(question_data()["setting"]["opens_behind"])


def cores(text: str, reading: Reading) -> list[Core]:
    """The question without what may be its setting, before and behind it; what loses the fewest words first."""
    if not reading.words:
        return []
    found = [
        core
        for start, named in _before(text, reading)
        for end, also in _behind(text, reading, start)
        if (core := _core(text, reading, (start, end), named | also)).lost
    ]
    return sorted(found, key=lambda core: core.lost)[:_MOST]


def _core(text: str, reading: Reading, kept: tuple[int, int], named: Named) -> Core:
    words, (start, end) = reading.words, kept
    first = words[start].start
    last = words[end].start if end < len(words) else len(text)
    blank = " " * first + text[first:last] + " " * (len(text) - last)
    return Core(blank, named, len(words) - (end - start))


def _before(text: str, reading: Reading) -> Iterator[tuple[int, Named]]:
    """Where the question may begin: at once; behind a setting, at a stop, behind "nên" or what makes it a setting."""
    yield 0, frozenset()
    for (end, ends), named in _reach(reading, 0).items():
        if _cuts(reading, end) and (_stop(text, reading, end) or (ends and not _goes_on(reading, end))):
            yield end, named


def _behind(text: str, reading: Reading, start: int) -> Iterator[tuple[int, Named]]:
    """Where the question may end: at its end, or where a setting begins that goes on to the end."""
    count = len(reading.words)
    yield count, frozenset()
    for index in range(start + 1, count):
        place = Place(reading.words, {}, index)
        opens = _stop(text, reading, index) or any(place.says(one) for one in _openers())
        if opens:
            yield from ((index, named) for (end, _), named in _reach(reading, index).items() if end == count)


def _cuts(reading: Reading, index: int) -> bool:
    """Whether the words part there: not inside an abbreviation that was opened, nor at the end of everything."""
    return index < len(reading.words) and reading.words[index].start != reading.words[index - 1].start


def _goes_on(reading: Reading, index: int) -> bool:
    """Whether a name or time follows that may belong to the setting: "để báo cáo anh Hùng", "họp sơ kết quý III"."""
    own = question_data()["setting"]
    place = Place(reading.words, {}, index)
    while place.index < len(reading.words) and (end := max(place.says(one) for one in own["leads_to_a_name"])):
        place = place.to(end)
    named = bool(reading.slots.get(place.index))
    return named and not _ends(reading, index)


def _ends(reading: Reading, index: int) -> bool:
    """Whether the word before says that a setting is over."""
    return any(reading.words[index - 1].says(one) for one in question_data()["setting"]["ends"])


def _stop(text: str, reading: Reading, index: int) -> bool:
    return bool(_STOPS & set(text[reading.words[index - 1].end : reading.words[index].start]))


def _reach(reading: Reading, start: int) -> dict[tuple[int, bool], Named]:
    """How far words of a setting go from a place, where one of them makes it a setting; with who is named.

    Beside each end whether a setting may be over there without a stop: light words alone ("phải", "sắp") may belong to
    what follows.
    """
    states: dict[int, dict[tuple[bool, bool], Named]] = {start: {(False, False): frozenset()}}
    for index in range(start, len(reading.words)):
        for (is_setting, _), named in states.get(index, {}).items():
            for end, kind, name in _steps(reading, index):
                over = kind == "core" or _ends(reading, end)
                makes_it = is_setting or kind in ("core", "clause")
                states.setdefault(end, {}).setdefault((makes_it, over), named | name)
    return {(index, over): named for index, ways in states.items() for (is_one, over), named in ways.items() if is_one}


def _steps(reading: Reading, index: int) -> Iterator[tuple[int, str, Named]]:
    for one, met in _lexicon().at(Place(reading.words, {}, index)):
        yield met.end, one.kind, frozenset()
    for slot in reading.slots.get(index, ()):
        if slot.kind in ("unit", "leader"):
            yield slot.end, slot.kind, frozenset({(slot.kind, slot.value)})


def is_about_the_named(named: Named, found: dict[str, Any]) -> bool:
    """Whether everyone named in the setting is whom the question asks about."""
    return all(found.get(kind) == value for kind, value in named)
