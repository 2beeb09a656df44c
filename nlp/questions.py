"""Everyday questions about tasks and reports as filters, by grammar: understood whole, or not at all.

Every word of a question must belong to a known phrase, a name, a period, a day or a symbol; one that does not may turn
the meaning round ("trừ Sở Y tế", "trên 30 ngày"), so the question is then not understood, and what could be meant is
proposed instead. Words are met with or without marks. Phrases are data: ``data/questions.toml``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from corpus.text import nfc
from nlp.question_filter import Filter, combine
from nlp.question_names import Names
from nlp.question_reading import Part, Reading, readings
from nlp.question_setting import cores, is_about_the_named
from nlp.question_words import question_data, words_of

__all__ = ["Filter", "Names", "Nearest", "Part", "Understood", "question_data", "understand"]


@dataclass(frozen=True, slots=True)
class Understood:
    """What a question asks: ``filter`` is None where it is not understood, with the words that stood in the way."""

    filter: Filter | None
    parts: tuple[Part, ...] = ()
    unknown: tuple[str, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    """What the question would ask without some of its words."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """A filter that may have been meant, and the words of the question that it leaves out."""

    filter: Filter
    left: tuple[str, ...]


def understand(text: str, names: Names, today: dt.date) -> Understood:
    """The filter that the question asks for. Keys as in ``service.gaps.GapQuery``, and ``show``, ``compare_to``."""
    text = nfc(text)
    ways = readings(text, names, today)
    found = _agreed(text, ways, today)
    if found.filter is not None:
        return found
    for core in cores(text, ways[0]):
        asked = _agreed(core.text, readings(core.text, names, today), today)
        if asked.filter is not None and is_about_the_named(core.named, asked.filter):
            return asked
    return found


def _agreed(text: str, ways: Sequence[Reading], today: dt.date) -> Understood:
    """What all ways to read a question agree on; else the way that leaves the fewest words unknown, undecided."""
    found = [_understood(text, one.parts(), today) for one in ways]
    sure = [one for one in found if one.filter is not None]
    if sure and all(one.filter == sure[0].filter for one in sure):
        return sure[0]
    return min(found, key=lambda one: len(one.unknown))


def _understood(text: str, parts: tuple[Part, ...], today: dt.date) -> Understood:
    filter_, clash = combine(text, parts, today)
    unknown = _stretches(text, _unknown(text, parts, filter_))
    if unknown or clash or not set(filter_) - {"show"}:
        return Understood(None, parts, unknown, tuple(_nearest(text, parts, today)))
    return Understood(filter_, parts)


_RIVALS: Final = ("unit", "leader", "matter", "directive", "time", "say")
_OFFERED: Final = 3


def _nearest(text: str, parts: Sequence[Part], today: dt.date) -> list[Nearest]:
    """Without the unknown words; where the rest contradicts itself, with one of the rivals at a time."""
    found: list[Nearest] = []
    for kept in [parts, *_one_of_the_rivals(parts)]:
        lost = list(_unknown(text, kept, combine(text, kept, today)[0]))
        filter_, clash = combine(text, [part for part in kept if part not in lost], today)
        if not clash and set(filter_) - {"show"} and all(one.filter != filter_ for one in found):
            left = [part for part in parts if part not in kept or part in lost]
            found.append(Nearest(filter_, _stretches(text, left)))
        if found and kept is parts:
            break
    return found[:_OFFERED]


def _one_of_the_rivals(parts: Sequence[Part]) -> Iterator[list[Part]]:
    for kind in _RIVALS:
        rivals = [part for part in parts if part.kind == kind]
        if any(part.value != rivals[0].value for part in rivals):
            for chosen in rivals:
                yield [part for part in parts if part.kind != kind or part.value == chosen.value]


def _stretches(text: str, parts: Iterable[Part]) -> tuple[str, ...]:
    """The words of some parts, those that stand side by side as one."""
    spans: list[list[int]] = []
    for part in parts:
        if spans and not text[spans[-1][1] : part.start].strip():
            spans[-1][1] = part.end
        else:
            spans.append([part.start, part.end])
    return tuple(text[start:end] for start, end in spans)


def _unknown(text: str, parts: Sequence[Part], found: Filter) -> Iterator[Part]:
    """What no phrase takes in, or what says nothing where it stands."""
    named = any(part.kind == "directive" for part in parts)
    for place, part in enumerate(parts):
        lost = part.kind in ("unknown", "unclear", "negation")
        lost |= part.kind == "with_directive" and not named
        lost |= part.kind == "about" and not _about(part.value, found)
        lost |= part.kind == "due" and not {"due_soon_days", "period"} & set(found)
        lost |= part.kind == "twice" and sum(one.value == part.value for one in parts) < 2
        lost |= part.kind == "gives" and (_by_or_when(parts, place) or _is_order(parts, place))
        lost |= part.kind == "leader" and _is_spoken_to(text, parts, place)
        lost |= part.kind == "noun" and place + 1 < len(parts) and parts[place + 1].kind == "at_end"
        lost |= part.kind in _BODIES and place + 1 < len(parts) and parts[place + 1].kind == "matter"
        lost |= part.kind == "matter" and place > 0 and parts[place - 1].kind in _BODIES
        if lost:
            yield part


_BODIES: Final = ("side", "noun", "show")
"""Words for bodies: with a field right behind them they name one that the office does not know ("Sở Y tế")."""


def _by_or_when(parts: Sequence[Part], place: int) -> bool:
    """Whether the giving is said of a giver ("Sở Y tế giao") or of its day ("giao trong tháng 10")."""
    after = next((part for part in parts[place + 1 :] if part.kind != "filler"), None)
    given = place > 0 and parts[place - 1].kind in ("unit", "leader")
    return given or (after is not None and after.kind == "time")


_WORK: Final = ("việc", "nhiệm vụ", "công việc", "đầu việc", "phần việc", "các", "những", "toàn bộ", "tất cả")


def _is_spoken_to(text: str, parts: Sequence[Part], place: int) -> bool:
    """Whether a leader only asks or is spoken to: "anh Hùng ơi", "cho anh Hùng xem"; his charge is not asked then."""
    calls = question_data()["calls"]
    before = [word for part in parts[max(place - 1, 0) : place] for word in words_of(text[part.start : part.end])]
    after = [word for part in parts[place + 1 : place + 2] for word in words_of(text[part.start : part.end])]
    given = any(word.says(one) for word in before for one in calls["but_not_with"])
    called = not given and any(word.says(one) for word in before[-1:] for one in calls["before"])
    return called or any(word.says(one) for word in after[:1] for one in calls["after"])


def _is_order(parts: Sequence[Part], place: int) -> bool:
    """Whether the giving is asked for: "giao việc quá hạn cho Sở Y tế"; "giao cho Sở Y tế việc gì" is not."""
    first = all(part.kind == "filler" and part.value not in _WORK for part in parts[:place])
    after = next((part for part in parts[place + 1 :] if part.value != "lại"), None)
    return first and after is not None and (after.kind == "say" or after.value in _WORK)


def _about(row: dict[str, Any], found: Filter) -> bool:
    return any(name in found for name in row["beside"]) or bool(set(found.get("rules", ())) & set(row["rules"]))
