"""Markdown as crawled: wrapped sentences are joined, markup is gone, flattened tables are tables again."""

from __future__ import annotations

import pytest

from corpus.markup import plain
from corpus.model import Document, Table
from corpus.reader import read_bytes


def read(text: str) -> Document:
    return read_bytes(text.encode(), "a.md")


def blocks(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


def cells(document: Document, table: Table) -> list[list[str]]:
    return [[document.text[cell.start : cell.end] for cell in row.cells] for row in table.rows]


def flat(*rows: list[str]) -> str:
    return (
        "\n".join(
            "\n".join(["|", *(line for cell in row for line in ([cell, "|"] if cell else ["|"]))]) for row in rows
        )
        + "\n"
    )


@pytest.mark.parametrize(
    ("marked", "printed"),
    [
        ("**Điều 1.** Phê duyệt", "Điều 1. Phê duyệt"),
        ("*Hà Nội, ngày 27 *", "Hà Nội, ngày 27 "),
        ("tỉnh **Đồng**** Nai**", "tỉnh Đồng Nai"),
        ("Ghi chú (*): số liệu", "Ghi chú (*): số liệu"),
        (r"5 \* 3 và a\_b", "5 * 3 và a_b"),
        ("[Nghị định 45](https://a.vn/x_(1).html) quy định", "Nghị định 45 quy định"),
        ("BGD&amp;ĐT&nbsp;ban hành", "BGD&ĐT\xa0ban hành"),
        ("dòng một<br/>dòng hai", "dòng một\ndòng hai"),
        ("dưới < 5% và > 3%", "dưới < 5% và > 3%"),
        ("* Mục một", "* Mục một"),
        ("*", "*"),
    ],
)
def test_markup_is_taken_out(marked: str, printed: str) -> None:
    assert plain(marked) == printed


def test_header_cells_become_paragraphs() -> None:
    document = read(
        "|\n**ỦY BAN NHÂN\nDÂN**\nTỈNH ĐỒNG THÁP\n--------\n|\n**CỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM**\n"
        "Độc lập - Tự do - Hạnh phúc\n---------------\n|\n|\nSố: 617/KH-UBND\n|\n*Đồng Tháp,\n"
        "ngày 01 tháng 12 năm 2025 *\n|\n\n\n"
        "**KẾ HOẠCH**\n\nCHUYỂN\nĐỔI SỐ CHO CÁC DOANH NGHIỆP\n"
    )
    assert blocks(document) == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH ĐỒNG THÁP",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 617/KH-UBND",
        "Đồng Tháp, ngày 01 tháng 12 năm 2025",
        "KẾ HOẠCH",
        "CHUYỂN ĐỔI SỐ CHO CÁC DOANH NGHIỆP",
    ]
    assert document.blocks[6].bold


def test_wrapped_sentences_are_joined() -> None:
    document = read(
        "**Điều 1.** Phê duyệt Đề án\nchuyển đổi số trong hoạt động xây dựng ban hành kèm theo Quyết định số "
        "12/QĐ-UBND\n"
        "ngày 05 tháng\n9 năm 2025 của Bộ\nChính trị về phát triển.\n\n- Việc một;\n- Việc hai\ncòn tiếp.\n\n"
        "a) Kinh phí thực hiện được bố trí trong dự toán ngân sách hằng năm theo tháng\n\n4 năm 2025 của Hội đồng.\n"
    )
    assert blocks(document) == [
        (
            "Điều 1. Phê duyệt Đề án chuyển đổi số trong hoạt động xây dựng ban hành kèm theo Quyết định số 12/QĐ-UBND"
            " ngày 05 tháng 9 năm 2025 của Bộ Chính trị về phát triển."
        ),
        "- Việc một;",
        "- Việc hai còn tiếp.",
        "a) Kinh phí thực hiện được bố trí trong dự toán ngân sách hằng năm theo tháng 4 năm 2025 của Hội đồng.",
    ]


