"""Directives of link sets as gold of tasks."""

from __future__ import annotations

from corpus.reader import read_bytes
from nlp.contract import to_json
from nlp.evaluate import evaluate_file
from nlp.gold_directives import directives
from nlp.pipeline import extract

SET = """== văn bản 5-KH-UBND.md
ỦY BAN NHÂN DÂN
TỈNH KIÊN GIANG
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 5/KH-UBND
Kiên Giang, ngày 15 tháng 01 năm 2024

KẾ HOẠCH
Cải cách hành chính năm 2024

1. Sở Nội vụ
{T1 | chủ trì: Sở Nội vụ | phối hợp: - | hạn: 2024-03-31 day} a) Xây dựng kế hoạch kiểm tra công vụ, hoàn thành trước ngày 31/3/2024.
{?} b) Thực hiện các nhiệm vụ khác do Chủ tịch Ủy ban nhân dân tỉnh giao.

| TT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn |
|---|---|---|---|
{T2 | chủ trì: Sở Y tế | hạn: - none continuous} | 1 | Khám sức khỏe cho người cao tuổi | Sở Y tế | Thường xuyên |
"""


def test_a_directive_with_parts_is_annotated_as_a_whole() -> None:
    (gold,) = directives(SET, "50-thu")
    assert gold["file"] == "50-thu/5-KH-UBND.md"
    first, second, third = gold["tasks"]
    assert first["text"].startswith("Xây dựng kế hoạch kiểm tra công vụ")
    assert first["deadline"] == {"due": "2024-03-31", "precision": "day", "recurrence": None}
    assert second["optional"]
    assert (third["text"], third["in_table"]) == ("Khám sức khỏe cho người cao tuổi", True)
    document = read_bytes(gold["content"].encode(), gold["file"])
    scores = evaluate_file(gold, to_json(document, extract(document), with_text=True))
    assert {kind: tally.f1 for kind, tally in scores.items() if tally.f1 < 1} == {}
    assert scores["tasks[table].deadline"].right == 1


def test_marks_without_parts_tell_recall_alone() -> None:
    (gold,) = directives(
        "== văn bản a.txt\n1. Sở Y tế\n{T1} a) Mở 02 lớp tập huấn.\nb) Việc khác.\n== báo cáo b.txt\n{T1 done} x", "a"
    )
    found = {"tasks": [{"text": "Việc khác.", "lead": []}, {"text": "Mở 02 lớp tập huấn.", "lead": []}]}
    scores = evaluate_file(gold, found)
    assert set(scores) == {"tasks.listed"}
    assert (scores["tasks.listed"].right, scores["tasks.listed"].found, scores["tasks.listed"].wanted) == (1, 1, 1)
