"""How many everyday questions become the right filter, and whether any becomes a wrong one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from nlp.questions import Filter, Names, understand


@dataclass(slots=True)
class QuestionScore:
    """``right`` also counts what must not be understood and was not; ``wrong`` are answers by another filter."""

    asked: int = 0
    meant: int = 0
    """Questions that have a filter."""
    right: int = 0
    filtered: int = 0
    """Questions with a filter that became exactly that."""
    silent: int = 0
    """Questions with a filter that were not understood."""
    wrong: list[tuple[str, Filter | None, Filter]] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def add(self, question: str, expected: Filter | None, found: Filter | None) -> None:
        """Count one question."""
        self.asked += 1
        self.meant += expected is not None
        expected, found = _plain(expected), _plain(found)
        self.right += expected == found
        self.filtered += expected is not None and expected == found
        if found is not None and found != expected:
            self.wrong.append((question, expected, found))
        elif found is None and expected is not None:
            self.silent += 1
            self.missed.append(question)


def _plain(asked: Filter | None) -> Filter | None:
    """A filter with its lists in one order: they are sets."""
    if asked is None:
        return None
    return {name: sorted(value) if isinstance(value, list) else value for name, value in asked.items()}


def score_questions(gold: dict[str, Any], score: QuestionScore | None = None) -> QuestionScore:
    """The questions of a gold file, asked on its day with its names."""
    score = score or QuestionScore()
    names, today = Names(gold["units"], gold["leaders"]), dt.date.fromisoformat(gold["today"])
    for row in gold["questions"]:
        score.add(row["question"], row["filter"], understand(row["question"], names, today).filter)
    return score
