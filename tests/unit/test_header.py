"""Headers of both systems in the shapes in which files bring them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.header import header_of
from nlp.header_issuer import sentence_case
from nlp.model import Header
from tests.growth import seconds

STATE_PLAIN = """UBND TỈNH KIÊN GIANG
SỞ NỘI VỤ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 12/BC-SNV
Kiên Giang, ngày 05 tháng 01 năm 2022

BÁO CÁO
Kết quả công tác cải cách hành chính năm 2021

Thực hiện Kế hoạch số 41-KH/TU ngày 12-01-2022 của Tỉnh ủy, Sở Nội vụ báo cáo kết quả như sau:
"""
STATE_COLUMNS = """   UBND TỈNH KIÊN GIANG              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
       SỞ NỘI VỤ                          Độc lập - Tự do - Hạnh phúc
        -------                           ---------------------------
   Số: 12/BC-SNV                      Kiên Giang, ngày 05 tháng 01 năm 2022
                          BÁO CÁO
                 Kết quả công tác cải cách hành chính năm 2021
Thực hiện Kế hoạch số 41-KH/TU ngày 12-01-2022 của Tỉnh ủy, Sở Nội vụ báo cáo kết quả như sau:
"""
PARTY = """   TỈNH ỦY KIÊN GIANG                      ĐẢNG CỘNG SẢN VIỆT NAM
           *                               ----------------------
   Số 41-KH/TU                        Kiên Giang, ngày 12 tháng 01 năm 2022
                         KẾ HOẠCH
              nâng cao chất lượng, hiệu quả công tác cải cách hành chính
                           -----
Thực hiện Chương trình tổng thể, Ban Thường vụ Tỉnh ủy xây dựng kế hoạch như sau:
"""
BROKEN = """HỘI ĐỒNG NHÂN
DÂN
TỈNH ĐỒNG THÁP
CỘNG HÒA XÃ
HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số:
52/NQ-HĐND
Đồng Tháp, ngày
19 tháng 11 năm 2025
NGHỊ
QUYẾT
VỀ VIỆC THÔNG QUA DANH MỤC DỰ ÁN
HỘI ĐỒNG NHÂN DÂN TỈNH ĐỒNG THÁP
Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;
"""
GLUED = """CHÍNH PHỦ------- | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAMĐộc lập – Tự do – Hạnh phúc--------------- |
Số: 172/2025/NĐ-CP | Hà Nội, ngày 30 tháng 6 năm 2025 |
**NGHỊ ĐỊNH**
**Quy định về xử lý kỷ luật cán bộ, công chức**
*Căn cứ Luật Tổ chức Chính phủ ngày 18 tháng 02 năm 2025;*
"""
LETTER = """BỘ TÀI CHÍNH
CỤC THUẾ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 5680/CT-CS
V/v thuế TNCN từ tiền lương, tiền công.
Hà Nội, ngày 01 tháng 12 năm 2025
HỎA TỐC
Kính gửi: Ban Tuyên giáo và Dân vận Trung ương
Cục Thuế nhận được công văn số 1879-CV/BTGVTW ngày 13/8/2025.
Nơi nhận:
- Như trên;
- Bộ KHCN;
- Lưu: VT, CS.
TL. CỤC TRƯỞNG
KT. TRƯỞNG BAN BAN CHÍNH SÁCH, THUẾ QUỐC TẾ
PHÓ TRƯỞNG BAN
Nguyễn Thị Thanh Hằng
"""
LAW = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
QUỐC HỘI
Luật số: 80/2025/QH15
LUẬT
CÁN BỘ, CÔNG CHỨC
Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;
Luật này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XV, kỳ họp thứ 9 thông qua ngày 24 tháng 6 năm 2025.
CHỦ TỊCH QUỐC HỘI
Trần Thanh Mẫn
"""
JOINT = """VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO -
TÒA ÁN NHÂN DÂN TỐI CAO -
BỘ CÔNG AN - BỘ QUỐC PHÒNG -
BỘ LAO ĐỘNG - THƯƠNG BINH
VÀ XÃ HỘI
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 01/2022/TTLT-VKSNDTC-
TANDTC-BCA-BQP-BLĐTBXH
Hà Nội, ngày 18 tháng 02 năm 2022
THÔNG TƯ LIÊN TỊCH
Quy định về phối hợp
Căn cứ Bộ luật Tố tụng hình sự ngày 27 tháng 11 năm 2015;
"""
MERGED = """CÔNG BÁO/Số 347 + 348/Ngày 25-02-2025
88
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
THÔNG TƯ
Hướng dẫn quản lý lao động, tiền lương

Thông tư số 16/2018/TT-BLĐTBXH ngày 12 tháng 10 năm 2018 của Bộ trưởng Bộ Lao động - Thương binh và Xã hội
BỘ LAO ĐỘNG - THƯƠNG BINH
VÀ XÃ HỘI
XÁC THỰC VĂN BẢN HỢP NHẤT
Số: 465/VBHN-BLĐTBXH
Hà Nội, ngày 10 tháng 02 năm 2025
KT. BỘ TRƯỞNG
THỨ TRƯỞNG
Lê Văn Thanh
"""
DRAFT = STATE_PLAIN.replace("Số: 12/BC-SNV", "Số:      /BC-SNV").replace("ngày 05 tháng 01", "ngày    tháng 01")


