"""Gold sets taken into a store, so that measuring and training see what the product sees: files read, index asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.text import canonical_tones, fold
from nlp.link_gold import GoldFile, Mark, read_set
from service.linking.link import Scene, scene_of
from service.ports import Ports
from service.records import StoredDocument, StoredItem

_WORD = re.compile(r"\w+")
_SAME = 0.85
"""Share of the shorter text's words that the other must have to be the same line."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A marked line of a report: the store ids of its tasks, and the items that the product made of it."""

    set: str
    mark: Mark
    tasks: frozenset[int]
    unread: int
    """Tasks of the gold that the product did not find in the directive."""
    items: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Studied:
    """A report of a set with its marked lines."""

    set: str
    scene: Scene
    lines: tuple[Gold, ...]


def write_sets(paths: Iterable[Path], folder: Path) -> list[Path]:
    """Write the files of gold sets without their marks, a folder a set; returns the folders."""
    folders = []
    for path in paths:
        home = folder / path.stem
        home.mkdir(parents=True)
        for file in read_set(path.read_text(encoding="utf-8")):
            (home / file.name).write_text(file.text, encoding="utf-8")
        folders.append(home)
    return folders


def study(app: Ports, paths: Iterable[Path], folder: Path) -> Iterator[Studied]:
    """The reports of gold sets whose files were taken in from ``folder``; open lines are left out."""
    for name, file, document, tasks in _reports(app, paths, folder):
        if document is not None and (scene := scene_of(app, document)) is not None:
            yield Studied(name, scene, tuple(_lines(name, file, scene.items, tasks)))


def unheard(app: Ports, paths: Iterable[Path], folder: Path) -> Iterator[Gold]:
    """The marked lines of files that are reports to the gold but not to the product: nothing was read of them."""
    for name, file, document, tasks in _reports(app, paths, folder):
        if document is None or app.store.report(document.id) is None:
            yield from _lines(name, file, (), tasks)


def _reports(
    app: Ports, paths: Iterable[Path], folder: Path
) -> Iterator[tuple[str, GoldFile, StoredDocument | None, dict[str, int]]]:
    """Every report of the sets: the set, the file, what was taken in of it, and the set's tasks by their marks."""
    documents = {Path(document.file): document for document in app.store.documents()}
    for path in paths:
        files = read_set(path.read_text(encoding="utf-8"))
        tasks = dict(_tasks(app, files, folder / path.stem, documents))
        for file in (file for file in files if file.role == "report"):
            yield path.stem, file, documents.get(folder / path.stem / file.name), tasks


def _tasks(
    app: Ports, files: Sequence[GoldFile], folder: Path, documents: dict[Path, StoredDocument]
) -> Iterator[tuple[str, int]]:
    for file in files:
        document = documents.get(folder / file.name)
        if file.role == "directive" and document is not None:
            found = [(task.id, task.task.text) for task in app.store.tasks(document_id=document.id)]
            for mark in (mark for mark in file.marks if mark.tasks):
                if place := _likest(mark.line, [text for _, text in found]):
                    yield mark.tasks[0], found[place - 1][0]


def _likest(line: str, texts: Sequence[str]) -> int:
    """Number (from 1) of the text that is most of the line, 0 for none."""
    scored = [(_shared(line, text), number) for number, text in enumerate(texts, 1) if same_line(line, text)]
    return max(scored, key=lambda one: (one[0], -one[1]))[1] if scored else 0


def _lines(name: str, file: GoldFile, read: Sequence[StoredItem], tasks: dict[str, int]) -> Iterator[Gold]:
    for mark in (mark for mark in file.marks if not mark.open):
        items = tuple(stored.id for stored in read if same_line(mark.line, stored.item.text))
        known = frozenset(tasks[task] for task in mark.tasks if task in tasks)
        yield Gold(name, mark, known, len(mark.tasks) - len(known), items)


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(canonical_tones(fold(text)).lower()))


def _shared(one: str, other: str) -> int:
    return (_words(one) & _words(other)).total()


def same_line(one: str, other: str) -> bool:
    """Whether two texts are one line, or one of them a piece of the other."""
    shorter = min(_words(one).total(), _words(other).total())
    return bool(shorter) and _shared(one, other) >= _SAME * shorter
