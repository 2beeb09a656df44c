"""Every way in which people type a symbol leads to the document; words lead to the place, with or without marks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.bootstrap import App, open_app
from service.index.excerpts import LENGTH
from service.ingest import ingest
from service.references import SearchHit, search
from service.settings import Settings

HEAD = """{issuer}
Số: {symbol}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
{place}, ngày {date}

{kind}
{title}

{body}
"""
DOCUMENTS = {
    "nd": ("CHÍNH PHỦ", "45/2020/NĐ-CP", "Hà Nội", "08 tháng 4 năm 2020", "NGHỊ ĐỊNH", "Về thủ tục hành chính điện tử"),
    "qd-bac": ("ỦY BAN NHÂN DÂN\nTỈNH BẮC NINH", "81/2025/QĐ-UBND", "Bắc Ninh", "25 tháng 11 năm 2025", "QUYẾT ĐỊNH",
               "Ban hành Quy định về cấp nước sạch"),
    "qd-lai": ("ỦY BAN NHÂN DÂN\nTỈNH LAI CHÂU", "81/2025/QĐ-UBND", "Lai Châu", "12 tháng 12 năm 2025", "QUYẾT ĐỊNH",
               "Ban hành Quy chế quản lý cây xanh"),
    "kh": ("ỦY BAN NHÂN DÂN\nTỈNH LAI CHÂU", "0125/KH-UBND", "Lai Châu", "18 tháng 11 năm 2025", "KẾ HOẠCH",
           "Kiểm tra an toàn hồ đập"),
    "ct": ("THỦ TƯỚNG CHÍNH PHỦ", "20/CT-TTg", "Hà Nội", "17 tháng 5 năm 2017", "CHỈ THỊ",
           "Về việc chấn chỉnh hoạt động thanh tra"),
    "nq": ("ỦY BAN THƯỜNG VỤ QUỐC HỘI", "89/2025/UBTVQH15", "Hà Nội", "10 tháng 7 năm 2025", "NGHỊ QUYẾT",
           "Về giám sát việc thi hành pháp luật"),
}  # fmt: skip
PARTY = """BAN CHẤP HÀNH TRUNG ƯƠNG
Số 383-QĐ/TW
ĐẢNG CỘNG SẢN VIỆT NAM
Hà Nội, ngày 19 tháng 11 năm 2025

QUY ĐỊNH
về tổ chức đảng

