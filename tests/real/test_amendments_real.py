"""Amendments and force in real gazette texts; instructions are counted by hand in the stored text."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from corpus.reader import read
from nlp.model import Extraction
from nlp.pipeline import extract
from service.jobs.reading import intake_of
from service.validity import parse_locator, validity
from tests.office import NOON, Office
from tests.unit.conftest import office

__all__ = ["office"]  # the fixture

pytestmark = pytest.mark.real
GAZETTE = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "congbao"


@cache
def facts(name: str) -> Extraction:
    return extract(read(GAZETTE / f"{name}.pdf"))


@pytest.mark.parametrize(
    ("name", "target", "instructions"),
    [
        # Every numbered or lettered clause that changes something; those that only head others are left out.
        ("luat-so-51-2024-qh15-43559", "25/2008/QH12", 42),  # 35 - 6 that head others + 13 lettered
        ("nghi-dinh-so-372-2025-nd-cp-468594", "112/2021/NĐ-CP", 21),
        ("nghi-dinh-so-144-2026-nd-cp-469482", "181/2025/NĐ-CP", 8),
    ],
)
def test_every_instruction_of_an_amending_text_is_found(name: str, target: str, instructions: int) -> None:
    found = [a for a in facts(name).amendments if a.target == target]
    assert len({a.clause for a in found}) == instructions
    assert all(a.locator for a in found)


def test_each_circular_of_ten_keeps_its_own_amendments() -> None:
    found = Counter(a.target for a in facts("thong-tu-so-12-2024-tt-bldtbxh-43233").amendments)
    assert len(found) == 9  # the tenth article guides and changes no text
    assert found["34/2016/TT-BLĐTBXH"] == 9


def test_effect_dates_of_the_gazette() -> None:
    starts = {
        "nghi-dinh-so-134-2026-nd-cp-469388": dt.date(2026, 4, 9),
        "nghi-dinh-so-372-2025-nd-cp-468594": dt.date(2026, 1, 1),
        "luat-so-51-2024-qh15-43559": dt.date(2025, 7, 1),
    }
    for name, day in starts.items():
        assert [e.date for e in facts(name).effects if e.kind == "start" and not e.locators] == [day]


def test_force_of_what_the_gazette_replaces_and_amends(office: Office) -> None:
    for name in ("nghi-dinh-so-134-2026-nd-cp-469388", "thong-tu-so-157-2025-tt-btc-468715"):
        document = read(GAZETTE / f"{name}.pdf")
        office.store.add(intake_of(document, extract(document)), at=dt.datetime.combine(dt.date(2026, 5, 1), NOON))

    def words(symbol: str, on: dt.date, place: str = "") -> str:
        return validity(office.store, symbol, on, parse_locator(place)).words

    assert words("18/2020/TT-BTC", dt.date(2026, 1, 1)) == "Hết hiệu lực toàn bộ"
    assert words("18/2020/TT-BTC", dt.date(2025, 12, 31)) == "Chưa đủ dữ liệu"
    assert words("17/2023/NĐ-CP", dt.date(2026, 4, 9)) == "Hết hiệu lực một phần"
    assert words("17/2023/NĐ-CP", dt.date(2026, 4, 9), "khoản 5 Điều 5") == "Hết hiệu lực toàn bộ"
    assert words("17/2023/NĐ-CP", dt.date(2026, 4, 9), "Điều 37a") == "Còn hiệu lực"
    assert words("116/2026/NĐ-CP", dt.date(2026, 4, 9), "Điều 12") == "Hết hiệu lực toàn bộ"
