"""The text beside the tasks under review: their words marked, a long text in parts that the page fetches at need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.model import Document
from service.records import StoredTask
from service.web.highlight import Mark, ShownBlock, show
from service.web.source_parts import Part, cut


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part of the text; ``blocks`` is empty where the page fetches it later."""

    number: int
    pages: str
    tasks: tuple[int, ...]
    blocks: tuple[ShownBlock, ...]


def shown_parts(document: Document, tasks: Iterable[StoredTask], at: int | None) -> list[ShownPart]:
    """All parts; only those with the words of the task ``at`` carry their text (the first, where it has none)."""
    listed = [stored for stored in tasks if _in_text(stored)]
    parts = cut(document)
    here = [part.number for part in parts if at in _tasks_of(part, listed)] or [0]
    return [
        ShownPart(
            part.number,
            part.pages,
            _tasks_of(part, listed),
            tuple(_blocks(part, listed)) if part.number in here else (),
        )
        for part in parts
    ]


def one_part(document: Document, tasks: Iterable[StoredTask], number: int) -> list[ShownBlock] | None:
    """The blocks of one part; None: there is none of this number."""
    parts = cut(document)
    listed = [stored for stored in tasks if _in_text(stored)]
    return _blocks(parts[number], listed) if 0 <= number < len(parts) else None


def _in_text(stored: StoredTask) -> bool:
    return stored.removal is None and stored.vanished_at is None


def _tasks_of(part: Part, tasks: Sequence[StoredTask]) -> tuple[int, ...]:
    return tuple(stored.id for stored in tasks if part.holds(stored.task.start, stored.task.end))


def _blocks(part: Part, tasks: Sequence[StoredTask]) -> list[ShownBlock]:
    marks = [_mark(stored) for stored in tasks if part.holds(stored.task.start, stored.task.end)]
    return show(part.document, marks, part.before)


def _mark(stored: StoredTask) -> Mark:
    """A task's words in the source, found again from its card by their class."""
    task = stored.task
    return Mark(task.start, task.end, f"task t{stored.id}", f"nv-{stored.id}")
