"""Deadlines that a text moves: "gia hạn thời gian hoàn thành … đến tháng 9/2025", "lùi thời hạn … sang quý I/2026".

The old deadline stays what it was; a move is a fact of the later text that names the document, the work, and both dates
where the text says so (domain-vn.md 3.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from corpus.text import fold, small_letters
from nlp.deadline_times import read_term
from nlp.deadlines import read_cell
from nlp.model import Citation, Deadline, Header, Move, MoveKind
from nlp.patterns import compiled, for_lower_case, rules
from nlp.task_prose import clauses

_BEFORE = 400
"""Characters before the words within which the document may be named."""
_WORK = 300
_MOST = 200


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: compiled(pattern) for name, pattern in rules("deadlines")["moves"].items() if name != "cue"}


@cache
def _cues() -> re.Pattern[str]:
    """The cue as the text in small letters has it: with case in view the engine finds the first letters at once."""
    return for_lower_case(rules("deadlines")["moves"]["cue"])


def find_moves(text: str, citations: Sequence[Citation], header: Header) -> tuple[Move, ...]:
    """The moves of a text, in order; words about moving without a new date are none."""
    year = header.date.year if header.date else None
    found: list[Move] = []
    for cue in _cues().finditer(small_letters(text)):
        if text[cue.start() - 1 : cue.start()].isalpha():
            continue
        end = next((last for first, last in clauses(text, cue.start(), min(cue.end() + 600, len(text)))), len(text))
        move = _read(text, cue, end, citations, year)
        if move and not (found and move.start < found[-1].end):
            found.append(move)
    return tuple(found[:_MOST])


def _read(text: str, cue: re.Match[str], end: int, citations: Sequence[Citation], year: int | None) -> Move | None:
    places = list(_dates(text, cue.end(), end, year))
    new = next(((start, date) for kind, start, _, date in places if kind == "to"), None)
    if new is None or not (cue["what"] or "hạn" in cue["verb"]):
        return None
    old = next((date for kind, _, _, date in places if kind == "from"), None)
    cut = min(start for _, start, _, _ in places)
    work = fold(text[cue.end() : cut]).strip(" ,:;.")[:_WORK]
    kind: MoveKind = "extended" if _patterns()["extended"].match(cue[0]) else "moved"
    last = max(finish for _, _, finish, _ in places)
    return Move(cue.start(), last, kind, _document(citations, cue.start(), end), work or None, old, new[1])


def _dates(text: str, start: int, end: int, year: int | None) -> Iterator[tuple[str, int, int, Deadline]]:
    """The dates behind "từ" and "đến": kind, where the word stands, where the date ends, the date."""
    for kind in ("to", "from"):
        for word in _patterns()[kind].finditer(text, start, end):
            term = read_term(text, word.end(), year, bare=True)
            if not term or term.end > end:
                continue
            other = _patterns()["to"].search(text, word.end(), term.end)  # "từ tháng 6 đến tháng 9" reads as a range
            last = other.start() if other else term.end
            date = read_cell(text[word.end() : last], year=year)
            if date:
                yield kind, word.start(), last, date


def _document(citations: Sequence[Citation], start: int, end: int) -> str | None:
    """The document whose deadline is moved: cited in the clause, else right before it."""
    inside = [one.symbol for one in citations if start <= one.start < end and one.symbol]
    before = [one.symbol for one in citations if start - _BEFORE <= one.start < start and one.symbol]
    return next(iter(inside), before[-1] if before else None)
