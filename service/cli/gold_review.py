"""Task lists of gold directives, put right as an office does before reports come in: by what the review page calls.

What the gold says is entered as a person would: missing tasks by hand, wrong wordings and parts corrected, what is no
task taken off the list. Parts that the gold leaves out stay as they were read; of a missing task only its units are
then entered, those that stand at the head of its line or of the list that it is in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from corpus.labels import read_label
from corpus.model import Document
from corpus.tree import build_tree, headings
from nlp.evaluate_pairs import pair, word_overlap
from nlp.link_gold import GoldFile, Mark, read_set
from nlp.units import find_units
from service import review
from service.linking.study import same_line
from service.ports import Ports
from service.records import StoredDocument, StoredTask
from service.review.fields import RECURRENCES, day, shown

BY: Final = "bộ đối chiếu"
WHY: Final = "Không phải nhiệm vụ"
_SAME: Final = 0.8
"""Word overlap from which a task's wording needs no correction: the measure of read tasks asks for as much."""
_LIKE: Final = 0.5
_HEAD: Final = 200
_OPENING: Final = 5
"""Characters before a unit that still stands at the head of a line: "Giao "."""
_ROMAN: Final = ("I", "II", "III", "IV")


@dataclass(slots=True)
class Reviewed:
    """What a reviewer had to do."""

    added: int = 0
    corrected: int = 0
    removed: int = 0


def review_sets(app: Ports, paths: Sequence[Path], folder: Path) -> Reviewed:
    """Make the task list of every gold directive that was taken in from ``folder`` what its marks say."""
    done = Reviewed()
    documents = {Path(document.file): document for document in app.store.documents()}
    for path in paths:
        for file in read_set(path.read_text(encoding="utf-8")):
            document = documents.get(folder / path.stem / file.name)
            if file.role == "directive" and document is not None:
                _review(app, document, file, done)
    return done


def _review(app: Ports, document: StoredDocument, file: GoldFile, done: Reviewed) -> None:
    marks = [mark for mark in file.marks if mark.tasks]
    found = review.in_order(app.store.tasks(document_id=document.id))
    lines = [{"text": task_text(mark.line, mark.parts), "lead": mark.parts.get("lead", ())} for mark in marks]
    texts = [{"text": stored.task.text, "lead": stored.task.lead} for stored in found]
    pairs = dict(pair(lines, texts, lambda one, other: word_overlap(one["text"], other["text"]), _LIKE))
    for number, mark in enumerate(marks):
        if number in pairs:
            done.corrected += _correct(app, found[pairs[number]], mark)
        else:
            text = lines[number]["text"]
            read = {} if "lead" in mark.parts else {"lead": "; ".join(lead_in(app.store.layout(document.id), text))}
            written = {"text": text, **read, **_written(mark.parts)}
            review.add_task(app, document.id, written, by=BY)
            done.added += 1
    open_lines = [mark.line for mark in file.marks if mark.open]
    taken = set(pairs.values())
    wrong = [
        stored.id
        for number, stored in enumerate(found)
        if number not in taken and not any(same_line(line, stored.task.text) for line in open_lines)
    ]
    if wrong:
        review.remove(app, wrong, reason=WHY, by=BY)
        done.removed += len(wrong)


def _correct(app: Ports, stored: StoredTask, mark: Mark) -> bool:
    text = task_text(mark.line, mark.parts)
    written = {} if word_overlap(text, stored.task.text) >= _SAME else {"text": text}
    if "deadline" in mark.parts and _as_gold(stored) != mark.parts["deadline"]:
        written["deadline"] = _deadline(mark.parts["deadline"])
    others = _written({key: value for key, value in mark.parts.items() if key != "deadline"})
    written |= {name: words for name, words in others.items() if words != shown(stored.task, name)}
    return review.correct(app, stored.id, written, by=BY) is not None


def _as_gold(stored: StoredTask) -> dict[str, Any] | None:
    deadline = stored.task.deadline
    if deadline is None:
        return None
    due = deadline.due.isoformat() if deadline.due else None
    return {"due": due, "precision": deadline.precision, "recurrence": deadline.recurrence}


def task_text(line: str, parts: Mapping[str, Any] = MappingProxyType({})) -> str:
    """A gold line as a reviewer enters it: without its number or bullet; of a row the longest cell that is no part."""
    if line.lstrip().startswith("|"):
        told = "; ".join(value if isinstance(value, str) else "; ".join(value or ()) for value in parts.values())
        cells = [cell.strip() for cell in line.split("|")]
        return max(cells, key=lambda cell: (word_overlap(cell, told) < _SAME and cell not in told, len(cell)))
    label = read_label(line.strip())
    return label.rest.strip() if label and label.rest.strip() else line.strip()


def lead_in(layout: Document, text: str) -> tuple[str, ...]:
    """The units at the head of a line, else those of the nearest heading over it."""
    place = layout.text.find(text)
    for words in (text, *reversed(headings(layout.text, build_tree(layout), place))):
        units = [name for start, _, name in find_units(words[:_HEAD]) if start <= _OPENING or words is not text]
        if units:
            return tuple(units[:1] if words is text else units)
    return ()


def _written(parts: Mapping[str, Any]) -> dict[str, str]:
    return dict(_fields(parts))


def _fields(parts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in parts.items():
        if name == "deadline":
            yield name, _deadline(value)
        else:
            yield name, "; ".join(value) if isinstance(value, list) else value or ""


def _deadline(value: Mapping[str, Any] | None) -> str:
    """A gold deadline in an officer's words; one that hangs on an event has no day to write."""
    if value is None:
        return ""
    due = dt.date.fromisoformat(value["due"]) if value["due"] else None
    words = [_due(due, value["precision"])] if due else []
    if value["recurrence"]:
        words.append(RECURRENCES[value["recurrence"]])
    return " và ".join(words)


def _due(due: dt.date, precision: str) -> str:
    match precision:
        case "month":
            return f"tháng {due.month}/{due.year}"
        case "quarter":
            return f"quý {_ROMAN[(due.month - 1) // 3]}/{due.year}"
        case "half-year":
            return f"6 tháng {'đầu' if due.month <= 6 else 'cuối'} năm {due.year}"
        case "year":
            return f"năm {due.year}"
        case _:
            return day(due)
