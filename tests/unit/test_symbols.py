"""Symbols: what is one, what is none, how damage is repaired, and keys that survive any spelling."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.symbols import find_symbols, loose_keys, parse_symbol, symbol_key


@pytest.mark.parametrize(
    ("text", "canonical", "kind", "system"),
    [
        ("45/2020/NĐ-CP", "45/2020/NĐ-CP", "Nghị định", "state"),
        ("468/QĐ-TTg", "468/QĐ-TTg", "Quyết định", "state"),
        ("41-KH/TU", "41-KH/TU", "Kế hoạch", "party"),
        ("66-QĐ/TW", "66-QĐ/TW", None, "party"),
        ("11-QĐi/TW", "11-QĐi/TW", "Quy định", "party"),
        ("64/2025/QH15", "64/2025/QH15", None, "state"),
        ("351/2017/UBTVQH14", "351/2017/UBTVQH14", None, "state"),
        ("30/2000/PL-UBTVQH10", "30/2000/PL-UBTVQH10", "Pháp lệnh", "state"),
        ("8/2018/L-CTN", "8/2018/L-CTN", "Lệnh", "state"),
        ("1066/UBND-VXNV", "1066/UBND-VXNV", "Công văn", "state"),
        ("2231/SNV-CCHC&PC", "2231/SNV-CCHC&PC", "Công văn", "state"),
        ("15000-CV/VPTW", "15000-CV/VPTW", "Công văn", "party"),
        ("30c/NQ-CP", "30c/NQ-CP", "Nghị quyết", "state"),
        ("66.4/2025/NQ-CP", "66.4/2025/NQ-CP", "Nghị quyết", "state"),
        ("01779/QĐ-UBND", "01779/QĐ-UBND", "Quyết định", "state"),
        ("91/2026/VBHN-NĐ-BXD", "91/2026/VBHN-NĐ-BXD", "Văn bản hợp nhất", "state"),
        ("3260-KH/ĐĐQH15", "3260-KH/ĐĐQH15", "Kế hoạch", "party"),
        ("367 - QĐ/TWĐTN-VP", "367-QĐ/TWĐTN-VP", None, "party"),
        ("05/1999/TTLT/BLÐTBXH-BYT-BTC", "05/1999/TTLT-BLĐTBXH-BYT-BTC", "Thông tư liên tịch", "state"),
        ("01/1999/QĐ.UB", "01/1999/QĐ-UB", "Quyết định", "state"),
        ("Nghị định số 14/CP", "14/CP", "Nghị định", "state"),
        ("Nghị định số 05-CP", "05-CP", "Nghị định", "state"),
        ("Công văn số 2287-SCT-QLTM", "2287-SCT-QLTM", "Công văn", "state"),
        ("Công văn số 3290/SKHCN", "3290/SKHCN", "Công văn", "state"),
        ("Thông tư số 43 TC/QLCS", "43 TC/QLCS", "Công văn", "state"),
    ],
)
def test_forms(text: str, canonical: str, kind: str | None, system: str) -> None:
    (hit,) = find_symbols(text)
    assert (hit.symbol.canonical, hit.symbol.kind, hit.symbol.system) == (canonical, kind, system)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("Nghị định số 61/2018/NĐCP", "61/2018/NĐ-CP"),
        ("Số: 1961/QĐUBND", "1961/QĐ-UBND"),
        ("số 30c/NQCP", "30c/NQ-CP"),
        ("01/2018/TTVPCP", "01/2018/TT-VPCP"),
        ("45/2020/ND-CP", "45/2020/NĐ-CP"),
        ("468/QD-TTg", "468/QĐ-TTg"),
        ("Số 27-KH/DU", "27-KH/ĐU"),
        ("72-NQ-TW", "72-NQ/TW"),
        ("Nghị định số 4 7/2020/ND-CP", "47/2020/NĐ-CP"),
        ("4S/2O20/NĐ-CP", "45/2020/NĐ-CP"),
        ("95/2025/QH1", "95/2025/QH1"),
        ("193/2025/NQ-QH15", "193/2025/NQ-QH15"),
        ("45/2020/NĐ CP", "45/2020/NĐ-CP"),
    ],
)
def test_damage_is_repaired_and_said(text: str, canonical: str) -> None:
    (hit,) = find_symbols(text)
    assert hit.symbol.canonical == canonical
    assert hit.symbol.flags == ("damaged",)


@pytest.mark.parametrize(
    "text",
    [
        "hoàn thành 593/659 nội dung; 22/22 bộ, ngành và 63/63 địa phương; đến 24/5/2025",
        "quý I/2025; nhiệm kỳ 2020-2025; 05/07 chỉ tiêu; 80% - 90%; mức độ 3, 4",
        "Mẫu số 29-TTr và Mẫu số 01/TT-LLTP",
        "theo mẫu số 01/PL-TNCN, 02/PL-TNCN và 03/PL-TNCN",
        "TCVN 6909:2001; QCVN 102:2016/BTTTT; QCVN 41/2019/BGTVT",
        "thửa đất số 12/BĐ-QH, tờ bản đồ số 5/TT-BC",
        "trước ngày 20.7.2020, dữ liệu https://a.vn/2020/nd-cp/45",
    ],
)
def test_look_alikes_are_no_symbols(text: str) -> None:
    assert find_symbols(text) == []


def test_a_following_list_item_is_no_part_of_a_symbol() -> None:
    assert [h.symbol.canonical for h in find_symbols("Quyết định số 12/QĐ-UBND\n- UBND tỉnh")] == ["12/QĐ-UBND"]
    assert [h.symbol.canonical for h in find_symbols("số 12/QĐ-UBND - BAN HÀNH")] == ["12/QĐ-UBND"]


DAMAGED = [
    "45/2020/NĐ-CP", "45/2020/NÐ-CP", "45/2020/ND-CP", "45/2020/NĐ – CP", "45/2020/NĐ- CP", "45/2020/ NĐ-CP", "45/2020/NĐ-\nCP",
    "45/2020/NĐCP", "45/2020/NĐ\u2011CP", "45/2020/NĐ-СР", "45 /2020/NĐ-CP", "45/2O20/NĐ-CP", "số 45/2020/NĐ-CP", "Nghị định số 45/2020/NĐ-CP", "45/2020/nđ-cp",
]  # fmt: skip


@pytest.mark.parametrize("spelling", DAMAGED)
def test_one_key_for_every_spelling(spelling: str) -> None:
    assert symbol_key(spelling) == "45/2020/nđ-cp"


def test_marks_keep_contract_and_guideline_apart() -> None:
    assert symbol_key("12/HĐ-UBND") != symbol_key("12/HD-UBND")
    assert symbol_key("12/ĐA-UBND") != symbol_key("12/DA-UBND")


def test_ampersand_is_shown_but_not_compared() -> None:
    assert symbol_key("12/TT-BGD&ĐT") == symbol_key("12/TT-BGDĐT")
    symbol = parse_symbol("12/TT-BGD&amp;ĐT")
    assert symbol is not None
    assert symbol.canonical == "12/TT-BGD&ĐT"


@pytest.mark.parametrize(
    ("query", "symbol"),
    [
        ("45/2020", "45/2020/NĐ-CP"), ("nd 45/2020", "45/2020/NĐ-CP"), ("45 2020 cp", "45/2020/NĐ-CP"), ("nghi dinh 45 nam 2020", "45/2020/NĐ-CP"),
        ("NĐ45/2020", "45/2020/NĐ-CP"), ("468/qd-ttg", "468/QĐ-TTg"), ("quyết định 468", "468/QĐ-TTg"), ("41-kh/tu", "41-KH/TU"), ("ke hoach 41 tinh uy", "41-KH/TU"),
        ("chi thi 20 thu tuong", "20/CT-TTg"), ("452020NDCP", "45/2020/NĐ-CP"),
    ],
)  # fmt: skip
def test_any_spelling_meets_the_document(query: str, symbol: str) -> None:
    assert set(loose_keys(query)) & set(loose_keys(symbol))


def test_the_most_telling_key_comes_first() -> None:
    assert loose_keys("chi thi 20 thu tuong 2017")[0] == "ct.20.2017.ttg"
    assert loose_keys("45 2020 cp")[0] == ".45.2020.cp"


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789/-. \nNĐQHCPTgBộUS&<;()số", max_size=80))
def test_never_raises_and_slices_back(text: str) -> None:
    for hit in find_symbols(text):
        assert text[hit.start : hit.end] == hit.symbol.printed
        assert hit.symbol.canonical
    symbol_key(text)
    loose_keys(text)


def test_the_fast_scan_sees_what_a_slow_one_sees() -> None:
    """A scan that jumps from slash to slash must lose nothing in text full of marks and odd dashes."""
    text = " – ".join(
        f"Điều {n}—Nghị định số {n}/20{n % 30:02}/NĐ-CP“ và {n}-KH/TU…;Công văn số {n}/UBND-VX" for n in range(1, 200)
    )
    fast = [(hit.start, hit.end, hit.symbol.canonical) for hit in find_symbols(text)]
    slow = [
        (match.start(), match.end(), match[0])
        for match in re.finditer(r"(?<![\w/])\d+(?:/\d{4}/NĐ-CP|-KH/TU|/UBND-VX)(?!\w)", text)
    ]
    assert fast == slow
