"""The quick ways of the citation scan against the plain ones: the same facts, span by span, on any text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.text import one_to_one
from nlp import citations, locator_paths, locators, mentions, relations, scan, symbol_scan
from nlp.citations import Found, find

DATA = Path(__file__).parents[3] / "shared" / "data"


def _clause_start(text: str, low: int, place: int) -> int:
    """Every boundary from the left, the last one kept."""
    low = max(low, place - relations._WINDOW)
    return max([low, *(match.end() for match in relations._BOUNDARY.finditer(text, low, place))])


def _anchors(text: str) -> scan.Anchors:
    """Every word of interest by a pattern of its own."""
    found = scan.Anchors()
    for word, group in scan._GROUPS.items():
        pattern = re.compile(r"(?<![^\W_])" + scan._branch(word))
        places = [match.start() for match in pattern.finditer(text)]
        getattr(found, group).extend([(place, word) for place in places] if group == "level" else places)
    for group in scan.Anchors.__slots__:
        getattr(found, group).sort()
    return found


@contextmanager
def _plain() -> Iterator[None]:
    """Without shortcuts and without what is remembered from text to text."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mentions, "_usual", lambda *_: None)
        patch.setattr(symbol_scan, "_tail", symbol_scan._groups)
        patch.setattr(locators, "to_paths", locator_paths._to_paths)
        patch.setattr(locators, "_tie", locators._tie.__wrapped__)
        patch.setattr(relations, "clause_start", _clause_start)
        patch.setattr(relations, "cue_before", relations.cue_before.__wrapped__)
        patch.setattr(citations, "find_anchors", _anchors)
        yield


def plainly(text: str) -> Found:
    with _plain():
        return find(text)


PIECES = [
    "Nghị định số 45/2020/NĐ-CP", "Nghị định số\n45/2020/NĐ–CP", "Quyết định 468/QĐ-TTg", "QÐ số 12/2019/QĐ.UBND",
    "13-NQ/TW", "72-NQ-TW", "41 - KH/TU", "Thông tư liên tịch số 01/2015/TTLT-VPCP-BNV", "05/1999/TTLT/BLĐTBXH-BYT",
    "64/2025/QH15", "Luật số 64/2025/QH15", "Luật Đất đai năm 2013", "pháp luật số", "1961/QĐUBND", "20/ CT-TTg.",
    "2231/SNV-CCHC&PC", "14-KL/TW1", "Công văn số 73/TTg-CN của Thủ tướng Chính phủ", "tt số 3/2020/TT-BTС",
    "ngày 08/4/2020", "ngày 15 tháng 7 năm 2021", "của Chính phủ", "của Bộ trưởng Bộ Tài chính", "khóa XII",
    "Điều 5", "khoản 1, 2 và 3", "các điểm a, b và c", "từ Điều 5 đến Điều 9", "Điều này.", "Luật này", "khoản này",
    "Tiểu mục 2", "Phụ lục II", "Chương trình 5", "Chương IV", "(được sửa đổi bởi", "),", "sau Điều 5",
    "Căn cứ", "thay thế", "bãi bỏ một phần", "sửa đổi, bổ sung một số điều của", "hướng dẫn thi hành", "theo", "xét",
    "(sau đây gọi tắt là Nghị quyết 57)", "Nghị quyết 57", "Nghị quyết nêu trên", "Quyết định 42 năm 2014", "Đề án 06",
    "Nghị quyết Trung ương 6 khóa XII", "Hiến pháp năm 2013", ",", ";", ".", ":", "\n", "\n\n", "- ", "1. ", "a) ", "|", "và",
    "(", ")", "“", "”", "tài", "Mẫu", "của", "số", "Số: ", "đã được", "hết hiệu lực",
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from([" ", " ", " ", "", "\n", "  ", " "])), max_size=30))
def test_same_facts_on_any_text(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + gap for piece, gap in pieces)
    assert find(text) == plainly(text)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*scan._GROUPS, "x", "số", "5", "/", " ", "-", "\n"]), max_size=30))
def test_same_anchors_on_any_text(words: list[str]) -> None:
    text = "".join(words)
    longer = [word for word in scan._GROUPS for other in scan._GROUPS if other != word and word in other]
    found, plain = scan.find_anchors(text), _anchors(text)
    for group in scan.Anchors.__slots__:
        ours, theirs = set(getattr(found, group)), set(getattr(plain, group))
        assert ours <= theirs
        missed = [item[0] if isinstance(item, tuple) else item for item in theirs - ours]
        assert all(any(text.startswith(word, place) for word in longer) for place in missed)


@pytest.mark.real
@pytest.mark.skipif(not DATA.exists(), reason="shared data not present")
def test_same_facts_on_real_texts() -> None:
    paths = [*sorted(DATA.glob("crawl/*.md"))[::9], *sorted(DATA.glob("congbao/*.txt"))[::9]]
    assert paths
    for path in paths:
        text = path.read_text("utf-8")[:60_000]
        found, plain = find(text), plainly(text)
        assert found.citations == plain.citations, path.name
        assert found.references == plain.references, path.name


def test_folding_keeps_every_place() -> None:
    text = "Ðiều 5 Nghị định số 45/2020/NÐ–CP và TT- BTС­"
    assert len(one_to_one(text)) == len(text)
    assert all(a.start < b.start for a, b in pairwise(find(text).citations))
