"""Scores against gold: what counts as found, what is listed as missed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nlp.evaluate import evaluate, evaluate_file, word_overlap
from nlp.evaluate_status import f1_by_status, judge, macro_f1, read_statements

HEADER = {"symbol": "41-KH/TU", "kind": "Kế hoạch", "date": "2022-01-12"}
TASK = {
    "text": "Sở Nội vụ xây dựng kế hoạch năm 2026",
    "lead": ["Sở Nội vụ"],
    "coordinators": [],
    "deadline": {"due": "2026-03-31", "text": "trong quý I", "precision": "quarter"},
    "product": None,
}
CITATION = {
    "text": "Nghị định số 45/2020/NĐ-CP", "start": 10, "end": 36, "symbol": "45/2020/NĐ-CP", "date": None,
    "kind": "Nghị định", "issuer": None, "relation": "per", "locators": [],
}  # fmt: skip


def extraction(**parts: Any) -> dict[str, Any]:
    return {"header": HEADER, "citations": [CITATION], "tasks": [TASK]} | parts


def test_a_perfect_extraction() -> None:
    gold = {"file": "a", "header": HEADER, "citations": [CITATION], "tasks": [TASK]}
    scores = evaluate_file(gold, extraction())
    assert all(tally.f1 == 1.0 for tally in scores.values())
    assert {"header.date", "citations", "citations.symbol", "citations.span", "tasks", "tasks.lead"} <= set(scores)


def test_what_the_gold_does_not_say_is_not_checked() -> None:
    scores = evaluate_file({"file": "a", "tasks": [{"text": TASK["text"]}]}, extraction())
    assert set(scores) == {"tasks", "tasks[prose]"}


def test_a_missed_task_and_a_false_one_are_listed() -> None:
    gold = {"file": "a", "tasks": [TASK, {"text": "Sở Tài chính bố trí kinh phí thực hiện"}]}
    found = extraction(tasks=[TASK, {"text": "một việc khác hẳn không ai giao", "lead": []}])
    tally = evaluate_file(gold, found)["tasks"]
    assert (tally.precision, tally.recall) == (0.5, 0.5)
    assert "Sở Tài chính" in tally.missed[0]
    assert "khác hẳn" in tally.wrong[0]


def test_one_found_task_answers_one_gold_task_only() -> None:
    tally = evaluate_file({"file": "a", "tasks": [TASK, TASK]}, extraction())["tasks"]
    assert (tally.right, tally.recall, tally.precision) == (1, 0.5, 1.0)


def test_tasks_of_equal_words_are_paired_by_their_lead() -> None:
    other = TASK | {"lead": ["Sở Tài chính"]}
    scores = evaluate_file({"file": "a", "tasks": [other, TASK]}, extraction(tasks=[TASK, other]))
    assert scores["tasks.lead"].f1 == 1.0


def test_a_wrong_deadline_is_a_miss() -> None:
    late = TASK | {"deadline": {"due": "2026-04-01", "text": "", "precision": "day"}}
    tally = evaluate_file({"file": "a", "tasks": [TASK]}, extraction(tasks=[late]))["tasks.deadline"]
    assert tally.right == 0
    assert tally.missed


def test_files_add_up() -> None:
    gold = {"file": "a", "tasks": [TASK]}
    scores = evaluate([(gold, extraction()), (gold, extraction(tasks=[]))])
    assert (scores["tasks"].right, scores["tasks"].wanted, scores["tasks"].found) == (1, 2, 1)
    assert scores["tasks"].to_json()["recall"] == 0.5


def test_empty_on_both_sides_counts_nothing() -> None:
    scores = evaluate_file({"file": "a", "header": {"secrecy": None}}, extraction(header={"secrecy": None}))
    assert (scores["header.secrecy"].wanted, scores["header.secrecy"].f1) == (0, 1.0)


def test_word_overlap_is_symmetric_and_bounded() -> None:
    assert word_overlap("a b c", "a b c") == 1.0
    assert word_overlap("a b", "c d") == 0.0
    assert word_overlap("a b c", "a b") == word_overlap("a b", "a b c")


def test_tasks_in_tables_and_in_prose_are_told_apart() -> None:
    row = TASK | {"text": "Hoàn thiện cơ sở dữ liệu hộ tịch điện tử", "lead_source": "table"}
    stray = {"text": "một việc khác hẳn không ai giao", "lead": [], "in_table": True}
    found = [TASK | {"in_table": False}, row | {"in_table": True}, stray]
    scores = evaluate_file({"file": "a", "tasks": [TASK, row]}, extraction(tasks=found))
    assert (scores["tasks[prose]"].right, scores["tasks[prose]"].found) == (1, 1)
    assert (scores["tasks[table]"].right, scores["tasks[table]"].found) == (1, 2)
    assert scores["tasks[table].lead"].f1 == 1.0


def test_a_statement_of_which_readers_differ_is_right_either_way(tmp_path: Path) -> None:
    gold = tmp_path / "own.tsv"
    head = "hand\tplace\tstatus\tstatement\n"
    gold.write_text(f"{head}x\tcell\tpartial/done\tHoàn thành\nx\tcell\tpartial\tHoàn thành\n", encoding="utf-8")
    judged = judge(list(read_statements(gold)))
    assert [(one.meant, one.found) for one in judged] == [("done", "done"), ("partial", "done")]
    assert macro_f1(f1_by_status([(one.meant, one.found) for one in judged])) == pytest.approx((2 / 3 + 0) / 2)
    gold.write_text(f"{head}x\tcell\tfinished\tHoàn thành\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"own\.tsv:2"):
        list(read_statements(gold))
