"""Vietnamese words with exact offsets, for single candidate sentences; never for whole texts (0.3 MB/s).

underthesea splits legal symbols, rewrites spellings and gives no offsets, loads lazily and not thread-safely, and is
quadratic on long runs; so symbols are masked, spellings made one before, offsets kept here, and one thread loads.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from corpus.text import canonical_tones, one_to_one
from nlp.symbols import find_symbols
from nlp.tag_features import features, read_template

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["Token", "language", "make_doc", "warm_up", "words"]

MAX_SENTENCE: Final = 2_000
"""Characters handed over at once: the word model's features of one string grow with its length."""
MAX_RUN: Final = 200
"""A longer run without a space is one token: the tokenizer is quadratic on "a.a.a.a"."""

Segment = Callable[[str], list[str]]
Tag = Callable[[list[str]], list[str]]


@dataclass(frozen=True, slots=True)
class Token:
    """A word and where it stands; ``tag`` is underthesea's part of speech (N, V, A, Np …) where asked for."""

    text: str
    start: int
    end: int
    tag: str | None = None


_LOCK: Final = threading.Lock()


@cache
def _loaded() -> tuple[Segment, Tag]:
    """The two models, loaded and used once; a root logging handler that the import leaves behind is taken away."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    from underthesea.pipeline.pos_tag.model_crf import CRFPOSTagPredictor  # noqa: PLC0415
    from underthesea.pipeline.pos_tag.tagged_feature import apply_function  # noqa: PLC0415
    from underthesea.pipeline.word_tokenize import word_tokenize  # noqa: PLC0415

    root.handlers[:] = handlers
    root.setLevel(level)

    def segment(text: str) -> list[str]:
        return list(word_tokenize(text, use_token_normalize=False))

    tagger = CRFPOSTagPredictor.Instance()
    template = read_template(tagger.transformer.template)

    def tag(tokens: list[str]) -> list[str]:
        return list(tagger.model.tag(features(template, tokens, apply_function)))

    tag(segment("Sở Nội vụ báo cáo."))
    return segment, tag


def warm_up() -> None:
    """Load the models now, in this thread; later calls find them ready."""
    with _LOCK:
        _loaded()


def _models() -> tuple[Segment, Tag]:
    with _LOCK:
        return _loaded()


_RUN: Final = re.compile(rf"\S{{{MAX_RUN + 1},}}")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff\x00]")


def words(sentence: str, *, tagged: bool = False) -> list[Token]:
    """The words of a sentence, left to right, covering everything but white space; symbols are one word each.

    >>> [token.text for token in words("Thực hiện Quyết định số 468/QĐ-TTg của Chính phủ.")]
    ['Thực hiện', 'Quyết định', 'số', '468/QĐ-TTg', 'của', 'Chính phủ', '.']
    """
    masked = _masked(sentence)
    return [
        token for start, end in _pieces(masked) for token in _piece_words(sentence, masked, start, end, tagged=tagged)
    ]


def _masked(sentence: str) -> str:
    """The same length, one spelling, with symbols and over-long runs as plain words."""
    plain = _SURROGATE.sub("?", canonical_tones(one_to_one(sentence)))
    for hit in find_symbols(plain):
        plain = plain[: hit.start] + "K" + "x" * (hit.end - hit.start - 1) + plain[hit.end :]
    return _RUN.sub(lambda match: "K" + "x" * (len(match[0]) - 1), plain)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Spans of at most :data:`MAX_SENTENCE` characters, cut at white space."""
    start = 0
    while start < len(text):
        end = min(start + MAX_SENTENCE, len(text))
        if end < len(text):
            gap = max((text.rfind(space, start, end) for space in " \n\t"), default=-1)
            end = gap + 1 if gap > start else end
        yield start, end
        start = end


def _piece_words(sentence: str, masked: str, start: int, end: int, *, tagged: bool) -> list[Token]:
    piece = masked[start:end]
    if not piece.strip():
        return []
    segment, tag = _models()
    spans = list(_aligned(piece, segment(piece)))
    tags = tag([piece[a:b] for a, b in spans]) if tagged else [None] * len(spans)
    return [
        Token(sentence[start + a : start + b], start + a, start + b, found)
        for (a, b), found in zip(spans, tags, strict=True)
    ]


def _aligned(piece: str, tokens: list[str]) -> Iterator[tuple[int, int]]:
    """Where each word stands; text that the model passed over is a word of its own."""
    at = 0
    for token in tokens:
        start = end = None
        for part in token.split():
            found = piece.find(part, at)
            if found < 0:
                continue
            if start is None:
                yield from _passed_over(piece, at, found)
                start = found
            at = end = found + len(part)
        if start is not None and end is not None:
            yield start, end
    yield from _passed_over(piece, at, len(piece))


def _passed_over(piece: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"\S+", piece[start:end]):
        yield start + match.start(), start + match.end()


# spaCy, for the rules and classifiers that want a Doc.

_UPOS: Final = {
    "N": "NOUN", "Nc": "NOUN", "Nu": "NOUN", "Ny": "NOUN", "Nb": "NOUN", "Np": "PROPN", "V": "VERB", "Vb": "VERB",
    "A": "ADJ", "P": "PRON", "L": "DET", "M": "NUM", "R": "ADV", "E": "ADP", "C": "CCONJ", "Cc": "CCONJ", "T": "PART",
    "I": "INTJ", "CH": "PUNCT",
}  # fmt: skip


@cache
def _blank() -> Language:
    import spacy  # noqa: PLC0415

    return spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})


def language() -> Language:
    """A blank Vietnamese pipeline whose tokenizer is ours (no pyvi)."""
    with _LOCK:
        nlp = _blank()
    nlp.tokenizer = make_doc
    return nlp


def make_doc(sentence: str) -> Doc:
    """A candidate sentence as a spaCy Doc: our words, underthesea's parts of speech, the text unchanged."""
    from spacy.tokens import Doc as SpacyDoc  # noqa: PLC0415
    from spacy.util import get_words_and_spaces  # noqa: PLC0415

    with _LOCK:
        vocab = _blank().vocab
    found = words(sentence, tagged=True)
    texts, spaces = get_words_and_spaces([token.text for token in found], sentence)
    doc = SpacyDoc(vocab, words=texts, spaces=spaces)
    tags = {token.start: token.tag or "" for token in found}
    for token in doc:
        token.tag_ = tags.get(token.idx, "")
        token.pos_ = _UPOS.get(token.tag_, "SPACE" if token.is_space else "X")
    return doc
