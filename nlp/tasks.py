"""Tasks of a document: table rows, headed lists and sentences that assign work to a unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from corpus.model import Document, Node
from nlp.model import Citation, Deciding, Header, Task
from nlp.task_addressees import with_addressees
from nlp.task_details import link_hops
from nlp.task_guesses import guess_in_tables
from nlp.task_lists import find_in_lists
from nlp.task_parts import Setting, complete
from nlp.task_tables import find_in_tables


def find_tasks(
    document: Document,
    tree: Sequence[Node],
    header: Header,
    citations: Sequence[Citation],
    *,
    deciding: Deciding = "both",
) -> tuple[Task, ...]:
    """All tasks that the text assigns, in reading order, each with an id that holds for this text."""
    setting = Setting(document, tree, header, citations)
    in_tables = guess_in_tables if deciding == "classifier" else find_in_tables
    found = [*in_tables(document, setting.year), *find_in_lists(document, tree, header, deciding=deciding)]
    addressed = (with_addressees(document, header, task) for task in sorted(found, key=lambda task: task.start))
    return link_hops(_numbered(document, [complete(task, setting) for task in addressed]))


def _numbered(document: Document, tasks: Sequence[Task]) -> tuple[Task, ...]:
    """Ids: document, place (sections and number), and an ordinal where a place occurs twice."""
    seen: Counter[str] = Counter()
    named: list[Task] = []
    for task in tasks:
        place = "/".join([*(_short(part) for part in task.section), task.row or "-"])
        seen[place] += 1
        ordinal = f"#{seen[place]}" if seen[place] > 1 or not task.row else ""
        named.append(replace(task, id=f"{document.sha256[:12]}/{place}{ordinal}"))
    return tuple(named)


def _short(section: str) -> str:
    """A heading's label ("Phụ lục III", "II", "Thứ nhất"), else its first words."""
    words = section.split()
    head = " ".join(words[:2]) if words and words[0].lower() in {"phụ", "thứ", "điều", "mục", "chương", "phần"} else ""
    if words and words[0].lower() == "phụ":
        head = " ".join(words[:3])
    return (head or (words[0] if words else "")).strip(".,:;)-–")
