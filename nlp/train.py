"""Training of the classifier that tells assigned work from other sentences (nlp.assign_model), and its measurement.

Labels come from annotations: whole tasks (``tests/gold/tasks``), yes-or-no readings (``tests/gold/assignments``), and
texts that assign nothing. Documents are never divided between training and measuring. scikit-learn is only needed here.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from corpus.model import Document
from corpus.text import fold
from corpus.tree import build_tree
from nlp import assign_features
from nlp.assign_features import BUCKETS, Candidate, Features
from nlp.assign_judge import Seen
from nlp.assign_model import Head, Model
from nlp.evaluate import in_table
from nlp.evaluate_pairs import Json, word_overlap
from nlp.header import read_header
from nlp.task_lists import find_in_lists
from nlp.train_matrix import matrix

__all__ = [
    "Sample",
    "candidates",
    "fit",
    "held_out",
    "label_readings",
    "label_tasks",
    "nothing_assigned",
    "prepare",
    "rows_of_tables",
]

FOLDS: Final = 8
STRENGTH: Final = 0.1
"""Inverse of the penalty of the linear scores (chosen by cross-validation)."""
CALIBRATION: Final = 1.0
"""The same of the calibration: where few samples of an evidence are fresh its offset stays near the others'."""
_ENOUGH: Final = 10
"""So many fresh samples of an evidence calibrate it; of fewer, all samples do."""
_OPENING: Final = 6
"""Words of a task by which a paragraph that holds it is known."""
_LIKE: Final = 0.8


@dataclass(frozen=True, slots=True)
class Sample:
    """A candidate with what a reader said of it."""

    group: str
    """Its document."""
    seen: Seen
    assigns: bool
    fresh: bool = False
    """Its document was not known to who wrote the rules: rules err there as they do on texts to come."""


@dataclass(slots=True)
class Data:
    """Samples as matrices' rows."""

    samples: list[Sample] = field(default_factory=list)
    plain: list[Features] = field(default_factory=list)
    full: list[Features] = field(default_factory=list)


def candidates(document: Document) -> list[Seen]:
    """Every element of a document with what rules alone say of it."""
    seen: list[Seen] = []
    find_in_lists(document, build_tree(document), read_header(document), seen)
    return seen


# --- labels --------------------------------------------------------------------------------------------------------


def label_tasks(group: str, seen: Sequence[Seen], tasks: Sequence[Json], *, fresh: bool = False) -> Iterator[Sample]:
    """Labels from whole annotated tasks; what only continues a task, or is optional, is left out."""
    wanted = [(_words(text), _is_loose(task)) for task in tasks for text in _texts(task)]
    for one in seen:
        words = _words(one.candidate.text)
        label = _answer(words, wanted, whole=not one.by_rules)
        if label is not None:
            yield Sample(group, one, label, fresh)


def _is_loose(task: Json) -> bool:
    """A row of a table may be told in the text too, without its body: neither yes nor no."""
    return bool(task.get("optional")) or in_table(task)


def _texts(task: Json) -> list[str]:
    return [task["text"], *task.get("text_also", [])]


def _answer(words: str, wanted: Sequence[tuple[str, bool]], *, whole: bool) -> bool | None:
    """True or False; None where a reader could not say. ``whole``: the first words alone do not make it the task."""
    answer: bool | None = False
    for text, optional in wanted:
        opening = " ".join(text.split()[:_OPENING])
        alike = word_overlap(text, words) >= _LIKE
        if opening in words or alike:
            if not optional and (alike or not whole):
                return True
            answer = None
        elif len(words) > 20 and words in text:
            answer = None
    return answer


def label_readings(group: str, seen: Sequence[Seen], gold: Json) -> Iterator[Sample]:
    """Labels from yes-or-no readings, by the first words."""
    said = {_words(quote): kind for kind in ("assigns", "rejects", "unsure") for quote in gold[kind]}
    for one in seen:
        words = _words(one.candidate.text)
        kind = next((kind for quote, kind in said.items() if words.startswith(quote)), None)
        if kind in {"assigns", "rejects"} or (kind is None and gold["complete"]):
            yield Sample(group, one, kind == "assigns", bool(gold.get("fresh")))


