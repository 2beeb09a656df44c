"""How well the scorer ranks 140 real tasks (Phụ lục II, 03/NQ-CP) for statements worded as units report them.

The statements are written for this test: none repeats a task whole, most add results that the task does not have.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from nlp.encode import shipped as encoder
from nlp.match import Candidate, Pool, Statement, rank
from nlp.model import ReportItem, Task
from nlp.scorer import shipped

ANNEX = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "nq03" / "03-NQ-CP-phu-luc-II.md"


def _said() -> list[tuple[str, str, int]]:
    """(statement, unit that reports, number of its task or 0 for none)."""
    lines = Path(__file__).with_name("match_statements.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [(text, unit, int(number or 0)) for number, unit, text in (line.split("\t") for line in lines)]


SAID = _said()
SEPARATOR = re.compile(r"[;,](?! ngành| địa phương| Thể thao)")


def tasks() -> list[Task]:
    found = []
    for line in ANNEX.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) >= 6 and re.fullmatch(r"\d+\.?", cells[0]):
            lead = tuple(
                name.strip() for name in re.split(r"[;,](?! ngành| địa phương| Thể thao)", cells[2]) if name.strip()
            )
            found.append(
                Task(
                    cells[0],
                    cells[1],
                    0,
                    0,
                    lead=lead,
                    product=cells[4] or None,
                    row=cells[0].rstrip("."),
                    in_table=True,
                )
            )
    return found


def ranks(pool: Pool, *, told_unit: bool) -> tuple[list[int], list[float], list[float]]:
    """Rank of the true task for each statement that has one; the best score of those; the best score of the others."""
    places, right, wrong = [], [], []
    for text, unit, number in SAID:
        item = ReportItem("i", text, 0, len(text))
        ranked = rank(Statement(item, unit=unit if told_unit else None, answers=("03/NQ-CP",)), pool)
        if number:
            places.append(
                1 + next(i for i, one in enumerate(ranked) if pool.candidates[one.place].task.row == str(number))
            )
            right.append(ranked[places[-1] - 1].probability)
        else:
            wrong.append(ranked[0].probability)
    return places, right, wrong


def plain_tfidf(all_tasks: list[Task]) -> float:
    vectors = TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"\w+")  # noqa: S106
    known = vectors.fit_transform(task.text for task in all_tasks)
    hits = 0
    answered = [(text, number) for text, _, number in SAID if number]
    for text, number in answered:
        likeness = (known @ vectors.transform([text]).T).toarray().ravel()
        hits += all_tasks[int(likeness.argmax())].row == str(number)
    return hits / len(answered)


@pytest.mark.real
@pytest.mark.skipif(not ANNEX.exists(), reason="the real annex is not here (../shared/data/nq03)")
def test_ranks_real_tasks_better_than_plain_word_overlap() -> None:
    all_tasks = tasks()
    assert len(all_tasks) == 140
    pool = Pool.of((Candidate(task, "03/NQ-CP") for task in all_tasks), encoder())
    plain = plain_tfidf(all_tasks)
    for told in (False, True):
        places, right, wrong = ranks(pool, told_unit=told)
        hit1 = sum(place == 1 for place in places) / len(places)
        hit3 = sum(place <= 3 for place in places) / len(places)
        mrr = sum(1 / place for place in places) / len(places)
        proposed = sum(p >= shipped().threshold and place == 1 for p, place in zip(right, places, strict=True)) / len(
            places
        )
        false = sum(p >= shipped().threshold for p in wrong) / len(wrong)
        print(f"unit told={told}: hit@1 {hit1:.2f} hit@3 {hit3:.2f} MRR {mrr:.2f} proposed {proposed:.2f} "
              f"false {false:.2f}; plain TF-IDF {plain:.2f}")  # fmt: skip
        assert hit1 >= max(plain, 0.86)
        assert hit3 >= 0.94
        assert false == 0
