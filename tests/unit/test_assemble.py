"""A Draft becomes stored text whose offsets are exact, whatever the pieces hold."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.assemble import CellText, Draft, clean
from corpus.limits import Limits
from corpus.model import Document


def finish(draft: Draft) -> Document:
    return draft.finish("a.pdf", "0" * 64, "application/pdf", 3)


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("Số:\u00a045/2020/NĐ\u00adCP", "Số: 45/2020/NĐ-CP"),
        ("trách nhi\u00adệm", "trách nhiệm"),
        ("  Bộ\r\n Tài\tchính ", "Bộ Tài chính"),
        (unicodedata.normalize("NFD", "Quyết định"), "Quyết định"),
        ("a\x00b\u200bc\ufeff\ufffe\ud800", "abc"),
    ],
)
def test_text_is_stored_clean(raw: str, stored: str) -> None:
    assert clean(raw) == stored


def test_label_is_written_once() -> None:
    draft = Draft()
    draft.paragraph("Phạm vi điều chỉnh", label="Điều 1.")
    draft.paragraph("a) Xây dựng kế hoạch;", label="a)")
    assert finish(draft).text == "Điều 1. Phạm vi điều chỉnh\na) Xây dựng kế hoạch;"


def test_merged_cell_keeps_its_offsets_in_all_rows() -> None:
    unit = CellText("Bộ Y tế")
    draft = Draft()
    draft.table([[unit, CellText("Việc 1")], [unit, CellText("Việc 2")]], pages=[1, 2])
    document = finish(draft)
    first, second = document.tables[0].rows
    assert (second.cells[0].start, second.cells[0].end) == (first.cells[0].start, first.cells[0].end)
    assert not first.cells[0].merged
    assert second.cells[0].merged
    assert document.text == "Bộ Y tế\tViệc 1\n\tViệc 2"
    assert [row.page for row in document.tables[0].rows] == [1, 2]


def test_page_of_each_half_of_a_cut_sentence() -> None:
    draft = Draft()
    draft.paragraph("Bộ Công an chủ trì,  phối hợp", page=1, turns=[(21, 2)])
    document = finish(draft)
    assert document.text == "Bộ Công an chủ trì, phối hợp"
    assert document.page_at(document.text.index("chủ")) == 1
    assert document.page_at(document.text.index("phối")) == 2


def test_text_beyond_the_limit_is_left_out_and_said() -> None:
    draft = Draft(Limits(max_chars=30))
    for _ in range(3):
        draft.paragraph("mười hai chữ cái")
    document = finish(draft)
    assert document.text == "mười hai chữ cái"
    assert [problem.code for problem in document.problems] == ["too_large"]
    assert document.status == "partial"


def test_nothing_read_is_a_failure() -> None:
    draft = Draft()
    draft.problem("damaged")
    document = finish(draft)
    assert (document.status, document.text) == ("failed", "")
    assert "hỏng" in document.problems[0].message


def test_verbatim_text_is_untouched() -> None:
    text = "  Điều 1.\n\n\tA  B\n"
    draft = Draft.verbatim(text)
    draft.span(2, 9, label="Điều 1.")
    draft.grid(11, 16, [[(12, 13), (15, 16)]])
    document = finish(draft)
    assert document.text == text
    assert [text[block.start : block.end] for block in document.blocks] == ["Điều 1.", "\tA  B"]


@given(
    st.lists(
        st.one_of(st.text(max_size=30), st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=2), max_size=3))
    )
)
def test_every_slice_is_the_piece_that_was_given(pieces: list[str | list[list[str]]]) -> None:
    draft = Draft()
    for piece in pieces:
        if isinstance(piece, str):
            draft.paragraph(piece)
        else:
            draft.table([[CellText(cell) for cell in row] for row in piece])
    document = finish(draft)
    paragraphs = [clean(piece) for piece in pieces if isinstance(piece, str) and clean(piece)]
    assert [document.text[b.start : b.end] for b in document.blocks if b.table is None] == paragraphs
    grids = [piece for piece in pieces if isinstance(piece, list) and piece]
    for table, grid in zip(document.tables, grids, strict=True):
        for row, given_row in zip(table.rows, grid, strict=True):
            for cell, raw in zip(row.cells, given_row, strict=True):
                assert "".join(document.text[cell.start : cell.end].split()) == "".join(clean(raw).split())
    assert unicodedata.is_normalized("NFC", document.text)
