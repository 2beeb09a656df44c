"""Fits the latent-semantic encoder (nlp.encode) on paragraphs. scikit-learn is only needed here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

import numpy as np

from nlp.encode import LatentEncoder
from nlp.wording import terms, words

SIZE = 96
"""Directions kept; more did not raise hit@1 on the development sets (docs/accuracy.md)."""
VOCABULARY = 20_000
_SHORTEST, _LONGEST = 8, 120
"""Words of a paragraph that is learned from."""
_RAREST = 5
_SEED = 7


def fit(paragraphs: Iterable[str], *, size: int = SIZE, vocabulary: int = VOCABULARY) -> LatentEncoder:
    """An encoder from paragraphs; the same ones give the same encoder. Repeated paragraphs count once."""
    from sklearn.decomposition import TruncatedSVD  # noqa: PLC0415 - only training needs it
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - same

    kept = sorted(set(_pieces(paragraphs)))
    counting = TfidfVectorizer(
        analyzer=_terms, min_df=_RAREST, max_df=0.2, max_features=vocabulary, sublinear_tf=True, dtype=np.float32
    )
    rows = counting.fit_transform(kept)
    svd = TruncatedSVD(min(size, rows.shape[1] - 1), random_state=_SEED).fit(rows)
    directions = svd.components_.T.astype(np.float32)
    scales = np.abs(directions).max(axis=0) / 127
    names = [str(name) for name in counting.get_feature_names_out()]
    digest = hashlib.sha256("\n".join(names).encode() + directions.tobytes()).hexdigest()[:8]
    return LatentEncoder(
        version=f"latent-1-{digest}",
        places={name: place for place, name in enumerate(names)},
        weights=counting.idf_.astype(np.float32),
        projection=np.round(directions / scales).astype(np.int8),
        scales=scales.astype(np.float32),
    )


def _terms(text: str) -> list[str]:
    return list(terms(words(text)))


def _pieces(paragraphs: Iterable[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        said = paragraph.split()
        for start in range(0, len(said), _LONGEST):
            piece = said[start : start + _LONGEST]
            if len(piece) >= _SHORTEST:
                yield " ".join(piece)
