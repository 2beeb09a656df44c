"""How well an extraction meets hand-made gold: precision, recall and F1 for each kind of fact, and what was missed.

Gold is a JSON object with the contract's keys; what it does not say is not checked. Tasks are paired one to one by word
overlap (F1 of words ≥ 0.8), citations by their place, or in the order of the text where the gold gives none.
``optional`` facts may be there or not, ``X_also`` lists further values to accept, ``X_uncertain`` is not checked.
``listed`` instead of ``tasks`` names some tasks of a text: only their recall is told ("tasks.listed").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from nlp.evaluate_pairs import align, inside, pair, word_overlap
from nlp.units import unit_key

__all__ = ["PROSE", "TABLE", "Scores", "Tally", "evaluate", "evaluate_file", "in_table", "word_overlap"]

Json = dict[str, Any]

TASK_OVERLAP = 0.8
TABLE, PROSE = "[table]", "[prose]"
"""What the scores of tasks in tables, and of those in prose and lists, are called by."""
_HEADER_KEYS = ("symbol", "kind", "issuer", "date", "title", "signers", "recipients", "system", "urgency", "secrecy")
_CITATION_KEYS = ("symbol", "date", "kind", "issuer", "name", "relation", "locators")
_TASK_KEYS = ("lead", "coordinators", "deadline", "product", "class", "row")
_DEADLINE_KEYS = ("start", "due", "inclusive", "precision", "recurrence", "every")
_ROLES = ("lead", "coordinators")
_BROKEN = re.compile(r" ?([-/]) ?")


@dataclass(slots=True)
class Tally:
    """Counts of one kind of fact, with the misses in words."""

    right: int = 0
    found: int = 0
    wanted: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is wanted that was found; 1 where nothing is wanted."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def add(self, other: Tally) -> None:
        """Sum up over files."""
        self.right += other.right
        self.found += other.found
        self.wanted += other.wanted
        self.missed += other.missed
        self.wrong += other.wrong

    def to_json(self) -> Json:
        """Figures rounded for a report."""
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "right": self.right,
            "found": self.found,
            "wanted": self.wanted,
            "missed": self.missed,
            "wrong": self.wrong,
        }


Scores = dict[str, Tally]


def evaluate(pairs: Iterable[tuple[Json, Json]]) -> Scores:
    """Scores over many (gold, extraction) pairs, both in the contract's JSON (with text where gold has spans)."""
    total: Scores = {}
    for gold, found in pairs:
        for kind, tally in evaluate_file(gold, found).items():
            total.setdefault(kind, Tally()).add(tally)
    return total


def evaluate_file(gold: Json, found: Json) -> Scores:
    """Scores of one file, by kind of fact ("citations", "citations.symbol", "tasks", "tasks.lead", "header.date" …)."""
    scores: Scores = {}
    file, span, text = str(gold.get("file", "")), gold.get("span"), found.get("text", "")
    if "header" in gold:
        scores |= _header(gold["header"], found["header"], file)
    for kind, score in (("citations", _citations), ("tasks", _tasks)):
        if kind in gold:
            facts = inside(span, text, found[kind]) if span and text else found[kind]
            scores |= score(gold[kind], facts, file)
    if "listed" in gold:
        scores |= {"tasks.listed": _listed(gold["listed"], found["tasks"], file)}
    return scores


def _header(gold: Json, found: Json, file: str) -> Scores:
    keys = [key for key in _HEADER_KEYS if key in gold]
    return {f"header.{key}": _value(gold, key, found.get(key), f"{file}: {key}") for key in keys}


def _product(gold: Json, found: Any, where: str) -> Tally:  # noqa: ANN401
    """What is to be handed in; ``product_begins``: it is the same thing if one name goes on where the other ends."""
    wanted = gold["product"]
    if gold.get("product_begins") and wanted and found:
        short, long = sorted((_plain(wanted), _plain(found)), key=len)
        if f"{long} ".startswith(f"{short} "):
            return Tally(1, 1, 1)
    return _value(gold, "product", found, where)


