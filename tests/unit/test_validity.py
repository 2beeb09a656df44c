"""Force on a day, from clauses in the texts, acts of others and the office's table."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.reader import read_bytes
from nlp.citations import find
from nlp.header import read_header
from nlp.pipeline import extract
from service.errors import Ambiguous, InvalidInput
from service.jobs.reading import intake_of
from service.office_table import import_table
from service.records import StoredDocument
from service.validity import Validity, parse_locator, show_locator, validity
from tests.office import NOON, Office

HEAD = """CHÍNH PHỦ
Số: {symbol}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày {day} tháng {month} năm {year}

NGHỊ ĐỊNH
{title}

"""


def decree(symbol: str, date: dt.date, title: str, body: str) -> str:
    head = HEAD.format(symbol=symbol, title=title, day=f"{date:%d}", month=f"{date:%m}", year=date.year)
    return head + body + "\nTM. CHÍNH PHỦ\nTHỦ TƯỚNG\n"


OLD = decree(
    "17/2023/NĐ-CP", dt.date(2023, 4, 26), "Về quyền tác giả",
    "Điều 1. Phạm vi\n1. Một.\n2. Hai.\nĐiều 2. Nguyên tắc\n1. Ba.\n2. Bốn.\nĐiều 3. Hiệu lực\nNghị định này có hiệu lực thi hành kể từ ngày 01 tháng 7 năm 2023.",
)  # fmt: skip
AMENDING = decree(
    "134/2026/NĐ-CP", dt.date(2026, 4, 6), "Sửa đổi, bổ sung một số điều của Nghị định số 17/2023/NĐ-CP ngày 26 tháng 4 năm 2023 của Chính phủ về quyền tác giả",
    "Điều 1. Sửa đổi, bổ sung khoản 1 Điều 1\n“1. Mới.”\nĐiều 2. Bổ sung Điều 2a vào sau Điều 2\n“Điều 2a. Thêm”\nĐiều 3. Bãi bỏ khoản 2 Điều 2\nĐiều 4. Hiệu lực\nNghị định này có hiệu lực thi hành kể từ ngày 09 tháng 4 năm 2026.",
)  # fmt: skip
NEW = decree(
    "200/2027/NĐ-CP", dt.date(2027, 3, 1), "Về quyền tác giả",
    "Điều 1. Phạm vi\nNghị định này quy định về quyền tác giả.\nĐiều 2. Hiệu lực\n1. Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 5 năm 2027.\n2. Nghị định này thay thế Nghị định số 17/2023/NĐ-CP ngày 26 tháng 4 năm 2023 của Chính phủ.",
)  # fmt: skip


def take(office: Office, text: str) -> StoredDocument:
    document = read_bytes(text.encode(), "van-ban.txt")
    return office.store.add(intake_of(document, extract(document)), at=dt.datetime.combine(dt.date(2026, 1, 1), NOON))


@pytest.fixture
def filled(office: Office) -> Office:
    for text in (OLD, AMENDING, NEW):
        take(office, text)
    return office


def ask(office: Office, on: str, place: str = "", name: str = "17/2023/NĐ-CP") -> Validity:
    return validity(office.store, name, dt.date.fromisoformat(on), parse_locator(place))


@pytest.mark.parametrize(
    ("on", "place", "words"),
    [
        ("2023-01-01", "", "Chưa có hiệu lực"),
        ("2023-06-30", "", "Chưa có hiệu lực"),
        ("2023-07-01", "", "Còn hiệu lực"),
        ("2026-04-08", "", "Còn hiệu lực"),
        ("2026-04-09", "", "Hết hiệu lực một phần"),
        ("2027-04-30", "", "Hết hiệu lực một phần"),
        ("2027-05-01", "", "Hết hiệu lực toàn bộ"),
        ("2026-04-08", "khoản 2 Điều 2", "Còn hiệu lực"),
        ("2026-04-09", "khoản 2 Điều 2", "Hết hiệu lực toàn bộ"),
        ("2026-04-09", "Điều 2", "Hết hiệu lực một phần"),
        ("2026-04-09", "khoản 1 Điều 2", "Còn hiệu lực"),
        ("2026-04-09", "khoản 1 Điều 1", "Còn hiệu lực"),
        ("2026-04-08", "Điều 2a", "Chưa có hiệu lực"),
        ("2026-04-09", "Điều 2a", "Còn hiệu lực"),
        ("2026-04-09", "Điều 99", "Chưa đủ dữ liệu"),
        ("2027-05-01", "khoản 1 Điều 1", "Hết hiệu lực toàn bộ"),
    ],
)
def test_status_by_day_and_place(filled: Office, on: str, place: str, words: str) -> None:
    assert ask(filled, on, place).words == words


def test_every_answer_has_its_reason_and_source(filled: Office) -> None:
    found = ask(filled, "2027-05-01")
    [reason] = found.reasons
    assert (reason.code, reason.date) == ("replace", dt.date(2027, 5, 1))
    assert "200/2027/NĐ-CP" in reason.text
    assert reason.document is not None
    assert "17/2023/NĐ-CP" in filled.store.text(reason.document.id)[reason.start : reason.end]
    assert (found.since, found.until) == (dt.date(2023, 7, 1), dt.date(2027, 4, 30))
    partly = ask(filled, "2026-04-09")
    assert {r.code for r in partly.reasons} == {"amend", "repeal", "own_start"}
    assert partly.to_json()["reasons"][0]["document"]["symbol"] == "134/2026/NĐ-CP"


def test_the_wording_in_force_is_told(filled: Office) -> None:
    assert ask(filled, "2026-04-09", "khoản 1 Điều 1").reasons[0].code == "amend"


def test_what_is_unknown_is_said(office: Office) -> None:
    nothing = ask(office, "2026-01-01")
    assert nothing.words == "Chưa đủ dữ liệu"
    assert "văn bản chưa có trong kho" in nothing.missing
    take(office, decree("5/2020/NĐ-CP", dt.date(2020, 1, 2), "Về việc A", "Điều 1. Phạm vi\nNghị định này quy định A."))
    kept = ask(office, "2026-01-01", name="5/2020/NĐ-CP")
    assert kept.words == "Chưa đủ dữ liệu"
    assert kept.missing[0] == "ngày có hiệu lực (văn bản không ghi rõ)"


def test_a_document_that_is_only_cited_is_known_from_those_that_end_it(office: Office) -> None:
    take(office, NEW)
    assert ask(office, "2027-05-01").words == "Hết hiệu lực toàn bộ"
    assert ask(office, "2027-04-30").words == "Chưa đủ dữ liệu"


def test_told_in_passing_by_a_third_text(office: Office) -> None:
    take(
        office,
        decree(
            "9/2025/NĐ-CP",
            dt.date(2025, 2, 1),
            "Về B",
            "Điều 1. B\nTheo Nghị định số 17/2023/NĐ-CP (đã được thay thế bởi Nghị định số 8/2025/NĐ-CP).",
        ),
    )
    found = ask(office, "2026-01-01")
    assert (found.words, found.reasons[0].code) == ("Hết hiệu lực toàn bộ", "told")


def test_suspension_ends_with_its_last_day(office: Office) -> None:
    take(office, OLD)
    take(
        office,
        decree(
            "15/2026/NĐ-CP",
            dt.date(2026, 6, 1),
            "Về ngưng hiệu lực",
            "Điều 1. Ngưng hiệu lực\nNgưng hiệu lực thi hành Nghị định số 17/2023/NĐ-CP từ ngày 01/7/2026 đến hết ngày 31/12/2026.\nĐiều 2. Hiệu lực\nNghị định này có hiệu lực từ ngày ký.",
        ),
    )
    assert [ask(office, on).words for on in ("2026-06-30", "2026-07-01", "2026-12-31", "2027-01-01")] == [
        "Còn hiệu lực", "Ngưng hiệu lực", "Ngưng hiệu lực", "Còn hiệu lực",
    ]  # fmt: skip


TABLE = "Số, ký hiệu;Ngày có hiệu lực;Ngày hết hiệu lực;Nguồn;Ngày rà soát;thay thế bởi\n17/2023/nd-cp;01/07/2023;2026-02-01;Công báo;05/02/2026;1/2026/NĐ-CP\nkhông phải;;;;;\n5/2020/NĐ-CP;hôm qua;;;;\n"


def test_the_offices_table_counts_and_shows_where_it_comes_from(filled: Office) -> None:
    result = import_table(filled.store, TABLE.encode(), "bang.csv", at=dt.datetime(2026, 2, 5, tzinfo=dt.UTC))
    assert (result.rows, result.new, len(result.problems)) == (1, 1, 2)
    assert import_table(filled.store, TABLE.encode(), "bang.csv", at=dt.datetime(2026, 2, 6, tzinfo=dt.UTC)).new == 0
    found = ask(filled, "2026-03-01")
    assert found.words == "Hết hiệu lực toàn bộ"
    assert "Công báo" in found.reasons[0].text
    assert found.to_json()["reasons"][0]["office"] == {
        "source": "Công báo",
        "checked_on": "2026-02-05",
        "file": "bang.csv",
        "row": 2,
    }
    assert "Ngày hết hiệu lực không khớp" in found.conflicts[0]


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", "tên;ngày\nA;B".encode()])
def test_a_file_that_is_no_table_is_refused(office: Office, data: bytes) -> None:
    with pytest.raises(InvalidInput):
        import_table(office.store, data, "x.csv", at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))


def test_a_symbol_given_out_twice_asks_for_the_date(office: Office) -> None:
    for year in (2023, 2024):
        take(office, OLD.replace("2023/NĐ-CP", "NĐ-CP").replace("năm 2023", f"năm {year}"))
    with pytest.raises(Ambiguous):
        ask(office, "2026-01-01", name="17/NĐ-CP")
    assert ask(office, "2026-01-01", name="17/NĐ-CP@2024-04-26").words == "Còn hiệu lực"


def test_places_are_read_and_written_as_officers_do() -> None:
    assert parse_locator("điểm a khoản 2 Điều 5") == ("Điều 5", "khoản 2", "điểm a")
    assert show_locator(("Điều 5", "khoản 2")) == "khoản 2 Điều 5"
    with pytest.raises(InvalidInput):
        parse_locator("chỗ nào đó")


def test_headers_of_the_samples_are_read() -> None:
    document = read_bytes(OLD.encode(), "x.txt")
    assert (read_header(document).symbol, len(find(OLD).citations)) == ("17/2023/NĐ-CP", 0)