def test_long_lines_are_paragraphs_of_their_own() -> None:
    long = (
        "Công dân Việt Nam từ mười tám tuổi trở lên; thừa nhận và tự nguyện thực hiện Cương lĩnh, Điều lệ, "
        + "nghị quyết " * 3
    )
    long = long.strip()
    assert blocks(read(f"*Chương I*\n**ĐẢNG VIÊN**\n{long}\n{long}\n")) == ["Chương I", "ĐẢNG VIÊN", long, long]


HEAD = ["**STT**", "**Tên nhiệm vụ**", "**Cơ quan chủ trì**", "**Cơ quan phối hợp**", "**Thời gian**"]
PRINTED_HEAD = ["STT", "Tên nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"]


def test_flattened_table() -> None:
    document = read(
        flat(
            HEAD,
            ["**I. NÂNG CAO\nNHẬN THỨC**"],
            ["1", "Triển khai nền tảng\nđào tạo trực tuyến.", "Sở KH&CN", "Các sở; UBND các xã", "Thường xuyên"],
            ["2", "Xây dựng kế hoạch.", "Sở Nội vụ", "", "2026"],
            ["**II**", "**HẠ TẦNG**", "** **", "** **", "** **"],
            ["3", "Phát triển hạ tầng số.", "Sở Công Thương", "", ""],
        )
    )
    assert cells(document, document.tables[0]) == [
        PRINTED_HEAD,
        ["I. NÂNG CAO NHẬN THỨC"] * 5,
        ["1", "Triển khai nền tảng đào tạo trực tuyến.", "Sở KH&CN", "Các sở; UBND các xã", "Thường xuyên"],
        ["2", "Xây dựng kế hoạch.", "Sở Nội vụ", "", "2026"],
        ["II", "HẠ TẦNG", "", "", ""],
        ["3", "Phát triển hạ tầng số.", "Sở Công Thương", "", ""],
    ]
    assert [cell.merged for cell in document.tables[0].rows[1].cells] == [False, True, True, True, True]


def test_flattened_group_rows_with_two_cells() -> None:
    rows = [
        ["1.1", "Rà soát cơ chế.", "Sở Tư pháp", "Các sở", "2026"],
        ["1.2", "Xây dựng đề án.", "Sở Nội vụ", "Các sở", "2027"],
    ]
    document = read(flat(HEAD, ["A", "NỀN MÓNG"], ["I", "Thể chế"], *rows, ["II", "Hạ tầng"], *rows))
    assert cells(document, document.tables[0]) == [
        PRINTED_HEAD,
        ["A", *["NỀN MÓNG"] * 4],
        ["I", *["Thể chế"] * 4],
        *rows,
        ["II", *["Hạ tầng"] * 4],
        *rows,
    ]


def test_flattened_header_over_two_rows() -> None:
    document = read(
        flat(
            ["TT", "Nhiệm vụ", "Cơ quan thực hiện", "Thời gian"],
            ["Chủ trì", "Phối hợp"],
            ["1", "Xây dựng đề án phát triển đô thị.", "Sở Xây dựng", "Các sở", "2026"],
            ["2", "Rà soát quy hoạch chung của tỉnh.", "Sở Tài chính", "UBND xã", "2027"],
        )
    )
    assert cells(document, document.tables[0])[:2] == [
        ["TT", "Nhiệm vụ", "Cơ quan thực hiện", "Cơ quan thực hiện", "Thời gian"],
        ["TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian"],
    ]


