"""Web pages: what a reader sees, in order, with list numbers and full tables."""

from __future__ import annotations

from corpus.model import Document
from corpus.reader import read_bytes


def read(body: str) -> Document:
    return read_bytes(f"<!DOCTYPE html><html><body>{body}</body></html>".encode(), "a.html")


def lines(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


def grid(document: Document) -> list[list[str]]:
    return [[document.text[cell.start : cell.end] for cell in row.cells] for row in document.tables[0].rows]


def test_chrome_is_dropped_and_inline_marks_leave_no_gaps() -> None:
    document = read(
        "<nav>Trang chủ</nav><script>var a = '<p>x</p>'</script><style>p{}</style><p hidden>ẩn</p>"
        "<p style='display: none'>ẩn</p>"
        "<p>Nghị định số <b>45/2020</b>/NĐ<i>-CP</i>\n của&nbsp;Chính phủ</p><div>Khối<p>đoạn</p>"
        "sau</div><!-- chú thích -->"
    )
    assert lines(document) == ["Nghị định số 45/2020/NĐ-CP của Chính phủ", "Khối", "đoạn", "sau"]


def test_headings_bold_and_centred() -> None:
    document = read(
        "<h1>NGHỊ ĐỊNH</h1><p align=center><strong>Về việc A</strong></p><p style='text-align:center'>giữa</p>"
        "<p>thường <b>đậm</b></p>"
    )
    assert [(block.kind, block.bold, block.centred) for block in document.blocks] == [
        ("heading", True, False),
        ("paragraph", True, True),
        ("paragraph", False, True),
        ("paragraph", False, False),
    ]


def test_lists_carry_their_marks() -> None:
    document = read(
        "<ol start=3><li>Ba<ul><li>con</li></ul></li><li>Bốn</li></ol><ol type=a><li>Điểm</li></ol><ol type=I><li>"
        "Mục</li></ol>"
        "<ul><li>- đã có gạch</li></ul>"
    )
    assert lines(document) == ["3. Ba", "- con", "4. Bốn", "a) Điểm", "I. Mục", "- đã có gạch"]


def test_line_breaks_part_items_and_join_sentences() -> None:
    document = read("<p>1. Mục một<br>- gạch đầu dòng,<br>viết tiếp;<br>- gạch hai.</p>")
    assert lines(document) == ["1. Mục một", "- gạch đầu dòng, viết tiếp;", "- gạch hai."]


def test_header_table_is_layout() -> None:
    document = read(
        "<table><tr><td>UBND TỈNH A<br><b>SỞ NỘI VỤ</b></td><td><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>"
        "<p>Độc lập - Tự do - Hạnh phúc</p></td></tr>"
        "<tr><td>Số: 12/BC-SNV</td><td><i>A, ngày 05 tháng 01 năm 2026</i></td></tr></table>"
    )
    assert document.tables == ()
    assert lines(document) == [
        "UBND TỈNH A", "SỞ NỘI VỤ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Số: 12/BC-SNV", "A, ngày 05 tháng 01 năm 2026",
    ]  # fmt: skip


def test_spans_fill_the_grid() -> None:
    document = read(
        "<table><thead><tr><th rowspan=2>TT<th rowspan=2>Nhiệm vụ<th colspan=2>Cơ quan</tr>"
        "<tr><th>Chủ trì<th>Phối hợp</tr></thead>"
        "<tbody><tr><td>1<td>Đề án<td rowspan=2>Sở A<td>Sở B</tr><tr><td>2<td>Kế hoạch<td>Sở C</tr>"
        "<tr><td colspan=4>II. Nhóm</tr></tbody></table>"
    )
    assert grid(document) == [
        ["TT", "Nhiệm vụ", "Cơ quan", "Cơ quan"],
        ["TT", "Nhiệm vụ", "Chủ trì", "Phối hợp"],
        ["1", "Đề án", "Sở A", "Sở B"],
        ["2", "Kế hoạch", "Sở A", "Sở C"],
        ["II. Nhóm"] * 4,
    ]
    assert document.tables[0].rows[1].cells[0].merged


def test_a_table_that_lays_out_the_page_is_opened() -> None:
    rows = "<tr><td>TT</td><td>Nhiệm vụ</td><td>Chủ trì</td></tr><tr><td>1</td><td>Đề án</td><td>Sở A</td></tr>"
    inner = f"<table>{rows}</table>"
    document = read(f"<table><tr><td>Cột trái</td><td><p>Điều 1. Giao việc</p>{inner}</td></tr></table>")
    assert lines(document)[:2] == ["Cột trái", "Điều 1. Giao việc"]
    assert grid(document) == [["TT", "Nhiệm vụ", "Chủ trì"], ["1", "Đề án", "Sở A"]]


def test_main_part_of_a_site() -> None:
    document = read(
        "<div>Quảng cáo</div><main><p>" + "Nội dung văn bản. " * 10 + "</p></main><footer>Bản quyền</footer>"
    )
    assert lines(document) == [("Nội dung văn bản. " * 10).strip()]
