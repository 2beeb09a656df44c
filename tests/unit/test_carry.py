"""Which fact of a new reading is which of the old: on wordings of plans as rules move, split, lose and gain tasks."""

from __future__ import annotations

import random
import time

from hypothesis import given
from hypothesis import strategies as st

from service.store.carry import Fact, match, similarity

HOME = Fact("II/-#1", "Sở Nội vụ tham mưu số hóa hồ sơ, hoàn thành trước ngày 30/6/2025.")
MONEY = Fact("II/-#2", "Giao Sở Tài chính bố trí kinh phí thực hiện, báo cáo kết quả trước ngày 15/12/2025.")
REPORT = Fact("III/-#1", "Các sở, ban, ngành định kỳ báo cáo trước ngày 20 hằng tháng.")
OLD = [HOME, MONEY, REPORT]


def test_the_same_reading_pairs_everything_with_itself() -> None:
    assert match(OLD, OLD) == [0, 1, 2]


def test_shifted_ordinals_are_followed_by_wording() -> None:
    moved = [Fact("II/-#1", "Nâng cao nhận thức của cán bộ, công chức."), Fact("II/-#2", HOME.text)]
    moved += [Fact("II/-#3", MONEY.text), REPORT]
    assert match(OLD, moved) == [None, 0, 1, 2]


def test_equal_wording_in_two_rows_stays_with_its_row() -> None:
    old = [Fact("I/1", "Báo cáo kết quả", numbered=True), Fact("I/2", "Báo cáo kết quả", numbered=True)]
    assert match(old, [old[1]]) == [1]
    assert match(old, list(reversed(old))) == [1, 0]


def test_a_wording_read_longer_is_the_same_task() -> None:
    longer = Fact("II/-#2", MONEY.text + " Thời gian thực hiện: cả năm.")
    assert match(OLD, [HOME, longer, REPORT]) == [0, 1, 2]


def test_an_equal_ordinal_with_other_wording_is_another_task() -> None:
    other = Fact("II/-#1", "Công an tỉnh bảo đảm an ninh, trật tự tại các lễ hội.")
    assert match([HOME], [other]) == [None]


def test_an_equal_printed_number_is_the_same_row_whatever_its_wording() -> None:
    old = Fact("Phụ lục I/12", "Quyết định của Chủ tịch", numbered=True)
    new = Fact("Phụ lục I/12", "Ban hành Đề án phát triển đô thị thông minh", numbered=True)
    assert match([old], [new]) == [0]


def test_of_a_task_split_in_two_the_larger_half_keeps_the_id() -> None:
    old = Fact("I/-#1", "Rà soát, sửa đổi quy chế; tập huấn cho toàn thể cán bộ, công chức cấp xã trong quý II")
    halves = [Fact("I/-#1", "Rà soát, sửa đổi quy chế"), Fact("I/-#2", old.text.partition("; ")[2])]
    assert match([old], halves) == [None, 0]


def test_punctuation_case_and_tone_places_are_no_change_of_wording() -> None:
    assert match([Fact("1", "Hoà giải cơ sở;")], [Fact("9", "hòa giải cơ sở")]) == [0]


def test_nothing_is_similar_to_nothing() -> None:
    assert similarity(Fact("1", ""), Fact("1", "…")) == 0
    assert match([], [HOME]) == [None]
    assert match([HOME], []) == []


words = st.lists(st.sampled_from(["sở", "nội", "vụ", "báo", "cáo", "kết", "quả", "hồ", "sơ", "quý"]), max_size=8).map(
    " ".join
)
facts = st.lists(st.builds(Fact, st.sampled_from(["1", "2", "3"]), words, st.booleans()), max_size=12)


@given(facts, facts)
def test_no_old_fact_is_taken_twice(old: list[Fact], new: list[Fact]) -> None:
    found = match(old, new)
    taken = [place for place in found if place is not None]
    assert len(found) == len(new)
    assert len(taken) == len(set(taken))
    assert all(0 <= place < len(old) for place in taken)


@given(facts, st.randoms())
def test_the_order_of_an_unchanged_set_does_not_matter(old: list[Fact], chance: random.Random) -> None:
    new = list(old)
    chance.shuffle(new)
    found = match(old, new)
    assert all(place is not None and old[place].words == fact.words for fact, place in zip(new, found, strict=True))


def test_a_table_of_thousands_of_rows_that_all_changed_is_matched_in_seconds() -> None:
    chance = random.Random(7)  # noqa: S311 - a table, not a key
    common = ["tham", "mưu", "ban", "hành", "kế", "hoạch", "triển", "khai", "thực", "hiện", "nhiệm", "vụ"]
    old = [Fact(f"-#{n}", " ".join([*common, *(f"t{chance.randrange(400)}" for _ in range(8))])) for n in range(3000)]
    new = [Fact(f"x#{n}", one.text + " thêm") for n, one in enumerate(old)]
    began = time.monotonic()
    found = match(old, new)
    assert time.monotonic() - began < 10
    assert sum(place == number for number, place in enumerate(found)) > 2900
