"""The article that the project started from, task by task against its annotation."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from corpus.reader import read
from nlp.contract import to_json
from nlp.evaluate_pairs import pair, word_overlap
from nlp.pipeline import extract

pytestmark = pytest.mark.real
SEED = Path(__file__).resolve().parents[2].parent / "shared" / "seed"

Json = dict[str, Any]


@pytest.fixture(scope="module")
def pairs() -> list[tuple[Json, Json]]:
    """Gold tasks with the found task of nearly the same words."""
    gold, found = _load()
    return [(gold[i], found[j]) for i, j in _paired(gold, found)]


def _load() -> tuple[list[Json], list[Json]]:
    if not SEED.exists():
        pytest.skip("../shared/seed is absent")
    gold = json.loads((SEED / "seed-gold.json").read_text(encoding="utf-8"))
    document = read(SEED / "article.txt")
    return gold["tasks"], to_json(document, extract(document))["tasks"]


def _paired(gold: Sequence[Json], found: Sequence[Json]) -> list[tuple[int, int]]:
    texts = [{"text": task["text"]} for task in gold]
    return pair(texts, found, lambda one, other: word_overlap(one["text"], other["text"]), 0.8)


def test_47_of_49_tasks_and_at_most_three_others() -> None:
    gold, found = _load()
    assert len(gold) == 49
    matched = _paired(gold, found)
    assert len(matched) >= 47
    assert len(found) - len(matched) <= 3


def test_places_are_those_of_the_annotation(pairs: list[tuple[Json, Json]]) -> None:
    same = sum((one["start"], one["end"]) == (other["start"], other["end"]) for one, other in pairs)
    assert same >= 47


def test_leads_are_inherited_where_the_annotation_says_so(pairs: list[tuple[Json, Json]]) -> None:
    frame = [unit["text"] for unit in pairs[0][0]["assignees"]]
    for gold, found in pairs:
        inherited = gold["assignee_source"] != "explicit"
        assert found["lead"] == (frame if inherited else [unit["text"] for unit in gold["assignees"]])
        assert found["lead_source"] == ("inherited" if inherited else "explicit")


def test_the_monthly_report_recurs(pairs: list[tuple[Json, Json]]) -> None:
    found = next(found for gold, found in pairs if gold["id"] == "T49")
    assert found["deadline"]["recurrence"] == "monthly"
    assert found["deadline"]["due"] is None
    assert found["class"] == "tracked"


def test_no_other_task_has_a_deadline(pairs: list[tuple[Json, Json]]) -> None:
    assert [gold["id"] for gold, found in pairs if found["deadline"]] == ["T49"]


def test_tasks_carry_the_citations_inside_them(pairs: list[tuple[Json, Json]]) -> None:
    wanted = {"T14": {"45/2020/NĐ-CP", "468/QĐ-TTg"}, "T22": {"18-NQ/TW"}, "T43": {"14-KL/TW"}}
    for gold, found in pairs:
        if gold["id"] in wanted:
            assert set(found["citations"]) == wanted[gold["id"]]


def test_most_tasks_are_general_work(pairs: list[tuple[Json, Json]]) -> None:
    agree = sum((found["class"] == "tracked") == gold["checkable"] for gold, found in pairs)
    assert agree >= 40


def test_actions_inside_the_tasks() -> None:
    gold, _ = _load()
    document = read(SEED / "article.txt")
    wanted = {(action["start"], action["end"]) for task in gold for action in task["actions"]}
    found = {(action.start, action.end) for task in extract(document).tasks for action in task.actions}
    assert len(wanted) == 91
    assert 2 * len(wanted & found) / (len(wanted) + len(found)) >= 0.9
