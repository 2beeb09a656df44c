"""Crawled plans and decisions: paragraphs whole, markup gone, the tables that carry the tasks rebuilt."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.model import Document, Table
from corpus.reader import read
from corpus.tree import build_tree

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
CRAWL = SHARED / "data" / "crawl"
NQ03 = SHARED / "data" / "nq03"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not CRAWL.is_dir(), reason="needs the real documents in ../shared/data"),
]
HEADS = re.compile(r"chủ trì|phối hợp|thực hiện", re.IGNORECASE)


def rows(document: Document, table: Table) -> list[list[str]]:
    return [[document.text[cell.start : cell.end] for cell in row.cells] for row in table.rows]


def task_table(document: Document) -> list[list[str]]:
    """The table whose head names who leads."""
    return max(
        (found for table in document.tables if HEADS.search(" ".join((found := rows(document, table))[0]))),
        key=len,
    )


@pytest.mark.parametrize(
    ("name", "columns", "tasks", "groups"),
    [
        ("ec00bd6f58be7864", 6, 25, 7),
        ("8718801c503045f9", 5, 11, 4),
        ("31786b0833a4130d", 5, 6, 0),
    ],
)
def test_task_tables(name: str, columns: int, tasks: int, groups: int) -> None:
    document = read(CRAWL / f"{name}.md")
    table = task_table(document)
    assert {len(row) for row in table} == {columns}
    numbered = [row for row in table[1:] if re.fullmatch(r"\d{1,3}", row[0])]
    others = [row for row in table[1:] if row not in numbered]
    assert (len(numbered), len(others)) == (tasks, groups)
    for row in numbered:
        assert len(row[1]) > 20
        assert re.match(r"(?:Sở|Bộ|Ban|UBND|Doanh nghiệp)", row[2])
        assert row[-1]


def test_every_row_of_the_largest_task_table_is_whole() -> None:
    table = task_table(read(CRAWL / "f004d93b21e7fc5f.md"))
    numbered = [row for row in table if re.fullmatch(r"\d{1,2}(?:\.\d{1,2})?", row[0]) and row[1] != row[2]]
    assert len(numbered) >= 85
    whole = [row for row in numbered if len(row[1]) > 10 and row[2] and row[4]]
    assert len(whole) >= 0.97 * len(numbered)


def test_annex_of_140_tasks() -> None:
    document = read(NQ03 / "03-NQ-CP-phu-luc-II.md")
    (table,) = document.tables
    found = rows(document, table)
    assert [row[0] for row in found if re.fullmatch(r"\d+\.", row[0])] == [f"{n}." for n in range(1, 141)]
    assert found[0] == ["TT", "Tên nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Kết quả", "Thời gian hoàn thành"]


def test_no_markup_is_left_and_offsets_hold() -> None:
    stars = bars = 0
    for path in sorted(CRAWL.glob("*.md")):
        document = read(path)
        assert document.status == "ok", path.name
        stars += len(re.findall(r"(?<!\()\*\*", document.text))
        bars += sum(1 for line in document.text.split("\n") if line.strip() == "|")
        for block in document.blocks:
            piece = document.text[block.start : block.end]
            if block.table is None:
                assert piece == " ".join(piece.split())
        for node in build_tree(document):
            assert node.start < node.end <= node.body_end
    assert stars == 0
    assert bars == 0


def test_sentences_are_not_cut() -> None:
    """A paragraph of running text that ends without a stop and is followed by a small letter was cut in two."""
    cut = whole = 0
    for path in sorted(CRAWL.glob("*.md")):
        document = read(path)
        pieces = [document.text[b.start : b.end] for b in document.blocks if b.table is None]
        for piece, following in pairwise(pieces):
            if len(piece) > 60 and not piece.isupper():
                whole += 1
                ends = piece[-1].isalpha() or piece[-1] == ","
                cut += ends and following[0].islower() and not re.match(r"[a-zđ][).]", following)
    print(f"{cut} of {whole} paragraphs cut")
    assert cut < 0.005 * whole


@pytest.mark.skipif(not (SHARED / "seed").is_dir(), reason="needs the seed article in ../shared/seed")
def test_groups_of_the_seed() -> None:
    document = read(SHARED / "seed" / "article.txt")
    assert document.text == (SHARED / "seed" / "article.txt").read_text(encoding="utf-8")
    gold = json.loads((SHARED / "seed" / "seed-gold.json").read_text(encoding="utf-8"))["groups"]
    ids = {group["id"]: group["label"] for group in gold}
    nodes = build_tree(document)
    found = [
        (node.label, node.start, node.end, nodes[node.parent].label if node.parent >= 0 else None)
        for node in nodes
        if node.level != "bullet"
    ]
    assert found == [(g["label"], g["start"], g["end"], ids.get(g["parent"])) for g in gold]
    assert sum(node.level == "bullet" for node in nodes) == 47
