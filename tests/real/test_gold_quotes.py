"""The gold annotations quote their documents exactly, in order; no document stands on both sides."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

GOLD = Path(__file__).resolve().parents[1] / "gold"
DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
FURNITURE = re.compile(r"\n\s*(?:\d+ *\n)?\s*CÔNG BÁO/Số[^\n]*\n(?:\s*\d+\s*\n)?")
SIGNATURE = re.compile(r"\n(?:Người ký|Ký bởi):.*?\n(?:Thời gian ký|Ngày ký):[^\n]*", re.DOTALL)

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DATA.is_dir(), reason="the real documents under ../shared/data are absent"),
]


def gold(folder: str) -> list[Path]:
    files = sorted((GOLD / folder).rglob("*.json"))
    assert files
    return files


def words(file: str) -> str:
    """The document's words: markup and page furniture out, white space folded."""
    path = DATA / file
    text = (path.with_suffix(".txt") if path.suffix == ".pdf" else path).read_text("utf-8")
    if path.suffix == ".pdf":
        text = SIGNATURE.sub("\n", FURNITURE.sub("\n", text))
    return " ".join(re.sub(r"\*|(?<=\n)\|\n", "", unicodedata.normalize("NFC", text)).split())


def load(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text("utf-8")))


@pytest.mark.parametrize("path", gold("citations"), ids=lambda p: p.stem)
def test_citations_are_quoted_in_order(path: Path) -> None:
    entry, at = load(path), 0
    text = words(entry["file"])
    for citation in entry["citations"]:
        at = text.find(citation["text"], at)
        assert at >= 0, citation["text"]
        at += len(citation["text"])


@pytest.mark.parametrize("path", gold("citations"), ids=lambda p: p.stem)
def test_side_is_drawn_from_the_name(path: Path) -> None:
    name = Path(load(path)["file"]).name
    names = {name, name.replace(".pdf", ".txt")}  # gazette files were read through their text twins
    sides = {("dev", "test")[int(hashlib.sha1(n.encode()).hexdigest(), 16) % 2] for n in names}  # noqa: S324
    assert path.parent.name in sides


@pytest.mark.parametrize("path", gold("tasks"), ids=lambda p: p.stem)
def test_tasks_and_their_units_are_quoted(path: Path) -> None:
    entry = load(path)
    text = words(entry["file"].replace("\\", "/")).casefold()
    for task in (task for task in entry["tasks"] if not task.get("split_over_pages")):
        quotes = [task["text"], *task["lead"], *task["coordinators"], (task["deadline"] or {"text": ""})["text"]]
        assert [quote for quote in quotes if quote.casefold() not in text] == []


def quotes(task: dict[str, Any]) -> list[str]:
    """Every quote of a task that the evaluation compares, the second readings too."""
    deadline = task["deadline"] or {}
    lists = (task.get(key, []) for key in ("text_also", "lead_also", "coordinators_also"))
    return [*(quote for many in lists for quote in many), *deadline.get("text_also", [])]


@pytest.mark.parametrize("path", gold("tasks/test"), ids=lambda p: p.stem)
def test_second_readings_and_spans_are_quoted(path: Path) -> None:
    entry = load(path)
    text = words(entry["file"]).casefold()
    wanted = [*entry.get("span", []), *(quote for task in entry["tasks"] for quote in quotes(task))]
    assert [quote for quote in wanted if quote.casefold() not in text] == []
    if span := entry.get("span"):
        assert text.find(span[0].casefold()) < text.rfind(span[1].casefold())


@pytest.mark.parametrize("path", gold("tasks/test"), ids=lambda p: p.stem)
def test_tasks_of_the_test_side_stand_in_order_inside_the_span(path: Path) -> None:
    entry, at = load(path), 0
    text = words(entry["file"]).casefold()
    if span := entry.get("span"):
        text = text[text.find(span[0].casefold()) : text.rfind(span[1].casefold()) + len(span[1])]
    for task in (task for task in entry["tasks"] if not task.get("split_over_pages")):
        at = text.find(task["text"].casefold(), at)
        assert at >= 0, task["text"]
        at += 1


def test_no_document_stands_on_both_sides_of_the_tasks() -> None:
    sides: dict[bool, set[str]] = {True: set(), False: set()}
    for path in gold("tasks"):
        sides[path.parent.name == "test"].add(load(path)["file"])
    assert not sides[True] & sides[False]
