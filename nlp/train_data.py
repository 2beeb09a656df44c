"""Which annotated texts the classifier learns from; the caller reads the documents (nlp opens no file formats)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from corpus.model import Document
from nlp.assign_features import Candidate
from nlp.assign_judge import Seen
from nlp.evaluate_pairs import Json, inside
from nlp.gold_directives import directives
from nlp.train import Sample, candidates, label_readings, label_tasks, nothing_assigned, rows_of_tables

__all__ = ["gather"]

Read = Callable[[Path], Document]
ReadBytes = Callable[[bytes, str], Document]
_FRESH = re.compile(r"[5-9]\d-")
"""Link sets from 50 on were written after the rules."""
_PAGE = "# "
"""Crawled encyclopaedia and news pages begin with a Markdown title, directives with their header."""
_LAWS = "alqac/training-all_articles_2023.json"
_DEFINES = "được hiểu như sau"


def gather(gold: Path, data: Path, read: Read, read_bytes: ReadBytes) -> Iterator[Sample]:
    """All samples: whole tasks, directives of link sets, yes-or-no readings, the seed, texts that assign nothing.

    ``gold`` holds the annotations, whose sealed side (``tasks/test``) is left alone; ``data`` the documents.
    """
    yield from _tasks(gold / "tasks", data, read)
    yield from _directives(gold / "links" / "dev", read_bytes)
    yield from _readings(gold, data, read)
    yield from _seed(data.parent / "seed", read)
    yield from _pages(data / "crawl", sealed(gold), read)
    yield from _definitions(data / _LAWS)


def sealed(gold: Path) -> frozenset[str]:
    """Names of the documents that only measure; their annotations are not opened."""
    return frozenset(re.sub(r"-[b-z]$", "", path.stem) for path in (gold / "tasks" / "test").glob("*.json"))


def _load(path: Path) -> Json:
    content: Json = json.loads(path.read_text(encoding="utf-8"))
    return content


def _tasks(folder: Path, data: Path, read: Read) -> Iterator[Sample]:
    for path in sorted(folder.glob("*.json")):
        gold = _load(path)
        yield from rows_of_tables(gold["file"], gold["tasks"])
        document = read(data / gold["file"])
        yield from label_tasks(gold["file"], _annotated(document, gold.get("span")), gold["tasks"])


def _directives(folder: Path, read_bytes: ReadBytes) -> Iterator[Sample]:
    """The directives of link sets that are annotated as a whole."""
    for path in sorted(folder.glob("*.txt")):
        fresh = bool(_FRESH.match(path.stem))
        for gold in directives(path.read_text(encoding="utf-8"), path.stem):
            if tasks := gold.get("tasks"):
                document = read_bytes(gold["content"].encode(), gold["file"])
                yield from rows_of_tables(path.stem, tasks)
                yield from label_tasks(path.stem, candidates(document), tasks, fresh=fresh)


def _annotated(document: Document, span: Sequence[str] | None) -> list[Seen]:
    """The candidates of the part that was annotated."""
    seen = candidates(document)
    if not span:
        return seen
    placed = inside(span, document.text, [{"start": one.start, "seen": one} for one in seen])
    return [fact["seen"] for fact in placed]


def _readings(gold: Path, data: Path, read: Read) -> Iterator[Sample]:
    closed = sealed(gold) | {path.stem for path in (gold / "tasks").glob("*.json")}
    for path in sorted((gold / "assignments").glob("*.json")):
        if path.stem not in closed:
            said = _load(path)
            yield from label_readings(said["file"], candidates(read(data / said["file"])), said)


def _seed(folder: Path, read: Read) -> Iterator[Sample]:
    gold = _load(folder / "seed-gold.json")
    yield from label_tasks("seed", candidates(read(folder / "article.txt")), gold["tasks"])


def _pages(folder: Path, closed: frozenset[str], read: Read) -> Iterator[Sample]:
    for path in sorted(folder.glob("*.md")):
        if path.stem not in closed and path.read_text(encoding="utf-8").startswith(_PAGE):
            yield from nothing_assigned(path.name, candidates(read(path)))


def _definitions(path: Path) -> Iterator[Sample]:
    """Scope and definitions of laws, paragraph by paragraph."""
    for name, text in sorted(_load(path).items()):
        law, _, number = name.partition("@")
        if number == "1" or _DEFINES in text[:400]:
            yield from nothing_assigned(law, _paragraphs(text))


def _paragraphs(text: str) -> Iterator[Seen]:
    for line in text.split("\n")[:40]:
        words = " ".join(line.split())
        if len(words.split()) >= 4:
            yield Seen(Candidate(words, normative=True), 0, 0, by_rules=False)