Điều 1. Phạm vi
Quy định này quy định về tổ chức đảng.
"""
BODY = """Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Văn bản này quy định về {title}.
Điều 5. Nguyên tắc
1. Tuân thủ pháp luật.
2. Bảo đảm các yêu cầu sau:
a) Đơn giản, thuận tiện;
b) Bảo vệ bí mật nhà nước khi thuỷ lợi phí được hoàn trả.
"""
TABLE = "TT\tNhiệm vụ\tCăn cứ\n" + "".join(
    f"{n}\tNội dung công việc thứ {n} do đơn vị được giao chủ trì thực hiện\tKế hoạch hằng năm\n" for n in range(1, 9)
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    folder = tmp_path_factory.mktemp("ky-hieu")
    write(folder / "van-ban")
    with open_app(Settings(home=folder / "kho", processes=0)) as opened:
        ingest(opened, [folder / "van-ban"])
        yield opened


def write(folder: Path) -> None:
    folder.mkdir()
    for name, (issuer, symbol, place, date, kind, title) in DOCUMENTS.items():
        body = BODY.format(title=title.lower()) if name != "kh" else f"{TABLE}9\tThanh tra\tThông tư 07/2022/TT-BXD\n"
        text = HEAD.format(issuer=issuer, symbol=symbol, place=place, date=date, kind=kind, title=title, body=body)
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "dang.txt").write_text(PARTY, encoding="utf-8")


def first(app: App, query: str) -> SearchHit:
    return search(app, query)[0]


SPELLINGS = [
    ("45/2020/NĐ-CP", "as printed"),
    ("45/2020/ND-CP", "D for Đ"),
    ("45/2020/NÐ-CP", "Eth for Đ"),
    ("45/2020/nđ-cp", "lower case"),
    ("45/2020/nd-cp", "without marks"),
    ("NGHỊ ĐỊNH 45/2020/NĐ-CP", "upper case"),
    ("nd 45/2020", "short kind"),
    ("45 2020 cp", "spaces, without kind"),
    ("45 2020 nd cp", "spaces"),
    ("45/2020/NĐCP", "lost hyphen"),
    ("45/2020/NĐ–CP", "dash"),
    ("45 / 2020 / NĐ - CP", "spaces around"),
    ("45/2020/NĐ/CP", "slash for hyphen"),
    ("45-2020-NĐ-CP", "hyphens for slashes"),
    ("045/2020/NĐ-CP", "zero added"),
    ("nghi dinh 45 chinh phu 2020", "issuer in words"),
    ("nghi dinh 45 nam 2020", "year in words"),
    ("Nghị định số 45/2020/NĐ-CP ngày 08/4/2020", "số and date"),
    ("nghị định 45 ngày 08 tháng 4 năm 2020 của Chính phủ", "date in words"),
    ("nghị định 45 thủ tục hành chính", "words of the title"),
]


@pytest.mark.parametrize("query", [query for query, _ in SPELLINGS], ids=[name for _, name in SPELLINGS])
def test_a_decree_is_found_in_every_spelling(app: App, query: str) -> None:
    hit = first(app, query)
    assert (hit.why, hit.document.header.symbol) == ("symbol", "45/2020/NĐ-CP")


@pytest.mark.parametrize(
    ("query", "symbol"),
    [
        ("383-QĐ/TW", "383-QĐ/TW"),
        ("383/QĐ-TW", "383-QĐ/TW"),
        ("383QĐ/TW", "383-QĐ/TW"),
        ("383 qd tw", "383-QĐ/TW"),
        ("quy dinh 383 nam 2025", "383-QĐ/TW"),
        ("chi thi 20 thu tuong 2017", "20/CT-TTg"),
        ("ct 20 ttg", "20/CT-TTg"),
        ("chỉ thị 20 năm 2017", "20/CT-TTg"),
        ("125/KH-UBND", "0125/KH-UBND"),
        ("ke hoach 125 lai chau", "0125/KH-UBND"),
        ("nghi quyet 89 uy ban thuong vu quoc hoi 2025", "89/2025/UBTVQH15"),
        ("nq 89/2025", "89/2025/UBTVQH15"),
    ],
)
def test_the_year_of_the_date_the_kind_of_the_heading_and_zeros_count_too(app: App, query: str, symbol: str) -> None:
    hit = first(app, query)
    assert (hit.why, hit.document.header.symbol) == ("symbol", symbol)


@pytest.mark.parametrize(
    ("query", "issuer"),
    [
        ("quyết định 81 bắc ninh", "Bắc Ninh"),
        ("quyet dinh 81 uy ban nhan dan tinh lai chau 2025", "Lai Châu"),
        ("81/2025/QĐ-UBND tỉnh Bắc Ninh", "Bắc Ninh"),
        ("Quyết định số 81/2025/QĐ-UBND ngày 25/11/2025", "Bắc Ninh"),
        ("quyet dinh 81/2025 cay xanh", "Lai Châu"),
    ],
)
def test_words_and_dates_choose_among_those_of_one_symbol(app: App, query: str, issuer: str) -> None:
    assert str(first(app, query).document.header.issuer).endswith(issuer)


@pytest.mark.parametrize("query", ["chi thi 21 thu tuong 2017", "45/2021/NĐ-CP", "nghị định 45 năm 2021"])
def test_what_nobody_bears_or_cites_is_not_made_up(app: App, query: str) -> None:
    assert search(app, query) == []


@pytest.mark.parametrize("query", ["kế hoạch 5 năm", "thanh tra tháng 5/2017", "1.234/QĐ-UBND"])
def test_amounts_and_months_name_no_document(app: App, query: str) -> None:
    assert not [hit for hit in search(app, query) if hit.why == "symbol"]


@pytest.mark.parametrize(
    "query", ["bảo vệ bí mật nhà nước", "bao ve bi mat nha nuoc", "bảo ve bí mat nhà nuoc", "BẢO VỆ BÍ MẬT NHÀ NƯỚC"]
)
def test_words_are_found_with_all_some_and_no_marks_at_the_very_place(app: App, query: str) -> None:
    hit = first(app, query)
    assert hit.why == "text"
    assert hit.locator[-3:] == ("Điều 5", "khoản 2", "điểm b")
    assert "Bảo vệ bí mật nhà nước" in [hit.passage[start:end] for start, end in hit.marks]


@pytest.mark.parametrize("query", ["thủy lợi phí", "thuỷ lợi phí", "thuy loi phi"])
def test_old_and_new_tone_placement_are_one(app: App, query: str) -> None:
    assert "thuỷ lợi phí" in first(app, query).passage


@pytest.mark.parametrize("query", ["điểm b khoản 2 Điều 5 Nghị định 45/2020", "dieu 5 khoan 2 diem b nd 45/2020"])
def test_a_provision_is_shown_with_its_path(app: App, query: str) -> None:
    hit = first(app, query)
    assert hit.passage == "b) Bảo vệ bí mật nhà nước khi thuỷ lợi phí được hoàn trả."
    assert hit.locator == ("Chương I", "Điều 5", "khoản 2", "điểm b")


def test_a_citation_deep_in_a_table_is_shown_where_it_stands(app: App) -> None:
    hit = first(app, "07/2022/TT-BXD")
    assert [hit.passage[start:end] for start, end in hit.marks] == ["07/2022/TT-BXD"]
    assert "CỘNG HÒA" not in hit.passage
    assert "\t" not in hit.passage
    assert "\n" not in hit.passage
    assert len(hit.passage) <= LENGTH
    shown = app.store.text(hit.document.id)[hit.start or 0 :][: len(hit.passage)]
    assert shown.replace("\t", " ").replace("\n", " ") == hit.passage
