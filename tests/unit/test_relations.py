"""What a text does to the documents that it cites."""

from __future__ import annotations

import pytest

from nlp import citations

A, B, C = "Nghị định số 45/2020/NĐ-CP", "Quyết định số 468/QĐ-TTg", "Thông tư số 01/2018/TT-VPCP"


def relations(text: str) -> list[tuple[str, str | None]]:
    return [(c.relation, c.agent) for c in citations.find(text).citations]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        (f"Căn cứ {A};", "basis"), (f"*Căn\ncứ {A};*", "basis"), (f"Thực hiện {A}, Ủy ban ban hành", "implements"), (f"Triển khai thực hiện tốt {A}", "implements"),
        (f"Tiếp tục thực hiện nghiêm, hiệu quả {A}", "implements"), (f"Để thực hiện tốt các nhiệm vụ theo {A}", "implements"), (f"Theo chỉ đạo của Thủ tướng tại {A}", "implements"),
        (f"giải quyết theo {A}", "per"), (f"quy định tại khoản 1 Điều 5 {A}", "per"), (f"đổi mới thực hiện cơ chế một cửa theo {A}", "per"),
        (f"Điều 1. Sửa đổi, bổ sung một số điều của {A}", "amends"), (f"Bổ sung Điều 5a vào sau Điều 5 {A}", "supplements"), (f"thay thế {A}", "replaces"),
        (f"Thay thế cụm từ “A” bằng cụm từ “B” tại khoản 1 Điều 9 {A}", "amends"), (f"Bãi bỏ cụm từ “A” tại Điều 9 {A}", "amends"),
        (f"Bãi bỏ khoản 3 Điều 28 của {A}", "repeals"), (f"{A} hết hiệu lực kể từ ngày Nghị định này có hiệu lực", "repeals"),
        (f"Nghị định này quy định chi tiết một số điều của {A}", "details"), (f"hướng dẫn thi hành {A}", "guides"), (f"hợp nhất {A}", "consolidates"), (f"đính chính {A}", "corrects"),
        (f"ngưng hiệu lực thi hành {A}", "suspends"), (f"(Ban hành kèm theo {B})", "attached_to"), (f"Phụ lục II ban hành kèm theo {B}", "attached_to"),
        (f"Tiếp theo {B}", "follows_up"), (f"Trả lời {B}", "answers"), (f"Phúc đáp {B}", "answers"), ("Theo đề nghị của Sở Tư pháp tại Tờ trình số 12/TTr-STP", "proposed_by"),
    ],
)  # fmt: skip
def test_cues(text: str, relation: str) -> None:
    assert relations(text)[0] == (relation, None)


def test_a_list_shares_its_cue_over_titles() -> None:
    text = f"Triển khai {A} về một việc, việc khác;\n{B} về phê duyệt Đề án; {C} và Công văn số 12/SNV-TCCC"
    assert [r for r, _ in relations(text)] == ["implements"] * 4


def test_items_under_a_heading_inherit() -> None:
    text = f"Bãi bỏ các văn bản sau:\na) {A} quy định về một việc;\nb) {B} sửa đổi một điều;\n"
    assert [r for r, _ in relations(text)] == ["repeals", "repeals"]


def test_history_is_no_act_of_this_text() -> None:
    assert relations(f"Bãi bỏ Điều 2 {A} được sửa đổi, bổ sung tại Điều 4 của {C}") == [
        ("repeals", None),
        ("history", None),
    ]
    assert relations(f"Căn cứ {A} (đã được sửa đổi bởi {C});") == [("basis", None), ("history", None)]


def test_a_title_is_no_act_of_this_text() -> None:
    assert relations(f"Căn cứ {C} sửa đổi, bổ sung một số điều của {A};") == [
        ("basis", None),
        ("history", "01/2018/TT-VPCP"),
    ]
    assert relations(f"{B} ngày 15/5/2025 thay thế {A}") == [("refers", None), ("history", "468/QĐ-TTg")]


def test_a_new_act_after_a_citation() -> None:
    assert relations(f"Quyết định này thay thế {B} và bãi bỏ {A}") == [("replaces", None), ("repeals", None)]
