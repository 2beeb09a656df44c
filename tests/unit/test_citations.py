"""Whole citations and references: spans, parts, lists, aliases, headers, hostile text."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.text import fold
from nlp import citations
from nlp.citations import Found
from tests.growth import seconds


def find(text: str) -> Found:
    return citations.find(text)


def spans(text: str) -> list[str]:
    return [text[c.start : c.end] for c in find(text).citations]


@pytest.mark.parametrize(
    "span",
    [
        "Nghị định số 45/2020/NĐ-CP, ngày 08/4/2020 của Chính phủ",
        "Kế hoạch số 41-KH/TU ngày 12-01-2022 của Tỉnh ủy",
        "Quyết định của Bộ Chính trị số31-QĐ/TW, ngày 01-10-1997",
        "Nghị định\nsố 45/2020/NĐ-CP ngày 08 tháng\n4 năm 2020 của Chính\nphủ",
        "Nghị quyết số 18-NQ/TW của Ban Chấp hành Trung ương khóa XII",
        "điểm a khoản 1 Điều 24 của Nghị quyết số 351/2017/UBTVQH14",
        "Thông tư liên tịch số 01/2015/TTLT-VPCP-BNV ngày 23 tháng 10 năm 2015 của Văn phòng Chính phủ - Bộ Nội vụ",
        "Luật Thương mại số 36/2005/QH11",
        "Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15",
        "Luật sửa đổi, bổ sung một số điều của Luật Ban hành văn bản quy phạm pháp luật số 87/2025/QH15",
        "Văn bản số 562/BKHCN-VCL ngày 12/3/2025",
        "Phụ lục II ban hành kèm theo Nghị định số 15/2021/NĐ-CP",
        "NGHỊ QUYẾT SỐ 13-NQ/TW NGÀY 02/4/2022 CỦA BỘ CHÍNH TRỊ",
        "Nghị quyết số 12/2020/NQ-HĐND ngày 09/12/2020 của Hội đồng nhân dân tỉnh khóa X",
    ],
)
def test_exact_spans(span: str) -> None:
    assert spans(f"Nay {span} về một việc cụ thể.") == [span]


def test_the_title_is_left_out() -> None:
    text = "Chỉ thị số 20/CT-TTg, ngày 15/7/2017 của Thủ tướng Chính phủ về tăng cường giám sát"
    (found,) = find(text).citations
    assert found.text == "Chỉ thị số 20/CT-TTg, ngày 15/7/2017 của Thủ tướng Chính phủ"
    assert (found.date, found.issuer, found.kind) == (dt.date(2017, 7, 15), "Thủ tướng Chính phủ", "Chỉ thị")


def test_a_list_shares_its_kind_word() -> None:
    found = find("các Nghị định số 34/2016/NĐ-CP, số 154/2020/NĐ-CP và 59/2024/NĐ-CP").citations
    assert [(c.symbol, c.kind) for c in found] == [
        ("34/2016/NĐ-CP", "Nghị định"), ("154/2020/NĐ-CP", "Nghị định"), ("59/2024/NĐ-CP", "Nghị định"),
    ]  # fmt: skip


def test_a_law_in_a_title_is_not_cited() -> None:
    text = "Căn cứ Nghị định số 181/2004/NĐ-CP ngày 29/10/2004 của Chính phủ quy định chi tiết thi hành Luật Đất đai và Luật Nhà ở; Luật Xây dựng năm 2014;"
    assert [c.symbol or c.name for c in find(text).citations] == ["181/2004/NĐ-CP", "Luật Xây dựng"]
    assert "in_title" in citations.find(text, titles=True).citations[1].flags


def test_an_own_number_in_the_header_is_not_cited() -> None:
    text = "ỦY BAN NHÂN DÂN\nTỈNH KIÊN GIANG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 12/QĐ-UBND\nCăn cứ Luật Đất đai năm 2013;"
    assert [c.symbol or c.name for c in find(text).citations] == ["Luật Đất đai"]


def test_aliases() -> None:
    text = "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị (sau đây gọi tắt là Nghị quyết 57). Theo khoản 2 Mục III Nghị quyết 57 và Nghị quyết nêu trên"
    found = find(text)
    assert [(r.text, r.target) for r in found.references] == [
        ("Nghị quyết 57", "57-NQ/TW"), ("khoản 2 Mục III Nghị quyết 57", "57-NQ/TW"), ("Nghị quyết nêu trên", "57-NQ/TW"),
    ]  # fmt: skip
    assert [c.symbol for c in found.citations] == ["57-NQ/TW"]


def test_an_alias_of_a_body_is_no_document() -> None:
    text = "Quyết định số 12/QĐ-TTg thành lập Ban Chỉ đạo quốc gia (sau đây gọi là Ban Chỉ đạo). Ban Chỉ đạo họp."
    assert find(text).references == ()


def test_a_number_without_antecedent_is_kept_by_name() -> None:
    (found,) = find("tổ chức thực hiện Nghị quyết 57 tại địa phương").citations
    assert (found.symbol, found.name, found.flags) == (None, "Nghị quyết 57", ("partial",))
    assert find("Kế hoạch 5 năm 2021-2025, Chương trình 3 nội dung").citations == ()


def test_the_enclosing_article() -> None:
    text = "Điều 4. Phạm vi\n1. Một việc.\n2. Đối tượng quy định tại khoản 1 Điều này và điểm a khoản này; Chính phủ quy định chi tiết Điều này."
    assert [(r.text, r.locators) for r in find(text).references] == [
        ("khoản 1 Điều này và điểm a khoản này", (("Điều 4", "khoản 1"), ("Điều 4", "khoản 2", "điểm a"))),
        ("Điều này", (("Điều 4",),)),
    ]


def test_amending_places_point_at_the_amended_document() -> None:
    text = "Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 45/2020/NĐ-CP\n1. Sửa đổi, bổ sung khoản 2 Điều 5 như sau:"
    (reference,) = find(text).references
    assert (reference.text, reference.target) == ("khoản 2 Điều 5", "45/2020/NĐ-CP")


def test_this_act_entering_into_force_points_nowhere() -> None:
    assert find("Quyết định này có hiệu lực kể từ ngày ký.").references == ()
    assert [r.text for r in find("Điều khoản của Quyết định này có hiệu lực.").references] == ["Quyết định này"]


def test_doubts_are_flagged_not_repaired() -> None:
    (found,) = find("Nghị định số 116/2020/NĐ-CP ngày 25/9/2021 của Thủ tướng Chính phủ").citations
    assert set(found.flags) == {"date_conflict", "issuer_conflict"}
    (lost,) = find("Nghị định số 88/NĐ-CP ngày 13/4/2025").citations
    assert (lost.symbol, lost.flags) == ("88/NĐ-CP", ("damaged",))


TEXTS = st.lists(
    st.sampled_from(
        [
            "Nghị định",
            "số",
            "45/2020/NĐ-CP",
            "41-KH/TU",
            "ngày 08/4/2020",
            "của",
            "Chính phủ",
            "Bộ Tài chính",
            ",",
            ";",
            ".",
            "\n",
            "(",
            ")",
            "“",
            "”",
            "Luật",
            "Đất đai",
            "này",
            "nêu trên",
            "Điều 5",
            "khoản 1",
            "và",
            "sửa đổi, bổ sung",
            "Căn cứ",
            "sau đây gọi là",
            "Nghị quyết 57",
            "Đại hội XI",
            "Trung ương 6 khóa XII",
            "1234",
            "/",
            "-",
            "TÀI CHÍNH",
            "Điều này",
            "ĐIỀU 5",
            "\xa0",
            "–",
            "Ð",
            "😀",
        ]
    ),
    max_size=40,
).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(st.one_of(TEXTS, st.text(max_size=120)))
def test_offsets_slice_back_and_nothing_overlaps_badly(text: str) -> None:
    found = find(text)
    for fact in (*found.citations, *found.references):
        assert fold(text[fact.start : fact.end]) == fact.text != ""
    starts = [c.start for c in found.citations]
    assert starts == sorted(starts)
    for reference in found.references:
        assert not any(c.start < reference.end and reference.start < c.end for c in found.citations)


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "Điều 1, ",
        "Luật ",
        "45/2020/NĐ-CP của Bộ ",
        "(",
        "Nghị định này ",
        "khoản 1 Điều này; ",
        "A-",
        "được sửa đổi ",
    ],
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    def cost(size: int) -> float:
        text = unit * (size // len(unit))
        return seconds(lambda: find(text))

    small, large = max(cost(10_000), 0.001), cost(160_000)
    assert large < 80 * small  # sixteen times the text; a square would be 256 times


def test_this_article_at_the_end_of_a_line_is_no_heading() -> None:
    """`Điều này.` on a line of its own was taken for the heading of an article called "này"."""
    text = "Điều 24. Xử phạt\nPhạt tiền theo khoản 2\nĐiều này.\nPhạt thêm theo khoản 3 Điều này."
    assert [(r.text, r.locators) for r in find(text).references] == [
        ("khoản 2 Điều này", (("Điều 24", "khoản 2"),)),
        ("khoản 3 Điều này", (("Điều 24", "khoản 3"),)),
    ]
