"""What every search index must do; run on each adapter by a module that defines the fixture ``index``."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from service.index.analysis import fields
from service.index.ports import Entry, EntryKind, Index, Kept, Query, Vector, bare_hit


def entry(entry_id: str, text: str, **given: object) -> Entry:
    kinds: dict[str, EntryKind] = {"d": "document", "p": "passage", "t": "task"}
    found = fields(text)
    document_id = int(entry_id.split(":")[1])
    values: dict[str, object] = {"document_id": document_id, "ref": bare_hit(entry_id, 0).ref, **given}
    return Entry(entry_id, kinds[entry_id[0]], text=found.text, folded=found.folded, **values)  # type: ignore[arg-type]


def ask(index: Index, words: str = "", *, marked: bool = True, **given: object) -> list[str]:
    found = fields(words)
    query = Query(text=found.text if marked else "", folded=found.folded, **given)  # type: ignore[arg-type]
    return [hit.id for hit in index.search(query)]


def fill(index: Index) -> None:
    index.put(
        [
            entry(
                "d:1",
                "Nghị định về quản lý, kết nối dữ liệu",
                symbols=(".45.2020.", "45/2020/nđ-cp"),
                doc_kind="Nghị định",
            ),
            entry("p:1:0", "Điều 5. Chuyển đổi số trong cơ quan nhà nước", ref=0, locator=("Điều 5",)),
            entry("p:1:900", "Điều 6. Bảo vệ rừng phòng hộ", ref=900, symbols=("468/qđ-ttg",)),
            entry("p:2:0", "Chuyển giao công nghệ; số liệu thống kê", document_id=2, symbols=("45/2020/nđ-cp",)),
            entry("t:7", "Tham mưu chuyển đổi số", document_id=2, ref=7, units=("so noi vu",)),
        ]
    )
    index.refresh()


def test_words_in_order_rank_above_scattered_ones(index: Index) -> None:
    fill(index)
    assert ask(index, "chuyển đổi số", kind="passage") == ["p:1:0", "p:2:0"]
    assert ask(index, "chuyen doi so", marked=False, kind="passage")[0] == "p:1:0"


def test_marks_decide_between_words_that_are_alike_without_them(index: Index) -> None:
    index.put([entry("p:1:0", "bảo vệ rừng"), entry("p:2:0", "báo vê rung")])
    index.refresh()
    assert ask(index, "bảo vệ rừng")[0] == "p:1:0"
    assert sorted(ask(index, "bao ve rung", marked=False)) == ["p:1:0", "p:2:0"]


def test_every_filter_must_hold(index: Index) -> None:
    fill(index)
    assert sorted(ask(index, symbols=("45/2020/nđ-cp",))) == ["d:1", "p:2:0"]
    assert ask(index, symbols=("45/2020/nđ-cp",), kind="document") == ["d:1"]
    assert ask(index, symbols=("45/2020/nđ-cp", "468/qđ-ttg"), kind="passage", document_ids=[1]) == ["p:1:900"]
    assert ask(index, units=("so noi vu",)) == ["t:7"]
    assert ask(index, doc_kind="Nghị định") == ["d:1"]
    assert ask(index, "rừng", kind="task") == []
    assert ask(index, document_ids=[]) == []


def test_hits_tell_what_they_are_and_where(index: Index) -> None:
    fill(index)
    found = fields("chuyển đổi số")
    hit = index.search(Query(kind="passage", text=found.text, folded=found.folded))[0]
    assert (hit.kind, hit.document_id, hit.ref, hit.locator) == ("passage", 1, 0, ("Điều 5",))
    assert hit.score > 0
    places = ((0, ("Điều 5",)), (40, ("Điều 5", "khoản 2")))
    index.put([entry("p:9:0", "Thủy lợi", locator=("Điều 5",), places=places)])
    index.refresh()
    assert index.search(Query(document_ids=[9]))[0].places == places
    task = index.search(Query(kind="task"))[0]
    assert (task.id, task.ref) == ("t:7", 7)


def test_putting_again_replaces(index: Index) -> None:
    fill(index)
    index.put([entry("p:1:0", "Thủy lợi")])
    index.refresh()
    assert ask(index, "chuyển đổi", kind="passage", document_ids=[1]) == []
    assert ask(index, "thuỷ lợi") == ["p:1:0"]  # the old tone place finds the new one
    assert index.count() == 5


def test_a_document_is_taken_out_with_all_its_entries(index: Index) -> None:
    fill(index)
    index.remove_document(1)
    index.refresh()
    assert sorted(hit.id for hit in index.search(Query())) == ["p:2:0", "t:7"]
    index.clear()
    assert index.count() == 0


def test_nothing_that_is_typed_breaks_the_search(index: Index) -> None:
    fill(index)
    for words in ("số: (a", "AND", '"chưa đóng', "*", "a^b~2 [x TO y]", "\x00", "💥", "-" * 2000, "a " * 3000):
        ask(index, words)
        ask(index, symbols=(words,))


def test_many_questions_at_once_are_answered_as_one_by_one(index: Index) -> None:
    fill_vectors(index)
    rung, so = fields("rừng"), fields("chuyển đổi số")
    queries = [
        Query(text=rung.text, folded=rung.folded),
        Query(vector=vector(1, 0, 0)),
        Query(vector=vector(1, 0, 0, encoder="e3")),
        Query(kind="task", text=so.text, folded=so.folded),
        Query(document_ids=[]),
    ] * 50
    assert index.search_many(queries) == [index.search(query) for query in queries[:5]] * 50
    assert index.search_many([]) == []


def test_a_bare_hit_points_at_the_same(index: Index) -> None:
    fill(index)
    fill_vectors(index)
    for query in (Query(folded=fields("rừng").folded), Query(), Query(vector=vector(1, 0, 0))):
        whole, bare = index.search(query), index.search(replace(query, bare=True))
        assert whole
        told = [(hit.id, hit.kind, hit.ref, hit.score) for hit in whole]
        assert [(hit.id, hit.kind, hit.ref, hit.score) for hit in bare] == told


def test_the_limit_holds(index: Index) -> None:
    fill(index)
    assert len(index.search(Query(limit=2))) == 2


def vector(*values: float, encoder: str = "e1") -> Vector:
    length = sum(value * value for value in values) ** 0.5
    return Vector(encoder, tuple(value / length for value in values))


def near(index: Index, *values: float, encoder: str = "e1", **given: object) -> list[str]:
    return [hit.id for hit in index.search(Query(vector=vector(*values, encoder=encoder), **given))]  # type: ignore[arg-type]


def fill_vectors(index: Index) -> None:
    fill(index)
    index.put(
        [
            entry("t:11", "Rà soát thủ tục", ref=11, vector=vector(1, 0, 0), units=("so noi vu",)),
            entry("t:12", "Trồng rừng", document_id=2, ref=12, vector=vector(0, 1, 0), units=("so tai chinh",)),
            entry("t:13", "Cắt giảm giấy tờ", document_id=2, ref=13, vector=vector(2, 1, 0), units=("so noi vu",)),
            entry("t:14", "Lập dự toán", document_id=3, ref=14, vector=vector(0, 0, 1, encoder="e2")),
        ]
    )
    index.refresh()


def test_the_nearest_vector_comes_first_and_its_score_is_the_cosine(index: Index) -> None:
    fill_vectors(index)
    assert near(index, 1, 0.1, 0) == ["t:11", "t:13", "t:12"]
    hits = index.search(Query(kind="task", vector=vector(2, 1, 0)))
    assert (hits[0].id, hits[0].document_id, hits[0].ref) == ("t:13", 2, 13)
    assert abs(hits[0].score - 1) < 1e-5
    assert abs(hits[-1].score - 5**-0.5) < 1e-5


def test_vectors_obey_every_filter(index: Index) -> None:
    fill_vectors(index)
    assert near(index, 1, 0, 0, units=("so noi vu",)) == ["t:11", "t:13"]
    assert near(index, 1, 0, 0, units=("so noi vu",), document_ids=[2]) == ["t:13"]
    assert near(index, 1, 0, 0, document_ids=[]) == []
    assert near(index, 1, 0, 0, kind="passage") == []
    assert near(index, 1, 0, 0, limit=1) == ["t:11"]


def test_vectors_of_another_encoder_are_never_compared(index: Index) -> None:
    fill_vectors(index)
    assert near(index, 1, 0, 0, encoder="e2") == ["t:14"]
    assert near(index, 1, 0, 0, encoder="e3") == []
    assert near(index, 1, 0, encoder="e1") == []  # of another size: a damaged model, not a crash
    assert index.encoders() == {"e1", "e2"}


def test_a_vector_is_replaced_and_taken_out_with_its_entry(index: Index) -> None:
    fill_vectors(index)
    index.put([entry("t:11", "Rà soát thủ tục", ref=11, vector=vector(0, 0, 1))])
    index.refresh()
    assert near(index, 1, 0, 0)[0] == "t:13"
    index.remove_document(2)
    index.refresh()
    assert near(index, 1, 0, 0) == ["t:11"]
    index.clear()
    assert near(index, 1, 0, 0) == []
    assert index.encoders() == frozenset()


def test_a_rebuild_replaces_everything_at_once(index: Index) -> None:
    fill(index)
    seen: list[int] = []

    def entries() -> Iterator[Entry]:
        yield entry("p:9:0", "Thủy lợi", vector=vector(1, 0, 0))
        seen.append(len(ask(index, "chuyển đổi số")))  # the old ones are still found
        yield entry("p:9:50", "Thủy điện")

    index.rebuild(entries())
    assert seen[0] > 0
    assert sorted(ask(index)) == ["p:9:0", "p:9:50"]
    assert near(index, 1, 0, 0) == ["p:9:0"]
    index.put([entry("p:1:0", "Bảo vệ rừng")])
    index.refresh()
    assert index.count() == 3


def test_a_rebuild_that_fails_leaves_everything_as_it_was(index: Index) -> None:
    fill_vectors(index)
    before, vectors = sorted(ask(index)), near(index, 1, 0, 0)

    def entries() -> Iterator[Entry]:
        yield entry("p:9:0", "Thủy lợi")
        raise ValueError("hỏng giữa chừng")

    with pytest.raises(ValueError, match="hỏng"):
        index.rebuild(entries())
    assert sorted(ask(index)) == before
    assert near(index, 1, 0, 0) == vectors
    index.put([entry("p:9:0", "Thủy lợi")])  # the writer is free again
    index.refresh()
    assert index.count() == len(before) + 1


def test_the_inventory_tells_what_is_kept_of_each_document(index: Index) -> None:
    assert list(index.inventory()) == []
    found = [entry(f"p:{document}:{n}", "Rừng", version=f"v{n % 2}") for document in (1, 2) for n in range(3)]
    index.put([*found, entry("p:3:0", "Rừng")])
    index.refresh()
    assert set(index.inventory()) == {
        Kept(1, "v0", 2),
        Kept(1, "v1", 1),
        Kept(2, "v0", 2),
        Kept(2, "v1", 1),
        Kept(3, "", 1),
    }


def test_a_document_taken_out_and_put_again_before_it_is_seen_is_whole(index: Index) -> None:
    fill(index)
    index.remove_document(1)
    index.remove_document(2)
    index.put([entry("p:1:0", "Thủy lợi")])
    index.put([entry("p:2:0", "Thủy lợi", document_id=2)])
    index.refresh()
    assert sorted(ask(index)) == ["p:1:0", "p:2:0"]
