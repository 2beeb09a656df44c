"""Lists of documents: the head, the title of an annex, the predicate behind an item tell what happens to each."""

from __future__ import annotations

import pytest

from nlp.citations import find


def told(text: str) -> list[tuple[str, str]]:
    return [(c.symbol or c.name or "", c.relation) for c in find(text).citations]


def test_a_head_far_from_its_colon_holds_for_every_numbered_item() -> None:
    text = (
        "**Điều 2. **Bãi bỏ các văn\nbản quy phạm pháp luật thuộc lĩnh vực Y tế trên địa bàn tỉnh, cụ thể\nnhư sau:\n\n"
        "1. Quyết định số\n76/2006/QĐ-UBND ngày 20 tháng 10 năm 2006 của Ủy ban nhân dân tỉnh về\nviệc ban hành Quy định.\n\n"
        "2. Quyết định số 45/2006/QĐ-UB ngày 11 tháng 4 năm 2006 sửa đổi Quyết định số 44/2003/QĐ-UB.\n\n"
        "3. Quyết định số 89/2006/QĐ-UB ngày 30 tháng 8 năm 2006 về tổ chức.\n\n"
        "**Điều 3.** Sở Y tế phối hợp thực hiện Quyết định số 12/2020/QĐ-UBND."
    )
    assert told(text) == [
        ("76/2006/QĐ-UBND", "repeals"), ("45/2006/QĐ-UB", "repeals"), ("44/2003/QĐ-UB", "history"),
        ("89/2006/QĐ-UB", "repeals"), ("12/2020/QĐ-UBND", "implements"),
    ]  # fmt: skip


def test_a_heading_without_a_colon_is_a_head_too() -> None:
    text = (
        "Điều 1. Bãi bỏ toàn bộ 02 văn bản quy phạm pháp luật\n"
        "1. Chỉ thị số 03/2005/CT-BTS ngày 07/3/2005 của Bộ trưởng Bộ Thủy sản về việc kiểm soát dư lượng.\n"
        "2. Quyết định số 54/2003/QĐ-BNN ngày 07/4/2003 về Danh mục giống cây trồng.\n"
        "Điều 2. Hiệu lực thi hành\n1. Thông tư số 5/2020/TT-BNN còn áp dụng."
    )
    assert told(text) == [("03/2005/CT-BTS", "repeals"), ("54/2003/QĐ-BNN", "repeals"), ("5/2020/TT-BNN", "refers")]


def test_a_head_that_itself_names_a_law() -> None:
    text = (
        "Tạm ngưng hiệu lực áp dụng cho đến khi Luật An toàn thực phẩm có hiệu lực thi hành đối với các văn bản sau đây:\n"
        "1. Nghị định số 46/2026/NĐ-CP ngày 26 tháng 01 năm 2026 quy định chi tiết.\n"
        "2. Nghị quyết số 66.13/2026/NQ-CP ngày 27 tháng 01 năm 2026 về công bố sản phẩm."
    )
    assert told(text)[1:] == [("46/2026/NĐ-CP", "suspends"), ("66.13/2026/NQ-CP", "suspends")]


BARS = (
    "| STT | Tên loại | Số, ký hiệu; ngày | Trích yếu |\n| 1 | Quyết định | 12/2010/QĐ-UBND ngày 15/3/2010 | Về giá đất |\n"
    "| 2 | Chỉ thị | 05/2011/CT-UBND ngày 02/4/2011 | Về thực hiện Nghị định số 43/2014/NĐ-CP |\n"
)
CELLS = (
    "STT\nTên loại\nSố, ký hiệu\nTrích yếu\n1\nQuyết định\n12/2010/QĐ-UBND ngày 15/3/2010\nVề giá đất\n"
    "2\nChỉ thị\n05/2011/CT-UBND ngày 02/4/2011\nVề thực hiện Nghị định số 43/2014/NĐ-CP\n"
)
ROWS = (
    "STT\tTên loại\tSố, ký hiệu\tNgày\tTrích yếu\n1\tQuyết định\t12/2010/QĐ-UBND\t15/3/2010\tVề giá đất\n"
    "2\tChỉ thị\t05/2011/CT-UBND\t02/4/2011\tVề thực hiện Nghị định số 43/2014/NĐ-CP\n"
)
ITEMS = (
    "1. Quyết định số 12/2010/QĐ-UBND ngày 15/3/2010 về giá đất\n"
    "2. Chỉ thị số 05/2011/CT-UBND ngày 02/4/2011 về thực hiện Nghị định số 43/2014/NĐ-CP\n"
)


