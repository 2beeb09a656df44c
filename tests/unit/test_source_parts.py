"""A long text in parts: together they are the text, each fact's words stand in a part that says so."""

import pytest

from corpus.model import Block, Cell, Document, PageMark, Row, Table
from service.web.highlight import Mark, show
from service.web.source_parts import PART, WHOLE, cut


def document(paragraphs: int, rows: int = 0, words: str = "Giao Sở Nội vụ rà soát thủ tục hành chính. ") -> Document:
    text, blocks, marks = "", [], []
    for number in range(paragraphs):
        if number % 10 == 0:
            marks.append(PageMark(len(marks) + 1, len(text)))
        blocks.append(Block("paragraph", len(text), len(text) + len(words)))
        text += words + "\n"
    lines, start = [], len(text)
    for number in range(rows):
        first = Cell(len(text), len(text) + len(words), 0)
        text += words + "\t"
        second = Cell(len(text), len(text) + 3, 1)
        text += f"{number:03}\n"
        lines.append(Row((first, second)))
    tables = (Table(start, len(text), 2, tuple(lines)),) if rows else ()
    if rows:
        blocks.append(Block("table", start, len(text), table=0))
    return Document(
        "a.pdf", "0" * 64, "application/pdf", "ok", text, blocks=tuple(blocks), tables=tables, page_marks=tuple(marks)
    )


def shown(blocks: list) -> list[str]:  # type: ignore[type-arg]
    return [str(cell.html) for block in blocks for row in block.rows for cell in row] + [
        str(b.html) for b in blocks if not b.rows
    ]


def test_a_short_text_is_one_part() -> None:
    assert [part.number for part in cut(document(20, 5))] == [0]


@pytest.mark.parametrize(("paragraphs", "rows"), [(2_000, 0), (10, 2_000), (1_500, 900)])
def test_the_parts_together_are_the_text(paragraphs: int, rows: int) -> None:
    whole = document(paragraphs, rows)
    assert len(whole.text) > WHOLE
    parts = cut(whole)
    assert len(parts) > 3
    told = [text for part in parts for text in shown(show(part.document, [], part.before))]
    assert sorted(told) == sorted(shown(show(whole, [])))
    assert all(part.end - part.start <= 1.2 * PART for part in parts), "a long table is cut between its rows"


def test_each_page_number_is_said_once() -> None:
    parts = cut(document(2_000))
    pages = [block.page for part in parts for block in show(part.document, [], part.before) if block.page]
    assert pages == sorted(set(pages))
    assert parts[1].pages.split("–")[0].isdecimal()


def test_a_fact_stands_in_the_part_that_holds_it() -> None:
    whole = document(2_000)
    block = whole.blocks[1_234]
    [part] = [part for part in cut(whole) if part.holds(block.start, block.end)]
    [marked] = [
        b for b in show(part.document, [Mark(block.start, block.end, "task")], part.before) if "<mark" in b.html
    ]
    assert "Giao Sở Nội vụ" in marked.html
