"""Vectors of the embedded index: a SQLite file that every process may read, and an exact float32 search in memory.

Each row has a number that grows with every change, so that a process reads again only what is new; a removed entry
stays as a row without a vector until the file is cleared.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from service.index.ports import Entry, EntryKind, Hit, Query

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS vectors (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, document_id INTEGER NOT NULL,
    ref INTEGER NOT NULL, keys TEXT NOT NULL, encoder TEXT, vector BLOB);
CREATE INDEX IF NOT EXISTS ix_vectors_document ON vectors (document_id);
CREATE TABLE IF NOT EXISTS epoch (value INTEGER NOT NULL);
INSERT INTO epoch SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM epoch);
"""
_SEPARATOR: Final = "\x1f"
_GROWTH: Final = 1024

Floats = npt.NDArray[np.float32]
Row = tuple[int, str, str, int, int, str, str | None, bytes | None]


class VectorFile:
    """Vectors with what a query filters by. Changes are seen by others after ``commit``."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        self._file = sqlite3.connect(path, timeout=60, check_same_thread=False, isolation_level=None)
        self._file.execute("PRAGMA journal_mode=WAL")
        self._file.executescript(_SCHEMA)
        self._table = _Table()

    def put(self, entry: Entry) -> None:
        """Keep an entry's vector in the place of an older one; without a vector only the older one goes."""
        with self._lock:
            self._begin()
            if entry.vector is None:
                self._forget("id = ?", entry.id)
                return
            values = np.asarray(entry.vector.values, dtype=np.float32)
            keys = _SEPARATOR.join(_keys(entry.units, entry.symbols, entry.doc_kind))
            row = (entry.id, entry.kind, entry.document_id, entry.ref, keys, entry.vector.encoder, values.tobytes())
            self._file.execute(
                "INSERT OR REPLACE INTO vectors (id, kind, document_id, ref, keys, encoder, vector) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                row,
            )

    def remove_document(self, document_id: int) -> None:
        """Forget a document's vectors."""
        with self._lock:
            self._begin()
            self._forget("document_id = ?", document_id)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._begin()
            self._file.execute("DELETE FROM vectors")
            self._file.execute("UPDATE epoch SET value = value + 1")

    def commit(self) -> None:
        """Make changes visible."""
        with self._lock:
            if self._file.in_transaction:
                self._file.execute("COMMIT")

    def rollback(self) -> None:
        """Give up what was not committed."""
        with self._lock:
            if self._file.in_transaction:
                self._file.execute("ROLLBACK")

    def close(self) -> None:
        """Give up what was not committed, and the file."""
        with self._lock:
            self.rollback()
            self._file.close()

    def encoders(self) -> frozenset[str]:
        """Encoders of the vectors kept."""
        with self._lock:
            return self._fresh().encoders()

    def search(self, query: Query) -> list[Hit]:
        """The entries that pass the filters, by cosine; ties in the order of their ids."""
        with self._lock:
            return self._fresh().search(query)

    def _begin(self) -> None:
        if not self._file.in_transaction:
            self._file.execute("BEGIN IMMEDIATE")

    def _forget(self, where: str, value: object) -> None:
        gone = self._file.execute(
            f"SELECT id, kind, document_id, ref FROM vectors WHERE vector IS NOT NULL AND {where}",  # noqa: S608 - ours
            (value,),
        ).fetchall()
        self._file.executemany(
            "INSERT OR REPLACE INTO vectors (id, kind, document_id, ref, keys) VALUES (?, ?, ?, ?, '')", gone
        )

    def _fresh(self) -> _Table:
        """The table in memory with what changed since it was last read."""
        (epoch,) = self._file.execute("SELECT value FROM epoch").fetchone()
        if epoch != self._table.epoch:
            self._table = _Table(epoch)
        changed = (
            "SELECT seq, id, kind, document_id, ref, keys, encoder, vector FROM vectors WHERE seq > ? ORDER BY seq"
        )
        self._table.read(self._file.execute(changed, (self._table.seen,)))
        return self._table


