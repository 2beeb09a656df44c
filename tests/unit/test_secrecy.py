"""Secret documents are refused; the words "mật" and "bảo mật" in ordinary documents are no reason."""

from __future__ import annotations

import pytest

from corpus.reader import read_bytes

BODY = (
    "\nKẾ HOẠCH\nCông tác bảo vệ bí mật nhà nước năm 2026\n"
    "1. Giao Công an tỉnh chủ trì rà soát danh mục bí mật nhà nước độ Tối mật, Mật theo quy định.\n"
    "2. Mật độ dân số trung bình 350 người/km2; tăng cường an toàn, bảo mật thông tin.\n"
) * 5


@pytest.mark.parametrize(
    ("printed", "degree"),
    [
        ("MẬT", "MẬT"),
        ("TỐI MẬT", "TỐI MẬT"),
        ("TUYỆT MẬT", "TUYỆT MẬT"),
        ("  MẬT  ", "MẬT"),
        ("(MẬT)", "MẬT"),
        ("* MẬT *", "MẬT"),
        ("M Ậ T", "MẬT"),
        ("Độ mật: MẬT".upper(), "MẬT"),
    ],
)
def test_stamp_in_the_header(printed: str, degree: str) -> None:
    text = f"UBND TỈNH A\nSỞ NỘI VỤ\n{printed}\nSố: 12/KH-SNV\n{BODY}"
    document = read_bytes(text.encode(), "a.txt")
    assert (document.status, document.text, document.blocks) == ("failed", "", ())
    assert [problem.code for problem in document.problems] == ["secret"]
    expected = f"Văn bản có dấu chỉ độ mật {degree}. Hệ thống không tiếp nhận văn bản mật; tệp không được lưu."
    assert document.problems[0].message == expected


def test_stamp_at_the_foot() -> None:
    document = read_bytes(f"UBND TỈNH A\n{BODY}\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nMẬT\n".encode(), "a.txt")
    assert [problem.code for problem in document.problems] == ["secret"]


def test_stamp_in_a_header_cell() -> None:
    page = (
        "<html><body><table><tr><td>UBND TỈNH A<br>MẬT</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr></table>"
        f"<p>{BODY}</p></body></html>"
    )
    assert [problem.code for problem in read_bytes(page.encode(), "a.html").problems] == ["secret"]


@pytest.mark.parametrize(
    "line",
    [
        "Mật",
        "Mật độ",
        "BẢO MẬT THÔNG TIN",
        "BÍ MẬT NHÀ NƯỚC",
        "LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "Mật ong",
        "KHẨN",
        "ĐỘ MẬT",
        "MẶT TRẬN",
    ],
)
def test_words_are_no_stamp(line: str) -> None:
    document = read_bytes(f"UBND TỈNH A\n{line}\nSố: 12/KH-SNV\n{BODY}".encode(), "a.txt")
    assert document.status == "ok"


def test_a_column_of_degrees_is_no_stamp() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>Văn bản {n}</td><td>Công an tỉnh</td><td>MẬT</td></tr>" for n in range(1, 5))
    head = "<tr><th>TT</th><th>Tên</th><th>Cơ quan</th><th>Độ mật</th></tr>"
    page = f"<html><body><table>{head}{rows}</table></body></html>"
    assert read_bytes(page.encode(), "a.html").status == "ok"


def test_a_stamp_deep_inside_the_text_is_an_example() -> None:
    document = read_bytes(f"UBND TỈNH A\n{BODY}Mẫu dấu:\nMẬT\n{BODY}".encode(), "a.txt")
    assert document.status == "ok"
