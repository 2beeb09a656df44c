"""A cheap look before a search: the strings of which every match of a pattern holds one, told from the pattern itself.

Most rules are asked of every line and hold in few. To look for a word costs a hundredth of a search that ignores case
(``re`` then tries each alternative at each place), so a line without any sign of a rule is passed over. The signs are
never written by hand: they follow the rule when it is changed. The method is that of RE2's ``FilteredRE2``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from re import _constants as op  # type: ignore[attr-defined]  # the only reader of patterns; mypy knows no private names
from re import _parser  # type: ignore[attr-defined]
from typing import Any, Final

from corpus.text import fold

_MOST: Final = 16
"""So many strings of one piece are kept apart; beyond, what follows begins a new piece."""
_SHORTEST: Final = 2
"""A single character stands in nearly every line."""
_MARKS: Final = "(…_%"
_ZERO_WIDTH: Final = {op.AT, op.ASSERT, op.ASSERT_NOT}

Parsed = Any
"""What ``re`` makes of a pattern: an opcode, or its argument, of which each opcode has its own kind."""
Strings = frozenset[str]
Known = tuple[Strings | None, Strings | None]
"""All strings that a piece matches, where they are few; and the best set of which each of its matches holds one."""
_EMPTY: Final[Strings] = frozenset({""})
_BLANK: Final[Strings] = frozenset({" "})


@dataclass(frozen=True, slots=True)
class Gated:
    """A pattern that is searched only where one of its signs stands."""

    pattern: re.Pattern[str]
    signs: tuple[str, ...]
    """() where the pattern has none."""

    def search(
        self, text: str, start: int = 0, end: int = sys.maxsize, *, low: str | None = None
    ) -> re.Match[str] | None:
        """As ``re.Pattern.search``; ``low`` is ``text[start:end]`` :func:`lowered`, where the caller has it already."""
        return self.pattern.search(text, start, end) if self.may_hold(low or lowered(text[start:end])) else None

    def finditer(self, text: str, *, low: str | None = None) -> Iterator[re.Match[str]]:
        """As ``re.Pattern.finditer`` over the whole text."""
        return self.pattern.finditer(text) if self.may_hold(low or lowered(text)) else iter(())

    def may_hold(self, low: str) -> bool:
        """Whether a sign stands in a text that is :func:`lowered`."""
        for sign in self.signs:
            if sign in low:
                return True
        return not self.signs


@lru_cache(maxsize=512)
def lowered(text: str) -> str:
    """Lower case with single spaces: what signs are looked for in, whatever the pattern says of case and blanks."""
    return fold(text).lower()


def gated(pattern: re.Pattern[str]) -> Gated:
    """The pattern with its signs."""
    return Gated(pattern, signs(pattern))


def signs(pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Strings of which any match holds at least one, () where none are known.

    >>> signs(re.compile("(?:chủ trì|phối hợp(?: với)?) (?:các|những)"))
    ('chủ trì các', 'chủ trì những', 'phối hợp các', 'phối hợp những', 'phối hợp với các', 'phối hợp với những')
    """
    exact, needed = _read(_parser.parse(pattern.pattern, pattern.flags))
    found = {_rarest(lowered(one)) for one in _better(needed, exact) or ()}
    return tuple(sorted(one for one in found if not any(other in one for other in found - {one})))


def _rarest(sign: str) -> str:
    """A mark that few lines hold says as much as the words beside it, and one character is found at once."""
    return next((mark for mark in _MARKS if mark in sign), sign)


def _read(sequence: Iterable[tuple[Parsed, Parsed]]) -> Known:
    """What is known of a sequence."""
    piece, whole = _EMPTY, True
    needed: Strings | None = None
    for kind, argument in sequence:
        exact, inside = _one(kind, argument)
        needed = _better(needed, inside)
        if exact is not None and len(piece) * len(exact) <= _MOST:
            piece = frozenset(one + other for one in piece for other in exact)
        else:
            needed = _better(needed, piece)
            piece, whole = exact or _EMPTY, False
    return (piece if whole else None), _better(needed, piece)


def _one(kind: Parsed, argument: Parsed) -> Known:
    """What is known of one element of a pattern."""
    if kind in _ZERO_WIDTH:
        return _EMPTY, None
    if kind is op.LITERAL:
        return frozenset({chr(argument)}), None
    if kind is op.IN and argument == [(op.CATEGORY, op.CATEGORY_SPACE)]:
        return _BLANK, None
    if kind is op.IN and len(argument) <= _MOST and all(one is op.LITERAL for one, _ in argument):
        return frozenset(chr(code) for _, code in argument), None
    if kind is op.SUBPATTERN:
        return _read(argument[-1])
    if kind is op.BRANCH:
        return _any([_read(branch) for branch in argument[1]])
    if kind in {op.MAX_REPEAT, op.MIN_REPEAT}:
        return _repeated(*argument)
    return None, None


def _any(branches: list[Known]) -> Known:
    exacts = [exact for exact, _ in branches]
    needs = [_better(needed, exact) for exact, needed in branches]
    exact = frozenset().union(*(one or () for one in exacts)) if None not in exacts else None
    needed = frozenset().union(*(one or () for one in needs)) if None not in needs else None
    return (exact if exact and len(exact) <= _MOST else None), needed


def _repeated(least: int, most: int, sequence: Parsed) -> Known:
    exact, needed = _read(sequence)
    if exact == _BLANK:
        return (exact if least else exact | _EMPTY), None
    if not least:
        return (exact | _EMPTY if exact and most == 1 else None), None
    at_least = frozenset(one * least for one in exact) if exact and len(exact) == 1 else exact
    return (at_least if least == most == 1 else None), _better(needed, at_least)


def _better(one: Strings | None, other: Strings | None) -> Strings | None:
    """The set whose shortest string is longer, and the smaller one of equals; too short strings are no signs."""
    sets = [found for found in (one, other) if found and _shortest(found) >= _SHORTEST]
    return max(sets, key=lambda found: (_shortest(found), -len(found)), default=None)


def _shortest(found: Strings) -> int:
    return min(len(fold(one)) for one in found)
