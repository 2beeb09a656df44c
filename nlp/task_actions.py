"""The directive clauses inside a task: "Rà soát …; kiến nghị sửa đổi …" orders two things.

A new action begins with a sentence, or behind a semicolon with a verb that orders; what only continues the object of
the verb before ("…; về trách nhiệm của các cấp") stays with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.model import Action
from nlp.task_prose import clauses, read_clause
from nlp.task_subjects import starts_with_verb

_LEAST = 3
"""Words of a clause; a shorter one belongs to its neighbour."""
_MOST = 60
_TRAILING = " \n\t.;,:/…"


def find_actions(text: str, start: int, end: int) -> tuple[Action, ...]:
    """The actions of a task that stands at ``text[start:end]``, each without its final punctuation."""
    spans: list[tuple[int, int]] = []
    for first, last in _parts(text, start, end):
        if spans and not _begins(text, first, last, text[spans[-1][1] - 1]):
            spans[-1] = (spans[-1][0], last)
        else:
            spans.append((first, last))
    trimmed = ((first, first + _length(text[first:last])) for first, last in spans[:_MOST])
    return tuple(Action(first, last) for first, last in trimmed if last > first)


def _length(clause: str) -> int:
    """Without its final punctuation; dots that stand for more are kept."""
    bare = clause.rstrip(_TRAILING)
    more = re.match(r"\.{2,}|…", clause[len(bare) :])
    return len(bare) + (more.end() if more else 0)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Clauses, and both halves of one that names two things to make ("… và thành lập Tổ công tác")."""
    for first, last in clauses(text, start, end):
        joint = _SECOND.search(text, first, last)
        if joint and starts_with_verb(text, first):
            yield first, joint.start()
            yield joint.end(), last
        else:
            yield first, last


_SECOND = re.compile(r"\s+và\s+(?=thành\s+lập|kiện\s+toàn)")


def _begins(text: str, start: int, end: int, before: str) -> bool:
    """Whether a clause is an action of its own."""
    if len(text[start:end].split()) < _LEAST:
        return False
    if before == ";" or text[start].islower():
        return starts_with_verb(text, start) or read_clause(text, start, end) is not None
    return text[start].isupper()
