"""Secret documents are refused; the words "mật" and "bảo mật" in ordinary documents are no reason."""

from __future__ import annotations

import pytest

from corpus.reader import read_bytes
from tests.pdf_maker import PageMaker, make_pdf

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


@pytest.mark.parametrize(
    ("line", "degree"),
    [
        ("UBND TỈNH A          MẬT          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "MẬT"),
        ("UBND TỈNH A MẬT CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "MẬT"),
        ("ỦY BAN NHÂN DÂN TỈNH THANH HÓA   TỐI MẬT   CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "TỐI MẬT"),
        ("TỈNH ỦY A   TUYỆT MẬT   ĐẢNG CỘNG SẢN VIỆT NAM", "TUYỆT MẬT"),
        ("SỞ NỘI VỤ   M Ậ T   Độc lập - Tự do - Hạnh phúc", "MẬT"),
        ("Số: 12/KH-UBND   MẬT", "MẬT"),
        ("Số: 12/KH-UBND MẬT", "MẬT"),
        ("Số:        /KH-UBND      TỐI  MẬT", "TỐI MẬT"),
        ("Số 15-CT/TU TUYỆT MẬT", "TUYỆT MẬT"),
        ("MẬT     Hà Nội, ngày 05 tháng 01 năm 2026", "MẬT"),
        ("Số: 12/KH-UBND MẬT Hà Nội, ngày 05 tháng 01 năm 2026", "MẬT"),
        ("UBND TỈNH A      T Ố I   M Ậ T", "TỐI MẬT"),
        ("T U Y Ệ T  M Ậ T", "TUYỆT MẬT"),
        ("M  Ậ  T", "MẬT"),
    ],
)
def test_stamp_between_the_words_of_the_header(line: str, degree: str) -> None:
    document = read_bytes(f"{line}\nSỞ NỘI VỤ\n{BODY}".encode(), "a.txt")
    assert [problem.code for problem in document.problems] == ["secret"]
    assert f"độ mật {degree}." in document.problems[0].message


def pdf_with_header(*stamped: tuple[float, float, str]) -> PageMaker:
    page = PageMaker().text(60, 80, "UBND TỈNH A", size=12)
    page.text(300, 80, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12)
    page.text(60, 96, "SỞ NỘI VỤ", size=12, bold=True).text(340, 96, "Độc lập - Tự do - Hạnh phúc", size=12)
    page.text(60, 120, "Số: 12/KH-SNV", size=12).text(330, 120, "A, ngày 05 tháng 01 năm 2026", size=12)
    for x, y, text in stamped:
        page.text(x, y, text, size=12, bold=True)
    return page.lines(60, 200, ["Công tác bảo vệ bí mật nhà nước năm 2026 của các sở, ngành và địa phương."] * 3)


@pytest.mark.parametrize(
    "stamped",
    [(200, 80, "MẬT"), (220, 120, "TỐI MẬT"), (220, 96, "M Ậ T"), (80, 140, "MẬT"), (500, 40, "TUYỆT MẬT")],
)
def test_stamp_in_the_header_of_a_pdf(stamped: tuple[float, float, str]) -> None:
    document = read_bytes(make_pdf([pdf_with_header(stamped)]), "a.pdf")
    assert [problem.code for problem in document.problems] == ["secret"]


def test_header_of_a_pdf_without_stamp_is_read() -> None:
    assert read_bytes(make_pdf([pdf_with_header()]), "a.pdf").status == "ok"


@pytest.mark.parametrize("foot", ["MẬT", "TÀI LIỆU TỐI MẬT", "MẬT                {n}/3", "Trang {n}     TUYỆT MẬT"])
def test_stamp_in_a_running_foot(foot: str) -> None:
    pages = [
        PageMaker().text(60, 300, f"Nội dung của trang thứ {n}.").text(60, 815, foot.format(n=n)) for n in (1, 2, 3)
    ]
    document = read_bytes(make_pdf(pages), "a.pdf")
    assert [problem.code for problem in document.problems] == ["secret"]


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
        "VỀ CÔNG TÁC BẢO VỆ BÍ\nMẬT",
        "BAN HÀNH DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ TUYỆT MẬT",
        "QUẢN LÝ VĂN BẢN MẬT",
        "MẬT ĐỘ   DÂN SỐ",
        "BÍ MẬT CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "BÍ   MẬT   NHÀ NƯỚC",
        "1   Công an tỉnh   Văn bản   MẬT",
        "Đăng ký văn bản có dấu MẬT",
        "CỤC BẢO MẬT   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: 12/KH-UBND MẬT ĐỘ DÂN SỐ",
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
