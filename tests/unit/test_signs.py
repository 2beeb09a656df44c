"""A pattern's signs: no match without one, and so no line passed over that a rule speaks of."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.patterns import compiled, rules
from nlp.signs import gated, lowered, signs

SECTIONS = ("boilerplate", "not_an_item", "evidence", "frame", "at_end", "details", "reporting", "product")
FRAGMENTS = {
    f"{section}.{name}": pattern
    for section in SECTIONS
    for name, pattern in rules("tasks")[section].items()
    if isinstance(pattern, str)
}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("chủ trì|phối hợp(?: với)?", ("chủ trì", "phối hợp")),
        ("(?:báo cáo|gửi) (?:kết quả )?về", ("báo cáo về", "báo cáo kết quả về", "gửi về", "gửi kết quả về")),
        (r"trước (?:ngày )?\d+", ("trước",)),
        ("nếu [^.;]{0,60}(?:vướng mắc|khó khăn)", ("khó khăn", "vướng mắc")),
        (r"(?<!được )giao(?!\w)", ("giao",)),
        (r"\.{5,}", (".....",)),
        ("h[àằ]ng (?:năm|tháng)", ("hàng năm", "hàng tháng", "hằng năm", "hằng tháng")),
        ("(?:rất )*khẩn", ("khẩn",)),
        (r"\d+|gấp", ()),
        ("a|bc", ()),
    ],
)
def test_signs_are_the_strings_that_a_match_cannot_lack(pattern: str, expected: tuple[str, ...]) -> None:
    assert set(signs(compiled(pattern))) == set(expected)


@pytest.mark.parametrize("name", FRAGMENTS)
@settings(max_examples=5)
@given(data=st.data())
def test_what_a_rule_matches_passes_its_gate(name: str, data: st.DataObject) -> None:
    rule = gated(compiled(FRAGMENTS[name]))
    text = data.draw(st.from_regex(rule.pattern))
    plainly = rule.pattern.search(text)
    for found in (rule.search(text), rule.search(text, low=lowered(text))):
        assert (found and found.span()) == (plainly and plainly.span())


def test_a_gated_search_keeps_to_its_stretch() -> None:
    rule = gated(compiled("vướng mắc"))
    text = "Không có vướng  mắc nào."
    assert rule.search(text, 9) is not None
    assert rule.search(text, 11) is None
    assert rule.search(text, 0, 12) is None
