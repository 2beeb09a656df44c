"""Rà soát viện dẫn trong dự thảo: what is told, and what is not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.reader import read_bytes
from nlp.pipeline import extract
from service.bootstrap import App, open_app
from service.draft_check import Finding, check_document, check_text
from service.errors import InvalidInput, Refused
from service.indexing import apply_outbox
from service.jobs.reading import intake_of
from service.settings import Settings
from tests.unit.test_validity import AMENDING, NEW, OLD

ON = dt.date(2026, 5, 1)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with open_app(Settings(home=tmp_path_factory.mktemp("home"), processes=0)) as opened:
        for text in (OLD, AMENDING, NEW):
            document = read_bytes(text.encode(), "van-ban.txt")
            opened.store.add(intake_of(document, extract(document)), at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        apply_outbox(opened)
        yield opened


def check(app: App, text: str, on: dt.date = ON) -> list[Finding]:
    return list(check_text(app, text, on).findings)


def codes(app: App, text: str, on: dt.date = ON) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity) for finding in check(app, text, on)]


def test_a_basis_in_force_gets_no_remark(app: App) -> None:
    assert codes(app, "Căn cứ Nghị định số 134/2026/NĐ-CP ngày 06 tháng 4 năm 2026 của Chính phủ;") == []


def test_a_basis_that_was_replaced_is_told_with_what_replaced_it(app: App) -> None:
    [found] = check(
        app, "Căn cứ Nghị định số 17/2023/NĐ-CP ngày 26 tháng 4 năm 2023 của Chính phủ;", dt.date(2027, 6, 1)
    )
    assert (found.code, found.severity) == ("ended", "error")
    assert "200/2027/NĐ-CP" in found.text
    assert found.text.startswith("Căn cứ hết hiệu lực tại ngày 01/06/2027")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Theo Nghị định số 17/2023/NĐ-CP ngày 25 tháng 4 năm 2023 của Chính phủ.", "date_conflict"),
        ("Theo Nghị định số 17/2023/NĐ-CP ngày 26 tháng 4 năm 2024 của Chính phủ.", "year_conflict"),
        ("Theo Điều 99 Nghị định số 17/2023/NĐ-CP.", "locator_beyond"),
        ("Theo khoản 9 Điều 1 Nghị định số 17/2023/NĐ-CP.", "locator_beyond"),
        ("Theo khoản 2 Điều 2 Nghị định số 17/2023/NĐ-CP.", "ended"),
        ("Theo Quyết định số 17/2023/NĐ-CP.", "kind_conflict"),
        ("Theo Nghị định số 999/2019/NĐ-CP.", "unknown_symbol"),
        ("Căn cứ Nghị định số 200/2027/NĐ-CP;", "not_yet"),
    ],
)
def test_what_a_reader_would_send_back(app: App, text: str, expected: str) -> None:
    assert expected in {code for code, _ in codes(app, text)}


def test_a_place_that_was_added_later_is_there(app: App) -> None:
    assert codes(app, "Theo Điều 2a Nghị định số 17/2023/NĐ-CP.") == []
    assert ("not_yet", "warning") in codes(app, "Theo Điều 2a Nghị định số 17/2023/NĐ-CP.", dt.date(2026, 1, 1))


def test_a_mistyped_number_is_unknown_and_the_near_one_is_named(app: App) -> None:
    [found] = check(app, "Theo Thông tư số 17/2023/TT-BTC.")
    assert (found.code, found.severity) == ("unknown_symbol", "warning")
    assert "17/2023/NĐ-CP" in found.text


def test_not_knowing_is_no_fault(app: App) -> None:
    assert codes(app, "Theo Nghị định số 999/2019/NĐ-CP.") == [("unknown_symbol", "info")]


def test_who_replaces_a_text_may_cite_it_after_its_end(app: App) -> None:
    text = "Điều 1. Bãi bỏ Nghị định số 17/2023/NĐ-CP ngày 26 tháng 4 năm 2023 của Chính phủ."
    assert codes(app, text, dt.date(2027, 6, 1)) == []


def test_one_number_with_two_dates(app: App) -> None:
    text = "Căn cứ Nghị định số 134/2026/NĐ-CP ngày 06/4/2026; theo Nghị định số 134/2026/NĐ-CP ngày 07/4/2026."
    assert {"two_dates", "date_conflict"} <= {code for code, _ in codes(app, text)}


def test_spans_are_those_of_the_draft(app: App) -> None:
    text = "Mở đầu.\nTheo Điều 99 Nghị định số 17/2023/NĐ-CP."
    checked = check_text(app, text, ON)
    for finding in checked.findings:
        c = finding.citation
        assert checked.document.text[c.start : c.end] == c.text
        assert finding.to_json()["citation"]["start"] == c.start


def test_a_draft_that_cannot_be_read_says_why(app: App, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        check_text(app, "  \n", ON)
    with pytest.raises(InvalidInput):
        check_document(app, read_bytes(b"%PDF-1.7 hong", "a.pdf"), ON)
    stamped = (
        "MẬT\nỦY BAN NHÂN DÂN\nTỈNH A\nSố: 9/KH-UBND\nA, ngày 01 tháng 01 năm 2026\n\nKẾ HOẠCH\nVề việc A\n1. Làm.\n"
    )
    with pytest.raises(Refused):
        check_document(app, read_bytes(stamped.encode(), "mat.txt"), ON)
    assert tmp_path.exists()