def nothing_assigned(group: str, seen: Iterable[Seen]) -> Iterator[Sample]:
    """A page or definition that assigns nothing."""
    return (Sample(group, one, assigns=False) for one in seen)


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text).casefold()))


def rows_of_tables(group: str, tasks: Sequence[Json]) -> Iterator[Sample]:
    """The task cells of tables: wording of tasks, without a place in a list."""
    for task in tasks:
        if in_table(task):
            row = Candidate(fold(task["text"]), "row", source="table", evidence="row")
            yield Sample(group, Seen(row, 0, 0, by_rules=True), assigns=True)


# --- fitting -------------------------------------------------------------------------------------------------------


def prepare(samples: Sequence[Sample]) -> Data:
    """Features of all samples, computed once."""
    plain = [assign_features.plain(sample.seen.candidate) for sample in samples]
    full = [one | assign_features.tokens(sample.seen.candidate) for one, sample in zip(plain, samples, strict=True)]
    return Data(list(samples), plain, full)


def fit(data: Data) -> Model:
    """The model of all samples, calibrated on scores of documents held out (and fresh to the rules)."""
    plain, full = held_out(data, data.plain), held_out(data, data.full)
    return Model(
        _calibrated(_weights(data, data.plain, range(len(data.samples))), data, plain),
        _calibrated(_weights(data, data.full, range(len(data.samples))), data, full),
        about(data),
    )


def about(data: Data) -> Mapping[str, Any]:
    """What the file says of itself."""
    lines = sorted(
        json.dumps([one.group, one.seen.candidate.text, one.assigns], ensure_ascii=False) for one in data.samples
    )
    return {
        "version": 1,
        "features": assign_features.VERSION,
        "samples": len(lines),
        "positive": sum(one.assigns for one in data.samples),
        "documents": len({one.group for one in data.samples}),
        "data_sha256": hashlib.sha256("\n".join(lines).encode()).hexdigest(),
    }


def held_out(data: Data, features: Sequence[Features]) -> list[float]:
    """Each sample's score by a model that saw no sample of its document."""
    scores = [0.0] * len(data.samples)
    for fold_number in range(FOLDS):
        inside = [place for place, one in enumerate(data.samples) if _fold(one.group) != fold_number]
        outside = [place for place, one in enumerate(data.samples) if _fold(one.group) == fold_number]
        head = Head(_weights(data, features, inside))
        for place in outside:
            scores[place] = head.score(features[place])
    return scores


def _fold(group: str) -> int:
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % FOLDS


def _weights(data: Data, features: Sequence[Features], places: Sequence[int]) -> dict[int, float]:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    learner = LogisticRegression(C=STRENGTH, solver="liblinear", fit_intercept=False, random_state=0, max_iter=1000)
    learner.fit(
        matrix([features[place].items() for place in places], BUCKETS),
        [data.samples[place].assigns for place in places],
    )
    return {bucket: float(weight) for bucket, weight in enumerate(learner.coef_[0]) if abs(weight) >= 0.0005}


def _calibrated(weights: dict[int, float], data: Data, scores: Sequence[float]) -> Head:
    """Slope and an offset for each evidence, fitted on held-out scores (a logistic regression of its own)."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    used = [place for place, one in enumerate(data.samples) if one.seen.candidate.evidence != "row"]
    fresh = Counter(data.samples[place].seen.candidate.evidence for place in used if data.samples[place].fresh)
    used = [
        place
        for place in used
        if data.samples[place].fresh or fresh[data.samples[place].seen.candidate.evidence] < _ENOUGH
    ]
    kinds = sorted({data.samples[place].seen.candidate.evidence for place in used})
    rows = [
        [scores[place], *(float(data.samples[place].seen.candidate.evidence == kind) for kind in kinds)]
        for place in used
    ]
    learner = LogisticRegression(C=CALIBRATION, random_state=0, max_iter=1000)
    learner.fit(rows, [data.samples[place].assigns for place in used])
    base, (slope, *offsets) = float(learner.intercept_[0]), [float(value) for value in learner.coef_[0]]
    return Head(weights, slope, {"": base, **{kind: base + one for kind, one in zip(kinds, offsets, strict=True)}})
