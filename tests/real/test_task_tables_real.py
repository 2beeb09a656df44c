"""Task tables of real annexes: 109/NQ-CP (PDF), 03/NQ-CP (Markdown), crawled plans, and annotated documents."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from corpus.reader import read
from nlp.contract import to_json
from nlp.deadlines import read_cell
from nlp.evaluate import Scores, Tally, evaluate_file
from nlp.model import Extraction
from nlp.pipeline import extract

pytestmark = pytest.mark.real
ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
GOLD = ROOT / "tests" / "gold" / "tasks"
ENOUGH = 10
"""Tasks from which a share of one document means something."""


def extracted(name: str) -> Extraction:
    path = DATA / name
    if not path.exists():
        pytest.skip("../shared/data is absent")
    return extract(read(path))


@pytest.fixture(scope="module")
def nq109() -> Extraction:
    return extracted("congbao/nghi-quyet-so-109-nq-cp-469403.pdf")


@pytest.mark.parametrize(("annex", "rows", "dated"), [("Phụ lục III", 135, 135), ("Phụ lục IV", 91, 90)])
def test_226_tasks_of_109_nq_cp(nq109: Extraction, annex: str, rows: int, dated: int) -> None:
    tasks = [task for task in nq109.tasks if task.in_table and task.section[0] == annex]
    assert [task.row for task in tasks] == [str(number) for number in range(1, rows + 1)]
    assert all(task.lead and task.lead_source == "table" for task in tasks)
    assert sum(task.deadline is not None for task in tasks) == dated  # row 45 of annex IV prints none
    assert all(task.deadline.due or task.deadline.recurrence for task in tasks if task.deadline)


@pytest.mark.parametrize(("annex", "rows"), [("Phụ lục I", 69), ("Phụ lục II", 38)])
def test_107_aims_of_109_nq_cp(nq109: Extraction, annex: str, rows: int) -> None:
    aims = [task for task in nq109.tasks if task.in_table and task.section[0] == annex]
    assert len(aims) == rows
    assert all(aim.target and aim.lead for aim in aims)


def test_the_body_of_109_nq_cp_is_not_flooded(nq109: Extraction) -> None:
    assert sum(not task.in_table for task in nq109.tasks) <= 20


def test_140_tasks_of_03_nq_cp() -> None:
    tasks = [task for task in extracted("nq03/03-NQ-CP-phu-luc-II.md").tasks if task.in_table]
    assert [task.row for task in tasks] == [str(number) for number in range(1, 141)]
    assert all(task.lead for task in tasks)
    assert sum(task.deadline is None for task in tasks) <= 1


@pytest.mark.parametrize(
    ("name", "rows"), [("ec00bd6f58be7864", 25), ("8718801c503045f9", 11), ("31786b0833a4130d", 6)]
)
def test_flattened_tables_of_crawled_plans(name: str, rows: int) -> None:
    tasks = [task for task in extracted(f"crawl/{name}.md").tasks if task.in_table]
    assert len(tasks) == rows
    assert all(task.lead and task.deadline for task in tasks)


def test_tracker_wordings_are_read() -> None:
    if not DATA.exists():
        pytest.skip("../shared/data is absent")
    wordings = Counter[str]()
    for path in sorted((DATA / "tracker").glob("*.json")):
        for row in json.loads(path.read_text(encoding="utf-8")):
            wordings.update(str(row[key]) for key in ("proposedTime", "deadline") if row.get(key))
    dated = re.compile(r"(?:th[áa]ng|qu[ýí]|năm|ngày)\s*[\dIV]", re.IGNORECASE)
    unread = [text for text in wordings if dated.search(text) and not read_cell(text, year=2026)]
    assert unread == []
    months = {text: read_cell(text, year=2026) for text in wordings if re.fullmatch(r"Tháng \d{1,2}/20\d\d", text)}
    for text, deadline in months.items():
        month, year = map(int, re.findall(r"\d+", text))
        assert deadline
        assert deadline.due
        assert (deadline.due.year, deadline.due.month, deadline.precision) == (year, month, "month")


# --- annotated documents -------------------------------------------------------------------------------------------


def scores_of(path: Path) -> Scores:
    gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    file = DATA / gold["file"]
    if not file.exists():
        pytest.skip("../shared/data is absent")
    document = read(file)
    return evaluate_file(gold | {"header": {}}, to_json(document, extract(document), with_text=True))


@pytest.mark.parametrize("path", sorted(GOLD.glob("*.json")), ids=lambda path: path.stem)
def test_annotated_tasks_are_found(path: Path) -> None:
    tally = scores_of(path)["tasks"]
    if tally.wanted < ENOUGH:
        pytest.skip(f"{tally.wanted} tasks say nothing about one document; they count in test_accuracy.py")
    assert tally.precision >= 0.8, tally.wrong
    assert tally.recall >= 0.8, tally.missed


def test_annotated_roles_and_dates() -> None:
    total: dict[str, Tally] = {}
    for path in sorted(GOLD.glob("*.json")):
        for kind, tally in scores_of(path).items():
            total.setdefault(kind, Tally()).add(tally)
    for kind, least in (("tasks", 0.95), ("tasks.lead", 0.93), ("tasks.coordinators", 0.93), ("tasks.deadline", 0.95)):
        print(kind, round(total[kind].precision, 3), round(total[kind].recall, 3))
        assert total[kind].f1 >= least, (kind, total[kind].missed, total[kind].wrong)
