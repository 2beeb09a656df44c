"""Highlights: every character of the text is shown once, escaped, whatever the marks."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Block, Cell, Document, Row, Table
from service.web.highlight import Mark, mark_up, show

TAG = re.compile(r"<[^>]*>")


def plain(html: str) -> str:
    return unescape(TAG.sub("", html))


def test_a_citation_inside_a_task_is_a_link_inside_a_mark() -> None:
    text = "Thực hiện Nghị định số 45/2020/NĐ-CP & báo cáo"
    html = mark_up(text, 0, len(text), [Mark(0, len(text), "task", "nv-1"), Mark(10, 36, "cite", "vd-1", "/x")])
    assert html == (
        '<mark class="task" id="nv-1">Thực hiện </mark>'
        '<mark class="task"><a class="cite" href="/x" id="vd-1">Nghị định số 45/2020/NĐ-CP</a></mark>'
        '<mark class="task"> &amp; báo cáo</mark>'
    )


@given(
    text=st.text(max_size=60),
    spans=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6),
)
def test_the_text_comes_back_whole(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [Mark(min(pair), max(pair), "task", f"n{i}") for i, pair in enumerate(spans) if pair[0] != pair[1]]
    assert plain(mark_up(text, 0, len(text), marks)) == plain(mark_up(text, 0, len(text), []))


def test_markup_in_a_document_is_shown_not_run() -> None:
    text = "<script>alert(1)</script>"
    assert "<script>" not in mark_up(text, 0, len(text), [Mark(0, 8, 'x" onclick="y', title='"><b>')])


def test_pages_and_tables_are_kept() -> None:
    text = "Đầu\nA\tB\nCuối"
    cells = (Cell(4, 5, 0), Cell(6, 7, 1))
    document = Document(
        file="a",
        sha256="",
        media_type="",
        status="ok",
        text=text,
        blocks=(Block("paragraph", 0, 3, 1), Block("table", 4, 7, 1, table=0), Block("paragraph", 8, 12, 2)),
        tables=(Table(4, 7, 2, (Row(cells),)),),
    )
    blocks = show(document, [Mark(6, 7, "task", "nv-9")])
    assert [block.page for block in blocks] == [1, None, 2]
    assert [cell.html for cell in blocks[1].rows[0]] == ["A", '<mark class="task" id="nv-9">B</mark>']
