"""When texts begin and end to be in force, on real wording."""

from __future__ import annotations

import datetime as dt

import pytest

from nlp.citations import find
from nlp.effect import find_effects
from nlp.model import Effect, Header

DECREE = Header(symbol="9/2026/NĐ-CP", kind="Nghị định", date=dt.date(2026, 5, 5))


def effects(text: str, header: Header = DECREE) -> tuple[Effect, ...]:
    return find_effects(text, find(text).citations, header)


@pytest.mark.parametrize(
    ("text", "date", "anchor", "days"),
    [
        ("1. Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 7 năm 2026.", dt.date(2026, 7, 1), None, 0),
        (
            "Nghị định này có hiệu lực từ ngày 01/7/2026, trừ quy định tại khoản 2 Điều này.",
            dt.date(2026, 7, 1),
            None,
            0,
        ),
        ("Nghị định này có hiệu lực thi hành kể từ ngày ký ban hành.", None, "signing", 0),
        ("Nghị định này có hiệu lực sau 45 ngày, kể từ ngày ký.", None, "signing", 45),
        ("Nghị định này có hiệu lực thi hành sau 10 (mười) ngày kể từ ngày ký ban hành", None, "signing", 10),
    ],
)
def test_own_beginning(text: str, date: dt.date | None, anchor: str | None, days: int) -> None:
    [effect] = effects(text)
    assert (effect.kind, effect.target, effect.locators) == ("start", None, ())
    assert (effect.date, effect.anchor, effect.days) == (date, anchor, days)


@pytest.mark.parametrize(
    "text",
    [
        "Hồ sơ đã nộp trước ngày Nghị định này có hiệu lực thi hành được tiếp tục xử lý.",
        "Giấy phép này có hiệu lực kể từ ngày ký.",
        "Quyết định này có hiệu lực kể từ ngày ký.",
        "Hợp đồng hết hiệu lực kể từ ngày 01/01/2026.",
        "“Điều 9. Nghị định này có hiệu lực kể từ ngày 01/01/2020.”",
    ],
)
def test_what_is_no_effect_of_this_text(text: str) -> None:
    assert effects(text) == ()


def test_places_with_days_of_their_own() -> None:
    found = effects(
        "2. Điều 3 và Phụ lục I Nghị định này có hiệu lực sau 30 ngày kể từ ngày Nghị định có hiệu lực thi hành."
    )
    assert [(e.locators, e.anchor, e.days) for e in found] == [((("Điều 3",), ("Phụ lục I",)), "own_start", 30)]


def test_an_end_told_beforehand() -> None:
    start, end = effects(
        "Nghị định này có hiệu lực thi hành từ ngày 29 tháng 4 năm 2026 đến hết ngày 01 tháng 3 năm 2027."
    )
    assert (start.kind, end.kind, end.date) == ("start", "end", dt.date(2027, 3, 2))
    [other] = effects("3. Nghị định này hết hiệu lực kể từ ngày 01 tháng 3 năm 2027.")
    assert (other.kind, other.target, other.date) == ("end", None, dt.date(2027, 3, 1))


def test_others_end() -> None:
    found = effects(
        "2. Chương IV, bao gồm các điều 11, 12 của Nghị định số 116/2026/NĐ-CP ngày 02 tháng 4 năm 2026 của Chính phủ sửa đổi, bổ sung "
        "một số điều của các Nghị định hết hiệu lực thi hành kể từ ngày Nghị định này có hiệu lực thi hành."
    )
    assert [(e.target, e.anchor) for e in found] == [("116/2026/NĐ-CP", "own_start")]
    assert ("Điều 11",) in [locator[-1:] for locator in found[0].locators]


def test_a_list_of_ended_documents() -> None:
    found = effects(
        "1. Các văn bản sau đây hết hiệu lực kể từ ngày 01/01/2026:\na) Nghị định số 12/2010/NĐ-CP ngày 01/02/2010;\n"
        "b) Nghị định số 13/2011/NĐ-CP về việc thực hiện Luật số 5/2009/QH12.\n2. Nghị định số 20/2015/NĐ-CP tiếp tục áp dụng."
    )
    assert [(e.target, e.date) for e in found] == [
        ("12/2010/NĐ-CP", dt.date(2026, 1, 1)),
        ("13/2011/NĐ-CP", dt.date(2026, 1, 1)),
    ]


def test_suspension_with_its_last_day() -> None:
    [effect] = effects(
        "Ngưng hiệu lực thi hành Điều 3 Thông tư số 2/2015/TT-BTC từ ngày 01/6/2026 đến hết ngày 31/12/2026."
    )
    assert (effect.kind, effect.target, effect.locators) == ("suspend", "2/2015/TT-BTC", (("Điều 3",),))
    assert (effect.date, effect.last) == (dt.date(2026, 6, 1), dt.date(2026, 12, 31))


def test_a_merged_text_has_no_beginning_of_its_own() -> None:
    assert effects("Nghị định này có hiệu lực kể từ ngày 01/7/2026.", Header(kind="Văn bản hợp nhất")) == ()
