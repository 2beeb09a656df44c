"""Codes on the report form: what people do to them on the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.task_codes import code_of, find_codes, number_of


@pytest.mark.parametrize(
    "typed",
    ["DD-000123-P", "dd-000123-p", "DD–000123–P", "DD - 000123 - P", "DD-123-P", "ĐD-000123-P", " DD.000123.P "],
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert number_of(typed) == 123


@given(st.integers(0, 999_999), st.integers(0, 5), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(number: int, place: int, by: int) -> None:
    code = code_of(number)
    at = 3 + place
    wrong = code[:at] + str((int(code[at]) + by) % 10) + code[at + 1 :]
    assert number_of(code) == number
    assert number_of(wrong) is None


def test_codes_in_a_text_are_found_and_bad_ones_told() -> None:
    text = f"1\t{code_of(7)}\tBan hành kế hoạch\n2\tDD-000008-T\t…; DD-1/QĐ-UBND, ADD-000001-R"
    assert [(text[c.start : c.end], c.number) for c in find_codes(text)] == [(code_of(7), 7), ("DD-000008-T", None)]
