"""Texts that assign nothing: encyclopaedia and news pages, definitions and scopes of laws, price lists."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.reader import read, read_bytes
from nlp.model import Task
from nlp.pipeline import extract

pytestmark = pytest.mark.real
DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
PER_CHARACTERS = 100_000


def false_tasks(texts: Iterator[tuple[int, tuple[Task, ...]]]) -> tuple[int, list[str]]:
    size, found = 0, list[str]()
    for characters, tasks in texts:
        size += characters
        found += [f"{task.lead}: {task.text[:100]}" for task in tasks]
    return size, found


def pages() -> Iterator[tuple[int, tuple[Task, ...]]]:
    """Crawled pages with a Markdown title: no directive has one."""
    for path in sorted((DATA / "crawl").glob("*.md")):
        if path.read_text(encoding="utf-8").startswith("# "):
            document = read(path)
            yield len(document.text), extract(document).tasks


def test_encyclopaedia_and_news_pages() -> None:
    if not DATA.exists():
        pytest.skip("../shared/data is absent")
    size, found = false_tasks(pages())
    assert size > 500_000
    assert len(found) <= size / PER_CHARACTERS, found


def definitions() -> Iterator[tuple[int, tuple[Task, ...]]]:
    """The first articles of laws: scope, subjects, definitions."""
    laws = json.loads((DATA / "alqac" / "training-all_articles_2023.json").read_text(encoding="utf-8"))
    for name, text in laws.items():
        if re.search(r"@[1-3]$", name):
            document = read_bytes(text.encode(), "a.txt")
            yield len(document.text), extract(document).tasks


def test_scopes_and_definitions_of_laws() -> None:
    if not (DATA / "alqac").exists():
        pytest.skip("../shared/data/alqac is absent")
    size, found = false_tasks(definitions())
    assert size > 50_000
    assert len(found) <= max(size / PER_CHARACTERS, 1), found


def test_standing_duties_of_decrees_stand_apart() -> None:
    if not DATA.exists():
        pytest.skip("../shared/data is absent")
    for name in ("nghi-dinh-so-158-2026-nd-cp-469548", "nghi-dinh-so-172-2026-nd-cp-469584"):
        tasks = extract(read(DATA / "congbao" / f"{name}.pdf")).tasks
        assert tasks
        assert {(task.class_, task.modality) for task in tasks} == {("general", "standing")}