def test_cells_merged_downwards_are_filled() -> None:
    document = read(
        flat(
            HEAD,
            ["1", "Xây dựng đề án phát triển đô thị thông minh.", "Sở Xây dựng", "Các sở", "Quý II/2026"],
            ["2", "Rà soát quy hoạch chung của toàn tỉnh.", "Sở Tài chính", "UBND các xã, phường"],
            ["3", "Tổ chức hội nghị sơ kết việc thực hiện.", "Sở Nội vụ", "UBND xã", "Quý IV/2026"],
        )
    )
    table = document.tables[0]
    filled = ["2", "Rà soát quy hoạch chung của toàn tỉnh.", "Sở Tài chính", "UBND các xã, phường", "Quý II/2026"]
    assert cells(document, table)[2] == filled
    assert [cell.merged for cell in table.rows[2].cells] == [False, False, False, False, True]


def test_table_that_goes_on_after_a_page_break() -> None:
    rows = [
        ["1", "Việc thứ nhất cần làm.", "Sở A", "Sở B", "2026"],
        ["2", "Việc thứ hai cần làm.", "Sở C", "Sở D", "2027"],
    ]
    document = read(
        flat(HEAD, rows[0]) + "\n\n" + flat(rows[1]) + "\n\n" + flat(HEAD, ["3", "Việc thứ ba.", "Sở E", "", "2028"])
    )
    assert len(document.tables) == 1
    assert cells(document, document.tables[0]) == [PRINTED_HEAD, *rows, ["3", "Việc thứ ba.", "Sở E", "", "2028"]]


def test_rows_repeated_by_overlapping_pieces_are_dropped() -> None:
    lead, helpers = "Ban Quản lý các khu công nghiệp", "Sở Khoa học và Công nghệ"
    rows = [[str(n), f"Thực hiện nhiệm vụ số {n} của kế hoạch.", lead, helpers, "2026"] for n in range(1, 6)]
    text = flat(HEAD, *rows).rstrip("\n") + f"{lead}\n|\n{helpers}\n|\n2026\n|\n" + flat(*rows[3:])
    assert cells(read(text), read(text).tables[0]) == [PRINTED_HEAD, *rows]


def test_table_with_a_row_a_line() -> None:
    document = read(
        "| TT | Tên nhiệm vụ | Cơ quan chủ trì | Kết quả |\n|---|:---:|---|---|\n| **I.** | Nhận thức | | |\n"
        "| 1. | Xây dựng **chương trình**<br>- Bước một | VTV; VOV | Chương trình |\n| 2. | Thiếu ô cuối | Bộ A |\n"
        "| 3. | Bị ngắt\ngiữa dòng | Bộ B | Báo cáo |\n"
    )
    assert cells(document, document.tables[0]) == [
        ["TT", "Tên nhiệm vụ", "Cơ quan chủ trì", "Kết quả"],
        ["I.", "Nhận thức", "", ""],
        ["1.", "Xây dựng chương trình\n- Bước một", "VTV; VOV", "Chương trình"],
        ["2.", "Thiếu ô cuối", "Bộ A", ""],
        ["3.", "Bị ngắt giữa dòng", "Bộ B", "Báo cáo"],
    ]


def test_a_rule_of_one_dash_between_colons_is_a_rule() -> None:
    document = read(
        "| TT | Việc | Xong | Đang làm |\n|---|---|:-:|-:|\n| 1 | Rà soát | x | |\n| 2 | Báo cáo | - | x |\n"
    )
    assert cells(document, document.tables[0]) == [
        ["TT", "Việc", "Xong", "Đang làm"],
        ["1", "Rà soát", "x", ""],
        ["2", "Báo cáo", "-", "x"],
    ]


def test_headings_and_rules() -> None:
    document = read(
        "# NGHỊ QUYẾT\n## Ban hành Chương trình\n\n-----\n\nSố: 03/NQ-CP  \nHà Nội, ngày 09 tháng 01 năm 2025\n"
    )
    assert blocks(document) == [
        "NGHỊ QUYẾT",
        "Ban hành Chương trình",
        "Số: 03/NQ-CP",
        "Hà Nội, ngày 09 tháng 01 năm 2025",
    ]
    assert [block.kind for block in document.blocks][:2] == ["heading", "heading"]
