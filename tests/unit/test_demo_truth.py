"""The sample corpus is complete and its truth does not contradict itself."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

DEMO = Path(__file__).resolve().parents[2] / "service" / "demo"
TRUTH: dict[str, Any] = json.loads((DEMO / "truth.json").read_text("utf-8"))
FILES: dict[str, Any] = {entry["file"]: entry for entry in TRUTH["files"]}


def tasks(file: str) -> set[tuple[str | None, str]]:
    return {(task["row"], task["text"]) for task in FILES[file]["tasks"]}


def test_every_file_is_there_with_its_day_of_arrival() -> None:
    with (DEMO / "arrivals.csv").open(encoding="utf-8", newline="") as file:
        arrivals = {row["file"]: row["ngày đến"] for row in csv.DictReader(file)}
    assert set(arrivals) == set(FILES)
    assert all((DEMO / name).stat().st_size for name in FILES)


def test_three_formats_are_shown() -> None:
    suffixes = [Path(name).suffix for name in FILES]
    assert {suffix: suffixes.count(suffix) for suffix in suffixes} == {".pdf": 3, ".docx": 3, ".html": 2}


def test_links_and_gaps_name_tasks_of_the_directives() -> None:
    links = [item["link"] for entry in TRUTH["files"] if entry["report"] for item in entry["report"]["items"]]
    named = [link for link in links if link] + [cell["task"] for cell in TRUTH["gaps"]]
    assert [link for link in named if (link["row"], link["text"]) not in tasks(link["file"])] == []


def test_a_gap_cell_belongs_to_a_lead_of_a_tracked_task() -> None:
    for cell in TRUTH["gaps"]:
        task = next(t for t in FILES[cell["task"]["file"]]["tasks"] if t["text"] == cell["task"]["text"])
        assert task["class"] == "tracked"
        assert cell["unit"] in task["lead"]


def test_done_is_judged_by_dates() -> None:
    for cell in TRUTH["gaps"]:
        if cell["done_date"]:
            expected = "done_on_time" if cell["done_date"] <= cell["due"] else "done_late"
            assert cell["task_status"] == expected