@pytest.mark.parametrize("table", [BARS, CELLS, ROWS, ITEMS])
def test_the_title_of_an_annex_holds_for_every_row(table: str) -> None:
    text = f"PHỤ LỤC\nDANH MỤC VĂN BẢN QUY PHẠM PHÁP LUẬT BÃI BỎ\n(Kèm theo Quyết định này)\n\n{table}"
    assert dict(told(text))["12/2010/QĐ-UBND"] == "repeals"
    assert dict(told(text))["05/2011/CT-UBND"] == "repeals"
    assert dict(told(text))["43/2014/NĐ-CP"] == "implements"


def test_a_list_of_texts_still_in_force_repeals_nothing() -> None:
    text = "DANH MỤC VĂN BẢN QUY PHẠM PHÁP LUẬT CÒN HIỆU LỰC\n\n1\nQuyết định\n12/2010/QĐ-UBND ngày 15/3/2010\nVề giá đất\n"
    assert told(text) == [("12/2010/QĐ-UBND", "refers")]


@pytest.mark.parametrize(
    ("tail", "relation"),
    [
        ("về Báo cáo tài chính nhà nước hết hiệu lực kể từ ngày Nghị định này có hiệu lực thi hành.", "repeals"),
        ("quy định mức lương cơ sở đối với cán bộ, công chức và lực lượng vũ trang hết hiệu lực thi hành.", "repeals"),
        ("về đất đai được bãi bỏ kể từ ngày ký.", "repeals"),
        ("về đất đai đã hết hiệu lực trước ngày này.", "refers"),
        ("về đất đai áp dụng đến khi hết hiệu lực.", "refers"),
        ("về đất đai. Nghị quyết khác hết hiệu lực.", "refers"),
    ],
)
def test_what_a_sentence_says_of_the_document_that_opens_it(tail: str, relation: str) -> None:
    text = (
        f"1. Nghị định này có hiệu lực từ ngày 01 tháng 7 năm 2026.\n2. Nghị định số 25/2017/NĐ-CP của Chính phủ {tail}"
    )
    assert told(text) == [("25/2017/NĐ-CP", relation)]


def test_a_consolidated_text_names_what_it_consolidates_before_its_preamble() -> None:
    text = (
        "THÔNG TƯ\nHướng dẫn quản lý lao động\nThông tư số 16/2018/TT-BLĐTBXH ngày 12 tháng 10 năm 2018 của Bộ trưởng Bộ Lao "
        "động - Thương binh và Xã hội hướng dẫn quản lý lao động, có hiệu lực kể từ ngày 01 tháng 12 năm 2018, được sửa đổi, bổ "
        "sung bởi:\nThông tư số 12/2024/TT-BLĐTBXH ngày 14 tháng 11 năm 2024, có hiệu lực từ ngày 29 tháng 12 năm 2024.\n"
        "Căn cứ Nghị định số 14/2017/NĐ-CP;"
    )
    assert told(text)[0] == ("16/2018/TT-BLĐTBXH", "consolidates")
    assert told(text)[-1] == ("14/2017/NĐ-CP", "basis")


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Giám đốc có trách nhiệm thực hiện nhiệm vụ quy định tại Điều 17 Thông tư số 26/2016/TT-BTC.", "per"),
        ("Thực hiện nhiệm vụ nêu tại Quyết định số 468/QĐ-TTg, Sở báo cáo như sau.", "implements"),
        ("Căn cứ khoản 1 Điều 3 Nghị định 234/2025/NĐ-CP quy định như sau:", "per"),
        ("người nộp thuế khai bổ sung theo quy định tại Điều 12 Nghị định số 252/2026/NĐ-CP", "per"),
        ("Đính chính lỗi kỹ thuật tại Thông tư số 138/2025/TT-BTC như sau", "corrects"),
        ("hưởng trợ cấp hằng tháng theo: Nghị định số 33/2023/NĐ-CP", "per"),
        ("theo quy định của Đảng và các Nghị định số 83/2022/NĐ-CP", "per"),
        (
            "Các Nghị quyết sau đây hết hiệu lực kể từ ngày Nghị quyết này có hiệu lực thi hành: số 15/2013/NQ-HĐND",
            "repeals",
        ),
    ],
)
def test_cues(text: str, relation: str) -> None:
    assert told(text)[-1][1] == relation


def test_a_draft_law_keeps_its_bracket() -> None:
    (found,) = find("trình Quốc hội Luật An toàn thực phẩm (sửa đổi) trong quý III").citations
    assert (found.text, found.name) == ("Luật An toàn thực phẩm (sửa đổi)",) * 2
