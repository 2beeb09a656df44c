"""Texts as vectors: a port for encoders, and the latent-semantic one that is shipped (ADR 0013).

Latent semantic analysis (Deerwester et al. 1990): TF-IDF rows of many paragraphs, projected on their strongest singular
directions, so that words which keep the same company lie near each other. Fitted by ``nlp.train_encoder``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from nlp.model import Task
from nlp.wording import counted

Floats = npt.NDArray[np.float32]
_SHIPPED: Final = "latent.npz"
_KEPT: Final = 20_000
"""Texts whose vectors are remembered: the same tasks come back for every report."""


class Encoder(Protocol):
    """Anything that turns texts into vectors of unit length. Another version never compares with this one."""

    @property
    def version(self) -> str: ...
    def encode(self, texts: Sequence[str]) -> Floats:
        """One row a text; a text of which the encoder knows no word gets zeros."""


@dataclass(frozen=True, slots=True)
class LatentEncoder:
    """TF-IDF and truncated SVD; the projection is kept as bytes with one scale a direction."""

    version: str
    places: dict[str, int]
    """Term → row of the projection."""
    weights: Floats
    """Inverse document frequency of each term."""
    projection: npt.NDArray[np.int8]
    scales: Floats
    _known: dict[str, Floats] = field(default_factory=dict, repr=False, compare=False)

    @property
    def size(self) -> int:
        """Numbers in a vector."""
        return int(self.projection.shape[1])

    def encode(self, texts: Sequence[str]) -> Floats:
        """One row a text, of unit length or zero."""
        found = np.zeros((len(texts), self.size), dtype=np.float32)
        for row, text in enumerate(texts):
            if text not in self._known:
                if len(self._known) >= _KEPT:
                    self._known.clear()
                self._known[text] = self._one(text)
            found[row] = self._known[text]
        return found

    def _one(self, text: str) -> Floats:
        said = counted(text)[1]
        counts = {place: count for term, count in said.items() if (place := self.places.get(term)) is not None}
        if not counts:
            return np.zeros(self.size, dtype=np.float32)
        rows = np.fromiter(counts, dtype=np.intp)
        weights = np.array([1 + math.log(n) for n in counts.values()], dtype=np.float32) * self.weights[rows]
        vector: Floats = (weights @ self.projection[rows].astype(np.float32)) * self.scales
        length = float(np.linalg.norm(vector))
        return vector / length if length else vector


def load(path: Path) -> LatentEncoder:
    """An encoder from its file (numpy arrays and a JSON list of terms; no code is stored in it)."""
    with np.load(path, allow_pickle=False) as kept:
        names: list[str] = json.loads(bytes(kept["terms"]).decode("utf-8"))
        return LatentEncoder(
            version=str(kept["version"]),
            places={term: place for place, term in enumerate(names)},
            weights=kept["weights"].astype(np.float32),
            projection=kept["projection"],
            scales=kept["scales"].astype(np.float32),
        )


def save(encoder: LatentEncoder, path: Path) -> None:
    """Write an encoder's file."""
    names = json.dumps(list(encoder.places), ensure_ascii=False).encode("utf-8")
    np.savez_compressed(
        path,
        version=np.array(encoder.version),
        terms=np.frombuffer(names, dtype=np.uint8),
        weights=encoder.weights.astype(np.float16),
        projection=encoder.projection,
        scales=encoder.scales,
    )


@cache
def shipped() -> LatentEncoder:
    """The encoder in the package."""
    with as_file(files("nlp.data.model") / _SHIPPED) as path:
        return load(path)


def meant(task: Task) -> str:
    """What of a task is encoded: the work and its product."""
    return ". ".join(part for part in (task.text, task.product) if part)


def cosines(one: Floats, many: Floats) -> Floats:
    """Cosines of a unit vector with the rows of a matrix, never below 0."""
    found: Floats = np.clip(many @ one, 0.0, 1.0)
    return found


def as_values(vectors: Floats) -> Iterable[tuple[float, ...]]:
    """Rows as plain numbers, for ports that know no numpy."""
    return (tuple(map(float, row)) for row in vectors)
