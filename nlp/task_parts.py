"""What every task gets besides its text and lead: class, modality, product, target, reporting, citations, section."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.model import Document, Node
from nlp.model import Citation, Header, Task


@dataclass(slots=True)
class Setting:
    """The document around its tasks."""

    document: Document
    tree: Sequence[Node]
    header: Header
    citations: Sequence[Citation]
    starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.starts = [citation.start for citation in self.citations]

    @property
    def date(self) -> dt.date | None:
        """The document's date."""
        return self.header.date

    @property
    def year(self) -> int | None:
        """The year that a deadline without one means."""
        return self.header.date.year if self.header.date else None

    def cited(self, start: int, end: int) -> list[Citation]:
        """The citations between two offsets."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return [self.citations[place] for place in range(first, last)]


def complete(task: Task, setting: Setting) -> Task:
    """Fill what can be read from the task's own words."""
    symbols = [citation.symbol for citation in setting.cited(task.start, task.end) if citation.symbol]
    task = replace(task, citations=tuple(dict.fromkeys(symbols)))
    tracked = task.product or task.deadline or task.target
    return replace(task, class_="tracked" if tracked else "general")