@pytest.mark.parametrize(
    ("text", "symbol", "kind", "issuers", "date", "title"),
    [
        (STATE_PLAIN, "12/BC-SNV", "Báo cáo", ["Sở Nội vụ"], "2022-01-05", "Kết quả công tác cải cách hành chính năm 2021"),
        (STATE_COLUMNS, "12/BC-SNV", "Báo cáo", ["Sở Nội vụ"], "2022-01-05", "Kết quả công tác cải cách hành chính năm 2021"),
        (
            PARTY, "41-KH/TU", "Kế hoạch", ["Tỉnh ủy Kiên Giang"], "2022-01-12",
            "nâng cao chất lượng, hiệu quả công tác cải cách hành chính",
        ),
        (BROKEN, "52/NQ-HĐND", "Nghị quyết", ["Hội đồng nhân dân tỉnh Đồng Tháp"], "2025-11-19", "VỀ VIỆC THÔNG QUA DANH MỤC DỰ ÁN"),
        (GLUED, "172/2025/NĐ-CP", "Nghị định", ["Chính phủ"], "2025-06-30", "Quy định về xử lý kỷ luật cán bộ, công chức"),
        (LETTER, "5680/CT-CS", "Công văn", ["Cục Thuế"], "2025-12-01", "V/v thuế TNCN từ tiền lương, tiền công."),
        (LAW, "80/2025/QH15", "Luật", ["Quốc hội"], "2025-06-24", "CÁN BỘ, CÔNG CHỨC"),
        (
            JOINT, "01/2022/TTLT-VKSNDTC-TANDTC-BCA-BQP-BLĐTBXH", "Thông tư liên tịch",
            [
                "Viện kiểm sát nhân dân tối cao", "Tòa án nhân dân tối cao", "Bộ Công an", "Bộ Quốc phòng",
                "Bộ Lao động - Thương binh và Xã hội",
            ],
            "2022-02-18", "Quy định về phối hợp",
        ),
        (
            MERGED, "465/VBHN-BLĐTBXH", "Văn bản hợp nhất", ["Bộ Lao động - Thương binh và Xã hội"], "2025-02-10",
            "Hướng dẫn quản lý lao động, tiền lương",
        ),
        (DRAFT, None, "Báo cáo", ["Sở Nội vụ"], None, "Kết quả công tác cải cách hành chính năm 2021"),
    ],
    ids=["plain", "columns", "party", "broken", "glued", "letter", "law", "joint", "merged", "draft"],
)  # fmt: skip
def test_headers(text: str, symbol: str | None, kind: str, issuers: list[str], date: str | None, title: str) -> None:
    header = header_of(text)
    assert (header.symbol, header.kind, list(header.issuers), header.title) == (symbol, kind, issuers, title)
    assert header.issuer == issuers[0]
    assert header.date == (dt.date.fromisoformat(date) if date else None)


