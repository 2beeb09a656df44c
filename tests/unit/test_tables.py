"""Tables that run over pages: heads dropped, cut rows joined, rows of their own kept."""

from __future__ import annotations

from corpus.assemble import CellText
from corpus.pdf_lines import glue
from corpus.tables import Joined, Piece, join, same_table

HEAD = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn"]
EDGES = (50.0, 80.0, 300.0, 400.0, 500.0)


def piece(rows: list[list[str]], page: int, edges: tuple[float, ...] = EDGES) -> Piece:
    return Piece([[CellText(text) for text in row] for row in rows], page, edges)


def texts(joined: Joined) -> list[list[str]]:
    return [[cell.text for cell in row] for row in joined.rows]


def test_repeated_head_is_dropped_and_pages_kept() -> None:
    joined = join([piece([HEAD, ["1", "A", "Bộ Y tế", "2026"]], 1), piece([HEAD, ["2", "B", "Bộ Nội vụ", "2027"]], 2)])
    assert texts(joined) == [HEAD, ["1", "A", "Bộ Y tế", "2026"], ["2", "B", "Bộ Nội vụ", "2027"]]
    assert joined.pages == [1, 1, 2]


def test_cut_row_is_one_row() -> None:
    first = piece([HEAD, ["1", "Trình Chính phủ ban hành Nghị định số 34/2019/NĐ-", "Bộ Tài", "2026"]], 1)
    second = piece([HEAD, ["", "CP về thuế", "chính", ""], ["2", "B", "Bộ Nội vụ", "2027"]], 2)
    joined = join([first, second], glue)
    assert texts(joined)[1] == [
        "1",
        "Trình Chính phủ ban hành Nghị định số 34/2019/NĐ-CP về thuế",
        "Bộ Tài chính",
        "2026",
    ]
    assert joined.pages == [1, 1, 2]


def test_row_without_number_that_fills_all_columns_is_its_own() -> None:
    first = piece([HEAD, ["1", "Xuất khẩu", "Bộ Công Thương", "2026"]], 1)
    second = piece([HEAD, ["", "Trong đó: nông sản", "Bộ Nông nghiệp", "2026"]], 2)
    assert len(join([first, second]).rows) == 3


def test_group_row_at_the_turn_is_its_own() -> None:
    first = piece([HEAD, ["1", "A", "Bộ Y tế", "2026"]], 1)
    group = CellText("II. Về văn hóa")
    second = Piece(
        [[CellText(text) for text in HEAD], [group] * 4, [CellText(x) for x in ("2", "B", "C", "D")]], 2, EDGES
    )
    joined = join([first, second])
    assert [row[0] for row in texts(joined)] == ["TT", "1", "II. Về văn hóa", "2"]


def test_number_over_several_rows_is_shared_after_the_turn() -> None:
    first = piece([HEAD, ["1", "A", "Bộ Y tế", "2026"], ["15", "Thể chế hóa", "Bộ Tài chính", "5/2026"]], 1)
    second = piece([HEAD, ["", "", "Bộ Tài chính", "11/2026"]], 2)
    joined = join([first, second])
    assert texts(joined)[-1] == ["15", "Thể chế hóa", "Bộ Tài chính", "11/2026"]
    assert joined.rows[-1][0] is joined.rows[-2][0]


def test_page_with_only_wide_rows_is_the_same_table() -> None:
    wide = piece([["II", "Về xã hội", "x"]], 2, (50.0, 80.0, 300.0, 500.0))
    first = piece([HEAD, ["1", "A", "B", "C"]], 1)
    assert same_table(first, wide)
    joined = join([first, wide])
    assert len(joined.rows[-1]) == 4
    assert joined.rows[-1][2] is joined.rows[-1][3]


def test_other_columns_are_another_table() -> None:
    assert not same_table(piece([HEAD], 1), piece([["a", "b"]], 2, (90.0, 250.0, 470.0)))


def test_a_row_cut_in_a_table_without_numbers_is_one_row() -> None:
    head = HEAD[1:]
    first = piece([head, ["Rà soát quy định về đầu tư của cơ", "Bộ Tài chính", "2026"]], 1, EDGES[1:])
    second = piece([head, ["quan, tổ chức, đơn vị", "", ""], ["Ban hành đề án", "Bộ Y tế", "2027"]], 2, EDGES[1:])
    assert texts(join([first, second]))[1:] == [
        ["Rà soát quy định về đầu tư của cơ quan, tổ chức, đơn vị", "Bộ Tài chính", "2026"],
        ["Ban hành đề án", "Bộ Y tế", "2027"],
    ]


def test_a_new_row_after_the_turn_of_a_table_without_numbers_stays() -> None:
    head = HEAD[1:]
    first = piece([head, ["Rà soát quy định", "Bộ Tài chính", "2026"]], 1, EDGES[1:])
    for row in (["Ban hành đề án", "Bộ Y tế", "2027"], ["các xã: ban hành đề án", "Ủy ban nhân dân xã", "Năm 2027"]):
        assert len(join([first, piece([head, row], 2, EDGES[1:])]).rows) == 3
