"""The same entries and questions for two engines; what they answer must be the same up to ties."""

import random
from collections.abc import Sequence

import pytest

from service.index.analysis import fields
from service.index.ports import Entry, Hit, Query, Vector

WORDS = (  # noqa: SIM905 - two lines read better than fifty
    "rà soát ban hành triển khai xây dựng quy hoạch đất đai rừng phòng hộ chuyển đổi số hạ tầng dữ liệu thủ tục hành "
    "chính ngân sách báo cáo kế hoạch thực hiện kiểm tra giám sát cấp xã huyện tỉnh trung ương bảo vệ môi trường"
).split()
UNITS = ("so noi vu", "so tai chinh", "ubnd tinh")
KINDS = ("Kế hoạch", "Nghị định", None)
_SIZE = 12


def entries(count: int = 400) -> list[Entry]:
    """Tasks and passages of some 40 documents; words by Zipf's law."""
    chance = random.Random(7)  # noqa: S311 - a corpus, not a key
    return [_entry(chance, number) for number in range(count)]


def questions(count: int = 60) -> list[Query]:
    """By words, by words and filters, by filters, by vectors and filters."""
    chance = random.Random(11)  # noqa: S311 - questions, not keys
    return [_question(chance, number) for number in range(count)]


def same(one: Sequence[Hit], other: Sequence[Hit]) -> None:
    """The same scores in the same order, and the same entries but for those that share the last score."""
    assert [hit.score for hit in one] == pytest.approx([hit.score for hit in other], rel=1e-4, abs=1e-4)
    if one:
        last = min(hit.score for hit in (*one, *other)) + 1e-3
        assert {hit.id for hit in one if hit.score > last} == {hit.id for hit in other if hit.score > last}


def _entry(chance: random.Random, number: int) -> Entry:
    kind = "t" if number % 2 else "p"
    document = number // 10
    found = fields(_words(chance, chance.randrange(4, 60)))
    name = f"{kind}:{number}" if kind == "t" else f"p:{document}:{number}"
    return Entry(
        name,
        "task" if kind == "t" else "passage",
        document,
        number,
        found.text,
        found.folded,
        symbols=(f"{chance.randrange(20)}/2026/nđ-cp",),
        units=tuple(chance.sample(UNITS, chance.randrange(1, 3))) if kind == "t" else (),
        doc_kind=KINDS[document % 3],
        vector=_vector(chance) if kind == "t" else None,
    )


def _question(chance: random.Random, number: int) -> Query:
    found = fields(_words(chance, chance.randrange(1, 30)))
    kind = ("task", "passage", None)[number % 3]
    units = (UNITS[number % 3],) if number % 4 == 1 else ()
    documents = tuple(chance.sample(range(40), 8)) if number % 5 == 2 else None
    vector = _vector(chance) if number % 3 == 0 and number % 2 else None
    limit = 400 if number % 7 == 0 else 20
    return Query(
        kind,  # type: ignore[arg-type]  # one of the three above
        "" if number % 11 == 0 else found.text,
        "" if number % 11 == 0 else found.folded,
        units=units,
        document_ids=documents,
        limit=limit,
        vector=vector,
    )


def _vector(chance: random.Random) -> Vector:
    values = [chance.gauss(0, 1) for _ in range(_SIZE)]
    length = sum(value * value for value in values) ** 0.5
    return Vector("thử/1", tuple(value / length for value in values))


def _words(chance: random.Random, count: int) -> str:
    return " ".join(WORDS[int(len(WORDS) ** chance.random()) - 1] for _ in range(count))
