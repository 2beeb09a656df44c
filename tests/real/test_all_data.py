"""Every real file: nothing raises, every fact stands where it says, every key of the contract is there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.reader import read
from corpus.text import fold
from nlp.contract import to_json
from nlp.pipeline import extract

pytestmark = pytest.mark.real
DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
FOLDERS = ("crawl", "nq03", "congbao", "ocr")
SAMPLE = 12


def files() -> list[Path]:
    found = [
        path
        for folder in FOLDERS
        for path in sorted((DATA / folder).glob("*"))
        if path.suffix in {".md", ".pdf", ".txt"}
    ]
    return found + sorted((DATA / "phapdien").rglob("*.md"))[::25]


def check(path: Path) -> dict[str, Any]:
    document = read(path)
    result = to_json(document, extract(document), with_text=True)
    text = result["text"]
    assert json.loads(json.dumps(result, ensure_ascii=False)) == result
    assert result["text_chars"] == len(text)
    facts = [
        *result["citations"],
        *result["references"],
        *result["tasks"],
        *(result["report"] or {"items": []})["items"],
    ]
    for fact in facts:
        assert 0 <= fact["start"] < fact["end"] <= len(text)
        assert fold(text[fact["start"] : fact["end"]]) == fold(fact["text"])
    ids = [task["id"] for task in result["tasks"]]
    assert len(ids) == len(set(ids))
    # work that nobody is named for (nlp.task_unled) has no lead, and then no source of one either
    assert all(task["lead"] or task["in_table"] or task["lead_source"] is None for task in result["tasks"])
    if document.page_marks:
        assert all(fact["page"] for fact in [*result["citations"], *result["tasks"]])
    return result


def sampled() -> list[Path]:
    small = [path for path in files() if path.stat().st_size < 200_000]
    return small[:: max(len(small) // SAMPLE, 1)]


@pytest.mark.parametrize("path", sampled(), ids=lambda path: path.name)
def test_the_contract_holds_on_a_sample(path: Path) -> None:
    check(path)


@pytest.mark.slow
@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_the_contract_holds_on_every_file(path: Path) -> None:
    check(path)


def test_encyclopaedia_and_news_pages_assign_nothing() -> None:
    if not DATA.exists():
        pytest.skip("../shared/data is absent")
    pages = [
        path for path in sorted((DATA / "crawl").glob("*.md")) if path.read_text(encoding="utf-8").startswith("# ")
    ]
    assert len(pages) >= 20
    for path in pages:
        assert check(path)["tasks"] == [], path.name
