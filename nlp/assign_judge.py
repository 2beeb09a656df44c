"""Where rules end: which candidates the classifier may decide, and the confidence of those that rules decide.

Strong evidence ("giao …", "có trách nhiệm", a verb under a body's heading) stands whatever the classifier says; weak
evidence is accepted or refused by probability (``data/tasks.toml``, ``[classifier]``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from corpus.text import fold
from nlp.assign_features import Candidate
from nlp.assign_model import model
from nlp.patterns import rules
from nlp.task_prose import Assignment
from nlp.task_walk import Frame, Walk

TAKEN = 0.5
"""The classifier alone takes what is likelier than not."""
_HEADINGS = 3
_NEAR = 3
"""A subject within so many characters of the beginning heads its clause."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a candidate is taken as a task, and how sure that is."""

    taken: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class Seen:
    """A candidate with its place and what rules alone say, kept for training and measuring."""

    candidate: Candidate
    start: int
    end: int
    by_rules: bool


@cache
def limits() -> dict[str, float]:
    """From which probability weak evidence is taken."""
    return dict(rules("tasks")["classifier"]["at_least"])


@cache
def _kept() -> frozenset[str]:
    return frozenset(rules("tasks")["classifier"]["kept_by_rules"])


def evidence_of(assignment: Assignment) -> str:
    """The rule behind an assignment: its cue, its duty, a subject at the head, or one behind an opening."""
    if assignment.cue:
        return "cued"
    if assignment.duty:
        return "duty"
    return "subject" if assignment.subject - assignment.start <= _NEAR else "opening"


def judge(walk: Walk, index: int, span: tuple[int, int], evidence: str, frame: Frame | None) -> Verdict:
    """The classifier's word on one candidate."""
    candidate = candidate_at(walk, index, span, evidence, frame)
    by_rules = evidence in _kept()
    if walk.watch is not None:
        walk.watch.append(Seen(candidate, *span, by_rules))
        return Verdict(by_rules, 0.5)
    walk.asked += 1
    if walk.deciding == "rules":
        return Verdict(by_rules, 0.5)
    if walk.deciding == "classifier":
        probability = model().bare(candidate)
        return Verdict(probability >= TAKEN, round(probability, 3))
    least = limits().get(evidence)
    probability = model().probability(candidate, words=least is not None)
    return Verdict(by_rules if least is None else probability >= least, round(probability, 3))


def candidate_at(walk: Walk, index: int, span: tuple[int, int], evidence: str, frame: Frame | None) -> Candidate:
    """A stretch of an element with what stands around it."""
    outline = walk.outline
    element = outline.elements[index]
    above = [outline.words(one) for one in outline.ancestors(index)][: _HEADINGS - 1]
    headings = [*reversed(above)]
    if frame is not None and frame.parent >= 0 and outline.words(frame.parent) not in headings:
        headings.append(outline.words(frame.parent))
    return Candidate(
        text=element.words if span == (element.start, element.end) else fold(outline.text[span[0] : span[1]]),
        level=element.level,
        zone=element.zone,
        source=frame.source if frame else "",
        headings=tuple(headings),
        normative=walk.normative,
        place=span[0] / max(len(outline.text), 1),
        evidence=evidence,
    )


def unclaimed(walk: Walk, index: int) -> Seen:
    """An element for which no rule speaks, as an example for training."""
    element = walk.outline.elements[index]
    frame = None if element.zone in {"excluded", "recipients"} else walk.scope(index)
    span = (element.start, element.end)
    return Seen(candidate_at(walk, index, span, "none", frame), *span, by_rules=False)