def _value(gold: Json, key: str, found: Any, where: str) -> Tally:  # noqa: ANN401
    """One value against the gold's and its ``_also``; empty on both sides counts nothing."""
    also = gold.get(f"{key}_also", [])
    one_list = isinstance(gold[key], list) and all(isinstance(value, str) for value in also)
    accepted = [gold[key], *([also] if one_list and also else also)]
    return _compare(accepted, found, where)


def _compare(accepted: Sequence[Any], found: Any, where: str) -> Tally:  # noqa: ANN401
    wanted, got = _plain(accepted[0]), _plain(found)
    equal = any(_plain(value) == got for value in accepted)
    tally = Tally(int(bool(got) and equal), int(bool(got)), int(bool(wanted) or (bool(got) and equal)))
    if not equal:
        (tally.missed if wanted else tally.wrong).append(f"{where}: {accepted[0]!r} ≠ {found!r}")
    return tally


def _plain(value: Any) -> Any:  # noqa: ANN401
    """Values compared without case, outer punctuation, spaces of a broken line beside a hyphen, order of a list."""
    if isinstance(value, str):
        words = " ".join(unicodedata.normalize("NFC", value).casefold().split())
        return _BROKEN.sub(r"\1", words).strip(" .,;:/")
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return sorted((_plain(part) for part in value), key=repr)
    return value


# --- citations -----------------------------------------------------------------------------------------------------


def _citations(gold: Sequence[Json], found: Sequence[Json], file: str) -> Scores:
    placed = all("start" in one for one in gold)
    pairs = pair(gold, found, _span_overlap, 0.5) if placed else align(gold, found, _likeness, 0.5)
    scores: Scores = {"citations": _pairing(gold, found, pairs, file), "citations.span": Tally()}
    for one, other in pairs:
        here, there = gold[one], found[other]
        where = f"{file}: {here.get('text', '')}"
        if "text" in here:
            scores["citations.span"].add(_value(here, "text", there["text"], where))
        for key in _CITATION_KEYS:
            if here.get(key) is not None or (key == "symbol" and key in here):
                scores.setdefault(f"citations.{key}", Tally()).add(_value(here, key, there.get(key), where))
    return scores


def _span_overlap(gold: Json, found: Json) -> float:
    shared = min(gold["end"], found["end"]) - max(gold["start"], found["start"])
    longest = max(gold["end"] - gold["start"], found["end"] - found["start"], 1)
    return float(max(shared, 0) / longest)


def _likeness(gold: Json, found: Json) -> float:
    """Likeness of a quote without its place: words, and the symbol above all."""
    words = max(word_overlap(quote, found["text"]) for quote in [gold.get("text", ""), *gold.get("text_also", [])])
    symbols = [_plain(gold.get("symbol")), _plain(found.get("symbol"))]
    if all(symbols):
        return 0.5 + words / 2 if symbols[0] == symbols[1] else words / 2
    return words


# --- tasks ---------------------------------------------------------------------------------------------------------


def _tasks(gold: Sequence[Json], found: Sequence[Json], file: str) -> Scores:
    """Scores of all tasks, and apart of those in tables and of those in prose and lists ("tasks[table]", …)."""
    pairs = pair(gold, found, _task_likeness, TASK_OVERLAP)
    scores = _parts(gold, found, pairs, file)
    for place, inside_one in ((TABLE, True), (PROSE, False)):
        here = [(one, other) for one, other in pairs if in_table(gold[one]) == inside_one]
        strays = set(range(len(found))) - {other for _, other in pairs}
        kept = {other for _, other in here} | {other for other in strays if in_table(found[other]) == inside_one}
        of_gold = [one for one, task in enumerate(gold) if in_table(task) == inside_one]
        if of_gold or kept:
            apart = _parts(gold, found, here, file, (of_gold, sorted(kept)))
            scores |= {kind.replace("tasks", f"tasks{place}", 1): tally for kind, tally in apart.items()}
    return scores


def _listed(gold: Sequence[Json], found: Sequence[Json], file: str) -> Tally:
    """Of a text in which not all tasks are annotated: how many of the annotated ones are found."""
    pairs = pair(gold, found, _task_likeness, TASK_OVERLAP)
    told = {other for _, other in pairs}
    return _pairing(gold, found, pairs, file, (range(len(gold)), sorted(told)))