def test_the_systems_are_told_by_their_banner() -> None:
    assert [header_of(text).system for text in (STATE_PLAIN, PARTY)] == ["state", "party"]


def test_a_letter_gives_receivers_signer_and_urgency() -> None:
    header = header_of(LETTER)
    assert header.recipients == ("Ban Tuyên giáo và Dân vận Trung ương", "Như trên", "Bộ KHCN")
    assert header.signers == ("Nguyễn Thị Thanh Hằng",)
    assert (header.urgency, header.secrecy) == ("Hỏa tốc", None)


def test_urgent_words_in_running_text_are_no_stamp() -> None:
    assert header_of(STATE_PLAIN + "Đề nghị khẩn trương thực hiện; tài liệu mật.").urgency is None


@pytest.mark.parametrize(
    "text",
    [
        "Cộng hòa xã hội chủ nghĩa Việt Nam là một quốc gia nằm ở Đông Nam Á.",
        "Phát biểu tại Hội nghị, đồng chí Chủ tịch UBND tỉnh yêu cầu các sở, ban, ngành thực hiện Kế hoạch số 41-KH/TU.",
        "PHỤ LỤC II\nDANH MỤC NHIỆM VỤ\n(Kèm theo Nghị quyết số    /NQ-CP ngày 01 tháng 01 năm 2025 của Chính phủ)",
        "Phụ lục I\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nĐƠN ĐỀ NGHỊ",
        "",
    ],
)
def test_pages_without_a_header_give_none(text: str) -> None:
    assert header_of(text) == Header()


@pytest.mark.parametrize(
    ("capitals", "written"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH ĐỒNG THÁP", "Ủy ban nhân dân tỉnh Đồng Tháp"),
        ("UBND THÀNH PHỐ HỒ CHÍ MINH", "UBND thành phố Hồ Chí Minh"),
        ("BỘ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Bộ Văn hóa, Thể thao và Du lịch"),
        ("CỤC KIỂM SOÁT THỦ TỤC HÀNH CHÍNH", "Cục Kiểm soát thủ tục hành chính"),
        ("ỦY BAN NHÂN DÂN XÃ HÒA ĐIỀN", "Ủy ban nhân dân xã Hòa Điền"),
        ("TỈNH ỦY KIÊN GIANG", "Tỉnh ủy Kiên Giang"),
        ("ĐẢNG ỦY CHÍNH PHỦ", "Đảng ủy Chính phủ"),
        ("Sở Nội vụ", "Sở Nội vụ"),
    ],
)
def test_capitals_become_the_name_as_running_text_writes_it(capitals: str, written: str) -> None:
    assert sentence_case(capitals) == written


@pytest.mark.parametrize(
    "filler", ["\n", " ", "|", "* ", "Số: ", "ngày ", "QUYẾT ĐỊNH\n", "TM. CHỦ TỊCH\n", "Nơi nhận: - a; ", "VÀ "]
)
def test_hostile_fillers_are_read_in_time(filler: str) -> None:
    text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n" + filler * 40_000
    assert seconds(lambda: header_of(text), runs=1) < 3


@given(st.lists(st.sampled_from([*LETTER.split("\n"), *BROKEN.split("\n"), "|", "**", "\t", "Số:"]), max_size=40))
def test_lines_in_any_order_never_break_the_reading(lines: list[str]) -> None:
    header = header_of("\n".join(lines))
    assert (header.issuer is None) == (not header.issuers)
