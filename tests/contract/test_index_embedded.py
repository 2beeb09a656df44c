"""The index's contract on tantivy, and what only an index in a folder needs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.errors import IndexBusy
from service.index.embedded import EmbeddedIndex
from service.index.ports import Index
from tests.contract.index_suite import *  # noqa: F403 - the suite's tests run here
from tests.contract.index_suite import entry, fill, near, vector


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    opened = EmbeddedIndex(tmp_path)
    yield opened
    opened.close()


def test_a_second_writer_is_told_to_wait_and_readers_see_what_the_first_wrote(tmp_path: Path) -> None:
    first, second = EmbeddedIndex(tmp_path), EmbeddedIndex(tmp_path)
    first.put([entry("p:1:0", "Thủy lợi")])
    with pytest.raises(IndexBusy):
        second.put([entry("p:2:0", "Bảo vệ rừng")])
    first.refresh()
    assert second.count() == 1
    second.put([entry("p:2:0", "Bảo vệ rừng")])
    second.refresh()
    assert first.count() == 2


def test_what_was_not_refreshed_is_given_up_on_close(tmp_path: Path) -> None:
    first = EmbeddedIndex(tmp_path)
    fill(first)
    first.put([entry("p:9:0", "Thủy lợi")])
    first.close()
    again = EmbeddedIndex(tmp_path)
    assert again.count() == 5
    again.put([entry("p:9:0", "Thủy lợi")])  # the lock is free
    again.refresh()
    assert again.count() == 6


def test_a_damaged_index_is_made_anew(tmp_path: Path) -> None:
    fill(EmbeddedIndex(tmp_path))
    meta = next(tmp_path.rglob("meta.json"))
    meta.write_text("{", encoding="utf-8")
    assert EmbeddedIndex(tmp_path).count() == 0


def test_another_process_sees_new_vectors_after_refresh(tmp_path: Path) -> None:
    first, second = EmbeddedIndex(tmp_path), EmbeddedIndex(tmp_path)
    first.put([entry("t:1", "Thủy lợi", vector=vector(1, 0))])
    assert near(second, 1, 0) == []
    first.refresh()
    assert near(second, 1, 0) == ["t:1"]
    second.remove_document(1)
    second.refresh()
    assert near(first, 1, 0) == []
