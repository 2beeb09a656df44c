"""How well rules, classifier and both tell assigned work apart, on documents that the classifier did not learn from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from nlp.assign_judge import limits
from nlp.assign_model import DOUBT, Model, sigmoid
from nlp.train import Data, held_out

__all__ = ["Part", "measure"]

_BINS = 5


@dataclass(frozen=True, slots=True)
class Part:
    """One table of figures."""

    title: str
    rows: list[tuple[str, ...]]


def measure(data: Data, model: Model) -> Iterator[Part]:
    """Rules alone, classifier alone (its bare score), both, by what the document is; then the calibration."""
    plain, full = held_out(data, data.plain), held_out(data, data.full)
    places = [place for place, one in enumerate(data.samples) if one.seen.candidate.evidence != "row"]
    probability = {place: _probability(data, model, plain, full, place) for place in places}
    ways: dict[str, Callable[[int], bool]] = {
        "rules": lambda place: data.samples[place].seen.by_rules,
        "classifier, plain": lambda place: plain[place] > 0,
        "classifier, words": lambda place: full[place] > 0,
        "both": lambda place: _both(data, probability, place),
    }
    annotated = {one.group for one in data.samples if one.assigns}
    inside = [place for place in places if data.samples[place].group in annotated]
    yield Part("Documents with tasks", [_row(name, data, inside, way) for name, way in ways.items()])
    yield Part("All documents", [_row(name, data, places, way) for name, way in ways.items()])
    taken = [place for place in places if _both(data, probability, place)]
    yield Part("Confidence of what is taken", list(_calibration(data, probability, taken)))
    fresh = [place for place in taken if data.samples[place].fresh]
    yield Part("The same, documents that rules were not written on", list(_calibration(data, probability, fresh)))


def _probability(data: Data, model: Model, plain: Sequence[float], full: Sequence[float], place: int) -> float:
    evidence = data.samples[place].seen.candidate.evidence
    odds = model.plain.odds(plain[place], evidence)
    return sigmoid(model.full.odds(full[place], evidence) if abs(odds) < DOUBT else odds)


def _both(data: Data, probability: dict[int, float], place: int) -> bool:
    seen = data.samples[place].seen
    least = limits().get(seen.candidate.evidence)
    return seen.by_rules if least is None else probability[place] >= least


def _row(name: str, data: Data, places: Sequence[int], way: Callable[[int], bool]) -> tuple[str, ...]:
    found = [place for place in places if way(place)]
    wanted = sum(data.samples[place].assigns for place in places)
    right = sum(data.samples[place].assigns for place in found)
    precision, recall = right / max(len(found), 1), right / max(wanted, 1)
    both = 2 * right / max(len(found) + wanted, 1)
    return name, f"{precision:.3f}", f"{recall:.3f}", f"{both:.3f}", str(len(found)), str(wanted)


def _calibration(data: Data, probability: dict[int, float], places: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """Mean confidence against the share that is right, in groups of the same size; the last row is the Brier score."""
    ordered = sorted(places, key=lambda place: probability[place])
    for number in range(_BINS):
        group = ordered[number * len(ordered) // _BINS : (number + 1) * len(ordered) // _BINS]
        said = sum(probability[place] for place in group) / max(len(group), 1)
        right = sum(data.samples[place].assigns for place in group) / max(len(group), 1)
        yield f"{number + 1}/{_BINS}", f"{said:.3f}", f"{right:.3f}", "", str(len(group)), ""
    brier = sum((probability[place] - data.samples[place].assigns) ** 2 for place in places) / max(len(places), 1)
    yield "Brier", f"{brier:.4f}", "", "", str(len(places)), ""
