"""Learning from decisions: what an office teaches is taken up, a poisoned batch is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from nlp.learn_links import learn, load_pairs, save_pairs, shipped_pairs
from nlp.scorer import from_json, shipped
from nlp.train_links import LEARNED, Matrix

PLACE = {name: place for place, name in enumerate(LEARNED)}


def office(statements: int = 200, candidates: int = 6) -> Matrix:
    """An office whose reports keep the directive's headings but not its words: the heading tells, the words mislead.

    Every third statement answers nothing, as in real reports.
    """
    draw = np.random.default_rng(3)
    values = np.zeros((statements * candidates, len(LEARNED)))
    right = np.zeros(len(values), dtype=bool)
    for name in ("answers_directive", "lead"):
        values[:, PLACE[name]] = 1
    values[:, PLACE["wording"]] = draw.uniform(0.2, 0.5, len(values))
    values[:, PLACE["first_look"]] = 0.5
    right[::candidates] = True
    values[::candidates, PLACE["section"]] = 1
    values[::candidates, PLACE["wording"]] -= 0.15
    statement = np.repeat(np.arange(statements), candidates)
    silent = statement % 3 == 0
    values[silent, PLACE["section"]] = 0
    right[silent] = False
    return Matrix(values, right, statement, statement // 5)


def test_two_hundred_decisions_raise_hit_at_1_on_reports_that_were_kept_back() -> None:
    learned = learn(shipped(), office(), shipped_pairs())
    assert learned.accepted, learned.reason
    back = learned.check["kept_back"]
    assert back["after"]["hit1"] > back["before"]["hit1"] + 0.1
    assert learned.check["training"]["after"]["hit1"] >= learned.check["training"]["before"]["hit1"] - 0.02
    assert learned.scorer.version != shipped().version
    assert from_json(learned.scorer.to_json()).version == learned.scorer.version


def test_a_poisoned_batch_is_refused() -> None:
    """Somebody confirms what the scorer holds for least likely, and rejects the right tasks, in 200 statements."""
    pairs = shipped_pairs()
    right = np.zeros(len(pairs.right), dtype=bool)
    taught = [number for number in np.unique(pairs.statement) if pairs.right[pairs.statement == number].any()]
    for number in taught:
        rows = np.flatnonzero(pairs.statement == number)
        right[rows[np.argmin(pairs.values[rows, PLACE["first_look"]])]] = True
    chosen = np.isin(pairs.statement, taught[:200])
    learned = learn(shipped(), Matrix(pairs.values, right, pairs.statement, pairs.set).rows(chosen), pairs)
    assert not learned.accepted
    assert "khớp cao" in learned.reason
    assert learned.check["training"]["after"]["hit1"] < learned.check["training"]["before"]["hit1"]


def test_pairs_of_other_features_are_not_used(tmp_path: Path) -> None:
    save_pairs(office(4), tmp_path / "pairs.npz")
    kept = load_pairs(tmp_path / "pairs.npz")
    assert kept.values.shape == office(4).values.shape
    with np.load(tmp_path / "pairs.npz") as content:
        changed = {name: content[name] for name in content.files} | {"names": np.array(["khác"])}
    np.savez(tmp_path / "pairs.npz", **changed)
    with pytest.raises(ValueError, match="train-links"):
        load_pairs(tmp_path / "pairs.npz")