class _Table:
    """The vectors in memory, a matrix for each encoder, and the rows that have a filter's value."""

    def __init__(self, epoch: int = 0) -> None:
        self.epoch, self.seen = epoch, 0
        self._matrices: dict[str, _Matrix] = {}
        self._place: dict[str, tuple[str, int]] = {}

    def read(self, rows: Iterable[Row]) -> None:
        for seq, entry_id, kind, document_id, ref, keys, encoder, vector in rows:
            self.seen = max(self.seen, seq)
            if (old := self._place.pop(entry_id, None)) is not None:
                self._matrices[old[0]].drop(old[1])
            if encoder is not None and vector is not None:
                values = np.frombuffer(vector, dtype=np.float32)
                matrix = self._matrices.setdefault(encoder, _Matrix(len(values)))
                place = matrix.add((entry_id, kind, document_id, ref), keys.split(_SEPARATOR), values)
                self._place[entry_id] = (encoder, place)

    def encoders(self) -> frozenset[str]:
        return frozenset(encoder for encoder, _ in self._place.values())

    def search(self, query: Query) -> list[Hit]:
        matrix = self._matrices.get(query.vector.encoder) if query.vector else None
        return matrix.search(query) if matrix else []


class _Matrix:
    """Rows of one encoder; a dropped row stays, marked."""

    def __init__(self, size: int) -> None:
        self._values: Floats = np.zeros((_GROWTH, size), dtype=np.float32)
        self._alive = np.zeros(_GROWTH, dtype=bool)
        self._rows: list[tuple[str, str, int, int]] = []
        self._having: dict[str, list[int]] = defaultdict(list)
        self._found: dict[str, npt.NDArray[np.intp]] = {}

    def add(self, row: tuple[str, str, int, int], keys: Sequence[str], values: Floats) -> int:
        place = len(self._rows)
        if place == len(self._values):
            self._values = np.vstack([self._values, np.zeros_like(self._values)])
            self._alive = np.concatenate([self._alive, np.zeros_like(self._alive)])
        self._values[place], self._alive[place] = values, True
        self._rows.append(row)
        for key in (*keys, f"k:{row[1]}", f"n:{row[2]}"):
            self._having[key].append(place)
            self._found.pop(key, None)
        return place

    def drop(self, place: int) -> None:
        self._alive[place] = False

    def search(self, query: Query) -> list[Hit]:
        asked = np.asarray(query.vector.values if query.vector else (), dtype=np.float32)
        places = self._passing(query)
        if not len(places) or asked.shape != self._values.shape[1:]:
            return []
        scores = self._cosines(places, asked)
        wanted = max(1, query.limit)
        if len(places) > wanted:
            best = np.argpartition(-scores, wanted - 1)[:wanted]
            level = scores[best].min()
            best = np.flatnonzero(scores >= level)  # ties at the edge are settled by id, not by chance
        else:
            best = np.arange(len(places))
        found = sorted((-float(scores[i]), self._rows[places[i]]) for i in best)[:wanted]
        return [Hit(row[0], _kind(row[1]), row[2], row[3], -score) for score, row in found]

    def _cosines(self, places: npt.NDArray[np.intp], asked: Floats) -> Floats:
        """Few rows are taken out; the product with all is quicker than a copy of most of them."""
        if 2 * len(places) > len(self._rows):
            found: Floats = (self._values[: len(self._rows)] @ asked)[places]
            return found
        return self._values[places] @ asked

    def _passing(self, query: Query) -> npt.NDArray[np.intp]:
        alive = self._alive[: len(self._rows)]
        passing: npt.NDArray[np.bool_] = alive
        for values in _filters(query):
            having = np.zeros(len(self._rows), dtype=bool)
            for value in values:
                having[self._with(value)] = True
            passing = passing & having
        return np.flatnonzero(passing)

    def _with(self, value: str) -> npt.NDArray[np.intp]:
        """The rows that have a filter's value; a list of thousands is made an array once, not for every search."""
        if value not in self._found:
            self._found[value] = np.array(self._having.get(value, ()), dtype=np.intp)
        return self._found[value]


def _keys(units: Iterable[str], symbols: Iterable[str], doc_kind: str | None) -> list[str]:
    return [*(f"u:{unit}" for unit in units), *(f"s:{s}" for s in symbols), *([f"d:{doc_kind}"] if doc_kind else [])]


def _filters(query: Query) -> Iterable[list[str]]:
    if query.kind is not None:
        yield [f"k:{query.kind}"]
    if query.doc_kind is not None:
        yield [f"d:{query.doc_kind}"]
    if query.symbols:
        yield [f"s:{symbol}" for symbol in query.symbols]
    if query.units:
        yield [f"u:{unit}" for unit in query.units]
    if query.document_ids is not None:
        yield [f"n:{number}" for number in query.document_ids]


def _kind(kind: str) -> EntryKind:
    return kind  # type: ignore[return-value]  # written by ``put`` from an EntryKind
