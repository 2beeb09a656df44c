"""Codes of tasks as they stand on the report form that the office hands out: ``DD-000123-P``.

The number is the task's in the store; the letter at the end is a check (number modulo 23, the letters of the Spanish
identity number, Real Decreto 1553/2005): any one wrong digit and any two neighbours exchanged are noticed, since 23 is
prime. A code is typed, scanned and copied by people: dashes, spaces, zeros and case may differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_LETTERS: Final = "TRWAGMYFPDXBNJZSQVHLCKE"
_DASH: Final = r"[ \t]*[-\u2010-\u2015\u2212_.][ \t]*"
_CODE: Final = re.compile(rf"(?<!\w)[DĐ]{{2}}{_DASH}(\d{{1,9}}){_DASH}([{_LETTERS}])(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Code:
    """A code in a text; ``number`` is None where its check letter does not fit (mistyped or misread)."""

    start: int
    end: int
    number: int | None


def code_of(number: int) -> str:
    """The code of the task with this number.

    >>> code_of(123)
    'DD-000123-P'
    """
    if number < 0:
        raise ValueError("a task's number is not negative")
    return f"DD-{number:06d}-{_LETTERS[number % 23]}"


def number_of(code: str) -> int | None:
    """The number in one code, None where it is no code or its check letter does not fit."""
    found = next(find_codes(code), None)
    return found.number if found and not code[: found.start].strip() and not code[found.end :].strip() else None


def find_codes(text: str) -> Iterator[Code]:
    """The codes in a text, in order."""
    for match in _CODE.finditer(text):
        number = int(match[1])
        fits = match[2].upper() == _LETTERS[number % 23]
        yield Code(match.start(), match.end(), number if fits else None)
