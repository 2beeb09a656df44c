"""Which document a citation means, and what is said when that is doubtful."""

from __future__ import annotations

import datetime as dt

from nlp import citations
from nlp.model import Citation
from nlp.resolve import Candidate, resolve

QD = Candidate(
    "a",
    "468/QĐ-TTg",
    "Quyết định",
    "Thủ tướng Chính phủ",
    dt.date(2021, 3, 27),
    "phê duyệt Đề án đổi mới cơ chế một cửa",
)
QD_2019 = Candidate("b", "468/QĐ-TTg", "Quyết định", "Thủ tướng Chính phủ", dt.date(2019, 4, 26), "việc khác")
KG = Candidate("c", "123/QĐ-UBND", "Quyết định", "Ủy ban nhân dân tỉnh Kiên Giang", dt.date(2022, 1, 5))
AG = Candidate("d", "123/QĐ-UBND", "Quyết định", "UBND tỉnh An Giang", dt.date(2022, 2, 5))
NQ12 = Candidate("e", "18-NQ/TW", "Nghị quyết", "Ban Chấp hành Trung ương", dt.date(2017, 10, 25))
NQ13 = Candidate("f", "18-NQ/TW", "Nghị quyết", "Ban Chấp hành Trung ương", dt.date(2022, 6, 16))
LAND13 = Candidate("g", "45/2013/QH13", "Luật", "Quốc hội", dt.date(2013, 11, 29), "Luật Đất đai")
LAND24 = Candidate("h", "31/2024/QH15", "Luật", "Quốc hội", dt.date(2024, 1, 18), "Đất đai")
GUIDE, CONTRACT = Candidate("i", "12/HD-UBND", "Hướng dẫn"), Candidate("j", "12/HĐ-UBND", "Hợp đồng")


def cited(text: str) -> Citation:
    return citations.find(text).citations[0]


def test_the_date_tells_yearly_numbers_apart() -> None:
    found = resolve(cited("Quyết định số 468/QĐ-TTg ngày 27/3/2021"), [QD_2019, QD])
    assert (found.status, found.documents, found.flags) == ("resolved", (1,), ())


def test_without_a_date_all_stay() -> None:
    found = resolve(cited("Quyết định số 468/QĐ-TTg"), [QD_2019, QD])
    assert (found.status, found.documents) == ("ambiguous", (0, 1))
    assert resolve(cited("Quyết định số 468/QĐ-TTg"), [QD_2019, QD], as_of=dt.date(2020, 1, 1)).documents == (0,)


def test_a_wrong_date_is_a_conflict_not_a_rejection() -> None:
    found = resolve(cited("Quyết định số 468/QĐ-TTg ngày 15/7/2021 của Bộ Nội vụ"), [QD])
    assert (found.status, found.flags) == ("resolved", ("date_conflict", "issuer_conflict"))


def test_a_missing_body_is_inferred_from_the_citing_document() -> None:
    found = resolve(cited("Quyết định số 123/QĐ-UBND"), [AG, KG], default_issuer="UBND tỉnh Kiên Giang")
    assert (found.status, found.documents, found.flags) == ("resolved", (1,), ("issuer_inferred",))
    assert resolve(cited("Quyết định số 123/QĐ-UBND"), [AG, KG]).status == "ambiguous"
    assert resolve(cited("Quyết định số 123/QĐ-UBND của UBND tỉnh An Giang"), [AG, KG]).documents == (0,)


def test_the_term_tells_party_numbers_apart() -> None:
    found = resolve(cited("Nghị quyết số 18-NQ/TW của Ban Chấp hành Trung ương khóa XII"), [NQ12, NQ13])
    assert (found.status, found.documents) == ("resolved", (0,))


def test_laws_by_name_and_year() -> None:
    assert resolve(cited("Luật Đất đai năm 2013"), [LAND13, LAND24]).documents == (0,)
    assert resolve(cited("Luật Đất đai"), [LAND13, LAND24]).status == "ambiguous"
    assert resolve(cited("Luật Nhà ở"), [LAND13, LAND24]).status == "unresolved"


def test_marks_decide_between_contract_and_guideline() -> None:
    assert resolve(cited("Hợp đồng số 12/HĐ-UBND"), [GUIDE, CONTRACT]).documents == (1,)
    assert resolve(cited("Hướng dẫn số 12/HD-UBND"), [GUIDE, CONTRACT]).documents == (0,)


def test_a_lost_year_is_bridged_by_the_date() -> None:
    decree = Candidate("k", "88/2025/NĐ-CP", "Nghị định", "Chính phủ", dt.date(2025, 4, 13))
    found = resolve(cited("Nghị định số 88/NĐ-CP ngày 13/4/2025"), [decree])
    assert (found.status, found.flags) == ("resolved", ("damaged",))


def test_leading_zeros_are_a_second_try() -> None:
    exact, other = Candidate("l", "124/KH-UBND"), Candidate("m", "0124/KH-UBND")
    assert resolve(cited("Kế hoạch số 0124/KH-UBND"), [exact, other]).documents == (1,)
    assert resolve(cited("Kế hoạch số 0124/KH-UBND"), [exact]).documents == (0,)
