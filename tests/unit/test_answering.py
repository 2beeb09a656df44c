"""Who answers for whom in a link, as of the report's day: by the registry, with places, successors and classes."""

from __future__ import annotations

import datetime as dt

import pytest

from nlp.registry import BUILT_IN, Context, resolve
from nlp.registry.answering import best_answer
from nlp.registry.succession import forerunners


def at(day: str, province: str | None = None) -> Context:
    return Context(dt.date.fromisoformat(day), province, None, "province" if province else "central")


@pytest.mark.parametrize(
    ("unit", "here", "assignee", "there", "how"),
    [
        ("Sở Nội vụ", at("2024-06-15", "an-giang"), "Giám đốc Sở Nội vụ", at("2024-01-02", "an-giang"), "same"),
        ("Sở Tài chính", at("2024-06-15", "an-giang"), "Sở Nội vụ", at("2024-01-02", "an-giang"), None),
        ("Bộ Xây dựng", at("2025-06-15"), "Bộ Giao thông vận tải", at("2024-01-02"), "successor"),
        ("Bộ Xây dựng", at("2024-06-15"), "Bộ Giao thông vận tải", at("2024-01-02"), None),
        (
            "Ban Tuyên giáo và Dân vận Tỉnh ủy", at("2025-06-15", "lam-dong"),
            "Ban Tuyên giáo Tỉnh ủy", at("2024-01-02", "lam-dong"), "successor",
        ),
        (
            "Sở Nông nghiệp và Môi trường", at("2025-06-15"),
            "Sở Tài nguyên và Môi trường", at("2024-01-02"), "successor",
        ),
        (
            "Ủy ban nhân dân tỉnh Lào Cai", at("2025-01-15"),
            "Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương", at("2024-12-02"), "member",
        ),
        ("UBND huyện Hoài Ân", at("2024-06-15", "binh-dinh"), "UBND huyện", at("2024-05-02", "binh-dinh"), "same"),
        ("UBND xã Tân Lập", at("2025-08-15", "an-giang"), "các xã, phường", at("2025-07-02", "an-giang"), "member"),
        ("Huyện ủy Lâm Hà", at("2023-06-15", "lam-dong"), "Các cấp ủy, tổ chức đảng", at("2023-01-02", "lam-dong"), "member"),
        (
            "Liên minh Hợp tác xã tỉnh", at("2023-06-15", "lam-dong"),
            "Các cơ quan, đơn vị được phân công", at("2023-01-02", "lam-dong"), "open",
        ),
    ],
)  # fmt: skip
def test_how_a_unit_answers(unit: str, here: Context, assignee: str, there: Context, how: str | None) -> None:
    mine, theirs = resolve(unit, here, BUILT_IN), resolve(assignee, there, BUILT_IN)
    assert best_answer(mine, theirs, here.date, BUILT_IN) == how


def test_whose_duties_a_unit_took_over_by_a_day() -> None:
    after = {unit.id for unit in forerunners("bo-xay-dung", dt.date(2025, 6, 1), BUILT_IN)}
    assert after == {"bo-gtvt"}
    assert not forerunners("bo-xay-dung", dt.date(2024, 6, 1), BUILT_IN)
