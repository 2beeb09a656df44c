"""Hostile texts: the time of amendments and effects grows with the text, not with its square."""

from __future__ import annotations

import pytest

from nlp.amendments import find_amendments
from nlp.citations import find
from nlp.effect import find_effects
from nlp.model import Header
from tests.growth import seconds

DECREE = Header(symbol="1/2026/NĐ-CP", kind="Nghị định")
CITED = "Nghị định số 1/2020/NĐ-CP"


@pytest.mark.parametrize(
    "piece",
    [
        "“",
        "này ",
        "Bãi bỏ\n",
        "khoản 2\nĐiều 5\n",
        f"{CITED} hết hiệu lực ",
        f"Ngưng hiệu lực {CITED} ",
        f"“a” bằng “b” tại Điều 5 {CITED}, cụm từ ",
        "Nghị định này có hiệu lực từ ngày ký ",
        f"1. Sửa đổi, bổ sung khoản 2 Điều 5 {CITED} như sau:\n“1. x”\n",
    ],
)
def test_time_grows_with_the_text(piece: str) -> None:
    def cost(size: int) -> float:
        text = f"Điều 1. Thay thế cụm từ {CITED}\n" + piece * (size // len(piece))
        citations = find(text).citations
        return seconds(lambda: (find_amendments(text, citations, DECREE), find_effects(text, citations, DECREE)))

    small, large = cost(10_000), cost(80_000)
    assert large < 20 * small + 0.3  # eight times the text; a square would be sixty-four times
