"""From a document to what is searched: terms with marks, terms without, symbol keys. Every engine gets the same terms.

Each field holds single syllables and pairs of neighbours ("nghị", "định", "nghị_định"): most Vietnamese words have two
syllables, and a pair tells far more than its halves.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from corpus.model import Document, Node
from corpus.text import canonical_tones, nfc, no_marks, one_to_one
from corpus.tree import build_tree
from nlp.encode import Encoder, as_values, meant
from nlp.model import Citation
from nlp.units import unit_key
from service.index.ports import Entry, Place, Vector
from service.index.spelling import index_keys
from service.records import StoredCitation, StoredDocument, StoredTask

PASSAGE: Final = 1000
"""Characters of a passage, about; it ends at a line."""
_LONGEST: Final = 1500
_HEADING: Final = 300
_HEADING_WEIGHT: Final = 2
"""How often a heading counts as said in each passage below it (docs/accuracy.md, Search)."""
_WORD: Final = re.compile(r"[^\W_]+")
_ARTICLE: Final = re.compile(r"Điều \d+[a-zđ]?\s*[.:]")
_NAMED: Final = ("khoản", "điểm")
"""Levels whose printed label is the bare number or letter."""
_BREAK: Final = re.compile(r"[.;:] |[\t\n]")


@dataclass(frozen=True, slots=True)
class Term:
    """A syllable or number of a text, where it stands, with and without marks."""

    start: int
    end: int
    marked: str
    folded: str


@dataclass(frozen=True, slots=True)
class Fields:
    """The two searched fields of one entry: terms joined by spaces."""

    text: str
    folded: str


def terms(text: str) -> list[Term]:
    """The terms of a text with their places in it, for highlights."""
    return [Term(m.start(), m.end(), *_both(m[0])) for m in _WORD.finditer(text)]


def find_terms(text: str, wanted: frozenset[str]) -> list[Term]:
    """Those terms of a text that are wanted; what is wanted without marks is met by any marks."""
    found = []
    for match in _WORD.finditer(text):
        marked, folded = _both(match[0])
        if marked in wanted or folded in wanted:
            found.append(Term(match.start(), match.end(), marked, folded))
    return found


def fields(*texts: str | None) -> Fields:
    """Both fields of an entry made of these texts."""
    runs = [_WORD.findall(_marked(text)) for text in texts if text]
    return Fields(_joined(runs), _joined([list(map(_folded, run)) for run in runs]))


def passages(text: str) -> Iterator[tuple[int, int]]:
    """Pieces of about a thousand characters at line ends; an article (Điều) always begins a new one."""
    start = end = 0
    for line_start, line_end in _lines(text):
        begins = _ARTICLE.match(text, line_start) is not None
        if end > start and (begins or line_end - start > PASSAGE):
            yield start, end
            start = line_start
        end = line_end
    if end > start:
        yield start, end


def passage_end(text: str, start: int) -> int:
    """Where the passage that begins at ``start`` ends."""
    window = text[start : start + 2 * _LONGEST]
    return start + next((end for _, end in passages(window)), len(window))


def entries(
    document: StoredDocument,
    layout: Document,
    citations: Sequence[StoredCitation],
    tasks: Sequence[StoredTask],
    encoder: Encoder | None = None,
) -> Iterator[Entry]:
    """All entries of one document: itself, its passages, its tasks (with vectors where there is an encoder)."""
    yield _document_entry(document)
    yield from _passage_entries(document, layout, citations)
    for task, vector in zip(tasks, _vectors(tasks, encoder), strict=True):
        yield _task_entry(document, task, vector)


def _vectors(tasks: Sequence[StoredTask], encoder: Encoder | None) -> Iterable[Vector | None]:
    if encoder is None or not tasks:
        return [None] * len(tasks)
    rows = as_values(encoder.encode([meant(stored.task) for stored in tasks]))
    return [Vector(encoder.version, row) if any(row) else None for row in rows]


def _document_entry(document: StoredDocument) -> Entry:
    header = document.header
    found = fields(header.title, header.kind, header.issuer, *header.issuers)
    return _entry(document, f"d:{document.id}", found, symbols=_own_keys(document))


def _passage_entries(
    document: StoredDocument, layout: Document, citations: Sequence[StoredCitation]
) -> Iterator[Entry]:
    text, places = layout.text, _Places(build_tree(layout))
    cited = sorted((kept.citation for kept in citations if kept.citation.symbol), key=lambda c: c.start)
    starts = [citation.start for citation in cited]
    for start, end in passages(text):
        inside = cited[bisect_left(starts, start) : bisect_left(starts, end)]
        heading = places.heading(start, text)
        found = fields(text[start:end], *[heading] * _HEADING_WEIGHT, document.header.title)
        yield _entry(
            document,
            f"p:{document.id}:{start}",
            found,
            ref=start,
            symbols=_cited_keys(inside),
            places=places.changes(start, end),
        )


def _task_entry(document: StoredDocument, stored: StoredTask, vector: Vector | None) -> Entry:
    task = stored.task
    found = fields(task.text, task.product, task.target, *task.section)
    units = tuple(dict.fromkeys(unit_key(name) for name in task.lead))
    keys = tuple(dict.fromkeys(key for symbol in task.citations for key in index_keys(symbol)))
    entry = _entry(document, f"t:{stored.id}", found, ref=stored.id, symbols=keys, units=units)
    return replace(entry, vector=vector)


def _entry(
    document: StoredDocument,
    entry_id: str,
    found: Fields,
    *,
    ref: int = 0,
    symbols: tuple[str, ...] = (),
    units: tuple[str, ...] = (),
    places: tuple[Place, ...] = (),
) -> Entry:
    kinds = {"d": "document", "p": "passage", "t": "task"}
    header = document.header
    return Entry(
        id=entry_id,
        kind=kinds[entry_id[0]],  # type: ignore[arg-type]  # the three letters above
        document_id=document.id,
        ref=ref,
        text=found.text,
        folded=found.folded,
        symbols=symbols,
        units=units,
        doc_kind=header.kind,
        issuer=header.issuer,
        date=header.date.isoformat() if header.date else None,
        locator=places[0][1] if places else (),
        places=places,
    )


class _Places:
    """Which heading an offset stands under."""

    def __init__(self, tree: Sequence[Node]) -> None:
        self._tree = tree
        self._starts = [node.start for node in tree]
        self._ends = sorted(node.body_end for node in tree)

    def path(self, offset: int) -> list[Node]:
        """The nodes around an offset, the largest first."""
        place = bisect_right(self._starts, offset) - 1
        while place >= 0 and self._tree[place].body_end <= offset:
            place = self._tree[place].parent
        found: list[Node] = []
        while place >= 0:
            found.append(self._tree[place])
            place = self._tree[place].parent
        return found[::-1]

    def locator(self, offset: int) -> tuple[str, ...]:
        """The path as labels."""
        return tuple(label(node) for node in self.path(offset) if node.level != "bullet")

    def changes(self, start: int, end: int) -> tuple[Place, ...]:
        """The locator at ``start``, and at each place up to ``end`` where it becomes another."""
        offsets = {start, *self._starts[bisect_left(self._starts, start) : bisect_left(self._starts, end)]}
        offsets.update(self._ends[bisect_left(self._ends, start) : bisect_left(self._ends, end)])
        found: list[Place] = []
        for offset in sorted(offsets):
            locator = self.locator(offset)
            if not found or found[-1][1] != locator:
                found.append((offset, locator))
        return tuple(found)

    def heading(self, offset: int, text: str) -> str:
        """What a passage is about: the heading of its article, or else of the level that it continues."""
        path = self.path(offset)
        articles = [node for node in path if node.level == "Điều"]
        found = articles or [node for node in path if node.end <= offset]
        return text[found[-1].start : min(found[-1].end, found[-1].start + _HEADING)] if found else ""


def label(node: Node) -> str:
    """A level as it is cited: "Điều 5", "khoản 2", "điểm a", "Mục III"."""
    bare = node.label.strip(" .:)(")
    return f"{node.level} {bare}" if node.level in _NAMED else bare


def _own_keys(document: StoredDocument) -> tuple[str, ...]:
    header = document.header
    return index_keys(header.symbol, header.kind, header.date) if header.symbol else ()


def _cited_keys(citations: Iterable[Citation]) -> tuple[str, ...]:
    """All keys of the symbols cited: the exact ones, and those of every other spelling."""
    found = (key for c in citations if c.symbol for key in index_keys(c.symbol, c.kind, c.date))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=50_000)
def _both(word: str) -> tuple[str, str]:
    marked = _marked(word)
    return marked, no_marks(marked)


def _marked(text: str) -> str:
    return canonical_tones(one_to_one(nfc(text)).lower())


_folded = lru_cache(maxsize=50_000)(no_marks)
"""Vietnamese has some 7,000 syllables in use: nearly every call is a look-up."""


def _joined(runs: Iterable[list[str]]) -> str:
    return " ".join(" ".join((*run, *map("_".join, pairwise(run)))) for run in runs)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Lines with their end marks; one that is too long is cut at a sentence or cell end, else anywhere."""
    start = 0
    while start < len(text):
        stop = text.find("\n", start)
        end = len(text) if stop < 0 else stop + 1
        while end - start > _LONGEST:
            cut = _cut(text, start)
            yield start, cut
            start = cut
        yield start, end
        start = end


def _cut(text: str, start: int) -> int:
    ends = [match.end() for match in _BREAK.finditer(text, start + PASSAGE // 2, start + PASSAGE)]
    if ends:
        return ends[-1]
    space = text.rfind(" ", start, start + PASSAGE)
    return space + 1 if space > start else start + PASSAGE
