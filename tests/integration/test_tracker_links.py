"""The tracker's real pairs as a measure: which sentences count, and what a confirmed one is worth the next time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nlp.scorer import shipped
from service.cli.tracker_links import FILES, UPDATES, measure, tracker_in

ROWS = [
    ("Quyết định quy định giá dịch vụ đo đạc, lập bản đồ địa chính", "Ban hành văn bản mới", "Đang xây dựng định mức kinh tế kỹ thuật"),
    ("Nghị quyết quy định mức chi đào tạo, bồi dưỡng cán bộ", "Bãi bỏ", "Chưa triển khai"),
    ("Quyết định ban hành Quy chế cai nghiện ma túy tại cộng đồng", "Ban hành văn bản mới", "Chưa triển khai"),
    ("Quyết định quy định mật độ chăn nuôi", "Bãi bỏ", "Chưa triển khai"),
    ("Quyết định về quản lý tài nguyên khoáng sản", "Bãi bỏ", "Chưa triển khai"),
]  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "tracker"
    folder.mkdir()
    rows = [{"name": name, "action": action, "status": status} for name, action, status in ROWS]
    for name, part in zip(FILES, (rows[:3], rows[3:]), strict=True):
        (folder / name).write_text(json.dumps(part, ensure_ascii=False), encoding="utf-8")
    old, new = "Đã lấy ý kiến 12 hộ dân buôn Kmrơng", "Đã lấy thêm ý kiến 30 hộ dân buôn Kmrơng"
    changed = {"name": ROWS[1][0], "changes": [{"label": "Tình trạng", "old": old, "new": new}]}
    (folder / UPDATES).write_text(json.dumps([changed], ensure_ascii=False), encoding="utf-8")
    return tmp_path


def test_a_sentence_of_many_tasks_tells_of_none(data: Path) -> None:
    found = tracker_in(data)
    assert found is not None
    assert list(found.last) == ["Đang xây dựng định mức kinh tế kỹ thuật"]
    assert [name for name, _, _ in found.changes] == [ROWS[1][0]]
    assert tracker_in(data / "none") is None


def test_a_confirmed_sentence_finds_the_task_of_the_next_one(data: Path) -> None:
    columns, tasks, changes = measure(data, shipped())
    assert (tasks, changes) == (5, 1)
    assert columns["lần sau, đã xác nhận lần trước"].hit1 == 1.0
    assert columns["TF-IDF"].answering == columns[shipped().version].answering == 1