def in_table(task: Json) -> bool:
    """Whether a wanted or found task stands in a table."""
    return bool(task.get("in_table")) or task.get("lead_source") == "table"


def _parts(
    gold: Sequence[Json],
    found: Sequence[Json],
    pairs: Sequence[tuple[int, int]],
    file: str,
    of: tuple[Sequence[int], Sequence[int]] | None = None,
) -> Scores:
    """The pairing and every key of the paired tasks; ``of`` names those of both sides that are looked at."""
    scores: Scores = {"tasks": _pairing(gold, found, pairs, file, of)}
    for one, other in pairs:
        here, there = gold[one], found[other]
        for key in _TASK_KEYS:
            if (
                key not in here
                or (key == "row" and here[key] is None)
                or here.get(f"{key}_uncertain")
                or (key in _ROLES and here.get("roles_uncertain"))
            ):
                continue
            where = f"{file}: {here['text'][:60]}"
            value = _PART_OF.get(key, _any_part(key))(here, there.get(key), where)
            scores.setdefault(f"tasks.{key}", Tally()).add(value)
            if key in _ROLES:
                same = _bodies_alike(here, key, there.get(key), where)
                scores.setdefault(f"tasks.{key}.bodies", Tally()).add(same)
    return scores


def _bodies_alike(gold: Json, key: str, found: Any, where: str) -> Tally:  # noqa: ANN401
    """The same bodies, whether a list is one collective or several names, by their own name or by their head's."""
    plainly = {key: _bodies(gold[key]), f"{key}_also": [_bodies(value) for value in _also(gold, key)]}
    return _value(plainly, key, _bodies(found or []), where)


def _also(gold: Json, key: str) -> list[list[str]]:
    also = gold.get(f"{key}_also", [])
    return [also] if also and all(isinstance(value, str) for value in also) else also


def _bodies(names: Sequence[str]) -> list[str]:
    """All words of the names' keys, in order; "và", "các", commas and titles are gone."""
    return sorted(word for name in names for word in unit_key(name).split() if word not in ("các", "những"))


def _task_likeness(gold: Json, found: Json) -> float:
    return max(word_overlap(text, found["text"]) for text in [gold["text"], *gold.get("text_also", [])])


def _deadline(gold: Json, found: Any, where: str) -> Tally:  # noqa: ANN401
    """A deadline by its parts; a precision or start that the gold leaves null is not checked."""
    wanted = gold["deadline"]
    if not wanted and gold.get("event_uncertain") and (found or {}).get("anchor"):
        return Tally()
    if not wanted or not found:
        return _value(gold, "deadline", found, where)
    loose = {"precision", "start", "every"}
    keys = [key for key in _DEADLINE_KEYS if key in wanted and (wanted[key] is not None or key not in loose)]
    there = {key: found.get(key) for key in keys}
    accepted = [{key: wanted[key] for key in keys}]
    accepted += [accepted[0] | {"recurrence": value} for value in wanted.get("recurrence_also", [])]
    return _compare(accepted, there, where)


def _any_part(key: str) -> Callable[[Json, Any, str], Tally]:
    return lambda gold, found, where: _value(gold, key, found, where)


_PART_OF: dict[str, Callable[[Json, Any, str], Tally]] = {"deadline": _deadline, "product": _product}


# --- pairing -------------------------------------------------------------------------------------------------------


def _pairing(
    gold: Sequence[Json],
    found: Sequence[Json],
    pairs: Sequence[tuple[int, int]],
    file: str,
    of: tuple[Sequence[int], Sequence[int]] | None = None,
) -> Tally:
    """An optional fact that is missing is not missed."""
    ours, theirs = of or (range(len(gold)), range(len(found)))
    left = set(ours) - {i for i, _ in pairs}
    right = set(theirs) - {j for _, j in pairs}
    missed = [i for i in sorted(left) if not gold[i].get("optional")]
    return Tally(
        len(pairs),
        len(theirs),
        len(pairs) + len(missed),
        [f"{file}: {gold[i]['text'][:120]}" for i in missed],
        [f"{file}: {found[j]['text'][:120]}" for j in sorted(right)],
    )
